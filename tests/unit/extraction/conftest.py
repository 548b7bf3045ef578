"""Documents and forms built in a line or two."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from formflow.forms.spec import Field, FieldType, Form, Register
from formflow.model import Cell, Document, Line, Part, Source, Table

REGISTER = Register(series="X", number="X-{year}-{serial:04}")

Grid = Sequence[Sequence[str | tuple[str, int] | tuple[str, int, int]]]


def table(rows: Grid, name: str = "table 1") -> Table:
    """A table from rows of texts; `(text, columns)` and `(text, columns, rows)` are merged cells."""
    covered: set[tuple[int, int]] = set()
    cells = []
    width = 0
    for r, row in enumerate(rows):
        column = 0
        for item in row:
            text, wide, high = (item, 1, 1) if isinstance(item, str) else (*item, 1)[:3]
            while (r, column) in covered:
                column += 1
            cells.append(
                Cell(
                    row=r,
                    column=column,
                    text=text,
                    row_span=high,
                    column_span=wide,
                    source=Source(part="body", ref=f"{name} R{r + 1}C{column + 1}"),
                )
            )
            covered |= {(r + y, column + x) for y in range(high) for x in range(wide)}
            column += wide
            width = max(width, column)
    return Table(rows=len(rows), columns=width, cells=tuple(cells), source=Source(part="body", ref=name))


def line(text: str, number: int = 1) -> Line:
    return Line(text=text, source=Source(part="body", ref=f"paragraph {number}"))


@pytest.fixture
def document() -> Callable[..., Document]:
    """Builds a document from lines (str) and tables (lists of rows), or from named parts of these."""

    def build(*blocks: str | Grid, **parts: Sequence[str | Grid]) -> Document:
        def part(name: str, kind: str, content: Sequence[str | Grid]) -> Part:
            made = [
                line(item, n) if isinstance(item, str) else table(item, f"table {n}")
                for n, item in enumerate(content, 1)
            ]
            return Part(name=name, kind=kind, blocks=tuple(made))

        given = {"body": blocks} if blocks else {}
        made = [part(name, "story", content) for name, content in given.items()]
        made += [part(name.replace("_", " "), "sheet", content) for name, content in parts.items()]
        return Document(digest="0" * 64, media_type="text/plain", name="t", reader="t/1", parts=tuple(made))

    return build


def _field(id: str, label: str, type: FieldType = FieldType.TEXT, *also: str, **more) -> Field:
    return Field(id=id, label=label, type=type, also=also, **more)


@pytest.fixture(scope="session")
def forms() -> dict[str, Form]:
    """Two small forms, one of them also a log, and one with a table of its own."""
    application = Form(
        id="application",
        title="新客户开发申请表",
        also=("新客户申请表",),
        register=REGISTER,
        fields=(
            _field("no", "申请编号", FieldType.TEXT, "编号"),
            _field("applied_on", "申请日期", FieldType.DATE, "填表日期", required=True),
            _field("customer_name", "客户名称", FieldType.ORGANISATION, required=True),
            _field("contact", "联系人", FieldType.PERSON, "客户联系人"),
            _field("phone", "电话", FieldType.PHONE, "联系电话"),
            _field("first_trade_on", "首次交易日期", FieldType.DATE),
            _field("amount", "首次交易金额", FieldType.MONEY),
            _field("kind", "客户类型", FieldType.CHOICE, options={"firm": ("企业",), "person": ("个人",)}),
            _field("product", "产品"),
            _field("story", "开拓经过", required=True),
            _field("leader", "批示", FieldType.SIGNATURE),
        ),
    )
    fax = Form(
        id="fax",
        title="发函登记表",
        register=REGISTER,
        layouts=("record", "log"),
        head=("department", "clerk", "year"),
        fields=(
            _field("department", "部门", FieldType.TEXT, "发函部门"),
            _field("clerk", "登记人", FieldType.PERSON, "管理员"),
            _field("year", "年度", FieldType.INTEGER),
            _field("sent_at", "发送时间", FieldType.DATETIME, "发送日期", "日期"),
            _field("recipient_org", "发往单位", FieldType.ORGANISATION, "收函单位", required=True),
            _field("subject", "主题", FieldType.TEXT, "内容摘要", required=True),
            _field("pages", "页数", FieldType.INTEGER, required=True),
            _field("area", "片区"),
            _field("remarks", "备注"),
        ),
    )
    plan = Form(
        id="plan",
        title="业务去向表",
        register=REGISTER,
        fields=(
            _field("date", "日期", FieldType.DATE, required=True),
            _field("salesperson", "业务员", FieldType.PERSON, required=True),
            Field(
                id="rows",
                label="访问计划",
                type=FieldType.ROWS,
                fields=(
                    _field("customer", "访问客户", FieldType.ORGANISATION, required=True),
                    _field("place", "地点"),
                    _field("time", "时间"),
                    _field("purpose", "目的"),
                ),
            ),
        ),
    )
    return {form.id: form for form in (application, fax, plan)}
