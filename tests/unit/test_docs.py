"""What the documentation says is what the code does."""

from __future__ import annotations

import pytest
from tools.make_reference import PAGES, REFERENCE


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_what_the_code_says_today(name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERMINAL_WIDTH", "80")

    assert PAGES[name]() == (REFERENCE / name).read_text(encoding="utf-8"), "run `make docs`"
