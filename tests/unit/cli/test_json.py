"""Every command has `--json`: JSON Lines on standard output and nothing else."""

from __future__ import annotations

import io
import json
import shutil
import signal

import click
import pytest
from tests.support import papers
from tests.support.workspace import Workspace, wait_for

from formflow.cli.main import cli, run

WAITING = "客户投诉记录,,,\n投诉日期,2026-13-03,客户名称,佛山市宏达化工有限公司\n产品名称,树脂,记录人,李明\n投诉类别,质量,投诉内容,到货延误\n"
TRADES = "客户名称,日期,金额\n甲公司,2026-01-05,100\n"


def leaves(group=cli, path=()):
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield " ".join((*path, name))


CALLS = {
    "init": ("init", "{tmp}/other"),
    "check": ("check",),
    "doctor": ("doctor",),
    "extract": ("extract", "{paper}"),
    "process": ("process", "{paper}"),
    "blank": ("blank", "complaint", "-o", "{tmp}/b.docx"),
    "layout add": ("layout", "add", "complaint", "{tmp}/blank.pdf", "--name", "two"),
    "layout list": ("layout", "list"),
    "layout remove": ("layout", "remove", "complaint", "one"),
    "review list": ("review", "list"),
    "review show": ("review", "show", "{record}"),
    "review set": ("review", "set", "{record}", "product", "聚丙烯"),
    "review accept": ("review", "accept", "{record}"),
    "review return": ("review", "return", "{record}", "--why", "缺日期"),
    "review discard": ("review", "discard", "{record}"),
    "review learn": ("review", "learn", "complaint", "product", "货品"),
    "review labels": ("review", "labels"),
    "review forget": ("review", "forget", "complaint", "product", "旧名"),
    "reread": ("reread", "--all-waiting"),
    "register list": ("register", "list"),
    "register show": ("register", "show", "{number}"),
    "register void": ("register", "void", "{number}", "--reason", "重复"),
    "register verify": ("register", "verify"),
    "register clock": ("register", "clock", "--reason", "已校准"),
    "register export": ("register", "export", "complaint", "-o", "{tmp}/r.xlsx"),
    "archive verify": ("archive", "verify"),
    "archive export": ("archive", "export", "{number}", "-o", "{tmp}/bags"),
    "archive render": ("archive", "render", "--year", "1999"),
    "history import": ("history", "import", "{tmp}/trades.csv"),
    "history list": ("history", "list"),
    "approve": ("approve", "{application}", "--by", "钟国栋", "--comment", "情况属实"),
    "return": ("return", "{application}", "--by", "钟国栋", "--comment", "缺附件"),
    "reject": ("reject", "{application}", "--by", "钟国栋", "--comment", "不符"),
    "backup": ("backup", "{tmp}/b.zip"),
    "restore": ("restore", "{tmp}/old.zip", "--workspace", "{tmp}/restored"),
}
"""Command → a call of it that does something. `run` and `review crop` have tests of their own."""

AWAY = ("--from", "2026-01-01", "--to", "2099-01-05")
PEOPLE = (
    ("zhang", ("grant", "ask", "{application}", "--reason", "核对")),
    ("wang", ("grant", "list")),
    ("wang", ("grant", "consent", "R-0001", "--until", "2099-01-01")),
    ("zhang", ("register", "show", "{application}")),
    ("security", ("grant", "reads")),
    ("wang", ("grant", "recall", "R-0001", "--reason", "调岗")),
    ("zhang", ("grant", "ask", "{application}", "--reason", "再核对")),
    ("wang", ("grant", "refuse", "R-0002", "--reason", "不需要")),
    ("limin", ("proxy", "give", "zhang", *AWAY)),
    ("limin", ("proxy", "list")),
    ("limin", ("proxy", "end", "P-0001")),
    ("security", ("user", "assign", "zhang", "--area", "华东")),
    ("admin", ("user", "list")),
    ("admin", ("user", "reset", "zhang")),
    ("admin", ("user", "retire", "limin", "--reason", "离职")),
    ("wang", ("user", "token", "wang", "--label", "手机")),
    ("wang", ("user", "password", "wang", "--password-stdin")),
)
"""Who calls what, one after another, where there are accounts; `user add` makes them."""


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A workspace in which every command finds something to do, and the files that were handed in."""
    tmp = tmp_path_factory.mktemp("begun")
    (tmp / "waiting.csv").write_text(WAITING, encoding="utf-8")
    (tmp / "trades.csv").write_text(TRADES, encoding="utf-8")
    files = [papers.make("complaint.xlsx", tmp, 1), papers.make("new_customer.docx", tmp, 3)]
    office = ["--workspace", str(tmp / "office")]
    for arguments in (
        ["init", str(tmp / "office")],
        [*office, "history", "import", str(tmp / "trades.csv")],
        [*office, "process", *map(str, files), str(tmp / "waiting.csv")],
        [*office, "review", "learn", "complaint", "product", "旧名"],
        [*office, "backup", str(tmp / "old.zip")],
    ):
        assert 0 == run(arguments)
    return tmp


@pytest.fixture
def office(line, begun, tmp_path):
    """A copy of that workspace; what stands in braces in `CALLS`."""
    shutil.rmtree(line.folder)
    shutil.copytree(begun / "office", line.folder)
    for name in ("trades.csv", "old.zip"):
        shutil.copyfile(begun / name, tmp_path / name)
    numbers = {entry["form"]: entry["number"] for entry in line.lines("register", "list")}
    (record,) = [told["record"] for told in line.lines("review", "list")]
    return {
        "tmp": tmp_path,
        "paper": papers.make("complaint.xlsx", tmp_path, 2),
        "record": record,
        "number": numbers["complaint"],
        "application": numbers["new_customer"],
    }


def test_every_command_is_called_below():
    people = {" ".join(arguments[:2]) for _, arguments in PEOPLE} | {"user add"}

    assert set(leaves()) == {*CALLS, *people, "run", "watch", "review crop"}


@pytest.mark.parametrize("name", sorted(set(CALLS) - {"layout add", "layout list", "layout remove"}))
def test_a_command_prints_json_lines_and_nothing_else(line, office, name):
    told = line.run(*(part.format(**office) for part in CALLS[name]), "--json")
    lines = [json.loads(text) for text in told.out.splitlines()]

    assert 0 == told.status, told.err
    assert lines and all(isinstance(one, dict) for one in lines)


def test_the_commands_about_people_print_json_lines_and_nothing_else(line, office, monkeypatch):
    def told(*arguments):
        made = line.run(*(part.format(**office) for part in arguments), "--json")
        lines = [json.loads(text) for text in made.out.splitlines()]
        assert 0 == made.status, (arguments, made.err)
        assert lines and all(isinstance(one, dict) for one in lines), arguments
        return lines

    monkeypatch.delenv("FORMFLOW_TOKEN", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO("a password of mine\n"))
    told("user", "add", "wang", "--role", "head", "--department", "销售部", "--password-stdin")
    told("user", "add", "zhang", "--role", "salesperson", "--department", "销售部")
    told("user", "add", "limin", "--role", "clerk")
    tokens = {
        who: told("user", "token", who, "--label", "t")[0]["token"] for who in {who for who, _ in PEOPLE}
    }
    monkeypatch.setattr("sys.stdin", io.StringIO("a password of mine\nanother password\n"))
    for who, arguments in PEOPLE:
        monkeypatch.setenv("FORMFLOW_TOKEN", tokens[who])
        told(*arguments)


def test_the_layout_commands_print_json_lines_and_nothing_else(line, tmp_path):
    blank = tmp_path / "blank.pdf"
    line.run("blank", "complaint", "-o", str(blank))
    line.run("layout", "add", "complaint", str(blank), "--name", "one")
    for name in ("layout add", "layout list", "layout remove"):
        told = line.run(*(part.format(tmp=tmp_path) for part in CALLS[name]), "--json")

        assert 0 == told.status, told.err
        assert ["complaint"] == sorted({json.loads(text)["form"] for text in told.out.splitlines()})


def test_run_prints_a_json_line_a_file_and_nothing_else(tmp_path):
    workspace = Workspace(tmp_path / "office")
    paper = papers.make("complaint.xlsx", tmp_path, 1)
    process = workspace.start("run", "--json")
    wait_for(lambda: "watching" in workspace.log(), process, workspace)
    workspace.drop([paper])
    wait_for(lambda: '"status"' in workspace.log(), process, workspace)
    process.send_signal(signal.SIGTERM)

    assert 0 == process.wait(timeout=30)
    (told,) = [json.loads(text) for text in workspace.log().splitlines() if text.startswith("{")]
    assert (paper.name, "done") == (told["file"], told["status"])
