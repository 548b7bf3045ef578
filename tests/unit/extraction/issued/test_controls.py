"""Blanks we issued: read by the names of their controls, or by their print where the names are lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from formflow.extraction.extract import extract
from formflow.forms.layout import blank_version
from formflow.forms.load import load_forms
from formflow.model import Cell, Control, Document, Line, Part, Source, Table
from formflow.values.blankcode import BlankCode

FORMS = load_forms(Path(__file__).parents[4] / "schemas")
VERSION = blank_version(FORMS["complaint"])
MARK = f"complaint {VERSION}"


def control(
    name: str, value: str, *, kind: str = "text", title: str = "", ref: str = "table 1 R1C2"
) -> Control:
    return Control(name=name, title=title, kind=kind, value=value, source=Source(part="body", ref=ref))


def table(*rows: tuple[str, ...]) -> Table:
    cells = tuple(
        Cell(row=r, column=c, text=text, source=Source(part="body", ref=f"table 1 R{r + 1}C{c + 1}"))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Table(rows=len(rows), columns=len(rows[0]), cells=cells, source=Source(part="body", ref="table 1"))


def document(*blocks: Table | Line, name: str = "body", **more: Any) -> Document:
    kind = "page" if name.startswith("page") else "story"
    part = Part(name=name, kind=kind, blocks=blocks, **more)
    return Document(digest="0" * 64, media_type="application/x", name="x", reader="x/1", parts=(part,))


def read(*blocks: Table | Line, **part: Any) -> dict[str, str]:
    (candidate,) = extract(document(*blocks, **part), FORMS)
    return {id: reading.text for id, reading in candidate.readings.items()}


MARKER = control("formflow", MARK)


def test_a_value_is_what_its_own_control_holds_whatever_the_labels_say():
    rows = table(("客户名称", "联系人：王五"), ("联系人", "李明"))
    controls = (MARKER, control("customer_name", "联系人：王五"), control("contact", "李明"))

    assert {"customer_name": "联系人：王五", "contact": "李明"} == read(rows, controls=controls)


def test_a_control_whose_prompt_was_written_over_is_filled_in():
    # A program that sets the text and forgets the mark of the prompt.
    filled = Control(
        name="product",
        title="",
        kind="text",
        value="甲醇",
        source=Source(part="body", ref="x"),
        placeholder=True,
    )

    assert {"product": "甲醇"} == read(table(("产品", "")), controls=(MARKER, filled))


@pytest.mark.parametrize("prompt", ["　　　　年　　月　　日", "单击或点击此处输入文字。", "　　", ""])
def test_prompts_are_nothing(prompt):
    controls = (MARKER, control("received_on", prompt))

    assert () == extract(document(table(("投诉日期", prompt)), controls=controls), FORMS)


def test_boxes_are_told_apart_by_name_or_by_title():
    by_name = (
        MARKER,
        control("category:quality", "☐", kind="checkbox"),
        control("category:service", "☑", kind="checkbox"),
    )
    by_title = (
        MARKER,
        control("category", "☐", kind="checkbox", title="质量"),
        control("category", "☑", kind="checkbox", title="服务"),
    )
    rows = table(("投诉类别", ""))

    assert {"category": "☐质量  ☑服务"} == read(rows, controls=by_name) == read(rows, controls=by_title)


def test_a_none_beside_boxes_is_a_none():
    controls = (MARKER, control("category:quality", "☐", kind="checkbox"), control("category:remark", "无"))

    assert {"category": "无"} == read(table(("投诉类别", "☐质量 无")), controls=controls)


def test_two_blanks_copied_into_one_file_are_not_taken_for_one():
    controls = (MARKER, control("product", "甲醇"), MARKER, control("product", "乙醇"))
    rows = table(("客户投诉记录", ""), ("产品", "甲醇"), ("客户名称", "甲公司"))

    assert {"product": "甲醇", "customer_name": "甲公司"} == read(rows, controls=controls)


def printed(version: str) -> tuple[Table, Line]:
    """A print with every label of the form; its contact reads like another label."""
    values = {"contact": "电话：另附", "customer_name": "甲公司"}
    rows = table(*((item.label, values.get(item.id, "")) for item in FORMS["complaint"].fields))
    return rows, Line(text=f"complaint {version}  第 1 页", source=Source(part="body", ref="line 1"))


def test_a_marker_in_print_makes_the_cell_right_of_a_label_its_value():
    assert {"contact": "电话：另附", "customer_name": "甲公司"} == read(*printed(VERSION))


def test_a_code_on_the_page_does_the_same():
    rows, _ = printed(VERSION)
    code = str(BlankCode(form="complaint", version=VERSION, rendition="pdf", kind="record"))

    assert {"contact": "电话：另附", "customer_name": "甲公司"} == read(rows, codes=(code,), name="page 1")


def test_a_print_of_another_version_is_read_by_its_labels():
    assert "电话：另附" != read(*printed("00000000")).get("contact")
