"""Whatever a document holds, extraction answers: it never raises, and never invents text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from formflow.extraction.extract import extract
from formflow.extraction.labels.index import Forms
from formflow.forms.spec import Field, FieldType, Form, Register
from formflow.model import Cell, Document, Line, Part, Source, Table

FIELDS = (
    Field(id="department", label="部门", type=FieldType.TEXT),
    Field(id="sent_at", label="发送时间", also=("日期",), type=FieldType.DATETIME),
    Field(id="recipient_org", label="发往单位", type=FieldType.ORGANISATION, required=True),
    Field(id="subject", label="主题", also=("内容摘要",), type=FieldType.TEXT, required=True),
    Field(id="pages", label="页数", type=FieldType.INTEGER),
    Field(id="head", label="部门负责人", type=FieldType.SIGNATURE),
    Field(id="kind", label="类别", type=FieldType.CHOICE, options={"a": ("质量",), "b": ("服务",)}),
    Field(
        id="rows",
        label="明细",
        type=FieldType.ROWS,
        fields=(
            Field(id="customer", label="客户", type=FieldType.ORGANISATION),
            Field(id="place", label="地点", type=FieldType.TEXT),
            Field(id="time", label="时间", type=FieldType.TEXT),
        ),
    ),
)
REGISTER = Register(series="X", number="{serial}")
FORMS = Forms(
    {
        "both": Form(
            id="both",
            title="发函登记表",
            fields=FIELDS[:-1],
            register=REGISTER,
            layouts=("record", "log"),
            head=("department",),
        ),
        "rows": Form(id="rows", title="去向表", fields=FIELDS, register=REGISTER),
    }
)

words = st.sampled_from(
    "部门 日期 发送时间 发往单位 主题 页数 部门负责人 类别 客户 地点 时间 发函登记表 2026年去向表 同上 〃 合计 注：说明 "
    "部门：销售 部门： ☑质量 签字：李明 3月5日 序号 年 月 日 我方联系人 ____ :： 主题：甲，部门：乙".split()
)
texts = st.one_of(words, st.text(max_size=12), st.just(""), st.lists(words, max_size=3).map("  ".join))
SOURCE = Source(part="body", ref="x")


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    cells, covered = [], set()
    for r in range(rows):
        for c in range(columns):
            if (r, c) in covered or draw(st.integers(0, 9)) == 0:
                continue
            high, wide = draw(st.integers(1, 3)), draw(st.integers(1, 3))
            covered |= {(r + y, c + x) for y in range(high) for x in range(wide)}
            cells.append(
                Cell(row=r, column=c, row_span=high, column_span=wide, text=draw(texts), source=SOURCE)
            )
    return Table(rows=rows, columns=columns, cells=tuple(cells), source=SOURCE)


lines = texts.map(lambda text: Line(text=text, source=SOURCE))
parts = st.builds(
    Part,
    name=st.sampled_from(["body", "page 1", "header 1", "Sheet1"]),
    kind=st.sampled_from(["story", "page", "sheet"]),
    blocks=st.lists(st.one_of(lines, tables()), max_size=6).map(tuple),
)
documents = st.builds(
    Document,
    digest=st.just("0" * 64),
    media_type=st.just("x"),
    name=st.just("x"),
    reader=st.just("x/1"),
    parts=st.lists(parts, max_size=3).map(tuple),
)


@given(documents, st.sampled_from([None, "both", "rows", "unknown"]))
@settings(max_examples=400, deadline=None)
def test_extraction_never_raises_and_never_invents_text(document, hint):
    seen = "".join(
        text
        for part in document.parts
        for block in part.blocks
        for text in ([block.text] if isinstance(block, Line) else [cell.text for cell in block.cells])
    )

    for candidate in extract(document, FORMS, hint=hint):
        for reading in [
            *candidate.readings.values(),
            *(r for rows in candidate.rows.values() for row in rows for r in row.values()),
        ]:
            # Three cells 年 / 月 / 日, and a signature's two controls, are put together with their own words.
            assert set("".join(reading.text.split())) <= set(seen) | set("年月日时分签字期：0123456789")
