"""Files made to harm: each must end in an answer or a ReadError, in good time and within memory."""

from __future__ import annotations

import io
import random
import time
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.read import read

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;">]>'
)
SECONDS = 20.0


def link(kind: str, target: str) -> str:
    return LINK.format(f'<Relationship Id="rId1" Type="{R}/{kind}" Target="{target}"/>')


def word(body: str, *, before: str = "", **members: str) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": link("officeDocument", "word/document.xml"),
        "word/document.xml": f'{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        **members,
    }


def workbook(sheet: str, *, before: str = "") -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": link("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": link("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{S}">{sheet}</worksheet>',
    }


def write(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def outcome(path: Path, limits: Limits | None = None) -> str:
    """The code of the ReadError, or `read`; anything else, and anything slow, fails the test."""
    began = time.monotonic()
    try:
        read(path, limits=limits)
    except ReadError as error:
        code = error.code
    else:
        code = "read"
    assert time.monotonic() - began < SECONDS
    return code


def nested(tag: str, depth: int, inner: str = "") -> str:
    return f"<w:{tag}>" * depth + inner + f"</w:{tag}>" * depth


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (word("&e;", before=LAUGHS), "corrupt"),
        (word("<w:p/>", before='<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "corrupt"),
        (word("<w:p/>", before="<!DOCTYPE x>"), "corrupt"),
        (word("<w:p>" + nested("smartTag", 3000) + "</w:p>"), "corrupt"),
        (word("<w:p>" + nested("ins", 200) + "</w:p>"), "read"),
        (word("<w:p><w:r><w:t>x"), "corrupt"),
        (word("<w:p/>") | {"word/document.xml": "<other/>"}, "corrupt"),
        (word("<w:p/>") | {"_rels/.rels": "<x/>"}, "read"),
        (word("<w:p/>") | {"_rels/.rels": link("officeDocument", "../../../etc/passwd")}, "read"),
        (workbook("<sheetData><row><c><v>&e;</v></c></row></sheetData>", before=LAUGHS), "corrupt"),
        (workbook("<sheetData><row><c><v>1</v>"), "corrupt"),
        (workbook('<sheetData><row r="99999999"><c><v>1</v></c></row></sheetData>'), "corrupt"),
        (workbook('<sheetData><row r="x"><c r="??" s="-1" t="s"><v>9</v></c></row></sheetData>'), "read"),
    ],
)
def test_hostile_markup_is_refused_or_harmless(tmp_path, members, expected):
    name = "a.xlsx" if "xl/workbook.xml" in members else "a.docx"

    assert outcome(write(tmp_path / name, members)) == expected


@pytest.mark.parametrize("mark", ["utf-16", "utf-8-sig"])
def test_a_declaration_is_found_in_any_encoding(tmp_path, mark):
    text = str(word("<w:p/>", before='<?xml version="1.0"?>' + LAUGHS)["word/document.xml"])
    members = word("") | {
        "word/document.xml": text.replace("?>", f' encoding="{mark[:6].rstrip("-")}"?>', 1).encode(mark)
    }

    assert outcome(write(tmp_path / "a.docx", members)) == "corrupt"


def test_entities_of_a_sheet_do_not_reach_the_text(tmp_path):
    members = workbook("<sheetData><row><c t='inlineStr'><is><t>&#x41;&amp;</t></is></c></row></sheetData>")
    document = read(write(tmp_path / "a.xlsx", members))

    assert document.parts[0].blocks[0].cells[0].text == "A&"


def test_a_member_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path):
    members = word("") | {"word/media/zeros.bin": bytes(300 * 1024 * 1024)}

    assert outcome(write(tmp_path / "a.docx", members)) == "too-large"


def test_a_member_that_lies_about_its_size_is_corrupt(tmp_path):
    path = write(tmp_path / "a.docx", word("<w:p/>" * 2000))
    data = bytearray(path.read_bytes())
    size = len(word("<w:p/>" * 2000)["word/document.xml"]).to_bytes(4, "little")
    path.write_bytes(bytes(data).replace(size, (50).to_bytes(4, "little")))

    assert outcome(path) == "corrupt"


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(max_members=2), "too-large"),
        (Limits(max_expanded_bytes=100), "too-large"),
        (Limits(max_cells=3), "too-large"),
    ],
)
def test_limits_hold_for_packages(tmp_path, limits, expected):
    body = "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 9 + "</w:tr></w:tbl>"

    assert outcome(write(tmp_path / "a.docx", word(body)), limits) == expected


def test_a_directory_of_a_million_members_is_not_read(tmp_path):
    entry = b"PK\x01\x02" + bytes(24) + (1).to_bytes(2, "little") + bytes(16) + b"x"
    directory = entry * 200_000
    end = b"PK\x05\x06" + bytes(8) + len(directory).to_bytes(4, "little") + bytes(6)
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04" + directory + end)

    assert outcome(tmp_path / "a.docx") == "too-large"


def test_fifty_thousand_controls_in_a_paragraph_are_read_in_good_time(tmp_path):
    control = (
        "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>"
    )

    assert (
        outcome(write(tmp_path / "a.docx", word(f"<w:p>{control * 50_000}</w:p>")), Limits(max_ratio=10_000))
        == "read"
    )


def test_fields_that_open_without_end_are_read_in_good_time(tmp_path):
    begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/><w:t>x</w:t></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'

    assert (
        outcome(
            write(tmp_path / "a.docx", word(f"<w:p>{begin * 30_000}{end * 30_000}</w:p>")),
            Limits(max_ratio=10_000),
        )
        == "read"
    )


def test_a_drawing_of_ten_thousand_rulings_is_no_table(tmp_path):
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(600, 600))
    rulings = "".join(f"{n / 20} 0 m {n / 20} 600 l S\n0 {n / 20} m 600 {n / 20} l S\n" for n in range(6000))
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F=pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
    )
    page.Contents = document.make_stream(f"{rulings}BT /F 9 Tf 9 9 Td (x) Tj ET".encode())
    document.save(tmp_path / "a.pdf")

    assert outcome(tmp_path / "a.pdf") == "read"


def test_an_encrypted_zip_member_says_so(tmp_path):
    path = write(tmp_path / "a.docx", word("<w:p/>"))
    data = bytearray(path.read_bytes())
    # Bit 0 of the flags of every local header and directory entry.
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(bytes(data))

    assert outcome(path) == "encrypted"


def test_a_hundred_thousand_merged_ranges_are_answered_in_good_time(tmp_path):
    merges = "".join(f'<mergeCell ref="A{n}:B{n + 1}"/>' for n in range(1, 200_000, 2))
    cells = "<sheetData><row><c><v>1</v></c></row></sheetData>"

    assert (
        outcome(write(tmp_path / "a.xlsx", workbook(f"{cells}<mergeCells>{merges}</mergeCells>"))) == "read"
    )


def test_overlapping_merged_ranges_do_not_multiply(tmp_path):
    merges = "".join(
        f'<mergeCell ref="A1:{column}500"/>' for column in ("Z", "AZ", "ZZ") for _ in range(20_000)
    )
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="ZZ{n}"><v>1</v></c></row>' for n in range(1, 501)
    )

    assert (
        outcome(
            write(
                tmp_path / "a.xlsx",
                workbook(f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>"),
            )
        )
        == "read"
    )


def test_a_sheet_of_a_million_styled_rows_is_read_in_good_time(tmp_path):
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(1, 1_000_001))

    assert outcome(write(tmp_path / "a.xlsx", workbook(f"<sheetData>{rows}</sheetData>"))) == "read"


def test_a_deflated_stream_of_zeros_is_not_unpacked_whole(tmp_path):
    squeeze = zlib.compressobj(9)
    packed = b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(300)) + squeeze.flush()
    document = pikepdf.new()
    page = document.add_blank_page()
    page.Contents = pikepdf.Stream(document, packed, Filter=pikepdf.Name.FlateDecode)
    document.save(tmp_path / "a.pdf", compress_streams=False)

    assert outcome(tmp_path / "a.pdf") == "too-large"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF",
        b"%PDF-1.7\n" + b"garbage " * 1000,
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\n"
        b"trailer<</Root 1 0 R>>",
        b"%PDF-1.4\n" + b"[" * 100_000,
    ],
)
def test_broken_pdfs_are_corrupt(tmp_path, content):
    (tmp_path / "a.pdf").write_bytes(content)

    assert outcome(tmp_path / "a.pdf") == "corrupt"


def test_a_field_that_is_its_own_parent_ends(tmp_path):
    document = pikepdf.new()
    page = document.add_blank_page()
    field = document.make_indirect(pikepdf.Dictionary(Subtype=pikepdf.Name.Widget, T="a", Rect=[0, 0, 9, 9]))
    field.Parent = field
    field.FT, field.V = pikepdf.Name.Tx, "x"
    page.Annots = pikepdf.Array([field])
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
    document.save(tmp_path / "a.pdf")

    assert outcome(tmp_path / "a.pdf") == "read"


def whole(kind: str) -> bytes:
    buffer = io.BytesIO()
    if kind == "docx":
        made = docx.Document()
        made.add_table(3, 3).cell(0, 0).text = "客户名称"
        made.save(buffer)
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        book.active["A1"] = "客户名称"
        book.save(buffer)
    else:
        made = pikepdf.new()
        made.add_blank_page()
        made.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
def test_damaged_files_raise_nothing_but_read_errors(tmp_path, kind):
    data = whole(kind)
    dice = random.Random(kind)
    path = tmp_path / f"a.{kind}"
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(dice.randint(1, 12)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        path.write_bytes(
            bytes(broken[: dice.randint(1, len(broken))]) if dice.random() < 0.4 else bytes(broken)
        )

        assert outcome(path)
