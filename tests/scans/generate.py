"""python -m tests.scans.generate OUT_DIR --seed N --count K [--degradations a,b]

Prints samples of `tests.samples` through LibreOffice, draws their pages, degrades them and writes scans with a
truth.jsonl in the corpus' format. The same seed gives the same files wherever the same fonts are installed.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from tests.samples.excel import write_excel
from tests.samples.generate import KINDS, form_of, make
from tests.samples.pdf import to_pdf
from tests.samples.word import write_word

from .degrade import DEGRADATIONS, DPI, resolution
from .faces import reset
from .hand import pages_by_pen, written_form

HAND = "hand"
_KINDS = [kind for kind in KINDS if kind != "halves"]
"""Two logs side by side make columns a character wide on paper; nobody prints them."""
MANNERS = (*DEGRADATIONS, HAND)


def pages_of(pdf: Path) -> Iterator[Any]:
    """The pages of a PDF in grey, at 300 dots to the inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    for page in document:
        yield np.asarray(page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")).copy()
    document.close()


def written(pages: list[Any], name: str) -> tuple[bytes, str]:
    """The pages as a file of the kind that such scans come in, and its suffix."""
    from PIL import Image

    across, down = resolution(name)
    images = [Image.fromarray(page) for page in pages]
    out = io.BytesIO()
    if name.startswith("fax"):
        fax = [image.convert("1", dither=Image.Dither.NONE) for image in images]
        fax[0].save(
            out,
            "TIFF",
            save_all=True,
            append_images=fax[1:],
            compression="group3" if name == "faxstd" else "group4",
            dpi=(across, down),
        )
        return out.getvalue(), ".tif"
    if len(images) == 1:
        images[0].save(out, "JPEG", quality=88, dpi=(72, 72) if name == "photo" else (across, down))
        return out.getvalue(), ".jpg"
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=across)
    return out.getvalue(), ".pdf"


def degraded(pdf: Path, name: str, rng: Random) -> tuple[bytes, str]:
    """A printed form as it comes back: the file's bytes and its suffix.

    Args:
        name: One of `MANNERS`; a form filled in by pen is scanned at 200 dots to the inch.
    """
    pages = pages_by_pen(pdf, rng) if name == HAND else pages_of(pdf)
    effect = DEGRADATIONS["scan200" if name == HAND else name]
    return written([effect(page, rng) for page in pages], name)


def generate(out: Path, seed: int, count: int, degradations: list[str]) -> Path:
    """Write the scans and give the path of truth.jsonl."""
    printed = out / "printed"
    printed.mkdir(parents=True, exist_ok=True)
    lines: list[dict[str, Any]] = []
    jobs = []
    for number in range(count):
        rng = Random(f"{seed}/{number}")
        name = degradations[number % len(degradations)]
        base = "docx" if name == HAND else rng.choice(["docx", "xlsx"])
        head: list[str] = []
        if name == HAND:
            form = rng.choice(["new_customer", "complaint", "fax_out"])
            pages, records, layout = written_form(form, rng)
        else:
            pages, records, head, layout = make(rng.choice(_KINDS), rng, "pdf")
        path = printed / f"{seed}-{number:04}.{base}"
        (write_word if base == "docx" else write_excel)(pages, path, rng)
        reset(path, rng)
        jobs.append((path, path.with_suffix(".pdf")))
        line = {"file": path.stem, "form": form_of(records), "format": "scan", "layout": layout}
        lines.append({**line, "degradation": name, "records": records, **({"head": head} if head else {})})
    to_pdf(jobs)
    for (_, pdf), line in zip(jobs, lines, strict=True):
        data, suffix = degraded(pdf, line["degradation"], Random(f"{seed}/{pdf.stem}/paper"))
        line["file"] = f"{line['file']}-{line['degradation']}{suffix}"
        (out / line["file"]).write_bytes(data)
    path = out / "truth.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--degradations", default=",".join(MANNERS))
    options = parser.parse_args()
    print(generate(options.out, options.seed, options.count, options.degradations.split(",")))


if __name__ == "__main__":
    main()
