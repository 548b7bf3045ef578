"""The file that Word blanks are made in."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[4]


def test_the_base_of_word_blanks_is_what_its_script_writes(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import make_blank_base

    sys.modules.pop("make_blank_base")

    assert make_blank_base.BASE.read_bytes() == make_blank_base.base()
