"""The demo's log sheets and its visit plan."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

from .demo import label, value
from .page import Cell, Page, plain

_FAX_IN = [
    (
        2,
        "9:20",
        "广州海关驻茂名办事处",
        "关函〔2026〕18号",
        "关于进口苯乙烯查验安排的通知",
        2,
        "粤西片区",
        2,
        "邓文博",
        "",
    ),
    (3, "14:05", "珠海正源涂料有限公司", "ZY-2026-011", "3月份需求计划表", 1, "珠三角片区", 4, "罗佩珊", ""),
    (
        5,
        "10:40",
        "南宁鼎盛贸易有限公司",
        "/",
        "增值税发票开具资料",
        1,
        "桂北片区",
        5,
        "吴晓燕",
        "转财务部一份",
    ),
    (
        5,
        "15:30",
        "柳州博雅汽车配件有限公司",
        "BY函〔2026〕6号",
        "关于延期付款的申请",
        3,
        "〃",
        6,
        "罗佩珊",
        "",
    ),
    (9, "11:15", "厦门金桥工程塑料有限公司", "", "授权委托书", 2, "闽东片区", 9, "邓文博", "原件后补"),
    (
        11,
        "8:50",
        "佛山市顺德区恒泰塑胶制品有限公司",
        "HT-0311",
        "样品检测结果通知",
        4,
        "珠三角片区",
        13,
        "吴晓燕",
        "",
    ),
    (
        16,
        "16:20",
        "东莞宏远电子材料有限公司",
        "宏远函〔2026〕9号",
        "关于变更开户行的说明",
        1,
        "珠三角片区",
        17,
        "罗佩珊",
        "已电话核实",
    ),
    (
        18,
        "9:35",
        "茂名瑞丰石化产品经营有限公司",
        "RF-2026-044",
        "4月份提货计划",
        2,
        "粤西片区",
        18,
        "邓文博",
        "",
    ),
]

_VISITS = [
    (
        "茂名瑞丰石化产品经营有限公司",
        "客户办公室",
        "9:00-9:30",
        "落实本月计划",
        "苯乙烯4月份提货安排",
        "登门拜访",
    ),
    ("湛江鼎盛橡塑有限公司", "客户仓库", "10:30", "处理质量异议", "3月12日到货包装破损的处理", "现场查看"),
    ("茂名市永和树脂厂", "客户会议室", "14:00-14:30", "开发新客户", "白油试用及首单价格", "面谈"),
    ("电白利德日化用品有限公司", "客户采购部", "15:30", "对账收款", "2月份货款及余额确认", "登门拜访"),
]

_FAX_OUT = [
    ("营销函〔2026〕25号", "珠海正源涂料有限公司", "谢永强", "0756-8891230", "关于调整3月份结算价格的通知", "2", "珠三角片区", "罗佩珊", "钟国栋", "2026-03-03 10:20", "已收到", "2026-03-03", ""),
    ("营销函〔2026〕26号", "南宁鼎盛贸易有限公司", "韦海燕", "0771-5523108", "对账函（截至2月末）", "1", "桂北片区", "吴晓燕", "钟国栋", "2026-03-06 15:10", "已回传签章件", "2026-03-09", ""),
    ("营销函〔2026〕27号", "厦门金桥工程塑料有限公司", "", "0592-6017745", "质检单及合格证", "4", "闽东片区", "邓文博", "钟国栋", "2026-03-10 9:45", "发送成功", "2026-03-10", "加急"),
    ("营销函〔2026〕28号", "柳州博雅汽车配件有限公司", "莫小红", "0772-3816620", "关于延期付款申请的复函", "1", "桂北片区", "罗佩珊", "钟国栋", "2026-03-12 16:05", "已收到", "2026-03-13", ""),
    ("营销函〔2026〕29号", "东莞宏远电子材料有限公司", "叶俊杰", "0769-22456781", "关于确认提货计划的函", "2", "珠三角片区", "吴晓燕", "钟国栋", "2026-03-18 11:30", "已收到", "2026-03-18", ""),
]  # fmt: skip


def fax_in() -> Page:
    """A month of the incoming fax log, kept by the clerk in Excel with real dates."""
    sheet = Page(name="3月", landscape=True)
    heads = [
        "序号",
        "收文时间",
        "来文单位",
        "来文号",
        "内容摘要",
        "页数",
        "片区",
        "交付日期",
        "签收人",
        "备注",
    ]
    sizes = [2, 5, 8, 5, 8, 2, 4, 4, 3, 4]
    rows = [
        [value("2026年收传真登记簿", sum(sizes), align="center", height=700, bold=True, size=16)],
        [value("部门：综合办公室                    登记人：何丽华", sum(sizes))],
        [label(h, w) for h, w in zip(heads, sizes, strict=True)],
    ]
    for number, (day, time, sender, ref, subject, pages, area, handed, signer, remark) in enumerate(
        _FAX_IN, 1
    ):
        hour, minute = map(int, time.split(":"))
        received, passed = datetime(2026, 3, day, hour, minute), datetime(2026, 3, handed)
        natives = {
            0: (number, "General"),
            1: (received, "yyyy-mm-dd hh:mm"),
            5: (pages, "General"),
            7: (passed, "yyyy-mm-dd"),
        }
        texts = ["", "", sender, ref, subject, "", area, "", signer, remark]
        row = []
        for index, (text, width) in enumerate(zip(texts, sizes, strict=True)):
            native, number_format = natives.get(index, (None, "General"))
            align = "left" if index in {2, 4, 9} else "center"
            row.append(
                Cell(plain(text), width, align=align, native=native, number_format=number_format, height=480)
            )
        rows.append(row)
    rows += [[Cell(((),), w, height=480) for w in sizes] for _ in range(4)]
    sheet.grid(rows)
    sheet.para("注：收文后应在一天内交付收件人，并登记编号。", size=9)
    return sheet


def visit_plan() -> Page:
    sheet = Page(name="3月20日", landscape=True)
    heads = ["序号", "访问客户", "地点", "时间", "目的", "洽谈内容", "方式"]
    sizes = [2, 7, 4, 3, 4, 6, 4]
    total = sum(sizes)
    rows = [[value("业 务 去 向 表", total, align="center", height=800, bold=True, size=16)]]
    rows.append([
        label("业务员", 4), value("邓文博", 5), label("拜访日期", 4),
        Cell(plain("2026年3月20日"), 6, native=datetime(2026, 3, 20), number_format='yyyy"年"m"月"d"日"', height=480),
        label("上交时间", 5), value("2026年3月19日17:30", 6),
    ])  # fmt: skip
    rows.append([label(h, w) for h, w in zip(heads, sizes, strict=True)])
    for number, visit in enumerate(_VISITS, 1):
        cells = [value(text, width, height=600) for text, width in zip(visit, sizes[1:], strict=True)]
        rows.append([Cell(plain(str(number)), 2, align="center", native=number), *cells])
    rows += [[Cell(((),), w, height=600) for w in sizes] for _ in range(3)]
    rows.append([label("主管", 4), value("签字：钟国栋        日期：2026年3月20日", total - 4, height=700)])
    sheet.grid(rows)
    sheet.para("注：每日晨会前上交主管；一般拜访不超过半小时为宜。", size=9)
    return sheet


def write_fax_out(path: Path) -> None:
    """The outgoing fax log as Excel on a Chinese Windows exports it: GB18030 with commas."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    heads = [
        "序号",
        "文号",
        "发往单位",
        "接收人",
        "传真号码",
        "内容摘要",
        "页数",
        "片区",
        "经办人",
        "部门负责人签字",
        "发送时间",
        "发送结果",
        "原件交回日期",
        "备注",
    ]
    blank = [""] * (len(heads) - 1)
    writer.writerow(["2026年3月发传真登记表", *blank])
    writer.writerow(["部门：化工产品部      管理员：何丽华", *blank])
    writer.writerow(heads)
    writer.writerows([str(number), *row] for number, row in enumerate(_FAX_OUT, 1))
    writer.writerow(["", *blank])
    path.write_bytes(buffer.getvalue().encode("gb18030"))
