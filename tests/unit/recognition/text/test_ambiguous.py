"""Signs of one shape are as sure as all of them together where only one can stand."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2")

from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.text.ambiguous import as_meant


def _meant(text, at, second, sure=0.55, second_sure=0.4):
    """A line of which one sign may be another, as it is meant: its text and how sure that sign is."""
    glyphs = [Glyph(sign, 0.5, 0.99) for sign in text]
    glyphs[at] = Glyph(text[at], 0.5, sure, second, second_sure)
    line = as_meant(Spelled(tuple(glyphs)))
    return line.text, pytest.approx(line.glyphs[at].sure)


@pytest.mark.parametrize(
    ("text", "at", "second", "expected"),
    [
        ("0532一578", 4, "-", "0532-578"),
        ("0532—578", 4, "一", "0532-578"),
        ("传真夹（一）", 4, "—", "传真夹（一）"),
        ("传真夹(-)", 4, "一", "传真夹(一)"),
        ("二○二六年", 1, "〇", "二〇二六年"),
        ("二六年二O", 4, "0", None),
        ("二〇二O年", 3, "0", "二〇二〇年"),
    ],
)
def test_where_one_alone_can_stand_it_is_as_sure_as_all(text, at, second, expected):
    assert (expected or text, 0.95 if expected else 0.55) == _meant(text, at, second)


@pytest.mark.parametrize(
    ("text", "at", "second"),
    [
        ("L一2", 1, "-"),
        ("一份", 0, "—"),
        ("（一", 1, "—"),
        ("星期一", 2, "—"),
        ("CO2", 1, "0"),
        ("二O六室", 1, "8"),
        ("7/8", 1, "1"),
    ],
)
def test_elsewhere_each_sign_keeps_its_own(text, at, second):
    assert 0.55 == _meant(text, at, second)[1]


def test_another_sign_as_runner_up_adds_nothing():
    assert ("0532-578", 0.55) == _meant("0532一578", 4, "7")
