"""An entry is found by its number as people type it, and by no other's."""

from __future__ import annotations

import pytest

from formflow.forms.spec import Register as Book

XKH = Book(series="XKH", number="XKH-{year}-{serial:04}")
FAX = Book(series="SC", number="收传〔{year}〕{serial}号")
SENT = Book(series="FC", number="发传〔{year}〕{serial}号")


@pytest.fixture
def full(store, office):
    """Twelve entries in each of three books."""
    for book in (XKH, FAX, SENT):
        drafts = office.drafts([{"sender": f"单位{n}"} for n in range(12)])
        store.register.enter(drafts, book, year=2026, at=drafts[0].receipt.at)
    return store.register


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("XKH-2026-0007", "XKH-2026-0007"),
        ("xkh-2026-0007", "XKH-2026-0007"),
        (" XKH - 2026 - 7 ", "XKH-2026-0007"),
        ("XKH—2026–7", "XKH-2026-0007"),
        ("ＸＫＨ－２０２６－０００７", "XKH-2026-0007"),
        ("收传〔2026〕1号", "收传〔2026〕1号"),
        ("收传(2026)1号", "收传〔2026〕1号"),
        ("收传[2026]1号", "收传〔2026〕1号"),
        ("收传（2026）1号", "收传〔2026〕1号"),
        ("收传【２０２６】１１号", "收传〔2026〕11号"),
        ("收传 〔2026〕 01 号", "收传〔2026〕1号"),
        ("发传(2026)1号", "发传〔2026〕1号"),
    ],
)
def test_a_number_is_found_as_people_type_it(full, typed, number):
    assert number == full.named(typed).number


@pytest.mark.parametrize(
    "typed",
    ["", "2026", "7", "XKH-2026", "XKH-2026-0013", "XKH-2025-0007", "XKH20260007", "收传2026 1号", "来传(2026)1号",
     "XKH-2026-70", "1" * 400, "XKH-2026-" + "9" * 30],
)  # fmt: skip
def test_what_is_no_number_of_the_register_finds_nothing(full, typed):
    assert full.named(typed) is None


def test_a_number_that_may_be_two_entries_is_neither_unless_it_is_typed_exactly(store, office):
    drafts = office.drafts([{"sender": "甲"}, {"sender": "乙"}])
    for draft, pattern in zip(drafts, ("a-{year}-{serial}", "A-{year}-{serial}"), strict=True):
        book = Book(series=f"S{len(pattern)}{pattern[0]}", number=pattern)
        store.register.enter([draft], book, year=2026, at=draft.receipt.at)

    assert store.register.named("ａ-2026-1") is None
    assert "A-2026-1" == store.register.named("A-2026-1").number
