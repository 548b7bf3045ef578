"""Pages of pixels whose text is known: generated forms, printed, and what paper makes of each page.

The text of a page is that of the printed PDF; the pixels are drawn from the same PDF.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from tests.bench.searchable import texts_of
from tests.scans.degrade import DEGRADATIONS, Pixels
from tests.scans.generate import generate, pages_of, written

MANNERS = ("clean200", "scan200", "scan300", "photo", "rot180", "faxfine", "faxstd")
"""A fair mix of the ways in which paper comes."""
_ENOUGH = 14
"""Files generated so that every form is among them."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The first page of a printed form.

    Attributes:
        text: As the PDF has it.
    """

    pdf: Path
    text: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """A page as it came: an image file of one page.

    Attributes:
        manner: One of `MANNERS`.
        text: What stands on the page.
    """

    file: Path
    manner: str
    text: str


def printed(home: Path, seed: int, forms: int) -> list[Printed]:
    """A page each of that many forms, all different as long as there are different ones."""
    truth = generate(home, seed, max(_ENOUGH, forms), ["clean200"])
    lines = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
    pdfs = [home / "printed" / f"{line['file'].rpartition('-')[0]}.pdf" for line in lines]
    kinds = [line["layout"].partition("-")[0] for line in lines]
    firsts = {kind: kinds.index(kind) for kind in sorted(set(kinds))}
    order = [*firsts.values(), *(n for n in range(len(lines)) if n not in firsts.values())]
    return [Printed(pdfs[n], texts_of(pdfs[n])[0]) for n in order[:forms]]


def scanned(forms: list[Printed], home: Path, seed: int, copies: int = 1) -> Iterator[Scanned]:
    """Every page in every manner; no copy is degraded as another."""
    for copy in range(copies):
        for manner in MANNERS:
            for form in forms:
                name = f"{form.pdf.stem}-{manner}-{copy}"
                page = DEGRADATIONS[manner](_drawn(form.pdf), Random(f"{seed}/{name}"))
                data, suffix = written([page], manner)
                file = home / f"{name}{suffix}"
                file.write_bytes(data)
                yield Scanned(file, manner, form.text)


@lru_cache(maxsize=8)
def _drawn(pdf: Path) -> Pixels:
    return next(pages_of(pdf)).copy()
