"""A small form, an entry of it, and Word templates written on the spot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document

from formflow.forms.spec import Field, FieldType, Form, Register, Rule, Step
from formflow.model import Entry, Finding, Outcome, Receipt, Severity
from formflow.settings import Settings

RECEIVED = datetime(2026, 3, 20, 1, 30, tzinfo=UTC)

Make = Callable[..., Path]


@pytest.fixture
def form() -> Form:
    fields = (
        Field(id="customer_name", label="客户名称", type=FieldType.ORGANISATION, required=True),
        Field(id="first_trade_on", label="首次交易日期", type=FieldType.DATE),
        Field(id="amount", label="金额", type=FieldType.MONEY),
        Field(
            id="category",
            label="类别",
            type=FieldType.CHOICE,
            options={"quality": ("质量", "品质"), "service": ("服务",)},
        ),
        Field(id="leader", label="批示", type=FieldType.SIGNATURE),
        Field(
            id="rows",
            label="明细",
            type=FieldType.ROWS,
            fields=(Field(id="customer", label="访问客户", type=FieldType.TEXT),),
        ),
    )
    rules = (
        Rule(id="in-time", article="第二条", holds="true", outcome="reject", message=""),
        Rule(id="large", article="第三条", holds="true", outcome="note", message="", when="true"),
    )
    return Form(
        id="small",
        title="小表",
        fields=fields,
        register=Register(series="XB", number="XB-{year}-{serial:04}"),
        policy="甲-1 规定",
        rules=rules,
        approval=(Step(role="leader"),),
    )


@pytest.fixture
def settings() -> Settings:
    return Settings(workspace=Path(), company="华南&公司", department="销售部")


@pytest.fixture
def entry(form: Form) -> Entry:
    finding = Finding(code="in-time", severity=Severity.REJECT, message="超过1个月")
    return Entry(
        series="XB",
        year=2026,
        serial=1,
        number="XB-2026-0001",
        form=form.id,
        values={
            "customer_name": "甲<公司>",
            "first_trade_on": "2026-03-05",
            "amount": "12000.00",
            "category": "quality",
            "leader": {"present": True, "name": "李明", "date": "2026-03-06"},
            "rows": [{"customer": "一"}, {"customer": "二"}],
        },
        findings=(finding,),
        outcome=Outcome.REJECT,
        registered_at=RECEIVED,
        receipt=Receipt(at=RECEIVED, name="表.docx", claimed_on=date(2026, 3, 18)),
        digest="0" * 64,
        submission="s",
        record="r",
    )


@pytest.fixture
def template(tmp_path: Path) -> Make:
    """Makes a template of paragraphs, or of what a function does to an empty document."""

    def make(
        *paragraphs: str, build: Callable[[Document], object] | None = None, name: str = "t.docx"
    ) -> Path:
        document = docx.Document()
        for text in paragraphs:
            document.add_paragraph(text)
        if build is not None:
            build(document)
        path = tmp_path / name
        document.save(str(path))
        return path

    return make
