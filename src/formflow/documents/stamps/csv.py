"""The number in a table of separated values: a column before the others, all else as it was written."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

_TITLE = "登记号"
_SEPARATORS = ",\t;|，"


def stamp_csv(data: bytes, number: str) -> bytes:
    """The table with a first line that says its number: the whole file is one entry.

    Raises:
        ValueError: The text's encoding is not known.
    """
    head, text, separator, encoding = _parts(data)
    ending = "\r\n" if "\r\n" in text else "\n"
    return f"{head}{_TITLE}{separator}{number}{ending}{text}".encode(encoding)


def stamp_csv_rows(data: bytes, numbers: Mapping[int, str]) -> bytes:
    """The table with a first column 登记号.

    Args:
        numbers: By the row that each entry stands in, from 1.
    Raises:
        ValueError: The text's encoding is not known, or it has no such row.
    """
    head, text, separator, encoding = _parts(data)
    records = _records(text, separator)
    if not numbers or not 1 <= min(numbers) <= max(numbers) <= len(records):
        raise ValueError(f"no rows {sorted(numbers)[:1]} to {sorted(numbers)[-1:]} in {len(records)}")
    widths = [sum(1 for value in values if value.strip()) for values, _ in records[: min(numbers) - 1]]
    title_row = widths.index(max(widths)) + 1 if widths else 0
    marked = (
        numbers.get(n, _TITLE if n == title_row else "") + separator + written
        for n, (_, written) in enumerate(records, 1)
    )
    return (head + "".join(marked)).encode(encoding)


def _parts(data: bytes) -> tuple[str, str, str, str]:
    """A `sep=` line, the text behind it, the separator and the encoding to write it in again."""
    text, encoding = _decoded(data)
    separator = max(_SEPARATORS, key=text[:4000].count)
    if text[:4].lower() != "sep=":
        return "", text, separator, encoding
    first, end, text = text.partition("\n")
    return first + end, text, first.strip()[4:] or separator, encoding


def _records(text: str, separator: str) -> list[tuple[list[str], str]]:
    """Each record's values, and the lines it is written in."""
    lines = text.splitlines(keepends=True) if "\r" not in text else io.StringIO(text, newline="").readlines()
    reader = csv.reader(iter(lines), delimiter=separator)
    records: list[tuple[list[str], str]] = []
    seen = 0
    for values in reader:
        records.append((values, "".join(lines[seen : reader.line_num])))
        seen = reader.line_num
    return records


def _decoded(data: bytes) -> tuple[str, str]:
    """The text and the encoding to write it in again."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16"), "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        marked = encoding == "gb18030" or data.startswith(b"\xef\xbb\xbf")
        return text, encoding if marked else "utf-8"
    raise ValueError("text in no known encoding")
