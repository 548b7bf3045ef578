import io
import zipfile

import pytest
from tests.support.compound import compound

from formflow.errors import ReadError
from formflow.readers.sniff import Kind, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)


def packed(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return buffer.getvalue()


def typed(content_type: str, *names: str, encoding: str = "utf-8") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        types = f'<Types><Override PartName="/{names[0]}" ContentType="application/vnd.{content_type}+xml"/></Types>'
        package.writestr("[Content_Types].xml", types.encode(encoding))
        for name in names:
            package.writestr(name, "x")
    return buffer.getvalue()


WORD, SHEET = "openxmlformats-officedocument.wordprocessingml", "openxmlformats-officedocument.spreadsheetml"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (typed(f"{WORD}.document.main", "doc/a.xml"), Kind.DOCX),
        (typed(f"{WORD}.document.main", "doc/a.xml", encoding="utf-16"), Kind.DOCX),
        (typed(f"{WORD}.document.main", "word/document.xml", "xl/workbook.xml"), Kind.DOCX),
        (typed("ms-word.document.macroEnabled.main", "doc/a.xml"), Kind.DOCX),
        (typed("ms-word.template.macroEnabledTemplate.main", "doc/a.xml"), Kind.DOCX),
        (typed(f"{SHEET}.sheet.main", "book/a.xml"), Kind.XLSX),
        (typed(f"{SHEET}.template.main", "book/a.xml"), Kind.XLSX),
        (typed("ms-excel.sheet.macroEnabled.main", "a.xml"), Kind.XLSX),
        (typed("ms-excel.sheet.binary.macroEnabled.main", "book/a.bin"), Kind.XLSB),
        (typed("openxmlformats-officedocument.presentationml.slideshow.main", "a.xml"), Kind.UNKNOWN),
        (compound({"WORKBOOK": b"x"}), Kind.XLS),
        (compound({"BOOK": b"x"}), Kind.XLS),
        (compound({"worddocument": b"x"}), Kind.DOC),
        (compound({"ENCRYPTEDPACKAGE": b"x"}), Kind.ENCRYPTED_OFFICE),
        (OLE + "WORKBOOK".encode("utf-16-le"), Kind.XLS),
        *(
            (start + b"<td>x</td>", Kind.HTML)
            for start in (
                b"<!-- ERP --><table>",
                b"<!-- a --> <!-- b -->\n<DIV class='x'>",
                b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><p>",
                b"<?xml version='1.0'?>\n<table>",
                b"<h1>",
                b"<p>",
                b"<center>",
                b"<font color=red>",
                b"<script>",
                b"<title>",
                b"<link rel='x'>",
                b"<br/>",
                b"<!DOCTYPE html><x-app>",
            )
        ),
        (b"<names>\n<a>1,2\n", Kind.TEXT),
        (b"<p 1,<q 2\n", Kind.HTML),
        (
            b'<?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>',
            Kind.WORD_XML,
        ),
        (
            b'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>',
            Kind.FLAT_PACKAGE,
        ),
        (b'<?xml version="1.0"?><invoice/>', Kind.XML),
        ("客户,1\n乙,2\n".encode("utf-32"), Kind.TEXT),
        ("a,1\nb,2\n".encode("utf-32-be"), Kind.TEXT),
        (b"From a@b.cn Mon Mar  2 10:00:00 2026\nTo: c@d.cn\nSubject: x\n\nbody", Kind.MAIL),
        ("From: a@b.cn\nTo: c@d.cn\n\nbody".encode("utf-16-le"), Kind.MAIL),
        (b"From here on\nno mail\n", Kind.TEXT),
        (b"name,phone\n" * 9 + b"a\x07b,1\n", Kind.TEXT),
        (b"a\x01\x02\x03b,1\n", Kind.UNKNOWN),
        (packed("[Content_Types].xml", "word/document.xml"), Kind.DOCX),
        (packed("[Content_Types].xml", "word\\document.xml"), Kind.DOCX),
        (packed("[Content_Types].xml", "xl/workbook.xml"), Kind.XLSX),
        (packed("[Content_Types].xml", "xl/workbook.bin"), Kind.XLSB),
        (packed("[Content_Types].xml", "ppt/presentation.xml"), Kind.UNKNOWN),
        (packed("mimetype", "META-INF/manifest.xml", "content.xml"), Kind.OPEN_DOCUMENT),
        (packed("readme.txt"), Kind.PACKAGE),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Kind.ENCRYPTED_OFFICE),
        (OLE + "WordDocument".encode("utf-16-le"), Kind.DOC),
        (OLE + "Workbook".encode("utf-16-le"), Kind.XLS),
        (compound({"Other": b"x"}), Kind.OLE),
        (b"%PDF1.4\n", Kind.PDF),
        (b"%PDF-1.7\n", Kind.PDF),
        (b"\n\njunk %PDF-1.4\n", Kind.PDF),
        (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
        (b"\xff\xd8\xff\xe0", Kind.IMAGE),
        (b"II*\x00", Kind.IMAGE),
        (b"RIFF\x00\x00\x00\x00WEBP", Kind.IMAGE),
        (b"\x00\x00\x00\x18ftypheic", Kind.IMAGE),
        (b"BMW,3\nAudi,4\n", Kind.TEXT),
        (b"{\\rtf1\\ansi", Kind.RTF),
        (b"<!DOCTYPE html><table>", Kind.HTML),
        (b"\xef\xbb\xbf  <html>", Kind.HTML),
        ("<!DOCTYPE html><table>".encode("utf-16"), Kind.HTML),
        (b"<?xml version='1.0'?><Workbook/>", Kind.XML),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            Kind.SHEET_XML,
        ),
        (
            b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.text"/>',
            Kind.FLAT_ODT,
        ),
        (b"From: a@b.cn\r\nTo: c@d.cn\r\nSubject: x\r\n\r\nbody", Kind.MAIL),
        (b'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"\n\nx', Kind.HTML),
        (b"From: nobody\n", Kind.TEXT),
        (b"\x09\x02\x06\x00\x00\x02\x10\x00", Kind.XLS),
        (OLE + "__properties_version1.0".encode("utf-16-le"), Kind.MESSAGE),
        ("客户,金额".encode("gb18030"), Kind.TEXT),
        ("客户,金额".encode("utf-16"), Kind.TEXT),
        (b"a\x00b\x00", Kind.UNKNOWN),
        (b"\x01\x02\x03", Kind.UNKNOWN),
    ],
)
def test_content_decides_what_a_file_is(data, kind):
    assert kind is sniff(data)


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty"), (b"PK\x03\x04truncated", "corrupt"), (OLE, "corrupt")]
)
def test_nothing_and_half_a_package_are_refused(data, code):
    with pytest.raises(ReadError) as refused:
        sniff(data)

    assert code == refused.value.code
