"""档号: the archive number of an entry."""

from __future__ import annotations

from collections.abc import Iterable

from formflow.forms.spec import Form, Register
from formflow.model import Entry


def archive_no(entry: Entry, book: Register, *, fonds: str, office: str) -> str:
    """The 档号 of an entry: `Z109-WS·2026-D10-XSB-0001`.

    Args:
        book: The form's register, for category (门类) and retention (保管期限: `Y`, `D30`, `D10`).
        fonds: 全宗号 (`Z109`).
        office: Code of the 机构 (`XSB`).
    Source:
        DA/T 22-2015 归档文件整理规则, 6.3 编号: 全宗号-档案门类代码·年度-保管期限-机构代码-件号, 件号 of four digits.
    """
    return f"{fonds}-{book.category}·{entry.year}-{book.retention}-{office}-{entry.serial:04}"


def ambiguous_books(forms: Iterable[Form]) -> tuple[tuple[str, str], ...]:
    """Pairs of series whose entries would share archive numbers.

    A 档号 does not say the series, so two series of one fonds need different categories or retentions.
    """
    owners: dict[tuple[str, str], set[str]] = {}
    for form in forms:
        book = form.register
        owners.setdefault((book.category, book.retention), set()).add(book.series)
    return tuple(
        (first, other)
        for series in owners.values()
        for first, *others in [sorted(series)]
        for other in others
    )
