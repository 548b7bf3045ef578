from __future__ import annotations

from pathlib import Path

import pytest

from formflow.archive.number import ambiguous_books, archive_no
from formflow.forms.spec import Form, Register


def test_an_archive_number_is_built_as_the_standard_says(workspace):
    entry = workspace.enter()

    assert archive_no(entry, Register(series="XKH", number=""), fonds="Z109", office="XSB") == (
        "Z109-WS·2026-D10-XSB-0001"
    )


@pytest.mark.parametrize(
    ("books", "expected"),
    [
        ([("XKH", "XKH", "D10"), ("SC", "SC", "D10")], ()),
        ([("XKH", "WS", "D10"), ("SC", "WS", "Y")], ()),
        ([("XKH", "WS", "D10"), ("XKH", "WS", "D10")], ()),
        ([("XKH", "WS", "D10"), ("SC", "WS", "D10"), ("FC", "WS", "D10")], (("FC", "SC"), ("FC", "XKH"))),
    ],
)
def test_books_that_would_share_archive_numbers_are_named(books, expected):
    forms = [
        Form(
            id=series,
            title=series,
            fields=(),
            register=Register(series=series, number="", category=category, retention=retention),
            path=Path(series),
        )
        for series, category, retention in books
    ]

    assert ambiguous_books(forms) == expected
