"""File names that every file system takes and a person can still read."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

_LONGEST = 180
"""Bytes of UTF-8: below the 255 of common file systems, with room for a number before the name."""

_READABLE = str.maketrans(
    {
        "/": "／",
        "\\": "＼",
        ":": "：",
        "*": "＊",
        "?": "？",
        '"': "＂",
        "<": "＜",
        ">": "＞",
        "|": "｜",
        "%": "％",  # manifests write line ends as %0A, so a bare % would have to be written %25
    }
)

_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³")}
_SUFFIX = 20


def safe_name(name: str, *, longest: int = _LONGEST) -> str:
    """A file name without what Windows, macOS or a manifest would stumble over; Chinese stays as it is.

    Args:
        name: A name without folders; separators in it become full-width.
        longest: Bytes of UTF-8 it may take; the stem is cut, the suffix stays.
    """
    text = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    # Cc: control characters; Cf: invisible ones, such as those that turn the writing direction round and
    # make `gpj.exe` look like `exe.jpg`.
    text = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf")
    )
    text = text.translate(_READABLE).strip(" ").rstrip(". ")
    stem, suffix = _split(text)
    if stem.split(".")[0].strip().upper() in _RESERVED:
        stem = f"_{stem}"
    if len((stem + suffix).encode()) > longest:
        stem = stem.encode()[: longest - len(suffix.encode())].decode(errors="ignore").rstrip(". ")
    return (stem + suffix) or "unnamed"


def numbered_name(number: str, name: str, suffix: str) -> str:
    """Name of a copy that shows its number: `XKH-2026-0001-申请表.docx`.

    Args:
        name: The original's name; its suffix gives way to `suffix` (`.docx`).
    """
    stem, _ = _split(name)
    return safe_name(f"{number}-{stem}{suffix}")


def _split(name: str) -> tuple[str, str]:
    suffix = PurePosixPath(name).suffix if "/" not in name else ""
    if not suffix or len(suffix.encode()) > _SUFFIX or " " in suffix:
        return name, ""
    return name[: -len(suffix)], suffix
