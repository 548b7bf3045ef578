"""Whatever bytes come, a reader answers or refuses with a code; and what it answers can be printed."""

from __future__ import annotations

import io
import json
import zipfile
from random import Random

import pikepdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz.mutate import MAGICS, mutations_of

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.messages.readers import READ_ERRORS
from formflow.model import Document, Table
from formflow.readers.read import read_bytes

LIMITS = Limits(seconds=5.0)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def answer(data: bytes, name: str) -> Document | str:
    try:
        return read_bytes(data, name, LIMITS)
    except ReadError as error:
        assert error.code in READ_ERRORS
        return error.code


def printable(document: Document | str) -> bool:
    if isinstance(document, str):
        return True
    texts = []
    for part in document.parts:
        for block in part.blocks:
            texts.extend([cell.text for cell in block.cells] if isinstance(block, Table) else [block.text])
            json.dumps(block.source.box, allow_nan=False)
        texts.extend(control.value for control in part.controls)
    return bool(json.dumps(texts, ensure_ascii=False).encode("utf-8"))


@QUICK
@given(st.sampled_from(MAGICS), st.binary(max_size=3000))
def test_any_bytes_behind_any_beginning(magic, rest):
    data = magic + rest

    assert not data or printable(answer(data, "a.bin"))


ELEMENTS = st.sampled_from(
    "p r t tbl tr tc sdt sdtContent sdtPr ins del br tab hyperlink pPr rPr tcPr fldSimple".split()
)
TREES = st.recursive(
    st.text("<>&客户：:☑□ \t09年", max_size=8).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    lambda inner: st.tuples(ELEMENTS, st.lists(inner, max_size=4)).map(
        lambda pair: f"<w:{pair[0]}>{''.join(pair[1])}</w:{pair[0]}>"
    ),
    max_leaves=40,
)


@QUICK
@given(st.lists(TREES, max_size=6))
def test_any_tree_of_word_elements(trees):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{"".join(trees)}</w:body></w:document>'
        )

    assert printable(answer(buffer.getvalue(), "a.docx"))


NUMBERS = st.one_of(st.integers(-999, 999), st.floats(-1e6, 1e6), st.just(99999999999)).map(
    lambda n: f"{n:.3f}"
)
OPERATORS = st.sampled_from(
    "0:q 0:Q 6:cm 2:m 2:l 4:re 6:c 0:S 0:f 0:n 0:W 0:BT 0:ET 2:Td 6:Tm 1:Tc 1:Tw 1:Tz 1:TL 1:Ts 0:T* 3:rg 1:g 0:EMC".split()
)


@st.composite
def contents(draw) -> bytes:
    pieces = []
    for operator in draw(st.lists(OPERATORS, max_size=60)):
        count, name = operator.split(":")
        pieces.append(" ".join([*(draw(NUMBERS) for _ in range(int(count))), name]))
        if draw(st.booleans()):
            pieces.append(f"/F {draw(NUMBERS)} Tf (a b) Tj")
    return "\n".join(pieces).encode()


@QUICK
@given(contents(), st.sampled_from([0, 90, 180, 270, 37, -90]))
def test_any_content_of_a_page(content, rotate):
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(400, 400))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = document.make_stream(content)
    page.obj.Rotate = rotate
    buffer = io.BytesIO()
    document.save(buffer)

    assert printable(answer(buffer.getvalue(), "a.pdf"))


@QUICK
@given(
    st.text(max_size=400), st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-8-sig"]), st.integers(0, 2**16)
)
def test_any_text_damaged_in_any_way(text, encoding, seed):
    data = text.encode(encoding, "replace") or b"x"
    dice = Random(seed)
    way = dice.choice([way for way in mutations_of("a.csv") if way.__name__ != "text"])

    assert printable(answer(way(data, dice) or b"x", "a.csv"))
