import hashlib
import subprocess
import sys

import pytest

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers import read as reading
from formflow.readers.read import VERSION, read
from formflow.readers.sniff import Kind

ROWS = b"a,b\n1,2\n"


def test_a_document_carries_digest_kind_name_and_reader(tmp_path):
    path = tmp_path / "ab12"
    path.write_bytes(ROWS)
    document = read(path, name="表.csv")

    assert (document.digest, document.media_type, document.name, document.reader) == (
        hashlib.sha256(ROWS).hexdigest(),
        "text/csv",
        "表.csv",
        "csv/2",
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n", "corrupt"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400), "unsupported"),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + bytes(400), "unsupported"),
        ("客户,金额\n甲,1\n".encode("gbk") + b"\x80\xff", "encoding"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"nothing known", "corrupt"),
        (b"From: a@b.cn\nTo: c@d.cn\n\nx", "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"%PDF-1.4 nothing more", "corrupt"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, content, code):
    path = tmp_path / "a.xls"
    path.write_bytes(content)

    with pytest.raises(ReadError) as refused:
        read(path)

    assert code == refused.value.code


def test_a_phone_s_picture_is_told_to_be_saved_as_jpeg(tmp_path):
    path = tmp_path / "a.heic"
    path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400))

    with pytest.raises(ReadError) as refused:
        read(path)

    assert "JPEG" in refused.value.chinese
    assert "JPEG" in refused.value.english


def test_a_file_over_the_limit_is_not_opened(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(ROWS)

    with pytest.raises(ReadError) as refused:
        read(path, limits=Limits(max_bytes=3))

    assert refused.value.code == "too-large"


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (KeyError("x"), "corrupt"),
        (RecursionError(), "corrupt"),
        (MemoryError(), "too-large"),
        (ReadError("timeout"), "timeout"),
    ],
)
def test_whatever_a_library_stumbles_over_is_a_read_error(tmp_path, monkeypatch, raised, code):
    def stumble(*_):
        raise raised

    monkeypatch.setattr(reading, "_reader", lambda *_: stumble)
    path = tmp_path / "a.csv"
    path.write_bytes(ROWS)

    with pytest.raises(ReadError) as refused:
        read(path)

    assert code == refused.value.code


def test_every_kind_that_is_read_has_a_version():
    assert {Kind.DOCX, Kind.XLSX, Kind.TEXT, Kind.PDF} <= set(VERSION)


def test_the_dispatch_loads_no_library_before_it_is_needed():
    code = "import sys, formflow.readers.read as r; print(sorted({'lxml', 'pdfplumber', 'openpyxl', 'docx'} & set(sys.modules)))"

    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )
