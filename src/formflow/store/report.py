"""What a verification found: a value, so that the command, the desk and the tests read the same one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is not as it was left.

    Attributes:
        code: Stable and short (`gap`, `entry-changed`, `bag-lost`).
        subject: What it is about: a number, an audit line, a path.
        message: In Chinese, complete; `english` the same in English.
    """

    code: str
    subject: str
    message: str
    english: str


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

    def summary(self, lang: str = "zh") -> str:
        """A line that says all is well, or a heading and one line a problem; below it notes and the chain's head."""
        chinese = lang.startswith("zh")
        if chinese:
            counts = f"{self.subject}：已核对 {self.checked} 件"
            counts += f"，其中作废 {self.voids} 件" if self.voids else ""
            counts += f"，待制作 {self.unmade} 件" if self.unmade else ""
        else:
            counts = f"{self.subject}: {self.checked} checked"
            counts += f", {self.voids} void" if self.voids else ""
            counts += f", {self.unmade} still to be made" if self.unmade else ""
        if self.ok:
            lines = [f"{counts}，完好。" if chinese else f"{counts}, all sound."]
        else:
            found = len(self.problems) + self.more
            lines = [f"{counts}，发现 {found} 处问题：" if chinese else f"{counts}, {found} problems:"]
        lines += [
            f"  {p.subject}：{p.message}" if chinese else f"  {p.subject}: {p.english}" for p in self.problems
        ]
        if self.more:
            lines.append(f"  …… 另有 {self.more} 处" if chinese else f"  … and {self.more} more")
        lines += [f"  · {p.message}" if chinese else f"  · {p.english}" for p in self.notes]
        if self.head:
            lines.append(
                f"  审计链末行 {self.head}" if chinese else f"  head of the audit chain: {self.head}"
            )
        return "\n".join(lines)


class Problems:
    """Collects problems up to a limit, so that a wholly broken register does not fill the memory."""

    def __init__(self, limit: int = 1000) -> None:
        self._limit = limit
        self._kept: list[Problem] = []
        self.more = 0

    def add(self, code: str, subject: str, message: str, english: str) -> None:
        self.take(Problem(code=code, subject=subject, message=message, english=english))

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
