"""Writes the font of text that is there to be found, not to be seen: `python tools/make_invisible_font.py [FOLDER]`.

One empty glyph beside .notdef; what stands for a character says the PDF. The idea is Tesseract's. Needs fonttools, which
formflow itself does not.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

NAME, UNITS, WIDTH = "FormflowText", 1000, 500
GLYPHS = [".notdef", "empty"]


def main(folder: Path) -> None:
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(GLYPHS)
    builder.setupCharacterMap({})
    builder.setupGlyf({name: Glyph() for name in GLYPHS})
    builder.setupHorizontalMetrics(dict.fromkeys(GLYPHS, (WIDTH, 0)))
    builder.setupHorizontalHeader(ascent=UNITS, descent=0)
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    builder.save(folder / "invisible.ttf")


if __name__ == "__main__":
    default = Path(__file__).resolve().parents[1] / "src" / "formflow" / "documents" / "fonts"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
