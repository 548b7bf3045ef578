"""The audit chain followed from its first line, and what becomes of a head that was noted earlier."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, String, bindparam, select, type_coerce

from formflow.errors import UsageError
from formflow.messages import store as messages
from formflow.store.columns import read_moment
from formflow.store.guard import BEHIND, CLOCK
from formflow.store.report import Problem, Problems, Report
from formflow.store.tables import audit

START = "0" * 64
"""What stands before the first line."""
SHORTEST = 12
"""Digits of a head that can be looked for: more than anybody can find a second line for."""

_PAGE = (
    select(
        audit.c.seq,
        type_coerce(audit.c.at, String),  # as it is stored: the seal is over the text
        audit.c.kind,
        audit.c.subject,
        audit.c.payload,
        audit.c.previous,
        audit.c.hash,
    )
    .where(audit.c.seq > bindparam("after"))
    .order_by(audit.c.seq)
    .limit(2000)
)
_LAST = select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
_HASH = select(audit.c.seq).where(audit.c.hash.startswith(bindparam("head"))).limit(1)
_quoted = json.encoder.encode_basestring
"""A text as canonical JSON has it: the same as `columns.canonical` of it, a third of the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last line of a chain; `hash` vouches for every line up to it."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"


def head_of(conn: Connection) -> Head:
    """The last line of the chain; of an empty one, line 0."""
    row = conn.execute(_LAST).one_or_none()
    return Head(seq=0, hash=START) if row is None else Head(seq=int(row.seq), hash=str(row.hash))


def verify_chain(conn: Connection, *, since: str | None = None) -> Report:
    """Follow the chain from its first line: no line changed, missing, added or moved.

    The last lines, cut off together with all that they tell, leave a whole chain behind. A head that was noted
    earlier, on a document or in a log, shows it: it no longer lies in the chain.

    Args:
        since: The hash of a line, or its first digits.
    Raises:
        UsageError: `since` is no hash.
    """
    problems, notes = Problems(), Problems()
    wanted = _digits(since)
    found = not wanted or START.startswith(wanted)
    seq, previous, latest = 0, START, ""
    while rows := conn.execute(_PAGE, {"after": seq}).all():
        for row in rows:
            _check_line(row, seq, previous, problems)
            seq, at, kind, _, _, _, previous = row
            found = found or previous.startswith(wanted)
            if kind == CLOCK or at >= latest:
                latest = at
            elif _behind(at, latest):
                _tell_back(seq, at, latest, notes)
                latest = at
    if not found:
        problems.take(head_lost(str(since)))
    return Report(
        subject="audit",
        checked=seq,
        problems=problems.kept,
        more=problems.more,
        notes=notes.kept,
        head=f"{seq} {previous}",
    )


def head_lost(head: str) -> Problem:
    """The problem of a head that was noted earlier and no longer lies in the chain."""
    return Problem(code="head-lost", subject="audit", said=messages.HEAD_LOST(head=head))


def holds_head(conn: Connection, head: str) -> bool:
    """Whether a line of that hash, or of one that begins so, lies in the chain.

    Raises:
        UsageError: It is no hash.
    """
    digits = _digits(head)
    return START.startswith(digits) or conn.execute(_HASH, {"head": digits}).scalar() is not None


def _digits(head: str | None) -> str:
    digits = "".join((head or "").split()).lower()
    if head is not None and not (
        SHORTEST <= len(digits) <= len(START) and all(digit in "0123456789abcdef" for digit in digits)
    ):
        raise UsageError(messages.NO_CHAIN_HEAD(head=head, shortest=SHORTEST), code="no-such-head")
    return digits


def _check_line(row: Any, seq: int, previous: str, problems: Problems) -> None:
    number, at, kind, subject, payload, before, hash = row
    if number != seq + 1:
        problems.add(
            "chain-gap", f"audit {number}", messages.AUDIT_LINES_MISSING(seq=seq + 1, number=number - 1)
        )
    elif before != previous:
        problems.add("chain-broken", f"audit {number}", messages.AUDIT_LINE_BROKEN(number=number))
    line = f"{before}[{number},{_quoted(at)},{_quoted(kind)},{_quoted(subject)},{_quoted(payload)}]"
    if hash != hashlib.sha256(line.encode()).hexdigest():
        problems.add("chain-changed", f"audit {number}", messages.AUDIT_LINE_CHANGED(number=number))


def _behind(at: str, latest: str) -> bool:
    try:
        return read_moment(latest) - read_moment(at) > BEHIND
    except ValueError:
        return False  # told already: the line was changed


def _tell_back(seq: int, at: str, latest: str, notes: Problems) -> None:
    back = timedelta(seconds=round((read_moment(latest) - read_moment(at)).total_seconds()))
    notes.add("clock-back", f"audit {seq}", messages.CLOCK_SET_BACK(seq=seq, at=at[:19], back=back))
