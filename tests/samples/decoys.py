"""What stands on a form and is no value of it."""

from __future__ import annotations

from random import Random

from . import people, values
from .page import Cell, Page, plain
from .sections import Manner

COMPANY = "南方石化化工销售有限公司"
NOTES = {
    "new_customer": [
        "填写说明：1、客户名称必须与开票名称一致；2、首次交易日期以发货单日期为准，首次交易后1个月内提交；3、开拓经过、评价、需要支持三栏均须填写，不得空白。",
        "注：①本表由业务员填写，一式两份。②申请日期指提交内勤之日。③领导批示后交内勤分部存档。",
    ],
    "complaint": [
        "说明：投诉类别为质量的，须附调查评价报告；结案日期由结案人填写，联系电话务必准确。",
        "备注说明：1．投诉内容应写明时间、地点、数量；2．处理结果须经客户确认后方可结案。",
    ],
    "fax_out": [
        "注：1、发传真须先由部门负责人签字，并由管理员登记文号；2、发送后将原件交回管理员存档，页数含附件。",
    ],
    "visit_plan": ["注意事项：每日晨会前上交主管；洽谈内容应具体，拜访对象写明全称。"],
    "fax_in": ["说明：收文后应在一天内交付收件人，并注明交付日期和签收人。"],
}


def letterhead(sheet: Page, which: str, rng: Random) -> None:
    """Company name over the title, a form code at the right."""
    if which in {"code", "both"}:
        sheet.para(
            rng.choice(["FS-QG-62237-01", "QR-XS-014", "版本：A/0  表号：QR-7.2-03", "表单代号：XS-R-008"]),
            align="right",
            size=9,
        )
    if which in {"company", "both"}:
        sheet.para(COMPANY, align="center", bold=True, size=14)


def our_contact(manner: Manner, width: int) -> list[list[Cell]]:
    share = width // 2
    ours = "" if manner.caption != "none" else "我方"
    return [[
        Cell(plain(ours + "联系人" + manner.labels.colon), 4, align="center"), Cell(plain(people.person(manner.rng)), share - 4),
        Cell(plain(ours + "电话" + manner.labels.colon), 4, align="center"), Cell(plain(f"0759-{manner.rng.randint(2000000, 2999999)}"), width - share - 4),
    ]]  # fmt: skip


def our_contact_line(sheet: Page, manner: Manner) -> None:
    sheet.para(
        f"我方联系人：{people.person(manner.rng)}      我方电话：0759-{manner.rng.randint(2000000, 2999999)}"
    )


def after(sheet: Page, form: str, plan: dict[str, object], manner: Manner) -> None:
    rng = manner.rng
    if plan["attachments"]:
        sheet.para(
            rng.choice(
                ["附件：1、营业执照复印件 2、开票资料 3、产品检验单", "随附资料：合同复印件1份、照片3张"]
            )
        )
    if plan["notes"]:
        sheet.para(rng.choice(NOTES[form]), size=9)
    if plan["makers"]:
        sheet.para(
            f"制表：{people.person(rng)}        审核：{people.person(rng)}        {rng.choice(['', '第一联 存档', '第二联 交财务'])}",
            size=9,
        )
    sheet.footer = rng.choice(
        [
            "",
            "",
            "第 1 页 共 1 页",
            "第1页 / 共1页",
            f"打印时间 {values.write_date(rng, values.date(2026, 8, 3), styles=4)}",
        ]
    )
