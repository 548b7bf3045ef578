"""A customer's earlier transactions, as the approver who must look them up is shown them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from formflow.documents.templates.display import show_date, show_money


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """One earlier transaction of a customer; `amount` in yuan."""

    on: date
    number: str = ""
    product: str = ""
    amount: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeHistory:
    """What the form's rules counted, and what the transaction records can tell.

    Attributes:
        since, until: The period that the rules look at, both days included.
        loaded_since, loaded_until: The days that the imported records are complete for; None: there are none.
        doubt: Why the records say nothing certain of this customer.
        trades: Those found in the period, the earliest first.
    """

    since: date
    until: date
    loaded_since: date | None = None
    loaded_until: date | None = None
    doubt: str = ""
    trades: tuple[Trade, ...] = ()

    @property
    def checked(self) -> bool:
        """Whether the records reach back over the whole period and are certain: as the rules ask."""
        return not self.doubt and self.loaded_since is not None and self.loaded_since <= self.since


def history_context(history: TradeHistory | None) -> dict[str, Any]:
    """What a template can name of it."""
    trades = [
        {
            "on": show_date(trade.on),
            "number": trade.number,
            "product": trade.product,
            "amount": show_money(trade.amount) if trade.amount else "",
            "sample": trade.sample,
        }
        for trade in (history.trades if history else ())
    ]
    until = history.loaded_until if history else None
    open_since = until + timedelta(days=1) if history and until and until < history.until else None
    return {
        "checked": history is not None and history.checked,
        "since": show_date(history.since) if history else "",
        "until": show_date(history.until) if history else "",
        "counted_until": show_date(min(history.until, until) if until else history.until) if history else "",
        "doubt": history.doubt if history else "",
        "loaded": history is not None and history.loaded_since is not None,
        "loaded_since": show_date(history.loaded_since) if history and history.loaded_since else "",
        "open_since": show_date(open_since) if open_since else "",
        "trades": trades,
    }
