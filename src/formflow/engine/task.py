"""A job on its way through the pool, and the errors of one that came to nothing."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from formflow.errors import FormflowError, MachineError
from formflow.messages import Bilingual
from formflow.messages import engine as messages

WALL = 10.0
"""A job may take so many times its processor time by the clock on the wall: a busy machine gives it a tenth at times."""


class WorkerLost(FormflowError):
    """A worker process died, or ran past its deadline, with a job in hand.

    Attributes:
        code: `timeout` where the job used up its processor time, `stalled` where it took far longer without using it,
            or `crashed`.
    """


def closed() -> WorkerLost:
    """The pool ended before the job was done."""
    return WorkerLost(messages.POOL_CLOSED(), code="closed")


def out_of_order(said: Bilingual, *, code: str = "machine") -> MachineError:
    """The machine lets no work be done: no file is to blame, and all of them wait."""
    return MachineError(said, code=code, remedy=messages.FILE_IS_TRIED_AGAIN())


@dataclass(slots=True, eq=False)
class Task:
    """A job on its way: what to do, how long it may take, who waits for it.

    Attributes:
        seconds, wall: Processor time, and time by the clock on the wall.
        before: Processor time that its worker had used when it took the job up.
    """

    job: Any
    seconds: float
    wall: float
    future: Future[Any] = field(default_factory=Future)
    tries: int = 0
    began: float = 0.0
    before: float = 0.0
