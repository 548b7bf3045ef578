"""python -m tools.paper_pictures [--papers DIR]: the pictures of docs/tutorial/paper.md, from seeds.

Makes the tutorial's papers, reads each as a worker would, and draws on the page where every value was read and whether
it passes or waits for a person. `--papers` keeps the papers, to try the tutorial's commands on. Needs what the tests
of scans need (tools/test-requirements.sh), so `make docs` leaves it out. Other fonts than ours (see `tests.scans.faces`)
give other pages.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from tools.paper_pages import FOREIGN, papers

from formflow.cli.output import plain
from formflow.extraction.extract import extract
from formflow.forms.schema import validate
from formflow.model import Finding, Part, Reading, Record, Severity
from formflow.pipeline.jobs.worker_context import WorkerContext
from formflow.readers.read import read_bytes
from formflow.recognition.crops import crop
from formflow.recognition.image.load import image_page
from formflow.recognition.page import recognise_file_page
from formflow.recognition.raster import points_of_pixel
from formflow.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"

_WIDE, _PAGE, _EDGE = 1400, 870, 18
"""Width of a picture, of the page in it, and of the margin, in pixels."""
_FINE, _INSET, _NAME = 3, 2.0, 14
"""How much larger frames are drawn, how far in or out; height of a field's name."""
_GRAIN, _LINE, _BEHIND = 40, 100, 900
"""Greys that are noise of the paper; how little it matters that a name covers a frame, and stands behind it."""
_MOST = 250_000
_PASSES, _WAITS, _GREY, _INK = (22, 120, 60), (200, 60, 10), (105, 110, 118), (25, 28, 33)
_FACE = "NotoSansCJK-Regular.ttc"
_SIMPLIFIED = 2
"""Number of the simplified Chinese face in that file."""


Quad = tuple[tuple[float, float], ...]
"""Four corners from the top left, in pixels of the page that is drawn."""


# --- What is read -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The record of a paper of one page.

    Attributes:
        page: The page as it is in the file.
        part: The page as it was recognised.
        level: Homography from the page's pixels to points of the part.
    """

    page: Image.Image
    part: Part
    level: Any
    record: Record
    findings: Sequence[Finding]

    def waits(self, id: str) -> str:
        """Why a value waits for a person; nothing where it passes."""
        codes = [f.code for f in self.findings if f.severity is Severity.RETURN and f.field in (id, None, "")]
        return codes[0] if codes else ""

    def quad(self, reading: Reading) -> list[tuple[float, float]] | None:
        """The corners of the place where a value was read, in pixels of the page."""
        if reading.source.box is None:
            return None
        left, top, right, bottom = reading.source.box
        corners = np.array([(left, top, 1), (right, top, 1), (right, bottom, 1), (left, bottom, 1)]).T
        x, y, scale = np.linalg.inv(self.level) @ corners
        return list(zip((x / scale).tolist(), (y / scale).tolist(), strict=True))


def read(path: Path, worker_context: WorkerContext) -> Read:
    """Read a paper of one page as a worker does."""
    data = path.read_bytes()
    part = recognise_file_page(data, 0, worker_context.recogniser, (), worker_context.issued)
    (candidate,) = extract(
        read_bytes(data, path.name, worker_context.limits, {0: part}), worker_context.known
    )
    record, findings = validate(candidate, worker_context.forms[candidate.form])
    raster = image_page(data, 0)
    frame = np.array(part.frame or np.eye(3).ravel()).reshape(3, 3)
    first = points_of_pixel(raster.size, known=raster.known_size)
    return Read(
        page=Image.fromarray(raster.grey).convert("RGB"),
        part=part,
        level=frame @ np.diag([first, first, 1]),
        record=record,
        findings=findings,
    )


# --- The pictures -----------------------------------------------------------------------------


def drawn(read: Read) -> Image.Image:
    """The page with a frame around the place of each value, beside a list of the values."""
    scale = _PAGE / read.page.width
    page = read.page.resize((_PAGE, round(read.page.height * scale)), Image.Resampling.LANCZOS)
    quads: dict[Quad, list[str]] = {}
    for id, reading in read.record.sources.items():
        if id in read.record.values and (corners := read.quad(reading)):
            # Between the rulings of a cell, around a line of text.
            by = _INSET if " R" in reading.source.ref else -_INSET
            quads.setdefault(_moved_in([(x * scale, y * scale) for x, y in corners], by), []).append(id)
    lowest = max(y for quad in quads for _, y in quad)
    page = page.crop((0, 0, _PAGE, min(page.height, round(lowest) + 60)))
    values = _values(read)
    high = max(page.height, values.height) + 2 * _EDGE
    picture = Image.new("RGB", (_WIDE, high), "white")
    _frame(page, quads, read)
    picture.paste(page, (_EDGE, _EDGE))
    ImageDraw.Draw(picture).rectangle(
        (_EDGE - 1, _EDGE - 1, _EDGE + _PAGE, _EDGE + page.height), outline=(190, 194, 200)
    )
    picture.paste(values, (_PAGE + 2 * _EDGE, _EDGE))
    return picture


def _font(size: int) -> Any:
    return ImageFont.truetype(_FACE, size, index=_SIMPLIFIED)


def _moved_in(corners: Sequence[tuple[float, float]], by: float) -> Quad:
    """The corners moved along their sides into the frame, or out of it."""
    moved = []
    for number, corner in enumerate(corners):
        beside = (corners[number - 1], corners[(number + 1) % 4])
        towards = [np.subtract(other, corner) for other in beside]
        x, y = np.array(corner) + sum(by * side / np.hypot(*side) for side in towards)
        moved.append((float(x), float(y)))
    return tuple(moved)


def _frame(page: Image.Image, quads: Mapping[Quad, Sequence[str]], read: Read) -> None:
    """Draw the frames on the page, each with the names of its fields where least else is."""
    colours = {quad: _WAITS if any(map(read.waits, ids)) else _PASSES for quad, ids in quads.items()}
    ink = np.asarray(page.convert("L")).astype(float)
    taken = np.clip(np.median(ink) - ink - _GRAIN, 0, None)
    large = Image.new("RGBA", (page.width * _FINE, page.height * _FINE))
    for quad, colour in colours.items():
        corners = [(x * _FINE, y * _FINE) for x, y in quad]
        ImageDraw.Draw(large).polygon(corners, outline=(*colour, 255), width=2 * _FINE)
    frames = large.resize(page.size, Image.Resampling.LANCZOS)
    page.paste(frames, (0, 0), frames)
    taken += np.asarray(frames)[:, :, 3] / _LINE
    draw, font = ImageDraw.Draw(page), _font(11)
    for quad, ids in quads.items():
        text = ", ".join(ids)
        wide = round(draw.textlength(text, font=font)) + 6
        x, y, _ = min(_places(quad, wide), key=lambda at: _cover(taken, at, wide))
        taken[y : y + _NAME, x : x + wide] += 400
        draw.rectangle((x, y, x + wide, y + _NAME), fill=colours[quad])
        draw.text((x + 3, y + _NAME / 2), text, font=font, fill="white", anchor="lm")


def _cover(taken: Any, at: tuple[int, int, bool], wide: int) -> float:
    """How much a name at this place would cover."""
    x, y, behind = at
    under = taken[max(y, 0) : y + _NAME + 1, max(x, 0) : x + wide + 1]
    return float(under.sum()) + _BEHIND * behind if under.shape == (_NAME + 1, wide + 1) else float("inf")


def _places(quad: Quad, wide: int) -> Iterator[tuple[int, int, bool]]:
    """Where a name may stand: in the frame from its right end to the left, or behind it; the likeliest first."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
    for share in (0.5, 0.7, 0.3, 0.85, 0.15, 1.0, 0.0):
        left, top = ax + share * (dx - ax), ay + share * (dy - ay)
        right, low = bx + share * (cx - bx), by + share * (cy - by)
        for back in (*range(6, max(int(right - left - wide), 7), 8), -wide - 6):
            x = right - wide - back
            y = low + (top - low) * (right - x - wide / 2) / max(right - left, 1)
            yield round(x), round(y - _NAME / 2), back < 0


def _values(read: Read) -> Image.Image:
    """The fields with their values, how sure each is, and what becomes of it."""
    wide = _WIDE - _PAGE - 3 * _EDGE
    canvas = Image.new("RGB", (wide, 3000), "white")
    draw = ImageDraw.Draw(canvas)
    small, normal = _font(13), _font(15)
    draw.text((0, 8), read.record.form, font=_font(17), fill=_INK, anchor="lm")
    y = 28
    for id, value, sure in _lines(read):
        why = read.waits(id)
        colour = _WAITS if why else _PASSES
        draw.line((0, y, wide, y), fill=(222, 225, 229))
        draw.text((0, y + 12), id, font=small, fill=_GREY, anchor="lm")
        draw.text(
            (wide, y + 12), f"waits: {why}" if why else "accepted", font=small, fill=colour, anchor="rm"
        )
        rows = _wrapped(draw, value, normal, wide - 50)
        for number, row in enumerate(rows):
            draw.text((0, y + 33 + 20 * number), row, font=normal, fill=_INK, anchor="lm")
        draw.text((wide, y + 33), sure, font=small, fill=_GREY, anchor="rm")
        y += 27 + 20 * max(len(rows), 1)
    return canvas.crop((0, 0, wide, y))


def _lines(read: Read) -> Iterator[tuple[str, str, str]]:
    """Field, value and confidence of all that was read, and the fields that wait without a value."""
    for id, value in read.record.values.items():
        reading = read.record.sources.get(id)
        yield id, plain(value), f"{reading.confidence:.2f}" if reading else ""
    without = {f.field for f in read.findings if f.severity is Severity.RETURN and f.field}
    for id in sorted(without - read.record.values.keys()):
        reading = read.record.sources.get(id)
        yield id, f"({reading.text})" if reading and reading.text.strip() else "", ""


def _wrapped(draw: ImageDraw.ImageDraw, text: str, font: Any, room: float, most: int = 3) -> list[str]:
    rows = [""]
    for character in text:
        if draw.textlength(rows[-1] + character, font=font) > room:
            rows.append("")
        rows[-1] += character
    return rows if len(rows) <= most else [*rows[: most - 1], rows[most - 1][:-1] + "…"]


def saved(picture: Image.Image, path: Path) -> None:
    """Save a picture as good as its size allows."""
    for quality in range(85, 30, -5):
        picture.save(path, quality=quality, subsampling=0, optimize=True)
        if path.stat().st_size < _MOST:
            return
    raise SystemExit(f"{path}: larger than {_MOST} bytes")


def pictures(folder: Path) -> Iterator[Path]:
    """Draw the papers, and cut out the code that waits."""
    worker_context = WorkerContext(Settings(workspace=ROOT))
    made = papers(folder, worker_context)
    for name in ("blank", *FOREIGN):
        saved(drawn(read(made[name], worker_context)), path := PICTURES / f"paper-{name}.jpg")
        yield path
    paper = read(made["code"], worker_context)
    box = paper.record.sources["credit_code"].source.box
    if box is not None:
        (path := PICTURES / "paper-crop.png").write_bytes(crop(made["code"].read_bytes(), paper.part, box))
        yield path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=Path, help="Keep the papers in this folder.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.papers or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for path in pictures(folder):
            print(path.relative_to(ROOT), path.stat().st_size)


if __name__ == "__main__":
    main()
