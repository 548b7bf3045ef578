"""Read the QR symbols on a page; they name a blank form or an entry."""

from __future__ import annotations

import importlib.util

import cv2

from formflow.recognition.raster import Pixels


def codes_on(grey: Pixels) -> list[tuple[str, tuple[int, int, int, int]]]:
    """Texts and areas (left, top, right, bottom in pixels) of the QR symbols on a page.

    Three pictures are tried until one gives a symbol: the page as it is; a median of three, which removes noise; twice
    the size and blurred, which closes the gaps of a coarse fax.
    """
    if importlib.util.find_spec("zxingcpp") is None:
        return []
    for scale, picture in (
        (1, grey),
        (1, cv2.medianBlur(grey, 3)),
        (2, cv2.GaussianBlur(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), (0, 0), 1.6)),
    ):
        if found := _read(picture, scale):
            return found
    return []


def _read(picture: Pixels, scale: int) -> list[tuple[str, tuple[int, int, int, int]]]:
    import zxingcpp  # of the scan extra

    found = []
    for symbol in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode):
        corners = (
            symbol.position.top_left,
            symbol.position.top_right,
            symbol.position.bottom_right,
            symbol.position.bottom_left,
        )
        xs, ys = [corner.x // scale for corner in corners], [corner.y // scale for corner in corners]
        found.append((symbol.text, (min(xs), min(ys), max(xs), max(ys))))
    return found
