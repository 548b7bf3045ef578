"""`--workspace`, `--lang` and `--json` are taken before the command and behind it; every command has `--json`."""

from __future__ import annotations

import json

import pytest

from formflow.cli.main import run


@pytest.mark.parametrize(
    "arguments",
    [
        ("--workspace", "{}", "--lang", "zh", "review", "list"),
        ("review", "--workspace", "{}", "--lang", "zh", "list"),
        ("review", "list", "--workspace", "{}", "--lang", "zh"),
        ("review", "list", "--workspace={}", "--lang=zh"),
    ],
)
def test_workspace_and_language_stand_before_or_behind(line, arguments, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()

    assert 0 == run([argument.format(line.folder) for argument in arguments])
    assert "没有待处理事项" == capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    "arguments", [("--json", "extract", "{}"), ("extract", "--json", "{}"), ("extract", "{}", "--json")]
)
def test_json_stands_before_or_behind(line, arguments, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    told = line.run(*(argument.format(file) for argument in arguments))

    assert str(file) == json.loads(told.out)["file"]


def test_a_language_that_is_none_is_refused_wherever_it_stands(line):
    assert 2 == run(["register", "list", "--workspace", str(line.folder), "--lang", "fr"])


def test_a_usage_error_is_told_in_the_language_of_the_workspace(line, capsys, monkeypatch):
    settings = line.folder / "formflow.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\nlanguage = "zh"\n', encoding="utf-8")
    for name in ("LANG", "LC_ALL", "FORMFLOW_LANG"):
        monkeypatch.delenv(name, raising=False)
    capsys.readouterr()

    assert 2 == run(["register", "show", "--workspace", str(line.folder)])
    assert "缺少参数" in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "why"), [("en", "is a folder"), ("zh", "是文件夹，应为文件")])
def test_a_file_that_cannot_be_written_is_named(line, tmp_path, lang, why):
    target = tmp_path / "folder.xlsx"
    target.mkdir()
    told = line.run("register", "export", "complaint", "-o", str(target), "--force", lang=lang)

    assert 2 == told.status
    assert str(target) in told.err and why in told.err


def test_a_register_sheet_that_is_there_is_kept(line, tmp_path):
    target = tmp_path / "a.xlsx"
    target.write_text("mine")
    told = line.run("register", "export", "complaint", "-o", str(target))

    assert (2, "mine") == (told.status, target.read_text())
    assert 0 == line.run("register", "export", "complaint", "-o", str(target), "--force").status
