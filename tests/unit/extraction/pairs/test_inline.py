"""Labels and values inside one text."""

from __future__ import annotations

import pytest

from formflow.extraction.labels.labels import LabelIndex
from formflow.extraction.pairs.inline import pairs_in
from formflow.forms.spec import Field, FieldType

INDEX = LabelIndex.of(
    (
        Field(id="department", label="部门", type=FieldType.TEXT),
        Field(id="clerk", label="登记人", also=("管理员",), type=FieldType.PERSON),
        Field(id="customer_name", label="客户名称", type=FieldType.ORGANISATION),
        Field(id="contact", label="联系人", type=FieldType.PERSON),
        Field(id="applied_on", label="日期", also=("填表日期",), type=FieldType.DATE),
        Field(id="submitted_at", label="提交时间", type=FieldType.DATETIME),
        Field(id="story", label="开拓经过", type=FieldType.TEXT),
        Field(
            id="way",
            label="方式",
            type=FieldType.CHOICE,
            options={"phone": ("电话",), "visit": ("走访", "部门")},
        ),
        Field(id="manager", label="经理意见", type=FieldType.SIGNATURE),
    )
)


def found(text: str, underlined: tuple[tuple[int, int], ...] = ()) -> dict[str, str]:
    return {pair.field.id: pair.text for pair in pairs_in(text, INDEX, underlined) if pair.field}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("部门：销售二部      管理员：欧阳淑芬", {"department": "销售二部", "clerk": "欧阳淑芬"}),
        ("部门:销售二部 登记人:李明", {"department": "销售二部", "clerk": "李明"}),
        ("部 门：销售二部\t登 记 人：李明", {"department": "销售二部", "clerk": "李明"}),
        ("部门：销售二部      制表人：张三", {"department": "销售二部"}),
        ("部门：      登记人：李明", {"department": "", "clerk": "李明"}),
        (
            "日期：20260222   提交时间：2026-02-21 上午7:50",
            {"applied_on": "20260222", "submitted_at": "2026-02-21 上午7:50"},
        ),
        ("日期（填写）：2026年3月5日", {"applied_on": "2026年3月5日"}),
        ("制 单 日 期：2026年3月5日", {}),
        (
            "开拓经过：小写：¥474000.00  大写：肆拾柒万肆仟元整",
            {"story": "小写：¥474000.00  大写：肆拾柒万肆仟元整"},
        ),
        ("制\u3000单\u3000日\u3000期：2026年3月5日", {}),
        ("部门：销售 日 期：3月5日", {"department": "销售 日 期：3月5日"}),
        ("部门：销售   日 期：3月5日", {"department": "销售", "applied_on": "3月5日"}),
        ("部门：销售二部" + " " * 60 + "登记人：李明", {"department": "销售二部", "clerk": "李明"}),
        ("1、部门：销售二部", {"department": "销售二部"}),
        ("部门\t销售二部\t登记人\t李明", {"department": "销售二部", "clerk": "李明"}),
        (
            "部门：\t销售二部\t登记人\t李明\t日期：\t3月5日",
            {"department": "销售二部", "clerk": "李明", "applied_on": "3月5日"},
        ),
        ("部门：销售  登记人", {"department": "销售  登记人"}),
        ("部门：销售 登 记 人：李明", {"department": "销售", "clerk": "李明"}),
        ("部门：销售二部*登记人：李明", {"department": "销售二部", "clerk": "李明"}),
        ("部门：销售二部★ 登记人：李明", {"department": "销售二部", "clerk": "李明"}),
        ("方式：☐电话  ☑走访  登记人  李明", {"way": "☐电话  ☑走访", "clerk": "李明"}),
        ("方式\t☐电话  ☑走访\t登记人\t李明", {"way": "☐电话  ☑走访", "clerk": "李明"}),
        ("方式\t部门\t登记人\t李明", {"way": "部门", "clerk": "李明"}),
        ("日期\t2026年\t3月\t5日\t登记人\t李明", {"applied_on": "2026年\t3月\t5日", "clerk": "李明"}),
        ("登记人\t李明\t职务\t经理\t部门\t销售二部", {"clerk": "李明", "department": "销售二部"}),
        ("经理意见\t同意\t李明\t2026年3月5日", {"manager": "同意\t李明\t2026年3月5日"}),
        ("部门\t\t登记人\t", {}),
        ("部门    销售二部        登记人    李明", {"department": "销售二部", "clerk": "李明"}),
        ("客户名称____华南实业____联系人___李明___", {"customer_name": "华南实业", "contact": "李明"}),
        ("客户名称：____华南实业____  联系人：_______", {"customer_name": "华南实业", "contact": ""}),
        ("开拓经过\n通过电话回访得知。\n先后拜访三次。", {"story": "通过电话回访得知。\n先后拜访三次。"}),
        ("开拓经过：\n通过电话回访得知。", {"story": "通过电话回访得知。"}),
        ("开拓经过：\n已拜访，已发样。\n登记人：李明", {"story": "已拜访，已发样。", "clerk": "李明"}),
        ("开拓经过：已拜访，        登记人：李明", {"story": "已拜访，", "clerk": "李明"}),
        ("开拓经过：已拜访。\t登记人：李明", {"story": "已拜访。", "clerk": "李明"}),
        ("开拓经过：已拜访，登记人：李明", {"story": "已拜访，登记人：李明"}),
    ],
)
def test_each_label_gets_what_stands_behind_it(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "回访联系人：吴小姐",
        "回 访 联 系 人：吴小姐",
        "回访 联 系 人：吴小姐",
        "客户：甲公司   回访 联 系 人：吴小姐",
        "注：部门：由文员填写",
        "请各部门：注意，联系人：由业务员填写。"[5:],
        "部门    登记人    日期",
        "按照要求，部门：销售部",
        "",
    ],
)
def test_words_that_only_look_like_labels_give_nothing(text):
    assert "contact" not in found(text)
    assert "department" not in found(text)


def test_an_underlined_blank_belongs_to_the_text_before_it():
    text = "客户名称 华南实业 联系人 李明 "

    assert found(text, ((4, 10), (13, 17))) == {"customer_name": "华南实业", "contact": "李明"}
