"""Text that people do not see, whatever hides it, is not content; where that is not certain its value waits."""

from __future__ import annotations

import pytest
from tests.support.pdfs import pdf, streamed

from formflow.limits import Limits
from formflow.readers.read import read_bytes

OLD = "BT /F 10 Tf 50 300 Td (OLD VALUE) Tj ET\n"
NEW = "BT /F 10 Tf 50 300 Td (new) Tj ET\n"
FOOT = "q BT /F 10 Tf 50 20 Td (foot) Tj ET Q"
OVER = "45 295 100 18 re"
STATES = (
    "/ExtGState<</Gone<</ca 0/CA 0>>/Faint<</ca 0.6>>/Whole<</ca 1>>/Mixed<</BM/Multiply>>"
    "/Masked<</SMask<</S/Alpha/G 9 0 R>>>>>>"
)
SEPARATION = "/ColorSpace<</S[/Separation/Black/DeviceGray 8 0 R]>>"


def told(
    content: str, *, resources: str = "", more: dict[int, bytes] | None = None, page: str = ""
) -> list[tuple[str, bool]]:
    """The lines of a page with whether they are certain."""
    data = pdf(f"{FOOT} {content}".encode(), resources=STATES + resources, more=more or _more(), page=page)
    (part,) = read_bytes(data, "a.pdf", Limits()).parts
    return [(line.text, not line.doubts) for line in part.lines if line.text != "foot"]


def _more(**forms: bytes) -> dict[int, bytes]:
    """Objects 6 and on: `I` an opaque picture, `T` one with a mask, `X` a form, a tint, an empty soft mask, a mask."""
    fonts = "/Resources<</Font<</F 5 0 R>>>>"
    return {
        6: streamed(_picture(""), b"\xff" * 4),
        7: streamed(_picture("/SMask 10 0 R"), b"\xff" * 4),
        8: streamed("/FunctionType 2/Domain[0 1]/C0[1]/C1[0]/N 1", b""),
        9: streamed("/Type/XObject/Subtype/Form/BBox[0 0 400 400]/Group<</S/Transparency>>", b""),
        10: streamed(_picture(""), forms.get("mask", b"\xff" * 4)),
        11: streamed(
            f"/Type/XObject/Subtype/Form/BBox[0 0 400 400]{fonts}{forms.get('group', b'').decode()}",
            forms.get("form", b""),
        ),
    }


def _picture(more: str) -> str:
    return f"/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8{more}"


OBJECTS = "/XObject<</I 6 0 R/T 7 0 R/X 11 0 R>>"


@pytest.mark.parametrize(
    "cover",
    [
        f"1 g {OVER} f 0 g",
        f"1 1 1 rg {OVER} f* 0 g",
        f"0 0 0 0 k {OVER} F 0 g",
        f"1 g {OVER} B 0 g",
        "1 g 45 295 m 145 295 l 145 313 l 45 313 l h f 0 g",
        f"1 g {OVER} 200 10 30 30 re f 0 g",
        "1 g 45 295 40 18 re f 80 295 60 18 re f 0 g",
        "q 1 g 1 0 0 1 5 5 cm 40 290 100 18 re f Q",
        "q 100 0 0 18 45 295 cm /I Do Q",
        "q /Whole gs 1 g 0 0 400 400 re f Q",
        f"q 30 280 200 60 re W n 1 g {OVER} f Q",
    ],
    ids=["f", "f*", "F", "B", "lines", "two in one", "in pieces", "moved", "picture", "page", "clipped"],
)
def test_text_that_was_painted_over_is_not_content(cover):
    assert [("new", True)] == told(f"{OLD}{cover}\n{NEW}", resources=OBJECTS)


def test_a_black_box_leaves_nothing():
    assert [] == told(f"{OLD}{OVER} f")


@pytest.mark.parametrize(
    "before",
    [f"1 g {OVER} f 0 g", f"0.9 g {OVER} f 0 g", f"0 g {OVER} f 1 g", "q 100 0 0 18 45 295 cm /I Do Q"],
)
def test_text_that_was_painted_later_stays(before):
    assert [("OLD VALUE", True)] == told(before + "\n" + OLD, resources=OBJECTS)


@pytest.mark.parametrize(
    "over",
    [
        "1 g 45 320 100 18 re f",
        "1 g 45 300 100 0.8 re f",
        "q 200 200 10 10 re W n 1 g 45 295 100 18 re f Q",
        "1 g 45 295 m 145 295 l 145 297 l 47 297 l 47 330 l 45 330 l h f",
        "1 g 0 0 400 400 re 30 280 150 60 re f*",
        f"q /Faint gs 1 1 0 rg {OVER} f Q",
        f"q /Mixed gs 1 1 0 rg {OVER} f Q",
        f"1 g {OVER} n",
        f"1 G {OVER} S",
    ],
    ids=["elsewhere", "a line", "clipped away", "a corner", "a hole", "veil", "marker", "no paint", "frame"],
)
def test_what_leaves_text_to_be_seen_takes_nothing(over):
    assert [("OLD VALUE", True)] == told(OLD + over)


@pytest.mark.parametrize(
    "content",
    [
        f"q /Gone gs {OLD} Q",
        f"q /Gone gs 1 Tr {OLD} Q",
        f"3 Tr {OLD} 0 Tr",
        f"1 g {OLD} 0 g",
        f"0 0 0 0 k {OLD} 0 g",
        f"/S cs 0 scn {OLD} 0 g",
        f"{OVER} f {OLD}",
        f"0.2 0.3 0.9 rg {OVER} f 0.2 0.3 0.9 rg {OLD} 0 g",
        f"q 40 200 m 300 200 l 40 320 l h W n {OLD.replace('50 300', '250 300')} Q",
        f"q 0 0 400 100 re W n {OLD} Q",
        OLD.replace("10 Tf", "0.5 Tf"),
        OLD.replace("50 300", "50 600"),
        "q /Gone gs /X Do Q",
    ],
)
def test_text_that_does_not_differ_from_its_ground_or_is_cut_away_is_not_content(content):
    more = _more(form=OLD.encode(), group=b"/Group<</S/Transparency>>")

    assert [("new", True)] == told(
        f"{content} {NEW.replace('300', '100')}",
        resources=SEPARATION.join(("", "")) + OBJECTS + SEPARATION,
        more=more,
    )


def test_text_that_is_masked_away_waits():
    # Without an embedded font a viewer may show nothing where others do.
    assert [("OLD VALUE", False)] == told(f"q /Masked gs {OLD} Q")


def test_text_in_an_ink_that_is_not_known_is_seen():
    assert [("OLD VALUE", True)] == told(f"/S cs 1 scn {OLD}", resources=SEPARATION)


def test_a_form_inherits_what_it_is_painted_with():
    more = _more(form=OLD.encode())

    assert [] == told("q 1 g /X Do Q", resources=OBJECTS, more=more)
    assert [("OLD VALUE", True)] == told("q 0 g /X Do Q", resources=OBJECTS, more=more)


def test_what_a_form_paints_covers_the_page_and_the_page_covers_a_form():
    cover = f"1 g {OVER} f".encode()

    assert [("new", True)] == told(f"{OLD} /X Do {NEW}", resources=OBJECTS, more=_more(form=cover))
    assert [("new", True)] == told(
        f"/X Do 1 g {OVER} f 0 g {NEW}", resources=OBJECTS, more=_more(form=OLD.encode())
    )


@pytest.mark.parametrize(("mask", "expected"), [(b"\xff" * 4, []), (bytes(4), [("OLD VALUE", True)])])
def test_a_picture_with_a_mask_hides_what_a_viewer_hides(mask, expected):
    content = f"{OLD} q 100 0 0 18 45 295 cm /T Do Q"
    found = told(content, resources=OBJECTS, more=_more(mask=mask))

    # Without an embedded font a viewer may show nothing where others do: then the text waits.
    assert expected == [(text, sure) for text, sure in found if sure]
    assert ["OLD VALUE"] == [text for text, _ in found]


@pytest.mark.parametrize(
    "content",
    [
        f"{OLD} 1 g 45 304 120 18 re f",
        f"{OLD} 1 g 45 295 24 18 re f",
        f"q 0 302.5 400 20 re W n {OLD} Q",
        f"{OLD} BT /F 10 Tf 51.5 301 Td (another) Tj ET",
        f"0.85 g {OLD}",
    ],
    ids=["half a line", "half the glyphs", "cut through", "text over text", "pale"],
)
def test_what_is_seen_in_part_or_over_other_text_waits(content):
    found = told(content)

    assert found
    assert not any(sure for _, sure in found if _ != "VALUE") or found == [("VALUE", False)]


def test_the_same_text_twice_is_bold_and_certain():
    assert [("OLD VALUE", True)] == told(OLD + OLD.replace("50 300", "50.3 300"))


def test_a_value_on_a_line_of_underscores_is_certain():
    lines = told(NEW + "BT /F 10 Tf 50 299 Td (____________) Tj ET")

    assert all(sure for _, sure in lines)


@pytest.mark.parametrize(
    "annotation",
    [
        "/Subtype/Square/IC[1 1 1]/AP<</N 11 0 R>>",
        "/Subtype/Stamp/AP<</N 11 0 R>>",
        "/Subtype/Widget/FT/Tx/AP<</N 11 0 R>>",
    ],
)
def test_what_an_annotation_covers_is_not_content(annotation):
    more = _more(form=b"1 g 0 0 400 400 re f")
    page = f"/Annots[<<{annotation}/Rect[45 295 145 313]{{}}>>]"

    assert [] == told(OLD, more=more, page=page.format(""))
    assert [("OLD VALUE", True)] == told(OLD, more=more, page=page.format("/F 2"))


def test_a_note_over_a_text_is_read_in_its_place():
    more = _more(form=b"1 g 0 0 400 400 re f")
    page = "/Annots[<</Subtype/FreeText/Contents(note)/AP<</N 11 0 R>>/Rect[45 295 145 313]>>]"
    data = pdf(OLD.encode(), resources=STATES, more=more, page=page)
    (part,) = read_bytes(data, "a.pdf", Limits()).parts

    assert ["note"] == [cell.text for table in part.tables for cell in table.cells]
