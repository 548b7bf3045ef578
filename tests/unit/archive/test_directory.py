from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.archive.conftest import BOOK

from formflow.archive.directory import item_of
from formflow.forms.spec import Field, FieldType, Form
from formflow.forms.spec import Register as Book
from formflow.settings import Settings

FAXES = Book(series="FC", number="发传〔{year}〕{serial}号")


@pytest.mark.parametrize(
    ("book", "values", "expected"),
    [
        (FAXES, {"sender_ref": "HD-2026-001"}, "HD-2026-001"),
        (FAXES, {"document_no": "销函〔2026〕12号"}, "销函〔2026〕12号"),
        (FAXES, {"document_no": "发传〔2026〕3号"}, ""),
        (FAXES, {"document_no": "17"}, ""),
        (BOOK, {"application_no": "XKH-2026-0012", "complaint_no": "TS-2026-0001"}, ""),
    ],
)
def test_only_a_papers_own_reference_is_its_reference_in_the_directory(workspace, book, values, expected):
    entry = replace(workspace.enter(), values=values)
    fields = (Field(id="customer_name", label="客户名称", type=FieldType.TEXT),)
    form = Form(id="new_customer", title="新客户开发申请表", fields=fields, register=book)

    item = item_of(entry, form, Settings(workspace=workspace.root), workspace.root)

    assert expected == item.reference
    assert "登记号 XKH-2026-0001" in item.remark
