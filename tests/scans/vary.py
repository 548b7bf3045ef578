"""python -m tests.scans.vary FOLDER [--layouts FOLDER] [--only rulings,ink] [--percent 20]

Which thresholds of recognition change what is read: each is made smaller and larger by some per cent in turn, and the
scans of a folder are read anew. Prints for every threshold whether the values, only the page's texts or confidences, or
nothing at all became different. What changes nothing here may still be needed for a rare page, so look at its evidence
before it is deleted.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from formflow.recognition.checkboxes.parameters import CHECKBOXES
from formflow.recognition.image.parameters import IMAGE
from formflow.recognition.ink.parameters import INK
from formflow.recognition.layouts.parameters import LAYOUTS
from formflow.recognition.parameters import LARGE_WORDS, PAGE
from formflow.recognition.rulings.parameters import RULINGS
from formflow.recognition.text.parameters import TEXT

CHAPTERS: dict[str, Any] = {
    "image": IMAGE,
    "rulings": RULINGS,
    "checkboxes": CHECKBOXES,
    "ink": INK,
    "layouts": LAYOUTS,
    "page": PAGE,
    "text": TEXT,
    "large_words": LARGE_WORDS,
}
"""The thresholds of each chapter of recognition."""


def names() -> list[str]:
    """Every threshold as `rulings.gap_mm`."""
    return [f"{chapter}.{field.name}" for chapter, held in CHAPTERS.items() for field in fields(held)]


def value_of(name: str) -> float:
    """The value of a threshold.

    Raises:
        ValueError: There is no threshold of that name.
    """
    chapter, _, field = name.partition(".")
    if name not in names():
        raise ValueError(f"{name}: no such threshold; they are {', '.join(names())}")
    return getattr(CHAPTERS[chapter], field)


def vary(name: str, value: float) -> None:
    """Give a threshold another value in this process.

    Recognition reads its thresholds when it uses them, and they are frozen so that only a measure changes them.

    Raises:
        ValueError: There is no threshold of that name.
    """
    number = type(value_of(name))(value)
    chapter, _, field = name.partition(".")
    object.__setattr__(CHAPTERS[chapter], field, number)


@contextmanager
def varied(name: str, value: float) -> Iterator[None]:
    """A threshold with another value for a while."""
    before = value_of(name)
    vary(name, value)
    try:
        yield
    finally:
        vary(name, before)


def around(value: float, percent: float) -> list[float]:
    """A value made smaller and larger; a whole number by one at least."""
    if isinstance(value, int):
        step = max(1, round(value * percent / 100))
        return [value - step, value + step]
    return [value * (1 - percent / 100), value * (1 + percent / 100)]


class RememberingRecogniser:
    """A recogniser that runs its models once for each picture: most variations change few lines of a page."""

    def __init__(self, recogniser: Any) -> None:
        self._recogniser = recogniser
        self._lines: dict[Any, Any] = {}
        self._likely: dict[Any, Any] = {}

    def likely_lines(self, tensor: Any) -> Any:
        key = tensor.shape, tensor.tobytes()
        if key not in self._likely:
            self._likely[key] = self._recogniser.likely_lines(tensor).copy()  # the models reuse their output
        return self._likely[key]

    def read_lines(self, lines: Sequence[Any]) -> list[Any]:
        keys = [(line.shape, line.tobytes()) for line in lines]
        new = {key: line for key, line in zip(keys, lines, strict=True) if key not in self._lines}
        self._lines.update(zip(new, self._recogniser.read_lines(list(new.values())), strict=True))
        return [self._lines[key] for key in keys]


def effect(
    name: str, files: Sequence[Path], percent: float, usual: Sequence[tuple[str, str]], layouts: str = ""
) -> str:
    """What varying a threshold changes: `values` in some file, else `texts`, else `nothing`.

    Args:
        usual: Pages and records of each file as they are read without variation.
        layouts: Folder of known layouts.
    """
    found = "nothing"
    for value in around(value_of(name), percent):
        with varied(name, value):
            for path, (pages, records) in zip(files, usual, strict=True):
                now_pages, now_records = read(path, layouts)
                if now_records != records:
                    return f"values ({path.name} at {value:g})"
                if now_pages != pages:
                    found = f"texts ({path.name} at {value:g})"
    return found


def read(path: Path, layouts: str = "") -> tuple[str, str]:
    """The recognised pages of a file, and its records as a worker reads them, both written out."""
    from .measure import read_pages  # it takes `vary` from here

    records, pages = read_pages(path, layouts)
    return repr(pages), repr([(one.form, one.values, sorted(one.accepted)) for one in records])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--layouts", default="", help="a folder of known layouts, as in a workspace")
    parser.add_argument("--only", default="", help="chapters or thresholds, with commas")
    parser.add_argument("--percent", type=float, default=20)
    given = parser.parse_args()
    from .measure import _worker_context

    worker_context = _worker_context(given.layouts, 1)
    worker_context.__dict__["recogniser"] = RememberingRecogniser(worker_context.recogniser)
    files = sorted(path for path in given.folder.iterdir() if path.suffix in (".jpg", ".tif", ".png", ".pdf"))
    usual = [read(path, given.layouts) for path in files]
    only = given.only.split(",") if given.only else list(CHAPTERS)
    for name in names():
        if name in only or name.partition(".")[0] in only:
            told = effect(name, files, given.percent, usual, given.layouts)
            print(f"{name:<45}{value_of(name):>10g}  {told}", flush=True)


if __name__ == "__main__":
    main()
