from __future__ import annotations

import io

import docx
import pikepdf
import pytest
from tests.unit.archive.conftest import BOOK, NOW
from tests.unit.archive.test_pdfa import office_pdf

from formflow.archive.copies import build_event, place
from formflow.archive.pdfa import pdfa_faults
from formflow.archive.renditions import NOTE, render
from formflow.archive.verify import verify_archive
from formflow.errors import ReadError
from formflow.forms.spec import Field, FieldType, Form
from formflow.office.converter import Converter
from formflow.settings import Settings
from formflow.store.archives import REGISTERED, RENDITION


class Converts:
    """A converter that counts, and makes what it is told to."""

    def __init__(self, made: bytes | ReadError | None = None) -> None:
        self.made = made
        self.seen: list[str] = []

    def convert_all(self, files, to, *, seconds, options=""):
        self.seen += [suffix for _, suffix in files]
        return [self.made or office_pdf(len(self.seen) % 60) for _ in files]


@pytest.fixture
def rendering(workspace, tmp_path):
    fields = (Field(id="customer_name", label="客户名称", type=FieldType.TEXT),)
    forms = {"new_customer": Form(id="new_customer", title="新客户开发申请表", fields=fields, register=BOOK)}

    def run(converter, *entries):
        return render(
            [(entry, REGISTERED) for entry in entries],
            workspace.store,
            forms,
            Settings(workspace=tmp_path),
            converter,
            at=NOW,
        )

    return run


def files(workspace, entry):
    folder = workspace.root / place(entry, RENDITION) / "data" / "documents"
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_originals_and_documents_get_a_rendition_beside_the_closed_bag(workspace, rendering, contents):
    entry = workspace.enter()
    made = workspace.archive(entry)
    before = contents(made.folder)

    assert 1 == rendering(Converts(), entry)

    found = files(workspace, entry)
    assert {"original-申请表.pdf", "审批单.pdf", NOTE} == found.keys()
    assert ((), ()) == (pdfa_faults(found["审批单.pdf"]), pdfa_faults(found["original-申请表.pdf"]))
    assert before == contents(made.folder)
    assert verify_archive(workspace.root, workspace.store).ok
    assert () == workspace.store.archives.unrendered()


def test_rows_of_one_log_share_one_conversion(workspace, rendering):
    entries = [workspace.enter(b"the same log", "登记簿.xlsx") for _ in range(3)]
    for entry in entries:
        workspace.archive(entry)
    converter = Converts()

    rendering(converter, *entries)

    assert ["xlsx", "docx"] == converter.seen
    assert all("original-登记簿.pdf" in files(workspace, entry) for entry in entries)


def test_a_file_that_cannot_be_converted_is_said_in_the_bag_and_not_tried_for_ever(workspace, rendering):
    entry = workspace.enter()
    workspace.archive(entry)

    rendering(Converts(ReadError("corrupt", "x")), entry)

    assert [NOTE] == list(files(workspace, entry))
    assert "申请表.docx: not converted" in files(workspace, entry)[NOTE].decode()
    assert () == workspace.store.archives.unrendered()


def test_a_pdf_is_kept_as_it_is_and_that_is_said(workspace, rendering):
    entry = workspace.enter(b"%PDF-1.7 x", "传真.pdf")
    workspace.archive(entry)

    rendering(Converts(), entry)

    assert "传真.pdf: not converted, .pdf is kept as it is" in files(workspace, entry)[NOTE].decode()


@pytest.mark.parametrize("code", ["no-office", "crashed"])
def test_without_libreoffice_nothing_is_made_and_the_entry_waits(workspace, rendering, code):
    entry = workspace.enter()
    workspace.archive(entry)

    with pytest.raises(ReadError):
        rendering(Converts(ReadError(code, "x")), entry)

    assert ((entry.number, REGISTERED),) == workspace.store.archives.unrendered()


def test_documents_of_a_later_event_get_a_rendition_of_their_own(workspace, tmp_path):
    entry = workspace.enter()
    workspace.archive(entry)
    for event in ("approved", "signed-20260306"):
        made = build_event(workspace.root, entry, event, {"通知书.docx": b"x"}, archive_no="Z109")
        workspace.mark(entry, made, event)
    forms = {"new_customer": Form(id="new_customer", title="表", fields=(), register=BOOK)}
    bags = workspace.store.archives.unrendered()

    render(
        [(entry, event) for _, event in bags],
        workspace.store,
        forms,
        Settings(workspace=tmp_path),
        Converts(),
        at=NOW,
    )

    assert [(entry.number, "approved"), (entry.number, REGISTERED)] == list(bags)
    assert (workspace.root / place(entry, "rendition-approved") / "data/documents/通知书.pdf").is_file()
    assert () == workspace.store.archives.unrendered()
    assert verify_archive(workspace.root, workspace.store).ok


@pytest.mark.slow
def test_libreoffice_makes_pdfa_with_the_fonts_asked_for_and_the_same_bytes_twice(workspace, rendering):
    document = docx.Document()
    for font, text in (
        ("宋体", "宋体文字"),
        ("黑体", "黑体文字"),
        ("仿宋_GB2312", "仿宋文字"),
        ("楷体", "楷体文字"),
    ):
        run = document.add_paragraph().add_run(text)
        run.font.name = font
        run._r.rPr.rFonts.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia", font)
    out = io.BytesIO()
    document.save(out)
    entries = [workspace.enter(out.getvalue(), "字体.docx") for _ in range(2)]
    for entry in entries:
        workspace.archive(entry)

    with Converter() as converter:
        rendering(converter, entries[0])
        rendering(converter, entries[1])

    first, second = (files(workspace, entry)["original-字体.pdf"] for entry in entries)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        fonts = {str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()}
    assert () == pdfa_faults(first)
    assert first == second
    assert any("Serif" in name or "Song" in name for name in fonts)
    assert any("Sans" in name or "Hei" in name for name in fonts)
