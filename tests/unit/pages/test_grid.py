"""Rulings from the edges of boxes."""

from __future__ import annotations

import pytest

from formflow.pages.grid import nearest, rulings


def test_edges_within_three_points_are_one_ruling():
    assert [10.0, 13.5, 40.0] == rulings([40.0, 13.5, 10.0, 13.0, 42.9])


@pytest.mark.parametrize(("place", "index"), [(-5.0, 0), (14.0, 0), (16.0, 1), (30.0, 2), (99.0, 2)])
def test_a_place_belongs_to_the_ruling_that_it_is_nearest_to(place, index):
    assert index == nearest([10.0, 20.0, 30.0], place)
