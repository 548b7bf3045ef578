"""Entries between the model and their table's rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Row

from formflow.model import Entry, Finding, Json, Outcome, Receipt
from formflow.store.codec import dump_findings, load_findings
from formflow.store.columns import canonical, moment_text, searchable, storable


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record that is to become an entry.

    Attributes:
        record: Id of the record inside its submission (`records.record_id`).
        identity_key: For a log row: its key (`rows.identity_keys`); None for a form.
        corrects: Number of the entry that this one corrects, or None.
    """

    record: str
    submission: str
    digest: str
    form: str
    values: Mapping[str, Json]
    findings: tuple[Finding, ...]
    outcome: Outcome
    receipt: Receipt
    identity_key: str | None = None
    corrects: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Void:
    """An entry that no longer counts; its number stays taken."""

    number: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line of the register as it is shown.

    Attributes:
        void: How it became void, or None while it stands.
        corrected_by: Number of the latest standing entry that corrects it, or None.
    """

    entry: Entry
    void: Void | None = None
    corrected_by: str | None = None

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        """From a row of entries with `void_reason`, `void_by`, `void_at` and `corrected_by`."""
        void = None
        if row.void_at is not None:
            void = Void(number=row.number, reason=row.void_reason, by=row.void_by, at=row.void_at)
        return cls(entry=row_entry(row), void=void, corrected_by=row.corrected_by)


def entry_row(
    draft: Draft, *, series: str, year: int, serial: int, number: str, at: datetime
) -> dict[str, Any]:
    """The row of a new entry."""
    values = canonical(draft.values)
    name = storable(draft.receipt.name)
    return {
        "series": series,
        "year": year,
        "serial": serial,
        "number": number,
        "form": draft.form,
        "values": values,
        "findings": dump_findings(draft.findings),
        "outcome": draft.outcome.value,
        "registered_at": at,
        "received_at": draft.receipt.at,
        "claimed_on": draft.receipt.claimed_on,
        "way": draft.receipt.way,
        "name": name,
        "folder": storable(draft.receipt.folder),
        "digest": draft.digest,
        "submission": draft.submission,
        "record": draft.record,
        "identity_key": draft.identity_key,
        "corrects": draft.corrects,
        "search": searchable([number, name, draft.values]),
    }


def row_entry(row: Any) -> Entry:
    """The entry of a row of the table."""
    return Entry(
        series=row.series,
        year=row.year,
        serial=row.serial,
        number=row.number,
        form=row.form,
        values=json.loads(row.values),
        findings=load_findings(row.findings),
        outcome=Outcome(row.outcome),
        registered_at=row.registered_at,
        receipt=Receipt(
            at=row.received_at, name=row.name, way=row.way, folder=row.folder, claimed_on=row.claimed_on
        ),
        digest=row.digest,
        submission=row.submission,
        record=row.record,
        corrects=row.corrects,
    )


def entry_hash(row: Mapping[str, Any]) -> str:
    """SHA-256 over every column of an entry's row: what its audit line vouches for."""
    plain = dict(row)
    for key in ("registered_at", "received_at"):
        if isinstance(plain[key], datetime):
            plain[key] = moment_text(plain[key])
    if plain["claimed_on"] is not None:
        plain["claimed_on"] = plain["claimed_on"].isoformat()
    return hashlib.sha256(canonical(plain).encode()).hexdigest()


def entered_payload(row: Mapping[str, Any]) -> dict[str, Json]:
    """What the audit line of a new entry says."""
    return {
        "series": row["series"],
        "year": row["year"],
        "record": row["record"],
        "sha256": entry_hash(row),
    }


def void_payload(reason: str, by: str) -> dict[str, Json]:
    """What the audit line of a void says."""
    return {"reason": reason, "by": by}
