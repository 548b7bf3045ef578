"""A blank in one of its formats, with as many pages as what is filled in needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from formflow.documents.blanks.fill import filling, rows_needed
from formflow.forms.layout import blank_layout
from formflow.forms.layout.versions import REVISION
from formflow.forms.spec import Form
from formflow.model import Json

FORMATS = ("docx", "xlsx", "pdf")


def make_blank(
    form: Form,
    format: str,
    *,
    kind: str = "",
    pages: int = 1,
    records: Sequence[Mapping[str, Json]] = (),
    company: str = "",
    revision: int = REVISION,
) -> bytes:
    """The bytes of a form's blank.

    Args:
        format: `docx`, `xlsx` or `pdf`.
        kind: `record` or `log`; empty: the first layout that the form has.
        pages: At least so many, for longer tables.
        company: Printed above the title.
        revision: By which it is set; only to draw a blank again that was issued before (see `forms.layout.versions`).
        records: To be filled in, in the JSON contract's form: one, or for a log one a row.
    Raises:
        UsageError: The records do not fit the form.
        ValueError: No such format or layout.
    """
    if format not in FORMATS:
        raise ValueError(f"no format {format!r}, only {', '.join(FORMATS)}")
    blank = blank_layout(form, kind, pages, company=company, revision=revision)
    filled = filling(blank, records)
    needed = rows_needed(form, blank.kind, records)
    while blank.columns and blank.entries < needed:
        blank = blank_layout(form, kind, len(blank.pages) + 1, company=company, revision=revision)
    if format == "docx":
        from formflow.documents.blanks.docx import blank_docx  # each kind its library

        return blank_docx(blank, filled)
    if format == "xlsx":
        from formflow.documents.blanks.xlsx import blank_xlsx

        return blank_xlsx(blank, filled)
    from formflow.documents.blanks.pdf import blank_pdf

    return blank_pdf(blank, filled)
