"""The inbox's own check of what is complete, for whoever comes once and cannot watch over scans."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from formflow.errors import FormflowError
from formflow.intake.ends import looks_cut_off
from formflow.intake.inbox import CUT_OFF_SECONDS, Fingerprint, being_written
from formflow.messages import Bilingual
from formflow.messages import intake as messages
from formflow.pipeline.leases import Writers, open_file, writers_of


@dataclass(frozen=True, slots=True)
class _Look:
    fingerprint: Fingerprint
    writers: Writers
    cut_off: bool
    age: float


class Settled:
    """Looks at files twice where once does not tell: when it is made, and when it is asked.

    A file that nobody holds open for writing, which the system tells, and that has not changed for as long as
    it must stand still needs no second look. Its age is that of its last change as the disk wrote it down, which
    no copier sets back.

    Args:
        paths: Files of the inbox.
        still_seconds: How long a file must stand still.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        still_seconds: float,
        *,
        wall: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._still = still_seconds
        self._wall = wall
        self._sleep = sleep
        self._begun = wall()
        self._first = {path: self._look(path) for path in paths}

    def results(self) -> dict[Path, Fingerprint | FormflowError | None]:
        """For each file the state it is complete in, why it is not, or None where it cannot be opened."""
        waits = [look for look in self._first.values() if look is not None and self._must_wait(look)]
        if waits:
            self._sleep(max(0.0, self._begun + self._still - self._wall()))
        return {path: self._judge(path, look) for path, look in self._first.items()}

    def _must_wait(self, look: _Look) -> bool:
        if look.writers is Writers.NONE:
            return look.age < self._still
        return look.writers is Writers.UNKNOWN

    def _judge(self, path: Path, first: _Look | None) -> Fingerprint | FormflowError | None:
        last = first
        if first is not None and self._must_wait(first):
            last = self._look(path)
        if first is None or last is None:
            return None
        if last.writers is Writers.SOME:
            return being_written()
        if last.fingerprint != first.fingerprint:
            return _incomplete(messages.STILL_CHANGING())
        if last.cut_off and last.age < CUT_OFF_SECONDS:
            return _incomplete(messages.LOOKS_CUT_OFF())
        return last.fingerprint

    def _look(self, path: Path) -> _Look | None:
        try:
            descriptor = open_file(path)
        except OSError:  # whoever takes it will say why
            return None
        try:
            writers = writers_of(descriptor)
            status = os.fstat(descriptor)
            cut_off = writers is not Writers.SOME and looks_cut_off(descriptor)
            now = self._wall()
            return _Look(Fingerprint.of(status), writers, cut_off, _age(status, now))
        except OSError:
            return None
        finally:
            os.close(descriptor)


def _age(status: os.stat_result, now: float) -> float:
    """Seconds since the last change; a change that is to come has just been, unless the clock is quite wrong."""
    changed = max(status.st_ctime, status.st_mtime if status.st_mtime <= now else 0.0)
    return max(0.0, now - changed) if changed < now + _A_DAY else float("inf")


_A_DAY = 86_400.0


def _incomplete(said: Bilingual) -> FormflowError:
    return FormflowError(said, code="incomplete", remedy=messages.PROCESS_AGAIN())
