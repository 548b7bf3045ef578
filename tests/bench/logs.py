"""What a row of a log costs in time and space, by the length of the log: `formflow process` in one run.

python -m tests.bench.logs [--rows 100 1000 10000] [--kinds csv xlsx]

The aim is a flat cost: the last length costs at most 1.2 times as much a row as the first.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.support import papers  # noqa: E402

HEAD = ("收文日期", "来文单位", "来文号", "主题", "页数", "片区", "交付日期", "备注")
TITLE = "收传真登记簿"
AIM_RATIO = 1.2


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, nargs="+", default=[100, 1000, 10_000])
    options.add_argument("--kinds", nargs="+", default=["csv", "xlsx"])
    options.add_argument("--keep", action="store_true", help="leave the workspaces behind")
    given = options.parse_args()
    home = Path(tempfile.mkdtemp(prefix="formflow-logs-"))
    try:
        for kind in given.kinds:
            print(
                f"{kind:<6}{'rows':>7}{'seconds':>9}{'cpu ms a row':>14}{'archive a row':>15}{'store a row':>13}"
            )
            costs = []
            for rows in given.rows:
                seconds, cpu, archive, store = measure(home / f"{kind}-{rows}", kind, rows)
                costs.append((1000 * cpu / rows, archive / rows, store / rows))
                print(
                    f"{'':<6}{rows:>7}{seconds:>9.1f}{costs[-1][0]:>14.2f}{costs[-1][1]:>13.0f} B{costs[-1][2]:>11.0f} B"
                )
            ratios = [last / first for first, last in zip(costs[0], costs[-1], strict=True)]
            print(
                f"{'':<6}last to first: time {ratios[0]:.2f}, archive {ratios[1]:.2f}, store {ratios[2]:.2f}",
                end="",
            )
            print(f"    aim ≤ {AIM_RATIO}")
    finally:
        if not given.keep:
            shutil.rmtree(home)


def measure(workspace: Path, kind: str, rows: int) -> tuple[float, float, int, int]:
    """Seconds on the wall and of the processor, without what starting takes, and bytes on the disk below archive and var, for one log of so many rows."""
    run(["init", str(workspace)])
    nothing = workspace / "nothing"
    nothing.mkdir()
    idle = _timed(workspace, nothing)
    (workspace / "inbox" / f"log.{kind}").write_bytes(log_bytes(kind, rows))
    whole = _timed(workspace, workspace / "inbox")
    seconds, cpu = (one - other for one, other in zip(whole, idle, strict=True))
    return seconds, cpu, on_disk(workspace / "archive"), on_disk(workspace / "var")


def _timed(workspace: Path, folder: Path) -> tuple[float, float]:
    """Seconds on the wall and of the processor that `formflow process FOLDER` takes, in all its processes."""

    def used() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    began, before = time.perf_counter(), used()
    run(["--workspace", str(workspace), "process", str(folder), "--json"])
    return time.perf_counter() - began, used() - before


def log_bytes(kind: str, rows: int) -> bytes:
    """A log of so many different faxes."""
    lines: list[Sequence[object]] = [(TITLE,), HEAD, *map(_row, range(1, rows + 1))]
    if kind == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(lines)
        return text.getvalue().encode("utf-8-sig")
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(TITLE)
    for line in lines:
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(serial: int) -> tuple[object, ...]:
    dice = random.Random(serial)
    day = date(2026, 1, 5) + timedelta(days=serial % 50)
    on = papers.written(day)
    return (
        *(on, papers.company(dice, serial), f"宏函〔2026〕{serial}号", f"关于第{serial}批货物交期的函"),
        *(dice.randint(1, 9), dice.choice(papers.AREAS), on, ""),
    )


def on_disk(folder: Path) -> int:
    """Bytes of all files below a folder, in the blocks that they take."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())


def run(arguments: list[str]) -> None:
    environ = {**os.environ, "FORMFLOW_WORKERS": "2"}
    done = subprocess.run([sys.executable, "-m", "formflow", *arguments], capture_output=True, env=environ)
    if done.returncode != 0:
        raise SystemExit(f"{arguments}: exit {done.returncode}\n{done.stderr.decode()[-2000:]}")


if __name__ == "__main__":
    main()
