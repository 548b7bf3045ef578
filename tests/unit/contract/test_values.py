"""Values of the model as JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from formflow.contract.values import (
    bag_json,
    entry_json,
    error_json,
    finding_from_json,
    finding_json,
    kept_entry_json,
    reading_json,
    unclaimed_json,
)
from formflow.errors import NotFound
from formflow.messages import Bilingual
from formflow.model import Entry, Finding, Outcome, Reading, Receipt, Severity, Source, Unclaimed

AT = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
PLAIN = Finding(
    code="missing", severity=Severity.RETURN, message="缺少电话", english="no phone", field="phone"
)
FULL = Finding(
    code="a",
    severity=Severity.REFER,
    message="不清",
    article="第一条",
    cell="rows.1.phone",
    suggestions=("13800138000",),
)
ENTRY = Entry(
    series="TS",
    year=2026,
    serial=1,
    number="TS-2026-0001",
    form="complaint",
    values={"product": "树脂"},
    findings=(PLAIN,),
    outcome=Outcome.ACCEPT,
    registered_at=AT,
    receipt=Receipt(at=AT, name="a.csv", folder="华南", claimed_on=date(2026, 3, 2)),
    digest="d",
    submission="s",
    record="s-0000",
)


def chinese(said):
    return said.chinese


def english(said):
    return said.english


@pytest.mark.parametrize("finding", [PLAIN, FULL])
def test_a_finding_written_in_both_languages_is_read_back_whole(finding):
    assert finding == finding_from_json(json.loads(json.dumps(finding_json(finding))))


def test_a_finding_is_told_in_the_language_asked_for_and_in_chinese_where_there_is_no_other():
    assert ("缺少电话", "no phone") == tuple(
        finding_json(PLAIN, say)["message"] for say in (chinese, english)
    )
    assert "不清" == finding_json(FULL, english)["message"]
    assert "english" not in finding_json(PLAIN, english)


def test_what_a_finding_does_not_have_is_not_written():
    assert ["code", "severity", "field", "message", "article"] == list(finding_json(PLAIN, chinese))
    assert {"cell": "rows.1.phone", "suggestions": ["13800138000"]}.items() <= finding_json(
        FULL, chinese
    ).items()


def test_an_error_is_its_code_and_its_message_with_the_remedy():
    error = NotFound(Bilingual("没有", "none"), code="no-such-record", remedy=Bilingual("请查看", "look"))

    assert {"code": "no-such-record", "message": "none; look"} == error_json(error, english)
    assert error_json(None, english) is None


def test_a_place_has_its_box_where_there_is_a_page():
    scanned = Source(part="page 1", ref="table 1 R1C2", box=(1.0, 2.0, 3.0, 4.0))
    read = reading_json(Reading(text="树脂", source=scanned, confidence=0.8))
    left = unclaimed_json(Unclaimed(text="备注", source=Source(part="body", ref="line 3")))

    assert ([1.0, 2.0, 3.0, 4.0], 0.8, "树脂") == (read["box"], read["confidence"], read["text"])
    assert {"label": None, "text": "备注", "part": "body", "ref": "line 3", "box": None} == left


def test_a_bag_keeps_of_an_entry_what_does_not_change_and_its_receipt_apart():
    kept, told = kept_entry_json(ENTRY), entry_json(ENTRY, english, {"reason": "重复"})

    assert {"received_at", "claimed_on", "file", "void"} == set(told) - set(kept)
    assert {"reason": "重复"} == told["void"]
    assert ("缺少电话", "no phone") == (kept["findings"][0]["message"], kept["findings"][0]["english"])
    bag = bag_json(ENTRY, "Z1", {}, "c")
    assert kept.items() <= bag.items()
    assert ("2026-03-02", True, "华南") == tuple(
        bag["receipt"][key] for key in ("claimed_on", "backdated", "folder")
    )
