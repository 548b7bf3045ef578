"""Recognise lines of text from pixels: PP-OCRv6 by RapidOCR, on OpenVINO or else on onnxruntime.

The models come inside RapidOCR's wheel; nothing is fetched at run time. Detection and recognition are called
separately, because the page's own ruling says where a line must end. Widths and batches come in few sizes, because the
runtime keeps a plan of some eight megabytes for every shape that it meets.
"""

from __future__ import annotations

import importlib.util
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
"""Height in pixels of a line as the model takes it."""
_WIDTHS = (64, 96, 128, 160, 200, 240, 320, 400, 480, 640, 800, 1000, 1280, 1600, 2000, 2560, 3200)
"""Widths to which lines are padded."""
_BATCH_WIDTH = 1280
"""Width of all lines of a batch together."""
_LEAST_SIDE = 736
"""Side to which RapidOCR enlarges a smaller picture before detection."""
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
        second: The next likely character, with its probability in `second_sure`.
    """

    text: str
    place: float
    sure: float
    second: str = ""
    second_sure: float = 0.0


@dataclass(frozen=True, slots=True)
class Spelled:
    """A recognised line of characters."""

    glyphs: tuple[Glyph, ...] = ()

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def mean(self) -> float:
        """Mean probability of its characters; 0 if there is none."""
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
        cv2.setNumThreads(threads)  # Or its threads would compete with those of the other process.
        from rapidocr import EngineType, RapidOCR  # takes a second

        chosen = EngineType(self.runtime)
        self._ocr: Any = RapidOCR(
            params={
                "Global.text_score": 0.0,
                "Global.use_cls": False,
                "Global.log_level": "error",
                "Det.engine_type": chosen,
                "Rec.engine_type": chosen,
                "EngineConfig.openvino.inference_num_threads": threads,
                # With pinned threads the recognisers of two processes would share the first processor.
                "EngineConfig.openvino.enable_cpu_pinning": False,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            }
        )
        # RapidOCR loads a model with the first picture that needs it, so give both a blank one now.
        blank: Pixels = np.full((_LEAST_SIDE, _LEAST_SIDE, 3), 255, np.uint8)
        self._ocr(blank, use_det=True, use_cls=False, use_rec=False)
        self._ocr(blank[:_HEIGHT], use_det=False, use_cls=False, use_rec=True)
        self._alphabet: Sequence[str] = self._ocr.text_rec.postprocess_op.character

    def likely_lines(self, tensor: Pixels) -> Pixels:
        """Probability that each pixel belongs to the middle of a line of text.

        Args:
            tensor: The page, 1 × 3 × height × width, from -1 to 1.
        """
        return self._ocr.text_det.session(tensor)[0, 0]

    def read_lines(self, lines: Sequence[Pixels]) -> list[Spelled]:
        """The text of each line; a line is a grey picture of one row of text."""
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
        """Greedy CTC decoding that keeps each character's probability, place and runner-up.

        The network gives a score for each token at each step along the line; token 0 is the blank, and a token at
        several steps in a row is one character.

        Args:
            scores: Steps × tokens.
            share: Share of the padded width that the line fills.
        Source:
            Graves et al. 2006, Connectionist temporal classification.
        """
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


def _same(a: str, b: str) -> bool:
    """Whether two characters differ only in width or in the kind of dash, which no reader of values distinguishes."""
    return _FOLDED.get(a, unicodedata.normalize("NFKC", a)) == _FOLDED.get(
        b, unicodedata.normalize("NFKC", b)
    )


def _batches(lines: Sequence[Pixels]) -> Iterator[list[tuple[int, int]]]:
    """Batches of lines of one padded width, as (number, padded width); the last few of a width go one by one.

    A batch that is not full would have a shape of its own, for which the runtime would make another plan.
    """
    by_width: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        width = line.shape[1] * _HEIGHT / max(line.shape[0], 1)
        padded = next((step for step in _WIDTHS if width <= step), _WIDTHS[-1])
        by_width.setdefault(padded, []).append(number)
    for padded, numbers in sorted(by_width.items()):
        size = max(1, _BATCH_WIDTH // padded)
        whole = len(numbers) - len(numbers) % size
        starts = [*range(0, whole, size), *range(whole, len(numbers))]
        for start in starts:
            end = start + size if start < whole else start + 1
            yield [(number, padded) for number in numbers[start:end]]
