"""The functions that formflow adds to CEL for rules. Each answers from the facts alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from formflow.errors import HistoryError
from formflow.forms.spec import Field, FieldType, Form
from formflow.messages import rules as messages
from formflow.model import Record
from formflow.rules import periods
from formflow.rules.facts import Facts, Trade
from formflow.rules.language import ExpressionError
from formflow.values.choices import is_empty, is_none
from formflow.values.names import same_organisation

NAMES = frozenset(
    "months_after months_before days_after working_days_after is_working days_between date_of at has_time"
    " same_name says trades_of history_since history_until earlier holder_of lacking option_text text".split()
)
"""Every function of ours."""


def functions_of(record: Record, form: Form, facts: Facts) -> dict[str, Callable[..., Any]]:
    """The functions by name, bound to one record and its facts."""
    return {**_days(form, facts), **_words(form), **_past(record, form, facts)}


def shown(value: Any, *, chinese: bool = False) -> str:
    """A value as a message shows it: amounts without needless zeros, lists joined by 、.

    Args:
        chinese: Days as 2026年3月5日, as documents write them; else as 2026-03-05.
    """
    if value is None:
        return "无"
    if isinstance(value, datetime):
        day = f"{value.year}年{value.month}月{value.day}日" if chinese else f"{value:%Y-%m-%d}"
        return day if value.time() == time() else f"{day} {value:%H:%M}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    if isinstance(value, list | tuple):
        return "、".join(shown(item, chinese=chinese) for item in value) or "无"
    if isinstance(value, Mapping):
        if "unit" in value:
            return f"{shown(value.get('amount'))}{value['unit']}"
        return "，".join(shown(item, chinese=chinese) for item in value.values() if item is not None)
    return str(value)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _day(value: Any) -> date:
    if not isinstance(value, datetime):
        raise ExpressionError(messages.NO_DAY(value=shown(value)), code="rule-error")
    return value.date()


def _days(form: Form, facts: Facts) -> dict[str, Callable[..., Any]]:
    calendar = facts.calendar
    shifts = form.parameters.get("shift_on_holiday", True)

    def months_after(start: Any, months: int, shift: bool = bool(shifts)) -> datetime:
        return _moment(periods.due_on(_day(start), months=months, calendar=calendar if shift else None))

    def months_before(start: Any, months: int) -> datetime:
        return _moment(periods.months_after(_day(start), -months))

    def days_after(start: Any, days: int) -> datetime:
        return _moment(_day(start) + timedelta(days=days))

    def working_days_after(start: Any, days: int) -> datetime:
        return _moment(calendar.working_days_after(_day(start), _few(days)))

    def is_working(day: Any) -> bool:
        return calendar.is_working(_day(day))

    def days_between(start: Any, end: Any) -> int:
        return (_day(end) - _day(start)).days

    def date_of(value: Any) -> datetime:
        return _moment(_day(value))

    def at(day: Any, clock: str) -> datetime:
        return datetime.combine(_day(day), time.fromisoformat(clock), tzinfo=UTC)

    def has_time(written: Any) -> bool:
        return isinstance(written, str) and "T" in written

    return {
        "months_after": months_after,
        "months_before": months_before,
        "days_after": days_after,
        "working_days_after": working_days_after,
        "is_working": is_working,
        "days_between": days_between,
        "date_of": date_of,
        "at": at,
        "has_time": has_time,
    }


def _few(days: int) -> int:
    if not 0 <= days <= 366:
        raise ExpressionError(messages.WORKING_DAYS(days=days), code="rule-error")
    return days


def _words(form: Form) -> dict[str, Callable[..., Any]]:
    fields = {field.id: field for field in form.fields}

    def same_name(one: str, other: str) -> str:
        return same_organisation(one, other)

    def says(written: Any) -> bool:
        """Whether a text says something: more than a blank, a 无 or marks."""
        return (
            isinstance(written, str)
            and not is_empty(written)
            and not is_none(written)
            and sum(character.isalnum() for character in written) > 1
        )

    def lacking(rows: Any) -> str:
        """What the rows of the form's own table lack: `第2行：地点、时间`."""
        own = form.rows_field
        columns = [column for column in own.fields if column.required] if own else []
        return "；".join(
            f"第{number}行：" + "、".join(column.label for column in lacks)
            for number, row in enumerate(rows, start=1)
            if (lacks := [column for column in columns if row.get(column.id) is None])
        )

    def option_text(field: str, option: str) -> str:
        known = fields[field].options if field in fields else {}
        return known[option][0] if option in known else option

    return {
        "same_name": same_name,
        "says": says,
        "lacking": lacking,
        "option_text": option_text,
        "text": shown,
    }


def _past(record: Record, form: Form, facts: Facts) -> dict[str, Callable[..., Any]]:
    past = facts.past

    def trades_of(_: Any, since: Any = None, before: Any = None) -> list[dict[str, Any]]:
        """Dealings of the record's customer: all, or those that are no samples, from `since` until before `before`."""
        names = [value for value in _texts(record, form.fields, FieldType.ORGANISATION) if value]
        code = next(iter(_texts(record, form.fields, FieldType.USCC)), None)
        trades = past.trades_of(names, code)
        if since is not None and before is not None:
            first, end = _day(since), _day(before)
            trades = [trade for trade in trades if not trade.sample and first <= trade.on < end]
        if not trades and (unread := past.unread_trades(names, code)):
            # That nothing was found means nothing while a row about this customer says no day.
            places = "、".join(unread)
            raise HistoryError(
                messages.HISTORY_UNREAD(count=len(unread), places=places),
                code="history-unread",
                remedy=messages.IMPORT_AGAIN(),
            )
        return [_trade(trade) for trade in trades]

    def history_since() -> datetime | None:
        day = past.history_since()
        return None if day is None else _moment(day)

    def history_until() -> datetime | None:
        day = past.history_until()
        return None if day is None else _moment(day)

    def earlier(form_id: str, field: str, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, str):
            return []
        return [
            {"number": entry.number, "on": _moment(entry.on), "outcome": entry.outcome}
            for entry in past.earlier_entries(form_id, field, value)
        ]

    def holder_of(number: str) -> str:
        """Who has a printed number: `free`, `own`, `other` or `void`."""
        holder = past.number_holder(number)
        if holder is None:
            return "free"
        if not holder:
            return "void"
        return "own" if holder == facts.record else "other"

    return {
        "trades_of": trades_of,
        "history_since": history_since,
        "history_until": history_until,
        "earlier": earlier,
        "holder_of": holder_of,
    }


def _texts(record: Record, fields: tuple[Field, ...], kind: FieldType) -> list[str]:
    values = [record.values.get(field.id) for field in fields if field.type is kind]
    return [value for value in values if isinstance(value, str)]


def _trade(trade: Trade) -> dict[str, Any]:
    return {
        "date": _moment(trade.on),
        "name": trade.name,
        "amount": None if trade.amount is None else float(trade.amount),
        "sample": trade.sample,
        "code": trade.credit_code,
    }
