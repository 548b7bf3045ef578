"""Lines of text from pixels: PP-OCRv6 by RapidOCR, on OpenVINO, else on onnxruntime.

The models come inside RapidOCR's wheel; nothing is fetched at run time. Detection and recognition are asked
for separately, because the page's own ruling says where a line must end. Widths go in steps: the runtime
keeps a plan for every shape that it meets.
"""

from __future__ import annotations

import importlib.util
import math
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from formflow.errors import ReadError
from formflow.recognition.raster import Pixels

_HEIGHT = 48
_STEP = 80
_WIDEST = 3200
_BATCH_WIDTH = 1600
_PAGE_STEP = 64
_FIND = 0.5
"""Size of the page in which lines are looked for."""
_SIDES = 1600
_LIKELY, _LIKELY_ENOUGH, _LEAST_BLOT, _GROWTH = 0.3, 0.5, 3, 1.6
_FOLDED = {
    "￥": "¥",
    "–": "-",
    "—": "-",
    "―": "-",
    "－": "-",
    "−": "-",
    "〔": "(",
    "〕": ")",
    "【": "[",
    "】": "]",
}


@dataclass(frozen=True, slots=True)
class Glyph:
    """A recognised character.

    Attributes:
        place: Middle of the character, as a share of the line's width.
        sure: Probability that the model gives it.
        second: The character it thought of next, and `second_sure` how likely.
    """

    text: str
    place: float
    sure: float
    second: str = ""
    second_sure: float = 0.0


@dataclass(frozen=True, slots=True)
class Spelled:
    """A line as recognised."""

    glyphs: tuple[Glyph, ...] = ()

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def mean(self) -> float:
        """Mean probability of its characters; 0 where there is none."""
        return sum(glyph.sure for glyph in self.glyphs) / len(self.glyphs) if self.glyphs else 0.0

    @property
    def least(self) -> float:
        return min((glyph.sure for glyph in self.glyphs), default=0.0)


class Recogniser:
    """The two models, loaded and warm.

    Args:
        threads: Processor threads of one inference.
    Raises:
        ReadError: `no-text`: the scan component is not installed.
    """

    def __init__(self, threads: int = 2) -> None:
        for needed in ("rapidocr", "cv2"):
            if importlib.util.find_spec(needed) is None:
                raise ReadError("no-text", f"{needed} is not installed")
        self.runtime = "openvino" if importlib.util.find_spec("openvino") else "onnxruntime"
        if importlib.util.find_spec(self.runtime) is None:
            raise ReadError("no-text", "neither openvino nor onnxruntime is installed")
        os.environ.setdefault("OPENVINO_TELEMETRY_DISABLED", "1")
        from rapidocr import EngineType, RapidOCR

        chosen = EngineType(self.runtime)
        self._ocr: Any = RapidOCR(
            params={
                "Global.text_score": 0.0,
                "Global.use_cls": False,
                "Global.max_side_len": _SIDES,
                "Global.log_level": "error",
                "Det.engine_type": chosen,
                "Rec.engine_type": chosen,
                "EngineConfig.openvino.inference_num_threads": threads,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            }
        )
        blank: Pixels = np.full((_HEIGHT, 4 * _STEP, 3), 255, np.uint8)
        # It loads a model with the first picture that needs it.
        self._ocr(blank, use_det=True, use_cls=False, use_rec=False)
        self._ocr(blank, use_det=False, use_cls=False, use_rec=True)
        self._alphabet: Sequence[str] = self._ocr.text_rec.postprocess_op.character

    def find_lines(self, grey: Pixels) -> list[tuple[int, int, int, int]]:
        """Boxes of the lines of text on a level page: left, top, right, bottom in pixels.

        Half the page's resolution tells where a line stands; the page's own ink tells where exactly.
        """
        height, width = grey.shape
        scale = min(_FIND, _SIDES / max(height, width))
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        high, wide = (-(-side // _PAGE_STEP) * _PAGE_STEP for side in small.shape)
        canvas = np.full((1, 3, high, wide), 1.0, np.float32)
        canvas[0, :, : small.shape[0], : small.shape[1]] = small.astype(np.float32) / 127.5 - 1.0
        likely = self._ocr.text_det.session(canvas)[0, 0, : small.shape[0], : small.shape[1]]
        boxes = []
        for a, b, c, d in _found(likely):
            left, top = max(math.floor(a / scale), 0), max(math.floor(b / scale), 0)
            right, bottom = min(math.ceil(c / scale), width), min(math.ceil(d / scale), height)
            if right - left >= 4 and bottom - top >= 4:
                boxes.append((left, top, right, bottom))
        return sorted(boxes, key=lambda box: (box[1], box[0]))

    def read_lines(self, lines: Sequence[Pixels]) -> list[Spelled]:
        """What each line says; a line is a grey picture of one row of text."""
        read = [Spelled()] * len(lines)
        for batch in _batches(lines):
            tensor: Pixels = np.zeros((len(batch), 3, _HEIGHT, batch[0][1]), np.float32)
            shares = []
            for row, (number, wide) in enumerate(batch):
                line = lines[number]
                width = min(wide, max(8, round(line.shape[1] * _HEIGHT / line.shape[0])))
                method = cv2.INTER_AREA if line.shape[0] > _HEIGHT else cv2.INTER_CUBIC
                scaled = cv2.resize(line, (width, _HEIGHT), interpolation=method)
                tensor[row, :, :, :width] = scaled.astype(np.float32)[None] / 127.5 - 1.0
                shares.append(width / wide)
            scores = np.asarray(self._ocr.text_rec.session(tensor))
            for row, (number, _) in enumerate(batch):
                read[number] = Spelled(tuple(self._decode(scores[row], shares[row])))
        return read

    def _decode(self, scores: Pixels, share: float) -> Iterator[Glyph]:
        """Greedy CTC decoding that keeps each character's probability, place and runner-up."""
        best = scores.argmax(axis=1)
        steps = len(best)
        start = 0
        while start < steps:
            end = start
            while end + 1 < steps and best[end + 1] == best[start]:
                end += 1
            token = int(best[start])
            if token:
                peak = start + int(scores[start : end + 1, token].argmax())
                row = scores[peak]
                sure = float(row[token])
                second, second_sure = "", 0.0
                if sure < 0.98:
                    order = np.argpartition(row, -2)[-2:]
                    other = int(order[0] if order[1] == token else order[1])
                    second, second_sure = self._alphabet[other] if other else "", float(row[other])
                    if second and _same(self._alphabet[token], second):
                        sure += second_sure
                place = ((start + end) / 2 + 0.5) / (steps * share)
                yield Glyph(self._alphabet[token], min(place, 1.0), sure, second, second_sure)
            start = end + 1


def _found(likely: Pixels) -> Iterator[tuple[float, float, float, float]]:
    """Boxes of the blots of a map of how likely a pixel belongs to the middle of a line.

    The network is taught the lines shrunk; they are made larger by the same measure (DB, Liao et al. 2020).
    """
    mask = (likely > _LIKELY).astype(np.uint8)
    mask = cv2.dilate(mask, np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    sums = np.bincount(labels.ravel(), weights=likely.ravel(), minlength=count)
    for number in range(1, count):
        x, y, wide, high, area = (int(value) for value in stats[number])
        if min(wide, high) < _LEAST_BLOT or sums[number] / area < _LIKELY_ENOUGH:
            continue
        grown = wide * high * _GROWTH / (2 * (wide + high))
        yield x - grown, y - grown, x + wide + grown, y + high + grown


def _same(a: str, b: str) -> bool:
    """Whether two characters are one but for width or the kind of dash: no reader of values minds which."""
    return _FOLDED.get(a, unicodedata.normalize("NFKC", a)) == _FOLDED.get(
        b, unicodedata.normalize("NFKC", b)
    )


def _batches(lines: Sequence[Pixels]) -> Iterator[list[tuple[int, int]]]:
    """Lines of like width together, as (number, padded width)."""
    by_width: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        width = max(1, line.shape[1] * _HEIGHT / max(line.shape[0], 1))
        padded = min(_WIDEST, -(-int(np.ceil(width)) // _STEP) * _STEP)
        by_width.setdefault(padded, []).append(number)
    for padded, numbers in sorted(by_width.items()):
        size = max(1, _BATCH_WIDTH // padded)
        for start in range(0, len(numbers), size):
            yield [(number, padded) for number in numbers[start : start + size]]
