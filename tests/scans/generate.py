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
from tests.samples.generate import generate as generate_samples

from .degrade import DEGRADATIONS, DPI, resolution


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


def generate(out: Path, seed: int, count: int, degradations: list[str]) -> Path:
    """Write the scans and give the path of truth.jsonl."""
    printed = out / "printed"
    truth = generate_samples(printed, seed, count, ["pdf"])
    rng = Random(seed)
    lines = []
    for number, line in enumerate(truth.read_text(encoding="utf-8").splitlines()):
        sample = json.loads(line)
        name = degradations[number % len(degradations)]
        pages = [DEGRADATIONS[name](page, rng) for page in pages_of(printed / sample["file"])]
        data, suffix = written(pages, name)
        file = f"{Path(sample['file']).stem}-{name}{suffix}"
        (out / file).write_bytes(data)
        lines.append(
            json.dumps({**sample, "file": file, "format": "scan", "degradation": name}, ensure_ascii=False)
        )
    path = out / "truth.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--degradations", default=",".join(DEGRADATIONS))
    options = parser.parse_args()
    print(generate(options.out, options.seed, options.count, options.degradations.split(",")))


if __name__ == "__main__":
    main()
