"""A workspace as an ordinary user has it: as root nothing is refused, so that nothing of this kind is seen."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.workspace import Workspace

OTHER = 65_534
"""Another user, whose files formflow may not touch unless their mode lets it."""

DROPPED = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
"""Root without capabilities: to the file system a user like any other."""


def can_be_ordinary() -> bool:
    """Whether a process can be started here to which the file system refuses something."""
    return not DROPPED or (
        shutil.which(DROPPED[0]) is not None
        and subprocess.run([*DROPPED, "true"], capture_output=True, check=False).returncode == 0
    )


class OrdinaryWorkspace(Workspace):
    """Commands run as an ordinary user."""

    command = (*DROPPED, *Workspace.command)


@contextmanager
def ordinary_workspace(folder: Path) -> Iterator[OrdinaryWorkspace]:
    """A workspace of an ordinary user; what was given to another one is given back at the end."""
    workspace = OrdinaryWorkspace(folder)
    try:
        yield workspace
    finally:
        if DROPPED:
            subprocess.run(["chown", "-R", "root", str(folder)], check=True)
