"""Pages drawn in code: rulings, boxes and words, and the recogniser loaded once."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any

import pytest

np = pytest.importorskip("numpy")
cv2 = pytest.importorskip("cv2")


def page(width: int = 1654, height: int = 2339) -> Any:
    """A white page at the working resolution."""
    return np.full((height, width), 255, np.uint8)


def ruled(
    picture: Any, xs: tuple[int, ...], ys: tuple[int, ...], *, without: tuple[tuple[int, int], ...] = ()
) -> Any:
    """A grid on the page; `without` names (row, column) whose right side is not drawn."""
    for y in ys:
        cv2.line(picture, (xs[0], y), (xs[-1], y), 0, 3)
    for column, x in enumerate(xs):
        for row, (top, bottom) in enumerate(pairwise(ys)):
            if (row, column - 1) not in without:
                cv2.line(picture, (x, top), (x, bottom), 0, 3)
    return picture


def hollow(
    picture: Any, left: int, top: int, right: int, bottom: int, *, value: int = 255, wide: int = 3
) -> Any:
    """A square of exactly that size drawn with strokes of that width: what a character is to code that reads none."""
    inner = picture[top + wide : bottom - wide, left + wide : right - wide].copy()
    picture[top:bottom, left:right] = value
    picture[top + wide : bottom - wide, left + wide : right - wide] = inner
    return picture


@lru_cache(maxsize=1)
def _recogniser() -> Any:
    pytest.importorskip("rapidocr")
    from formflow.recognition.engine import Recogniser

    return Recogniser()


@pytest.fixture
def recogniser() -> Any:
    return _recogniser()
