"""Documents beside what is read from them."""

from __future__ import annotations

import json

import pytest
from tests.golden.rewrite import EXPECTED, SAMPLES, reading


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_read_as_expected(sample):
    expected = json.loads((EXPECTED / f"{sample.name}.json").read_text(encoding="utf-8"))

    assert expected == json.loads(json.dumps(reading(sample)))
