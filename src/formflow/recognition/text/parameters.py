"""Thresholds of the text chapter; heights are those of a row or a line of text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextParameters:
    """Where lines of text are looked for, what makes a line handwritten or incomplete, and what a text is worth.

    In brackets: what changed on three scans (a standard fax, a dithered fax, a sealed form filled in by pen) when the
    threshold was made a fifth smaller and larger: `values`, only `texts` or confidences, or `nothing`.
    """

    # Detection outside tables (detect).
    detection_scale_share: float = 0.5
    """Size at which the detector sees the page: half its resolution shows where a line stands. [texts]"""
    ink_grey: int = 170
    """Grey below which a row of pixels counts as inked. [nothing]"""
    strip_gap_mm: float = 4.1
    """White that parts two strips of the page. [nothing]"""
    strip_margin_mm: float = 2.5
    """White that is left around a strip, half of it on each side. [nothing]"""
    likely_confidence: float = 0.3
    """Least probability of a pixel that belongs to a line (DB's own value). [nothing]"""
    likely_line_confidence: float = 0.5
    """Least mean probability of a line. [nothing]"""
    min_blot_px: int = 3
    """Least width and height of a line in the detector's map. [nothing]"""
    line_growth_ratio: float = 1.6
    """How much larger a line is than its blot, as DB unclips it. [nothing]"""

    # Characters that the detector passed over (detect).
    same_line_in_heights: float = 5.0
    """How far from a line a character of it may stand. [nothing]"""
    min_sign_in_heights: float = 0.55
    """Least width and height of such a character. [nothing]"""
    sign_gap_in_heights: float = 0.3
    """White inside a character that is closed. [nothing]"""
    same_height_share: float = 0.65
    """Height of the lower of two characters of one line against the higher. [nothing]"""
    beside_share: float = 0.7
    """Least share of the lower that stands beside the higher. [nothing]"""
    min_sign_ink_share: float = 0.12
    """Least share of its frame that a character fills. [nothing]"""

    # Lines by ink alone, to tell how the page lies (detect).
    character_gap_mm: float = 1.9
    """Gap that is closed between two characters of a line. [nothing]"""
    min_line_in_heights: float = 2.5
    """Shortest line that shows a direction. [nothing]"""
    max_line_in_heights: float = 18.0
    """Longest line; a longer one is two. [not varied]"""

    # Handwriting.
    min_glyphs_count: int = 4
    """Least number of characters whose baseline says anything. [not varied]"""
    likely_handwritten_in_heights: float = 0.03
    """Deviation from its baseline from which a line is perhaps handwritten; print has 0.01 to 0.02. [not varied]"""
    handwritten_in_heights: float = 0.045
    """Deviation from which it surely is; handwriting has 0.04 and more. [not varied]"""
    strong_in_heights: float = 0.035
    """Deviation that one line of a handwritten page has at least if none is long. [not varied]"""
    long_line_count: int = 8
    """Characters of a line that proves much: over so many, chance hardly varies that far. [not varied]"""
    uneven_name_in_heights: float = 0.1
    """Distance of the highest from the lowest middle of a handwritten name; print has 0.08 at most. [not varied]"""
    min_lines_count: int = 2
    """Least number of likely handwritten lines on a handwritten page. [not varied]"""
    sure_lines_count: int = 3
    """Number of such lines that confirms a long one. [not varied]"""
    min_lines_share: float = 0.1
    """Least share of a page's lines that are likely handwritten. [not varied]"""
    few_lines_count: int = 10
    """Lines of a page on which a single long one is enough. [not varied]"""
    min_glyph_area_px: int = 20
    """Least ink of a character whose middle is measured. [not varied]"""

    # Characters that were passed over or read twice (missed).
    digit_in_heights: float = 0.55
    """Width of a digit or a Latin letter; a Chinese character is as wide as high. [not varied]"""
    min_room_in_heights: float = 0.35
    """Room between two characters in which a further one may stand. [not varied]"""
    room_edge_in_heights: float = 0.1
    """White on either side of it. [not varied]"""
    min_missed_in_heights: float = 0.25
    """Least width and height of a sign: a line to write on is lower, a speck smaller. [not varied]"""
    twice_in_heights: float = 0.6
    """Distance of two equal characters below which they are one. [not varied]"""

    # One script (script).
    certain_confidence: float = 0.985
    """Confidence from which a traditional character is kept on a simplified page. [not varied]"""
    simplified_share: float = 0.9
    """Least share of a page's Chinese characters that fit the simplified script. [not varied]"""

    # What is text (recognise).
    min_unruled_confidence: float = 0.35
    """Mean confidence below which what stands outside tables is no text: dirt, a stamp, a picture. [not varied]"""
    min_under_pen_confidence: float = 0.8
    """The same among the strokes of a pen, whose remains are no text, but a date beside a signature is. [not varied]"""

    # Texts (compose).
    coarse_doubt_ratio: float = 8.0
    """How much more a doubt counts on a standard fax, where half the rows of pixels are missing and 很 may be 限. [not varied]"""
    mark_confidence: float = 0.9
    """Confidence of a slash, a dash or ditto marks, which only their ink shows. [not varied]"""
    max_dash_in_heights: float = 1.35
    """Length of a dash; a longer one may be a line to write on. [not varied]"""
    ruling_half_px: int = 6
    """Pixels on either side of a ruling's middle in which its edges lie. [not varied]"""
    max_indent_in_heights: float = 1.5
    """White before a text that fills its cell. [not varied]"""
    cut_white_px: int = 1
    """White behind a text that is cut off. [not varied]"""
    min_crossing_px: int = 2
    """Rows of pixels in which ink goes on behind a ruling, so that a character crosses it. [not varied]"""


TEXT = TextParameters()
