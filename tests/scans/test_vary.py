"""Thresholds made smaller and larger: what the measure may vary, and that it puts them back."""

from __future__ import annotations

import ast
import importlib
import inspect
from argparse import ArgumentTypeError

import pytest

pytest.importorskip("numpy")

from formflow.recognition.rulings.parameters import RULINGS

from .measure import _name_and_value
from .vary import CHAPTERS, RememberingRecogniser, around, names, value_of, varied

_UNITS = (
    "mm",
    "px",
    "share",
    "heights",
    "grey",
    "count",
    "slope",
    "confidence",
    "dpi",
    "percent",
    "share_per_px",
    "ratio",
)


@pytest.mark.parametrize("name", names())
def test_a_thresholds_name_ends_in_its_unit(name):
    assert name.endswith(tuple(f"_{unit}" for unit in _UNITS))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_threshold_says_below_it_what_it_is(chapter):
    parameters = type(CHAPTERS[chapter])
    tree = ast.parse(inspect.getsource(importlib.import_module(parameters.__module__)))
    [body] = [
        node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == parameters.__name__
    ]

    bare = [
        field.target.id
        for field, below in zip(body, [*body[1:], None], strict=True)
        if isinstance(field, ast.AnnAssign)
        and not (isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant))
    ]
    assert [] == bare


def test_a_varied_threshold_has_its_own_value_again_afterwards():
    before = RULINGS.gap_mm
    with varied("rulings.gap_mm", 7.0):
        assert 7.0 == RULINGS.gap_mm

    assert before == RULINGS.gap_mm


def test_a_count_stays_a_whole_number():
    with varied("rulings.parts_count", 7.0):
        assert "7" == repr(RULINGS.parts_count)


@pytest.mark.parametrize(
    ("value", "expected"), [(10, [8, 12]), (2, [1, 3]), (0.5, [0.4, 0.6])], ids=["count", "small", "share"]
)
def test_a_threshold_is_made_smaller_and_larger_by_a_fifth(value, expected):
    assert expected == pytest.approx(around(value, 20))


@pytest.mark.parametrize("text", ["rulings.gap=7", "gap_mm=7", "rulings.gap_mm=wide"])
def test_a_threshold_that_is_none_or_no_number_is_refused(text):
    with pytest.raises(ArgumentTypeError):
        _name_and_value(text)


def test_the_models_run_once_for_each_line():
    class Reader:
        asked = 0

        def read_lines(self, lines):
            Reader.asked += len(lines)
            return [line.sum() for line in lines]

    import numpy as np

    lines = [np.ones((2, 3), np.uint8), np.zeros((2, 3), np.uint8), np.ones((2, 3), np.uint8)]
    remembering = RememberingRecogniser(Reader())

    assert ([6, 0, 6], [0], 2) == (
        remembering.read_lines(lines),
        remembering.read_lines(lines[1:2]),
        Reader.asked,
    )


def test_every_threshold_has_a_value_that_can_be_varied():
    assert all(isinstance(value_of(name), int | float) for name in names())
