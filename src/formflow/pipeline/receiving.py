"""Receipt: the original is durable and its row committed before anything else happens to the file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.errors import FormflowError, ReadError, StoreError
from formflow.messages import NOTHING
from formflow.messages import pipeline as messages
from formflow.model import Receipt
from formflow.pipeline.context import Context
from formflow.pipeline.leases import Writers, unwritten
from formflow.pipeline.quarantine import set_aside
from formflow.pipeline.undeletable import State, Staying, state_of
from formflow.store.objects import MACHINE, out_of_resources

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
    """What became of an incoming file.

    Attributes:
        submission: What it is from now on; None where it was not taken.
        error: Why it was refused.
        stays: Why it lies in the inbox still: it was not taken, or is taken and cannot be removed.
    """

    incoming: Incoming
    submission: Submission | None = None
    error: FormflowError | None = None
    stays: FormflowError | None = None


def receive(batch: Sequence[Incoming], context: Context) -> list[Received]:
    """Take files in: originals first, then their rows in one transaction, then the inbox is cleared.

    A file that changed while it was copied is left for the next scan, as is one that somebody holds open for
    writing or that has vanished. What is wrong with one file is that file's, and the others are taken.

    Raises:
        StoreError: Disk or database refuse; every file that has no row is still where it was.
    """
    received: dict[int, Received] = {}
    kept: list[tuple[Incoming, str, State]] = []
    forms = context.forms  # loaded before the transaction, in which nobody else can write
    for incoming in batch:
        copied = _copied(incoming, context)
        if isinstance(copied, Received):
            received[id(incoming)] = copied
        else:
            kept.append((incoming, *copied))
    if kept:
        with context.write_order.turn(""), context.store.database.begin() as conn:
            for incoming, digest, before in kept:
                submission = context.store.submissions.receive(
                    digest,
                    before[1],
                    receipt_of(incoming, context),
                    hint=incoming.hint or hint_of(incoming.folder, forms),
                    again=incoming.again,
                    conn=conn,
                )
                received[id(incoming)] = Received(incoming, submission)
    for incoming, _, before in kept:
        stays = _removed(incoming.path, before, context) if incoming.remove else None
        if stays is not None:
            received[id(incoming)] = replace(received[id(incoming)], stays=stays)
    return [received[id(incoming)] for incoming in batch]


def _copied(incoming: Incoming, context: Context) -> Received | tuple[str, State]:
    """The digest of a file's kept copy and the state it was in; or why there is none."""
    before = state_of(incoming.path)
    if before is not None:
        if incoming.state is not None and incoming.state != before:
            return Received(incoming, stays=_changed())
        if incoming.remove and Staying(context.settings.workspace).has(incoming.path, before):
            return Received(incoming, stays=_undeletable("", incoming.path))
        if before[1] > context.settings.limits.max_bytes:
            return _refuse(incoming, before[1], context)
    try:
        if incoming.remove:
            with unwritten(incoming.path) as (_, writers):
                if writers is Writers.SOME:
                    return Received(incoming, stays=_changed())
        digest = context.store.objects.put_file(incoming.path)
        size = context.store.objects.size(digest)
    except FileNotFoundError:
        if not os.path.lexists(incoming.path):
            return Received(incoming, stays=_changed())
        return Received(incoming, error=ReadError("unreadable", "a link to nowhere"))
    except ReadError as error:
        return Received(incoming, error=error)
    except OSError as error:
        if error.errno in MACHINE:
            raise out_of_resources(error) from error
        return Received(incoming, error=ReadError("unreadable", error.strerror or str(error)))
    if before is None or state_of(incoming.path) != before or size != before[1]:
        return Received(incoming, stays=_changed())
    return digest, before


def _removed(path: Path, before: State, context: Context) -> FormflowError | None:
    """Take a file that is safe out of the inbox; why not, where it stays.

    A file that changed meanwhile, or that somebody holds open for writing, has more to come: it stays and will be
    taken as it is then. Where the system lets it, nobody can begin to write between that look and the removal.
    """
    try:
        with unwritten(path) as (_, writers):
            if writers is Writers.SOME or state_of(path) != before:
                return _changed()
            path.unlink(missing_ok=True)
    except FileNotFoundError:
        return None
    except OSError as error:
        Staying(context.settings.workspace).add(path, before)
        return _undeletable(error.strerror or str(error), path)
    return None


def _changed() -> FormflowError:
    return FormflowError(messages.STILL_CHANGING(), code="incomplete", remedy=messages.PROCESS_AGAIN())


def _undeletable(reason: str, path: Path) -> FormflowError:
    why = messages.BECAUSE(why=reason) if reason else NOTHING
    return FormflowError(
        messages.NOT_REMOVED(why=why),
        code="undeletable",
        remedy=messages.REMOVE_IT_YOURSELF(name=path.name, parent=path.parent),
    )


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


def _refuse(incoming: Incoming, size: int, context: Context) -> Received:
    """A file too large to be kept is set aside as it is."""
    error = ReadError("too-large", f"{size} bytes")
    stays = None
    if incoming.remove:
        try:
            set_aside(
                context.settings.folder("inbox"),
                incoming.path,
                incoming.name,
                incoming.folder,
                error,
                at=context.clock(),
                move=True,
            )
        except StoreError as caught:
            stays = caught
    return Received(incoming, error=error, stays=stays)
