"""One label for the first and the last day of a period."""

from __future__ import annotations

import pytest

from formflow.extraction.labels.labels import LabelIndex
from formflow.extraction.pairs.periods import parted
from formflow.forms.spec import Field, FieldType
from formflow.model import Reading, Source

START = Field(id="start", label="开始日期", also=("起止时间",), type=FieldType.DATE)
END = Field(id="end", label="结束日期", also=("起止时间",), type=FieldType.DATE)
INDEX = LabelIndex.of((START, END))


def days(text, label="起止时间："):
    reading = Reading(text=text, source=Source(part="body", ref="x"), label=label)
    return {id: made.text for id, made in parted({"start": reading}, INDEX).items()}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026年4月1日至2026年9月30日", "2026年4月1日", "2026年9月30日"),
        ("2026.4.1-2026.9.30", "2026.4.1", "2026.9.30"),
        ("2026-04-01～2026-09-30", "2026-04-01", "2026-09-30"),
        ("2026年4月1日 至 9月30日", "2026年4月1日", "2026年9月30日"),
    ],
)
def test_each_of_the_two_days_goes_to_its_field(text, start, end):
    assert {"start": start, "end": end} == days(text)


@pytest.mark.parametrize("text", ["约半年", "2026年4月1日", "2026年9月30日至2026年4月1日"])
def test_what_is_no_period_is_given_to_both_fields_so_that_both_are_asked_about(text):
    assert {"start": text, "end": text} == days(text)


def test_a_label_of_its_own_names_one_day():
    assert {"start": "2026年4月1日至2026年9月30日"} == days("2026年4月1日至2026年9月30日", label="开始日期")
