from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path

import bagit
import docx
import pytest
from openpyxl import load_workbook
from tests.unit.archive.conftest import BOOK, NOW

from formflow.archive.examination import examine
from formflow.archive.handover import hand_over
from formflow.errors import IntegrityError, UsageError
from formflow.forms.spec import Field, FieldType, Form
from formflow.settings import Settings

TEMPLATE = Path(__file__).parents[3] / "templates" / "report-archive.docx"
CSV = "客户,金额\n华南,1\n".encode()


@pytest.fixture
def handed(workspace, tmp_path):
    fields = (Field(id="customer_name", label="客户名称", type=FieldType.TEXT),)
    forms = {"new_customer": Form(id="new_customer", title="新客户开发申请表", fields=fields, register=BOOK)}
    settings = Settings(workspace=tmp_path, company="某公司", department="销售部")

    def hand(name: str, year: int = 2026):
        examination = examine(workspace.root, workspace.store, forms, at=NOW, year=year)
        return hand_over(
            workspace.root,
            workspace.store,
            forms,
            settings,
            examination,
            tmp_path / name,
            template=TEMPLATE,
            year=year,
        )

    return hand


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_a_year_goes_out_with_bags_directory_and_report(workspace, handed, tmp_path, name):
    for n in range(3):
        workspace.archive(workspace.enter(CSV + b"%d" % n, "登记簿.csv"))
    workspace.store.register.void("XKH-2026-0002", reason="重复", by="李明", at=NOW)

    made = handed(name)

    folder = tmp_path / "unpacked"
    if name.endswith(".zip"):
        zipfile.ZipFile(made.path).extractall(folder)
    else:
        folder = made.path
    assert (3, 3) == (made.entries, made.bags)
    assert all(bagit.Bag(str(bag)).is_valid() for bag in folder.glob("XKH/2026/*"))
    sheet = load_workbook(folder / "归档文件目录-2026.xlsx")["XKH-2026"]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=3)]
    assert ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注") == rows[0]
    assert (
        1,
        "Z109-WS·2026-D10-XSB-0001",
        None,
        "销售部",
        "华南实业 新客户开发申请表",
        "20260301",
    ) == rows[1][:6]
    assert rows[2][8].startswith("登记号 XKH-2026-0002；")
    assert "作废：重复" in rows[2][8]
    report = docx.Document(io.BytesIO((folder / "四性检测报告-2026.docx").read_bytes()))
    assert {"真实性", "完整性", "可用性", "安全性"} <= {
        row.cells[0].text.split("\n")[0] for row in report.tables[1].rows
    }
    assert not list(tmp_path.glob(".out*"))


def test_the_same_archive_gives_the_same_directory(workspace, handed, tmp_path):
    workspace.archive(workspace.enter(CSV, "登记簿.csv"))

    for name in ("a", "b"):
        handed(name)

    assert (tmp_path / "a/归档文件目录-2026.xlsx").read_bytes() == (
        tmp_path / "b/归档文件目录-2026.xlsx"
    ).read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "data/record.json").write_text("{}"),
        lambda folder: (folder / "tagmanifest-sha256.txt").write_text(""),
        shutil.rmtree,
    ],
)
@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_a_bag_that_is_not_whole_is_not_handed_over(workspace, handed, tmp_path, damage, name):
    damage(workspace.archive(workspace.enter(CSV, "登记簿.csv")).folder)

    with pytest.raises(IntegrityError):
        handed(name)

    assert not [path for path in tmp_path.iterdir() if "out" in path.name]


def test_an_entry_without_a_bag_keeps_the_year_back(workspace, handed):
    workspace.enter()

    with pytest.raises(IntegrityError, match="has no bag yet"):
        handed("out")


def test_nothing_is_written_over_and_an_empty_year_is_told(workspace, handed, tmp_path):
    workspace.archive(workspace.enter(CSV, "登记簿.csv"))
    (tmp_path / "out").mkdir()

    with pytest.raises(UsageError, match="already"):
        handed("out")
    with pytest.raises(UsageError, match="nothing of"):
        handed("other", year=2025)


def test_the_report_is_chinese_and_bears_the_head_of_the_audit_chain(workspace, handed):
    workspace.archive(workspace.enter(CSV, "登记簿.csv"))
    made = handed("out")
    document = docx.Document(str(made.path / "四性检测报告-2026.docx"))
    body = [p.text for p in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    (foot,) = [p.text for p in document.sections[0].footer.paragraphs]
    words = set(re.findall(r"[A-Za-z]{2,}", " ".join([*body, *cells])))

    head = workspace.store.audit.head()
    assert f"审计链第 {head.seq} 行 {head.hash[:16]}" in foot
    assert words <= {"DA", "BagIt", "RFC", "PDF", "record", "json", "bag", "info", "formflow", "XKH"}
