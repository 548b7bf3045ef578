"""The text of a slot is cut into labels, captions and the rest, and nothing of it is lost."""

from __future__ import annotations

import pytest

from formflow.extraction.accounting.runs import Kind, could_caption, runs_of
from formflow.extraction.claims import Claims
from formflow.extraction.labels.labels import LabelIndex
from formflow.extraction.slots import Slot
from formflow.forms.spec import Field, FieldType
from formflow.model import Source

STORY = Field(id="story", label="开拓经过", type=FieldType.TEXT)
INDEX = LabelIndex.of((STORY, Field(id="contact", label="联系人", type=FieldType.PERSON)))
SOURCE = Source(part="body", ref="x")


def runs(text, *spans):
    slot = Slot(text=text, source=SOURCE)
    claims = Claims()
    for span in spans:
        claims.value(STORY, (slot,), span)
    return [(run.kind.value, run.text.strip()) for run in runs_of(slot, claims, INDEX)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("拜访三次", [("text", "拜访三次")]),
        ("NO.：KS-02", [("caption", "NO."), ("text", "KS-02")]),
        (
            "签字：孙丽   日期：3.20",
            [("caption", "签字"), ("text", "孙丽"), ("caption", "日期"), ("text", "3.20")],
        ),
        (
            "申请理由（写明用途，不超过300字）：\n够用",
            [("caption", "申请理由（写明用途，不超过300字）"), ("text", "够用")],
        ),
        ("联系人   李明", [("label", "联系人"), ("text", "李明")]),
        ("请于10:30前交回", [("text", "请于10:30前交回")]),
        ("", []),
    ],
)
def test_a_text_is_cut_at_gaps_and_colons(text, expected):
    assert expected == runs(text)


def test_what_a_value_took_is_a_value_and_a_label_with_nothing_behind_it_a_label():
    assert [("value", "开拓经过：拜访"), ("caption", "复核"), ("text", "王五")] == runs(
        "开拓经过：拜访\n复核：王五", (0, 7)
    )
    assert [("label", "开拓经过："), ("caption", "李明"), ("text", "记录")] == runs(
        "开拓经过：\n李明：记录", (0, 6)
    )


@pytest.mark.parametrize("text", ["客诉渠道", "审核部门（盖章）", "投\n诉\n方"])
def test_short_words_may_caption_what_stands_beside_them(text):
    assert could_caption(text)


@pytest.mark.parametrize("text", ["", "12", "2026年3月5日", "■电话", "料有异味，已换货。", "一" * 20])
def test_numbers_ticks_and_sentences_caption_nothing(text):
    assert not could_caption(text)


def test_a_label_claimed_as_a_whole_is_one_run():
    slot = Slot(text="联系人", source=SOURCE)
    claims = Claims()
    claims.label(slot, INDEX.by_label["联系人"])

    (run,) = runs_of(slot, claims, INDEX)

    assert (Kind.LABEL, "contact") == (run.kind, run.field.id)
