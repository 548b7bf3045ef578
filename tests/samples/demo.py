"""The eight forms of the demo: made-up, in layouts an office would print, received on 2026-03-20.

    python -m tests.samples.demo FOLDER

Their dates are fixed, so the demo files them as received on that day; see samples/README.md for what must come of each.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from random import Random

from .decoys import COMPANY
from .excel import write_excel
from .page import WIDTH, Cell, Content, Page, join, plain
from .pdf import to_pdf
from .values import uscc
from .word import WordFile

_TALL = 480
_NC_NOTES = "注：1、此表由开发营销员填写，首次交易后1个月内提交，客户名称须与开票名称一致。2、开拓经过栏详细填写获得该客户信息及需求信息的途径和过程。3、批示栏由主管领导批示签字。"


def label(text: str, width: int = 4, *, rows: int = 1) -> Cell:
    return Cell(plain(text), width, rows=rows, align="center", bold=True, height=_TALL)


def value(
    text: str | Content, width: int, *, height: int = _TALL, align: str = "left", **native: object
) -> Cell:
    content = plain(text) if isinstance(text, str) else text
    return Cell(content, width, align=align, height=height, **native)  # type: ignore[arg-type]


def pair(*parts: str) -> list[Cell]:
    """label, value[, label, value] over the whole width."""
    if len(parts) == 2:
        return [label(parts[0]), value(parts[1], WIDTH - 4)]
    return [label(parts[0]), value(parts[1], 8), label(parts[2]), value(parts[3], 8)]


def options(words: str, chosen: str) -> str:
    return "    ".join(("☑" if w == chosen else "□") + w for w in words.split())


def signature(name: str = "", day: str = "") -> Content:
    return join(
        f"同意。\n签字：{name}" if name else "\n签字：            ",
        f"        日期：{day or '      年    月    日'}",
    )


def new_customer(given: dict[str, str]) -> Page:
    """The policy's FS-QG-62237 sheet, filled."""
    sheet = Page(name="申请表")
    sheet.para(COMPANY, align="center", bold=True, size=14)
    sheet.para("新客户开发申请表", align="center", bold=True, size=20)
    sheet.para(
        f"申请编号：{given['no']}            申请日期：{given['applied']}            表号：FS-QG-62237",
        size=10,
    )
    rows = [
        pair("责任营销员", given["salesperson"], "申请部门", given["department"]),
        pair("客户名称", given["customer"]),
        pair("开票名称", given.get("billing", given["customer"])),
        pair("统一社会\n信用代码", given["code"]),
        pair("联系人", given["contact"], "联系电话", given["phone"]),
        pair("客户地址", given["address"]),
        pair("客户类型", options("企业 事业单位 个人 其他", "企业")),
        pair("片区", given["area"], "主要产品", given["product"]),
        pair("首次交易日期", given["first"], "首次交易金额", given["amount"]),
        pair("预计月消费额\n（元/月）", given["monthly"], "信用额度\n（万元）", given["limit"]),
        pair("付款方式", options("现金 转账 月结 支票", given["payment"])),
    ]
    for name, key, height in (
        ("开拓经过", "story", 1700),
        ("客户评价", "judgement", 1300),
        ("需要支持", "support", 900),
    ):
        rows.append([label(name), value(given[key], WIDTH - 4, height=height)])
    manager = signature(given["manager"], given["signed"]) if given.get("manager") else signature()
    rows += [
        [label("销售部经理"), value(manager, WIDTH - 4, height=850)],
        [label("市场分部"), value(signature(), WIDTH - 4, height=850)],
        [label("领导批示"), value(signature(), WIDTH - 4, height=850)],
    ]
    sheet.grid(rows)
    sheet.para(_NC_NOTES, size=9)
    sheet.footer = "第 1 页 共 1 页"
    return sheet


def complaint() -> Page:
    sheet = Page(name="投诉单")
    sheet.para(COMPANY, align="center", bold=True, size=14)
    sheet.para("客户投诉处理单", align="center", bold=True, size=20)
    sheet.para(
        "投诉编号：TS-2026-0007                                        受理日期：2026年3月18日", size=10
    )
    groups: list[tuple[str, list[list[Cell]]]] = [
        ("投诉方", [_quad("客户名称", "佛山市顺德区恒泰塑胶制品有限公司", "联系人", "梁志伟"), _quad("联系电话", "0757-22330168", "片区", "珠三角片区"), _wide("投诉方式", options("电话 信函 传真 来访 邮件", "电话"))]),
        ("产品", [_quad("产品名称", "聚丙烯T30S", "生产批号", "260226-3"), _quad("数量", "12.5吨", "发货单号", "FH-2026-00318")]),
        ("投诉情况", [
            _wide("投诉类别", options("质量 交货 服务 货损货差 其他", "质量")),
            _wide("投诉内容", "3月16日到货的12.5吨聚丙烯T30S，客户抽检3包，熔融指数为4.6～4.9g/10min，超出合同约定的2.4～3.6。\n试用时制品表面出现流痕，已停用该批料，剩余约11吨封存在客户仓库。", 1500),
            _wide("客户要求", "三日内派技术人员到现场共同取样复检；若确属质量问题，要求换货并承担停产损失。", 900),
            _quad("索赔金额", "¥18,600.00", "受理人", "吴晓燕"),
        ]),
        ("处理", [
            _wide("原因分析", "", 800),
            _quad("责任部门", "", "调查评价\n报告编号", ""),
            _wide("处理措施", "", 800),
        ]),
        ("结案", [_quad("客户满意度", "□满意    □不满意", "结案日期", "    年   月   日"), _wide("结案人", "")]),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for caption, made in groups:
        side = label("\n".join(caption), 2, rows=len(made))
        rows += [[side, *made[0]], *made[1:]]
    sheet.grid(rows)
    sheet.para("说明：类别为质量的，由HSE部出具调查评价报告后方可结案；其余由营销管理部处理。", size=9)
    return sheet


def _quad(one: str, first: str, two: str, second: str) -> list[Cell]:
    return [label(one), value(first, 8), label(two), value(second, 6)]


def _wide(name: str, text: str, height: int = _TALL) -> list[Cell]:
    return [label(name), value(text, WIDTH - 6, height=height)]


def fax_out() -> Page:
    """A fax about to go out that its head has not signed."""
    sheet = Page(name="发函")
    sheet.para(COMPANY, align="center", bold=True, size=14)
    sheet.para("发 函 登 记 表", align="center", bold=True, size=20)
    sheet.para("文号：营销函〔2026〕30号                              发送时间：2026年3月19日 16:40", size=10)
    sheet.grid(
        [
            pair("发往单位", "茂名瑞丰石化产品经营有限公司"),
            pair("接收人", "黄秀兰", "传真号码", "0668-2886153"),
            pair("内容摘要", "关于4月份苯乙烯发运计划的函"),
            pair("页数", "3页", "片区", "粤西片区"),
            pair("经办人", "邓文博", "部门", "化工产品部"),
            [
                label("部门负责人\n签字"),
                value("签字：                    日期：      年    月    日", WIDTH - 4, height=800),
            ],
            pair("回执", "", "原件交回日期", ""),
            pair("备注", "附运输计划表1份"),
        ]
    )
    sheet.para("管理员：何丽华", size=10)
    sheet.para("注：由部门负责人签字后方可发传真；发完后将原件交管理员存档。", size=9)
    return sheet


_ACCEPTED = {
    "no": "XKH-2026-0012", "applied": "2026年3月18日", "salesperson": "邓文博", "department": "化工产品部",
    "customer": "华南实业（深圳）有限公司", "contact": "李明辉", "phone": "0755-26881234转8001",
    "address": "广东省深圳市宝安区福永街道工业大道128号3栋", "area": "珠三角片区", "product": "聚丙烯T30S",
    "first": "2026年3月5日", "amount": "人民币壹拾贰万陆仟元整（¥126,000.00）", "monthly": "85,000", "limit": "30", "payment": "月结",
    "story": "1、2025年12月在深圳国际塑料展上与对方采购经理李明辉结识，了解到其新建两条注塑线。\n2、2026年1月14日、2月3日两次登门拜访，寄送T30S样品25公斤，经对方试用合格。\n3、2月26日就价格、账期和运费达成一致，3月5日首批发货14吨。",
    "judgement": "该公司注册资本2000万元，主营家电注塑件，年用聚丙烯约1000吨；付款记录良好，未发现诉讼及欠款，属可长期合作的客户。",
    "support": "请储运部每周二、周五安排专车发货；建议账期30天。", "manager": "钟国栋", "signed": "2026年3月19日",
}  # fmt: skip
_LATE = {
    "no": "XKH-2026-0013", "applied": "2026-03-19", "salesperson": "罗佩珊", "department": "化工产品部",
    "customer": "东莞恒泰橡塑有限公司", "contact": "叶俊杰", "phone": "13826990417", "address": "东莞市长安镇锦厦路56号",
    "area": "珠三角片区", "product": "丁苯橡胶1502", "first": "2026.1.15", "amount": "3.6万元", "monthly": "24,000.00", "limit": "5",
    "payment": "转账", "story": "由老客户东莞宏远介绍，2025年12月上门洽谈，2026年1月15日首批供货3吨，后因春节放假未及时提交申请。",
    "judgement": "民营鞋材厂，用量稳定，现款结算。", "support": "无", "manager": "钟国栋", "signed": "2026-03-19",
}  # fmt: skip
_INCOMPLETE = {
    "no": "XKH-2026-0014", "applied": "2026/3/20", "salesperson": "吴晓燕", "department": "化工产品部",
    "customer": "湛江鼎盛橡塑有限公司", "contact": "莫小红", "phone": "0759-3381960", "address": "湛江市麻章区金园路22号",
    "area": "粤西片区", "product": "线性低密度聚乙烯DFDA-7042", "first": "2026年3月12日", "amount": "48,500元", "monthly": "40000", "limit": "10",
    "payment": "月结", "story": "", "judgement": "请填写", "support": "", "manager": "", "signed": "",
}  # fmt: skip


def demo_forms(folder: Path) -> list[Path]:
    """Writes the eight files into `folder` and gives their paths; the PDF needs `soffice`."""
    from . import demo_logs

    folder.mkdir(parents=True, exist_ok=True)
    rng = Random(2026)
    for given in (_ACCEPTED, _LATE, _INCOMPLETE):
        given["code"] = uscc(rng, "91440300")
    names = [
        "新客户开发申请表-华南实业",
        "新客户开发申请表-东莞恒泰-逾期",
        "新客户开发申请表-湛江鼎盛-待补正",
    ]
    for name, given in zip(names, (_ACCEPTED, _LATE, _INCOMPLETE), strict=True):
        _word(new_customer(given), folder / f"{name}.docx")
    _word(complaint(), folder / "客户投诉处理单-顺德恒泰-质量.docx")
    write_excel([demo_logs.fax_in()], folder / "收传真登记簿-2026年3月.xlsx", rng)
    write_excel([demo_logs.visit_plan()], folder / "业务去向表-邓文博-3月20日.xlsx", rng)
    demo_logs.write_fax_out(folder / "发传真登记表-2026年3月.csv")
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "fax.docx"
        _word(fax_out(), source)
        to_pdf([(source, Path(scratch) / "done.pdf")])
        shutil.move(Path(scratch) / "done.pdf", folder / "发函登记表-茂名瑞丰-未签字.pdf")
    return sorted(folder.glob("*.*"))


def _word(page: Page, path: Path) -> None:
    file = WordFile(Random(1))
    file.font, file.size, file.spacing, file.split = "宋体", 10.5, 40, False
    file.document.core_properties.author = "内勤分部"
    file.document.core_properties.created = datetime(2026, 3, 18, 9, 0)
    file.write([page], path)


if __name__ == "__main__":
    for made in demo_forms(Path(sys.argv[1])):
        print(made)
