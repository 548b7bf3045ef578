"""Decisions: what the steps of an approval decided, one a step, append-only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from formflow.errors import Conflict
from formflow.messages import store as messages
from formflow.model import StepDecision
from formflow.store import audit
from formflow.store.columns import storable
from formflow.store.database import Database
from formflow.store.tables import decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one step of an approval decided.

    Attributes:
        step: Place in the form's `approval`, from 0.
    """

    number: str
    step: int
    role: str
    decision: StepDecision
    by: str
    at: datetime
    comment: str = ""


_INSERT = insert(decisions)
_OF = select(decisions).where(decisions.c.number == bindparam("number")).order_by(decisions.c.step)
_BATCH = 400
"""Numbers a query; SQLite allows 999 parameters on old builds."""
_OF_MANY = (
    select(decisions)
    .where(decisions.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(decisions.c.number, decisions.c.step)
)


class Decisions:
    """The decisions of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def decide(self, decision: Decision, *, conn: Connection | None = None) -> None:
        """Write down a decision with its audit line.

        Raises:
            UsageError: The step is decided already, or it is not the next one (steps come in order).
            StoreError: There is no such entry.
        """
        with self._database.begin(conn) as conn:
            taken = self.of(decision.number, conn=conn)
            if decision.step < len(taken):
                by = taken[decision.step]
                raise Conflict(
                    messages.STEP_DECIDED(number=decision.number, step=decision.step + 1, by=by.by, at=by.at),
                    code="already-decided",
                )
            if decision.step > len(taken):
                raise Conflict(
                    messages.STEP_NOT_YET(number=decision.number, count=len(taken) + 1),
                    code="not-the-next-step",
                )
            values = {
                "number": decision.number,
                "step": decision.step,
                "role": decision.role,
                "decision": str(decision.decision),
                "by": storable(decision.by),
                "comment": storable(decision.comment),
                "at": decision.at,
            }
            conn.execute(_INSERT, values)
            payload = {key: value for key, value in values.items() if key not in ("number", "at")}
            audit.append(conn, "decided", decision.number, payload, at=decision.at)

    def of_many(
        self, numbers: Sequence[str], *, conn: Connection | None = None
    ) -> dict[str, tuple[Decision, ...]]:
        """The decisions on entries by number, in order of the steps; an entry without any is missing."""
        found: dict[str, tuple[Decision, ...]] = {}
        with self._database.read(conn) as conn:
            for start in range(0, len(numbers), _BATCH):
                for row in conn.execute(_OF_MANY, {"numbers": list(numbers[start : start + _BATCH])}):
                    found[row.number] = (*found.get(row.number, ()), _decision(row))
        return found

    def of(self, number: str, *, conn: Connection | None = None) -> tuple[Decision, ...]:
        """The decisions on an entry, in order of the steps."""
        with self._database.read(conn) as conn:
            return tuple(_decision(row) for row in conn.execute(_OF, {"number": number}))


def _decision(row: Row[Any]) -> Decision:
    return Decision(**{**row._mapping, "decision": StepDecision(row.decision)})
