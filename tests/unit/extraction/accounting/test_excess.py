"""A value that holds more than a value is seen by its own text."""

from __future__ import annotations

import pytest

from formflow.extraction.accounting.excess import excess
from formflow.extraction.labels.labels import LabelIndex
from formflow.forms.spec import Field, FieldType
from formflow.model import Reading, Source

TEXT = Field(id="story", label="开拓经过", type=FieldType.TEXT)
PERSON = Field(id="contact", label="联系人", type=FieldType.PERSON)
FIRM = Field(id="customer", label="客户名称", type=FieldType.ORGANISATION)
SIGNED = Field(id="leader", label="批示", type=FieldType.SIGNATURE)
INDEX = LabelIndex.of((TEXT, PERSON, FIRM, SIGNED))


def more(text, field=TEXT):
    return excess(Reading(text=text, source=Source(part="body", ref="x"), label=field.label), field, INDEX)


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("返工后重检\n      签字：何伟   日期：3.20", TEXT, "签字：何伟   日期：3.20"),
        ("牌号发错\n责任部门负责人/日期：吴刚", TEXT, "责任部门负责人/日期：吴刚"),
        ("YP-0081            QR-7.5-03", TEXT, "QR-7.5-03"),
        ("料有异味 联系人：李明", TEXT, "联系人：李明"),
        ("签字：李明", TEXT, "签字：李明"),
        ("客户名称", TEXT, "客户名称"),
        ("（可不填，有附件请注明）", TEXT, "（可不填，有附件请注明）"),
        ("甲乙塑料厂 0757-22330168", FIRM, "0757-22330168"),
        ("同意 李明 复核：王五", SIGNED, "复核：王五"),
    ],
)
def test_what_stands_besides_the_value_is_named(text, field, expected):
    assert expected == more(text, field)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("拜访三次，同意试用。", TEXT),
        ("客户说：价格偏高", TEXT),
        ("第一次拜访，要求：退货", TEXT),
        ("李  明", PERSON),
        ("同意  签字：李明  日期：3月5日", SIGNED),
        ("", TEXT),
    ],
)
def test_a_value_that_is_only_a_value_is_let_be(text, field):
    assert not more(text, field)
