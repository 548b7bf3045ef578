"""Ways to damage a file. Each takes bytes and dice and gives bytes; the same dice give the same bytes."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random], bytes]

EXTREMES = (
    *(
        "0",
        "-1",
        "1",
        "65536",
        "2147483648",
        "999999999",
        "18446744073709551616",
        "1e309",
        "NaN",
        "-Infinity",
    ),
    *(
        "0.0000001",
        "",
        " ",
        "A1",
        "ZZZ99999999",
        "A1:XFD1048576",
        "../../etc/passwd",
        "%s%n",
        "true",
        "\ud7ff",
    ),
)
MAGICS = (
    *(
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"%PDF-1.7\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"{\\rtf1",
        b"\x89PNG\r\n\x1a\n",
    ),
    *(b"II*\x00", b"MM\x00*", b"\xff\xd8\xff\xe0", b"GIF89a", b"BM", b"<?xml version='1.0'?>", b"<html>"),
    *(b"\xff\xfe", b"\xef\xbb\xbf", b"RIFF\x10\x00\x00\x00WEBP", b"MIME-Version: 1.0\r\n", b""),
)


def flip(data: bytes, dice: Random) -> bytes:
    """A few bytes are others."""
    broken = bytearray(data)
    for _ in range(dice.randint(1, 30)):
        broken[dice.randrange(len(broken))] = dice.randrange(256)
    return bytes(broken)


def truncate(data: bytes, dice: Random) -> bytes:
    """The end is missing."""
    return data[: dice.randint(1, len(data))]


def repeat(data: bytes, dice: Random) -> bytes:
    """A piece stands there many times, or is gone."""
    a, b = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    b = min(b, a + 5000)
    return data[:a] + data[a:b] * dice.choice((0, 2, 20, 200)) + data[b:]


def zeros(data: bytes, dice: Random) -> bytes:
    """A sector of the disk was lost."""
    at = dice.randrange(len(data))
    size = dice.choice((1, 512, 4096))
    return data[:at] + bytes(size) + data[at + size :]


def noise(data: bytes, dice: Random) -> bytes:
    """Random bytes behind a familiar beginning."""
    return dice.choice(MAGICS) + dice.randbytes(dice.choice((1, 100, 20_000)))


def splice(data: bytes, dice: Random) -> bytes:
    """A familiar beginning over the rest of another file."""
    magic = dice.choice(MAGICS)
    return magic + data[len(magic) :]


def zip_header(data: bytes, dice: Random) -> bytes:
    """A header of a member, or of the directory, lies."""
    places = [found.start() for found in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", data)]
    if not places:
        return flip(data, dice)
    broken = bytearray(data)
    at = dice.choice(places) + dice.randrange(4, 42)
    value = struct.pack("<I", dice.choice((0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, dice.getrandbits(32))))
    width = dice.choice((2, 4))
    broken[at : at + width] = value[:width]
    return bytes(broken)


def zip_member(data: bytes, dice: Random) -> bytes:
    """A member is damaged and packed again, gone, doubled, renamed or swapped with another."""
    members = _members(data)
    if not members:
        return flip(data, dice)
    name, content = dice.choice(members)
    at = members.index((name, content))
    way = dice.randrange(7)
    if way == 0:
        del members[at]
    elif way == 1:
        members.append((name, dice.choice(members)[1]))
    elif way == 2:
        members[at] = (dice.choice(("../" * 9 + name, "/" + name, name.upper(), " ", name + "\x00")), content)
    elif way == 3:
        members[at] = (name, dice.choice(members)[1])
    elif way == 4:
        members[at] = (name, dice.choice((flip, truncate, repeat))(content or b"x", dice))
    else:
        members[at] = (name, markup(content, dice))
    return _zipped(members)


def markup(data: bytes, dice: Random) -> bytes:
    """Attributes hold extremes, elements are nested, doubled or torn."""
    text = data.decode("utf-8", "replace")
    for _ in range(dice.randint(1, 4)):
        way = dice.randrange(5)
        attributes = list(re.finditer(r'="([^"]*)"', text))
        elements = list(re.finditer(r"<(\w+:?\w*)[^<>]*/?>", text))
        if way <= 1 and attributes:
            found = dice.choice(attributes)
            text = text[: found.start(1)] + dice.choice(EXTREMES) + text[found.end(1) :]
        elif way == 2 and elements:
            found = dice.choice(elements)
            text = text[: found.start()] + found[0] * dice.choice((2, 50, 3000)) + text[found.end() :]
        elif way == 3 and elements:
            found = dice.choice(elements)
            depth = dice.choice((3, 300, 6000))
            text = f"{text[: found.start()]}{f'<{found[1]}>' * depth}{f'</{found[1]}>' * depth}{text[found.end() :]}"
        else:
            numbers = list(re.finditer(r">(\d+)<", text))
            if numbers:
                found = dice.choice(numbers)
                text = text[: found.start(1)] + dice.choice(EXTREMES) + text[found.end(1) :]
    return text.encode("utf-8", "surrogatepass")


def pdf_token(data: bytes, dice: Random) -> bytes:
    """Numbers become extremes, references point elsewhere, names are exchanged."""
    for _ in range(dice.randint(1, 6)):
        pattern = dice.choice(
            (rb"\b\d+ 0 R\b", rb"-?\b\d+\.?\d*\b", rb"/[A-Z]\w+", rb"\b(?:Tj|Td|Tm|re|cm|Do|BT|ET|q|Q)\b")
        )
        found = list(re.finditer(pattern, data))
        if len(found) < 2:
            continue
        one, other = dice.choice(found), dice.choice(found)
        value = other[0]
        if pattern.startswith(rb"-?") and dice.random() < 0.6:
            value = dice.choice(
                (b"0", b"-1", b"99999999999", b"1e9", b"0.000000001", b"4294967296", b"-32768", b"1000000")
            )
        data = data[: one.start()] + value + data[one.end() :]
    return data


def pdf_stream(data: bytes, dice: Random) -> bytes:
    """A stream is replaced by a bomb, by noise, or by operators without end."""
    found = list(re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL))
    if not found:
        return pdf_token(data, dice)
    one = dice.choice(found)
    content = dice.choice(
        (
            zlib.compress(bytes(dice.choice((10, 50_000_000)))),
            dice.randbytes(500),
            b"q " * 100_000,
            b"/I Do " * 500,
            b"BT /F 1e9 Tf (x) Tj ET " * 2000,
            b"[" * 50_000,
            b"<<" * 50_000,
            b"(" * 50_000,
            b"0 0 m 1e30 1e30 l S " * 3000,
        )
    )
    return data[: one.start(1)] + content + data[one.end(1) :]


def text(data: bytes, dice: Random) -> bytes:
    """NULs, quotes that never close, long lines, mixed encodings."""
    at = dice.randrange(len(data) + 1)
    piece = dice.choice(
        (
            b"\x00" * 10,
            b'"',
            b"," * 100_000,
            b"x" * 3_000_000,
            b'""' * 100_000,
            "客户".encode("gb18030"),
            "客户".encode("utf-16"),
            b"\xff\xfe\xfd",
            b"\r" * 50_000,
            b"\x1a",
            "𠀀\u202e\ufeff".encode(),
        )
    )
    return data[:at] + piece + data[at:]


def mutations_of(name: str) -> list[Mutation]:
    """What is done to a file of that name; the format's own ways come more often."""
    general: list[Mutation] = [flip, truncate, repeat, zeros, noise, splice]
    if name.endswith((".docx", ".xlsx", ".xlsm", ".ods", ".odt", ".zip", ".xlsb")):
        return [*general, zip_header, *[zip_member] * 9]
    if name.endswith(".pdf"):
        return [*general, *[pdf_token] * 8, *[pdf_stream] * 3]
    if name.endswith((".csv", ".txt", ".tsv", ".eml", ".html")):
        return [*general, *[text] * 5]
    return general


def _members(data: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return [(name, package.read(name)) for name in package.namelist()]
    except Exception:  # the file has been damaged before
        return []


def _zipped(members: list[tuple[str, bytes]]) -> bytes:
    import warnings

    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        warnings.simplefilter("ignore")
        for name, content in members:
            package.writestr(name, content)
    return buffer.getvalue()
