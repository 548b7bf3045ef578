"""Conversions: bytes of one format in, bytes of another out, or a `ReadError` that says why not."""

from __future__ import annotations

import atexit
import shutil
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from formflow.errors import ReadError
from formflow.office.filters import target
from formflow.office.leftovers import sweep
from formflow.office.program import find_soffice
from formflow.office.resident import Handed, Resident

START_SECONDS = 120.0
"""A cold start takes about a second; a busy machine is given time, over several files where one has too little."""

_START_SHARE = 2
"""A file waits for the start so many times its own processor time."""

IDLE_SECONDS = 120.0
"""After so long without work the office is ended; it holds about 200 MB."""

RECYCLE_FILES = 200
"""Conversions after which a fresh office takes over."""


def available() -> bool:
    """Whether there is a LibreOffice on this machine."""
    return find_soffice() is not None


class NotReady(ReadError):
    """The office has not started: it was never handed the file. That is the machine's fault, never the file's."""


class OfficeLost(ReadError):
    """The office ended, or was killed, with the file in hand: whose fault that is only another try can tell."""


class Converter:
    """A converter that starts its office when it is first needed and replaces one that fails.

    Threads may share it; they take turns.

    Args:
        program: The `soffice` command; None looks for it.
        idle_seconds: Time without work after which the office is ended.
    """

    def __init__(self, program: Path | None = None, *, idle_seconds: float = IDLE_SECONDS) -> None:
        self._program = program
        self._idle_seconds = idle_seconds
        self._lock = threading.RLock()
        self._resident: Resident | None = None
        self._timer: threading.Timer | None = None
        self._done = 0

    def convert(self, data: bytes, suffix: str, to: str, *, seconds: float, options: str = "") -> bytes:
        """One file's bytes in another format.

        Args:
            data: The file.
            suffix: Its format by content, without the dot (`doc`, `rtf`, `xls`).
            to: The format wanted (`docx`, `xlsx`, `pdf`).
            seconds: Processor time for the file, with a wider clock on the wall; the start of the office, where it
                does not run yet, is not part of it.
            options: Options of the export filter (see `filters.PDF_A_2B`).
        Raises:
            NotReady: The office took longer to start; another try finds it further on.
            OfficeLost: It ended over the file, or was killed; one more try is worth its time.
            ReadError: `no-office` without LibreOffice, `timeout`, or `corrupt` when nothing came of it.
        """
        result = self.convert_all([(data, suffix)], to, seconds=seconds, options=options)[0]
        if isinstance(result, ReadError):
            raise result
        return result

    def convert_all(
        self, files: Sequence[tuple[bytes, str]], to: str, *, seconds: float, options: str = ""
    ) -> list[bytes | ReadError]:
        """Several files, handed over together where they are of one family; arguments as of `convert`.

        Args:
            seconds: Processor time for each file.
        Returns:
            For each file its bytes, or why there are none; a file that fails does not keep the others.
        Raises:
            NotReady: As of `convert`.
            ReadError: `no-office` without LibreOffice.
        """
        with self._lock:
            return self._convert_all(files, to, seconds, options)

    @property
    def pid(self) -> int | None:
        """Id of the office's process group; None while none runs."""
        return self._resident.pid if self._resident is not None else None

    def close(self) -> None:
        """End the office; the next conversion starts another."""
        with self._lock:
            self._stop_timer()
            if self._resident is not None:
                self._resident.end()
                self._resident = None

    def __enter__(self) -> Converter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- with the lock held -----------------------------------------------------------------------

    def _convert_all(
        self, files: Sequence[tuple[bytes, str]], to: str, seconds: float, options: str
    ) -> list[bytes | ReadError]:
        self._stop_timer()
        results: dict[int, bytes | ReadError] = {}
        by_target: dict[str, list[int]] = {}
        for place, (_, suffix) in enumerate(files):
            by_target.setdefault(target(suffix, to, options), []).append(place)
        for wanted, places in by_target.items():
            sources = {place: files[place] for place in places}
            results |= self._hand(sources, wanted, to, seconds)
        if self._done >= RECYCLE_FILES:
            self.close()
        elif self._resident is not None:
            self._timer = threading.Timer(self._idle_seconds, self.close)
            self._timer.daemon = True
            self._timer.start()
        return [results[place] for place in range(len(files))]

    def _hand(
        self, sources: dict[int, tuple[bytes, str]], wanted: str, to: str, seconds: float
    ) -> dict[int, bytes | ReadError]:
        """Convert files by one command; where that fails for several, each by itself."""
        resident = self._running(_START_SHARE * seconds)
        work = resident.folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        out = work / "out"
        out.mkdir(parents=True)
        names = {}
        for place, (data, suffix) in sources.items():
            path = work / f"{place}.{suffix}"
            path.write_bytes(data)
            names[place] = str(path)
        handed = resident.hand(
            ["--convert-to", wanted, "--outdir", str(out), *names.values()], seconds=seconds * len(sources)
        )
        found = {place: _bytes(out / f"{place}.{to}") for place in sources} if handed.in_time else {}
        alive = handed.in_time and resident.listens()
        self._done += len(sources)
        shutil.rmtree(work, ignore_errors=True)
        if not alive:
            self.close()  # It hangs or has crashed: the next file gets another.
        missing = [place for place in sources if not found.get(place)]
        if missing and len(sources) > 1:
            alone: dict[int, bytes | ReadError] = {}
            for place in missing:
                alone |= self._hand({place: sources[place]}, wanted, to, seconds)
            return {**found, **alone}
        failure = _failure(handed, alive, seconds, to)
        return {place: found.get(place) or failure for place in sources}

    def _running(self, seconds: float) -> Resident:
        """The office, ready for a file within that time; one that needs longer is left to start."""
        if self._resident is not None and not self._resident.is_alive():
            self.close()
        if self._resident is None:
            program = self._program or find_soffice()
            if program is None:
                raise ReadError("no-office", "LibreOffice is not installed")
            _sweep_once()
            self._resident, self._done = Resident(program), 0
        if self._resident.ready(seconds):
            return self._resident
        if self._resident.is_alive() and self._resident.age < START_SECONDS:
            raise NotReady("timeout", f"the office converter had not started after {seconds:g} s")
        self.close()
        raise NotReady("crashed", f"the office converter did not start within {START_SECONDS:g} s")

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


_sweep_once = lru_cache(maxsize=1)(sweep)
"""What earlier processes left is cleared away before the first office of this one starts."""

_shared: Converter | None = None
_shared_lock = threading.Lock()


def shared() -> Converter:
    """This process's own converter; it ends with the process."""
    global _shared
    with _shared_lock:
        if _shared is None:
            _shared = Converter()
            atexit.register(_shared.close)
        return _shared


def _failure(handed: Handed, alive: bool, seconds: float, to: str) -> ReadError:
    """Why nothing came of a file."""
    if handed.in_time and (handed.killed or not alive):
        return OfficeLost("crashed", "the office converter ended over the file")
    if handed.in_time:
        return ReadError("corrupt", f"the office converter made no {to} of it")
    if handed.processor is None:
        return ReadError("timeout", f"the office converter took longer than {seconds:g} s")
    if handed.processor >= seconds:
        return ReadError("timeout", f"the office converter took more than {seconds:g} s of processor time")
    return ReadError(
        "timeout",
        f"the office converter had not finished after {handed.wall:.0f} s,"
        f" though it took only {handed.processor:.1f} s of processor time: it hangs, or the machine is very busy",
    )


def _bytes(path: Path) -> bytes:
    """What lies there; empty where nothing does."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
