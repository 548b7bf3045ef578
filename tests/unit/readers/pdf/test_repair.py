"""PDFs that viewers open: mended where something of them can be read, else left to recognition."""

from __future__ import annotations

import io
import time

import pytest
from tests.support.pdfs import TEXT, pdf, streamed

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.model import Part
from formflow.readers.read import read_bytes
from formflow.readers.scanned import NeedsRecognition

ATTACHMENTS_ONLY = (
    b"<</Filter/Standard/V 4/R 4/Length 128/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">"
    b"/CF<</StdCF<</CFM/AESV2/AuthEvent/EFOpen/Length 16>>>>/StmF/Identity/StrF/Identity/EFF/StdCF>>"
)
SCANNED = b"q 300 0 0 300 50 50 cm /I Do Q"


def texts(data: bytes) -> list[str]:
    document = read_bytes(data, "a.pdf", Limits())
    return [line.text for part in document.parts for line in part.lines]


def picture() -> bytes:
    return streamed(
        "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8", bytes(4)
    )


def two_pages(second: bytes) -> bytes:
    """A page with text, and one with this content, on which `I` is a picture."""
    more = {
        6: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 7 0 R/Resources<</XObject<</I 8 0 R>>>>>>",
        7: streamed("", second),
        8: picture(),
    }
    return pdf(tree="/Kids[3 0 R 6 0 R]/Count 2", more=more)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.replace(b"%PDF-1.7", b"%PDF1.7"),
        lambda data: b"\r\n--part of a mail--\r\n" * 20 + data,
        lambda data: data[: data.rindex(b"xref\n0")],
        lambda data: data[: data.rindex(b"trailer")] + b"%%EOF",
        lambda data: data.replace(b"/Type/Pages", b"/Typo/Pages"),
        lambda data: data.replace(b"/Type/Page/", b"/Type/Pgae/"),
        lambda data: data.replace(b"/Kids[3 0 R]", b"/Kids[99 0 R 3 0 R]"),
        lambda data: data.replace(b"/Pages 2 0 R", b"/Pages 9 0 R"),
    ],
    ids=[
        "no dash",
        "junk before",
        "no xref",
        "no trailer",
        "tree of no type",
        "page of no type",
        "a kid too many",
        "no tree",
    ],
)
def test_a_file_that_viewers_open_is_read(damage):
    assert ["x"] == texts(damage(pdf()))


def test_a_file_whose_attachments_alone_are_encrypted_is_read():
    data = pdf(trailer="/Encrypt 6 0 R/ID[<00><00>]", more={6: ATTACHMENTS_ONLY})

    assert ["x"] == texts(data)


def test_a_file_that_needs_a_password_is_still_refused():
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(user="secret", owner="owner"))
    with pytest.raises(ReadError) as refused:
        read_bytes(out.getvalue(), "a.pdf", Limits())

    assert "encrypted" == refused.value.code


def test_a_colour_space_that_cannot_be_made_keeps_nobody_from_reading():
    data = pdf(
        b"q /Bad cs 0 sc Q /Good cs 0 0 0 sc " + TEXT,
        resources="/ColorSpace<</Bad[/ICCBased 6 0 R]/Good[/CalRGB<<>>]>>",
        more={6: streamed("", b"x")},
    )

    assert ["x"] == texts(data)


def test_a_form_in_a_form_with_its_box_in_other_objects_is_drawn():
    inner = "/Type/XObject/Subtype/Form/BBox[0 0 8 0 R 8 0 R]/Resources<</Font<</F 5 0 R>>>>"
    more = {
        6: streamed(
            "/Type/XObject/Subtype/Form/BBox[0 0 400 400]/Resources<</XObject<</J 7 0 R>>>>", b"/J Do"
        ),
        7: streamed(inner, TEXT),
        8: b"400",
    }

    assert ["x"] == texts(pdf(b"/I Do", resources="/XObject<</I 6 0 R>>", more=more))


@pytest.mark.parametrize("pages", [1, 2])
def test_a_page_that_cannot_be_run_is_left_to_recognition_whether_alone_or_not(pages):
    broken = "<</Type/Font/Subtype/Type0/DescendantFonts[]>>"
    more = {
        6: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F 7 0 R>>>>>>"
    }
    more[7] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    tree = "/Kids[3 0 R]/Count 1" if pages == 1 else "/Kids[3 0 R 6 0 R]/Count 2"
    with pytest.raises(NeedsRecognition) as needed:
        read_bytes(pdf(TEXT + b" 200 200 50 50 re f", font=broken, tree=tree, more=more), "a.pdf", Limits())

    assert ((0,), pages == 2) == (needed.value.pages, needed.value.in_part)


def test_a_file_that_no_viewer_opens_is_damaged():
    with pytest.raises(ReadError) as refused:
        read_bytes(b"%PDF-1.7\nnothing of it is left", "a.pdf", Limits())

    assert "corrupt" == refused.value.code


@pytest.mark.parametrize("kids", ["3 0 R " * 1000, " ".join(f"{n} 0 R" for n in range(6, 1006))])
def test_pages_are_counted_before_any_is_read(kids):
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    data = pdf(TEXT * 500, tree=f"/Kids[{kids}]/Count 1000", more=dict.fromkeys(range(6, 1006), page))
    began = time.process_time()
    with pytest.raises(ReadError) as refused:
        read_bytes(data, "a.pdf", Limits())

    assert "too-large" == refused.value.code
    assert time.process_time() - began < 2


def test_a_digital_page_is_read_where_nobody_recognises_the_picture_behind_it():
    data = two_pages(SCANNED)
    with pytest.raises(NeedsRecognition) as needed:
        read_bytes(data, "a.pdf", Limits())
    document = read_bytes(data, "a.pdf", Limits(), pages={})

    assert ((1,), True) == (needed.value.pages, needed.value.in_part)
    assert "pdf/4" == document.reader
    assert [(1, False), (0, True)] == [(len(part.blocks), part.unread) for part in document.parts]


def test_a_blank_back_is_no_page_that_was_not_read():
    assert [False, False] == [part.unread for part in read_bytes(two_pages(b""), "a.pdf", Limits()).parts]


def test_a_page_of_a_scan_that_was_recognised_is_no_page_that_was_not_read():
    recognised = Part(name="page 2", kind="page", blocks=())
    document = read_bytes(two_pages(SCANNED), "a.pdf", Limits(), pages={1: recognised})

    assert not any(part.unread for part in document.parts)
