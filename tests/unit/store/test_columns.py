from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.store.columns import canonical, fold, moment_text, read_moment, searchable, storable

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(9999, 12, 30), timezones=OFFSETS)


@given(MOMENTS)
def test_a_moment_comes_back_with_its_own_clock(moment):
    found = read_moment(moment_text(moment))

    assert (moment, moment.utcoffset(), moment.date()) == (found, found.utcoffset(), found.date())


@given(MOMENTS, MOMENTS)
def test_moments_sort_as_time_does_whatever_their_zones(one, other):
    if one != other:
        assert (one < other) == (moment_text(one) < moment_text(other))


def test_the_day_of_a_receipt_is_the_offices_day():
    early = datetime(2026, 3, 1, 7, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

    assert moment_text(early) == "2026-02-28T23:30:00.000000Z +08:00"
    assert read_moment(moment_text(early)).date() == early.date()


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        moment_text(datetime(2026, 3, 1))


def test_utc_is_written_with_a_zero_offset():
    assert moment_text(datetime(2026, 3, 1, tzinfo=UTC)).endswith("Z +00:00")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("申请表.docx", "申请表.docx"),
        ("申请表.docx".encode("gb18030").decode("utf-8", "surrogateescape"), "申请表.docx"),
        ("a\x00b", "a\ufffdb"),
        ("a\ud83db", "a\ufffd\ufffd\ufffdb"),
    ],
)
def test_every_name_can_be_stored_and_a_gbk_one_is_read(name, expected):
    assert storable(name) == expected
    storable(name).encode()


@given(st.text(st.characters(codec=None)))
def test_any_text_can_be_stored(text):
    storable(text).encode()
    assert "\x00" not in storable(text)


def test_canonical_json_has_one_spelling():
    assert (
        canonical({"b": 1, "a": None})
        == canonical(MappingProxyType({"a": None, "b": 1}))
        == '{"a":null,"b":1}'
    )


def test_what_is_not_json_is_refused():
    with pytest.raises(TypeError, match="JSON contract"):
        canonical({"a": {1, 2}})


def test_a_search_text_folds_width_case_and_blanks():
    values = {
        "name": "华南 实业（深圳）",
        "rows": [{"code": "ＡＢ 1"}],
        "none": None,
        "signed": True,
        "pages": 3,
    }

    assert searchable(values) == "华南实业(深圳)\nab1\n3"
    assert fold("Ａ（b）") == "a(b)"
