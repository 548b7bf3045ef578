"""Thresholds of the ink chapter; heights are those of a row of characters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InkParameters:
    """What counts as a pen stroke, a lone small sign, and a signature.

    In brackets: what changed on three scans (a standard fax, a dithered fax, a sealed form filled in by pen) when the
    threshold was made a fifth smaller and larger: `values`, only `texts` or confidences, or `nothing`.
    """

    # Pen strokes (shapes).
    min_stroke_width_mm: float = 9.1
    """Least width of a pen stroke that is no character. [nothing]"""
    min_stroke_height_mm: float = 3.3
    """Least height of such a stroke. [nothing]"""
    min_loose_width_mm: float = 15.2
    """Least width of a stroke that covers somewhat more of its frame. [nothing]"""
    max_stroke_share: float = 0.2
    """Largest share of its frame that a pen stroke covers; characters grown together cover more. [texts]"""
    max_loose_share: float = 0.34
    """The same of a very wide stroke that crosses itself little. [nothing]"""
    max_crossings_count: float = 1.8
    """Mean number of strokes that a column of a pen line cuts; characters have three and more. [nothing]"""
    max_character_in_heights: float = 1.2
    """Width of one character. [nothing]"""

    # A lone slash, dash or ditto mark (shapes).
    min_lean_slope: float = 0.22
    """Lean of a slash, sideways for each pixel of its height; an upright 1 has none and an italic one a serif. [nothing]"""
    straight_share: float = 0.06
    """How far a slash may stray from a straight line, in its height. [nothing]"""
    speck_share: float = 0.08
    """Share of a sign's ink below which a blot is a speck. [nothing]"""
    max_dash_height_share: float = 0.3
    """Height of a dash against its width. [nothing]"""
    max_dash_in_heights: float = 2.6
    """Length of a dash; a longer stroke is a line to write on. [nothing]"""
    max_ditto_in_heights: float = 0.55
    """Height of upright ditto marks; a digit has 0.7 and more. [nothing]"""

    # Signatures beside a line (signatures).
    above_in_heights: float = 0.8
    """How far a pen reaches above its line. [nothing]"""
    below_in_heights: float = 0.3
    """How far a pen reaches below it. [nothing]"""
    aside_in_heights: float = 0.3
    """White beside a text before a signature begins. [nothing]"""
    min_room_in_heights: float = 2.0
    """Width of a blank that is there to sign in. [nothing]"""
    reach_in_heights: float = 0.9
    """How far a character reaches from its place. [nothing]"""
    min_signature_in_heights: float = 0.8
    """Least width or height of what a pen wrote. [nothing]"""
    joined_px: int = 5
    """Gap over which the pieces of a broken stroke are joined. [nothing]"""
    edge_px: int = 2
    """How far a text's own ink may lie around its area. [nothing]"""
    in_band_share: float = 0.5
    """Least share of a stroke's height that lies in its line's band. [nothing]"""


INK = InkParameters()
