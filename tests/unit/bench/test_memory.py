"""When a long run's memory counts as flat."""

from __future__ import annotations

import os

import pytest
from tests.bench.memory import judged, resident


@pytest.mark.parametrize(
    ("last", "replaced", "expected"),
    [(1100.0, 0, "flat"), (1101.0, 0, "NOT flat"), (500.0, 1, "NOT flat")],
)
def test_flat_is_a_tenth_more_than_after_a_fifth_of_the_pages_in_one_process(last, replaced, expected):
    held = {50: 700.0, 100: 1000.0, 250: 1050.0, 500: last}

    assert judged(held, replaced).startswith(expected + ":")


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="no /proc")  # noqa: PTH110
def test_a_process_that_is_gone_holds_nothing():
    assert resident(os.getpid()) > 0
    assert 0.0 == resident(2**30)
