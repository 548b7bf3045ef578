"""The archive as the archivist works with it: examined, handed over, its templates annotated."""

from __future__ import annotations

import json
import zipfile

import docx
import pytest


@pytest.fixture
def busy(clerk):
    for kind in ("new_customer.docx", "fax_in.csv"):
        clerk.says("process", clerk.paper(kind))
    return clerk


def test_the_four_properties_are_reported_as_a_document_and_as_json(busy, tmp_path):
    busy.says("archive", "verify", "--report", tmp_path / "r.docx", lang="zh")
    told = busy.told
    busy.says("archive", "verify", "--report", tmp_path / "r.json")

    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    tables = docx.Document(str(tmp_path / "r.docx")).tables
    assert report["ok"]
    assert "病毒与恶意代码: 未检测" in told
    assert len(report["checks"]) + 1 == len(tables[1].rows)


def test_a_damaged_bag_fails_the_report(busy, tmp_path):
    (record,) = busy.workspace.settings.folder("archive").glob("XKH/*/0001/data/record.json")
    record.write_text("{}")

    busy.says("archive", "verify", "--report", tmp_path / "r.docx", expect=5)

    assert "Metadata agree with the register: failed" in busy.told


def test_a_year_is_handed_over_as_one_file(busy, tmp_path):
    year = busy.workspace.settings.folder("archive").joinpath("SC").iterdir().__next__().name

    said = busy.says("archive", "export", "--year", year, "-o", tmp_path / "out.zip")

    names = zipfile.ZipFile(tmp_path / "out.zip").namelist()
    assert "proved after writing" in said
    assert {f"归档文件目录-{year}.xlsx", f"四性检测报告-{year}.docx", f"SC/{year}/0001/bagit.txt"} <= set(
        names
    )


@pytest.mark.parametrize(
    "arguments", [("-o", "x"), ("XKH-1", "--year", "2026", "-o", "x"), ("--series", "SC", "-o", "x")]
)
def test_an_export_is_of_numbers_or_of_a_year(clerk, arguments):
    clerk.says("archive", "export", *arguments, expect=2)


def test_a_wrong_template_is_told_with_its_place_and_annotated(clerk):
    path = clerk.workspace.folder / "templates" / "notice-recognised.docx"
    document = docx.Document(str(path))
    document.add_paragraph("{{ custmer_name }}")
    document.save(str(path))

    said = clerk.says("check", "--annotate", expect=3)

    assert "did you mean customer_name?" in said
    copy = docx.Document(str(clerk.workspace.folder / "var/annotated/notice-recognised.docx"))
    assert ["did you mean customer_name?" in comment.text for comment in copy.comments] == [True]
