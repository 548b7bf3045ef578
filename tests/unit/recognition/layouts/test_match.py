"""A filled page is laid over the empty one it was printed from, and over no other."""

from __future__ import annotations

import pytest
from tests.unit.recognition.conftest import cv2, np, page, ruled

from formflow.errors import ConfigurationError
from formflow.recognition.image.straighten import straighten
from formflow.recognition.layers import prepare
from formflow.recognition.layouts.files import layout_files, load_layouts, remove_layout, save_layout
from formflow.recognition.layouts.match import KnownPage, find_layout
from formflow.recognition.layouts.parameters import LAYOUTS
from formflow.recognition.raster import Medium, Raster

XS, YS = (200, 500, 900, 1400), tuple(range(300, 1980, 80))


def _form(ys=YS, labels=True):
    picture = ruled(page(), XS, ys)
    if labels:
        rng = np.random.default_rng(3)
        for row, y in enumerate(ys[:-1]):
            for x in (220, 920):
                word = "".join(chr(65 + int(n)) for n in rng.integers(0, 26, 6))
                cv2.putText(picture, f"{word}{row}", (x, y + 50), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 0, 2)
    return picture


def _filled(picture):
    filled = picture.copy()
    for row, y in enumerate(YS[:-1:2]):
        cv2.putText(filled, f"value {row * 37}", (520, y + 52), cv2.FONT_HERSHEY_COMPLEX, 0.9, 0, 1)
    return filled


def _raster(picture, medium=Medium.SCAN):
    return Raster(grey=picture, colour=None, medium=medium)


def _known(picture, form="fax_out"):
    return KnownPage(form, "blank", 0, _raster(picture))


def _crooked(picture, degrees=1.3, scale=0.985):
    turn = cv2.getRotationMatrix2D((800, 1100), degrees, scale)
    return cv2.warpAffine(picture, turn, picture.shape[::-1], flags=cv2.INTER_CUBIC, borderValue=255)


def test_a_filled_page_is_found_on_its_layout():
    match = find_layout(prepare(straighten(_raster(_crooked(_filled(_form()))))), [_known(_form())])

    assert match is not None
    assert match.proof >= LAYOUTS.min_proof_share


def test_the_form_with_one_row_taller_is_another_layout():
    taller = tuple(y if y < 1000 else y + 24 for y in YS)

    assert find_layout(prepare(_raster(_form(taller))), [_known(_form())]) is None


def test_the_form_with_only_its_last_row_taller_is_another_layout():
    taller = (*YS[:-1], YS[-1] + 24)

    assert find_layout(prepare(_raster(_form(taller))), [_known(_form())]) is None


def _broken(picture, y):
    """The ruling at a height in dashes too short to be found, as a coarse fax leaves it."""
    dashed = picture.copy()
    for x in range(XS[0] + 40, XS[-1] - 40, 60):
        dashed[y - 3 : y + 4, x : x + 10] = 255
    return dashed


def test_a_ruling_that_a_fax_broke_counts_by_its_ink():
    match = find_layout(prepare(_raster(_broken(_filled(_form()), YS[5]))), [_known(_form())])

    assert match is not None


def test_a_layout_is_tried_though_most_cells_of_the_page_ran_together():
    other = [
        _known(_form(tuple(range(300, 1980, step)), labels=False), "complaint")
        for step in (90, 105, 120, 150, 180)
    ]
    torn = _filled(_form())
    for y in YS[3:15]:
        torn = _broken(torn, y)

    match = find_layout(prepare(_raster(torn)), [*other, _known(_form())])

    assert match is not None
    assert "fax_out" == match.known.form


def test_a_page_without_tables_is_on_no_layout():
    assert find_layout(prepare(_raster(page())), [_known(_form())]) is None


def test_a_layout_is_kept_as_files_and_comes_back(tmp_path):
    known = KnownPage("fax_out", "blank", 0, _raster(_form()), {(200, 300, 500, 380): "发往单位"})
    save_layout(tmp_path, "fax_out", "2026", [known])

    [loaded] = load_layouts(tmp_path)

    assert ("fax_out", "2026", known.texts) == (loaded.form, loaded.name, loaded.texts)
    assert np.array_equal(known.blank.grey, loaded.blank.grey)


def test_a_removed_layout_is_gone(tmp_path):
    save_layout(tmp_path, "fax_out", "2026", [_known(_form())])

    assert remove_layout(tmp_path, "fax_out", "2026")
    assert [] == layout_files(tmp_path)


def test_a_name_that_leaves_the_folder_is_refused(tmp_path):
    with pytest.raises(ConfigurationError):
        save_layout(tmp_path, "fax_out", "../x/y", [_known(_form())])


def test_a_broken_layout_file_is_told_with_its_path(tmp_path):
    (tmp_path / "fax_out").mkdir()
    (tmp_path / "fax_out" / "a.json").write_text("{}", encoding="utf-8")

    with pytest.raises(ConfigurationError, match=r"a\.json"):
        load_layouts(tmp_path)
