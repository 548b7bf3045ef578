"""What a verification found: a value, so that the command, the desk and the tests read the same one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from formflow.messages import Bilingual, lines, parted
from formflow.messages import store as messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is not as it was left.

    Attributes:
        code: Stable and short (`gap`, `entry-changed`, `bag-lost`).
        subject: What it is about: a number, an audit line, a path.
        said: What is so, complete.
    """

    code: str
    subject: str
    said: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of a verification.

    Attributes:
        subject: What was verified (`XKH-2026`, `archive`).
        checked: How many things were looked at (entries, bags).
        voids: How many of the entries are void; no problem, but said.
        unmade: How many archive copies are still to be made; work, not a problem.
        problems: In the order met; at most `limit` of the verifying call are kept, `more` counts the rest.
        notes: What is worth knowing and no problem: a clock that was set back.
        head: Number and hash of the chain's last line; empty where no chain was followed.
    """

    subject: str
    checked: int
    problems: tuple[Problem, ...] = ()
    voids: int = 0
    unmade: int = 0
    more: int = 0
    notes: tuple[Problem, ...] = ()
    head: str = ""

    @property
    def ok(self) -> bool:
        return not self.problems and not self.more

    def summary(self) -> Bilingual:
        """A line that says all is well, or a heading and one line a problem; below it notes and the chain's head."""
        counts = [messages.CHECKED(subject=self.subject, count=self.checked)]
        counts += [messages.VOIDS(count=self.voids)] if self.voids else []
        counts += [messages.UNMADE(count=self.unmade)] if self.unmade else []
        told = parted(counts)
        count = len(self.problems) + self.more
        found = [messages.SOUND(counts=told) if self.ok else messages.PROBLEMS(counts=told, count=count)]
        found += [messages.PROBLEM(subject=p.subject, said=p.said) for p in self.problems]
        found += [messages.MORE_PROBLEMS(count=self.more)] if self.more else []
        found += [messages.NOTE(said=p.said) for p in self.notes]
        found += [messages.CHAIN_HEAD(head=self.head)] if self.head else []
        return lines(found)


class Problems:
    """Collects problems up to a limit, so that a wholly broken register does not fill the memory."""

    def __init__(self, limit: int = 1000) -> None:
        self._limit = limit
        self._kept: list[Problem] = []
        self.more = 0

    def add(self, code: str, subject: str, said: Bilingual) -> None:
        self.take(Problem(code=code, subject=subject, said=said))

    def take(self, problem: Problem) -> None:
        """Add a problem that was made elsewhere."""
        if len(self._kept) < self._limit:
            self._kept.append(problem)
        else:
            self.more += 1

    def extend(self, report: Report) -> None:
        """Take over what another verification found."""
        for problem in report.problems:
            self.take(problem)
        self.more += report.more

    @property
    def kept(self) -> tuple[Problem, ...]:
        return tuple(self._kept)

    def codes(self) -> Iterable[str]:
        return (problem.code for problem in self._kept)
