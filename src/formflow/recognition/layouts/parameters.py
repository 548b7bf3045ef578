"""Thresholds of the layouts' chapter; pixels are those of the layout's page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LayoutParameters:
    """When a page is on a known layout, and which of its cells hold nothing but print.

    In brackets: what changed on three scans (a standard fax, a dithered fax, a sealed form filled in by pen) when the
    threshold was made a fifth smaller and larger: `values`, only `texts` or confidences, or `nothing`.
    """

    # Registering an empty form (register).
    max_pages_count: int = 20
    """Pages of an empty form that are registered. [not varied]"""
    min_cells_count: int = 6
    """Least number of cells by which a page can be known again. [not varied]"""

    # Finding the layout (match).
    min_proof_share: float = 0.93
    """Least share of a layout's ruling that must lie beside the page's. [not varied]"""
    certain_proof_share: float = 0.98
    """Share from which no other layout is tried. [not varied]"""
    near_mm: float = 0.6
    """Distance of two rulings that are one. [not varied]"""
    min_each_share: float = 0.5
    """Least share of every single ruling that must have its partner. [not varied]"""
    min_each_mm: float = 10.16
    """Length of a ruling up to which it may be without one. [not varied]"""
    inked_share: float = 0.8
    """Least share that is inked of a ruling that was not found: a coarse fax breaks it; a row of text has gaps. [not varied]"""
    match_dpi: int = 110
    """Resolution at which features are looked for. [not varied]"""
    feature_ratio_share: float = 0.8
    """Distance of the best to that of the second-best feature, at most (Lowe 2004). [not varied]"""
    min_inliers_count: int = 12
    """Least number of features that agree on one homography. [not varied]"""
    max_tried_count: int = 12
    """Layouts that are tried, those with about as many cells first. [not varied]"""

    # Comparing print (compare).
    edge_px: int = 4
    """Margin of a cell in which its ruling lies. [not varied]"""
    shift_px: int = 5
    """How far print may lie off its place. [not varied]"""
    tick_px: int = 6
    """How far a tick reaches out of its box. [not varied]"""
    sealed_mm: float = 7.6
    """How far around a seal its ink may have changed a label. [not varied]"""
    size_px: int = 2
    """By how much boxes of one print differ in size. [not varied]"""
    tile_px: int = 30
    """Width and height over which ink is compared: the size of a character. [not varied]"""
    other_ink_share: float = 0.25
    """Share of a tile's ink without a partner that makes it another text. [not varied]"""
    min_other_area_px: int = 20
    """Least area of such ink. [not varied]"""
    same_text_share: float = 0.7
    """Least correlation of print with a copy of it: 0.75 on a standard fax, where other words have 0.6 at most. [not varied]"""
    blur_px: float = 1.5
    """Blur of both before they are correlated. [not varied]"""
    min_print_px: int = 6
    """Least width and height of print that can be correlated. [not varied]"""
    asked_labels_count: int = 8
    """Labels that are read to compare them with the layout's. [not varied]"""
    like_label_percent: float = 60.0
    """Least likeness of a label that was read with the layout's. [not varied]"""
    like_labels_share: float = 0.7
    """Least share of the labels read that must be alike. [not varied]"""

    # What an empty PDF prints (printed).
    box_off_px: int = 2
    """How far a box's outline may lie outside its glyph. [not varied]"""
    space_in_heights: float = 0.25
    """White between two characters that is a space. [not varied]"""
    same_row_in_heights: float = 0.6
    """How far apart the middles of two characters of one row may lie. [not varied]"""


LAYOUTS = LayoutParameters()
