"""Run by test_full_disk.py in a mount namespace of its own: a small disk, then a larger one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.support.workspace import Workspace

DISK = Path("/mnt")


def main(forms: Path) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2500k", "tmpfs", str(DISK)], check=True)
    workspace = Workspace(DISK / "office")
    files = sorted(forms.iterdir())
    statuses = []
    for start in range(0, len(files), 20):
        try:
            workspace.drop(files[start : start + 20])
        except OSError:  # the clerk's own copy did not fit either
            for file in workspace.inbox.iterdir():
                if file.name != "README.md" and file.stat().st_size != (forms / file.name).stat().st_size:
                    file.unlink()
        statuses.append(workspace.run("process", str(workspace.inbox), "--json"))
    print("statuses", statuses)
    assert 6 in statuses, "the disk never was full"
    subprocess.run(["mount", "-o", "remount,size=200m", str(DISK)], check=True)
    for file in files:
        if not (workspace.inbox / file.name).exists():
            workspace.drop([file])
    workspace.run("process", str(workspace.inbox), "--json")
    assert workspace.assert_whole(files) >= len(files)
    print("whole")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
