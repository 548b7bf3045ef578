"""Receipt: the original is durable and its row committed before anything else happens to the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.errors import ReadError
from formflow.model import Receipt
from formflow.pipeline.context import Context
from formflow.pipeline.quarantine import set_aside

if TYPE_CHECKING:
    from formflow.forms.spec import Form
    from formflow.store.originals import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file to take in.

    Attributes:
        folder: Folder below the inbox; empty elsewhere.
        remove: Whether the file goes once it is safe: it lies in the inbox.
        again: Whether somebody asks for what was returned to be tried again.
        state: Inode, size and mtime (ns) it was found complete with; None takes it as it is.
    """

    path: Path
    name: str
    folder: str = ""
    way: str = "process"
    claimed_on: date | None = None
    hint: str | None = None
    remove: bool = False
    again: bool = False
    state: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an incoming file: a submission, an error, or neither when it changed meanwhile."""

    incoming: Incoming
    submission: Submission | None = None
    error: ReadError | None = None


def receive(batch: Sequence[Incoming], context: Context) -> list[Received]:
    """Take files in: originals first, then their rows in one transaction, then the inbox is cleared.

    A file that changed while it was copied is left for the next scan; so is one that has vanished.

    Raises:
        StoreError: Disk or database refuse; every file that has no row is still where it was.
    """
    received: list[Received] = []
    kept: list[tuple[Incoming, str, tuple[int, int, int]]] = []
    forms = context.forms  # loaded before the transaction, in which nobody else can write
    for incoming in batch:
        before = _state(incoming.path)
        if before is None or (incoming.state is not None and incoming.state != before):
            received.append(Received(incoming))
            continue
        if before[1] > context.settings.limits.max_bytes:
            received.append(_refuse(incoming, context))
            continue
        try:
            digest = context.store.objects.put_file(incoming.path)
        except FileNotFoundError:
            received.append(Received(incoming))
            continue
        if _state(incoming.path) != before or context.store.objects.size(digest) != before[1]:
            received.append(Received(incoming))
            continue
        kept.append((incoming, digest, before))
    if kept:
        with context.turns.turn(""), context.store.database.begin() as conn:
            for incoming, digest, before in kept:
                submission = context.store.submissions.receive(
                    digest,
                    before[1],
                    receipt_of(incoming, context),
                    hint=incoming.hint or hint_of(incoming.folder, forms),
                    again=incoming.again,
                    conn=conn,
                )
                received.append(Received(incoming, submission))
    for incoming, _, before in kept:
        if incoming.remove and _state(incoming.path) == before:
            incoming.path.unlink(missing_ok=True)
    order = {id(incoming): place for place, incoming in enumerate(batch)}
    return sorted(received, key=lambda one: order[id(one.incoming)])


def receipt_of(incoming: Incoming, context: Context) -> Receipt:
    """The receipt of a file that comes now."""
    return Receipt(
        at=context.clock(),
        name=incoming.name,
        way=incoming.way,
        folder=incoming.folder,
        claimed_on=incoming.claimed_on,
    )


def hint_of(folder: str, forms: Mapping[str, Form]) -> str | None:
    """The form that a folder of the inbox is named after, the innermost first."""
    for name in reversed(folder.split("/")):
        for form in forms.values():
            if name == form.id or name in form.titles:
                return form.id
    return None


def _refuse(incoming: Incoming, context: Context) -> Received:
    """A file too large to be kept is set aside as it is."""
    error = ReadError("too-large", f"{incoming.path.stat().st_size} bytes")
    if incoming.remove:
        set_aside(
            context.settings.folder("inbox"),
            incoming.path,
            incoming.name,
            incoming.folder,
            error,
            at=context.clock(),
            move=True,
        )
    return Received(incoming, None, error)


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
