"""Which files have the end that their beginning promises."""

from __future__ import annotations

import io
import os
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image
from tests.support.compound import compound

from formflow.intake.ends import looks_cut_off

SHARES = (0.2, 0.5, 0.8, 0.95, 0.99)


def package() -> bytes:
    """A package that holds another one, stored as it is: its end is in the middle."""
    inner = io.BytesIO()
    with ZipFile(inner, "w") as made:
        made.writestr("a.txt", os.urandom(400))
    outer = io.BytesIO()
    with ZipFile(outer, "w") as made:
        made.writestr("word/embedded.docx", inner.getvalue())
        made.writestr("word/document.xml", os.urandom(3000))
    return outer.getvalue()


def pdf() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    out = io.BytesIO()
    made.save(out, linearize=True)
    return out.getvalue()


def picture(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    page = Image.effect_noise((120, 90), 60).convert("RGB")
    if kind == "JPEG":
        thumbnail = io.BytesIO()
        page.resize((40, 30)).save(thumbnail, "JPEG")
        options |= {"exif": b"Exif\0\0" + thumbnail.getvalue()}
    page.save(out, kind, **options)
    return out.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["From"] = "a@example.com"
    message.set_content("申请表见附件")
    message.add_attachment(os.urandom(3000), maintype="application", subtype="msword", filename="a.doc")
    return message.as_bytes()


WHOLE = {
    "package": package,
    "pdf": pdf,
    "ole": lambda: compound({"WordDocument": os.urandom(9000), "1Table": os.urandom(5000)}),
    "jpeg": lambda: picture("JPEG"),
    "progressive jpeg": lambda: picture("JPEG", progressive=True),
    "png": lambda: picture("PNG"),
    "tiff": lambda: picture("TIFF"),
    "tiff of three pages": lambda: picture(
        "TIFF", save_all=True, append_images=[Image.new("RGB", (60, 60))] * 2, compression="tiff_lzw"
    ),
    "bmp": lambda: picture("BMP"),
    "webp": lambda: picture("WEBP"),
    "rtf": lambda: b"{\\rtf1{\\fonttbl{\\f0 a;}}" + b"{\\b x \\} y}" * 200 + b"\\par}",
    "html": lambda: b"<html><body><table>" + b"<tr><td>1</td></tr>" * 90 + b"</table></body></html>",
    "mail": mail,
}


def cut_off(path: Path, content: bytes) -> bool:
    path.write_bytes(content)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return looks_cut_off(descriptor)
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_file_does_not_look_cut_off(tmp_path, kind):
    assert not cut_off(tmp_path / "a", WHOLE[kind]())


@pytest.mark.parametrize("kind", WHOLE)
def test_a_part_of_it_looks_cut_off_wherever_it_ends(tmp_path, kind):
    whole = WHOLE[kind]()

    assert [True] * 5 == [cut_off(tmp_path / "a", whole[: int(len(whole) * share)]) for share in SHARES]


@pytest.mark.parametrize(
    "content",
    [
        "日期,主题,页数\n3月5日,函,2\n3月6",
        "日期;主题;页数\n3月5日;函;2\n3月6",
        "日期\t主题\n3月5日\t函\n3月6",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_table_that_ends_inside_a_row_looks_cut_off(tmp_path, content, encoding):
    assert cut_off(tmp_path / "a", content.encode(encoding))
    assert not cut_off(tmp_path / "a", (content + "日,函,3;函;3\t函\n").encode(encoding))
