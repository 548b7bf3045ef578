"""Past transactions from a workbook or CSV, for the rule that looks three years back.

The list must be read whole or not at all: a transaction left out would let a customer pass as new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from formflow.errors import UsageError
from formflow.model import Cell
from formflow.rules.facts import Trade
from formflow.values.codes import read_uscc
from formflow.values.dates import read_date
from formflow.values.doubt import Doubt
from formflow.values.marks import fold, is_blank
from formflow.values.money import read_money

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("客户名称", "客户", "单位名称", "客户全称", "购货单位", "往来单位", "customer", "name"),
    "credit_code": ("统一社会信用代码", "信用代码", "税号", "纳税人识别号", "credit code"),
    "on": ("交易日期", "日期", "发货日期", "开票日期", "业务日期", "销售日期", "出库日期", "date"),
    "amount": ("交易金额", "金额", "含税金额", "价税合计", "销售金额", "amount"),
    "kind": ("类型", "种类", "交易类型", "业务类型", "性质", "备注", "是否样品", "样品", "kind"),
}
"""What the columns may be called; 类型 says 样品 where a sample was sent."""

NEEDED = ("name", "on")

MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeList:
    """A list of transactions as read.

    Attributes:
        digest: SHA-256 of the file.
        first, last: Earliest and latest day in it.
    """

    digest: str
    name: str
    trades: tuple[Trade, ...]
    first: date
    last: date


def read_trades(path: Path) -> TradeList:
    """The transactions in a workbook or CSV.

    Raises:
        ReadError: The file cannot be read.
        UsageError: It holds no such list, or rows that cannot be read; the first twenty are named.
    """
    from formflow.readers.read import read

    document = read(path)
    trades: list[Trade] = []
    problems: list[str] = []
    found = False
    for part in document.parts:
        for table in part.tables:
            rows = table.by_row()
            head = _head(rows)
            if head is None:
                continue
            found = True
            index, columns = head
            for row in rows[index + 1 :]:
                _take(row, columns, trades, problems)
    if not found:
        raise UsageError(
            f"{path.name}: no list of transactions; a heading row with 客户名称 and 日期 was expected",
            code="no-list",
        )
    if problems:
        more = f"\n… and {len(problems) - MOST_PROBLEMS} more" if len(problems) > MOST_PROBLEMS else ""
        raise UsageError(
            f"{path.name}: nothing was imported\n" + "\n".join(problems[:MOST_PROBLEMS]) + more,
            code="bad-rows",
        )
    if not trades:
        raise UsageError(f"{path.name}: the list is empty", code="no-rows")
    days = [trade.on for trade in trades]
    return TradeList(
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        name=path.name,
        trades=tuple(trades),
        first=min(days),
        last=max(days),
    )


def _head(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[str, int]] | None:
    """The heading row among the first twenty, and which column is which."""
    known = {fold(label): column for column, labels in COLUMNS.items() for label in labels}
    for index, row in enumerate(rows[:20]):
        columns: dict[str, int] = {}
        for cell in row:
            column = known.get(fold(cell.text))
            if column is not None:
                columns.setdefault(column, cell.column)
        if all(column in columns for column in NEEDED):
            return index, columns
    return None


def _take(row: Iterable[Cell], columns: Mapping[str, int], trades: list[Trade], problems: list[str]) -> None:
    by_column = {cell.column: cell for cell in row}
    cells = {column: by_column.get(place) for column, place in columns.items()}
    name, on = _text(cells.get("name")), cells.get("on")
    if is_blank(name) and (on is None or is_blank(on.text)):
        return
    where = next(iter(by_column.values())).source
    place = f"{where.part} {where.ref}"
    if is_blank(name):
        problems.append(f"{place}: no customer name")
        return
    day = _day(on)
    if day is None:
        if fold(name).startswith(("合计", "小计", "总计")):
            return
        problems.append(f"{place}: {name}: no date that can be read ({_text(on)!r})")
        return
    amount = read_money(_text(cells.get("amount")))
    code = read_uscc(_text(cells.get("credit_code")))
    if isinstance(amount, Doubt):
        problems.append(f"{place}: {name}: {amount.english}")
        return
    if isinstance(code, Doubt):
        problems.append(f"{place}: {name}: {code.english}")
        return
    trades.append(
        Trade(
            on=day,
            name=name.strip(),
            amount=None if amount is None else str(amount),
            sample=_is_sample(cells.get("kind")),
            credit_code=code,
        )
    )


def _day(cell: Cell | None) -> date | None:
    if cell is None:
        return None
    if isinstance(cell.value, datetime):
        return cell.value.date()
    if isinstance(cell.value, date):
        return cell.value
    read = read_date(cell.text)
    return read if isinstance(read, date) else None


def _is_sample(cell: Cell | None) -> bool:
    text = fold(_text(cell))
    return "样品" in text or text in ("是", "sample", "样")


def _text(cell: Cell | None) -> str:
    return cell.text if cell is not None else ""
