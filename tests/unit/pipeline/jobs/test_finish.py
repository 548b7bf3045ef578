"""The files of an entry."""

from __future__ import annotations

import pytest

from formflow.pipeline.decisions import decide_entry

FORM = (
    "客户投诉记录,,,\n投诉日期,2026年3月5日,客户名称,佛山市宏达化工有限公司\n"
    "产品名称,树脂,记录人,李明\n投诉类别,{category},投诉内容,{content}\n"
)


def archived(office, **values):
    """The names in the bag's folder of documents, and the folder."""
    result = office.drop("投诉.csv", FORM.format(**{"content": "到货延误", **values}).encode())
    folder = office.settings.folder("archive") / result.records[0].archive
    return {path.name for path in (folder / "data/documents").iterdir()}, folder


@pytest.mark.parametrize(("category", "expected"), [("质量", True), ("交货", False)])
def test_a_document_with_a_condition_is_made_only_where_it_holds(office, category, expected):
    names, _ = archived(office, category=category)

    assert expected == ("TS-2026-0001-质量投诉调查评价报告.docx" in names)
    assert "TS-2026-0001-客户投诉处理单.docx" in names


def test_control_characters_that_documents_leave_out_are_said_in_the_bag(office, paper):
    number = office.drop("a.docx", paper("new_customer.docx")).records[0].number
    why = "资料不\x7f全"
    decided = decide_entry(number, "reject", office.context, by="罗建国", role="sales_manager", comment=why)
    documents = office.folder / "archive" / decided.path / "data/documents"

    assert "资料不全" in (documents / "说明.txt").read_text("utf-8")


@pytest.mark.parametrize(("setting", "told"), [("off", "switched off"), ("idle", "none, LibreOffice")])
def test_the_bag_says_whether_a_rendition_is_to_come(office, monkeypatch, setting, told):
    import dataclasses

    from formflow.office import program

    monkeypatch.setattr(program, "find_soffice", lambda: None)
    bench = office.workers._bench
    bench.settings = dataclasses.replace(bench.settings, renditions=setting)

    _, folder = archived(office, category="交货")

    assert told in (folder / "bag-info.txt").read_text("utf-8")
