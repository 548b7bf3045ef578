"""What a text says and how far it may be trusted."""

from __future__ import annotations

import pytest
from tests.unit.recognition.conftest import hollow, np

from formflow.model import DoubtReason
from formflow.recognition.checkboxes.outlines import Box
from formflow.recognition.checkboxes.states import Tick
from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.layers import Prepared
from formflow.recognition.pieces import Piece, framed
from formflow.recognition.raster import Medium, Raster
from formflow.recognition.rulings.detect import Ruling
from formflow.recognition.text.compose import Text, Writer
from formflow.recognition.text.recognise import PageText

_CUT = (DoubtReason.CUT_OFF,)
_CELL = (100, 100, 600, 160)
_SIDE, _PITCH = 30, 36


def _mask():
    return np.zeros((300, 900), np.uint8)


def _piece(text, ink, left=130, top=115, sure=0.99):
    """A piece drawn as squares, each sign as sure as the others or as its own number says."""
    each = sure if isinstance(sure, list) else [sure] * len(text)
    for number in range(len(text)):
        x = left + _PITCH * number
        hollow(ink, x, top, x + _SIDE, top + _SIDE)
    area = (left, top, left + _PITCH * (len(text) - 1) + _SIDE, top + _SIDE)
    a, _, c, _ = framed(area)
    places = [(left + _PITCH * number + _SIDE / 2 - a) / (c - a) for number in range(len(text))]
    return Piece(area, Spelled(tuple(map(Glyph, text, places, each))))


def _writer(ink, cells=None, *, drawn=None, soiled=None, medium=Medium.SCAN, loose=(), **read):
    page = Prepared(
        flat=Raster(grey=ink, colour=None, medium=medium),
        text=255 - ink,
        ink=ink,
        drawn=ink if drawn is None else drawn,
        soiled=_mask() if soiled is None else soiled,
        rulings=None,
        grids=(),
        loose=loose,
        boxes=(),
        strokes=(),
    )
    return Writer(page, PageText(cells or {}, [], high=float(_SIDE), **read))


def _cell(text, *, sure=0.99, left=130, **more):
    ink = _mask()
    return _writer(ink, {_CELL: [_piece(text, ink, left, sure=sure)]}, **more).cell(_CELL)


# --- How sure ---------------------------------------------------------------------------------


def test_a_text_is_as_sure_as_its_least_likely_character():
    assert Text("华南实业", 0.61) == _cell("华南实业", sure=[0.99, 0.61, 0.99, 0.98])


@pytest.mark.parametrize(
    ("text", "unsure", "expected"),
    [("：__华", 2, 0.99), ("华_", 1, 0.99), ("0_7", 1, 0.4)],
    ids=["before a value", "behind it", "perhaps a dash"],
)
def test_the_line_that_a_value_was_written_on_makes_it_no_less_sure(text, unsure, expected):
    assert expected == _cell(text, sure=[0.4 if n == unsure else 0.99 for n in range(len(text))]).confidence


@pytest.mark.parametrize(
    ("medium", "expected"), [(Medium.SCAN, 0.98), (Medium.FAX_FINE, 0.98), (Medium.FAX_STANDARD, 0.84)]
)
def test_on_a_coarse_fax_a_doubt_counts_eight_times(medium, expected):
    assert expected == _cell("华南实业", sure=0.98, medium=medium).confidence


def test_on_a_page_filled_in_by_hand_nothing_passes_unseen():
    assert (DoubtReason.BY_HAND,) == _cell("华南实业", by_hand=True).doubts


@pytest.mark.parametrize(("reaches", "expected"), [(130, ()), (131, (DoubtReason.SEAL_OVER,))])
def test_what_lay_under_a_seal_is_doubted_and_what_stands_beside_it_is_not(reaches, expected):
    soiled = _mask()
    soiled[100:130, 60:reaches] = 255

    assert expected == _cell("华南实业", soiled=soiled).doubts


def _behind(white):
    """All that is drawn at a cell's end: the ruling, that many pixels behind a text that ends at 590."""
    drawn = _mask()
    drawn[100:160, 590 + white : 603] = 255
    return drawn


def test_what_meets_only_the_ruling_before_it_is_whole():
    drawn = _mask()
    drawn[100:160, 98:104] = 255

    assert () == _cell("华南", left=104, drawn=drawn).doubts


@pytest.mark.parametrize(("white", "expected"), [(0, _CUT), (1, _CUT), (3, ())])
def test_what_fills_its_cell_up_to_the_ruling_behind_it_may_have_lost_its_end(white, expected):
    count = 13
    left = 590 - _PITCH * (count - 1) - _SIDE
    ink = _mask()
    piece = _piece("华" * count, ink, left)
    cell = (left - 10, 100, 596, 160)

    assert expected == _writer(ink, {cell: [piece]}, drawn=_behind(white)).cell(cell).doubts


def test_what_stands_at_its_cell_s_end_and_leaves_room_before_it_is_whole():
    assert () == _cell("华南", left=590 - _PITCH - _SIDE, drawn=_behind(0)).doubts


@pytest.mark.parametrize(("other", "expected"), [(range(115, 145), _CUT), (range(145, 160), ()), ((), ())])
def test_what_goes_through_a_ruling_was_not_set_into_the_cell_behind_it(other, expected):
    ink = _mask()
    piece = _piece("华南", ink, 103)
    ink[list(other), 90:98] = 255
    drawn = ink.copy()
    drawn[100:160, 98:103] = 255

    assert expected == _writer(ink, {_CELL: [piece]}, drawn=drawn).cell(_CELL).doubts


@pytest.mark.parametrize(
    ("text", "expected"), [("V", True), ("丨", True), ("U", True), ("3", False), ("是", False)]
)
def test_a_sign_alone_in_a_cell_that_a_tick_is_read_as_is_hardly_a_value(text, expected):
    assert expected == (DoubtReason.STRAY_STROKE in _cell(text).doubts)


def test_of_a_text_that_may_hold_a_label_each_character_keeps_its_own_confidence():
    text = _cell("华南：实业", sure=[0.5, 0.9, 0.9, 0.9, 0.8])

    assert (0.5, (0.5, 0.9, 0.9, 0.9, 0.8)) == (text.confidence, text.character_confidence)


def test_a_blank_is_as_sure_as_can_be_and_a_text_of_one_value_or_of_even_surety_needs_no_more():
    wide = _writer(ink := _mask(), {_CELL: [_piece("华：", ink), _piece("南", ink, 300, sure=0.5)]}).cell(
        _CELL
    )

    assert 1.0 in wide.character_confidence
    assert () == _cell("华南实业", sure=[0.5, 0.9, 0.9, 0.9]).character_confidence
    assert () == _cell("华：南").character_confidence


def test_what_makes_a_whole_text_doubtful_leaves_its_characters_as_sure_as_they_were():
    soiled = _mask()
    soiled[100:160, 130:140] = 255

    text = _cell("华：南", sure=[0.5, 0.9, 0.99], soiled=soiled)

    assert ((0.5, 0.9, 0.99), (DoubtReason.SEAL_OVER,)) == (text.character_confidence, text.doubts)


@pytest.mark.parametrize("opened", ["〔", "(", "["])
def test_the_brackets_of_a_document_s_year_are_known_however_they_were_read(opened):
    text = _cell(f"函{opened}2026〕7号", sure=[0.99, 0.3, *[0.98] * 4, 0.4, 0.99, 0.99])

    assert Text("函〔2026〕7号", 0.98) == text


# --- Signs ------------------------------------------------------------------------------------


def _mark(*blots, read, sure=0.97):
    ink = _mask()
    for left, top, right, bottom in blots:
        ink[top:bottom, left:right] = 255
    area = (
        min(b[0] for b in blots),
        min(b[1] for b in blots),
        max(b[2] for b in blots),
        max(b[3] for b in blots),
    )
    return _writer(ink, {_CELL: [Piece(area, Spelled((Glyph(read, 0.5, sure),)))]}).cell(_CELL)


@pytest.mark.parametrize(
    ("wide", "expected"),
    [(26, Text("—", 0.9)), (40, Text("—", 0.9)), (42, Text("—", 0.9, doubts=(DoubtReason.LOOK_ALIKE,)))],
)
def test_a_level_stroke_alone_in_a_cell_is_a_dash_and_a_long_one_perhaps_a_line_to_write_on(wide, expected):
    assert expected == _mark((200, 128, 200 + wide, 131), read="一")


def test_ditto_marks_look_like_nothing_else():
    assert Text("〃", 0.9) == _mark((200, 118, 203, 130), (208, 118, 211, 130), read="11")


@pytest.mark.parametrize(
    ("read", "sure", "expected"), [("1", 0.97, 0.97), ("1", 0.5, 0.5), ("/", 0.5, 0.9), ("/", 0.97, 0.97)]
)
def test_a_leaning_stroke_alone_in_a_cell_is_a_slash_the_surer_where_it_was_read_so(read, sure, expected):
    steps = [(212 - number, 115 + 3 * number, 215 - number, 118 + 3 * number) for number in range(10)]

    assert Text("/", expected) == _mark(*steps, read=read, sure=sure)


@pytest.mark.parametrize(("read", "expected"), [("□是", "☐是"), ("☒是", "☑是"), ("●是", "●是")])
def test_boxes_that_only_the_recogniser_saw_are_written_as_word_s_are(read, expected):
    assert expected == _cell(read).text


# --- Rows and gaps ----------------------------------------------------------------------------


def _beside(gap, before="华南", after="实业", cell=(100, 100, 890, 160)):
    ink = _mask()
    first = _piece(before, ink)
    second = _piece(after, ink, first.area[2] + gap)
    return _writer(ink, {cell: [first, second]}).cell(cell)


@pytest.mark.parametrize(
    ("gap", "expected", "doubts"),
    [
        (17, "华南实业", ()),
        (20, "华南 实业", ()),
        (60, "华南    实业", ()),
        (120, "华南        实业", (DoubtReason.TWO_VALUES,)),
    ],
)
def test_a_gap_as_wide_as_between_two_cells_makes_two_values_of_one_text(gap, expected, doubts):
    text = _beside(gap)

    assert (expected, doubts) == (text.text, text.doubts)


def test_a_wide_gap_before_a_place_to_sign_is_printed_so():
    assert 0.99 == _beside(120, "同意", "签字").confidence


def test_rows_that_only_wrapped_are_one_line():
    ink = _mask()
    cell = (100, 100, 280, 220)
    pieces = [_piece("华南实业", ink, 120, 110), _piece("有限公司", ink, 120, 150)]

    assert "华南实业有限公司" == _writer(ink, {cell: pieces}).cell(cell).text


def test_a_last_letter_o_is_a_full_stop_that_a_person_sees():
    assert Text("已经解决。", 0.99, doubts=(DoubtReason.SIGN_REPAIRED,)) == _cell("已经解决o")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("营销函[2026]28号", Text("营销函〔2026〕28号", 0.99)), ("型号[28]", Text("型号[28]", 0.4))],
)
def test_brackets_around_a_document_s_year_are_known_however_they_were_read(text, expected):
    assert expected == _cell(text, left=110, sure=[0.4 if sign in "[]" else 0.99 for sign in text])


# --- Boxes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "states", "expected"),
    [
        ("☐是 ☑否", [False, True], ((), False)),
        ("☐是 ☑否", [False, None], ((DoubtReason.TICK_UNCLEAR,), False)),
        ("☑是 ☑否", [True, None], ((), True)),
        ("☑是 ☑否", [None, None], ((), True)),
        ("☑是", [None], ((), True)),
        ("☐是 ☑否 ☑", [False, None], ((), True)),
    ],
    ids=[
        "clear",
        "one alone among empty ones",
        "beside a ticked one",
        "two",
        "the only box",
        "a tick too many",
    ],
)
def test_one_box_that_may_be_ticked_among_empty_ones_is_suggested_and_all_else_left_open(
    text, states, expected
):
    made = Text(text, 0.99).with_boxes(states)

    assert (text, *expected) == (made.text, made.doubts, made.unclear)


def _ticked(*darks):
    """A cell with boxes that dark, each before a word of one character."""
    ink = _mask()
    whole = _piece("口是" * len(darks), ink)
    parts = []
    for number, dark in enumerate(darks):
        left = 130 + 2 * number * _PITCH
        box = Box(left, 115, left + _SIDE, 145, dark, (left, 115, left + _SIDE, 145))
        parts += [
            Tick(box, box.ticked is not False, box.ticked is not None),
            _piece("是", ink, left + _PITCH),
        ]
    return _writer(ink, {_CELL: [whole]}, parts={id(whole): parts}).cell(_CELL)


@pytest.mark.parametrize(
    ("darks", "expected"),
    [
        ((0.0, 0.5), Text("☐是☑是", 0.99)),
        ((0.0, 0.2), Text("☐是☑是", 0.99, doubts=(DoubtReason.TICK_UNCLEAR,))),
        ((0.5, 0.2), Text("☑是☑是", 0.99, unclear=True)),
    ],
)
def test_a_cell_writes_its_boxes_where_they_stand(darks, expected):
    assert expected == _ticked(*darks)


# --- Outside tables ---------------------------------------------------------------------------


@pytest.mark.parametrize(("at", "expected"), [(146, ((2, 4),)), (136, ((2, 4),)), (162, ()), (134, ())])
def test_what_stands_on_a_loose_ruling_is_underlined(at, expected):
    ink = _mask()
    piece = _piece("姓名李明", ink)
    line = Ruling(at, 130 + 2 * _PITCH, 130 + 4 * _PITCH, 2)

    made = _writer(ink, loose=(line,)).line([piece], piece.area)

    assert ("姓名李明", expected) == (made.text, made.underlined)
