"""Ways to set a group that stand apart: numbered items, an approval table, group captions."""

from __future__ import annotations

from .page import WIDTH, Cell, Content, Grid, Para, Picture, Tab, Text, flatten, plain
from .sections import Manner, Record, label_cell, value_cell
from .values import date, write_date

_HINTS = {
    "customer_name": "与营业执照一致",
    "billing_name": "必须与开票资料一致",
    "credit_code": "18位",
    "phone": "区号-号码",
    "development": "写明时间、地点、人物",
    "area": "按片区划分填写",
    "pages": "含封面",
}


def numbered(
    manner: Manner, names: list[str], record: Record, width: int, start: int = 1
) -> list[list[Cell]]:
    """序号, 项目, 内容 and sometimes a column of hints."""
    hints = manner.rng.random() < 0.4
    shares = [2, 5, width - 11, 4] if hints else [2, 6, width - 8]
    heads = ["序号", "项目", "填写内容", "填写要求"][: len(shares)]
    rows = [[Cell(plain(h), w, align="center", bold=True) for h, w in zip(heads, shares, strict=True)]]
    for index, name in enumerate(names, start):
        row = [
            Cell(plain(str(index)), 2, align="center", native=index),
            label_cell(manner, name, shares[1], colon=False),
            value_cell(manner, name, record[name], shares[2]),
        ]
        if hints:
            row.append(Cell(plain(_HINTS.get(name, "")), 4))
        rows.append(row)
    return rows


def approval_table(manner: Manner, names: list[str], record: Record, width: int) -> list[list[Cell]]:
    """审批环节 / 意见 / 签名 / 日期, one signer a row."""
    shares = [6, width - 16, 5, 5]
    heads = [
        manner.rng.choice(["审批环节", "审批人", "环节"]),
        "意见",
        manner.rng.choice(["签名", "签字"]),
        "日期",
    ]
    rows = [[Cell(plain(h), w, align="center", bold=True) for h, w in zip(heads, shares, strict=True)]]
    for name in names:
        truth = record[name].truth
        who: Content = ((),)
        day = opinion = ""
        if isinstance(truth, dict):
            who = plain(str(truth["name"])) if truth["name"] else ((Picture(manner.rng.randrange(10**6)),),)
            day = (
                write_date(manner.rng, date.fromisoformat(str(truth["date"])), styles=8)
                if truth["date"]
                else ""
            )
            opinion = manner.rng.choice(["同意", "同意。", "", "拟同意"])
        rows.append(
            [
                Cell(manner.labels.content(name, colon=False, plain_dress=True), 6, align="center"),
                Cell(plain(opinion), shares[1]),
                Cell(who, 5),
                Cell(plain(day or manner.rng.choice(["", "  年  月  日"])), 5),
            ]
        )
    return rows


def with_caption(
    rows: list[list[Cell]], caption: str, how: str, manner: Manner, width: int = WIDTH
) -> list[list[Cell]]:
    """The rows under a group caption: a cell merged down at the left, or a row across."""
    if not caption or how == "none":
        return rows
    if how == "row":
        return [[Cell(plain(caption), width, align=manner.rng.choice(["left", "center"]), bold=True)], *rows]
    turned = (
        "\n".join(caption)
        if len(caption) <= 4
        and len(rows) >= len(caption)
        and manner.kind != "csv"
        and manner.rng.random() < 0.4
        else caption
    )
    side = Cell(plain(turned), 2, rows=len(rows), align="center", bold=True)
    return [[side, *rows[0]], *rows[1:]]


def grid_of(rows: list[list[Cell]]) -> Grid:
    return Grid(tuple(tuple(r) for r in rows))


def typed(block: Para | Grid) -> bool:
    """A paragraph of plain text only."""
    return isinstance(block, Para) and all(isinstance(x, Text | Tab) for line in block.content for x in line)


def block_text(block: Para | Grid) -> str:
    return flatten(block.content) if isinstance(block, Para) else ""
