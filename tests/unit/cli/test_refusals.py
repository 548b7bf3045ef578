"""Refusals of the commands, in both languages."""

from __future__ import annotations

import re

import pytest

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    "arguments",
    [
        ("review", "show", "nobody"),
        ("review", "set", "nobody", "form", "fax_in"),
        ("review", "return", "nobody", "--why", "x"),
        ("review", "forget", "fax_in", "sender", "x"),
        ("register", "show", "XKH-2026-0001"),
        ("register", "void", "XKH-2026-0001", "--reason", "x"),
        ("register", "export", "nosuchform"),
        ("archive", "export", "XKH-2026-0001", "-o", "out"),
        ("layout", "remove", "fax_in", "nolayout"),
        ("blank", "nosuchform"),
        ("process", "nosuchfile"),
        ("restore", "nosuchfile"),
        ("history", "import", "nosuchfile.csv"),
    ],
)
def test_a_refusal_speaks_the_language_that_was_asked_for(line, arguments):
    chinese, english = (line.run(*arguments, lang=lang) for lang in ("zh", "en"))

    assert chinese.status == english.status != 0
    assert CHINESE.search(chinese.err) and not CHINESE.search(english.err)


def test_check_speaks_the_language_that_was_asked_for(line):
    schema = line.folder / "schemas" / "fax_in.yaml"
    schema.write_text(schema.read_text(encoding="utf-8").replace("\nlayout:", "\nlayuot:"), encoding="utf-8")
    chinese, english = (line.run("check", lang=lang) for lang in ("zh", "en"))

    assert "layuot 不是此处可用的键；是否指 layout？" in chinese.out
    assert "layuot is no key that is known here; did you mean layout?" in english.out
