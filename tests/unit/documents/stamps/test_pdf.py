from __future__ import annotations

import io

import pdfplumber
import pikepdf
import pytest

from formflow.documents.stamps.numbered import Numbered
from formflow.documents.stamps.pdf import HEIGHT, WIDTH
from formflow.documents.stamps.stamp import StampCells, stamp, stamp_all
from formflow.readers.sniff import Kind

CELLS = StampCells(fonds="Z109", year="2026", item="0001", office="XSB", retention="D10")


def a_pdf(*, box=(0, 0, 595, 842), turn=0, content=b"", pages=1, **save) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=pikepdf.Array(list(box)),
            Rotate=turn,
            Contents=pdf.make_stream(content),
            Resources=pikepdf.Dictionary(),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    out = io.BytesIO()
    pdf.save(out, **save)
    return out.getvalue()


def stamped(data: bytes, number: str = "收传〔2026〕1号", cells: StampCells = CELLS) -> pdfplumber.PDF:
    result = stamp(data, Kind.PDF, number=number, cells=cells)
    assert (True, ".pdf", "") == (result.stamped, result.suffix, result.problem)
    return pdfplumber.open(io.BytesIO(result.data))


def box_of_stamp(page) -> tuple[int, int, int, int]:
    rect = next(r for r in page.rects if r["stroke"])
    return tuple(round(rect[side]) for side in ("x0", "top", "x1", "bottom"))


def test_the_six_cells_and_the_number_can_be_read_on_the_first_page():
    with stamped(a_pdf(pages=3)) as pdf:
        text = pdf.pages[0].extract_text()
        others = [page.extract_text() for page in pdf.pages[1:]]

    for shown in ("Z109", "2026", "0001", "XSB", "D10", "3", "全宗号", "保管期限", "登记号：收传〔2026〕1号"):
        assert shown in text
    assert ["", ""] == others


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("box", [(0, 0, 595, 842), (100, -50, 695, 792)])
def test_it_stands_at_the_top_right_of_the_page_as_it_is_seen(turn, box):
    with stamped(a_pdf(turn=turn, box=box)) as pdf:
        page = pdf.pages[0]
        left, top, right, bottom = box_of_stamp(page)
        width = page.width
        origin = page.bbox[0], page.bbox[1]

    assert (round(WIDTH), round(HEIGHT)) == pytest.approx((right - left, bottom - top), abs=2)
    assert width - (right - origin[0]) < 25
    assert top - origin[1] < 25


def test_it_makes_way_for_what_is_written():
    # A black block over the right half of the page's top quarter.
    with stamped(a_pdf(content=b"300 640 295 202 re f")) as pdf:
        _, _, right, bottom = box_of_stamp(pdf.pages[0])

    assert right < 300
    assert bottom < 842 / 3


def test_a_page_with_no_room_above_is_stamped_on_other_free_paper():
    with stamped(a_pdf(content=b"0 400 595 442 re f")) as pdf:
        _, top, _, _ = box_of_stamp(pdf.pages[0])

    assert top > 442


def test_a_character_without_an_outline_falls_back_to_the_viewers_font():
    result = stamp(a_pdf(), Kind.PDF, number="1", cells=StampCells(office="龘"))

    with pikepdf.open(io.BytesIO(result.data)) as pdf:
        fonts = pdf.pages[0].Resources.XObject.Formflow1.Resources.Font
        assert ["/F1", "/F2"] == sorted(fonts.keys())
        assert "/STSong-Light-UniGB-UCS2-H" == str(fonts.F2.BaseFont)


def test_the_same_file_gives_the_same_bytes():
    data = a_pdf()

    assert 1 == len({stamp(data, Kind.PDF, number="1", cells=CELLS).data for _ in range(2)})


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 broken",
        a_pdf(box=(0, 0, 20, 20)),
        a_pdf(encryption=pikepdf.Encryption(owner="o", user="u")),
    ],
)
def test_what_cannot_be_stamped_comes_back_unchanged(data):
    result = stamp(data, Kind.PDF, number="1", cells=CELLS)

    assert (data, False, True) == (result.data, result.stamped, bool(result.problem))


@pytest.mark.parametrize("turn", [0, 90])
def test_an_office_without_archive_rules_gets_the_number_alone(turn):
    with stamped(a_pdf(turn=turn), cells=None) as pdf:
        page = pdf.pages[0]
        text, rects = page.extract_text(), page.rects

    assert "登记号：收传〔2026〕1号" == text
    assert [] == rects


@pytest.mark.parametrize("box", [(0, 0, 90, 60), (0, 0, 200, 60)])
def test_a_page_smaller_than_the_stamp_gets_a_smaller_one(box):
    with stamped(a_pdf(box=box)) as pdf:
        left, top, right, bottom = box_of_stamp(pdf.pages[0])

    assert 0 <= left < right <= box[2]
    assert 0 <= top < bottom <= box[3]


def test_a_page_too_small_for_any_stamp_stays_as_it_is():
    data = a_pdf(box=(0, 0, 30, 20))

    result = stamp(data, Kind.PDF, number="收传〔2026〕1号", cells=CELLS)

    assert (False, data) == (result.stamped, result.data)


@pytest.mark.parametrize("turn", [0, 90])
def test_each_row_of_a_log_has_its_number_beside_it_on_its_page(turn):
    boxes = [(50.0, 100.0, 500.0, 120.0), (50.0, 120.0, 500.0, 140.0), (50.0, 200.0, 500.0, 220.0)]
    numbered = [
        Numbered(number=f"SC-{n}", part="page 2" if n == 3 else "page 1", row=n, box=box)
        for n, box in enumerate(boxes, 1)
    ]

    result = stamp_all(a_pdf(pages=2, turn=turn), Kind.PDF, numbered, CELLS)

    with pdfplumber.open(io.BytesIO(result.data)) as pdf:
        words = [
            (page.page_number, word["text"], word["top"], word["x0"])
            for page in pdf.pages
            for word in page.extract_words()
        ]
    assert [(1, "SC-1"), (1, "SC-2"), (2, "SC-3")] == [word[:2] for word in words]
    for (_, _, top, left), box in zip(words, boxes, strict=True):
        assert box[1] <= top <= box[3] and 500 <= left


def test_each_form_of_a_pile_has_its_stamp_on_the_page_it_begins_on():
    numbered = [Numbered(number=f"XKH-{n}", item=f"{n:04}", part=f"page {n}") for n in (1, 3)]

    result = stamp_all(a_pdf(pages=4), Kind.PDF, numbered, CELLS)

    with pdfplumber.open(io.BytesIO(result.data)) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert ["XKH-1" in texts[0], "0001" in texts[0], "XKH-3" in texts[2], "0003" in texts[2]] == [True] * 4
    assert ["", ""] == [texts[1], texts[3]]
