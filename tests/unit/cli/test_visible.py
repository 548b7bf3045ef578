"""Nothing that is printed steers a terminal or turns writing round, wherever the text comes from."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import formflow.cli
from formflow.cli.visible import json_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲公司 & Söhne", "甲公司 & Söhne"),
        ("\x1b[2J\x1b]0;PWNED\x07", "\\x1b[2J\\x1b]0;PWNED\\x07"),
        ("\x9b2J", "\\x9b2J"),
        ("a\nINJECTED\r\tb", "a\\nINJECTED\\r\\tb"),
        ("发票\u202efdp.exe\u2069", "发票\\u202efdp.exe\\u2069"),
        ("a\u2028b\u2029c\x85d", "a\\u2028b\\u2029c\\x85d"),
    ],
)
def test_what_steers_a_terminal_is_shown_escaped(text, shown):
    assert shown == visible(text)


@pytest.mark.parametrize(
    "text", ["\x1b[2J", "\x9b", "\x7f", "a\u2028b", "\u202eabc", "甲\n乙", "\udce4.docx"]
)
def test_a_json_line_is_one_line_without_controls_and_gives_the_text_back(text):
    line = json_line({"file": text})

    assert text == json.loads(line)["file"]
    assert visible(line) == line
    assert [line] == line.splitlines()


def test_nothing_is_printed_past_the_one_function():
    """`click.echo` and `print` stand only where help pages, escaped lines and JSON are written."""
    folder = Path(formflow.cli.__file__).parent
    found = {
        path.name
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("click.echo", "click.secho", "print")
    }

    assert {"main.py", "output.py"} == found
