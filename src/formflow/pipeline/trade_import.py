"""Past transactions from a workbook or CSV, for the rule that looks three years back.

Real lists have rows that are wrong. What can be read of a row is taken, and every row that is not as it should be is
told with its place. A row that names a customer and says no day is kept as such: as long as it stands nothing can be
said of that customer, since a transaction left out would let it pass as new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from formflow.errors import UsageError
from formflow.messages import NOTHING, Bilingual
from formflow.messages import pipeline as messages
from formflow.model import Cell
from formflow.readers.read import read
from formflow.rules.facts import Trade
from formflow.store.history import UnreadTrade
from formflow.values.choices import fold, is_empty
from formflow.values.codes import read_uscc
from formflow.values.dates import read_date
from formflow.values.doubt import Doubt
from formflow.values.money import read_money

_T = TypeVar("_T")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("客户名称", "客户", "单位名称", "客户全称", "购货单位", "往来单位", "customer", "name"),
    "credit_code": ("统一社会信用代码", "信用代码", "税号", "纳税人识别号", "credit code"),
    "on": ("交易日期", "日期", "发货日期", "开票日期", "业务日期", "销售日期", "出库日期", "date"),
    "amount": ("交易金额", "金额", "含税金额", "价税合计", "销售金额", "amount"),
    "kind": ("类型", "种类", "交易类型", "业务类型", "性质", "备注", "是否样品", "样品", "kind"),
}
"""What the columns may be called; 类型 says 样品 where a sample was sent."""

NEEDED = ("name", "on")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that is not as it should be.

    Attributes:
        place: Where it stands (`Sheet1 B7`).
        said: What is wrong, and what was taken of the row.
    """

    place: str
    said: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeList:
    """A list of transactions as read.

    Attributes:
        digest: SHA-256 of the file.
        first, last: Earliest and latest day in it.
        unread: Rows that name a customer and say no day.
        problems: Everything that was wrong, in the order of the rows.
    """

    digest: str
    name: str
    trades: tuple[Trade, ...]
    first: date
    last: date
    unread: tuple[UnreadTrade, ...] = ()
    problems: tuple[RowProblem, ...] = ()


@dataclass(slots=True)
class _Taken:
    """What the rows gave so far."""

    trades: list[Trade] = field(default_factory=list)
    unread: list[UnreadTrade] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)

    def problem(self, place: str, said: Bilingual) -> None:
        self.problems.append(RowProblem(place, said))


def read_trades(path: Path, *, today: date) -> TradeList:
    """The transactions in a workbook or CSV.

    Args:
        today: A day behind it is none on which anything was traded.
    Raises:
        ReadError: The file cannot be read.
        UsageError: It holds no such list, or no row of it can be read.
    """
    document = read(path)
    taken = _Taken()
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
                _take(row, columns, today, taken)
    if not found:
        raise UsageError(messages.NO_TRADE_LIST(name=path.name), code="no-list")
    if not taken.trades:
        first = next(iter(taken.problems), None)
        why = NOTHING if first is None else messages.SUCH_AS(place=first.place, said=first.said)
        raise UsageError(messages.NO_ROWS(name=path.name, why=why), code="no-rows")
    days = [trade.on for trade in taken.trades]
    return TradeList(
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        name=path.name,
        trades=tuple(taken.trades),
        first=min(days),
        last=max(days),
        unread=tuple(taken.unread),
        problems=tuple(taken.problems),
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


def _take(row: Iterable[Cell], columns: Mapping[str, int], today: date, taken: _Taken) -> None:
    by_column = {cell.column: cell for cell in row}
    cells = {column: by_column.get(place) for column, place in columns.items()}
    name, on = _text(cells.get("name")), cells.get("on")
    if is_empty(name) and (on is None or is_empty(on.text)):
        return
    where = next(iter(by_column.values())).source
    place = f"{where.part} {where.ref}"
    day = _day(on)
    if day is None and fold(name).startswith(("合计", "小计", "总计")):
        return
    code = _code(cells.get("credit_code"), place, name, taken)
    if is_empty(name) and code is None:
        taken.problem(place, messages.NO_CUSTOMER())
        return
    if day is None or day > today:
        taken.unread.append(UnreadTrade(place=place, name=name.strip(), credit_code=code))
        taken.problem(place, messages.NO_TRADE_DATE(name=name, text=_text(on)))
        return
    taken.trades.append(
        Trade(
            on=day,
            name=name.strip() or str(code),
            amount=_amount(cells.get("amount"), place, name, taken),
            sample=_is_sample(cells.get("kind")),
            credit_code=code,
        )
    )


def _code(cell: Cell | None, place: str, name: str, taken: _Taken) -> str | None:
    """The credit code; one that fails its check is left out and told, since the name says who it is."""
    left_out = messages.IMPORTED_WITHOUT_CODE()
    return _certain(read_uscc(_text(cell)), place, name, taken, left_out)


def _amount(cell: Cell | None, place: str, name: str, taken: _Taken) -> str | None:
    left_out = messages.IMPORTED_WITHOUT_AMOUNT()
    amount = _certain(read_money(_text(cell)), place, name, taken, left_out)
    return None if amount is None else str(amount)


def _certain(read: _T | Doubt, place: str, name: str, taken: _Taken, left_out: Bilingual) -> _T | None:
    """What was read; a doubt is told, and nothing is taken."""
    if not isinstance(read, Doubt):
        return read
    taken.problem(place, messages.ROW_PROBLEM(name=name, said=read.said, left_out=left_out))
    return None


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
