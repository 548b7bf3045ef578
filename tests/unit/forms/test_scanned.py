"""What pixels do to a value is undone where one reading is left, and nowhere else."""

from __future__ import annotations

import pytest

from formflow.forms.scanned import spared
from formflow.forms.spec import FieldType
from formflow.model import Reading, Source


def _spared(text, kind, medium="scan"):
    reading = Reading(text=text, source=Source(part="page 1", ref="R1C1", medium=medium), confidence=0.9)
    return spared(reading, kind).text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (FieldType.MONEY, "1 200.00"),
        (FieldType.DATE, "2026 03 05"),
        (FieldType.PHONE, "0755一26881234"),
        (FieldType.USCC, "91440300MAIFAKEO0X"),
    ],
)
def test_a_digital_value_is_left_as_it_is(kind, text):
    assert text == _spared(text, kind, medium="")


@pytest.mark.parametrize("kind", [FieldType.TEXT, FieldType.ORGANISATION, FieldType.PERSON])
def test_words_are_left_as_they_were_read(kind):
    assert "1 200 · 3" == _spared("1 200 · 3", kind)


def test_nothing_but_the_text_of_a_reading_changes():
    reading = Reading(
        text="1 200", source=Source(part="page 1", ref="R1C1", medium="fax-fine"), confidence=0.9
    )

    made = spared(reading, FieldType.INTEGER)

    assert ("1200", reading.source, reading.confidence) == (made.text, made.source, made.confidence)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 200.00", "1200.00"),
        ("1, 200 .00元", "1,200.00元"),
        ("1　200", "1200"),
        ("1 3 5 9 2 6", "135926"),
        ("1 3 5 9 2 6    2 7", "1 3 5 9 2 6    2 7"),
        ("135926    27", "135926    27"),
        ("12·5吨", "12.5吨"),
        ("3 件", "3 件"),
        ("约 3 件", "约 3 件"),
        ("·5", "·5"),
    ],
)
@pytest.mark.parametrize("kind", [FieldType.INTEGER, FieldType.MONEY, FieldType.QUANTITY])
def test_gaps_inside_a_number_and_a_point_in_its_middle_are_the_paper_s(kind, text, expected):
    assert expected == _spared(text, kind)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 0 2 6-03-05", "2026-03-05"),
        ("2026·03·05", "2026-03-05"),
        ("20260305", "2026-03-05"),
        ("2026-0305", "2026-03-05"),
        ("2026.3.5.", "2026-3-5"),
        ("2026/3/5", "2026-3-5"),
        ("2026—03—05", "2026-03-05"),
        ("2026年3月5日", "2026年3月5日"),
        ("26-3-5", "26-3-5"),
        ("1826·03·05", "1826·03·05"),
        ("202635", "202635"),
        ("2026----3-5", "2026----3-5"),
    ],
)
@pytest.mark.parametrize("kind", [FieldType.DATE, FieldType.DATETIME])
def test_a_day_is_its_numbers_whatever_became_of_what_stands_between_them(kind, text, expected):
    assert expected == _spared(text, kind)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-0514:30", "2026-03-05 14:30"),
        ("2026-3-917:30", "2026-3-9 17:30"),
        ("2026-3-59:30", "2026-3-5 9:30"),
        ("3月1514时", "3月15 14时"),
        ("2026-3-123:30", "2026-3-123:30"),
        ("2026-3-314:30", "2026-3-314:30"),
        ("2026-03-599:30", "2026-03-599:30"),
        ("2026-03-05 14:30", "2026-03-05 14:30"),
    ],
    ids=[
        "two and two",
        "one and two",
        "one and one",
        "in words",
        "two ways",
        "31 at 4 or 3 at 14",
        "no way",
        "parted already",
    ],
)
def test_a_clock_that_ran_into_its_day_is_parted_where_there_is_one_way_only(text, expected):
    assert expected == _spared(text, FieldType.DATETIME)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0755一26881234", "0755-26881234"),
        ("0755 ― 26881234", "0755-26881234"),
        ("13800138000.13900139000", "13800138000、13900139000"),
        ("0755-26881234·(0755)26881235", "0755-26881234、(0755)26881235"),
        ("0755-2688.1234", "0755-26881234"),
        ("138·0013·8000", "13800138000"),
        ("0755-26881234", "0755-26881234"),
        ("12.34", "12.34"),
    ],
    ids=[
        "a dash",
        "a dash in white",
        "two mobiles",
        "two lines",
        "a speck",
        "two specks",
        "as it is",
        "no number",
    ],
)
def test_a_telephone_number_loses_the_specks_and_dashes_of_the_paper(text, expected):
    assert expected == _spared(text, FieldType.PHONE)


_CODE = "91350100M000100Y43"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_CODE, _CODE),
        ("9135OIOOM000100Y43", _CODE),
        ("9135 0100 M000 100Y 43", "9135 0100 M000 100Y 43"),
        ("913501O0 M000100Y43", _CODE),
        ("91350100M000100Y4S", "91350100M000100Y4S"),
        ("91350100M000100Y", "91350100M000100Y"),
    ],
    ids=["right", "letters for digits", "in groups", "a letter and a gap", "its check fails", "too short"],
)
def test_letters_in_a_credit_code_are_digits_where_its_check_character_agrees(text, expected):
    assert expected == _spared(text, FieldType.USCC)
