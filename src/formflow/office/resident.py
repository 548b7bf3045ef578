"""A resident office process that conversions are handed to, and the process group that ends it whatever happens.

A second `soffice` on the same profile does not start an office: it hands its command line to the one that
runs and waits until that is done. That takes a tenth of a second where a cold start takes one. An empty
document, kept open, is what makes the resident stay when a conversion is over.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from formflow.office.clock import WIDER, processor_seconds
from formflow.office.leftovers import PREFIX, sign
from formflow.office.profile import write_profile

_FLAGS = ("--headless", "--norestore", "--nologo", "--nofirststartwizard", "--nolockcheck")
_KEPT_OPEN = "kept-open.txt"
_LOCK = f".~lock.{_KEPT_OPEN}#"
"""The office writes it beside a document once that is open: from then on a conversion does not end it."""

_SETTLED_SECONDS = 6.0
"""An office that listens for so long has its document open, whether it writes locks or not."""

_MEMORY_KIB = 768 * 1024
"""Memory the office may ask for; about 100 MB are its own."""

_FILE_BLOCKS = 512 * 2048
"""Largest file it may write, in blocks of 512 bytes."""

# The office is the head of a process group of its own. Limits of this process's sandbox are for files, not for an
# office that stays: processor time goes back to the hard limit, memory and file size get bounds of their own. It
# starts once it is told to, which is after its watch has been set: nothing runs that nobody would end.
_OFFICE = f"""
ulimit -c 0
ulimit -S -t "$(ulimit -H -t)"
ulimit -S -d {_MEMORY_KIB} 2>/dev/null || ulimit -S -d "$(ulimit -H -d)"
ulimit -S -f {_FILE_BLOCKS} 2>/dev/null
read -r go || exit 1
exec "$@" </dev/null
"""

# A watch holds the reading end of a pipe whose other end only this process has. When this process ends, however
# that happens, the watch reads the end of the pipe, kills the group and clears up. There are two, for one may be
# killed; where all are, the next start clears up (see `leftovers`).
_WATCH = """
read -r _
kill -s KILL -- "-$1" 2>/dev/null
rm -rf "$2" "/tmp/$3" "/var/tmp/$3"
"""

_WATCHES = 2

_SOCKETS = ("/tmp", "/var/tmp")  # noqa: S108 - where the office itself puts them


@dataclass(frozen=True, slots=True)
class Handed:
    """How a command line that was handed over ended.

    Attributes:
        killed: Whether the command was killed, or found nobody to hand over to.
        processor: Processor time that it had taken when its time was over; None where that is not known.
        wall: Time on the wall then.
    """

    in_time: bool
    killed: bool = False
    processor: float | None = None
    wall: float = 0.0


class Resident:
    """One office process with a scratch folder of its own.

    Args:
        program: The `soffice` command.
    """

    def __init__(self, program: Path) -> None:
        self._program = program
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        sign(self.folder)
        self._temp = self.folder / "tmp"
        self._temp.mkdir()
        profile = self.folder / "profile"
        write_profile(profile)
        (self.folder / _KEPT_OPEN).touch()
        self._profile = profile.as_uri()
        self._begun = time.monotonic()
        self._is_ready = False
        self._environment = {
            **{key: value for key, value in os.environ.items() if key not in _UNWANTED},
            "SAL_USE_VCLPLUGIN": "svp",
            "TMPDIR": str(self._temp),  # what it leaves there when it is killed goes with the folder
        }
        self._office = self._shell(_OFFICE, *self._command(_KEPT_OPEN))
        self._watches: list[subprocess.Popen[bytes]] = []
        self._mind_watches()
        if self._office.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._office.stdin.write(b"go\n")
                self._office.stdin.close()

    def _mind_watches(self) -> None:
        """Set the watches, or set anew one that somebody killed."""
        dead = [watch for watch in self._watches if watch.poll() is not None]
        self._watches = [watch for watch in self._watches if watch not in dead]
        for watch in dead:
            _close(watch)
        while len(self._watches) < _WATCHES:
            what = str(self._office.pid), str(self.folder), self._socket_name()
            self._watches.append(self._shell(_WATCH, *what))

    def _shell(self, script: str, *arguments: str) -> subprocess.Popen[bytes]:
        """A shell at the head of a process group of its own, at the other end of a pipe."""
        return subprocess.Popen(  # noqa: S603 - our own script, the user's office
            ["/bin/sh", "-c", script, "formflow-office", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            cwd=self.folder if script is _OFFICE else "/",
            process_group=0,
        )

    @property
    def pid(self) -> int:
        """Id of the process at the head of its group."""
        return self._office.pid

    def ready(self, seconds: float) -> bool:
        """Wait until it takes conversions; False when it has not begun to within that time."""
        if self._is_ready:
            return True
        begun = time.monotonic()
        listens_since = None
        while (now := time.monotonic()) < begun + seconds:
            if self.listens():
                listens_since = listens_since or now
                if (self.folder / _LOCK).exists() or now > listens_since + _SETTLED_SECONDS:
                    self._is_ready = True
                    return True
            elif self._office.poll() is not None:
                return False
            time.sleep(0.02)
        return False

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self._begun

    def is_alive(self) -> bool:
        """Whether it runs: listening, or still on its way there."""
        return self.listens() if self._is_ready else self._office.poll() is None

    def listens(self) -> bool:
        """Whether it runs and can be handed something."""
        return any(_connects(f"{folder}/{self._socket_name()}") for folder in _SOCKETS)

    def hand(self, arguments: Sequence[str], *, seconds: float) -> Handed:
        """Hand it a command line and wait until that is done.

        The command that hands it over joins the same process group, so that it ends with it.

        Args:
            seconds: Processor time that it may take, of the office and of the command; `WIDER` times as long on
                the wall. Where the system does not tell processor time, the wall's is all there is.
        """
        self._mind_watches()
        begun, before = time.monotonic(), processor_seconds(self._office.pid)
        try:
            process = subprocess.Popen(  # noqa: S603 - the user's office
                self._command(*arguments),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=self._environment,
                cwd=self.folder,
                process_group=self._office.pid,
            )
        except (ProcessLookupError, PermissionError):  # the group is gone
            return Handed(in_time=True, killed=True)
        patience = seconds
        while True:
            try:
                status = process.wait(max(patience, 0.0))
                return Handed(in_time=True, killed=status < 0 or status > 128)
            except subprocess.TimeoutExpired:
                wall = time.monotonic() - begun
                spent = self._spent_since(before, process.pid)
                if spent is None or spent >= seconds or wall >= WIDER * seconds:
                    process.kill()
                    process.wait()
                    return Handed(in_time=False, processor=spent, wall=wall)
                patience = max(min(seconds - spent, WIDER * seconds - wall), 0.05)

    def _spent_since(self, before: float | None, command: int) -> float | None:
        if before is None:
            return None
        office = processor_seconds(
            self._office.pid
        )  # None where it was killed: then the command is one itself
        return (office or before) - before + (processor_seconds(command) or 0.0)

    def end(self) -> None:
        """Kill the whole group, by its id, and clear up."""
        # The watches go first: they would kill by an id that may belong to somebody else by then.
        for watch in self._watches:
            watch.kill()
            watch.wait()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._office.pid, signal.SIGKILL)
        self._office.wait()
        for watch in self._watches:
            _close(watch)
        shutil.rmtree(self.folder, ignore_errors=True)
        for folder in _SOCKETS:
            with contextlib.suppress(OSError):
                Path(folder, self._socket_name()).unlink()

    def _command(self, *arguments: str) -> list[str]:
        return [str(self._program), f"-env:UserInstallation={self._profile}", *_FLAGS, *arguments]

    def _socket_name(self) -> str:
        """The name under which the office of a profile listens: LibreOffice derives it from the profile's URL."""
        digest = hashlib.md5(self._profile.encode("utf-16-le"), usedforsecurity=False).digest()
        # Each byte without a leading zero: so it is written there.
        return f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_" + "".join(f"{byte:x}" for byte in digest)


_UNWANTED = frozenset(("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PYTHONPATH", "PYTHONHOME"))


def _close(watch: subprocess.Popen[bytes]) -> None:
    if watch.stdin is not None:
        with contextlib.suppress(OSError):
            watch.stdin.close()


def _connects(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(path)
        except OSError:
            return False
        return True
