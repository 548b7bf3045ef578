"""What a reviewer sees of a record that waits, and how a suggestion is taken in one step."""

from __future__ import annotations

import shlex
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import update

from formflow.model import RecordState, Source
from formflow.pipeline.context import open_store
from formflow.settings import load_settings
from formflow.store.tables import readings

COMPLAINT = (
    "客户投诉记录,,,\n投诉日期,2O26-1l-03,客户名称,佛山市宏达化工有限公司\n"
    "产品名称,树脂,记录人,李明\n投诉类别,质童,投诉内容,到货延误\n"
)
PLAN = (
    "业务去向表,,,,,\n日期,2026年13月5日,姓名,李明,,\n"
    "访问客户,地点,时间,拜访目的,洽谈内容,如何进行\n"
    "甲公司,佛山,上午,催款,货款,面谈\n"
    "乙公司,广州,下午,送样,宏函〔2O26〕l2号,面谈\n"
)
PAPER = Source(part="page 1", ref="table 1 R1C1", medium="scan")


@pytest.fixture
def waiting(line):
    """Lets a form wait as if it had been read from paper, one field said again by a person; the record's id."""

    def put(text: str, field: str, said: str) -> str:
        path = line.folder / "form.csv"
        path.write_text(text, encoding="utf-8")
        line.run("process", str(path))
        with closing(open_store(load_settings(line.folder, {}))) as store:
            ((record, _),) = store.records.in_state(RecordState.REVIEW)
            read = record.candidate
            rows = {id: tuple(map(_on_paper, table)) for id, table in read.rows.items()}
            scanned = replace(read, readings=_on_paper(read.readings), rows=rows)
            store.records.replace({record.id: scanned}, at=record.changed_at)
        assert 0 == line.run("review", "set", record.id, field, said).status
        return record.id

    return put


def _on_paper(readings):
    return {id: replace(reading, source=PAPER) for id, reading in readings.items()}


@pytest.mark.parametrize(("lang", "perhaps"), [("en", "perhaps: "), ("zh", "也许是：")])
def test_a_suggestion_stands_below_its_finding_with_the_command_that_takes_it(line, waiting, lang, perhaps):
    record = waiting(COMPLAINT, "product", "树脂")
    shown = line.run("review", "show", record, lang=lang).out.splitlines()

    assert f"      {perhaps}2026-11-03    formflow review set {record} received_on 2026-11-03" in shown
    assert f"      {perhaps}质量    formflow review set {record} category '质量'" in shown


def test_a_suggestion_is_no_value_until_a_person_takes_it(line, waiting):
    record = waiting(COMPLAINT, "product", "树脂")
    (before,) = line.lines("review", "list")
    taken = [
        ("formflow", "review", "set", record, found["field"], *found["suggestions"])
        for found in before["findings"]
    ]
    for command in taken:
        line.run(*shlex.split(shlex.join(command))[1:])
    (entry,) = line.lines("register", "list")

    assert {"received_on": ["2026-11-03"], "category": ["质量"]} == {
        found["field"]: found["suggestions"] for found in before["findings"]
    }
    assert ("2026-11-03", "quality") == (entry["values"]["received_on"], entry["values"]["category"])


def test_a_record_accepted_as_it_was_read_keeps_no_suggestion(line, waiting):
    record = waiting(COMPLAINT, "product", "树脂")
    line.run("review", "accept", record)
    (left,) = line.lines("review", "list", "--returned")

    assert all("suggestions" not in found for found in left["findings"])


def test_the_cells_of_a_forms_own_table_are_shown_and_suggested_for_by_name(line, waiting):
    record = waiting(PLAN, "date", "2026-03-05")
    shown = line.run("review", "show", record).out
    told = line.lines("review", "show", record)[0]
    (found,) = [found for found in told["findings"] if "suggestions" in found]

    assert ("rows", "rows.1.topic", ["宏函〔2026〕12号"]) == (
        found["field"],
        found["cell"],
        found["suggestions"],
    )
    assert "宏函〔2O26〕l2号" == told["texts"]["rows.1.topic"]
    assert f"formflow review set {record} rows.1.topic '宏函〔2026〕12号'" in shown
    assert "rows.0.customer" in shown

    line.run("review", "set", record, "rows.1.topic", *found["suggestions"])
    (entry,) = line.lines("register", "list")

    assert ["货款", "宏函〔2026〕12号"] == [row["topic"] for row in entry["values"]["rows"]]


def test_the_crop_of_a_cell_that_was_not_read_from_a_scan_is_refused(line, waiting):
    record = waiting(PLAN, "date", "2026-13-05")
    told = line.run("review", "crop", record, "rows.1.topic", "-o", str(line.folder / "x.png"))

    assert 2 == told.status
    assert "rows.1.topic" in told.err


@pytest.fixture
def outdated(line):
    """A record that waits, with a text that an older reader had read wrong; its id."""
    path = line.folder / "form.csv"
    path.write_text(COMPLAINT, encoding="utf-8")
    line.run("process", str(path))
    with closing(open_store(load_settings(line.folder, {}))) as store:
        ((record, _),) = store.records.in_state(RecordState.REVIEW)
        field, reading = next(iter(record.candidate.readings.items()))
        wrong = replace(
            record.candidate, readings={**record.candidate.readings, field: replace(reading, text="错")}
        )
        store.records.replace({record.id: wrong}, at=record.changed_at)
        with store.database.begin() as conn:
            conn.execute(update(readings).values(reader="csv/0"))
    return record.id


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "read anew (csv/0 → csv/2), 1 texts changed"), ("zh", "变动 1 处")]
)
@pytest.mark.parametrize("command", [("review", "show"), ("reread",)])
def test_what_an_older_reader_read_is_read_anew_and_the_change_is_told(line, outdated, command, lang, says):
    told = line.run(*command, outdated, lang=lang)

    assert says in told.out
    assert " 错 → " in told.out
    assert 0 == told.status


def test_reread_tells_files_and_texts_as_json_and_leaves_the_rest(line, outdated):
    (told,) = line.lines("reread", "--all-waiting")
    (again,) = line.lines("reread", outdated)

    assert ("csv/0", "csv/2", None, "错") == (
        told["before"],
        told["after"],
        told["kept"],
        told["changed"][0]["before"],
    )
    assert (None, []) == (again["after"], again["changed"])


def test_reread_wants_files_or_all_of_them(line):
    assert 2 == line.run("reread").status
    assert 2 == line.run("reread", "20260305-091500-3f9a0c1b2d").status
