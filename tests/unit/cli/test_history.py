"""`formflow history import`: good rows are taken, bad ones named, and referred entries judged anew."""

from __future__ import annotations

from tests.support import papers

LIST = (
    "客户名称,统一社会信用代码,日期,金额\n"
    "乙有限公司,,2023-01-02,1000\n"
    "丙有限公司,91440300,2024-01-02,1000\n"
    "丁有限公司,,三月五日,1000\n"
)


def test_a_list_with_wrong_rows_is_imported_and_every_wrong_row_named(line):
    (line.folder / "往来.csv").write_text(LIST, encoding="utf-8")
    told = line.run("history", "import", str(line.folder / "往来.csv"), lang="zh")

    assert 0 == told.status
    assert "导入 2 笔" in told.out
    assert ["丙有限公司", "丁有限公司"] == [
        row.split("  ")[-1].split("：")[0] for row in told.err.splitlines()
    ]


def test_an_entry_that_lacked_history_is_judged_anew_and_the_change_is_told(line, tmp_path):
    line.run("process", str(papers.make("new_customer.docx", tmp_path, 1)), "--received", "2026-03-05")
    (entry,) = line.lines("register", "list")
    (line.folder / "往来.csv").write_text(LIST.replace("2023-01-02", "2020-01-02"), encoding="utf-8")
    (told,) = line.lines("history", "import", str(line.folder / "往来.csv"), "--to", "2026-03-04")
    (shown,) = line.lines("register", "show", entry["number"])

    assert "refer" == entry["outcome"]
    assert [(entry["number"], "refer", "accept")] == [
        (one["number"], one["before"], one["after"]) for one in told["reassessed"]
    ]
    assert ["accept"] == [one["outcome"] for one in shown["assessments"]]
    assert "judged anew" in line.run("register", "show", entry["number"]).out
