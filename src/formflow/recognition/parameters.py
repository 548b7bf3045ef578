"""Thresholds of the page itself: its layers, its rows of text, and very large words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageParameters:
    """How a page is taken apart, and how ink makes rows and pieces of text; heights are those of a row.

    In brackets: what changed on three scans (a standard fax, a dithered fax, a sealed form filled in by pen) when the
    threshold was made a fifth smaller and larger: `values`, only `texts` or confidences, or `nothing`.
    """

    # Layers.
    fax_fine_blur_px: float = 0.7
    """Blur of a fine fax, whose hard steps the models were not taught; measured on 32 standard faxes. [values]"""
    fax_standard_blur_px: float = 0.9
    """Blur of a standard fax. [values]"""
    min_underline_mm: float = 11.4
    """Shortest level line outside tables that is an underline. [nothing]"""
    max_underline_px: int = 6
    """Thickest line to write on. [nothing]"""
    underline_share: float = 0.97
    """Least share of an underline that is inked; a row of strokes of characters has gaps. [nothing]"""

    # Rows of text inside a cell (cell_rows).
    margin_px: int = 3
    """Margin of a cell in which what is left of its ruling lies. [values]"""
    min_row_mm: float = 1.3
    """Lowest row of characters that counts for the page's usual height. [nothing]"""
    max_row_mm: float = 7.6
    """Highest such row. [nothing]"""
    part_in_heights: float = 0.34
    """Height of a part of a row, and white between two parts. [nothing]"""
    whole_in_heights: float = 1.15
    """Greatest height of one row. [values]"""
    tall_in_heights: float = 1.4
    """Least height of a run of ink that holds more than one row. [nothing]"""
    valley_share: float = 0.4
    """Ink of the line of pixels between two rows that touch, against that of the fainter row. [nothing]"""
    thin_share: float = 0.15
    """The same against that of the fuller row: a lone bracket fills its row thinly. [nothing]"""
    min_row_area_px: int = 12
    """Least ink of a row or a piece; less is a speck. [nothing]"""

    # Pieces of a row (pieces).
    frame_px: int = 4
    """Least margin of paper around a line that the recogniser is shown. [values]"""
    frame_in_heights: float = 0.12
    """The same margin for high lines. [texts]"""
    piece_gap_in_heights: float = 1.5
    """White at which a row falls into two pieces. [texts]"""
    space_in_heights: float = 0.62
    """White between two characters that is a space. [values]"""
    punctuation_space_in_heights: float = 1.2
    """White beside a mark of punctuation that is a space: such marks stand in white of their own. [texts]"""
    two_rows_in_heights: float = 1.25
    """Height of a detected line that may hold two rows. [nothing]"""
    row_overlap_share: float = 0.4
    """Least overlap by height of two pieces of one row. [nothing]"""
    inside_share: float = 0.7
    """Share of a box that lies in a larger one and makes it superfluous. [nothing]"""


PAGE = PageParameters()


@dataclass(frozen=True, slots=True)
class LargeWordParameters:
    """When a page is looked at again, made small, for one very large word.

    In brackets: what changed on three scans (a standard fax, a dithered fax, a sealed form filled in by pen) when the
    threshold was made a fifth smaller and larger: `values`, only `texts` or confidences, or `nothing`.
    """

    max_characters_count: int = 8
    """Characters on a page that may hold a large word which was not read. [nothing]"""
    first_scale_share: float = 0.3
    """Share of its size to which the page is shrunk first. [nothing]"""
    second_scale_share: float = 0.2
    """Share to which it is shrunk if the first shows no separator. [nothing]"""
    min_stroke_px: int = 70
    """Length of the shortest large stroke. [nothing]"""
    max_stroke_px: int = 700
    """Length of the longest one; longer strokes are frames. [nothing]"""
    min_strokes_count: int = 3
    """Least number of large strokes; fewer are the holes of a punch. [nothing]"""
    max_strokes_count: int = 80
    """Greatest number of them. [nothing]"""
    ink_step_grey: int = 60
    """How much ink differs from paper. [not varied]"""
    paper_grey: int = 250
    """Grey that paper is given. [not varied]"""


LARGE_WORDS = LargeWordParameters()
