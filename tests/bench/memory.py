"""Peak memory of a process and of its children, sampled from /proc."""

from __future__ import annotations

import threading
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
            children = Path(f"/proc/{self._pid}/task/{self._pid}/children")
            tasks = Path(f"/proc/{self._pid}/task")
            try:
                listed = [task / "children" for task in tasks.iterdir()]
                pids = {pid for path in listed for pid in path.read_text().split()}
            except OSError:
                pids = set(children.read_text().split()) if children.exists() else set()
            for pid in pids:
                self.worker = max(self.worker, _peak(int(pid)))


def _peak(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0
