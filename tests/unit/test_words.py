"""Every code that people may be shown has a word in both languages, and a place is told as a clerk would say it."""

from __future__ import annotations

import re

import pytest

from formflow import words
from formflow.approvals import steps
from formflow.forms import definition
from formflow.model import Outcome, RecordState
from formflow.people.roles import Role
from formflow.store.originals import SubmissionState
from formflow.store.reviews import ReviewAction

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        (words.STATUSES, SubmissionState),
        (words.RECORD_STATES, RecordState),
        (words.OUTCOMES, Outcome),
        (words.DECISIONS, definition.DECISIONS),
        (words.EVENTS, (*definition.EVENTS, steps.APPROVED, steps.REJECTED, steps.RETURNED)),
        (words.ACTIONS, ReviewAction),
        (words.ROLES, Role),
        (words.LAYOUTS, definition.LAYOUTS),
    ],
)
def test_every_code_has_a_word_in_both_languages(told, codes):
    assert set() == set(map(str, codes)) - set(told)
    assert all(CHINESE.search(word.chinese) and not CHINESE.search(word.english) for word in told.values())


@pytest.mark.parametrize(
    ("part", "ref", "chinese", "english"),
    [
        ("body", "table 1 R3C2", "正文 表1第3行第2列", "body, table 1, row 3, column 2"),
        ("body", "table 1 R3C2 table 2 R1C1", "正文 表1第3行第2列表2第1行第1列", None),
        ("page 2", "line 7", "第2页 第7行", "page 2, line 7"),
        ("page 2", "page", "第2页", "page 2"),
        ("header 1", "paragraph 3", "页眉1 第3段", "header 1, paragraph 3"),
        ("收文", "B7", "收文 单元格B7", "收文, cell B7"),
        ("body", "control:phone", "正文 控件 phone", "body, control phone"),
        ("信封.zip/页 1/body", "table 1 R1C1", "信封.zip/页 1 正文 表1第1行第1列", None),
    ],
)
def test_a_place_is_told_in_words(part, ref, chinese, english):
    told = words.place(part, ref)

    assert chinese == told.chinese
    assert english in (None, told.english)


def test_where_a_record_lies_is_told_in_words():
    assert "正文 表1 第3行" == words.position("body body table 1 row 3").chinese
    assert "Sheet1 A1:F9 第3行" == words.position("Sheet1 A1:F9 row 3").chinese


def test_a_code_without_a_word_stands_for_itself():
    assert ("x", "x") == words.word(words.ROLES, "x")
