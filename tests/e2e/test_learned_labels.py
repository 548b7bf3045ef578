"""A reviewer keeps a label that no form knew, and the next file is read by it."""

from __future__ import annotations

from pathlib import Path

from docx import Document


def application(path: Path, customer: str) -> Path:
    """A new-customer form that calls the customer by a word of its own."""
    document = Document()
    document.add_heading("新客户开发申请表", level=1)
    rows = [
        ("往来户名", customer, "申请日期", "2026年3月5日"),
        ("责任营销员", "李明", "片区", "华南"),
        ("开票名称", customer, "首次交易日期", "2026年3月1日"),
        ("开拓经过", "展会上认识。", "评价", "信誉良好。"),
        ("需要支持", "样品", "电话", "0757-86123456"),
    ]
    table = document.add_table(rows=len(rows), cols=4)
    for line, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(line.cells, values, strict=True):
            cell.text = value
    document.save(str(path))
    return path


def test_a_label_kept_by_a_reviewer_reads_the_next_file(clerk, tmp_path):
    first = application(tmp_path / "1.docx", "佛山市宏达化工有限公司")
    (done,) = clerk.lines("process", first)
    (waiting,) = clerk.lines("review", "list")
    clerk.says(
        "review", "set", waiting["record"], "customer_name", "佛山市宏达化工有限公司", "--label", "往来户名"
    )

    second = application(tmp_path / "2.docx", "东莞市利丰贸易有限公司")
    (read,) = clerk.lines("extract", second)
    (next_done,) = clerk.lines("process", second)
    (kept,) = clerk.lines("review", "labels")

    assert ("review", []) == (done["status"], clerk.lines("review", "list", "--returned"))
    assert read["records"][0]["values"]["customer_name"] == "东莞市利丰贸易有限公司"
    assert ("done", "XKH-2026-0002") == (next_done["status"], next_done["records"][0]["number"])
    assert ("new_customer", "customer_name", "往来户名") == (kept["form"], kept["field"], kept["label"])


def test_a_label_of_another_field_is_refused_and_a_forgotten_one_leads_nowhere(clerk, tmp_path):
    clerk.says("review", "learn", "new_customer", "customer_name", "往来户名")
    clerk.says("review", "learn", "new_customer", "billing_name", "往来户名", expect=2)

    assert "review forget new_customer customer_name 往来户名" in clerk.told
    clerk.says("review", "forget", "new_customer", "customer_name", "往来户名")
    clerk.says("review", "forget", "new_customer", "customer_name", "往来户名", expect=2)
    (read,) = clerk.lines("extract", application(tmp_path / "1.docx", "佛山市宏达化工有限公司"))
    assert "customer_name" not in read["records"][0]["values"]
