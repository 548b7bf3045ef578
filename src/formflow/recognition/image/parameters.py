"""Thresholds of the image chapter; pixels are those of the working resolution unless said otherwise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImageParameters:
    """How a page is loaded, cut out of a photo, levelled, set upright and cleaned.

    In brackets: what changed on three scans (a standard fax, a dithered fax, a sealed form filled in by pen) when the
    threshold was made a fifth smaller and larger: `values`, only `texts` or confidences, or `nothing`.
    """

    # Loading (load).
    max_loaded_px: int = 3600
    """Longer side of a picture that is kept until a photographed page has been cut out of it. [nothing]"""
    min_page_mm: float = 89.0
    """Shorter side of the smallest page; a resolution that makes it smaller is wrong. [nothing]"""
    max_page_mm: float = 444.5
    """Longer side of the largest page, somewhat more than A3. [nothing]"""
    min_colour_spread_grey: int = 40
    """Least difference of a pixel's channels that is colour and no tint of the scanner. [nothing]"""
    min_coloured_share: float = 0.0002
    """Least share of coloured pixels that makes a page one with colour: a small stamp. [nothing]"""
    coarse_fax_share: float = 0.7
    """A fax with fewer rows to the inch than this share of its columns is of standard resolution, not fine. [nothing]"""

    # Cutting a page out of a photo (photo); pixels are those of a view of 800.
    photo_view_px: int = 800
    """Longer side of the view in which the page's edges are looked for. [nothing]"""
    edge_search_px: int = 36
    """Distance on either side of a rough edge within which the true edge is looked for. [nothing]"""
    min_photo_page_share: float = 0.2
    """Least share of the photo that the page covers. [nothing]"""
    max_photo_page_share: float = 0.97
    """Largest share; above it the photo is all page. [nothing]"""
    min_outline_share: float = 0.9
    """Least share by which four straight sides cover the outline found. [nothing]"""
    min_ground_contrast_grey: int = 18
    """How much darker than the page the ground is at least. [nothing]"""

    # Levelling (straighten).
    max_lean_slope: float = 0.22
    """Steepest slope of a page that somebody meant to lay straight: 12 degrees. [texts]"""
    min_fax_tread_px: int = 16
    """Shortest level tread of the stairs that a leaning line becomes on a fax. [texts]"""
    min_stroke_mm: float = 8.9
    """Shortest straight stroke that says something about the page's slope. [texts]"""
    min_lean_slope: float = 0.0006
    """Slope up to which a page counts as level: a pixel over its width. [values]"""

    # Orientation.
    asked_lines_count: int = 6
    """Lines that are read to tell which way up a page is. [nothing]"""
    asked_length_in_heights: float = 6.0
    """Length of the lines that are preferred: long enough to be clear, quickly read. [nothing]"""
    upright_confidence: float = 0.93
    """Mean confidence of the lines of a page that is surely upright, so that it is not read upside down as well. [nothing]"""
    min_gain_confidence: float = 0.05
    """By how much the upside-down reading must be better. [nothing]"""

    # Cleaning a fax (clean).
    fax_ink_grey: int = 140
    """Grey below which a pixel of a fax is ink; scaling has softened its black and white. [values]"""
    speck_area_px: int = 5
    """Largest area of a blot that stands alone and is noise; a printed point has nine pixels. [nothing]"""
    speck_clear_px: int = 10
    """White that such a blot has around it. [nothing]"""
    point_area_px: int = 3
    """Largest area of a blot that is smaller than any printed point. [values]"""
    point_clear_px: int = 3
    """White around such a one; nearer to other ink it belongs to it. [values]"""
    dot_gap_px: int = 3
    """Gap over which dots of a dithered stroke are joined before their size is judged. [texts]"""
    max_streak_px: int = 6
    """Widest streak of dirt. [nothing]"""
    streak_width_share: float = 0.9
    """Share of a streak's rows that are not wider than the width that it is given. [values]"""
    bands_count: int = 40
    """Bands of the page in nearly each of which a streak must show. [nothing]"""
    streak_along_mm: float = 7.7
    """Length, more than a character's, along which a streak is searched for a ruling under it. [nothing]"""
    ruled_share: float = 0.97
    """Least share of that length that is inked where a ruling lies under the streak. [values]"""
    max_streak_inked_share: float = 0.9
    """Largest share of a streak that is inked by itself; one drawn through shows no ruling. [nothing]"""

    # Ink, stamps and seals (clean).
    ink_window_px: int = 41
    """Neighbourhood whose mean a pixel's grey is compared with. [texts]"""
    ink_step_grey: int = 14
    """How much darker than this mean ink is. [texts]"""
    lightest_ink_grey: int = 215
    """Grey from which nothing is ink, however light its neighbourhood. [values]"""
    dark_ink_grey: int = 110
    """Grey below which everything is ink. [nothing]"""
    bilevel_ink_grey: int = 150
    """Grey below which a pixel of a levelled fax is ink. [values]"""
    min_red_step_grey: int = 35
    """How much stronger red is than the other channels in a stamp. [texts]"""
    min_red_grey: int = 90
    """Least red of a stamp; darker is black ink with a tint. [nothing]"""
    min_stamp_mm: float = 11.4
    """Least width and height of a stamp; no written character is so large. [texts]"""
    max_seal_mm: float = 66.0
    """Width and height of the largest company seal, with its ink spread. [nothing]"""
    stamp_gap_px: int = 25
    """Gap over which the parts of a stamp are joined. [texts]"""
    darkest_seal_grey: int = 60
    """Grey above which a pixel of a scanned page is no black type. [nothing]"""
    lightest_seal_grey: int = 205
    """Grey below which it is no paper. [values]"""
    type_on_seal_grey: int = 32
    """How much darker than a grey seal the type under it is. [nothing]"""
    shading_share: float = 0.8
    """Share of its frame that a shaded cell fills, and no seal does. [nothing]"""
    star_tip_px: int = 8
    """Length of the points of a seal's star, which are narrower than its ring. [nothing]"""


IMAGE = ImageParameters()
