"""OCRmyPDF on Tesseract: what it makes of pages of pixels, a searchable PDF, and the text in it.

As somebody who knows the tool would call it for these pages, and as it did best on them:

- `--language chi_sim`, which knows Latin letters and digits too: with eng added it takes a fifth longer and reads less;
- `--rotate-pages` at a threshold of 2, for at its own of 14 pages stay upside down; `--deskew`;
- `--tesseract-pagesegmode 11`, sparse text: a form's cells are no columns of prose;
- `--output-type pdf --optimize 0`: PDF/A and smaller pictures take time and add no text;
- a job for every processor.

`--oversample 300` took two thirds longer and read less. `--clean` is left out: it needs unpaper.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.memory import TreeWatcher

_LANGUAGES = ("chi_sim", "osd")
_COMMAND = (
    "ocrmypdf --quiet --language chi_sim --rotate-pages --rotate-pages-threshold 2 --deskew"
    " --tesseract-pagesegmode 11 --output-type pdf --optimize 0"
).split()
_A4 = (595.28, 841.89)
_PAPER = range(7, 18)
"""Inches that the longer side of a page measures; another length means that the file tells no resolution."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of pages; readings add up.

    Attributes:
        texts: Of each page, in order.
        seconds: Of wall time, for all pages, without coming up.
        processor: Of processor time, likewise.
        memory: Most memory that the reader's processes held at one moment, in MB.
    """

    texts: tuple[str, ...] = ()
    seconds: float = 0.0
    processor: float = 0.0
    memory: float = 0.0

    def __add__(self, other: Reading) -> Reading:
        return Reading(
            self.texts + other.texts,
            self.seconds + other.seconds,
            self.processor + other.processor,
            max(self.memory, other.memory),
        )


def missing() -> str:
    """What is not installed, with what installs it; empty where all is there."""
    wanted = [name for name in ("ocrmypdf", "tesseract") if shutil.which(name) is None]
    if not wanted:
        wanted = [f"tesseract's {name}" for name in _LANGUAGES if name not in _languages()]
    return f"not installed: {', '.join(wanted)} (see tests/bench/requirements.sh)" if wanted else ""


def version() -> str:
    """The two programs' versions, for the report."""
    ours, theirs = _told("ocrmypdf", "--version"), _told("tesseract", "--version")
    number = re.search(r"\d[\d.]*\d", theirs)
    return f"ocrmypdf {ours.strip()}, tesseract {number[0] if number else '?'} chi_sim"


def make_searchable(files: Sequence[Path], scratch: Path) -> Reading:
    """Read single-page images, bound into one PDF as they are, in one call."""
    source, target = scratch / "pixels.pdf", scratch / "searchable.pdf"
    bind(files, source)
    idle = _run("ocrmypdf", "--version", log=scratch / "ocrmypdf.log")
    busy = _run(
        *_COMMAND, f"--jobs={os.cpu_count() or 1}", str(source), str(target), log=scratch / "ocrmypdf.log"
    )
    return Reading(
        tuple(texts_of(target)), busy.seconds - idle.seconds, busy.processor - idle.processor, busy.memory
    )


def _run(*command: str, log: Path) -> Reading:
    """What a command takes, with all that it starts."""
    used, began = _of_children(), time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
        memory = TreeWatcher(lambda: [process.pid])
        process.wait()
    seconds = time.perf_counter() - began
    memory.stop()
    if process.returncode != 0:
        tail = log.read_text(encoding="utf-8", errors="replace")[-400:]
        raise SystemExit(f"{command[0]} left with {process.returncode}: {tail}")
    return Reading((), seconds, _of_children() - used, memory.peak)


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def bind(files: Sequence[Path], target: Path) -> None:
    """Images into one PDF, their pixels untouched; a picture that tells no resolution fills a sheet of A4."""
    import img2pdf
    import pikepdf

    with pikepdf.new() as whole:
        for file in files:
            across, down = _size(file)
            layout = img2pdf.get_layout_fun((across, down))
            page = target.with_name("page.pdf")
            page.write_bytes(img2pdf.convert(file.read_bytes(), layout_fun=layout))
            with pikepdf.open(page) as single:
                whole.pages.extend(single.pages)
        whole.save(target)


def _size(file: Path) -> tuple[float, float]:
    """Width and height of the page in points."""
    from PIL import Image

    with Image.open(file) as image:
        across, down = (float(value) for value in image.info["dpi"])
        width, height = image.size
    if round(max(width / across, height / down)) in _PAPER:
        return 72 * width / across, 72 * height / down
    return _A4 if width < height else (_A4[1], _A4[0])


def texts_of(pdf: Path) -> list[str]:
    """The text of each page of a PDF, hidden or not."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def _languages() -> list[str]:
    return _told("tesseract", "--list-langs").split()


def _told(*command: str) -> str:
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    return ran.stdout or ran.stderr
