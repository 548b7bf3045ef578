"""Commands parse, call and print; a wrong run says what to do and has its exit status."""

from __future__ import annotations

import json

import click
import pytest

from formflow.cli.main import cli


def every_command(group=cli, path=()):
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))
        else:
            yield (*path, name), command


@pytest.mark.parametrize(
    ("path", "command"),
    list(every_command()),
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_every_command_shows_an_example_in_its_help(path, command):
    shown = command.get_help(click.Context(command, info_name=path[-1], **cli.context_settings))

    assert "Example:" in shown
    assert "formflow " in shown.partition("Example:")[2]


def test_init_lays_out_a_workspace_and_never_touches_one_that_is_there(line):
    schema = line.folder / "schemas" / "complaint.yaml"
    schema.write_text("# ours\n", encoding="utf-8")
    told = line.run("init", str(line.folder), workspace=False)

    assert (2, "# ours\n") == (told.status, schema.read_text(encoding="utf-8"))
    assert "already holds" in told.err


def test_check_is_silent_about_what_is_right_and_names_place_and_remedy_of_what_is_wrong(line):
    assert 0 == line.run("check").status
    schema = line.folder / "schemas" / "complaint.yaml"
    text = schema.read_text(encoding="utf-8")
    schema.write_text(text.replace("type: quantity", "type: quantitiy"), encoding="utf-8")
    told = line.run("check")

    assert 3 == told.status
    assert "complaint.yaml" in told.out + told.err
    assert "quantity" in told.out + told.err


def test_an_empty_register_and_an_empty_archive_are_sound(line):
    assert 0 == line.run("register", "verify").status
    assert 0 == line.run("archive", "verify").status
    assert [] == line.lines("register", "list")


def test_doctor_says_what_is_there_and_what_is_missing(line):
    told = line.run("doctor")

    assert "14" in told.out + told.err
    assert 0 == told.status


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("register", "show", "XKH-2026-0009"), 2, "XKH-2026-0009"),
        (("review", "show", "nothing"), 2, "no record"),
        (("process",), 2, "PATH"),
        (("extract", "/no/such/file.docx"), 2, "no such file"),
        (("register", "void", "XKH-2026-0009", "--reason", "x"), 2, "XKH-2026-0009"),
        (("nonsense",), 2, "nonsense"),
        (("process", "x.docx", "--received", "2999-01-01"), 2, "lies in the future"),
    ],
)
def test_a_wrong_command_line_says_so_and_exits_with_2(line, arguments, status, says):
    told = line.run(*arguments)

    assert status == told.status
    assert says in told.out + told.err


def test_no_workspace_says_how_to_make_one(tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)
    told = line.run("register", "list", workspace=False)

    assert 3 == told.status
    assert "formflow init" in told.out + told.err


def test_an_unknown_setting_is_refused_with_the_nearest_one(line):
    settings = line.folder / "formflow.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\nscan_secnds = 3\n", encoding="utf-8")
    told = line.run("register", "list")

    assert 3 == told.status
    assert "scan_seconds" in told.out + told.err


def test_messages_come_in_the_language_asked_for(line):
    english = line.run("review", "list")
    chinese = line.run("review", "list", lang="zh")

    assert ("nothing waits", "没有待处理事项") == (english.out.strip(), chinese.out.strip())


def test_json_is_the_only_thing_on_standard_output(line, tmp_path):
    path = tmp_path / "letter.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    told = line.run("extract", str(path), "--json")

    assert {"file": str(path), "records": [], "error": None} == {
        key: value for key, value in json.loads(told.out).items() if key in ("file", "records", "error")
    }


def test_what_no_field_took_is_listed_with_its_place_and_waits_at_review(line, tmp_path):
    file = tmp_path / "投诉.csv"
    file.write_text(
        "客户投诉记录,,,\n客户名称,华南实业有限公司,投诉日期,2026-03-05\n产品,甲醇,投诉类别,质量\n"
        "投诉内容,包装破损,货物批次号码,B-26\n记录者,王小明,联系人,李明\n",
        encoding="utf-8",
    )

    (told,) = line.lines("extract", "--unclaimed", str(file))
    line.run("process", str(file))
    (waits,) = line.lines("review", "list")

    left = told["records"][0]["unclaimed"]
    assert {("货物批次号码", "B-26"), ("记录者", "王小明")} == {
        (text["label"], text["text"]) for text in left
    }
    assert all(text["part"] and text["ref"] for text in left)
    assert "recorder" in {finding["field"] for finding in waits["findings"] if finding["code"] == "unclaimed"}
    assert "王小明" in line.run("extract", "--unclaimed", str(file)).out
    assert "unclaimed" not in line.lines("extract", str(file))[0]["records"][0]
