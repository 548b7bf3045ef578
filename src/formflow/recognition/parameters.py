"""Thresholds of the page itself: its layers, its rows of text, and very large words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageParameters:
    """How a page is taken apart, and how ink makes rows and pieces of text; heights are those of a row."""

    # Layers.
    fax_fine_blur_px: float = 0.7
    """Blur of a fine fax, whose hard steps the models were not taught; measured on 32 standard faxes."""
    fax_standard_blur_px: float = 0.9
    """Blur of a standard fax."""
    min_underline_mm: float = 11.4
    """Shortest level line outside tables that is an underline."""
    max_underline_px: int = 6
    """Thickest line to write on."""
    underline_share: float = 0.97
    """Least share of an underline that is inked; a row of strokes of characters has gaps."""

    # Rows of text inside a cell (cell_rows).
    margin_px: int = 3
    """Margin of a cell in which what is left of its ruling lies."""
    min_row_mm: float = 1.3
    """Lowest row of characters that counts for the page's usual height."""
    max_row_mm: float = 7.6
    """Highest such row."""
    part_in_heights: float = 0.34
    """Height of a part of a row, and white between two parts."""
    whole_in_heights: float = 1.15
    """Greatest height of one row."""
    tall_in_heights: float = 1.4
    """Least height of a run of ink that holds more than one row."""
    valley_share: float = 0.4
    """Ink of the line of pixels between two rows that touch, against that of the fainter row."""
    thin_share: float = 0.15
    """The same against that of the fuller row: a lone bracket fills its row thinly."""
    min_row_area_px: int = 12
    """Least ink of a row or a piece; less is a speck."""

    # Pieces of a row (pieces).
    frame_px: int = 4
    """Least margin of paper around a line that the recogniser is shown."""
    frame_in_heights: float = 0.12
    """The same margin for high lines."""
    piece_gap_in_heights: float = 1.5
    """White at which a row falls into two pieces."""
    space_in_heights: float = 0.62
    """White between two characters that is a space."""
    punctuation_space_in_heights: float = 1.2
    """White beside a mark of punctuation that is a space: such marks stand in white of their own."""
    two_rows_in_heights: float = 1.25
    """Height of a detected line that may hold two rows."""
    row_overlap_share: float = 0.4
    """Least overlap by height of two pieces of one row."""
    inside_share: float = 0.7
    """Share of a box that lies in a larger one and makes it superfluous."""


PAGE = PageParameters()


@dataclass(frozen=True, slots=True)
class LargeWordParameters:
    """When a page is looked at again, made small, for one very large word."""

    max_characters_count: int = 8
    """Characters on a page that may hold a large word which was not read."""
    first_scale_share: float = 0.3
    """Share of its size to which the page is shrunk first."""
    second_scale_share: float = 0.2
    """Share to which it is shrunk if the first shows no separator."""
    min_stroke_px: int = 70
    """Length of the shortest large stroke."""
    max_stroke_px: int = 700
    """Length of the longest one; longer strokes are frames."""
    min_strokes_count: int = 3
    """Least number of large strokes; fewer are the holes of a punch."""
    max_strokes_count: int = 80
    """Greatest number of them."""
    ink_step_grey: int = 60
    """How much ink differs from paper."""
    paper_grey: int = 250
    """Grey that paper is given."""


LARGE_WORDS = LargeWordParameters()
