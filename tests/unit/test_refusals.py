"""Every refusal tells what to do, in both languages and in the how-to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from formflow.errors import ReadError
from formflow.messages.readers import READ_ERRORS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "refused-files.md"


def sections() -> dict[str, str]:
    """Code → text of its section."""
    pieces = re.split(r"^## `([\w-]+)`\n", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def test_every_code_has_its_section_and_no_section_is_left_over():
    assert sorted(READ_ERRORS) == sorted(sections())


@pytest.mark.parametrize("code", sorted(READ_ERRORS))
def test_a_section_says_what_is_so_and_what_to_do(code):
    lines = [line for line in sections()[code].splitlines() if line.strip()]

    assert len(lines) >= 2


@pytest.mark.parametrize("code", sorted(READ_ERRORS))
def test_a_refusal_speaks_both_languages(code):
    error = ReadError(code)

    assert re.search(r"[\u4e00-\u9fff]", error.chinese)
    assert re.search(r"[A-Za-z]{3}", error.english)
    assert "。" in error.chinese[:-1], "what is so, and what to do"
