"""Values of the model as JSON. Without `say`, as a bag keeps them, messages stand in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from formflow.errors import FormflowError
from formflow.messages import Bilingual
from formflow.model import Entry, Finding, Reading, Severity, Source, Unclaimed

Say = Callable[[Bilingual], str]
"""Chooses the language of a text."""

Line = dict[str, Any]
"""A JSON object."""


def finding_json(finding: Finding, say: Say | None = None) -> Line:
    """A finding; `cell` and `suggestions` only where there are any."""
    if say is None:
        message = {"message": finding.message, "english": finding.english}
    else:
        message = {"message": say(finding.said)}
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "field": finding.field,
        **message,
        "article": finding.article,
        **({"cell": finding.cell} if finding.cell else {}),
        **({"suggestions": list(finding.suggestions)} if finding.suggestions else {}),
    }


def finding_from_json(item: Mapping[str, Any]) -> Finding:
    """The finding that `finding_json` wrote in both languages."""
    return Finding(
        code=item["code"],
        severity=Severity(item["severity"]),
        field=item["field"],
        message=item["message"],
        english=item["english"],
        article=item["article"],
        cell=item.get("cell", ""),
        suggestions=tuple(item.get("suggestions", ())),
    )


def error_json(error: FormflowError | None, say: Say) -> Line | None:
    """Why something could not be done; None where nothing is wrong."""
    return None if error is None else {"code": error.code, "message": say(error.said)}


def reading_json(reading: Reading) -> Line:
    """Where and as what a value was read."""
    return {
        **_place(reading.source),
        "confidence": reading.confidence,
        **({"doubts": list(reading.doubts)} if reading.doubts else {}),
        "text": reading.text,
    }


def unclaimed_json(unclaimed: Unclaimed) -> Line:
    """A text that no field took."""
    return {"label": unclaimed.label or None, "text": unclaimed.text, **_place(unclaimed.source)}


def _place(source: Source) -> Line:
    return {"part": source.part, "ref": source.ref, "box": list(source.box) if source.box else None}


_ELSEWHERE = ("received_at", "claimed_on", "file", "void")
"""What a bag says of an entry in another place, or cannot know."""


def entry_json(entry: Entry, say: Say | None = None, void: Line | None = None) -> Line:
    """An entry of the register; `void` says how it became so."""
    receipt = entry.receipt
    return {
        "number": entry.number,
        "series": entry.series,
        "year": entry.year,
        "serial": entry.serial,
        "form": entry.form,
        "outcome": entry.outcome.value,
        "registered_at": entry.registered_at.isoformat(),
        "received_at": receipt.at.isoformat(),
        "claimed_on": receipt.claimed_on.isoformat() if receipt.claimed_on else None,
        "file": receipt.name,
        "digest": entry.digest,
        "submission": entry.submission,
        "record": entry.record,
        "values": dict(entry.values),
        "findings": [finding_json(finding, say) for finding in entry.findings],
        "void": void,
        "corrects": entry.corrects,
    }


def kept_entry_json(entry: Entry) -> Line:
    """What a bag must say of its entry, whatever was read where: what a verification compares."""
    return {key: value for key, value in entry_json(entry).items() if key not in _ELSEWHERE}


def bag_json(entry: Entry, archive_no: str, sources: Mapping[str, Reading], chain: str) -> Line:
    """A bag's `record.json`."""
    receipt = entry.receipt
    return kept_entry_json(entry) | {
        "archive_no": archive_no,
        "chain": chain,
        "receipt": {
            "at": receipt.at.isoformat(),
            "claimed_on": None if receipt.claimed_on is None else receipt.claimed_on.isoformat(),
            "backdated": receipt.backdated,
            "way": receipt.way,
            "folder": receipt.folder,
            "name": receipt.name,
        },
        "sources": {field: reading_json(reading) for field, reading in sources.items()},
    }
