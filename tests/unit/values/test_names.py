"""Persons and organisations."""

from __future__ import annotations

import pytest

from formflow.values.doubt import Doubt
from formflow.values.names import read_organisation, read_person, same_organisation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张 三", "张三"),
        ("欧阳 修", "欧阳修"),
        ("John  Smith", "John Smith"),
        ("买买提·艾力", "买买提·艾力"),
        ("李明、王芳", "李明、王芳"),
    ],
)
def test_a_name_loses_the_blanks_inside_it(text, expected):
    assert expected == read_person(text)


def test_two_names_parted_by_a_blank_only_are_a_doubt():
    assert isinstance(read_person("张三丰 李四光"), Doubt)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("华南实业 (深圳)有限公司", "华南实业（深圳）有限公司"),
        ("华南实业（深圳）有限公司", "华南实业（深圳）有限公司"),
        ("华 南 实 业 有 限 公 司", "华南实业有限公司"),
        ("ＡＢＣ化工有限公司", "ABC化工有限公司"),
        ("Acme Trading (Shenzhen) Co., Ltd.", "Acme Trading (Shenzhen) Co., Ltd."),
    ],
)
def test_an_organisation_is_folded_to_one_writing(text, expected):
    assert expected == read_organisation(text)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("华南实业有限公司", "华南实业有限公司", "exact"),
        ("华南实业(深圳)有限公司", "华南实业（深圳）有限公司", "folded"),
        ("华南实业有限公司", "华南实业有限责任公司", "different"),
        ("华南实业有限公司深圳分公司", "华南实业有限公司", "different"),
    ],
)
def test_two_names_are_the_same_only_where_nothing_but_form_differs(a, b, expected):
    assert expected == same_organisation(a, b)
