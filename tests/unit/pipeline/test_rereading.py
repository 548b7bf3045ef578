"""A waiting file that an older reader read is read anew; nothing is lost by it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, update

from formflow.errors import ReadError, UsageError
from formflow.model import Reading, RecordState, Source
from formflow.pipeline.decisions import review
from formflow.pipeline.rereading import is_outdated, reread, reread_record, waiting
from formflow.store.originals import SubmissionState
from formflow.store.reviews import ReviewAction
from formflow.store.tables import readings

WRONG = Reading(text="佛山市宏这化工有限公司", source=Source(part="body", ref="R3C2"))


def age(office):
    """Let an older reader have made the readings that are kept."""
    with office.store.database.begin() as conn:
        conn.execute(delete(readings).where(readings.c.reader == "csv/0"))
        conn.execute(update(readings).values(reader="csv/0"))


@pytest.fixture
def aged(office):
    """Makes a log with one row in the register and one that waits, as an older reader would have left it."""

    def make(**misread):
        result = office.log(office.fax(2, "合同"), office.fax(3, "", handed="2026年3月3日"))
        standing, open_ = office.store.records.of(result.submission.id)
        assert (RecordState.REGISTERED, RecordState.REVIEW) == (standing.state, open_.state)
        age(office)
        candidate = replace(open_.candidate, readings=dict(open_.candidate.readings) | misread)
        office.store.records.replace({open_.id: candidate}, at=office.now)
        office.now = office.now.replace(hour=11)
        return office.store.submissions.get(result.submission.id), open_.id

    return make


def test_only_a_waiting_file_of_an_older_reader_is_outdated(office, aged):
    submission, _ = aged()
    done = office.log(office.fax(4, "通知"), name="b.csv").submission

    assert is_outdated(submission, office.store)
    assert not is_outdated(office.store.submissions.get(done.id), office.store)
    assert [submission.id] == [one.id for one in waiting(office.store)]


def test_the_newer_reading_takes_the_place_of_the_older_and_the_change_is_told(office, aged):
    submission, record = aged(sender=WRONG)

    done = reread(submission, office.context)

    assert ("csv/0", "csv/2", None) == (done.before, done.after, done.kept)
    assert [(record, "sender", WRONG.text, "佛山市宏达化工有限公司")] == [
        (one.record, one.field, one.before, one.after) for one in done.changed
    ]
    assert not is_outdated(office.store.submissions.get(submission.id), office.store)
    assert office.store.register.verify().ok
    assert "reread" in [line.kind for line in office.store.audit.lines()]


def test_settled_records_stay_and_get_no_second_number(office, aged):
    submission, _ = aged(sender=WRONG)
    before = office.numbers()
    standing = office.store.records.of(submission.id)[0]
    standing = (standing.candidate, standing.state, standing.number, standing.findings)

    reread(submission, office.context)

    assert before == office.numbers()
    now = office.store.records.of(submission.id)[0]
    assert standing == (now.candidate, now.state, now.number, now.findings)


def test_corrections_of_persons_stay(office, aged):
    submission, record = aged()
    review(record, ReviewAction.SET, office.context, by="张三", field="pages", text="7")
    age(office)
    candidate = office.store.records.get(record).candidate
    wrong = replace(candidate, readings=dict(candidate.readings) | {"sender": WRONG})
    office.store.records.replace({record: wrong}, at=office.now)

    reread(office.store.submissions.get(submission.id), office.context)
    result = review(record, ReviewAction.SET, office.context, by="张三", field="subject", text="报价")

    number = result.records[1].number
    assert number is not None
    values = office.store.register.find(number).values
    assert (7, "佛山市宏达化工有限公司") == (values["pages"], values["sender"])


def test_setting_a_field_reads_the_file_anew_first(office, aged):
    _, record = aged(sender=WRONG)

    result = review(record, ReviewAction.SET, office.context, by="张三", field="subject", text="报价")

    entry = office.store.register.find(result.records[1].number)
    assert "佛山市宏达化工有限公司" == entry.values["sender"]


def test_a_row_that_only_the_newer_reader_sees_becomes_a_record(office, aged):
    submission, record = aged()
    with office.store.database.begin() as conn:
        conn.exec_driver_sql("DELETE FROM records WHERE id = ?", (record,))
    office.store.records.replace({}, at=office.now)

    done = reread(submission, office.context)

    assert [RecordState.REGISTERED, RecordState.REVIEW] == [one.state for one in done.result.records]


def test_records_that_the_newer_reader_divides_otherwise_stay(office, aged):
    submission, record = aged()
    candidate = replace(office.store.records.get(record).candidate, row=99)
    office.store.records.replace({record: candidate}, at=office.now)

    done = reread(submission, office.context)

    assert "other-records" == done.kept.code
    assert candidate == office.store.records.get(record).candidate
    assert SubmissionState.REVIEW is office.store.submissions.get(submission.id).state


def test_the_older_reading_stays_where_the_newer_reader_refuses_the_file(office, aged):
    submission, record = aged(sender=WRONG)
    office.workers.broken["read"] = ReadError("corrupt", "no table")

    done = reread(submission, office.context)

    assert ("corrupt", None) == (done.kept.code, done.after)
    assert WRONG == office.store.records.get(record).candidate.readings["sender"]


def test_a_file_in_which_no_form_was_recognised_is_read_anew(office):
    result = office.drop("note.csv", "今天开会\n".encode("utf-8-sig"))
    assert SubmissionState.REVIEW is result.submission.state
    before = len(office.workers.done)

    done = reread(result.submission, office.context)

    assert (None, None, SubmissionState.REVIEW) == (done.before, done.after, done.result.submission.state)
    assert len(office.workers.done) > before


def test_a_reading_of_now_is_left_alone(office):
    submission = office.log(office.fax(3, "")).submission

    done = reread(office.store.submissions.get(submission.id), office.context)

    assert (None, ()) == (done.after, done.changed)
    assert reread_record(office.store.records.of(submission.id)[0].id, office.context) is None


def test_what_does_not_wait_is_not_read_anew(office):
    submission = office.log(office.fax(3, "合同")).submission

    with pytest.raises(UsageError, match="nothing"):
        reread(office.store.submissions.get(submission.id), office.context)
