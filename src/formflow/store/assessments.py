"""Assessments: what the rules said of an entry again when facts came that had been lacking, append-only.

An entry keeps what the rules said on the day it was registered. What they say later stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from formflow.model import Entry, Finding, Outcome
from formflow.store import audit
from formflow.store.codec import dump_findings, load_findings
from formflow.store.columns import storable
from formflow.store.database import Database
from formflow.store.tables import assessments


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the rules said of an entry after it was registered.

    Attributes:
        findings: All findings of the entry, those that changed among them.
        because: What had come (`历史交易 sales.csv`).
        by: Who brought it.
    """

    number: str
    findings: tuple[Finding, ...]
    outcome: Outcome
    because: str
    by: str
    at: datetime


_INSERT = insert(assessments)
_OF = select(assessments).where(assessments.c.number == bindparam("number")).order_by(assessments.c.step)


class Assessments:
    """The assessments of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, assessment: Assessment, *, conn: Connection | None = None) -> None:
        """Write down an assessment with its audit line."""
        with self._database.begin(conn) as conn:
            values = {
                "number": assessment.number,
                "step": len(self.of(assessment.number, conn=conn)),
                "findings": dump_findings(assessment.findings),
                "outcome": assessment.outcome.value,
                "because": storable(assessment.because),
                "by": storable(assessment.by),
                "at": assessment.at,
            }
            conn.execute(_INSERT, values)
            payload = {key: value for key, value in values.items() if key not in ("number", "at")}
            audit.append(conn, "assessed", assessment.number, payload, at=assessment.at)

    def of(self, number: str, *, conn: Connection | None = None) -> tuple[Assessment, ...]:
        """The assessments of an entry, the earliest first."""
        with self._database.read(conn) as conn:
            return tuple(_assessment(row) for row in conn.execute(_OF, {"number": number}))

    def as_it_stands(self, entry: Entry, *, conn: Connection | None = None) -> Entry:
        """The entry with the findings and the outcome that the rules gave it last."""
        made = self.of(entry.number, conn=conn)
        return replace(entry, findings=made[-1].findings, outcome=made[-1].outcome) if made else entry


def _assessment(row: Row[Any]) -> Assessment:
    return Assessment(
        number=row.number,
        findings=load_findings(row.findings),
        outcome=Outcome(row.outcome),
        because=row.because,
        by=row.by,
        at=row.at,
    )
