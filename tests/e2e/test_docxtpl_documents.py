"""A document that docxtpl makes, from the inbox to the archive."""

from __future__ import annotations

import shutil

import docx
import pytest
from docx.shared import Mm
from tests.unit.documents.templates.test_against_docxtpl import png

from formflow.office.program import find_soffice

APPROVED = "{template: approval.docx, engine: docxtpl}"


@pytest.fixture
def office(clerk):
    """An office whose fax approvals are made by docxtpl."""
    schema = clerk.workspace.folder / "schemas" / "fax_out.yaml"
    text = schema.read_text("utf-8")
    schema.write_text(text.replace("approved: approval-fax-out.docx", f"approved: {APPROVED}"), "utf-8")
    clerk.template = clerk.workspace.folder / "templates" / "approval.docx"
    return clerk


def write_template(path, *, name="recipient"):
    clause = docx.Document()
    clause.add_paragraph("本函依《传真管理规定》办理。", style="List Number")
    clause.save(str(path.with_name("clause.docx")))
    document = docx.Document()
    document.core_properties.title = "发函意见单"
    document.add_heading("{{ office.company }} 发函审批单", 1)
    document.add_paragraph("{% set n = entry.number %}编号 {{ n }}　{{ n|length }} 字")
    document.add_paragraph("{% macro line(f) %}{{ f.label }}：{{ f.text or '（空）' }}{% endmacro %}")
    table = document.add_table(rows=3, cols=2, style="Table Grid")
    table.cell(0, 0).text = "{%tr for f in fields %}"
    table.cell(1, 0).text = "{{ loop.index }}"
    table.cell(1, 1).text = "{{ line(f) }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    document.add_paragraph(f"主送：{{{{ {name}.upper() }}}}")
    document.add_paragraph("{{r RichText(step.head.said, bold=true) }} {{ step.head.signature }}")
    document.add_paragraph("{{p new_subdoc('clause.docx') }}")
    document.add_paragraph("{{ entry.qr|wide(25) }}")
    document.save(str(path))


def test_an_approval_made_by_docxtpl_lies_in_the_archive_and_opens_in_an_office(office, tmp_path):
    write_template(office.template)
    signatures = office.workspace.folder / "signatures"
    signatures.mkdir(exist_ok=True)
    (signatures / "周建平.png").write_bytes(png(40, 12))
    paper = office.paper("fax_out.docx")
    shutil.copy(paper, office.inbox / paper.name)

    assert [] == office.lines("check")[0]["problems"]
    office.says("process", str(office.inbox))
    number = office.lines("register", "list")[0]["number"]
    office.says("approve", number, "--role", "head", "--by", "周建平", "--comment", "同意 A&B<1>")

    (made,) = office.workspace.folder.glob("archive/*/*/*/data/documents/*发函意见单.docx")
    document = docx.Document(str(made))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert f"编号 {number}　{len(number)} 字" in texts
    assert any("A&B<1>" in text for text in texts)
    assert "本函依《传真管理规定》办理。" in texts
    assert "发往单位：" == document.tables[0].cell(0, 1).text[:5]
    assert Mm(25) == document.inline_shapes[-1].width and 2 == len(document.inline_shapes)
    office.says("archive", "verify")
    if find_soffice() is not None:
        assert pages(made, tmp_path) == 1


def pages(path, folder):
    """How many pages LibreOffice makes of it."""
    import subprocess

    import pypdfium2

    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        str(find_soffice()),
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return len(pypdfium2.PdfDocument(str(folder / f"{path.stem}.pdf")))


def test_check_finds_what_is_wrong_with_a_template_for_docxtpl(office):
    write_template(office.template, name="recipent")

    (told,) = office.lines("check", expect=3)

    (problem,) = told["problems"]
    assert "templates/approval.docx: body, paragraph 4 “主送：{{ recipent.upper() }}”" in problem
    assert "no field 'recipent'" in problem


def test_check_says_which_engine_takes_a_template_that_the_compiled_one_does_not(office):
    write_template(office.template)
    schema = office.workspace.folder / "schemas" / "fax_out.yaml"
    schema.write_text(schema.read_text("utf-8").replace(APPROVED, "approval.docx"), "utf-8")

    problems = office.lines("check", expect=3)[0]["problems"]

    assert any("{% set %} is not allowed" in one and "set engine: docxtpl" in one for one in problems)
