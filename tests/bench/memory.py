"""Memory of processes, sampled from /proc; and whether a recogniser's stays flat.

python -m tests.bench.memory [--pages 500] [--every 50]

reads that many pages in one recognition process, as `formflow process` does, and prints what it holds on the way.
Every page is another one: a handful of forms in every manner, each time degraded anew, because the runtime keeps
a plan for every shape of picture that it meets. A process is not replaced for the number of its pages here.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path


class Watcher:
    """Watches until stopped.

    Attributes:
        parent: Peak resident memory of the process, in MB; `worker` the largest of its children.
    """

    def __init__(self, pid: int) -> None:
        self.parent = 0.0
        self.worker = 0.0
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.05):
            self.parent = max(self.parent, _peak(self._pid))
            for pid in _children(self._pid):
                self.worker = max(self.worker, _peak(pid))


class TreeWatcher:
    """Watches processes and all that they start, until stopped.

    Args:
        roots: Asked at every look: the processes may change.
    Attributes:
        peak: Most resident memory that all of them held at one moment, in MB.
    """

    def __init__(self, roots: Callable[[], Sequence[int]]) -> None:
        self.peak = 0.0
        self._roots = roots
        self._used = {pid: [processor_seconds(pid)] * 2 for pid in roots()}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    @property
    def processor(self) -> float:
        """Seconds of processor time that the processes themselves used, also those that ended meanwhile."""
        return sum(last - first for first, last in self._used.values())

    def stop(self) -> None:
        self._done.set()
        self._thread.join()
        self._look()

    def _watch(self) -> None:
        while not self._done.wait(0.2):
            self._look()

    def _look(self) -> None:
        roots = self._roots()
        self.peak = max(self.peak, sum(resident(pid) for root in roots for pid in _family(root)))
        for pid in roots:
            first, last = self._used.get(pid, (0.0, 0.0))
            self._used[pid] = [first, max(last, processor_seconds(pid))]


def resident(pid: int) -> float:
    """Resident memory of a process now, in MB; 0 where there is none."""
    return _told(pid, "VmRSS:")


def processor_seconds(pid: int) -> float:
    """Processor time that a process has used; 0 where there is none."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, after_name[11:13])) / os.sysconf("SC_CLK_TCK")


def _peak(pid: int) -> float:
    return _told(pid, "VmHWM:")


def _told(pid: int, entry: str) -> float:
    """A number of kilobytes in the process' status, as MB."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(entry):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def _children(pid: int) -> set[int]:
    try:
        listed = [task / "children" for task in Path(f"/proc/{pid}/task").iterdir()]
        return {int(child) for path in listed for child in path.read_text().split()}
    except OSError:
        return set()


def _family(pid: int) -> Iterator[int]:
    yield pid
    for child in _children(pid):
        yield from _family(child)


# --- A long run -------------------------------------------------------------------------------

FLAT = 0.1
"""Share by which a process may have grown since a fifth of the pages to count as flat."""
_FORMS, _SEED = 6, 12


def long_run(pages: int, every: int) -> Iterator[str]:
    """A line after every so many pages, and one that judges."""
    from dataclasses import replace
    from itertools import islice

    from tests.bench.pages import MANNERS, printed, scanned

    from formflow.engine.scanning import Recognition
    from formflow.settings import Settings

    root = Path(__file__).resolve().parents[2]
    recognition = Recognition(replace(Settings(workspace=root), worker_jobs=pages + 1))
    held: dict[int, float] = {}
    replaced, last, began = 0, 0, time.monotonic()
    with tempfile.TemporaryDirectory(prefix="formflow-bench-") as scratch:
        home = Path(scratch)
        forms = printed(home / "made", _SEED, _FORMS)
        copies = -(-pages // (len(forms) * len(MANNERS)))
        try:
            for count, page in enumerate(islice(scanned(forms, home, _SEED, copies), pages), 1):
                recognition.pages(page.file, [0]).result()
                page.file.unlink()
                # One page at a time is in hand, so there is one process.
                [pid] = recognition.pool.pids or [0]
                replaced, last = replaced + (last not in (0, pid)), pid
                if count % every == 0 or count == pages:
                    held[count] = resident(pid)
                    peak, seconds = recognition.pool.worker_peak / 2**20, time.monotonic() - began
                    yield f"after {count:5d} pages   {held[count]:7.0f} MB, peak {peak:.0f} MB, {seconds:.0f} s"
        finally:
            recognition.close()
    yield judged(held, replaced)


def judged(held: dict[int, float], replaced: int) -> str:
    """Whether what a process holds has grown, by what it held after so many pages."""
    counts = sorted(held)
    start = next(count for count in counts if 5 * count >= counts[-1])
    growth = held[counts[-1]] - held[start]
    flat = "flat" if growth <= FLAT * held[start] and not replaced else "NOT flat"
    return (
        f"{flat}: {growth:+.0f} MB between page {start} and page {counts[-1]}"
        f" (flat is ≤ {FLAT:.0%}), the process was replaced {replaced} times"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--every", type=int, default=50)
    given = parser.parse_args()
    for line in long_run(given.pages, given.every):
        print(line, flush=True)


if __name__ == "__main__":
    main()
