"""Damage files and read them as `formflow extract` does.

    python -m tests.fuzz --seed 1 --count 2000 [--from FOLDER] [--keep FOLDER] [--only NUMBER]

Prints what came of them. Exit status 1 where a file gave anything but an answer or a ReadError of a known code, a
worker died over one, one took longer than the limit, or a worker grew beyond its memory. The same seed, the same
files: `--only` makes and reads a single one again, `--keep` writes those that failed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from formflow.engine.pool import Pool
from formflow.engine.task import WorkerLost
from formflow.engine.worker import FormsUpdate, WorkerConfig
from formflow.engine.workers import READING
from formflow.errors import ReadError
from formflow.forms.load import load_forms
from formflow.messages.readers import READ_ERRORS
from formflow.pipeline.jobs.read import ReadJob
from formflow.settings import Settings

from .mutate import mutations_of
from .seeds import seeds

_CONVERTED = frozenset({".doc", ".wps", ".rtf", ".odt", ".xls"})
_CONVERTING = 30.0
"""Seconds that conversion by another program has for itself."""

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Case:
    """One damaged file under way."""

    number: int
    path: Path
    label: str
    began: float


def cases(
    seed: int, count: int, files: list[tuple[str, bytes]], only: int | None
) -> Iterator[tuple[int, str, str, bytes]]:
    """Number, label, file name and bytes of every damaged file."""
    for number in range(count) if only is None else [only]:
        dice = Random(f"{seed}/{number}")
        name, data = dice.choice(files)
        ways = [dice.choice(mutations_of(name)) for _ in range(dice.choice((1, 1, 1, 2, 3)))]
        for way in ways:
            data = way(data or b"x", dice)
        yield number, f"{name} {'+'.join(way.__name__ for way in ways)}", name, data


def verdict(future: Future[Any]) -> tuple[str, str]:
    """What came of a file, and what is wrong with that; nothing is wrong with an answer or a typed refusal."""
    try:
        result = future.result()
    except WorkerLost as error:
        return error.code, "" if error.code == "timeout" else str(error)
    except ReadError as error:
        return error.code, "" if error.code in READ_ERRORS else "an unknown code"
    except BaseException as error:  # the very thing that is looked for
        notes = "\n".join(getattr(error, "__notes__", []))
        return "untyped", f"{type(error).__name__}: {error}\n{notes}"[-3000:]
    try:
        values = [dict(item.record.values) for item in result.items]
        json.dumps(values, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except (ValueError, TypeError) as error:
        return "unprintable", repr(error)
    return "read" if result.items else "no form", ""


def run(seed: int, count: int, more: Path | None, keep: Path | None, only: int | None) -> int:
    settings = Settings(workspace=ROOT)
    config = WorkerConfig(settings=settings, parent=os.getpid(), preload=READING)
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    slowest, slowest_label = 0.0, ""
    limit = settings.limits.seconds + 0.5
    with tempfile.TemporaryDirectory() as folder, Pool(2, config) as pool:
        pool.brief(FormsUpdate(load_forms(settings.folder("schemas"))))
        pending: dict[Future[Any], Case] = {}

        def settle(done: Future[Any]) -> None:
            nonlocal slowest, slowest_label
            case = pending.pop(done)
            seconds = time.monotonic() - case.began
            code, wrong = verdict(done)
            outcomes[code] += 1
            if seconds > slowest:
                slowest, slowest_label = seconds, f"{case.number} {case.label}: {code}"
            if seconds > limit + (_CONVERTING if case.path.suffix in _CONVERTED else 1.5):
                wrong = wrong or f"{seconds:.1f} s"
            if wrong or only is not None or code == "timeout":
                print(f"#{case.number} {case.label}: {code} {wrong}", flush=True)
            if wrong:
                faults.append(case.label)
            if keep is not None and (wrong or code == "timeout"):
                keep.mkdir(parents=True, exist_ok=True)
                (keep / case.path.name).write_bytes(case.path.read_bytes())
            case.path.unlink()

        for number, label, name, data in cases(seed, count, seeds(seed, more), only):
            path = Path(folder) / f"{number}-{name}"
            path.write_bytes(data)
            job = ReadJob(path=path, name=name)
            pending[pool.submit(job, seconds=limit)] = Case(number, path, label, time.monotonic())
            while len(pending) >= 2:
                for done in wait(pending, return_when=FIRST_COMPLETED).done:
                    settle(done)
        for done in list(pending):
            wait([done])
            settle(done)
        peak = pool.worker_peak
    print(f"{count if only is None else 1} files: {dict(outcomes.most_common())}")
    print(
        f"slowest {slowest:.1f} s ({slowest_label}); largest worker {peak / 1e6:.0f} MB; {len(faults)} faults"
    )
    return 1 if faults else 0


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--from", dest="more", type=Path, help="a folder whose files are damaged as well")
    parser.add_argument("--keep", type=Path, help="where to write the files that failed")
    parser.add_argument("--only", type=int, help="make and read this one alone")
    given = parser.parse_args()
    sys.exit(run(given.seed, given.count, given.more, given.keep, given.only))


if __name__ == "__main__":
    main()
