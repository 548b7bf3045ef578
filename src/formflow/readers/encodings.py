"""Text of an unnamed encoding: Unicode in any width, Chinese as Windows writes it, else Western European."""

from __future__ import annotations

import re

from formflow.errors import ReadError

_WIDE = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
"""By the mark that text begins with; the longer ones first, for one begins with another."""
_BARE = {"utf-32-le": b"\n\0\0\0", "utf-32-be": b"\0\0\0\n", "utf-16-le": b"\n\0", "utf-16-be": b"\0\n"}
_LOOKED_AT = 65_536
_WESTERN = "cp1252"
_HIGH = re.compile(rb"[\x80-\xff]+")
_MOST_TOGETHER = 2
"""Letters with accents that stand side by side in Western words; two bytes make one Chinese character."""
_MOST_HIGH = 0.3
_SIGNS = frozenset("\xa0€£¥¢°–—‘’‚“”„…·•«»‹›¿¡§©®™±²³µ¼½¾ºª×÷")


def wide_encoding(data: bytes) -> str:
    """The encoding of text in UTF-16 or UTF-32, by its mark or by its line breaks; empty for what is none."""
    for mark, encoding in _WIDE.items():
        if data.startswith(mark):
            return encoding
    if b"\0" not in data[:_LOOKED_AT]:
        return ""
    sample = data[: min(len(data), _LOOKED_AT) & ~3]
    for encoding, line_break in _BARE.items():
        if line_break in sample and _is_text(sample.decode(encoding, "replace")):
            return encoding
    return ""


def _is_text(text: str) -> bool:
    text = text[:4096]
    odd = sum(not (c.isprintable() or c in "\r\n\t") for c in text)
    return "\n" in text and odd * 50 <= len(text) and "\x00" not in text


def narrowed(data: bytes) -> bytes:
    """Text in UTF-16 or UTF-32 as UTF-8, everything else as it is."""
    encoding = wide_encoding(data)
    return data.decode(encoding, "replace").removeprefix("\ufeff").encode() if encoding else data


def decoded(data: bytes) -> str:
    """Bytes as text.

    Text that no common Chinese character stands in is not Chinese, even where its bytes could be read so: `Müller` in
    Windows-1252 is one in GB 18030 too.

    Raises:
        ReadError: `encoding` for text in none of these encodings.
    """
    data = narrowed(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        chinese = data.decode("gb18030")
    except UnicodeDecodeError:
        chinese = ""
    if chinese.encode("gb2312", "ignore").translate(None, bytes(range(0x80))):
        return chinese
    western = data.decode(_WESTERN, "replace")
    if _is_western(data, western):
        return western
    if chinese:
        return chinese
    raise ReadError("encoding", "text in none of UTF-8, UTF-16, UTF-32, GB 18030, Windows-1252")


def _is_western(data: bytes, text: str) -> bool:
    """Whether bytes make sense as Windows-1252: few beyond ASCII, never many together, letters and usual signs all."""
    runs = [len(run) for run in _HIGH.findall(data)]
    few = sum(runs) <= max(_MOST_HIGH * len(data), 1) and max(runs, default=0) <= _MOST_TOGETHER
    return few and all(c.isascii() or c.isalpha() or c in _SIGNS for c in text)
