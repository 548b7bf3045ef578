"""Readings become values in the contract's form; whatever is not certain becomes a finding."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from formflow.forms.schema import validate
from formflow.forms.spec import Field, FieldType, Form, Register
from formflow.model import Candidate, Finding, Mark, Reading, Severity, Source

HERE = Source(part="body", ref="B7")
OPTIONS = {"quality": ("质量",), "service": ("服务",)}


def reading(text="", **more):
    return Reading(text=text, source=HERE, **more)


def form_of(*fields):
    return Form(
        id="letter", title="来信", fields=fields, register=Register(series="LX", number="{year}{serial}")
    )


def read(kind, text="", *, required=False, year=2026, row=None, **more):
    options = OPTIONS if kind in ("choice", "choices") else {}
    field = Field(id="a", label="甲", type=FieldType(kind), required=required, options=options)
    candidate = Candidate(form="letter", readings={"a": reading(text, **more)}, year=year, row=row)
    return validate(candidate, form_of(field))


def value(kind, text="", **more):
    record, findings = read(kind, text, **more)
    assert findings == ()
    return record.values.get("a", "absent")


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("text", "  一\r\n二  三　", "一\n二  三"),
        ("person", "张 三", "张三"),
        ("organisation", "华南实业 (深圳)有限公司", "华南实业（深圳）有限公司"),
        ("date", "2026年3月5日", "2026-03-05"),
        ("date", "3月5日", "2026-03-05"),
        ("datetime", "2026年3月5日14时30分", "2026-03-05T14:30"),
        ("datetime", "2026.3.5", "2026-03-05"),
        ("money", "1.2万元", "12000.00"),
        ("integer", "共3页", 3),
        ("quantity", "12.5吨", {"amount": "12.5", "unit": "吨"}),
        ("phone", "138 0013 8000", "13800138000"),
        ("choice", "☑质量 □服务", "quality"),
        ("choices", "☑质量 ☑服务", ["quality", "service"]),
        ("signature", "李明 2026年3月6日", {"present": True, "name": "李明", "date": "2026-03-06"}),
    ],
)  # fmt: skip
def test_each_type_is_written_as_the_contract_says(kind, text, expected):
    assert expected == value(kind, text)


def test_a_picture_in_the_cell_proves_a_signature_and_no_name():
    assert value("signature", "", mark=Mark.INK) == {"present": True, "name": None, "date": None}


@pytest.mark.parametrize(
    ("kind", "text", "native", "expected"),
    [
        ("date", "5-Mar", datetime(2026, 3, 5), "2026-03-05"),
        ("date", "3/5/26", date(2026, 3, 5), "2026-03-05"),
        ("datetime", "3/5/26 14:30", datetime(2026, 3, 5, 14, 30), "2026-03-05T14:30"),
        ("datetime", "3/5/26", datetime(2026, 3, 5), "2026-03-05"),
        ("datetime", "3/5/26 14:30", datetime(2026, 3, 5, 14, 29, 59, 999_000), "2026-03-05T14:30"),
        ("integer", "3", 3.0, 3),
        ("integer", "3.0", Decimal("3.0"), 3),
        ("money", "1,235", 1234.56, "1234.56"),
        ("money", "1.2万", 12000.0, "12000.00"),
        ("money", "1.2万元", 12345, "12345.00"),
        ("money", "1.2万元", 1.2, "12000.00"),
        ("money", "0.1", 0.1, "0.10"),
        ("phone", "1.38E+10", 13800138000.0, "13800138000"),
        ("phone", "0755-26881234", 75526881234, "0755-26881234"),
        ("text", "28082971", 28082971.0, "28082971"),
        ("text", "2.81E+07", 28082971, "28082971"),
    ],
)
def test_native_values_are_honoured_where_they_are_exact(kind, text, native, expected):
    assert expected == value(kind, text, value=native)


def test_the_unit_of_the_label_counts():
    assert value("money", "1.2", label="信用额度（万元）") == "12000.00"
    assert value("quantity", "8", label="数量(桶)") == {"amount": "8", "unit": "桶"}


@pytest.mark.parametrize("text", ["", "  ", "请填写", "____", "（必填）"])
@pytest.mark.parametrize("kind", ["text", "person", "date", "money", "phone", "signature"])
def test_a_blank_or_a_placeholder_leaves_the_key_out(kind, text):
    assert value(kind, text) == "absent"


@pytest.mark.parametrize("kind", ["choice", "choices"])
def test_unticked_options_leave_the_key_out(kind):
    assert value(kind, "□质量 □服务") == "absent"


@pytest.mark.parametrize("text", ["无", "/", "—", "N/A", "暂无"])
@pytest.mark.parametrize("kind", ["text", "organisation", "date", "money", "integer", "phone", "choice"])
def test_a_written_none_is_null(kind, text):
    assert value(kind, text) is None


@pytest.mark.parametrize(
    ("kind", "text", "codes"),
    [
        ("text", "无", ()),
        ("date", "无", ("missing",)),
        ("person", "/", ("missing",)),
        ("text", "", ("missing",)),
        ("choice", "□质量 □服务", ("missing",)),
    ],
)
def test_a_required_text_may_be_none_and_nothing_else_may(kind, text, codes):
    _, findings = read(kind, text, required=True)

    assert codes == tuple(finding.code for finding in findings)


def test_a_required_field_that_was_not_found_is_missing_by_its_label():
    form = form_of(Field(id="a", label="来信日期", type=FieldType.DATE, required=True))

    record, (finding,) = validate(Candidate(form="letter", readings={}), form)

    assert record.values == {}
    assert (
        finding.code,
        finding.severity,
        finding.field,
        finding.message,
    ) == ("missing", Severity.RETURN, "a", "缺少“来信日期”。")


@pytest.mark.parametrize(
    ("kind", "text", "year"),
    [
        ("date", "3月5日", None),
        ("choice", "☑质量 ☑服务", 2026),
        ("money", "1000元 人民币贰仟元整", 2026),
        ("integer", "三四页", 2026),
        ("uscc", "91440300MA5DA1234X", 2026),
        ("date", "同上", 2026),
        ("datetime", "明天下午", 2026),
    ],
)
def test_what_is_not_certain_is_a_finding_and_no_value(kind, text, year):
    record, (finding,) = read(kind, text, year=year)

    assert record.values == {}
    assert (finding.severity, finding.field) == (Severity.RETURN, "a")
    assert finding.message.startswith("“甲”")
    assert finding.english
    assert {"a"} == set(record.sources)


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        ("error-value", "unreadable"),
        ("no-cached-value", "unreadable"),
        ("checkbox-disagrees", "ambiguous"),
        ("conflict", "conflict"),
        ("ditto-without-value", "ambiguous"),
        ("new-one", "unreadable"),
    ],
)
def test_a_place_that_cannot_be_trusted_gives_a_finding_and_no_value(problem, code):
    record, (finding,) = read("text", "#REF! {0}", problem=problem)

    assert ({}, code, Severity.RETURN) == (record.values, finding.code, finding.severity)


def test_a_cell_whose_year_no_form_would_bear_is_a_finding():
    record, (finding,) = read("date", "1905/7/18", value=datetime(1905, 7, 18))

    assert record.values == {}
    assert finding.severity is Severity.RETURN


def test_a_code_kept_as_a_number_has_lost_its_end():
    _, (finding,) = read("uscc", "9.14E+17", value=914403001922038000.0)

    assert finding.code == "unreadable"


def test_a_weak_recognition_keeps_its_value_and_asks_a_person():
    record, (finding,) = read("text", "纯苯", confidence=0.55)

    assert (record.values, finding.code) == ({"a": "纯苯"}, "low-confidence")


def test_every_finding_is_told_at_once_in_the_order_of_the_form_and_the_doubts_of_extraction_last():
    fields = [Field(id=id, label=id, type=FieldType.DATE, required=True) for id in "abc"]
    doubt = Finding(code="unmapped", severity=Severity.RETURN, message="未识别")
    candidate = Candidate(form="letter", readings={"b": reading("明天")}, doubts=(doubt,))

    _, findings = validate(candidate, form_of(*fields))

    assert [finding.field for finding in findings] == ["a", "b", "c", None]
    assert doubt is findings[-1]


ROWS = Field(
    id="rows",
    label="明细",
    type=FieldType.ROWS,
    required=True,
    fields=(
        Field(id="customer", label="客户", type=FieldType.ORGANISATION, required=True),
        Field(id="time", label="时间", type=FieldType.TEXT, required=True),
    ),
)


def rows_of(*rows):
    readings = tuple({id: reading(text) for id, text in row.items()} for row in rows)
    return validate(Candidate(form="letter", readings={}, rows={"rows": readings}), form_of(ROWS))


def test_the_table_of_a_form_is_a_list_of_objects():
    record, findings = rows_of(
        {"customer": "甲 公司", "time": "9:00-11:30"}, {"customer": "乙公司", "time": "下午"}
    )

    assert findings == ()
    assert record.values["rows"] == [
        {"customer": "甲公司", "time": "9:00-11:30"},
        {"customer": "乙公司", "time": "下午"},
    ]


def test_a_finding_in_the_table_names_its_row():
    record, (first, second) = rows_of(
        {"customer": "甲公司", "time": "早上"}, {"customer": "乙公司"}, {"customer": "/", "time": "晚上"}
    )

    assert (first.field, first.message) == ("rows", "第2行缺少“时间”。")
    assert (second.field, second.message) == ("rows", "第3行缺少“客户”。")
    assert len(record.values["rows"]) == 3


def test_blank_rows_are_none_and_a_table_without_rows_is_missing():
    record, (finding,) = rows_of({"customer": "", "time": " "})

    assert (record.values, finding.code, finding.field) == ({}, "missing", "rows")


def test_a_record_keeps_where_its_values_were_read_and_drops_what_no_field_is():
    field = Field(id="a", label="甲", type=FieldType.TEXT)
    candidate = Candidate(
        form="letter", readings={"a": reading("一"), "z": reading("二")}, position="body", row=3
    )

    record, _ = validate(candidate, form_of(field))

    assert ({"a": "一"}, {"a"}, "body", 3) == (
        dict(record.values),
        set(record.sources),
        record.position,
        record.row,
    )
