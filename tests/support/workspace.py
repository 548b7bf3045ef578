"""A workspace that real processes work in, and what must hold of it afterwards."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from formflow.archive.bag import whole_files
from formflow.archive.fetch import Holdings
from formflow.model import RecordState
from formflow.pipeline.context import open_store
from formflow.settings import Settings, load_settings
from formflow.store.originals import Submission
from formflow.store.store import Store
from formflow.store.tables import submissions
from formflow.workspace import lay_out


class Workspace:
    """A workspace on disk.

    Attributes:
        command: The command and what stands before it.
    """

    command: tuple[str, ...] = (sys.executable, "-m", "formflow")

    def __init__(self, folder: Path) -> None:
        lay_out(folder)
        self.folder = folder
        self.inbox = folder / "inbox"

    @property
    def settings(self) -> Settings:
        return load_settings(self.folder, {})

    def start(self, *arguments: str, **environ: str) -> subprocess.Popen[bytes]:
        """Start the command in a process of its own."""
        with (self.folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                [*self.command, "--workspace", str(self.folder), *arguments],
                stdout=log,
                stderr=log,
                env={
                    **os.environ,
                    "FORMFLOW_LANG": "en",
                    "FORMFLOW_WORKERS": "2",
                    "FORMFLOW_SCAN_SECONDS": "0.2",
                    **environ,
                },
            )

    def run(self, *arguments: str, **environ: str) -> int:
        """Run the command to its end; its exit status."""
        return self.start(*arguments, **environ).wait(timeout=120)

    def log(self) -> str:
        path = self.folder / "log.txt"
        return path.read_text(errors="replace") if path.exists() else ""

    def drop(self, files: Iterable[Path]) -> None:
        """Copy files into the inbox."""
        for file in files:
            shutil.copyfile(file, self.inbox / file.name)

    def assert_whole(self, files: Iterable[Path]) -> int:
        """Every file accounted for, numbers 1..n once each, originals byte-identical; the number of entries."""
        settings = self.settings
        with closing(open_store(settings)) as store:
            entries = [listed.entry for listed in store.register.list(limit=100_000)]
            serials: dict[tuple[str, int], list[int]] = defaultdict(list)
            for entry in entries:
                serials[entry.series, entry.year].append(entry.serial)
            for book, given in serials.items():
                assert list(range(1, len(given) + 1)) == sorted(given), book
            by_digest = defaultdict(list)
            for entry in entries:
                by_digest[entry.digest].append(entry)
            for file in files:
                content = file.read_bytes()
                digest = hashlib.sha256(content).hexdigest()
                submission = primary(store, digest)
                assert submission is not None, f"{file.name} was lost"
                assert "done" == submission.state, f"{file.name}: {submission.state}"
                assert content == store.objects.path(digest).read_bytes()
                records = store.records.of(submission.id)
                assert records, f"{file.name} has no records"
                assert {RecordState.REGISTERED} == {record.state for record in records}
                assert len(records) == len(by_digest[digest]), file.name
                for entry in by_digest[digest]:
                    (mark,) = store.archives.of(entry.number)
                    bag = settings.folder("archive") / mark.path
                    held = whole_files(bag, Holdings(settings.folder("archive")))
                    (original,) = (path for name, path in held.items() if name.startswith("data/original/"))
                    assert content == original.read_bytes()
            assert () == store.submissions.pending()
            assert () == store.archives.unmade()
        assert 0 == self.run("register", "verify"), self.log()
        assert 0 == self.run("archive", "verify"), self.log()
        left = [path for path in self.inbox.rglob("*") if path.is_file() and path.name != "README.md"]
        assert [] == left
        return len(entries)


def wait_for(
    condition: Callable[[], object],
    process: subprocess.Popen[bytes],
    workspace: Workspace,
    within: float = 60.0,
) -> None:
    """Wait for a condition while the process lives."""
    until = time.monotonic() + within
    while not condition():
        assert process.poll() is None and time.monotonic() < until, workspace.log()
        time.sleep(0.05)


def wait_until_idle(workspace: Workspace, process: subprocess.Popen[bytes], within: float = 120.0) -> None:
    """Wait until the inbox is empty and nothing is pending."""
    until = time.monotonic() + within
    with closing(open_store(workspace.settings)) as store:
        while time.monotonic() < until:
            assert process.poll() is None, workspace.log()
            left = [path for path in workspace.inbox.iterdir() if path.name != "README.md"]
            if not left and not store.submissions.pending():
                return
            time.sleep(0.1)
    raise AssertionError(workspace.log())


def children(pid: int) -> list[int]:
    """Process ids of the living children of a process."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def gone(pid: int, within: float = 10.0) -> bool:
    """Whether a process ends within some seconds."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def primary(store: Store, digest: str) -> Submission | None:
    """The first submission of these bytes."""
    first = submissions.c.duplicate_of.is_(None)
    with store.database.read() as conn:
        id = conn.execute(select(submissions.c.id).where(submissions.c.digest == digest, first)).scalar()
    return None if id is None else store.submissions.get(id)
