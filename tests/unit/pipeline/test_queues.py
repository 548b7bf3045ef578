"""What waits, what is late, and one record or entry whole."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event

from formflow.errors import NotFound
from formflow.pipeline.decisions import decide_entry, review
from formflow.pipeline.queues import (
    book,
    counts,
    entry_view,
    late,
    record_view,
    waiting_file,
    waiting_files,
    waiting_records,
)
from formflow.store.originals import SubmissionState
from formflow.store.reviews import ReviewAction

COMPLAINT = "客户投诉记录,\n投诉日期,{day}\n客户名称,佛山市{name}有限公司\n产品名称,树脂\n投诉类别,交货\n投诉内容,到货延误\n"
WHOLE = COMPLAINT + "记录人,李明\n"


@contextmanager
def queries():
    """Counts the statements that the database is asked meanwhile."""
    asked = []

    def note(conn, cursor, statement, *_):
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def drop(office):
    def put(text, name, day="2026-03-03"):
        content = text.format(day=day, name=name).encode("utf-8")
        return office.drop(f"{name}.csv", content)

    return put


def doubtful(drop, name):
    """A complaint with a day that does not exist; its record's id."""
    (record,) = drop(WHOLE, name, "2026-13-03").records
    return record.id


def test_what_waits_is_told_with_its_file_and_what_was_said_of_it(office, drop):
    first, second = doubtful(drop, "甲"), doubtful(drop, "乙")
    review(second, ReviewAction.SET, office.context, by="李明", field="product", text="聚丙烯")
    views = waiting_records(office.store, office.context.forms)

    assert {first: ("甲.csv", {}), second: ("乙.csv", {"product": "聚丙烯"})} == {
        view.record.id: (view.receipt.name, dict(view.corrections)) for view in views
    }
    assert () == waiting_records(office.store, office.context.forms, form="fax_in")


def test_the_queries_are_as_many_for_two_records_as_for_six(office, drop):
    def asked():
        with queries() as found:
            waiting_records(office.store, office.context.forms, returned=True)
        return len(found)

    for name in "甲乙":
        drop(COMPLAINT, name)
    few = asked()
    for name in "丙丁戊己":
        drop(COMPLAINT, name)

    assert few == asked()


def test_a_form_that_went_back_waits_until_it_comes_again_complete(office, drop):
    (returned,) = drop(COMPLAINT, "甲").records
    forms = office.context.forms

    assert [returned.id] == [v.record.id for v in waiting_records(office.store, forms, returned=True)]
    assert () == waiting_records(office.store, forms)
    (entry,) = drop(WHOLE, "甲").records
    assert () == waiting_records(office.store, forms, returned=True)
    assert entry.number == record_view(returned.id, office.store, forms).answered_by


def test_a_form_that_went_back_is_late_after_the_day_on_which_it_was_due(office, drop):
    (returned,) = drop(COMPLAINT, "甲").records
    asked = (office.store, office.context.forms, office.context.calendar)

    def on(day, days=10):
        return late(*asked, days=days, today=day)

    (one,) = on(date(2026, 3, 31))
    assert (returned.id, date(2026, 3, 16)) == (one.view.record.id, one.due_on)  # the 15th is a Sunday
    assert () == on(one.due_on)
    assert 1 == len(on(one.due_on + timedelta(days=1)))
    assert () == on(date(2026, 3, 31), days=0)
    drop(WHOLE, "甲")
    assert () == on(date(2026, 3, 31))


def test_a_file_without_records_waits_by_itself(office):
    letter = office.drop("信.csv", "各位同事：\n明天开会。\n".encode()).submission
    empty = office.drop(
        "空.csv", "客户投诉记录,\n投诉日期,\n客户名称,\n产品名称,\n投诉内容,\n".encode()
    ).submission

    assert {letter.id: (), empty.id: ("complaint",)} == {
        file.submission.id: file.unfilled for file in waiting_files(office.store)
    }
    assert waiting_file(letter.id, office.store) is not None
    assert waiting_file("nothing", office.store) is None


def test_an_entry_is_told_whole_however_its_number_is_typed(office, paper):
    number = office.drop("a.docx", paper("new_customer.docx")).records[0].number
    decide_entry(number, "approve", office.context, by="钟国栋", role="sales_manager", comment="情况属实")
    view = entry_view(number.lower(), office.store)

    assert (number, None) == (view.entry.number, view.void)
    assert ["approve"] == [decision.decision for decision in view.decisions]
    assert ["registered"] == [mark.event for mark in view.marks]
    assert () == view.assessments


def test_what_is_not_there_is_not_found(office):
    with pytest.raises(NotFound):
        entry_view("XKH-2026-0009", office.store)
    with pytest.raises(NotFound):
        record_view("nothing", office.store, office.context.forms)


def test_a_book_holds_its_lines_in_order_and_what_was_decided_on_them(office, drop):
    numbers = [drop(WHOLE, name).records[0].number for name in "甲乙"]
    office.store.register.void(numbers[0], reason="重复", by="李明", at=office.now)
    made = book(office.store, office.context.forms["complaint"], 2026)

    assert [(numbers[0], True), (numbers[1], False)] == [
        (line.entry.number, line.void is not None) for line in made.lines
    ]
    assert {} == made.decided


def test_what_is_to_do_is_counted(office, drop):
    drop(WHOLE, "甲")
    doubtful(drop, "乙")
    made = counts(office.store)

    assert {SubmissionState.DONE: 1, SubmissionState.REVIEW: 1} == made.submissions
    assert 0 == made.unmade
