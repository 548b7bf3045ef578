from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf
import pytest

from formflow.archive.pdfa import pdfa_faults, reproducible
from formflow.archive.type1 import renumbered

AT = datetime(2026, 3, 5, 7, 30, tzinfo=UTC)
HEAD, PRIVATE, TAIL = b"%!FontType1\n/UniqueID 4100007 def\n", b"rand/UniqueID 4100007 def /Subrs", b"0" * 16


def eexec(plain: bytes, *, encrypt: bool) -> bytes:
    """Adobe Type 1 Font Format, 7.1, written down once more for the test."""
    r, out = 55665, []
    for byte in plain:
        now = byte ^ (r >> 8)
        r = (((now if encrypt else byte) + r) * 52845 + 22719) % 65536
        out.append(now)
    return bytes(out)


def font(number: bytes) -> bytes:
    head, private = (part.replace(b"4100007", number) for part in (HEAD, PRIVATE))
    return head + eexec(private, encrypt=True) + TAIL


def test_a_font_has_the_same_number_however_many_came_before_it():
    made = {renumbered(font(number), len(HEAD), len(PRIVATE)) for number in (b"4100007", b"4100033")}

    (program,) = made
    private = eexec(program[len(HEAD) : len(HEAD) + len(PRIVATE)], encrypt=False)
    number = program[program.index(b"/UniqueID ") + 10 :][:7]
    assert b"rand/UniqueID " + number + b" def /Subrs" == private
    assert 4_000_000 <= int(number) < 5_000_000
    assert len(font(b"4100007")) == len(program)
    assert program.endswith(TAIL)


def test_a_font_without_a_number_is_left_alone():
    assert b"%!plain" == renumbered(b"%!plain", 4, 2)


def office_pdf(second: int) -> bytes:
    """A PDF with what an export leaves of the clock: dates, an identifier, a checksum, a profile's date."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    moment = f"2026-11-24T20:59:{second:02}Z"
    packet = (
        "<x><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
        f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmpMM:DocumentID>uuid:{second}</xmpMM:DocumentID></x>"
    )
    pdf.Root.Metadata = pikepdf.Stream(pdf, packet.encode())
    icc = bytes(24) + bytes([7, 234, 0, 11, 0, 24, 0, 20, 0, 59, 0, second]) + b"acsp" + bytes(100)
    intent = pikepdf.Dictionary(S=pikepdf.Name.GTS_PDFA1, DestOutputProfile=pikepdf.Stream(pdf, icc))
    pdf.Root.OutputIntents = pikepdf.Array([intent])
    pdf.docinfo["/CreationDate"] = f"D:202611242059{second:02}Z"
    pdf.trailer["/DocChecksum"] = pikepdf.Name(f"/{second:032}")
    out = io.BytesIO()
    pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


def test_exports_of_different_moments_become_the_same_bytes():
    assert reproducible(office_pdf(1), at=AT) == reproducible(office_pdf(2), at=AT)


def test_dates_in_the_file_agree():
    with pikepdf.open(io.BytesIO(reproducible(office_pdf(1), at=AT))) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
        assert "D:20260305073000Z" == str(pdf.docinfo["/CreationDate"])
    assert b"<xmp:CreateDate>2026-03-05T07:30:00Z<" in packet


def test_what_holds_all_that_is_asked_has_no_fault():
    assert () == pdfa_faults(reproducible(office_pdf(1), at=AT))


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda pdf: pdf.Root.__delitem__("/OutputIntents"), "no output intent with a colour profile"),
        (lambda pdf: pdf.Root.__delitem__("/Metadata"), "no identification as PDF/A-2"),
        (
            lambda pdf: pdf.pages[0].obj.__setitem__(
                "/Resources",
                pikepdf.Dictionary(
                    Font=pikepdf.Dictionary(
                        F1=pikepdf.Dictionary(Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
                    )
                ),
            ),
            "font Helvetica is not embedded",
        ),
        (lambda pdf: pdf.attachments.__setitem__("a.txt", b"x"), "embedded files"),
    ],
)
def test_what_lacks_something_is_told(harm, told):
    with pikepdf.open(io.BytesIO(reproducible(office_pdf(1), at=AT))) as pdf:
        harm(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, fix_metadata_version=False)

    assert (told,) == pdfa_faults(out.getvalue())


def test_what_is_no_pdf_is_refused():
    with pytest.raises(ValueError, match="not a PDF"):
        reproducible(b"no", at=AT)
    assert pdfa_faults(b"no")[0].startswith("damaged")
