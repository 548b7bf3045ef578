"""What a person is asked where the pages of a batch do not make whole papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from formflow.messages import Bilingual, listed
from formflow.messages import pages as messages
from formflow.model import Finding, Severity
from formflow.pages.packets import Sheets

MIXED, UNREAD = "pages-mixed", "page-unread"
"""Codes of the findings for a page that may belong to another copy, and for one of which nothing was read."""


def findings(sheets: Sheets) -> Iterator[Finding]:
    """The findings about one copy's pages; none where it is whole."""
    places = [int(name.removeprefix("page ")) for name in sheets.parts]
    if sheets.missing:
        yield _asked("page-missing", messages.PAGE_MISSING(of=sheets.of, missing=listed(sheets.missing)))
    if sheets.doubled:
        yield _asked("page-doubled", messages.PAGE_DOUBLED(doubled=listed(sheets.doubled)))
    if sheets.doubtful:
        yield _asked(MIXED, messages.PAGES_MIXED(places=listed(places)))


def unread(names: Sequence[str]) -> Finding:
    """The finding about pages that seem to go on with a form and of which nothing was read into a record."""
    places = [int(name.removeprefix("page ")) for name in names]
    return _asked(UNREAD, messages.PAGE_UNREAD(places=listed(places)))


def _asked(code: str, said: Bilingual) -> Finding:
    return Finding.of(code, Severity.RETURN, said)
