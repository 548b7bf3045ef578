"""What of a file nobody read is told with its records."""

from __future__ import annotations

from formflow.extraction.unread_content import with_notes
from formflow.model import Candidate, Document, Part, Reading, Source


def _candidate(page: int) -> Candidate:
    place = Source(part=f"page {page}", ref="line 1")
    reading = Reading(text="x", label="y", source=place)
    return Candidate(form="f", position=f"page {page}", readings={"a": reading})


def _document(*parts: Part) -> Document:
    return Document(digest="d", media_type="m", name="n", reader="pdf/2", parts=parts)


def _page(number: int, **told: object) -> Part:
    return Part(name=f"page {number}", kind="page", blocks=(), **told)


def test_pages_that_nobody_recognised_are_told_with_the_record_before_them():
    document = _document(
        _page(1, unread=True), _page(2), _page(3, unread=True), _page(4), _page(5, unread=True)
    )
    found = with_notes([_candidate(2), _candidate(4)], document)

    told = [[(doubt.code, doubt.severity.value) for doubt in candidate.doubts] for candidate in found]
    assert [[("unread-pages", "note")]] * 2 == told
    assert ["1、3", "5"] == [c.doubts[0].message.partition("页")[0].removeprefix("第") for c in found]
    assert "Page 1, 3 is a picture" in found[0].doubts[0].english


def test_files_inside_a_file_are_told_with_its_first_record():
    document = _document(_page(1, attached=("a.docx", "b.xlsx")), _page(2))
    first, second = with_notes([_candidate(1), _candidate(2)], document)

    assert (["attached-files"], ()) == ([doubt.code for doubt in first.doubts], second.doubts)
    assert "a.docx" in first.doubts[0].message and "b.xlsx" in first.doubts[0].english
