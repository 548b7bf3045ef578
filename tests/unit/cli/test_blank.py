"""`formflow blank`: what it writes, and what it refuses."""

from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize(("format", "magic"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_a_blank_is_named_after_the_forms_title(line, tmp_path, monkeypatch, format, magic):
    monkeypatch.chdir(tmp_path)

    told = line.run("blank", "complaint", "--format", format)

    assert (0, f"客户投诉记录.{format}\n") == (told.status, told.out)
    assert (tmp_path / f"客户投诉记录.{format}").read_bytes().startswith(magic)


def test_the_format_follows_the_name_of_the_file(line, tmp_path):
    line.run("blank", "complaint", "-o", str(tmp_path / "a.pdf"))

    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_a_file_that_is_there_is_kept(line, tmp_path):
    target = tmp_path / "a.docx"
    target.write_text("mine")

    told = line.run("blank", "complaint", "-o", str(target))

    assert (2, "mine") == (told.status, target.read_text())
    assert "--force" in told.err
    assert 0 == line.run("blank", "complaint", "-o", str(target), "--force").status


@pytest.mark.parametrize(("named", "meant"), [("complant", "'complaint'"), ("新客户申请", "'new_customer'")])
def test_an_unknown_form_is_answered_with_the_nearest(line, named, meant):
    told = line.run("blank", named)

    assert 2 == told.status
    assert f"did you mean {meant}" in told.err


def test_a_record_is_filled_in_and_read_back(line, tmp_path):
    record, target = tmp_path / "r.json", tmp_path / "a.docx"
    values = {"product": "甲醇", "category": "quality"}
    record.write_text(json.dumps({"form": "complaint", "values": values}), encoding="utf-8")
    line.run("blank", "complaint", "-o", str(target), "--fill", str(record))

    assert [values] == [r["values"] for told in line.lines("extract", str(target)) for r in told["records"]]


def test_a_layout_that_the_form_lacks_is_refused(line, tmp_path):
    told = line.run("blank", "complaint", "--layout", "log", "-o", str(tmp_path / "a.docx"))

    assert 2 == told.status
    assert "it has: record" in told.err


def test_json_says_what_was_written(line, tmp_path):
    target = tmp_path / "a.xlsx"
    (told,) = line.lines("blank", "fax_out", "--layout", "log", "-o", str(target))

    assert ("fax_out", "log", str(target)) == (told["form"], told["layout"], told["file"])
    assert target.stat().st_size == told["bytes"]


@pytest.mark.parametrize("name", ["separator", "分隔页"])
def test_a_separator_page_is_printed_as_pdf(line, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)

    told = line.run("blank", name)

    assert (0, "分隔页.pdf\n") == (told.status, told.out)
    assert (tmp_path / "分隔页.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("how", [("--format", "docx"), ("-o", "a.xlsx")])
def test_a_separator_page_in_another_format_is_refused(line, tmp_path, monkeypatch, how):
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)

    told = line.run("blank", "separator", *how)

    assert (2, []) == (told.status, list(desk.iterdir()))


def test_a_separator_page_that_is_there_is_kept(line, tmp_path):
    target = tmp_path / "a.pdf"
    target.write_text("mine")

    assert (2, "mine") == (line.run("blank", "separator", "-o", str(target)).status, target.read_text())


def test_what_was_written_of_a_separator_page_is_told_as_json(line, tmp_path):
    (told,) = line.lines("blank", "separator", "-o", str(tmp_path / "a.pdf"))

    assert (None, (tmp_path / "a.pdf").stat().st_size) == (told["form"], told["bytes"])
