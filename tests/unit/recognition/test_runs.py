"""Stretches of ink along a line of pixels."""

from __future__ import annotations

import pytest

from formflow.recognition.runs import runs

from .conftest import np


@pytest.mark.parametrize(
    ("line", "apart", "expected"),
    [
        ("..##..#", 1, [(2, 4), (6, 7)]),
        ("..##..#", 3, [(2, 7)]),
        ("..##..#", 2, [(2, 4), (6, 7)]),
        ("###", 1, [(0, 3)]),
        ("...", 1, []),
        ("", 1, []),
    ],
    ids=[
        "two stretches",
        "a gap that is closed",
        "a gap that is too wide",
        "all",
        "none",
        "nothing to look at",
    ],
)
def test_stretches_begin_and_end_where_the_ink_does(line, apart, expected):
    assert expected == runs(np.array([sign == "#" for sign in line], bool), apart)
