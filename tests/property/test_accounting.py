"""Whatever is filled in on a known form is either read or told: nothing is lost without a word."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from formflow.extraction.accounting.runs import runs_of
from formflow.extraction.claims import Claims
from formflow.extraction.extract import extract
from formflow.extraction.labels.labels import LabelIndex
from formflow.extraction.slots import Slot
from formflow.forms.spec import Field, FieldType, Form, Register
from formflow.model import Cell, Document, Line, Part, Source, Table

FIELDS = tuple(
    Field(id=id, label=label, type=FieldType.TEXT)
    for id, label in (
        ("customer", "客户名称"),
        ("product", "产品"),
        ("batch", "批号"),
        ("story", "投诉内容"),
        ("place", "片区"),
    )
)
FORM = Form(id="x", title="投诉处理单", fields=FIELDS, register=Register(series="X", number="{year}{serial}"))
KNOWN = st.sampled_from([field.label for field in FIELDS])
UNKNOWN = st.sampled_from(["仓库", "承运车辆", "经办员", "检验结论", "去向", "班组"])
PIECES = st.text(alphabet="客户名称产品批号 ：:\n\t_甲乙1（）。□√", max_size=60)


@st.composite
def forms(draw):
    """A table of labels, known or not, each with a value of its own, in cells side by side or in one cell."""
    captions = draw(st.lists(st.one_of(KNOWN, UNKNOWN), min_size=3, max_size=12, unique=True))
    cells, values, row = [], [], 0

    def cell(column, text, span=1):
        source = Source(part="body", ref=f"table 1 R{row + 1}C{column + 1}")
        cells.append(Cell(row=row, column=column, text=text, source=source, column_span=span))

    for caption in ["客户名称", "产品", *captions]:
        value = f"填写的内容{len(values)}号"
        if caption in ("客户名称", "产品") and row > 1:
            continue
        values.append(value)
        how = draw(st.sampled_from(["beside", "inside", "below"]))
        if row < 2 or how == "beside":
            cell(0, caption), cell(1, value)
        elif how == "inside":
            cell(0, f"{caption}：{value}", 2)
        else:
            cell(0, f"{caption}：\n{value}", 2)
        row += 1
    return Table(rows=row, columns=2, cells=tuple(cells), source=Source(part="body", ref="table 1")), values


@settings(max_examples=150, deadline=None)
@given(forms())
def test_every_value_is_read_or_told(form):
    table, values = form
    title = Line(text=FORM.title, source=Source(part="body", ref="paragraph 1"))
    part = Part(name="body", kind="story", blocks=(title, table))

    records = extract(
        Document(digest="0" * 64, media_type="x", name="t", reader="t/1", parts=(part,)), {"x": FORM}
    )

    (record,) = records
    known = [reading.text for reading in record.readings.values()] + [left.text for left in record.unclaimed]
    assert [] == [value for value in values if not any(value in text for text in known)]


@settings(max_examples=300, deadline=None)
@given(PIECES, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3))
def test_the_runs_of_a_text_hold_all_that_is_written_in_it(text, spans):
    slot, claims = Slot(text=text, source=Source(part="body", ref="x")), Claims()
    for start, end in spans:
        if start < end <= len(text):
            claims.value(FIELDS[0], (slot,), (start, end))

    runs = runs_of(slot, claims, LabelIndex.of(FIELDS))

    covered = {at for run in runs for at in range(run.start, run.start + len(run.text))}
    assert {text[at] for at in range(len(text)) if at not in covered} <= set(" ：:\n\t_")
