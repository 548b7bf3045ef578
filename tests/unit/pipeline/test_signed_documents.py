"""Signed papers that come back."""

from __future__ import annotations

import dataclasses
import json

import bagit
import pytest
from tests.support import papers as forms

from formflow.archive.verify import verify_archive
from formflow.errors import UsageError
from formflow.pipeline.decisions import discard_file
from formflow.pipeline.signed_documents import confirm_paper, waiting_papers
from formflow.values.entrycode import EntryCode


@pytest.fixture
def signed(office, monkeypatch, tmp_path):
    """Drops a scan on whose first page a code is read."""
    from formflow.readers import read as reading

    def paper(serial: int):
        path = forms.make("new_customer.docx", tmp_path / "papers", serial)
        return office.drop(path.name, path.read_bytes())

    (number,) = [record.number for record in paper(1).records]
    plain = reading.read
    codes: list[EntryCode] = []

    def read(*arguments, **options):
        document = plain(*arguments, **options)
        if not codes:
            return document
        first = dataclasses.replace(document.parts[0], codes=(str(codes[0]),))
        return dataclasses.replace(document, parts=(first, *document.parts[1:]))

    monkeypatch.setattr(reading, "read", read)

    def drop(serial: int = 1):
        codes[:] = [EntryCode(series="XKH", year=2026, serial=serial)]
        return paper(7)

    return number, drop


def test_a_signed_paper_finds_its_entry_and_takes_no_number(office, signed):
    number, drop = signed

    result = drop()

    assert ("review", (), None) == (result.status, result.records, result.error)
    (paper,) = waiting_papers(result.submission)
    assert number == paper["number"]
    assert 1 == len(office.store.register.list())


def test_what_a_person_confirms_is_linked_to_the_entry(office, signed):
    number, drop = signed
    submission = drop().submission

    (path,) = confirm_paper(submission.id, office.context, by="李明", why="已核对")

    folder = office.context.settings.folder("archive") / path
    seen = json.loads((folder / "data/documents/paper.json").read_text("utf-8"))
    assert bagit.Bag(str(folder)).is_valid()
    assert (number, submission.id) == (seen["number"], seen["submission"])
    assert path in [mark.path for mark in office.store.archives.of(number)]
    assert "done" == office.store.submissions.get(submission.id).state.value
    assert verify_archive(office.context.settings.folder("archive"), office.store).ok
    assert office.store.register.verify().ok
    with pytest.raises(UsageError):
        confirm_paper(submission.id, office.context, by="李明")


def test_confirming_again_after_a_crash_before_the_mark_finds_the_same_bag(office, signed, monkeypatch):
    _, drop = signed
    submission = drop().submission
    mark = office.store.archives.mark
    monkeypatch.setattr(type(office.store.archives), "mark", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        confirm_paper(submission.id, office.context, by="李明")
    monkeypatch.undo()

    assert mark
    assert 1 == len(confirm_paper(submission.id, office.context, by="李明"))
    assert verify_archive(office.context.settings.folder("archive"), office.store).ok


def test_a_paper_of_no_entry_waits_and_can_only_be_dropped(office, signed):
    _, drop = signed
    submission = drop(serial=99).submission

    with pytest.raises(UsageError, match="not in this register"):
        confirm_paper(submission.id, office.context, by="李明")
    discard_file(submission.id, office.context, by="李明", why="别处的")

    assert "done" == office.store.submissions.get(submission.id).state.value
    assert 1 == len(office.store.register.list())
