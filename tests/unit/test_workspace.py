"""The folder that an office works in."""

from __future__ import annotations

import pytest

from formflow.errors import Conflict
from formflow.workspace import LAYOUT, lay_out, shipped


def test_a_workspace_holds_what_is_shipped(tmp_path):
    lay_out(tmp_path / "office")

    assert set(LAYOUT) == {path.name for path in (tmp_path / "office").iterdir()}
    assert (shipped() / "formflow.toml").read_bytes() == (tmp_path / "office" / "formflow.toml").read_bytes()
    assert any((tmp_path / "office" / "schemas").glob("*.yaml"))


@pytest.mark.parametrize("taken", LAYOUT)
def test_nothing_that_is_there_is_touched(tmp_path, taken):
    (tmp_path / taken).write_text("ours", encoding="utf-8")
    with pytest.raises(Conflict) as refused:
        lay_out(tmp_path)

    assert taken in refused.value.english
    assert [(taken, "ours")] == [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()]
