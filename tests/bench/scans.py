"""python -m tests.bench.scans [--forms N]: pages of pixels read by formflow and by OCRmyPDF, in one run.

The same generated pages (`tests.bench.pages`) go through both: pages per second of wall time, characters right
(`tests.bench.characters`), memory. OCRmyPDF gives a searchable PDF and no fields; what is compared is the text alone.

formflow reads as `formflow process` does, in its recognition processes, one for every two processors; a first page
has loaded the models. Its text is that of all lines and cells of the Part. OCRmyPDF gets the pages in three
calls and is not charged for coming up: what `ocrmypdf --version` takes is subtracted. Tesseract starts anew for every
page; that is how OCRmyPDF works. It also gives way to other work (`nice`), so on a busy machine only the processor
times compare.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.characters import Score, score
from tests.bench.memory import TreeWatcher
from tests.bench.searchable import Reading, make_searchable, missing, version

from formflow.engine.scanning import Recognition, can_recognise
from formflow.model import Block, Part, Table
from formflow.settings import Settings

if TYPE_CHECKING:
    from tests.bench.pages import Scanned

AIM_RATE, AIM_MEMORY = 1, 2200
FORMS, SEED = 6, 11
_ROOT = Path(__file__).resolve().parents[2]
_TURNS, _TIMEOUT = 3, 600


def lines(forms: int = FORMS) -> Iterator[str]:
    """The section of `python -m tests.bench`; says so where something is not installed."""
    if not can_recognise():
        yield "scans                not measured: the scan component is not installed"
        return
    if shutil.which("soffice") is None:
        yield "scans                not measured: LibreOffice, which prints the pages, is not installed"
        return
    lacking = missing()
    pages, read = measured(forms, compare=not lacking)
    count, ours = len(pages), read["formflow"]
    runtime = "openvino" if importlib.util.find_spec("openvino") else "onnxruntime"
    yield f"pages                {count:7d} of {forms} forms, {os.cpu_count()} processors"
    yield f"pages recognised     {count / ours.seconds:7.2f} a second, warm ({runtime})    aim ≥ {AIM_RATE}"
    yield f"memory, recognisers  {ours.memory:7.0f} MB aim ≤ {AIM_MEMORY}"
    scores = {name: by_manner(pages, one.texts) for name, one in read.items()}
    if lacking:
        yield f"ocrmypdf             not compared: {lacking}"
    else:
        yield from _compared(count, ours, read["ocrmypdf"])
        mine, theirs = (found["all"].f1 for found in scores.values())
        yield f"characters right     {mine / theirs:7.2f} × ocrmypdf: {mine:.3f}, {theirs:.3f}"
    yield from table(scores)


def measured(forms: int, *, compare: bool) -> tuple[list[Scanned], dict[str, Reading]]:
    """The pages, and what formflow and OCRmyPDF made of them, in the pages' order."""
    from tests.bench.pages import printed, scanned

    with tempfile.TemporaryDirectory(prefix="formflow-bench-") as scratch:
        home = Path(scratch)
        pages = list(scanned(printed(home / "made", SEED, forms), home, SEED))
        pages = [page for turn in range(_TURNS) for page in pages[turn::_TURNS]]
        files = [page.file for page in pages]
        size = -(-len(files) // _TURNS)
        ours, theirs = Reading(), Reading()
        recognition = Recognition(Settings(workspace=_ROOT))
        try:
            warm(recognition, files[0])
            # Turn and turn about, so that a slow moment of the machine falls on both.
            for start in range(0, len(files), size):
                ours += recognise(recognition, files[start : start + size])
                if compare:
                    theirs += make_searchable(files[start : start + size], home)
        finally:
            recognition.close()
    return pages, {"formflow": ours, **({"ocrmypdf": theirs} if compare else {})}


def _compared(pages: int, ours: Reading, theirs: Reading) -> Iterator[str]:
    yield f"searchable PDF       {pages / theirs.seconds:7.2f} a second, {theirs.memory:.0f} MB ({version()})"
    yield f"time ratio           {ours.seconds / theirs.seconds:7.2f} × ocrmypdf"
    yield (
        f"processor time       {ours.processor / theirs.processor:7.2f} × ocrmypdf:"
        f" {ours.processor / pages:.2f} s, {theirs.processor / pages:.2f} s a page"
    )


def warm(recognition: Recognition, file: Path) -> None:
    """Have every process load the models."""
    for found in [recognition.pages(file, [0]) for _ in range(os.cpu_count() or 1)]:
        found.result(_TIMEOUT)


def recognise(recognition: Recognition, files: Sequence[Path]) -> Reading:
    """Single-page images as the recognition processes read them."""
    watcher = TreeWatcher(lambda: recognition.pool.pids)
    began = time.perf_counter()
    waiting = [recognition.pages(file, [0]) for file in files]
    texts = tuple("\n".join(map(text_of, found.result().values())) for found in waiting)
    seconds = time.perf_counter() - began
    watcher.stop()
    return Reading(texts, seconds, watcher.processor, watcher.peak)


def text_of(part: Part) -> str:
    """The text of all lines and cells of a page."""
    return "\n".join(_texts(part.blocks))


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                yield cell.text
                yield from _texts(cell.tables)
        else:
            yield block.text


def table(scores: dict[str, dict[str, Score]]) -> Iterator[str]:
    """A row for each manner and one for all: F1, recall and precision of characters, words whole, for each reader."""
    heads = "".join(f"   {name:>9}: right recall  prec. words" for name in scores)
    yield f"\n{'':<10}{heads}"
    for manner in sorted(next(iter(scores.values())), key=lambda name: (name == "all", name)):
        row = f"  {manner:<8}"
        for found in scores.values():
            of = found[manner]
            row += f"{'':13}{of.f1:6.3f} {of.recall:6.3f} {of.precision:6.3f} {of.words:5.3f}"
        yield row


def by_manner(pages: Sequence[Scanned], texts: Sequence[str]) -> dict[str, Score]:
    """What was right in each manner of arrival, and in all."""
    sums: dict[str, Score] = {}
    for page, text in zip(pages, texts, strict=True):
        for name in (page.manner, "all"):
            sums[name] = sums.get(name, Score()) + score(page.text, text)
    return sums


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=FORMS, help="pages, each in every manner")
    for line in lines(parser.parse_args().forms):
        print(line, flush=True)


if __name__ == "__main__":
    main()
