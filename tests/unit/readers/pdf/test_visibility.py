"""What of a PDF is seen: layers, clipped, white and invisible text, scans, turned text, glyphs without meaning."""

from __future__ import annotations

import io

import pikepdf
import pytest

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.pdf.document import read_pdf

NAME = pikepdf.Name
LONG = "The quick brown fox jumps over the lazy dog and back again twice a day."


def text(x: float, y: float, words: str, more: str = "") -> str:
    return f"BT /F 10 Tf {more} 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n"


def made(content: str, change=lambda document, page: None, pages: int = 1) -> bytes:
    document = pikepdf.new()
    font = pikepdf.Dictionary(Type=NAME.Font, Subtype=NAME.Type1, BaseFont=NAME.Helvetica)
    for _ in range(pages):
        page = document.add_blank_page(page_size=(400, 400))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = document.make_stream(content.encode())
        change(document, page)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def texts(data: bytes) -> list[str]:
    found = []
    for part in read_pdf(data, Limits()):
        for block in part.blocks:
            found.extend([cell.text for cell in block.cells] if hasattr(block, "cells") else [block.text])
    return found


def with_image(document, page, *, matrix="400 0 0 400 0 0", mask=False, first=True) -> None:
    image = document.make_stream(bytes(100))
    image.Type, image.Subtype, image.Width, image.Height = NAME.XObject, NAME.Image, 10, 10
    image.ColorSpace, image.BitsPerComponent = NAME.DeviceGray, 8
    if mask:
        image.SMask = document.make_stream(bytes(100), Type=NAME.XObject, Subtype=NAME.Image)
    page.Resources.XObject = pikepdf.Dictionary(I=image)
    drawn = f"q {matrix} cm /I Do Q\n".encode()
    old = page.Contents.read_bytes()
    page.Contents = document.make_stream(drawn + old if first else old + drawn)


def layered(document, page) -> None:
    off, on = (document.make_indirect(pikepdf.Dictionary(Type=NAME.OCG, Name=name)) for name in ("off", "on"))
    page.Resources.Properties = pikepdf.Dictionary(Off=off, On=on)
    document.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array([off, on]), D=pikepdf.Dictionary(OFF=pikepdf.Array([off]))
    )


def test_text_of_a_layer_that_is_switched_off_is_not_content():
    content = f"/OC /Off BDC {text(50, 300, 'draft')} EMC /OC /On BDC {text(50, 280, 'shown')} EMC" + text(
        50, 260, "plain"
    )

    assert texts(made(content, layered)) == ["shown", "plain"]


def test_text_that_is_clipped_away_is_not_content():
    content = f"q 40 290 100 30 re W n {text(50, 300, 'inside')}{text(50, 200, 'outside')} Q " + text(
        50, 100, "after"
    )

    assert texts(made(content)) == ["inside", "after"]


@pytest.mark.parametrize(
    ("below", "expected"), [("", ["seen"]), ("0 0 0.5 rg 40 290 100 30 re f\n", ["hidden", "seen"])]
)
def test_white_text_shows_on_a_dark_ground_only(below, expected):
    content = below + "1 1 1 rg " + text(50, 300, "hidden") + "0 g " + text(50, 200, "seen")

    assert texts(made(content)) == expected


def test_invisible_text_on_a_plain_page_is_not_content():
    assert texts(made(text(50, 300, "ghost", "3 Tr") + text(50, 200, "seen", "0 Tr"))) == ["seen"]


@pytest.mark.parametrize(
    ("content", "more"),
    [
        ("", {}),
        (text(50, 300, LONG, "3 Tr"), {}),
        (text(50, 380, "FROM 0755 P.1"), {}),
        (text(50, 300, LONG), {"first": False}),
        (text(50, 300, LONG, "3 Tr"), {"matrix": "400 0 0 200 0 0"}),
    ],
    ids=["nothing", "invisible", "fax line", "below", "half a page"],
)
def test_a_scan_is_left_to_recognition(content, more):
    def change(document, page) -> None:
        with_image(document, page, **more)
        if "matrix" in more:
            page.Contents = document.make_stream(
                page.Contents.read_bytes() + b"q 400 0 0 200 0 200 cm /I Do Q\n"
            )

    (part,) = read_pdf(made(content, change), Limits())

    assert (part.blocks, part.controls) == ((), ())


def test_a_page_with_much_text_on_a_picture_is_read():
    assert texts(made(text(30, 300, LONG) + text(30, 280, LONG), with_image)) == [LONG, LONG]


def test_a_stamp_with_a_mask_over_the_page_hides_nothing():
    assert texts(made(text(50, 300, "read"), lambda d, p: with_image(d, p, mask=True, first=False))) == [
        "read"
    ]


@pytest.mark.parametrize("matrix", ["0 1 -1 0 200 50", "0 -1 1 0 200 350", "-1 0 0 -1 350 200"])
def test_a_page_whose_text_is_turned_reads_as_if_it_lay_level(matrix):
    content = f"BT /F 10 Tf {matrix} Tm (Customer name) Tj ET\n"

    assert texts(made(content)) == ["Customer name"]


def test_glyphs_that_the_font_gives_no_meaning_are_left_to_recognition():
    def composite(document, page) -> None:
        inner = pikepdf.Dictionary(
            Type=NAME.Font,
            Subtype=NAME.CIDFontType2,
            BaseFont=NAME.X,
            CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        )
        page.Resources.Font.G = pikepdf.Dictionary(
            Type=NAME.Font,
            Subtype=NAME.Type0,
            BaseFont=NAME.X,
            Encoding=NAME("/Identity-H"),
            DescendantFonts=pikepdf.Array([document.make_indirect(inner)]),
        )

    content = "BT /G 10 Tf 50 300 Td <000100020003000400050006> Tj ET " + text(50, 200, "Date")
    (part,) = read_pdf(made(content, composite), Limits())

    assert part.blocks == ()


@pytest.mark.parametrize(
    ("length", "expected"), [(36, ["kept"]), (300, ["struck out", "kept"])], ids=["a stroke", "a ruling"]
)
def test_what_a_line_is_drawn_through_is_not_content(length, expected):
    content = text(50, 300, "struck out") + f"50 303 m {50 + length + 8} 303 l S\n" + text(50, 200, "kept")

    assert texts(made(content)) == expected


def test_what_an_annotation_strikes_out_is_not_content():
    def strike(document, page) -> None:
        annotation = pikepdf.Dictionary(
            Type=NAME.Annot, Subtype=NAME.StrikeOut, Rect=pikepdf.Array([48, 296, 110, 312])
        )
        page.Annots = pikepdf.Array([document.make_indirect(annotation)])

    assert texts(made(text(50, 300, "struck") + text(50, 200, "kept"), strike)) == ["kept"]


def test_radicals_and_ligatures_become_the_usual_characters():
    def mapped(document, page) -> None:
        page.Resources.Font.F = pikepdf.Dictionary(
            Type=NAME.Font,
            Subtype=NAME.Type1,
            BaseFont=NAME.Helvetica,
            ToUnicode=document.make_stream(
                b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
                b"3 beginbfchar <41> <2F08> <42> <2EDA> <43> <FB01> endbfchar endcmap end"
            ),
        )

    assert texts(made(text(50, 300, "ABC"), mapped)) == ["人页fi"]


def test_a_page_that_cannot_be_run_is_left_to_recognition_where_others_can():
    def broken(document, page) -> None:
        if len(document.pages) == 2:
            page.Resources.Font.F = pikepdf.Dictionary(
                Type=NAME.Font, Subtype=NAME.Type0, DescendantFonts=pikepdf.Array([])
            )

    parts = read_pdf(made(text(50, 300, "first"), broken, pages=2), Limits())

    assert [len(part.blocks) for part in parts] == [1, 0]


def test_a_page_without_a_size_is_a_letter_sheet():
    data = made(text(50, 300, "x"), lambda document, page: page.__setitem__("/MediaBox", pikepdf.Array()))
    (part,) = read_pdf(data, Limits())

    assert part.size == (612, 792)


def test_a_file_with_a_broken_directory_is_mended():
    data = made(text(50, 300, "found"))

    assert texts(data[: data.rindex(b"xref")] + b"startxref\n99999\n%%EOF") == ["found"]


def test_a_static_form_with_fields_of_its_own_is_read():
    def as_xfa(document, page) -> None:
        widget = document.make_indirect(
            pikepdf.Dictionary(
                Subtype=NAME.Widget, FT=NAME.Tx, T="a", V="value", Rect=pikepdf.Array([100, 290, 200, 310])
            )
        )
        page.Annots = pikepdf.Array([widget])
        document.Root.AcroForm = pikepdf.Dictionary(XFA="<xdp/>", Fields=pikepdf.Array([widget]))

    assert "value" in texts(made(text(50, 300, "Label"), as_xfa))


def test_a_form_that_must_be_drawn_by_its_program_is_refused_even_with_fields():
    def as_xfa(document, page) -> None:
        document.Root.NeedsRendering = True
        document.Root.AcroForm = pikepdf.Dictionary(XFA="<xdp/>", Fields=pikepdf.Array([page.obj]))

    with pytest.raises(ReadError) as refused:
        read_pdf(made(text(50, 300, "Please wait"), as_xfa), Limits())

    assert refused.value.code == "xfa"
