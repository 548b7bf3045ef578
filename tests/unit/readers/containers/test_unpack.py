import base64
import io
import struct
import zipfile
from email.message import EmailMessage

import pytest
from tests.support.compound import message

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.containers.unpack import MAX_DEPTH, clean_name, unpack

TABLE = "客户,金额\n甲,1\n".encode()


class Named(zipfile.ZipInfo):
    """A member whose name is written as bytes of some code page, without saying which."""

    raw = b""

    def _encodeFilenameFlags(self):
        return self.raw, 0


def zipped(*members: tuple[str, bytes], encoding: str | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            entry = Named("x") if encoding else zipfile.ZipInfo(name)
            if encoding:
                entry.raw = name.encode(encoding)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return buffer.getvalue()


def names(data: bytes, limits: Limits | None = None) -> list[str]:
    return [member.name for member in unpack(data, limits or Limits())]


def mail(*parts: str) -> bytes:
    """A mail of parts as they go over the wire, headers and all."""
    head = 'From: a@b.cn\nTo: c@d.cn\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n'
    return (head + "".join(f"--B\n{part}\n" for part in parts) + "--B--\n").encode("gb18030")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", None])
def test_names_in_a_zip_are_read_whatever_packed_it(encoding):
    assert ["客户资料/新客户申请表.csv"] == names(
        zipped(("客户资料/新客户申请表.csv", TABLE), encoding=encoding)
    )


def test_what_systems_add_is_no_member():
    package = zipped(
        ("__MACOSX/a/._b.csv", b"x"),
        ("a/.DS_Store", b"x"),
        ("Thumbs.db", b"x"),
        ("~$b.docx", b"x"),
        ("folder/", b""),
        ("a/b.csv", TABLE),
    )

    assert ["a/b.csv"] == names(package)


def test_links_in_a_zip_are_not_followed():
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(link, "/etc/passwd")

    assert [] == names(buffer.getvalue())


def test_containers_in_containers_are_gone_through():
    inner = zipped(("b.csv", TABLE))

    assert ["a.csv", "内.zip/b.csv"] == names(zipped(("a.csv", TABLE), ("内.zip", inner)))


def test_depth_is_bounded_and_the_others_go_on():
    package = zipped(("deep.csv", TABLE))
    for _ in range(MAX_DEPTH):
        package = zipped(("in.zip", package))
    members = list(unpack(zipped(("a.csv", TABLE), ("in.zip", package)), Limits()))

    assert ["a.csv", "too-deep"] == [members[0].name, members[1].error.code]


def test_a_zip_of_too_many_files_is_refused(monkeypatch):
    monkeypatch.setattr("formflow.readers.containers.unpack.MAX_FILES", 3)

    with pytest.raises(ReadError) as refused:
        names(zipped(*((f"{n}.csv", TABLE) for n in range(4))))

    assert "too-large" == refused.value.code


def test_files_that_are_too_large_together_are_refused_even_in_depth():
    package = zipped(("in.zip", zipped(("a.csv", b"a,b\n" * 500), ("b.csv", b"a,b\n" * 500))))

    with pytest.raises(ReadError) as refused:
        names(package, Limits(max_expanded_bytes=3000))

    assert "too-large" == refused.value.code


def test_a_bomb_in_a_zip_is_told_by_its_name():
    (bomb,) = unpack(zipped(("bomb.csv", bytes(40_000_000))), Limits())

    assert ("bomb.csv", None, "too-large") == (bomb.name, bomb.data, bomb.error.code)


def test_a_zip_with_a_password_is_refused():
    package = bytearray(zipped(("a.csv", TABLE)))
    package[6] |= 1
    package[package.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(ReadError) as refused:
        names(bytes(package))

    assert "encrypted" == refused.value.code


def test_a_damaged_member_fails_and_the_others_go_on():
    package = bytearray(zipped(("a.csv", TABLE * 9), ("b.csv", TABLE)))
    package[40] ^= 0xFF
    members = list(unpack(bytes(package), Limits()))

    assert ["corrupt", None] == [member.error and member.error.code for member in members]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/a/b.docx", "a/b.docx"),
        ("C:\\表\\a.docx", "C_/表/a.docx"),
        ("a\n\x00b.docx", "a__b.docx"),
        ("..", "unnamed"),
        ("长" * 100 + ".docx", "长" * 65 + ".docx"),
    ],
)
def test_a_name_leads_nowhere_but_down(name, expected):
    assert expected == clean_name(name)


@pytest.mark.parametrize(
    "header",
    [
        'Content-Disposition: attachment; filename="=?GB2312?B?v827py5jc3Y=?="',
        "Content-Disposition: attachment; filename*=GB2312''%BF%CD%BB%A7.csv",
        "Content-Disposition: attachment; filename*0*=utf-8''%E5%AE%A2; filename*1*=%E6%88%B7.csv",
        'Content-Disposition: attachment; filename="客户.csv"',
        'Content-Type: application/octet-stream; name="=?utf-8?Q?=E5=AE=A2=E6=88=B7=2Ecsv?="',
        'Content-Disposition: attachment; filename="=?gbk?B?v80=?=\n =?gbk?B?u6cuY3N2?="',
    ],
)
def test_names_in_a_mail_are_read_as_they_are_usually_written(header):
    assert ["客户.csv"] == names(mail(f"{header}\n\na,b"))


def test_a_mail_without_attachments_holds_no_file():
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "a@b.cn", "客户名称：甲"
    letter.set_content("客户名称：甲")

    assert [] == names(bytes(letter))


def test_the_picture_of_a_signature_is_no_member_and_a_photographed_form_is():
    letter = EmailMessage()
    letter["From"], letter["To"] = "a@b.cn", "c@d.cn"
    letter.set_content("x")
    letter.add_alternative('<p>x<img src="cid:logo"><img src="cid:photo"></p>', subtype="html")
    page = letter.get_payload()[1]
    page.add_related(b"\x89PNG" + bytes(100), "image", "png", cid="<logo>", filename="logo.png")
    page.add_related(b"\xff\xd8\xff" + bytes(300_000), "image", "jpeg", cid="<photo>", filename="表.jpg")

    assert ["表.jpg"] == names(bytes(letter))


def test_a_forwarded_mail_is_gone_through():
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "a@b.cn", "表"
    inner.set_content("x")
    inner.add_attachment(TABLE, "text", "csv", filename="客户.csv")
    outer = EmailMessage()
    outer["From"], outer["To"] = "a@b.cn", "c@d.cn"
    outer.set_content("fw")
    outer.add_attachment(inner, filename="原信.eml")

    assert ["原信.eml/客户.csv"] == names(bytes(outer))


def test_the_attachments_of_an_outlook_message_are_read():
    members = list(unpack(message({"客户登记.csv": TABLE, "包.zip": zipped(("b.csv", TABLE))}), Limits()))

    assert [("客户登记.csv", TABLE), ("包.zip/b.csv", TABLE)] == [(m.name, m.data) for m in members]


def test_a_damaged_outlook_message_is_refused():
    with pytest.raises(ReadError) as refused:
        names(message({"a.csv": TABLE})[:2200])

    assert "corrupt" == refused.value.code


def test_a_picture_that_packs_well_is_no_bomb():
    picture = b"\xff" * 3_000_000

    assert [picture] == [member.data for member in unpack(zipped(("a.bmp", picture)), Limits())]


def test_empty_files_in_a_zip_are_passed_over():
    assert ["a.csv"] == names(zipped(("empty.docx", b""), ("a.csv", TABLE)))


ATTACHED = 'Content-Type: text/csv; name="a.csv"\nContent-Disposition: attachment\n\n1,2'
ENVELOPE = b"From a@example.com Mon Mar  2 10:00:00 2026\n"


@pytest.mark.parametrize(
    "data",
    [
        ENVELOPE + mail(ATTACHED),
        b">" + ENVELOPE + mail(ATTACHED),
        mail(ATTACHED).decode().encode("utf-16"),
        mail(ATTACHED).decode().encode("utf-16-le"),
        mail(ATTACHED).decode().encode("utf-32"),
    ],
)
def test_a_mail_is_known_behind_its_envelope_and_in_wide_letters(data):
    assert ["a.csv"] == names(data)


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_every_mail_of_a_mailbox_gives_its_attachments(line_end):
    box = b"\n".join(ENVELOPE + mail(ATTACHED) for _ in range(2)).replace(b"\n", line_end)

    assert ["message 1/a.csv", "message 2/a.csv"] == names(box)


def test_a_line_of_prose_that_begins_with_from_ends_no_mail():
    body = "Content-Type: text/plain\n\nFirst.\n\nFrom now on in 2026\nplease use: this"

    assert ["a.csv"] == names(ENVELOPE + mail(body, ATTACHED))


def test_a_forwarded_mail_that_is_encoded_like_a_file_is_gone_through():
    inner = base64.encodebytes(mail(ATTACHED)).decode()
    forwarded = f"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{inner}"

    assert ["message 1.eml/a.csv"] == names(mail(forwarded))


def tnef(**files: bytes) -> bytes:
    """A winmail.dat with a subject and those attachments."""

    def attribute(level: int, kind: int, value: bytes) -> bytes:
        return struct.pack("<BII", level, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    made = b"\x78\x9f\x3e\x22\x01\x00" + attribute(1, 0x00018004, b"subject\0")
    for name, content in files.items():
        made += attribute(2, 0x00069002, bytes(14))
        made += attribute(2, 0x00018010, name.encode("gbk") + b".csv\0") + attribute(2, 0x0006800F, content)
    return made


def outlook(data: bytes) -> bytes:
    encoded = base64.encodebytes(data).decode()
    return mail(
        f'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\n{encoded}'
    )


def test_the_attachments_that_outlook_hides_are_taken_out():
    members = list(unpack(outlook(tnef(表=TABLE, 二=b"1,2") + b"\r\n"), Limits()))

    assert [("表.csv", TABLE), ("二.csv", b"1,2")] == [(member.name, member.data) for member in members]


def test_a_cut_off_winmail_dat_is_told():
    (member,) = unpack(outlook(tnef(表=TABLE)[:-9]), Limits())

    assert ("winmail.dat", "corrupt") == (member.name, member.error and member.error.code)


def test_a_mail_of_outlook_s_own_format_without_attachments_gives_none():
    assert [] == names(outlook(tnef()))
