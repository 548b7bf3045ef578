"""A copy of a template with a Word comment at each place where something is wrong."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from formflow.documents.templates.problem import Problem
from formflow.documents.templates.structure import own_text_nodes, place_of
from formflow.documents.templates.wordml import W
from formflow.errors import Bilingual, TemplateError

_AUTHOR, _INITIALS = "formflow", "ff"


def annotate(content: bytes, problems: Sequence[Problem]) -> bytes:
    """The template with the problems as comments; what it holds is not changed.

    Word allows comments in the body only: a problem of a header, a footnote or of the whole file is told at the
    body's first paragraph, with its place.

    Args:
        content: The template, a .docx.
    Raises:
        TemplateError: It is no Word document, so that nothing can be written into it.
    """
    import docx  # for marked copies only

    try:
        document = docx.Document(io.BytesIO(content))
        body = document.element.body
    except Exception as error:  # python-docx raises whatever zip, XML or the package layout give cause for
        raise TemplateError(
            Bilingual(
                f"不是可以批注的 Word 文档：{error}", f"not a Word document that can be annotated: {error}"
            ),
            code="template",
            remedy=Bilingual("请另存为 .docx", "save it as .docx"),
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
        told = f"{problem.message}; {problem.remedy}" if problem.remedy else problem.message
        if paragraph is None:
            told = f"{problem.place}: {told}"
            paragraph = paragraphs[0]
        comment = document.comments.add_comment(text=told, author=_AUTHOR, initials=_INITIALS)
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
