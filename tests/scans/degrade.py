"""What a copier, a fax and a telephone do to a page; every effect is drawn from the random generator given."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import cv2
import numpy as np

Pixels = Any
"""A grey page, height × width, at 300 dots to the inch."""

DPI = 300


def _noise(rng: Random) -> np.random.Generator:
    return np.random.default_rng(rng.getrandbits(32))


def resized(page: Pixels, dpi: float, dpi_down: float | None = None) -> Pixels:
    """The page at another resolution, across and down."""
    across, down = dpi / DPI, (dpi_down or dpi) / DPI
    return cv2.resize(page, None, fx=across, fy=down, interpolation=cv2.INTER_AREA)


def skewed(page: Pixels, degrees: float) -> Pixels:
    """The page laid crooked on white glass."""
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))


def grained(page: Pixels, sigma: float, rng: Random) -> Pixels:
    """Noise of a sensor."""
    return np.clip(page + _noise(rng).normal(0, sigma, page.shape), 0, 255).astype(np.uint8)


def pressed(page: Pixels, quality: int) -> Pixels:
    """Through JPEG and back."""
    return cv2.imdecode(
        cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_GRAYSCALE
    )


def thresholded(page: Pixels, level: int) -> Pixels:
    """Black and white, as a fax decides."""
    return ((page > level) * 255).astype(np.uint8)


def dithered(page: Pixels) -> Pixels:
    """Black and white by error diffusion (Floyd, Steinberg), as a fax set to `photo` sends."""
    from PIL import Image

    return np.asarray(Image.fromarray(page).convert("1").convert("L")).copy()


def specked(page: Pixels, share: float, rng: Random) -> Pixels:
    """Black and white specks."""
    noise = _noise(rng)
    dotted = page.copy()
    dotted[noise.random(page.shape) < share] = 0
    dotted[(noise.random(page.shape) < 2 * share) & (page < 128)] = 255
    return dotted


def streaked(page: Pixels, rng: Random) -> Pixels:
    """An upright streak from end to end, with gaps."""
    column = rng.randint(page.shape[1] // 10, page.shape[1] * 9 // 10)
    rows = _noise(rng).random(page.shape[0]) < rng.uniform(0.5, 0.8)
    marked = page.copy()
    marked[rows, column] = 0
    return marked


def stamped(page: Pixels, rng: Random) -> Pixels:
    """A round seal pressed near the foot, grey as a black-and-white scanner sees red."""
    height, width = page.shape
    radius = round(0.8 * DPI)
    x, y = rng.randint(width // 2, width - 2 * radius), rng.randint(height * 3 // 4, height - radius - 60)
    layer = np.full_like(page, 255)
    cv2.circle(layer, (x, y), radius, (rng.randint(70, 130),), 12)
    points = [
        (x + r * np.sin(k * np.pi / 5), y - r * np.cos(k * np.pi / 5))
        for k in range(10)
        for r in [radius * (0.35 if k % 2 == 0 else 0.15)]
    ]
    cv2.fillPoly(layer, [np.array(points, np.int32)], (110,))
    return np.minimum(page, layer)


def photographed(page: Pixels, rng: Random) -> Pixels:
    """The page on a desk: perspective, uneven light, a soft lens."""
    height, width = page.shape
    page = cv2.resize(page, (round(width * 0.72), round(height * 0.72)), interpolation=cv2.INTER_AREA)
    height, width = page.shape
    margin_x, margin_y = round(width * 0.1), round(height * 0.06)
    whole = (width + 2 * margin_x, height + 2 * margin_y)
    lean = 0.035 * width
    corners = [(margin_x, margin_y), (margin_x + width, margin_y)]
    corners += [(margin_x + width, margin_y + height), (margin_x, margin_y + height)]
    target = np.array(
        [(x + rng.uniform(-lean, lean), y + rng.uniform(-lean, lean)) for x, y in corners], np.float32
    )
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    warp = cv2.getPerspectiveTransform(source, target)
    noise = _noise(rng)
    ground = cv2.resize(noise.normal(rng.randint(70, 130), 12, (40, 30)).astype(np.float32), whole)
    mask = cv2.warpPerspective(np.full_like(page, 255), warp, whole)
    paper = cv2.warpPerspective(page, warp, whole, flags=cv2.INTER_AREA, borderValue=(255,))
    light = cv2.resize(
        np.array([[rng.uniform(0.62, 1.0) for _ in range(2)] for _ in range(2)], np.float32), whole
    )
    seen = np.where(mask > 127, paper * 0.9, ground) * light
    seen = cv2.GaussianBlur(seen.astype(np.float32), (0, 0), rng.uniform(0.5, 0.9))
    return pressed(grained(seen, rng.uniform(1.5, 4), rng), rng.randint(70, 92))


def _scan(dpi: int) -> Callable[[Pixels, Random], Pixels]:
    def scan(page: Pixels, rng: Random) -> Pixels:
        if rng.random() < 0.4:
            page = stamped(page, rng)
        page = resized(skewed(page, rng.uniform(-2, 2)), dpi)
        page = cv2.GaussianBlur(page, (0, 0), rng.uniform(0.3, 0.7))
        return pressed(grained(page * rng.uniform(0.93, 1.0), rng.uniform(1, 4), rng), rng.randint(70, 92))

    return scan


def _turned(quarters: int) -> Callable[[Pixels, Random], Pixels]:
    return lambda page, rng: np.rot90(_scan(200)(page, rng), quarters).copy()


def _fax(down: float, *, dither: bool = False) -> Callable[[Pixels, Random], Pixels]:
    def fax(page: Pixels, rng: Random) -> Pixels:
        if page.shape[1] > page.shape[0]:
            page = np.rot90(page).copy()  # a sheet goes into a fax by its short side
        page = skewed(page, rng.uniform(-1.2, 1.2))
        page = cv2.resize(page, (1728, round(page.shape[0] / DPI * down)), interpolation=cv2.INTER_AREA)
        page = (
            dithered(page)
            if dither
            else thresholded(grained(page, rng.uniform(4, 14), rng), rng.randint(145, 195))
        )
        page = specked(page, rng.uniform(0.0, 0.0008), rng)
        return streaked(page, rng) if rng.random() < 0.5 else page

    return fax


DEGRADATIONS: dict[str, Callable[[Pixels, Random], Pixels]] = {
    "clean200": lambda page, _: resized(page, 200),
    "scan200": _scan(200),
    "scan300": _scan(300),
    "rot90": _turned(1),
    "rot180": _turned(2),
    "rot270": _turned(3),
    "faxfine": _fax(196),
    "faxdither": _fax(196, dither=True),
    "faxstd": _fax(98),
    "photo": photographed,
}
"""By name, as the corpus names them: a grey page at 300 dots to the inch becomes what arrived."""


def resolution(name: str) -> tuple[float, float]:
    """Dots to the inch, across and down, that the file says."""
    if name == "faxstd":
        return 204.0, 98.0
    if name.startswith("fax"):
        return 204.0, 196.0
    return (300.0, 300.0) if name == "scan300" else (200.0, 200.0)
