"""Recognise one very large word (a separator sheet) by shrinking the page.

The models expect the letters of a form. The word on an office's separator sheet may be five times as large, on coloured
paper, white on dark or lying sideways, and is then not read. So a page with large strokes on which nearly nothing was
read is recognised again at a third and a fifth of its size.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from formflow.model import Line, Part, Source
from formflow.pages.separators import is_separator
from formflow.recognition.image.load import image_page, pdf_page
from formflow.recognition.page import recognise_page
from formflow.recognition.parameters import LARGE_WORDS

if TYPE_CHECKING:
    from formflow.recognition.engine import Recogniser
    from formflow.recognition.raster import Pixels, Raster


def with_large_word(part: Part, data: bytes, number: int, recogniser: Recogniser) -> Part:
    """The page with its large word read if that makes it a separator sheet; else the page as it was recognised.

    Args:
        part: What was recognised of the page.
        data: The bytes of its file.
        number: The page's number in it, from 0.
    """
    if not _is_sparse(part) or is_separator(part):
        return part
    raster = pdf_page(data, number) if b"%PDF-" in data[:1024] else image_page(data, number)
    grey = _dark_on_white(raster.grey)
    if not _holds_large_strokes(grey):
        return part
    for share in (LARGE_WORDS.first_scale_share, LARGE_WORDS.second_scale_share):
        seen = recognise_page(_small(raster, grey, share), recogniser, part.name)
        if is_separator(seen):
            source = Source(part=part.name, ref="line 1", medium=raster.medium.value)
            lines = tuple(replace(line, source=source) for line in seen.blocks if isinstance(line, Line))
            return replace(part, blocks=lines, pictures=())
    return part


def _is_sparse(part: Part) -> bool:
    """Whether nearly nothing was read on a page."""
    if part.controls or part.codes or any(cell.text.strip() for table in part.tables for cell in table.cells):
        return False
    return sum(len(line.text) for line in part.lines) <= LARGE_WORDS.max_characters_count


def _dark_on_white(grey: Pixels) -> Pixels:
    """The page with white paper and dark ink, whatever their colours."""
    step, white = LARGE_WORDS.ink_step_grey, LARGE_WORDS.paper_grey
    paper = int(np.median(grey))
    if np.count_nonzero(grey > paper + step) > np.count_nonzero(grey < paper - step):
        grey, paper = 255 - grey, 255 - paper
    return np.clip(grey.astype(np.float32) * (white / max(paper, 1)), 0, 255).astype(np.uint8)


def _holds_large_strokes(grey: Pixels) -> bool:
    ink = (cv2.GaussianBlur(grey, (0, 0), 2) < LARGE_WORDS.paper_grey - LARGE_WORDS.ink_step_grey).astype(
        np.uint8
    )
    _, _, found, _ = cv2.connectedComponentsWithStats(ink)
    longer = np.maximum(found[1:, cv2.CC_STAT_WIDTH], found[1:, cv2.CC_STAT_HEIGHT])
    large = (longer > LARGE_WORDS.min_stroke_px) & (longer < LARGE_WORDS.max_stroke_px)
    return bool(LARGE_WORDS.min_strokes_count <= large.sum() <= LARGE_WORDS.max_strokes_count)


def _small(raster: Raster, grey: Pixels, share: float) -> Raster:
    """The page shrunk, in the middle of an empty page of its own size."""
    small = cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    page = np.full_like(grey, LARGE_WORDS.paper_grey)
    top, left = ((whole - part) // 2 for whole, part in zip(page.shape, small.shape, strict=True))
    page[top : top + small.shape[0], left : left + small.shape[1]] = small
    return replace(raster, grey=page, colour=None)
