"""Frozen values made in bulk are the very same values."""

from dataclasses import FrozenInstanceError

import pytest

from formflow.bulk import maker
from formflow.model import Cell, Source


def test_what_is_made_in_bulk_equals_what_is_made_by_itself():
    place = Source(part="Sheet1", ref="B7")
    cell = maker(Cell)(6, 1, "华南", maker(Source)("Sheet1", "B7"), problem="error-value")

    assert Cell(row=6, column=1, text="华南", source=place, problem="error-value") == cell
    assert hash(place) == hash(cell.source)


def test_what_is_made_in_bulk_is_frozen():
    made = maker(Source)("Sheet1", "B7")

    with pytest.raises(FrozenInstanceError):
        made.ref = "B8"
