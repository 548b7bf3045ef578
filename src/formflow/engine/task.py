"""A job on its way through the pool, and the errors of one that came to nothing."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from formflow.errors import Bilingual, FormflowError, MachineError

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
    return WorkerLost(Bilingual("工作进程已经停止", "the worker pool is closed"), code="closed")


def out_of_order(chinese: str, english: str, *, code: str = "machine") -> MachineError:
    """The machine lets no work be done: no file is to blame, and all of them wait."""
    return MachineError(
        Bilingual(chinese, english),
        code=code,
        remedy=Bilingual(
            "文件保留为“已接收”，稍后自动重试；如持续出现请用 formflow doctor 检查本机",
            "the file stays received and is tried again; if it goes on, look at this machine with formflow doctor",
        ),
    )


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
