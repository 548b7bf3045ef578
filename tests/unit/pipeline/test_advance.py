"""advance(): the way of a file from receipt to archive, and what stops it."""

from __future__ import annotations

import json

import pytest

from formflow.errors import FormflowError, MachineError, ReadError, StoreError
from formflow.messages import same
from formflow.model import Outcome, RecordState
from formflow.pipeline.advance import MOST_ATTEMPTS, advance
from formflow.pipeline.filing import file_unmade
from formflow.pipeline.receiving import receive
from formflow.store.originals import SubmissionState


def test_a_form_becomes_a_numbered_entry_with_its_bag(office, paper):
    content = paper("complaint.xlsx")
    result = office.drop("投诉.xlsx", content)

    bag = office.folder / "archive" / result.records[0].archive
    assert ("done", "TS-2026-0001") == (result.status, result.records[0].number)
    assert content == (bag / "data" / "original" / "投诉.xlsx").read_bytes()
    assert "TS-2026-0001" == json.loads((bag / "data" / "record.json").read_text("utf-8"))["number"]


def test_the_file_leaves_the_inbox_and_its_original_is_kept(office, paper):
    content = paper("complaint.xlsx")
    result = office.drop("投诉.xlsx", content)

    kept = office.store.objects.path(result.submission.digest)
    assert not (office.folder / "inbox" / "投诉.xlsx").exists()
    assert content == kept.read_bytes()


def test_advancing_twice_does_it_once(office, paper):
    first = office.drop("a.xlsx", paper("complaint.xlsx"))
    second = advance(first.submission.id, office.context)

    assert first.records == second.records
    assert ["TS-2026-0001"] == office.numbers()


def test_the_same_bytes_again_are_a_duplicate_that_shows_the_first(office, paper):
    first = office.drop("a.xlsx", paper("complaint.xlsx"))
    again = office.drop("b.xlsx", paper("complaint.xlsx"))

    assert ("duplicate", first.records) == (again.status, again.records)
    assert ["TS-2026-0001"] == office.numbers()


def test_the_same_name_with_other_bytes_is_a_new_submission(office, paper):
    office.drop("a.xlsx", paper("complaint.xlsx", 1))
    office.drop("a.xlsx", paper("complaint.xlsx", 2))

    assert ["TS-2026-0001", "TS-2026-0002"] == office.numbers()


def test_the_same_bytes_under_two_names_at_one_moment_are_one_submission(office, paper):
    content = paper("complaint.xlsx")
    batch = [office.incoming(office.put(name, content)) for name in ("a.xlsx", "b.xlsx")]
    statuses = [advance(one.submission.id, office.context).status for one in receive(batch, office.context)]

    assert ["done", "duplicate"] == statuses
    assert ["TS-2026-0001"] == office.numbers()


def test_what_cannot_be_read_is_set_aside_with_its_reason(office):
    result = office.drop("华南/坏.docx", b"PK\x03\x04 not a package")

    failed = office.folder / "inbox" / ".failed" / "华南" / "坏.docx"
    reason = failed.with_name("坏.docx.reason.txt").read_text("utf-8-sig")
    assert ("failed", "corrupt") == (result.status, result.error.code)
    assert b"PK\x03\x04 not a package" == failed.read_bytes()
    assert all(text in reason for text in ("坏.docx", "已损坏", "damaged", "放回收件目录"))


def test_a_corrected_file_of_the_same_name_just_works(office, paper):
    office.drop("a.xlsx", b"PK\x03\x04 not a package")
    result = office.drop("a.xlsx", paper("complaint.xlsx"))

    assert "done" == result.status


def test_a_failed_file_put_back_is_tried_again_and_leaves_quarantine_when_read(office, paper):
    content = paper("complaint.xlsx")
    office.workers.broken["read"] = ReadError("timeout")
    assert "failed" == office.drop("a.xlsx", content).status
    office.workers.broken.clear()
    result = office.drop("a.xlsx", content)

    failed = office.folder / "inbox" / ".failed"
    assert "done" == result.status
    assert [] == [path for path in failed.rglob("*") if path.is_file()]


def test_a_readable_file_that_is_no_form_waits_for_a_person(office):
    result = office.drop("菜单.csv", "菜名,价格\n白切鸡,38\n".encode())

    assert ("review", "no-form", ()) == (result.status, result.submission.error_code, result.records)


def test_a_form_that_lacks_something_goes_back_with_a_notice_and_no_number(office):
    content = "客户投诉记录,,,\n投诉日期,2026年3月5日,客户名称,佛山市宏达化工有限公司\n产品名称,树脂,记录人,李明\n".encode()
    result = office.drop("缺项.csv", content)

    notices = list((office.folder / "returned").rglob("*.docx"))
    assert ("returned", None) == (result.status, result.records[0].number)
    assert {"missing"} == {finding.code for finding in result.records[0].findings}
    assert 1 == len(notices) and notices[0].name.startswith("缺项")
    assert [] == office.numbers()


def test_a_doubt_waits_for_a_person_instead_of_going_back(office):
    content = (
        "客户投诉记录,,,\n投诉日期,2026年13月45日,客户名称,佛山市宏达化工有限公司\n"
        "产品名称,树脂,记录人,李明\n投诉类别,质量,投诉内容,颜色发黄\n"
    ).encode()
    result = office.drop("存疑.csv", content)

    assert ("review", RecordState.REVIEW) == (result.status, result.records[0].state)


def test_what_the_rules_reject_is_registered_all_the_same(office, paper):
    office.now = office.now.replace(month=9)
    result = office.drop("a.docx", paper("new_customer.docx"))

    assert ("XKH-2026-0001", Outcome.REJECT) == (result.records[0].number, result.records[0].outcome)


def test_a_claimed_day_is_what_the_rules_count_from(office, paper):
    from datetime import date

    office.now = office.now.replace(month=9)
    result = office.drop("a.docx", paper("new_customer.docx"), claimed_on=date(2026, 3, 5))
    entry = office.store.register.find("XKH-2026-0001")

    assert Outcome.REJECT != result.records[0].outcome
    assert entry.receipt.backdated


def test_a_crash_before_the_files_leaves_an_entry_that_the_next_run_completes(office, paper):
    office.workers.broken["finish"] = FormflowError("killed", code="worker")
    with pytest.raises(FormflowError):
        office.drop("a.xlsx", paper("complaint.xlsx"))
    assert ["TS-2026-0001"] == list(office.store.archives.unmade())
    office.workers.broken.clear()
    (pending,) = office.store.submissions.pending()
    result = advance(pending, office.context)

    assert ("done", "TS-2026-0001") == (result.status, result.records[0].number)
    assert ["TS-2026-0001"] == office.numbers()
    assert () == office.store.archives.unmade()


def test_bags_that_are_missing_are_made_by_the_sweep(office, paper):
    office.workers.broken["finish"] = StoreError("full", code="full")
    with pytest.raises(StoreError):
        office.drop("a.xlsx", paper("complaint.xlsx"))
    office.workers.broken.clear()
    file_unmade(office.context)

    assert (office.folder / "archive" / "TS" / "2026" / "0001" / "bagit.txt").is_file()
    assert () == office.store.archives.unmade()


def test_a_folder_named_after_a_form_is_a_hint(office, paper):
    result = office.drop("complaint/华南/a.xlsx", paper("complaint.xlsx"))

    assert ("complaint", "complaint/华南") == (result.submission.hint, result.submission.receipt.folder)


def test_a_file_that_changes_while_it_is_received_is_left_for_the_next_scan(office, paper):
    path = office.put("a.xlsx", paper("complaint.xlsx"))
    incoming = office.incoming(path, state=(1, 2, 3))
    received = receive([incoming], office.context)[0]

    assert (None, None) == (received.submission, received.error)
    assert path.exists()


def test_a_file_beyond_the_limit_is_set_aside_without_being_kept(office, monkeypatch):
    from dataclasses import replace

    limits = replace(office.settings.limits, max_bytes=10)
    office.context.settings = replace(office.settings, limits=limits)
    path = office.put("big.csv", b"x" * 11)
    received = receive([office.incoming(path)], office.context)[0]

    assert "too-large" == received.error.code
    assert (office.folder / "inbox" / ".failed" / "big.csv").is_file()
    assert not path.exists()


def test_records_rest_in_their_states(office, paper):
    office.drop("a.xlsx", paper("complaint.xlsx"))

    counts = office.store.submissions.counts()
    assert 1 == counts[SubmissionState.DONE]


def test_what_the_machine_could_not_read_stays_received_however_often(office, paper):
    office.workers.broken["read"] = MachineError(same("no process"), code="machine")
    office.put("a.xlsx", paper("complaint.xlsx"))
    (received,) = receive([office.incoming(office.folder / "inbox" / "a.xlsx")], office.context)
    for _ in range(2 * MOST_ATTEMPTS):
        with pytest.raises(MachineError):
            advance(received.submission.id, office.context)
    office.workers.broken.clear()

    assert "done" == advance(received.submission.id, office.context).status
    assert not (office.folder / "inbox" / ".failed").exists()


def test_a_file_over_which_its_reader_is_killed_again_and_again_is_refused_at_last(office, paper):
    office.workers.broken["read"] = MachineError(same("signal 9"), code="killed")
    office.put("a.xlsx", paper("complaint.xlsx"))
    (received,) = receive([office.incoming(office.folder / "inbox" / "a.xlsx")], office.context)
    for _ in range(MOST_ATTEMPTS - 1):
        with pytest.raises(MachineError):
            advance(received.submission.id, office.context)
    last = advance(received.submission.id, office.context)

    assert ("failed", "crashed") == (last.status, last.error.code)


def test_a_kept_original_that_cannot_be_read_is_the_storages_fault(office, paper):
    office.workers.broken["read"] = ReadError("unreadable", "Input/output error")
    office.put("a.xlsx", paper("complaint.xlsx"))
    (received,) = receive([office.incoming(office.folder / "inbox" / "a.xlsx")], office.context)
    with pytest.raises(StoreError) as refused:
        advance(received.submission.id, office.context)

    assert "unreachable" == refused.value.code
    assert 1 == office.store.submissions.counts()[SubmissionState.RECEIVED]
