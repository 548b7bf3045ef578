"""What the rules know besides the record: a frozen snapshot, so that a decision can be made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from formflow.model import Json, Receipt
from formflow.rules.calendar import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """One transaction of a customer, as the history of transactions holds it.

    Attributes:
        amount: Decimal string in yuan, or None where the list has none.
        sample: A sample was sent; that is no business dealing.
        credit_code: 统一社会信用代码, or None.
    """

    on: date
    name: str
    amount: str | None = None
    sample: bool = False
    credit_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An entry that stands in the register; voided and corrected ones are not among them.

    Attributes:
        on: The day it was registered.
        outcome: `accept`, `refer`, `reject`: what people decided, else what the rules did.
    """

    number: str
    on: date
    outcome: str
    values: Mapping[str, Json] = field(default_factory=dict)


class Past(Protocol):
    """What rules may ask of the stores. Answers must not change while one record is assessed."""

    def trades_of(self, names: Sequence[str], credit_code: str | None) -> Sequence[Trade]:
        """Transactions under any of the names (present and former, folded) or the code, earliest first."""
        ...

    def unread_trades(self, names: Sequence[str], credit_code: str | None) -> Sequence[str]:
        """Places in the lists (`Sheet1 B7`) that name the customer and hold no day that can be read."""
        ...

    def history_since(self) -> date | None:
        """The day from which the history is complete without a gap up to its end; None where there is none."""
        ...

    def history_until(self) -> date | None:
        """The last day that the history is complete for; None where there is none."""
        ...

    def earlier_entries(self, form: str, field: str, value: str) -> Sequence[Earlier]:
        """Standing entries of a form whose field has that value; never one of the record that is assessed."""
        ...

    def number_holder(self, number: str) -> str | None:
        """Id of the record that a printed number was given to, `""` for a void one; None where it is free."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPast:
    """A past that is written down: of an example, a test, or a decision that is made again.

    Attributes:
        entries: Form id → its standing entries.
        holders: Printed number → id of the record that has it.
        unread: Name of a customer → places of rows about it that could not be read.
    """

    trades: tuple[Trade, ...] = ()
    since: date | None = None
    until: date | None = None
    entries: Mapping[str, tuple[Earlier, ...]] = field(default_factory=dict)
    holders: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def trades_of(self, names: Sequence[str], credit_code: str | None) -> Sequence[Trade]:
        return tuple(
            trade
            for trade in self.trades
            if trade.name in names or (credit_code is not None and trade.credit_code == credit_code)
        )

    def unread_trades(self, names: Sequence[str], credit_code: str | None) -> Sequence[str]:  # noqa: ARG002
        return tuple(place for name in names for place in self.unread.get(name, ()))

    def history_since(self) -> date | None:
        return self.since

    def history_until(self) -> date | None:
        return self.until

    def earlier_entries(self, form: str, field: str, value: str) -> Sequence[Earlier]:
        return tuple(entry for entry in self.entries.get(form, ()) if entry.values.get(field) == value)

    def number_holder(self, number: str) -> str | None:
        return self.holders.get(number)


NOTHING_KNOWN = KnownPast()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything a rule may see besides the record.

    Attributes:
        receipt: When and how the submission came; rules count from `receipt.on`.
        today: The day of the assessment.
        calendar: Working days.
        past: Transactions, earlier entries, numbers taken.
        record: Id of the record that is assessed, as `number_holder` names it; empty where it has none yet.
    """

    receipt: Receipt
    today: date
    calendar: Calendar
    past: Past = NOTHING_KNOWN
    record: str = ""
