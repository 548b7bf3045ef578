"""A log is kept once: what its rows share, how much a row takes, and what becomes of rows that come later."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import timedelta

import bagit
import openpyxl
import pytest
from sqlalchemy import event
from tests.unit.pipeline.conftest import HEAD, log_bytes

from formflow.archive.bag import copy_whole
from formflow.archive.fetch import Holdings
from formflow.archive.verify import verify_archive
from formflow.errors import FormflowError, StoreError
from formflow.pipeline.advance import advance
from formflow.pipeline.decisions import review
from formflow.pipeline.filing import file_unmade
from formflow.store.reviews import ReviewAction


def rows_of(office, count, **changed):
    return [office.fax(day % 4 + 1, f"主题{day}", ref=f"宏函{day}号", **changed) for day in range(count)]


def archive(office):
    return office.settings.folder("archive")


def files(office, pattern="*"):
    return sorted(
        path.relative_to(archive(office)).as_posix()
        for path in archive(office).rglob(pattern)
        if path.is_file() and path.name != "README.md"
    )


def shown(office, name):
    """First and fourth column of the stamped copy: number and subject."""
    (path,) = [path for path in archive(office).rglob(name) if path.is_file()]
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    return [(row[0], row[4]) for row in rows[2:]]


def whole(office):
    return verify_archive(archive(office), office.store).problems == ()


def xlsx_bytes(rows):
    book = openpyxl.Workbook()
    book.active.title = "3月"
    for row in (("收传真登记簿",), HEAD, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_log_lies_in_the_archive_once_with_every_number_in_its_own_row(office):
    result = office.log(*rows_of(office, 5))

    assert "done" == result.status
    assert 1 == len(files(office, "log.csv"))
    numbers = [f"收传〔2026〕{n}号" for n in range(1, 6)]
    assert [(number, f"主题{n}") for n, number in enumerate(numbers)] == shown(office, "登记号-log.csv")
    assert whole(office)


def test_a_workbook_shows_every_number_in_its_own_row(office):
    office.drop("log.xlsx", xlsx_bytes(rows_of(office, 3)))

    (path,) = archive(office).rglob("登记号-log.xlsx")
    sheet = openpyxl.load_workbook(path)["3月"]
    assert ["登记号", *(f"收传〔2026〕{n}号" for n in (1, 2, 3))] == [
        sheet.cell(row, 8).value for row in range(2, 6)
    ]
    assert whole(office)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_row_takes_as_much_room_and_as_many_questions_in_a_long_log_as_in_a_short_one(office, kind):
    def cost(count, start):
        asked = 0

        def count_one(*_):
            nonlocal asked
            asked += 1

        engine = office.store.database._reader
        before = {path: path.stat().st_size for path in archive(office).rglob("*") if path.is_file()}
        rows = [
            office.fax(day % 4 + 1, f"主题{start + day}", ref=f"宏函{start + day}号") for day in range(count)
        ]
        content = xlsx_bytes(rows) if kind == "xlsx" else log_bytes(*rows)
        event.listen(engine, "before_cursor_execute", count_one)
        result = office.drop(f"log-{start:04}.{kind}", content)
        event.remove(engine, "before_cursor_execute", count_one)
        assert count == len([record for record in result.records if record.number])
        made = [p.stat().st_size for p in archive(office).rglob("*") if p.is_file() and p not in before]
        return sum(made) / count, len(made) / count, asked

    cost(10, 0)  # what is made once, whoever comes first
    short, long = cost(40, 1000), cost(400, 2000)

    assert long[0] <= 1.2 * short[0]
    assert long[1] <= short[1]
    # Settling asks of each row what its rules need; all else is asked for some hundred rows at once.
    assert long[2] / 400 <= 1.2 * short[2] / 40


def test_next_weeks_copy_of_a_log_shows_the_old_numbers_beside_the_new_ones(office):
    rows = rows_of(office, 5)
    office.log(*rows[:3])
    office.log(*rows, name="again.csv")

    assert [f"收传〔2026〕{n}号" for n in range(1, 6)] == office.numbers()
    assert [f"收传〔2026〕{n}号" for n in range(1, 6)] == [
        number for number, _ in shown(office, "登记号-again.csv")
    ]
    assert 3 == len(shown(office, "登记号-log.csv"))
    assert whole(office)


@pytest.mark.parametrize("hours", [1, 0])
def test_a_row_let_through_later_has_a_copy_that_shows_all_numbers_given_by_then(office, hours):
    rows = [*rows_of(office, 3), office.fax(4, "主题九", pages="三页半")]
    result = office.log(*rows)
    waiting = next(record for record in result.records if record.number is None)
    assert ["主题0", "主题1", "主题2", "主题九"] == [
        subject for _, subject in shown(office, "登记号-log.csv")
    ]

    office.now += timedelta(hours=hours)
    review(waiting.id, ReviewAction.SET, office.context, by="李明", field="pages", text="3")

    assert 1 == len(files(office, "log.csv"))
    first, second = sorted(archive(office).rglob("登记号-log.csv"))
    assert "收传〔2026〕4号" not in first.read_text("utf-8-sig")
    assert [f"收传〔2026〕{n}号" for n in (1, 2, 3, 4)] == [
        row[0] for row in csv.reader(io.StringIO(second.read_text("utf-8-sig")))
    ][2:]
    assert whole(office)


def test_a_voided_row_keeps_its_number_on_the_closed_copy(office):
    office.log(*rows_of(office, 2))
    office.store.register.void("收传〔2026〕1号", reason="重复", by="李明", at=office.now)

    assert "收传〔2026〕1号" == shown(office, "登记号-log.csv")[0][0]
    assert whole(office)


def test_every_entrys_bag_can_be_written_whole(office, tmp_path):
    office.log(*rows_of(office, 2))

    for n in (1, 2):
        target = tmp_path / str(n)
        copy_whole(archive(office) / f"SC/2026/{n:04}", target, Holdings(archive(office)))

        assert bagit.Bag(str(target)).validate()
        assert {"data/original/log.csv", f"data/copy/收传〔2026〕{n}号-log.csv", "data/record.json"} == {
            path.relative_to(target).as_posix() for path in (target / "data").rglob("*") if path.is_file()
        }


@pytest.mark.parametrize("lost", ["submissions", "SC"])
def test_what_a_crash_left_unmade_is_made_by_the_sweep_byte_for_byte(office, lost):
    office.workers.broken["finish"] = StoreError("磁盘已满", code="full")
    with pytest.raises(StoreError):
        office.log(*rows_of(office, 3))
    del office.workers.broken["finish"]
    assert [] == files(office, "record.json")
    file_unmade(office.context)
    before = {name: (archive(office) / name).read_bytes() for name in files(office)}
    assert whole(office)

    with office.store.database.begin() as conn:
        conn.exec_driver_sql("DROP TRIGGER archive_marks_no_delete")
        conn.exec_driver_sql("DELETE FROM archive_marks")
    shutil.rmtree(archive(office) / lost)
    if lost == "submissions":
        shutil.rmtree(archive(office) / "SC")
    file_unmade(office.context)

    assert before == {name: (archive(office) / name).read_bytes() for name in files(office)}
    assert whole(office)


def test_a_shared_bag_that_cannot_be_made_keeps_no_other_file_waiting(office, paper):
    office.workers.broken["share"] = StoreError("磁盘已满", code="full")
    with pytest.raises(FormflowError):
        office.log(*rows_of(office, 2))
    assert [] == [name for name in files(office) if name.startswith("SC/")]
    assert "done" == office.drop("form.docx", paper("new_customer.docx")).status

    del office.workers.broken["share"]
    file_unmade(office.context)
    assert () == office.store.archives.unmade()
    pending = office.store.submissions.pending()
    assert ["done"] == [advance(submission, office.context).status for submission in pending]


def test_several_forms_of_one_file_share_it_too(office):
    book = openpyxl.Workbook()
    for n in (1, 2):
        sheet = book.create_sheet(f"第{n}张")
        for row in (
            ("客户投诉记录",),
            ("投诉日期", "2026年3月5日", "客户名称", f"佛山市宏达{n}化工有限公司"),
            ("产品名称", "树脂", "记录人", "李明"),
            ("投诉类别", "交货", "投诉内容", f"到货延误{n}"),
        ):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)

    result = office.drop("投诉.xlsx", out.getvalue())

    numbers = [record.number for record in result.records]
    assert 2 == len([number for number in numbers if number])
    (path,) = archive(office).rglob("登记号-投诉.xlsx")
    again = openpyxl.load_workbook(path)
    assert [f"登记号：{number}" for number in numbers] == [
        again[f"第{n}张"].oddHeader.right.text for n in (1, 2)
    ]
    assert whole(office)


def test_a_single_form_keeps_its_original_in_its_own_bag(office, paper):
    office.drop("form.docx", paper("new_customer.docx"))

    assert "XKH/2026/0001/data/original/form.docx" in files(office)
    assert not (archive(office) / "submissions").exists()


def test_one_rows_correction_asks_no_more_of_a_long_log_than_of_a_short_one(office):
    def asked(count, start):
        rows = [
            office.fax(day % 4 + 1, f"主题{start + day}", ref=f"宏函{start + day}号") for day in range(count)
        ]
        rows.append(office.fax(4, f"待核{start}", ref=f"宏函{start}待", pages="三页半"))
        result = office.log(*rows, name=f"log-{start}.csv")
        (waiting,) = [record for record in result.records if record.number is None]
        statements = []
        event.listen(
            office.store.database._reader, "before_cursor_execute", lambda *told: statements.append(told[2])
        )
        review(waiting.id, ReviewAction.SET, office.context, by="李明", field="pages", text="3")
        return len(statements)

    asked(5, 0)

    assert asked(300, 2000) <= asked(20, 1000) + 5
