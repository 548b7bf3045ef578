"""History: the company's transactions with its customers, for the rules that look back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, bindparam, insert, or_, select

from formflow.errors import UsageError
from formflow.messages import store as messages
from formflow.rules.facts import Trade
from formflow.store import audit
from formflow.store.columns import fold, storable
from formflow.store.database import Database
from formflow.store.seals import history_seal
from formflow.store.tables import history, history_batches, history_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One imported list and the days it is complete for, both included."""

    digest: str
    name: str
    covers_from: date
    covers_to: date
    rows: int
    imported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadTrade:
    """A row of a list that names a customer and says no day that can be read.

    Attributes:
        place: Where it stands in the list (`Sheet1 C7`).
    """

    place: str
    name: str
    credit_code: str | None = None


_INSERT = insert(history)
_BATCH = select(history_batches.c.id).where(history_batches.c.digest == bindparam("digest"))
_BATCHES = select(history_batches).order_by(history_batches.c.covers_from, history_batches.c.id)
_TRADES = (
    select(history.c.on, history.c.name, history.c.amount, history.c.sample, history.c.credit_code)
    .distinct()
    .order_by(history.c.on, history.c.name, history.c.amount)
)
_TRADES = _TRADES.where(
    or_(
        history.c.folded.in_(bindparam("folded", expanding=True)),
        history.c.credit_code == bindparam("code"),
    )
)


_LATER = history_batches.alias("later")
# A later list that covers the same days whole takes the place of an earlier one: it was corrected and imported again.
_UNREAD = (
    select(history_unread.c.place, history_batches.c.name)
    .join(history_batches, history_batches.c.id == history_unread.c.batch)
    .where(
        or_(
            history_unread.c.folded.in_(bindparam("folded", expanding=True)),
            history_unread.c.credit_code == bindparam("code"),
        ),
        ~select(_LATER.c.id)
        .where(
            _LATER.c.id > history_batches.c.id,
            _LATER.c.covers_from <= history_batches.c.covers_from,
            _LATER.c.covers_to >= history_batches.c.covers_to,
        )
        .exists(),
    )
    .order_by(history_unread.c.id)
)


class History:
    """The transactions of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def import_rows(
        self,
        trades: Iterable[Trade],
        *,
        digest: str,
        name: str,
        covers_from: date,
        covers_to: date,
        at: datetime,
        unread: Sequence[UnreadTrade] = (),
        conn: Connection | None = None,
    ) -> int:
        """Add a list of transactions; how many were added, 0 when the same file was imported before.

        Args:
            digest: SHA-256 of the file; `name` is its name.
            covers_from, covers_to: The days, both included, for which the list holds every transaction.
            unread: Its rows about a customer that say no day.
        Raises:
            UsageError: A transaction lies outside those days, or they are in the wrong order.
        """
        trades = list(trades)
        if covers_from > covers_to:
            raise UsageError(
                messages.COVERED_DAYS_REVERSED(covers_from=covers_from, covers_to=covers_to), code="covers"
            )
        outside = next((trade for trade in trades if not covers_from <= trade.on <= covers_to), None)
        if outside is not None:
            raise UsageError(
                messages.TRADE_OUTSIDE_COVERED_DAYS(
                    name=outside.name, on=outside.on, covers_from=covers_from, covers_to=covers_to
                ),
                code="covers",
                remedy=messages.CORRECT_COVERED_DAYS(),
            )
        rows = [_row(trade) for trade in trades]
        with self._database.begin(conn) as conn:
            if conn.execute(_BATCH, {"digest": digest}).scalar() is not None:
                return 0
            values = {
                "digest": digest,
                "name": storable(name),
                "covers_from": covers_from,
                "covers_to": covers_to,
                "rows": len(rows),
                "imported_at": at,
            }
            batch = conn.execute(insert(history_batches).returning(history_batches.c.id), values).scalar_one()
            if rows:
                conn.execute(_INSERT, [{"batch": batch, **row} for row in rows])
            if unread:
                conn.execute(insert(history_unread), [{"batch": batch, **_unread(row)} for row in unread])
            payload = {
                "name": storable(name),
                "rows": len(rows),
                **({"unread": len(unread)} if unread else {}),
                "covers_from": covers_from.isoformat(),
                "covers_to": covers_to.isoformat(),
                **history_seal(conn, batch),
            }
            audit.append(conn, "imported", digest, payload, at=at)
        return len(rows)

    def trades_of(
        self, names: Sequence[str], credit_code: str | None = None, *, conn: Connection | None = None
    ) -> tuple[Trade, ...]:
        """Every transaction of a customer by any of its names (folded) or its credit code, the earliest first.

        A transaction that several lists hold comes once.
        """
        folded = [fold(name) for name in names if name.strip()]
        if not folded and not credit_code:
            return ()
        # An empty code must not match the transactions that have none.
        parameters = {"folded": folded or [""], "code": (credit_code or "-").upper()}
        with self._database.read(conn) as conn:
            return tuple(Trade(**row._mapping) for row in conn.execute(_TRADES, parameters))

    def unread_of(
        self, names: Sequence[str], credit_code: str | None = None, *, conn: Connection | None = None
    ) -> tuple[str, ...]:
        """Where the lists name a customer without a readable day: `LIST PLACE`, rows of replaced lists left out."""
        folded = [fold(name) for name in names if name.strip()]
        if not folded and not credit_code:
            return ()
        parameters = {"folded": folded or [""], "code": (credit_code or "-").upper()}
        with self._database.read(conn) as conn:
            return tuple(f"{row.name} {row.place}" for row in conn.execute(_UNREAD, parameters))

    def covers(self, since: date, until: date, *, conn: Connection | None = None) -> bool:
        """Whether the imported lists together are complete from `since` to `until`, both included."""
        reached = since
        for batch in self.batches(conn=conn):
            if batch.covers_from > reached:
                break
            reached = max(reached, batch.covers_to + timedelta(days=1))
        return reached > until

    def coverage(
        self, *, conn: Connection | None = None, imported_by: datetime | None = None
    ) -> tuple[tuple[date, date], ...]:
        """The stretches of days, both ends included, that the imported lists are complete for.

        Args:
            imported_by: Lists that were imported later do not count.
        """
        stretches: list[tuple[date, date]] = []
        for batch in self.batches(conn=conn):
            if imported_by is not None and batch.imported_at > imported_by:
                continue
            if stretches and batch.covers_from <= stretches[-1][1] + timedelta(days=1):
                start, end = stretches[-1]
                stretches[-1] = (start, max(end, batch.covers_to))
            else:
                stretches.append((batch.covers_from, batch.covers_to))
        return tuple(stretches)

    def batches(self, *, conn: Connection | None = None) -> tuple[Batch, ...]:
        """The imported lists by first day covered."""
        with self._database.read(conn) as conn:
            return tuple(
                Batch(
                    digest=row.digest,
                    name=row.name,
                    covers_from=row.covers_from,
                    covers_to=row.covers_to,
                    rows=row.rows,
                    imported_at=row.imported_at,
                )
                for row in conn.execute(_BATCHES)
            )


def _unread(row: UnreadTrade) -> dict[str, object]:
    return {
        "place": storable(row.place),
        "name": storable(row.name),
        "folded": fold(row.name),
        "credit_code": row.credit_code.upper() if row.credit_code else None,
    }


def _row(trade: Trade) -> dict[str, object]:
    return {
        "name": storable(trade.name),
        "folded": fold(trade.name),
        "credit_code": trade.credit_code.upper() if trade.credit_code else None,
        "on": trade.on,
        "amount": trade.amount,
        "sample": trade.sample,
    }
