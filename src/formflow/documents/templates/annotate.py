"""A copy of a template with a Word comment at each place where something is wrong."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from formflow.documents.templates.problem import Problem
from formflow.documents.templates.structure import own_text_nodes, place_of
from formflow.documents.templates.wordml import W
from formflow.errors import TemplateError
from formflow.messages import Bilingual, clauses
from formflow.messages import templates as messages

_AUTHOR, _INITIALS = "formflow", "ff"


def annotate(content: bytes, problems: Sequence[Problem], tell: Callable[[Bilingual], str] = str) -> bytes:
    """The template with the problems as comments; what it holds is not changed.

    Word allows comments in the body only: a problem of a header, a footnote or of the whole file is told at the
    body's first paragraph, with its place.

    Args:
        content: The template, a .docx.
        tell: Gives a text in the language of the comments.
    Raises:
        TemplateError: It is no Word document, so that nothing can be written into it.
    """
    import docx  # for marked copies only

    try:
        document = docx.Document(io.BytesIO(content))
        body = document.element.body
    except Exception as error:  # python-docx raises whatever zip, XML or the package layout give cause for
        raise TemplateError(
            messages.NOT_ANNOTATED(error=error), code="template", remedy=messages.SAVE_DOCX()
        ) from error
    paragraphs = list(body.iter(f"{W}p"))
    if not paragraphs:
        paragraphs = [document.add_paragraph()._p]
    places = {
        place_of(paragraph, "body", "".join(text for _, text in own_text_nodes(paragraph))): paragraph
        for paragraph in paragraphs
        if next(paragraph.iterancestors(f"{W}txbxContent"), None) is None
    }
    for problem in problems:
        paragraph = places.get(problem.place)
        said = clauses(problem.message, problem.remedy)
        if paragraph is None:
            said = messages.PLACE(where=problem.place.said, said=said)
            paragraph = paragraphs[0]
        comment = document.comments.add_comment(text=tell(said), author=_AUTHOR, initials=_INITIALS)
        _mark(paragraph, comment.comment_id)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _mark(paragraph: Any, id: int) -> None:
    """Let the comment's range cover the paragraph (ECMA-376 part 1, 17.13.4)."""
    properties = paragraph.find(f"{W}pPr")
    start = paragraph.makeelement(f"{W}commentRangeStart", {f"{W}id": str(id)})
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    paragraph.append(paragraph.makeelement(f"{W}commentRangeEnd", {f"{W}id": str(id)}))
    run = paragraph.makeelement(f"{W}r")
    run.append(run.makeelement(f"{W}commentReference", {f"{W}id": str(id)}))
    paragraph.append(run)
