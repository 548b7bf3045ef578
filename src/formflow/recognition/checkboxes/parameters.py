"""Thresholds of the checkboxes' chapter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckboxParameters:
    """What counts as a checkbox, and when it is ticked.

    In brackets: what changed on three scans (a standard fax, a dithered fax, a sealed form filled in by pen) when the
    threshold was made a fifth smaller and larger: `values`, only `texts` or confidences, or `nothing`.
    """

    # Squares and circles (outlines).
    min_side_mm: float = 1.5
    """Least width and height of a box. [nothing]"""
    max_side_mm: float = 6.1
    """Greatest width and height of a box. [nothing]"""
    drawn_side_share: float = 0.85
    """Least share of each side of a square that is drawn; a tick or a bad copy takes some of it. [nothing]"""
    drawn_known_share: float = 0.7
    """The same where a known layout says that a box stands there. [nothing]"""
    known_off_px: int = 4
    """How far a box may lie off the place that its layout gives. [nothing]"""
    disc_share: float = 0.74
    """Least share of its frame that a disc or a filled square covers. [nothing]"""
    ring_radius_share: float = 0.45
    """Distance of a ring's innermost ink from its middle, in its radius, at least. [nothing]"""
    max_ring_share: float = 0.62
    """Largest share of its frame that a ring's ink covers. [nothing]"""
    max_uneven_share: float = 0.12
    """By how much the width and the height of a circle may differ. [nothing]"""
    corner_radius_share: float = 1.2
    """Distance from the middle, in half the width, that only the corners of a square have. [nothing]"""
    corner_share: float = 0.1
    """Share of a frame's width that is blank at each corner of a ring. [nothing]"""

    # The middle of a box (outlines).
    aside_share: float = 0.24
    """Share of a box's width on each side that is not its middle. [nothing]"""
    aside_ring_share: float = 0.34
    """The same of a ring: the corners of a larger middle would lie on the ring. [nothing]"""
    empty_dark_share: float = 0.12
    """Share of ink in the middle of a box up to which it is empty. [nothing]"""
    ticked_dark_share: float = 0.24
    """Share of ink in the middle of a box from which it is ticked; between the two a person must look. [nothing]"""

    # Squares in recognised text (states); heights are those of a row.
    own_character_in_heights: float = 0.42
    """Distance of a square from a character's middle up to which it is part of it. [not varied]"""
    read_well_confidence: float = 0.85
    """Confidence from which a character that a square may be part of is believed. [not varied]"""
    min_group_share: float = 0.5
    """Least size of a box against the median of its group: a ticked one is often of another font. [not varied]"""
    max_group_share: float = 1.7
    """Greatest size of a box against the median of its group. [not varied]"""
    twin_share: float = 0.12
    """By how much two empty boxes of one font differ in size. [not varied]"""
    half_bracket_in_heights: float = 0.3
    """From the middle of a bracket to its edge. [not varied]"""
    half_character_in_heights: float = 0.55
    """From the middle of a character to its edge. [not varied]"""
    unread_gap_in_heights: float = 1.6
    """Distance of two characters with an unread one between them. [not varied]"""
    min_unread_in_heights: float = 0.4
    """Least width and height of an unread sign; what is flat is a line to write on. [not varied]"""
    faint_tick_share: float = 0.07
    """Least share of ink between two brackets that may be a tick. [not varied]"""
    clear_tick_share: float = 0.12
    """Share of ink from which it clearly is one. [not varied]"""
    unread_confidence: float = 0.9
    """Confidence of a box or tick that nothing was read of. [not varied]"""
    faint_unread_confidence: float = 0.7
    """Confidence of such a tick if it is faint. [not varied]"""


CHECKBOXES = CheckboxParameters()
