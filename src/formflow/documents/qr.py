"""QR symbols (ISO/IEC 18004) for the codes on printed pages: as modules to draw, and as a picture.

Error correction M at least; a symbol that has room to spare is given more (`segno` raises it by itself).
"""

from __future__ import annotations

import io
from functools import lru_cache

QUIET = 4
"""Modules that stay white around a symbol, as the standard asks."""
_PIXELS = 12
"""Pixels to a module: 300 dots to the inch and more at the sizes printed here."""


@lru_cache(maxsize=64)
def symbol(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of the symbol by row, without its quiet zone.

    Args:
        text: Capitals, digits and ` $%*+-./:` give the smallest symbol.
    Raises:
        ValueError: The text is longer than a symbol holds.
    """
    import segno  # for symbols only

    made = segno.make_qr(text, error="m", boost_error=True)
    return tuple(tuple(bool(module) for module in row) for row in made.matrix)


@lru_cache(maxsize=64)
def picture(text: str, *, quiet: int = QUIET) -> bytes:
    """The symbol as a PNG of 12 pixels a module.

    Args:
        quiet: White modules around it.
    """
    import segno  # for symbols only

    out = io.BytesIO()
    segno.make_qr(text, error="m", boost_error=True).save(out, kind="png", scale=_PIXELS, border=quiet)
    return out.getvalue()
