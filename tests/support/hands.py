"""Fills blanks in as other programs do: content controls by tag, cells by name, fields by name. Knows no layout."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from formflow.documents.blanks.fill import Filling, Typed
from formflow.forms.controlnames import DATE, OPINION, REMARK, parse_name
from formflow.forms.layout import Blank
from formflow.forms.spec import Field, FieldType

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def _meant(name: str, row: int, blank: Blank, filled: Filling) -> tuple[Field, Typed, str] | None:
    """The field that a name means, what is to be typed, and which part of it."""
    own = blank.form.rows_field
    parsed = parse_name(name, frozenset({"log"} | ({own.id} if own else set())))
    columns = {item.id: item for item in blank.columns}
    fields = {item.id: item for item in blank.form.fields}
    item = (columns if parsed.table else fields).get(parsed.field)
    if item is None:
        return None
    at = None if not parsed.table else (parsed.row - 1 if parsed.row is not None else row)
    return item, filled.of(item, at), parsed.part


def _written(item: Field, typed: Typed, part: str, *, alone: bool) -> str:
    if part == OPINION:
        return ""
    if part == DATE:
        return typed.on
    if part == REMARK:
        return typed.text
    if item.type is FieldType.SIGNATURE and alone:
        return typed.whole
    if item.options:
        return "、".join(item.options[id][0] for id in typed.chosen) or typed.text
    return typed.text


def fill_docx(data: bytes, blank: Blank, filled: Filling) -> bytes:
    """The Word blank with its content controls filled in."""
    source = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(content)
                _fill_controls(root, blank, filled)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(name, content)
    return out.getvalue()


def _fill_controls(root: Any, blank: Blank, filled: Filling) -> None:
    seen: Counter[str] = Counter()
    for sdt in root.iter(f"{_W}sdt"):
        properties = sdt.find(f"{_W}sdtPr")
        tag = properties.find(f"{_W}tag").get(f"{_W}val")
        row = seen[tag]
        seen[tag] += 1
        meant = _meant(tag, row, blank, filled)
        if meant is None:
            continue
        item, typed, part = meant
        box = properties.find(f"{_W14}checkbox")
        texts = list(sdt.iter(f"{_W}t"))
        if box is not None:
            ticked = part in typed.chosen
            box.find(f"{_W14}checked").set(f"{_W14}val", str(int(ticked)))
            texts[0].text = "☑" if ticked else "☐"
        elif text := _written(item, typed, part, alone=":" in tag):
            prompt = properties.find(f"{_W}showingPlcHdr")
            if prompt is not None:
                properties.remove(prompt)
            run = texts[0].getparent()
            style = run.find(f"{_W}rPr/{_W}rStyle")
            style.getparent().remove(style)
            first, *others = text.split("\n")
            texts[0].text = first
            for line in others:
                etree.SubElement(run, f"{_W}br")
                etree.SubElement(run, f"{_W}t").text = line


def fill_xlsx(data: bytes, blank: Blank, filled: Filling) -> bytes:
    """The workbook with its named cells, and the cells under the headings of its table, filled in as text."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    for name, defined in book.defined_names.items():
        _, _, place = defined.attr_text.rpartition("!")
        if ":" in place:
            continue
        meant = _meant(name, 0, blank, filled)
        if meant is None:
            continue
        item, typed, part = meant
        if text := _written(item, typed, part, alone=False):
            cell = sheet[place.replace("$", "")]
            assert not cell.protection.locked
            cell.value = text
    for number, column in _headings(sheet, blank):
        for row in range(len(filled.rows)):
            item = column
            cell = sheet.cell(number[0] + 1 + row, number[1])
            if text := _written(item, filled.of(item, row), "", alone=True):
                assert not cell.protection.locked
                cell.value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _headings(sheet: Any, blank: Blank) -> Iterator[tuple[tuple[int, int], Field]]:
    """Where the headings of the table stand: the row that begins with 序号."""
    by_label = {item.heading: item for item in blank.columns}
    for row in sheet.iter_rows():
        if row[0].value == "序号":
            for cell in row[1:]:
                label = str(cell.value or "").lstrip("*").split("\n")[0]
                if label in by_label:
                    yield (cell.row, cell.column), by_label[label]
            return


def fill_pdf(data: bytes, blank: Blank, filled: Filling, *, looks: bool = True) -> bytes:
    """The PDF with the values of its fields set; without `looks` the viewer is asked to draw them."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            meant = _meant(str(field.T), 0, blank, filled)
            if meant is None:
                continue
            item, typed, part = meant
            if field.FT == pikepdf.Name.Btn:
                _tick(field, part, typed)
            elif text := _written(item, typed, part, alone=str(field.T) != item.id):
                field.V = pikepdf.String(text)
                if not looks:
                    del field.AP
        if not looks:
            pdf.Root.AcroForm.NeedAppearances = True
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _tick(field: Any, part: str, typed: Typed) -> None:
    import pikepdf

    buttons = list(field.Kids) if "/Kids" in field else [field]
    for button in buttons:
        on = next(state for state in button.AP.N if state != "/Off")
        if on[1:] in typed.chosen:
            button.AS = pikepdf.Name(on)
            field.V = pikepdf.Name(on)
