"""Pages recognised one by one come together as a file, or fail it once."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from formflow.engine.scanning import _gathered
from formflow.errors import ReadError
from formflow.model import Part


def _part(number):
    return Part(name=f"page {number + 1}", kind="page", blocks=())


def test_pages_are_gathered_whatever_order_they_finish_in():
    futures = [(number, Future()) for number in range(3)]
    whole = _gathered(futures)
    for number, future in reversed(futures):
        future.set_result(_part(number))

    assert ["page 1", "page 2", "page 3"] == [whole.result(1)[number].name for number in range(3)]


def test_the_first_page_that_cannot_be_read_fails_the_file():
    futures = [(number, Future()) for number in range(2)]
    whole = _gathered(futures)
    futures[1][1].set_exception(ReadError("crashed", "page 2"))

    with pytest.raises(ReadError):
        whole.result(1)
    assert futures[0][1].cancelled()
