"""Small filled forms for tests and the bench: docx, xlsx and csv, each one different from the next."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

KINDS = ("new_customer.docx", "complaint.xlsx", "fax_out.docx", "fax_in.csv", "visit_plan.xlsx")

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华"
TOWNS = ("佛山", "广州", "深圳", "东莞", "中山", "珠海", "江门", "惠州", "湛江", "肇庆")
TRADES = ("化工", "塑料", "涂料", "润滑油", "机械设备", "生物医药", "包装材料", "电子科技")
AREAS = ("华南", "华东", "华北", "西南")


def make(kind: str, folder: Path, serial: int, *, on: date = date(2026, 3, 5)) -> Path:
    """A filled form of a kind (see `KINDS`); the same serial gives the same content."""
    dice = random.Random(f"{kind} {serial}")
    name, suffix = kind.rsplit(".", 1)
    path = folder / f"{name}-{serial:04}.{suffix}"
    folder.mkdir(parents=True, exist_ok=True)
    globals()[f"_{name}"](path, dice, serial, on)
    return path


def make_many(folder: Path, count: int, kinds: tuple[str, ...] = KINDS) -> list[Path]:
    """That many forms of mixed kinds."""
    return [make(kinds[serial % len(kinds)], folder, serial) for serial in range(count)]


def person(dice: random.Random) -> str:
    return dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2))))


def company(dice: random.Random, serial: int) -> str:
    word = "".join(dice.sample("金鑫宏达泰利丰源瑞祥海川锦程合力通", 2))
    return f"{dice.choice(TOWNS)}市{word}{serial}{dice.choice(TRADES)}有限公司"


def written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _new_customer(path: Path, dice: random.Random, serial: int, on: date) -> None:
    customer = company(dice, serial)
    first = on - timedelta(days=dice.randint(1, 20))
    rows = [
        ("申请日期", written(on), "责任营销员", person(dice)),
        ("申请部门", "销售部", "片区", dice.choice(AREAS)),
        ("客户名称", customer, "开票名称", customer),
        ("联系人", person(dice), "联系电话", f"0757-8{dice.randint(100000, 999999)}"),
        ("首次交易日期", written(first), "首次交易金额", f"{dice.randint(1, 90)}00元"),
        ("预计月消费额", f"{dice.randint(10, 90)}00元", "付款方式", dice.choice(("月结", "现金", "转账"))),
        ("开拓经过", f"经展会结识，第{serial}次拜访后试样，客户认可质量后下首单。", None, None),
        ("评价", "经营稳定，付款及时。", None, None),
        ("需要支持", "无", None, None),
    ]
    _docx(path, "新客户开发申请表", rows)


def _fax_out(path: Path, dice: random.Random, serial: int, on: date) -> None:
    rows = [
        ("发往单位", company(dice, serial), "收件人", person(dice)),
        ("传真号码", f"020-3{dice.randint(1000000, 9999999)}", "页数", f"{dice.randint(1, 9)}页"),
        ("内容摘要", f"关于第{serial}批货物交期的函", "文号", f"销函〔2026〕{serial}号"),
        ("经办人", person(dice), "部门", "销售部"),
        ("片区", dice.choice(AREAS), "部门负责人签字", f"{person(dice)} {written(on)}"),
        ("发送时间", f"{written(on + timedelta(days=1))}9时30分", "备注", ""),
    ]
    _docx(path, "发函登记表", rows)


def _docx(path: Path, title: str, rows: list[tuple[str | None, ...]]) -> None:
    from docx import Document

    document = Document()
    document.add_heading(title, level=1)
    table = document.add_table(rows=len(rows), cols=4)
    table.style = "Table Grid"
    for line, values in zip(table.rows, rows, strict=True):
        cells = line.cells
        if values[2] is None:
            cells[1].merge(cells[3])
        for cell, value in zip(cells, values, strict=True):
            if value is not None:
                cell.text = value
    document.save(str(path))


def _complaint(path: Path, dice: random.Random, serial: int, on: date) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "投诉"
    sheet["A1"] = "客户投诉记录"
    sheet.merge_cells("A1:D1")
    rows = [
        ("投诉日期", on, "投诉方式", dice.choice(("电话", "传真", "来访"))),
        ("客户名称", company(dice, serial), "联系人", person(dice)),
        ("联系电话", f"0757-8{dice.randint(100000, 999999)}", "片区", dice.choice(AREAS)),
        ("产品名称", dice.choice(("丙烯酸树脂", "乙酸乙酯", "基础油")), "批号", f"P{serial:06}"),
        ("数量", f"{dice.randint(1, 40)}吨", "投诉类别", dice.choice(("交货", "服务", "货损货差"))),
        ("投诉内容", f"第{serial}单到货延误，影响生产。", "客户要求", "尽快答复"),
        ("记录人", person(dice), "索赔金额", f"{dice.randint(1, 50)}00元"),
    ]
    for index, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(row=index, column=column, value=value)
    book.save(path)


def _visit_plan(path: Path, dice: random.Random, serial: int, on: date) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet["A1"] = "业务去向表"
    sheet["A2"], sheet["B2"] = "日期", on
    sheet["C2"], sheet["D2"] = "姓名", person(dice)
    for column, label in enumerate(("访问客户", "地点", "时间", "目的", "洽谈内容", "方式"), start=1):
        sheet.cell(row=3, column=column, value=label)
    for row in range(4, 4 + dice.randint(2, 4)):
        values = (
            company(dice, serial * 10 + row),
            "客户办公室",
            "9:00",
            "签订合同",
            "年度框架协议",
            "上门拜访",
        )
        for column, value in enumerate(values, start=1):
            sheet.cell(row=row, column=column, value=value)
    book.save(path)


def _fax_in(path: Path, dice: random.Random, serial: int, on: date) -> None:
    rows = [
        [
            written(on + timedelta(days=row)),
            company(dice, serial * 10 + row),
            f"粤函〔2026〕{serial * 10 + row}号",
            f"关于第{serial}-{row}批货款的函",
            dice.randint(1, 9),
            dice.choice(AREAS),
            written(on + timedelta(days=row)),
            person(dice),
        ]
        for row in range(dice.randint(1, 3))
    ]
    head = ["收文日期", "来文单位", "来文号", "主题", "页数", "片区", "交付日期", "签收人"]
    with path.open("w", encoding="gb18030" if serial % 2 else "utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["收传真登记簿", "", "", "", "", "", "", ""])
        writer.writerow(head)
        writer.writerows(rows)
