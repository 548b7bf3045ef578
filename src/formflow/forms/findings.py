"""The findings of validation: what a person must settle before a record can be registered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from formflow.forms.spec import Field
from formflow.messages import NOTHING, Bilingual, clauses, listed
from formflow.messages import findings as messages
from formflow.messages.doubts import REASONS
from formflow.model import Finding, Reading, Severity, Unclaimed
from formflow.values import Doubt

_PROBLEMS = {
    "error-value": ("unreadable", messages.ERROR_VALUE),
    "no-cached-value": ("unreadable", messages.NO_CACHED_VALUE),
    "precision-lost": ("unreadable", messages.PRECISION_LOST),
    "checkbox-disagrees": ("ambiguous", messages.CHECKBOX_DISAGREES),
    "checkbox-unclear": ("ambiguous", messages.CHECKBOX_UNCLEAR),
    "conflict": ("conflict", messages.CONFLICT),
    "ditto-without-value": ("ambiguous", messages.DITTO_WITHOUT_VALUE),
}
_MOST_LISTED, _LONGEST_SHOWN = 5, 40
"""Pieces that a finding lists, and characters that it shows of each."""
_OTHER = ("unreadable", messages.NOT_TAKEN)

LOST_DIGITS = Doubt("unreadable", messages.LOST_DIGITS())

ODD_DAY = Doubt("unreadable", messages.ODD_DAY())


def missing(field: Field, row: int | None = None) -> Finding:
    """A required field that is blank.

    Args:
        row: Row of the form's own table, from 1.
    """
    where = NOTHING if row is None else messages.IN_ROW(row=row)
    return _return("missing", field.id, messages.MISSING(where=where, name=_called(field)))


def doubtful(field: Field, doubt: Doubt) -> Finding:
    """What a reader of values could not settle."""
    return _return(doubt.code, field.id, messages.ABOUT(name=_called(field), said=doubt.said))


def problem(field: Field, reading: Reading) -> Finding:
    """What keeps a place on the form from being trusted."""
    code, message = _PROBLEMS.get(reading.problem, _OTHER)
    said = message(text=" ".join(reading.text.split())[:40])
    return _return(code, field.id, messages.ABOUT_PLACE(name=_called(field), said=said))


def ditto(field: Field, reading: Reading) -> Finding:
    """A 同上 that repeats nothing."""
    said = messages.DITTO_WITHOUT_VALUE(text=reading.text.strip())
    return _return("ambiguous", field.id, messages.ABOUT_PLACE(name=_called(field), said=said))


def unsure(field: Field, reading: Reading, *, uncertain: bool) -> Finding:
    """A value with reasons of doubt, or one of whose characters the recogniser was `uncertain`."""
    reasons = [REASONS[reason]() for reason in reading.doubts]
    if uncertain:
        reasons.append(messages.UNCERTAIN(percent=round(reading.confidence * 100)))
    text = _short(reading.text)
    shown = Bilingual(f"（{text}）", f" ({text})") if text else NOTHING
    said = messages.DOUBTED(name=_called(field), text=shown, why=clauses(*reasons))
    return _return("low-confidence", field.id, said)


def coarse(field: Field, reading: Reading) -> Finding:
    """An amount or a day from a fax in standard resolution, however well it seems to be read."""
    text = " ".join(reading.text.split())[:40]
    return _return("coarse-fax", field.id, messages.COARSE(name=_called(field), text=text))


def misread(field: Field, reading: Reading) -> Finding:
    """A document number or a day with a letter where a digit is meant."""
    text = " ".join(reading.text.split())[:40]
    return _return("look-alike", field.id, messages.LOOK_ALIKE(name=_called(field), text=text))


def future(field: Field, value: str, today: str) -> Finding:
    """A day behind the day of receipt, in a field that tells what has happened."""
    said = messages.FUTURE(name=_called(field), value=value.replace("T", " "), today=today)
    return _return("future-day", field.id, said)


def exceeding(field: Field, more: str, cell: str = "") -> Finding:
    """A value that seems to hold more than a value: another label, a signature, a second value."""
    text = _short(more)
    found = _return(
        "more-than-a-value",
        field.id,
        messages.MORE_THAN_VALUE(name=Bilingual(field.label, field.id), text=text),
    )
    return replace(found, cell=cell)


def unclaimed_beside(field: Field, pieces: Sequence[Unclaimed]) -> Finding:
    """Something filled in on the form that no field took and that may be this field's."""
    return _return(
        "unclaimed",
        field.id,
        messages.UNCLAIMED_BESIDE(name=Bilingual(field.label, field.id), pieces=_listed(pieces)),
    )


def unclaimed(pieces: Sequence[Unclaimed]) -> Finding:
    """A note of what is filled in on the form and no field took."""
    return Finding.of("unclaimed", Severity.NOTE, messages.UNCLAIMED(pieces=_listed(pieces)))


def _listed(pieces: Sequence[Unclaimed]) -> Bilingual:
    """The first of what nobody claimed, each with its place."""
    shown = [
        f"“{_short(f'{piece.label}：{piece.text}' if piece.label else piece.text)}”（{piece.source.part} {piece.source.ref}）"
        for piece in pieces[:_MOST_LISTED]
    ]
    told = listed(shown)
    return messages.AND_MORE(pieces=told) if len(pieces) > _MOST_LISTED else told


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def in_row(finding: Finding, rows: Field, row: int) -> Finding:
    """A finding about a column, told as one about a row of the form's own table."""
    cell = f"{rows.id}.{row - 1}.{finding.field}"
    where = messages.IN_ROW(row=row)
    if finding.message.startswith(where.chinese):
        return replace(finding, field=rows.id, cell=cell)
    return replace(
        finding,
        field=rows.id,
        cell=cell,
        message=where.chinese + finding.message,
        english=where.english + finding.english,
    )


def _called(field: Field) -> Bilingual:
    return Bilingual(field.label, field.english)


def _return(code: str, field: str, said: Bilingual) -> Finding:
    return Finding.of(code, Severity.RETURN, said, field=field)
