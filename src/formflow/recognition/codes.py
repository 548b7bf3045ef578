"""QR symbols on a page: which blank or which entry it is."""

from __future__ import annotations

from formflow.recognition.raster import Pixels


def codes_on(grey: Pixels) -> list[tuple[str, tuple[int, int, int, int]]]:
    """Texts of the QR symbols on a page and where they stand (left, top, right, bottom in pixels).

    Noise and coarse fax lines are taken out step by step: as it is, a median of three, twice the size with blur.
    """
    import importlib.util

    if importlib.util.find_spec("zxingcpp") is None:
        return []
    import cv2

    for scale, picture in (
        (1, grey),
        (1, cv2.medianBlur(grey, 3)),
        (2, cv2.GaussianBlur(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), (0, 0), 1.6)),
    ):
        if found := _read(picture, scale):
            return found
    return []


def _read(picture: Pixels, scale: int) -> list[tuple[str, tuple[int, int, int, int]]]:
    import zxingcpp

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
