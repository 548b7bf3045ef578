"""Copies of one paper told apart by page numbers; what numbers cannot tell is doubtful."""

from __future__ import annotations

import pytest

from formflow.pages.specimens import Numbered, copies


def _found(told):
    """Pages as `1a 2a`: the number, and what stands on it."""
    return [Numbered(at, int(word[0]), word) for at, word in enumerate(told.split())]


def _made(told, of):
    return [
        " ".join(page.text for page in copy.pages) + ("?" if copy.doubtful else "")
        for copy in copies(_found(told), of)
    ]


@pytest.mark.parametrize(
    ("scanned", "of", "expected"),
    [
        ("1a 1b 1c", 1, ["1a", "1b", "1c"]),
        ("2a 3a 1a", 3, ["1a 2a 3a"]),
        ("1a 2a 1b 2b", 2, ["1a 2a", "1b 2b"]),
        ("2a 1a 2b 1b", 2, ["1a 2a", "1b 2b"]),
        ("3a 2a 1a 3b 2b 1b", 3, ["1a 2a 3a", "1b 2b 3b"]),
        ("1a 1b 2a 2b", 2, ["1a 2a?", "1b 2b?"]),
        ("2a 1a 1b 2b", 2, ["1a 2a?", "1b 2b?"]),
        ("1a 2a 1b 2b 2c 1c 1d 2d 1e 2e", 2, ["1a 2a", "1b 2b?", "1c 2c?", "1d 2d?", "1e 2e"]),
        ("1a 1b 2x 2x", 2, ["1a 2x", "1b 2x"]),
        ("1a 1b 2x 3a 2x 3x", 3, ["1a 2x 3a?", "1b 2x 3x?"]),
    ],
)
def test_whole_copies_are_told_apart_or_doubted(scanned, of, expected):
    assert expected == _made(scanned, of)


@pytest.mark.parametrize(
    ("scanned", "of", "expected", "missing"),
    [
        ("1a", 2, ["1a"], [(2,)]),
        ("3a 1a", 3, ["1a 3a"], [(2,)]),
        ("1a 2a 1b 1c 2c", 2, ["1a 2a?", "1b", "1c 2c?"], [(), (2,), ()]),
        ("2a 1b 2b", 2, ["2a", "1b 2b?"], [(1,), ()]),
        ("1a 2b 2c", 2, ["1a 2b?", "2c"], [(), (1,)]),
    ],
)
def test_a_page_that_is_missing_makes_its_neighbours_doubtful(scanned, of, expected, missing):
    assert (expected, missing) == (
        _made(scanned, of),
        [copy.missing(of) for copy in copies(_found(scanned), of)],
    )


def test_a_page_that_was_scanned_twice_is_read_once():
    (copy,) = copies(_found("1a 1a 2a"), 2)

    assert (["1a", "2a"], [1], False) == (
        [page.text for page in copy.pages],
        [page.index for page in copy.spare],
        copy.doubtful,
    )


def test_a_second_page_with_other_text_is_another_copy():
    assert ["1a", "1b 2b?"] == _made("1a 1b 2b", 2)


def test_empty_last_pages_of_two_copies_are_not_one_scanned_twice():
    assert [[], []] == [copy.spare for copy in copies(_found("1a 2x 1b 2x"), 2)]
