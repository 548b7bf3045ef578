"""What was said of a file beside what stands on it: which form it is, and how that form is laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from formflow.extraction.identify.identify import titles_in
from formflow.extraction.labels.index import Forms
from formflow.extraction.slots import stories
from formflow.forms.spec import Form
from formflow.messages import Bilingual
from formflow.messages import extraction as messages
from formflow.model import Candidate, Document, Finding, Severity


def with_title_told(candidates: Iterable[Candidate], document: Document, known: Forms) -> Iterator[Candidate]:
    """Records read as a person said, each with a doubt where the file bears the title of another form."""
    titles = {form.id: title for story in stories(document) for form, title in titles_in(story.blocks, known)}
    for candidate in candidates:
        others = [title for id, title in titles.items() if id != candidate.form]
        if not others or candidate.form in titles:
            yield candidate
        else:
            yield _with(candidate, _differs(known.forms[candidate.form], others[0].strip(), Severity.RETURN))


def with_form_told(candidates: Iterable[Candidate], said: Form, *, ordered: bool) -> Iterator[Candidate]:
    """Records of another form than the file was said to be, each with a word of it: a doubt where a person said so."""
    weight = Severity.RETURN if ordered else Severity.NOTE
    for candidate in candidates:
        yield candidate if candidate.form == said.id else _with(candidate, _other(said, weight))


def with_list_told(candidates: Iterable[Candidate], form: Form) -> list[Candidate]:
    """The rows of a list of a form that is no log, each a record of its own that a person looks at."""
    doubt = Finding.of(
        "list-of-records", Severity.RETURN, messages.LIST_OF_RECORDS(title=Bilingual(form.title, form.id))
    )
    return [_with(replace(candidate, row=None), doubt) for candidate in candidates]


def _with(candidate: Candidate, finding: Finding) -> Candidate:
    return replace(candidate, doubts=(*candidate.doubts, finding))


def _differs(form: Form, title: str, severity: Severity) -> Finding:
    return Finding.of(
        "title-differs", severity, messages.TITLE_DIFFERS(title=Bilingual(form.title, form.id), found=title)
    )


def _other(said: Form, severity: Severity) -> Finding:
    return Finding.of("title-differs", severity, messages.OTHER_FORM(title=Bilingual(said.title, said.id)))
