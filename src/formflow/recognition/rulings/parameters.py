"""Thresholds of the rulings' chapter; lengths are millimetres on the paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RulingParameters:
    """What counts as a ruling, and when rulings meet.

    In brackets: what changed on three scans (a standard fax, a dithered fax, a sealed form filled in by pen) when the
    threshold was made a fifth smaller and larger: `values`, only `texts` or confidences, or `nothing`.
    """

    # Strokes (detect).
    min_level_mm: float = 6.6
    """Shortest level stroke that may be a ruling; strokes of characters are mostly shorter. [texts]"""
    min_upright_mm: float = 4.3
    """Shortest upright stroke that may be a ruling: a row of a list is hardly lower. [values]"""
    max_thickness_mm: float = 1.8
    """Thickest ruling; a thicker stroke is a block of black. [nothing]"""
    drift_mm: float = 0.5
    """How far two pieces of one ruling may lie apart across their direction, or a drawn stretch end before its ruling. [nothing]"""
    gap_mm: float = 5.6
    """Longest break of a ruling that is closed on any page: bad copies lose that much. [nothing]"""
    fax_gap_mm: float = 33.0
    """Break up to which two pieces on a fax are one ruling though one of them ends at a crossing ruling. [nothing]"""
    min_fax_piece_mm: float = 8.9
    """Shortest piece of a ruling that is joined to another over a fax's loss. [nothing]"""
    drawn_share: float = 0.9
    """Least share of a short ruling's length that is inked. [values]"""
    long_drawn_share: float = 0.75
    """The same of a long ruling, which breaks more often. [nothing]"""
    through_share: float = 0.95
    """Share of its length along which a ruling is inked on any page but a fax. [nothing]"""
    beside_mm: float = 0.9
    """How near to a stroke ink counts as standing beside it. [nothing]"""
    crowded_share: float = 0.12
    """Share of a stroke along which ink on both sides makes it a row of characters. [nothing]"""
    row_share: float = 0.35
    """Share of a stroke along which ink on one side makes it the top or the foot of a row of characters. [nothing]"""

    # Upright lines between level ones (detect).
    meet_mm: float = 2.3
    """How far a ruling may end before one that it meets; those that meet are one table. [nothing]"""
    joint_mm: float = 1.0
    """Length at each end of a stretch that must be inked too: characters end before the level rulings. [nothing]"""
    fax_joint_share: float = 0.5
    """Least share of a joint that is inked on a fax. [nothing]"""
    fax_lost_share: float = 0.25
    """Least share of a stretch left by a fax; then its neighbours decide whether it is a ruling. [nothing]"""
    min_alone_mm: float = 20.3
    """Shortest line that is a ruling although no other holds it at both ends. [nothing]"""
    max_overshoot_mm: float = 10.2
    """How far a frame may go on past its table; an upright line that goes further is dirt. [nothing]"""
    min_streak_height_share: float = 0.8
    """Least share of the page's height that a streak through the rulings covers. [nothing]"""
    min_streak_alone_mm: float = 50.8
    """Shortest upright line that is dirt when it meets no level one. [nothing]"""

    # Stretches that a coarse fax left as dots (restore).
    same_row_mm: float = 0.75
    """How far the ends of two stretches in one row may differ. [nothing]"""
    stray_mm: float = 0.4
    """How far from its column's place the dots of a stretch may lie. [nothing]"""
    half_width_mm: float = 0.25
    """From a ruling's middle to its edge. [nothing]"""
    clear_mm: float = 1.15
    """Distance from a ruling within which other ink stands close beside it. [nothing]"""
    word_mm: float = 3.8
    """Distance within which the characters of a text stand on both sides of one of theirs. [nothing]"""
    parts_count: int = 6
    """Parts of a stretch of which each is looked at by itself. [nothing]"""
    min_part_share: float = 0.08
    """Least share of a part that its dots cover. [nothing]"""
    most_share: float = 0.5
    """Least share of a column, and of a row without its frame, that must be drawn. [nothing]"""
    min_dots_alone_share: float = 0.2
    """Least share covered by the dots of an upright stretch that counts for its column. [nothing]"""
    min_parts_alone_count: int = 5
    """Least number of its parts that have dots. [nothing]"""
    min_dots_in_column_share: float = 0.05
    """Least share covered by the dots of a stretch whose column is mostly drawn. [nothing]"""
    max_written_share: float = 0.05
    """Largest share of a stretch along which ink stands on both sides of it, or across it. [nothing]"""
    min_dots_level_share: float = 0.6
    """Least share covered by the dots of a level stretch; rows of text are level too, so this is high. [nothing]"""

    # Tables (grid).
    same_place_mm: float = 1.15
    """How far apart lines stand that are one edge of the table, or an end from its ruling; text begins farther off. [nothing]"""
    min_field_mm: float = 2.3
    """Least width and height of a cell. [nothing]"""
    parted_share: float = 0.45
    """Share of the side between two fields that must be drawn to part them. [nothing]"""

    # Rows that have run together (missing).
    blank_in_heights: float = 0.6
    """White between two texts of one field, in heights of a row. [nothing]"""
    off_middle_share: float = 0.2
    """How far from the middle of its field a text may stand, in the field's height. [nothing]"""

    # Erasing (erase).
    wavers_mm: float = 0.65
    """How far a ruling's ink may stray from its edge. [nothing]"""
    along_mm: float = 7.7
    """Length over which a ruling's own columns are told: well over the height of a line of text. [values]"""
    own_share: float = 0.7
    """Least share of rows of pixels in which a ruling's own column is inked, of those in which its middle is. [values]"""
    left_share: float = 0.5
    """Least ink where a ruling is still there, as a share of the ink along the whole of it. [texts]"""
    aside_share_per_px: float = 0.02
    """What a column loses against the others for each pixel that it lies off the ruling's mean place. [nothing]"""
    max_seal_remains_px: int = 11
    """Largest remains where a seal crossed a ruling. [nothing]"""
    speck_px: int = 3
    """Largest rough spot at a ruling's edge that is no stroke. [values]"""


RULINGS = RulingParameters()
