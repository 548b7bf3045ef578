"""Forms filled in by pen: the values of a printed form drawn anew, character by character, none like the other.

The values are set in ink that does not print (`page.PEN`), so the page shows the empty form and its text layer
tells where each character stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from tests.samples import single
from tests.samples.fill import SIGNED, Filling
from tests.samples.marks import OPTIONS
from tests.samples.page import Content, Page, Text
from tests.samples.sections import Manner
from tests.samples.values import ABSENT, Value

from .degrade import DPI
from .faces import pen_face

_TICKS = {"☑": "□", "☒": "□", "■": "□", "●": "○", "√": "", "✔": "□", "x": ""}
"""What is ticked, and what of it is printed."""
_INVISIBLE = 0xFE


def by_pen(name: str, value: Value) -> Value:
    """The value in the pen's ink; what is printed of it stays printed."""
    if value.truth is ABSENT:
        return value
    if name in OPTIONS:
        return replace(value, content=_split(value.content, tuple(_TICKS)))
    if name in SIGNED:
        written = value.truth.get("name") if isinstance(value.truth, dict) else None
        return replace(value, content=_split(value.content, (written,))) if written else value
    return replace(
        value,
        content=tuple(
            tuple(replace(x, pen=True) if isinstance(x, Text) else x for x in line) for line in value.content
        ),
    )


def _split(content: Content, words: tuple[str, ...]) -> Content:
    """The content with the words in the pen's ink."""
    lines = []
    for line in content:
        made: list[Any] = []
        for inline in line:
            if not isinstance(inline, Text):
                made.append(inline)
                continue
            rest = inline.text
            while rest:
                at, word = min(((rest.find(w), w) for w in words if w in rest), default=(len(rest), ""))
                if at:
                    made.append(replace(inline, text=rest[:at]))
                if word:
                    made.append(replace(inline, text=word, pen=True))
                rest = rest[at + len(word) :]
        lines.append(tuple(made))
    return tuple(lines)


def written_form(form: str, rng: Random) -> tuple[list[Page], list[dict[str, object]], str]:
    """One form filled in by pen: its page, its record and the layout's name."""
    filling = Filling.draw(form, rng, "docx")
    filling.controls = False
    while filling.ticks.word or filling.ticks.mark in {"w14", "sym", "sym2", "legacy"}:
        filling.ticks = type(filling.ticks).draw(rng, "xlsx")
    manner = replace(Manner.draw(rng, filling.labels, "docx"), cell_sdt=False)
    fields = filling.fields()
    plan = {**single.layout(form, rng, fields), "top": "line"}
    while plan["skeleton"] == "numbered":  # whose cells are plain text
        plan = {**single.layout(form, rng, fields), "top": "line"}
    row = {name: by_pen(name, value) for name, value in filling.record(fields).items()}
    record = {"form": form, "values": {n: v.truth for n, v in row.items() if v.truth is not ABSENT}}
    return [single.page(form, plan, manner, row, "表")], [record], f"hand-{plan['skeleton']}"


def pages_by_pen(pdf: Path, rng: Random) -> Iterator[Any]:
    """The pages of a PDF in grey, at 300 dots to the inch, with what stands in the pen's ink written."""
    import pypdfium2
    from PIL import Image

    face = pen_face(rng)
    slant = rng.uniform(-0.05, 0.12)
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        grey = Image.fromarray(
            np.asarray(page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")).copy()
        )
        for character, box, size in _invisible(page):
            _write(grey, character, box, size, face, slant, rng)
        yield np.asarray(grey).copy()
    document.close()


def _invisible(page: Any) -> Iterator[tuple[str, tuple[float, float, float, float], float]]:
    """The characters in the pen's ink: which, where (left, bottom, right, top in points), how large."""
    import ctypes

    from pypdfium2 import raw

    text = page.get_textpage()
    for number in range(text.count_chars()):
        colour = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFText_GetFillColor(text, number, *colour)
        if any(part.value < _INVISIBLE for part in colour[:3]):
            continue
        character = chr(raw.FPDFText_GetUnicode(text, number))
        if character.isspace():
            continue
        yield character, text.get_charbox(number, loose=True), float(raw.FPDFText_GetFontSize(text, number))


def _write(
    picture: Any,
    character: str,
    box: tuple[float, float, float, float],
    size: float,
    face: tuple[str, int],
    slant: float,
    rng: Random,
) -> None:
    from PIL import Image, ImageDraw, ImageFont

    scale = DPI / 72
    left, bottom, right, top = box
    height = picture.height
    x, y = (left + right) / 2 * scale, height - (bottom + top) / 2 * scale
    em = size * scale * rng.uniform(1.0, 1.22)
    x, y = x + rng.gauss(0, 0.04 * em), y + rng.gauss(0, 0.055 * em)
    if character in _TICKS:
        _tick(picture, _TICKS[character], (x, y), em, rng)
        return
    font = ImageFont.truetype(face[0], round(em), index=face[1])
    side = round(2.2 * em)
    tile = Image.new("L", (side, side), 0)
    heavy = rng.choice([0, 0, 1, 1, 2])
    ImageDraw.Draw(tile).text(
        (side / 2, side / 2), character, font=font, fill=255, anchor="mm", stroke_width=heavy
    )
    lean = slant + rng.gauss(0, 0.04)
    tile = tile.transform(
        tile.size, Image.Transform.AFFINE, (1, lean, -lean * side / 2, 0, 1, 0), Image.Resampling.BICUBIC
    )
    tile = tile.rotate(rng.gauss(0, 3.0), Image.Resampling.BICUBIC)
    _ink(picture, tile, x - side / 2, y - side / 2, rng)


def _tick(picture: Any, printed: str, middle: tuple[float, float], em: float, rng: Random) -> None:
    from PIL import Image, ImageDraw

    side = round(2.4 * em)
    c, r = side / 2, 0.36 * em
    if printed:
        frame = Image.new("L", (side, side), 0)
        draw = ImageDraw.Draw(frame)
        shape = draw.ellipse if printed == "○" else draw.rectangle
        shape((c - r, c - r, c + r, c + r), outline=255, width=max(2, round(0.05 * em)))
        _ink(picture, frame, middle[0] - c, middle[1] - c, None)
    tile = Image.new("L", (side, side), 0)
    points = [(-0.34, -0.02), (-0.1, 0.32), (0.52, -0.5)]
    drawn = [(c + (x + rng.gauss(0, 0.06)) * em, c + (y + rng.gauss(0, 0.06)) * em) for x, y in points]
    ImageDraw.Draw(tile).line(
        drawn, fill=255, width=max(3, round(rng.uniform(0.06, 0.11) * em)), joint="curve"
    )
    _ink(picture, tile, middle[0] - c, middle[1] - c, rng)


def _ink(picture: Any, tile: Any, x: float, y: float, rng: Random | None) -> None:
    shade = 20 if rng is None else rng.randint(20, 90)
    picture.paste(shade, (round(x), round(y)), tile)
