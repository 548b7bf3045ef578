"""Nothing is said to people but from the catalogue of messages, and there in both languages."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import formflow
from formflow import messages
from formflow.messages import Message

SOURCE = Path(formflow.__file__).parent
TREES = {
    path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(SOURCE.rglob("*.py"))
}
CATALOGUE = {
    name: importlib.import_module(f"formflow.messages.{name}")
    for _, name, _ in pkgutil.iter_modules(messages.__path__)
}

SPEAKING = {"Bilingual", "same", "Finding", "of", "Doubt", "doubt", "Problem", "RowProblem", "Check", "Fault"}
"""What is called with what a person reads, beside every error that formflow raises; `of` is `Finding.of`."""
PRINTING = {"voice", "say", "say_lines", "tell", "echo"}
SENTENCE = re.compile(r"[\u4e00-\u9fff]{2}|[A-Za-z]{2,},? [A-Za-z]{2,}")
UNSAID = {"code", "subject", "fg", "nl", "err"}
"""Keyword arguments that nobody reads."""

ALLOWED = {
    "words.py": "the catalogue of words for codes",
    "pipeline/known_rows.py": "the changes of a row, each with its label in Chinese, are listed in Chinese only",
}
TEXTS = {
    "formflow review": "a command to type",
    "示例说明": "a value of the sample that templates are tried with",
    "第二条": "another of it",
    "whole part": "where a problem stands, as a code; `Place.said` has its words",
}
LOGGED = {"ReadError", "NeedsRecognition", "NeedsUnpacking", "NotReady", "OfficeLost", "Shortage"}
"""Errors whose text is a detail for the log; what a person reads of them is told by their code."""


def errors(trees: dict[str, ast.Module]) -> set[str]:
    """Names of the classes that derive from `FormflowError`."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"FormflowError"}
    while more := {name for name, own in bases.items() if own & found} - found:
        found |= more
    return found - LOGGED


def unsaid_in_catalogue(name: str, tree: ast.Module, speaking: set[str]) -> Iterator[str]:
    """Sentences that are given to whoever speaks to people, and come from no catalogue."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in speaking:
            continue
        given = [*node.args, *(word.value for word in node.keywords if word.arg not in UNSAID)]
        for text in (inner for value in given for inner in ast.walk(value)):
            if (
                isinstance(text, ast.Constant)
                and isinstance(text.value, str)
                and SENTENCE.search(text.value)
                and text.value.strip() not in TEXTS
            ):
                yield f"{name}:{text.lineno}: {text.value}"


def catalogues_of(tree: ast.Module) -> dict[str, str]:
    """Name in the module → name of the catalogue that it stands for."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "formflow.messages"
        for alias in node.names
        if alias.name in CATALOGUE
    }


def wrong_uses(name: str, tree: ast.Module) -> Iterator[str]:
    """Messages that do not exist, or are not given their placeholders."""
    known = catalogues_of(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        holder = node.func.value
        if not (isinstance(holder, ast.Name) and holder.id in known):
            continue
        message = getattr(CATALOGUE[known[holder.id]], node.func.attr, None)
        if not isinstance(message, Message):
            yield f"{name}:{node.lineno}: no message {node.func.attr}"
        elif None not in (given := {word.arg for word in node.keywords}) and given != message.names:
            yield f"{name}:{node.lineno}: {node.func.attr} has {sorted(message.names)}"


def all_messages() -> Iterator[tuple[str, Message]]:
    for name, module in CATALOGUE.items():
        for constant, value in vars(module).items():
            for message in value.values() if isinstance(value, dict) else (value,):
                if isinstance(message, Message):
                    yield f"{name}.{constant}", message


def test_whoever_speaks_to_people_takes_it_from_the_catalogue():
    speaking = errors(TREES) | SPEAKING
    found = [
        sentence
        for name, tree in TREES.items()
        if name not in ALLOWED and not name.startswith("messages/")
        for sentence in unsaid_in_catalogue(
            name, tree, speaking | (PRINTING if name.startswith("cli/") else set())
        )
    ]

    assert [] == found


def test_an_error_in_one_language_is_found():
    source = 'class Late(UsageError): pass\nraise Late(same(f"the form {name} has come too late"), code="too late")'
    tree = ast.parse(source)
    trees = {"errors.py": TREES["errors.py"], "late.py": tree}

    found = list(unsaid_in_catalogue("late.py", tree, errors(trees)))

    assert ["late.py:2:  has come too late"] == found[-1:]


@pytest.mark.parametrize(
    "source", ['say("nothing waits here")', 'app.voice(Bilingual("没有", "none at all"))']
)
def test_a_printed_sentence_is_found(source):
    assert list(unsaid_in_catalogue("x.py", ast.parse(source), PRINTING))


def test_every_message_that_is_used_exists_and_is_given_its_placeholders():
    assert [] == [wrong for name, tree in TREES.items() for wrong in wrong_uses(name, tree)]


def test_a_message_without_its_placeholder_is_found():
    source = "from formflow.messages import store as messages\nmessages.NO_SUBMISSION()"

    assert ["x.py:2: NO_SUBMISSION has ['id']"] == list(wrong_uses("x.py", ast.parse(source)))


def test_each_language_is_its_own():
    chinese, latin = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]{3} [a-z]{2}")
    wrong = [
        name
        for name, message in all_messages()
        if latin.search(re.sub(r"\{.*?\}", "", message.en)) and not chinese.search(message.zh)
    ]

    assert [] == wrong
