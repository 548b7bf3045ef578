"""PDFs made to harm: loops, bombs, numbers without measure. Each ends in an answer or a ReadError, in good time."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest
from tests.support.pdfs import TEXT, pdf, streamed

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.read import read


def form(content: bytes, calls: int | None = None) -> bytes:
    resources = f"/Resources<</XObject<</I {calls} 0 R>>>>" if calls else ""
    return streamed(f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]{resources}", content)


def outcome(tmp_path: Path, data: bytes, limits: Limits | None = None) -> str:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    began = time.monotonic()
    try:
        read(path, limits=limits)
    except ReadError as error:
        code = error.code
    else:
        code = "read"
    assert time.monotonic() - began < 12
    return code


def test_the_plain_file_is_read(tmp_path):
    assert outcome(tmp_path, pdf()) == "read"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (pdf(trailer="/Prev 9"), "read"),
        (pdf(page="/MediaBox[0 0 1000000000 1000000000]"), "too-large"),
        (pdf(page="/MediaBox[0 0 0 0]"), "read"),
        (pdf(page="/MediaBox[a b c d]"), "read"),
        (pdf(page="/Rotate 37"), "read"),
        (pdf(page="/Annots 3 0 R"), "read"),
        (pdf(page="/CropBox[9999 9999 99999 99999]"), "read"),
        (pdf(b"q " * 200_000 + TEXT), "read"),
        (pdf(b"/I Do " + TEXT, resources="/XObject<</I 6 0 R>>", more={6: form(b"/I Do", calls=6)}), "read"),
        (pdf(b"9999999999 0 0 9999999999 0 0 cm " + TEXT + b" 0 0 m 99999999999 9 l S"), "no-text"),
        (pdf(b"BT /F 99999999999 Tf (x) Tj ET"), "no-text"),
        (
            pdf(font="<</Type/Font/Subtype/Type0/DescendantFonts[5 0 R]/Encoding 5 0 R/ToUnicode 5 0 R>>"),
            "corrupt",
        ),
        (pdf(b"BT " * 50_000), "no-text"),
    ],
)
def test_odd_numbers_and_loops_are_answered(tmp_path, data, expected):
    assert outcome(tmp_path, data) == expected


def test_forms_that_multiply_run_out_of_time(tmp_path):
    more = {number: form(b"/I Do " * 40, calls=number + 1) for number in range(6, 20)}
    more[20] = form(b"")
    data = pdf(b"/I Do " * 40, resources="/XObject<</I 6 0 R>>", more=more)

    assert outcome(tmp_path, data, Limits(seconds=1.0)) == "timeout"


@pytest.mark.parametrize("unit", [b" ", b"q ", b"1 ", b"(", b"0 0 m "])
@pytest.mark.parametrize("times", [1, 3])
def test_content_deflated_again_and_again_is_too_large_at_once(tmp_path, unit, times):
    content = unit * (40_000_000 // len(unit))
    for _ in range(times):
        content = zlib.compress(content)
    began = time.process_time()

    assert outcome(tmp_path, pdf(content, stream=f"/Filter[{'/FlateDecode' * times}]")) == "too-large"
    assert time.process_time() - began < 3


def test_a_page_of_millions_of_glyphs_is_stopped(tmp_path):
    data = pdf(b"BT /F 9 Tf (" + b"x" * 600_000 + b") Tj ET")

    assert outcome(tmp_path, data) == "too-large"


def test_a_drawing_of_a_million_paths_is_no_table(tmp_path):
    rulings = b"".join(b"%d 0 m %d 400 l S 0 %d m 400 %d l S\n" % (n, n, n, n) for n in range(1, 30_000))

    assert outcome(tmp_path, pdf(zlib.compress(rulings + TEXT), stream="/Filter/FlateDecode")) == "read"


def test_a_page_tree_a_thousand_deep_is_corrupt_or_read(tmp_path):
    more = {n: f"<</Type/Pages/Kids[{n + 1} 0 R]/Count 1>>".encode() for n in range(6, 1500)}
    more[1500] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    data = pdf(more=more).replace(b"/Kids[3 0 R]", b"/Kids[6 0 R]")

    assert outcome(tmp_path, data) in ("read", "no-text", "corrupt")
