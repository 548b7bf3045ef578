"""Help pages and usage errors, complete in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest

from formflow.cli.chinese import HELP, OPTIONS
from formflow.cli.chinese_click import CLICK, click_says
from formflow.cli.main import cli
from formflow.cli.spoken import chinese_option, wrap

CHINESE = re.compile(r"[\u4e00-\u9fff]")
UNUSED = (
    "Aborted!",
    "deprecated",
    "Options",
    "Commands",
    "Positional arguments",
    "Value must be an iterable.",
    "Name '{name}' defined twice",
    "(dynamic)",
    "Choice({choices})",
    "{value!r} is not a valid UUID.",
    "{value!r} is not a valid boolean. Recognized values: {states}",
    "Do you want to continue?",
    "Confirm the action without prompting.",
    "%(prog)s, version %(version)s",
    "Usage:",
    "unknown error",
    "Invalid start character for option ({option})",
    "{len_type} values are required, but {len_value} was given.",
    "{len_type} values are required, but {len_value} were given.",
    "Missing {param_type}",
    "Missing parameter",
    "Error: {message}",
    "Try '{command} {option}' for help.",
    "Choose from:\n\t{choices}",
)
"""What click can say and formflow never lets it say, or says itself."""


def every_command(group=cli, path=()):
    yield path, group
    if isinstance(group, click.Group):
        for name in group.list_commands(click.Context(group)):
            yield from every_command(group.get_command(click.Context(group), name), (*path, name))


def options():
    for path, command in every_command():
        for param in command.params:
            if isinstance(param, click.Option):
                yield path, param


def test_every_command_has_chinese_help_and_no_help_is_left_over():
    assert {" ".join(path) for path, _ in every_command()} == set(HELP)


@pytest.mark.parametrize(
    ("path", "option"), list(options()), ids=lambda v: " ".join(v) if isinstance(v, tuple) else max(v.opts)
)
def test_every_option_has_help_in_both_languages(path, option):
    assert CHINESE.search(chinese_option(path, option) or "")
    assert option.help or option.hidden


def test_no_option_of_the_catalogue_is_left_over():
    used = {max(option.opts, key=len) for _, option in options()} | {"--help"}
    used |= {f"{' '.join(path)} {max(option.opts, key=len)}".strip() for path, option in options()}

    assert set() == set(OPTIONS) - used


@pytest.mark.parametrize("path", sorted(HELP))
def test_a_chinese_help_page_is_chinese_and_no_line_is_too_wide(line, path):
    told = line.run(*path.split(), "--help", lang="zh")

    assert 0 == told.status
    assert told.out.startswith("用法：formflow")
    assert not re.search(r"\b(Usage|Options|Commands|Show|Default|default)\b", told.out)
    assert not re.search(r"^  [A-Za-z]+ [a-z]+ [a-z]+", told.out.partition("示例：")[0], re.MULTILINE)
    texts = told.out.partition("选项：")[2].splitlines()
    assert [] == [text for text in texts if len(text.encode("gb18030")) > 82]


def test_every_template_of_click_that_formflow_may_meet_is_known():
    said = set()
    for name in ("types", "exceptions", "parser", "decorators"):
        tree = ast.parse(Path(click.__file__).with_name(f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise) and re.match(
                "(Type|Value|Runtime)Error", ast.unparse(node.exc or node)
            ):
                node.exc = None  # told to the programmer
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "ngettext"):
                told = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                said |= {text for text in told if isinstance(text, str)}
    known = " ".join(CLICK).lower()

    assert [] == sorted(text for text in said - set(UNUSED) if text.lower() not in known)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("register", "show"), "错误：缺少参数 NUMBER。"),
        (("register", "list", "--limit", "0"), "错误：'--limit' 的值不正确：0 不在范围 x>=1 内。"),
        (("register", "list", "--year", "x"), "错误：'--year' 的值不正确：'x' 不是有效的整数。"),
        (("register", "list", "--nope"), "错误：没有选项 '--nope'。"),
        (("register", "list", "a", "b"), "错误：多余的参数：a b"),
        (("register", "lst"), "错误：没有命令 'lst'。是否指 'list'？"),
        (("regster",), "错误：没有命令 'regster'。是否指 'register'？"),
        (
            ("blank", "complaint", "--format", "xls"),
            "错误：'--format' 的值不正确：'xls' 不在可选值之内：'docx', 'xlsx', 'pdf'。",
        ),
        (("register", "void", "X"), "错误：缺少选项 --reason。"),
        (("process", "a", "--received", "x"), "错误：'--received' 的值不正确：'x' 不符合格式 '%Y-%m-%d'。"),
        (("restore", "/no/such"), "错误：'FILE' 的值不正确：文件 '/no/such' 不存在。"),
    ],
)
def test_a_usage_error_is_chinese_throughout(line, arguments, says):
    told = line.run(*arguments, lang="zh")

    assert (2, says) == (told.status, told.err.splitlines()[-1])
    assert told.err.startswith("用法：formflow")


def test_a_message_of_click_that_is_not_known_stays_as_it_is():
    assert "Something new." == click_says("Something new.")


@pytest.mark.parametrize(
    "arguments", [(), ("register",), ("review",), ("layout",), ("archive",), ("history",)]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_program_or_group_alone_shows_its_help_and_exits_with_0(line, arguments, lang, monkeypatch, capsys):
    told = line.run(*arguments, lang=lang)
    monkeypatch.setenv("FORMFLOW_LANG", lang)

    from formflow.cli.main import run

    assert 0 == run(list(arguments))
    assert (0, "", capsys.readouterr().out) == (told.status, told.err, told.out)
    assert told.out.startswith({"zh": "用法：", "en": "Usage:"}[lang])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("一二三四五六", ["一二三四", "五六"]),
        ("一二三四，五", ["一二三四，", "五"]),
        ("用 formflow", ["用 ", "formflow"]),
    ],
)
def test_chinese_text_is_wrapped_by_what_it_takes_on_the_screen(text, lines):
    assert [line.strip() for line in lines] == [line.strip() for line in wrap(text, 8)]
