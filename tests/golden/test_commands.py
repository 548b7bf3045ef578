"""The JSON that other programs read stays byte for byte what it is."""

from __future__ import annotations

import pytest
from tests.golden.commands import CALLS, JSON, told


@pytest.mark.timeout(1_200)  # sixty commands, one after the other
def test_every_command_prints_the_json_that_it_is_known_for(tmp_path):
    printed = dict(told(tmp_path))

    assert [*(name for name, _, _ in CALLS), "record"] == list(printed)
    for name, text in printed.items():
        assert (JSON / f"{name}.jsonl").read_text(encoding="utf-8") == text, name
