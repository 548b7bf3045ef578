"""A log that comes again: clerks keep one workbook all year."""

from __future__ import annotations

from formflow.model import RecordState
from formflow.pipeline.decisions import review
from formflow.store.reviews import ReviewAction


def states(result):
    return [(record.state.value, record.number) for record in result.records]


def test_rows_are_numbered_in_their_order(office):
    result = office.log(office.fax(3, "甲"), office.fax(2, "乙"), office.fax(4, "丙"))

    assert ["收传〔2026〕1号", "收传〔2026〕2号", "收传〔2026〕3号"] == [r.number for r in result.records]


def test_only_new_rows_take_numbers(office):
    office.log(office.fax(2, "甲"), office.fax(3, "乙"))
    result = office.log(office.fax(2, "甲"), office.fax(3, "乙"), office.fax(4, "丙"))

    assert [
        ("known", "收传〔2026〕1号"),
        ("known", "收传〔2026〕2号"),
        ("registered", "收传〔2026〕3号"),
    ] == states(result)
    assert "done" == result.status


def test_a_row_inserted_between_known_ones_is_new(office):
    office.log(office.fax(2, "甲"), office.fax(3, "乙"))
    result = office.log(office.fax(2, "甲"), office.fax(1, "全新的一份文件"), office.fax(3, "乙"))

    assert ["known", "registered", "known"] == [record.state.value for record in result.records]


def test_a_row_that_was_changed_is_referred_and_keeps_its_number(office):
    office.log(office.fax(2, "甲"), office.fax(3, "乙"))
    result = office.log(office.fax(2, "甲", pages=9), office.fax(3, "乙"), office.fax(4, "丙"))

    changed, known, new = result.records
    assert ("review", "收传〔2026〕1号", ["row-changed"]) == (
        changed.state.value,
        changed.number,
        [finding.code for finding in changed.findings],
    )
    assert "“3”" in changed.findings[0].message and "“9”" in changed.findings[0].message
    assert ("known", "registered") == (known.state.value, new.state.value)
    assert 3 == len(office.numbers())


def test_a_row_whose_identity_was_edited_is_changed_and_not_new(office):
    office.log(office.fax(2, "甲"), office.fax(3, "关于货款的函"), office.fax(4, "丙"))
    result = office.log(office.fax(2, "甲"), office.fax(3, "关于货款的复函"), office.fax(4, "丙"))

    assert ["known", "review", "known"] == [record.state.value for record in result.records]
    assert "收传〔2026〕2号" == result.records[1].number
    assert 3 == len(office.numbers())


def test_a_changed_row_that_a_person_accepts_becomes_an_entry_that_corrects_the_old_one(office):
    office.log(office.fax(2, "甲"))
    again = office.log(office.fax(2, "甲", pages=9), office.fax(3, "乙"))
    review(again.records[0].id, ReviewAction.ACCEPT, office.context, by="李明", why="原登记有误")
    entry = office.store.register.find("收传〔2026〕3号")

    assert ("收传〔2026〕1号", 9) == (entry.corrects, entry.values["pages"])


def test_two_rows_that_are_truly_alike_are_two_entries(office):
    office.log(office.fax(2, "甲"), office.fax(2, "甲"))
    result = office.log(office.fax(2, "甲"), office.fax(2, "甲"), office.fax(3, "乙"))

    assert ["known", "known", "registered"] == [record.state.value for record in result.records]


def test_an_incomplete_row_waits_and_holds_up_no_other(office):
    result = office.log(office.fax(2, "甲"), office.fax(3, "乙", pages=""), office.fax(4, "丙"))

    assert "review" == result.status
    assert [
        ("registered", "收传〔2026〕1号"),
        ("review", None),
        ("registered", "收传〔2026〕2号"),
    ] == states(result)


def test_a_row_completed_in_the_next_copy_is_numbered_once(office):
    first = office.log(office.fax(2, "甲"), office.fax(3, "乙", pages=""), office.fax(4, "丙"))
    office.log(office.fax(2, "甲"), office.fax(3, "乙"), office.fax(4, "丙"))
    waiting = office.store.records.get(first.records[1].id)

    assert 3 == len(office.numbers())
    assert RecordState.DISCARDED is waiting.state
    assert "superseded" == waiting.findings[-1].code
    assert "done" == office.store.submissions.get(first.submission.id).state


def test_a_row_that_a_person_corrected_is_known_when_the_log_comes_again_uncorrected(office):
    first = office.log(office.fax(2, "甲"), office.fax(3, "乙", pages="许多"), office.fax(4, "丙"))
    settled = review(
        first.records[1].id, ReviewAction.SET, office.context, by="李明", field="pages", text="7页"
    )
    assert "收传〔2026〕3号" == settled.records[1].number
    again = office.log(
        office.fax(2, "甲"), office.fax(3, "乙", pages="许多"), office.fax(4, "丙"), office.fax(5, "丁")
    )

    assert ["known", "known", "known", "registered"] == [record.state.value for record in again.records]


def test_a_new_clerk_in_the_header_changes_no_row(office):
    first = office.fax(2, "甲")
    office.log(first, title="收传真登记簿  登记人：李明")
    result = office.log(first, office.fax(3, "乙"), title="收传真登记簿  登记人：王芳")

    assert ["known", "registered"] == [record.state.value for record in result.records]
