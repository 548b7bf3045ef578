"""A filled page on its known layout: what is printed is not read again, what was written over it is."""

from __future__ import annotations

from functools import lru_cache

import pytest

from formflow.model import Table
from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.layouts.match import KnownPage
from formflow.recognition.page import recognise_page
from formflow.recognition.raster import Medium, Raster

from ..conftest import cv2, hollow, np, page, ruled

XS, YS = (100, 300, 600, 800), tuple(range(100, 901, 80))
_PROMPT, _BOXES = (0, 1), (1, 1)
_READ, _PRINTED = "客户名称", "客户名称："


class Reader:
    """Reads the same in every line and finds none outside tables."""

    def __init__(self, text=_READ):
        self._spelled = Spelled(tuple(Glyph(sign, 0.1 + 0.2 * n, 0.99) for n, sign in enumerate(text)))

    def read_lines(self, lines):
        return [self._spelled] * len(lines)

    def likely_lines(self, canvas):
        return np.zeros(canvas.shape[2:], np.float32)


def _word(picture, text, x, y):
    cv2.putText(picture, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 0, 2)


def _boxes(picture, *, ticked=None, typed_over=False):
    for number in range(2):
        x = 320 + 120 * number
        if number == 0 and typed_over:
            _word(picture, "V", x, 230)
        else:
            hollow(picture, x, 205, x + 26, 231, value=0, wide=2)
        _word(picture, "ab", x + 40, 230)
        if number == ticked:
            cv2.polylines(picture, [np.array([(x + 5, 218), (x + 11, 225), (x + 22, 209)])], False, 0, 3)


def _form(prompt="xx-yy-zz", draw=_boxes):
    picture = ruled(page(900, 1000), XS, YS)
    letters = np.random.default_rng(3).integers(0, 26, (len(YS), 2, 6))
    for row, y in enumerate(YS[:-1]):
        for column, x in enumerate((110, 610)):
            _word(picture, "".join(chr(65 + int(n)) for n in letters[row, column]), x, y + 50)
    _word(picture, prompt, 320, 150)
    draw(picture)
    return picture


def _raster(picture, medium=Medium.SCAN):
    return Raster(grey=picture, colour=None, medium=medium)


@lru_cache
def _known(draw=_boxes):
    blank = KnownPage("complaint", "blank", 0, _raster(_form(draw=draw)))
    texts = {}
    for grid in blank.prepared.grids:
        for cell in grid.cells:
            if cell.column != 1 or (cell.row, 1) == _PROMPT:
                texts[cell.area] = _PRINTED
            elif (cell.row, 1) == _BOXES:
                texts[cell.area] = "☐甲☐乙"
    return KnownPage("complaint", "blank", 0, _raster(_form(draw=draw)), texts)


def _cells(picture, text=_READ, known=None):
    part = recognise_page(_raster(picture), Reader(text), "page 1", [known or _known()])
    [table] = [block for block in part.blocks if isinstance(block, Table)]
    return {(cell.row, cell.column): cell for cell in table.cells}


def test_what_the_layout_prints_is_taken_from_it():
    cells = _cells(_form())

    assert {(_PRINTED, 1.0)} == {
        (cell.text, cell.confidence) for place, cell in cells.items() if place[1] != 1 or place == _PROMPT
    }
    assert "" == cells[5, 1].text


def _crooked(picture):
    turn = cv2.getRotationMatrix2D((450, 500), 0.9, 0.99)
    return cv2.warpAffine(picture, turn, picture.shape[::-1], flags=cv2.INTER_CUBIC, borderValue=255)


def test_a_crooked_copy_is_taken_from_the_layout_too():
    cells = _cells(_crooked(_form()))

    assert [_PRINTED] * 20 == [cells[row, column].text for row in range(10) for column in (0, 2)]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [("xx-yy-zz", _PRINTED), ("xx-yy-zz 3", _READ), ("20-03-05", _READ), ("", "")],
    ids=["untouched", "written behind", "written over it, as many characters", "wiped out"],
)
def test_a_prompt_is_read_again_where_the_paper_holds_other_ink(prompt, expected):
    assert expected == _cells(_form(prompt))[_PROMPT].text


@pytest.mark.parametrize(("ticked", "expected"), [(None, "☐甲☐乙"), (0, "☑甲☐乙"), (1, "☐甲☑乙")])
def test_boxes_are_looked_at_where_the_layout_has_them(ticked, expected):
    def draw(picture):
        _boxes(picture, ticked=ticked)

    cell = _cells(_form(draw=draw))[_BOXES]

    assert (expected, 1.0, "") == (cell.text, cell.confidence, cell.problem)


def _with_square(size):
    def draw(picture, **more):
        _boxes(picture, **more)
        hollow(picture, 550, 205, 550 + size, 205 + size, value=0, wide=2)

    return draw


def test_a_square_within_a_character_is_no_box():
    draw = _with_square(18)
    picture = _form(draw=draw)
    _boxes(picture, ticked=1)

    assert "☐甲☑乙" == _cells(picture, known=_known(draw))[_BOXES].text


def test_where_it_is_open_which_squares_are_the_boxes_none_is_taken_for_empty():
    draw = _with_square(26)

    assert "甲" not in _cells(_form(draw=draw), known=_known(draw))[_BOXES].text


@pytest.mark.parametrize(
    ("typed_over", "more"), [(True, ""), (False, "xy")], ids=["over a box", "behind them"]
)
def test_a_cell_with_boxes_in_which_more_was_typed_is_read_as_any_other(typed_over, more):
    def draw(picture):
        _boxes(picture, typed_over=typed_over)
        _word(picture, more, 550, 230)

    text = _cells(_form(draw=draw))[_BOXES].text

    assert _READ[:2] in text
    assert "甲" not in text


@pytest.mark.parametrize(
    ("middle", "place", "expected"),
    [((230, 540), (5, 0), _PRINTED), ((730, 540), (5, 2), _READ)],
    ids=["its value has a cell beside it", "its value may stand below the seal"],
)
def test_what_a_seal_left_beside_a_label_is_no_part_of_it(middle, place, expected):
    picture = _form()
    cv2.circle(picture, middle, 60, 120, 12)
    cv2.circle(picture, middle, 22, 120, -1)
    cv2.line(
        picture, (middle[0] + 40, 510), (middle[0] + 40, 570), 0, 6
    )  # What of it was not taken for a seal.

    assert expected in _cells(picture)[place].text


def test_what_was_written_beside_a_label_under_a_seal_is_kept():
    picture = _form()
    cv2.circle(picture, (230, 540), 60, 120, 12)
    cv2.circle(picture, (230, 540), 22, 120, -1)
    cv2.line(picture, (270, 510), (270, 570), 0, 6)

    assert "客户名称李明" in _cells(picture, "客户名称李明")[5, 0].text


def test_a_page_whose_labels_say_something_else_is_another_form_with_the_same_ruling():
    cells = _cells(_form(), "另外一张")

    assert {"另外一张"} == {cell.text for (_, column), cell in cells.items() if column != 1}
