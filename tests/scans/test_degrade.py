"""What becomes of a page is drawn from its seed alone, and every manner makes a file that can be read."""

from __future__ import annotations

import io
from random import Random

import pytest

pytest.importorskip("cv2")

import numpy as np
import pikepdf
from PIL import Image

from formflow.recognition.image.load import image_page, pdf_page
from formflow.recognition.raster import Medium

from .degrade import DEGRADATIONS, DPI, resolution, skewed, specked, stamped, streaked
from .generate import MANNERS, degraded, written

_WIDE, _HIGH = 250, 350
"""Points of a small page."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """A small printed page: a frame and three rulings."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(_WIDE, _HIGH))
    page.Contents = document.make_stream(b"2 w 30 30 190 290 re S 30 100 m 220 100 l S 30 200 m 220 200 l S")
    path = tmp_path_factory.mktemp("printed") / "a.pdf"
    document.save(path)
    return path


def _load(data, suffix, number=0):
    return pdf_page(data, number) if suffix == ".pdf" else image_page(data, number)


@pytest.mark.parametrize("name", MANNERS)
def test_the_same_seed_gives_the_same_bytes_and_they_can_be_loaded(printed, name):
    data, suffix = degraded(printed, name, Random("7/a"))
    again, _ = degraded(printed, name, Random("7/a"))

    assert data == again
    assert _load(data, suffix).grey.min() < 128


@pytest.mark.parametrize("name", [name for name in MANNERS if name != "clean200"])
def test_another_seed_gives_other_bytes(printed, name):
    assert degraded(printed, name, Random("7/a"))[0] != degraded(printed, name, Random("8/a"))[0]


@pytest.mark.parametrize(
    ("name", "medium", "suffix"),
    [
        ("clean200", Medium.SCAN, ".jpg"),
        ("scan300", Medium.SCAN, ".jpg"),
        ("faxfine", Medium.FAX_FINE, ".tif"),
        ("faxdither", Medium.FAX_FINE, ".tif"),
        ("faxstd", Medium.FAX_STANDARD, ".tif"),
    ],
)
def test_a_manner_comes_in_the_kind_of_file_that_it_comes_in_from_offices(printed, name, medium, suffix):
    data, made = degraded(printed, name, Random(1))

    assert (suffix, medium) == (made, _load(data, made).medium)


@pytest.mark.parametrize("name", ["clean200", "scan200", "scan300"])
def test_a_scan_tells_the_resolution_at_which_it_has_the_paper_s_size(printed, name):
    with Image.open(io.BytesIO(degraded(printed, name, Random(1))[0])) as scan:
        points = [side / dots * 72 for side, dots in zip(scan.size, scan.info["dpi"], strict=True)]

    assert pytest.approx((_WIDE, _HIGH), abs=0.5) == tuple(points)


@pytest.mark.parametrize(("name", "lies"), [("rot90", True), ("rot180", False), ("rot270", True)])
def test_a_turned_page_lies_on_its_side_or_on_its_head(printed, name, lies):
    width, height = _load(*degraded(printed, name, Random(1))).size

    assert lies == (width > height)


def test_a_sheet_goes_into_a_fax_by_its_short_side():
    page = np.full((600, 1200), 255, np.uint8)

    assert (1728, round(1200 / DPI * 196)) == DEGRADATIONS["faxfine"](page, Random(1)).shape[::-1]


@pytest.mark.parametrize(("name", "suffix"), [("scan200", ".pdf"), ("photo", ".pdf"), ("faxfine", ".tif")])
def test_several_pages_make_one_file(name, suffix):
    pages = [np.full((400, 300), shade, np.uint8) for shade in (255, 0)]

    data, made = written(pages, name)

    assert suffix == made
    assert (255, 0) == tuple(round(float(np.median(_load(data, made, n).grey))) for n in (0, 1))


def test_a_photo_does_not_tell_its_resolution_and_a_fax_is_coarser_down_than_across():
    photo, _ = written([np.full((3000, 2200), 255, np.uint8)], "photo")

    assert not image_page(photo, 0).known_size
    assert ((204.0, 98.0), (204.0, 196.0), (300.0, 300.0), (200.0, 200.0)) == tuple(
        map(resolution, ("faxstd", "faxdither", "scan300", "rot90"))
    )


def _blank():
    return np.full((1400, 1000), 255, np.uint8)


def test_a_streak_runs_from_end_to_end_in_one_column_with_gaps():
    rows, columns = np.nonzero(streaked(_blank(), Random(3)) == 0)

    assert 1 == len(set(columns))
    assert 0.45 * 1400 < len(rows) < 0.85 * 1400
    assert rows.min() < 20 and rows.max() > 1380


@pytest.mark.parametrize("share", [0.001, 0.01])
def test_specks_are_as_many_as_asked(share):
    assert share == pytest.approx((specked(_blank(), share, Random(3)) == 0).mean(), rel=0.1)


def test_a_seal_lies_near_the_foot_and_takes_nothing_of_what_is_darker():
    page = _blank()
    page[1100:1104] = 0

    made = stamped(page, Random(3))

    assert 0 == made[1100:1104].max()
    assert (255, True) == (made[:600].min(), bool(((made > 60) & (made < 140)).any()))


def test_a_page_laid_crooked_keeps_its_size_on_white_glass():
    made = skewed(np.zeros((400, 300), np.uint8), 10.0)

    assert ((400, 300), 255, 0) == (made.shape, made[0, 0], made[200, 150])
