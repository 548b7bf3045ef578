"""YAML is read strictly: what could be read in two ways, or cost too much, is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.errors import SchemaError
from formflow.forms.source import MAX_BYTES, read_definition

FILE = Path("schemas/a.yaml")


def read(text: str | bytes):
    return read_definition(FILE, text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("off", "off"),
        ("y", "y"),
        ("2026-01-31", "2026-01-31"),
        ("2026-01-31T08:30", "2026-01-31T08:30"),
        ("08:30", "08:30"),
        ("12", 12),
        ("-3", -3),
        ("3.9", 3.9),
        ("0", 0),
        ("'012'", "012"),
        ('"3"', "3"),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", None),
        ("=", "="),
        ("1.2.3", "1.2.3"),
        ("10天", "10天"),
    ],
)
def test_plain_words_are_read_as_yaml_1_2_has_them(written, value):
    definition = read(f"a: {written}\n")

    assert {"a": value} == definition.data
    assert type(value) is type(definition.data["a"])
    assert definition.problems == []


@pytest.mark.parametrize(
    "written", ["012", "0x1F", "0o17", "1e3", "1_000", "+5", ".5", "5.", ".inf", ".NaN", "0b1", "-012"]
)
def test_numbers_that_programs_read_differently_are_refused(written):
    (problem,) = read(f"\na: {written}\n").problems

    assert problem.line == 2
    assert written in str(problem.message)
    assert f"'{written}'" in str(problem.remedy)


def test_a_duplicate_key_is_refused_with_its_line():
    (problem,) = read("a: 1\nb: {c: 1,\n c: 2}\n").problems

    assert (problem.line, str(problem.message)) == (3, "key c stands twice; a key stands once")


@pytest.mark.parametrize("key", ["1", "true", "null", "3.9"])
def test_a_key_that_is_no_text_is_refused(key):
    (problem,) = read(f"{key}: a\n").problems

    assert f"'{key}'" in str(problem.remedy)


@pytest.mark.parametrize(
    "text",
    [
        "a: &x [1]\nb: *x\n",
        "a: &x 1\n",
        "a: !!python/object/apply:os.system [id]\n",
        "a: !!str 3\n",
        "a: !own 3\n",
        "a: 1\n---\nb: 1\n",
        "%YAML 1.1\n---\na: NO\n",
        "? [a]\n: 1\n",
        "",
        "# nothing\n",
        "a: [\n",
        "a: b: c\n",
        "\ta: 1\n",
        "a: \x07\n",
        "a: 1\n b: 2\n",
        "[" * 5000,
        "a: " + "[" * 40 + "]" * 40,
        "{" * 300 + "}" * 300,
        b"a: \xff\n",
        "a: " + "x" * MAX_BYTES,
    ],
)
def test_what_no_definition_needs_is_refused(text):
    with pytest.raises(SchemaError) as caught:
        read(text)

    assert caught.value.message.english.startswith("schemas/a.yaml")


def test_an_alias_bomb_is_refused_before_it_expands():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]

    with pytest.raises(SchemaError, match="anchor"):
        read("\n".join(lines))


def test_lines_are_kept_for_every_value_and_key():
    definition = read("a: 1\nb:\n  - c\n  - d: 2\n    e: 3\n")

    assert [definition.line(path) for path in [("a",), ("b", 0), ("b", 1, "d"), ("b", 1, "e")]] == [
        1,
        3,
        4,
        5,
    ]
    assert definition.line(("b", 1, "e", "no", "such")) == 5


def test_a_byte_order_mark_and_windows_line_ends_are_taken():
    assert read(b"\xef\xbb\xbfa: 1\r\nb: \xe7\x94\xb2\r\n").data == {"a": 1, "b": "甲"}
