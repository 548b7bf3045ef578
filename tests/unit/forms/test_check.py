"""The structure of a definition: names that lead nowhere and labels that clash."""

from __future__ import annotations

import pytest

from formflow.errors import SchemaError
from formflow.forms.load import load_form

BASE = {
    "form": "letter",
    "title": "来信登记表",
    "layout": "[record]",
    "register": '{series: LX, number: "{series}-{year}-{serial:04}"}',
    "fields": "{sender: {label: 来信人, type: person}, sent_on: {label: 来信日期, type: date}}",
}


def refusal(tmp_path, name="letter.yaml", **changed):
    path = tmp_path / name
    path.write_text(
        "".join(f"{key}: {value}\n" for key, value in {**BASE, **changed}.items()), encoding="utf-8"
    )
    with pytest.raises(SchemaError) as caught:
        load_form(path)
    return caught.value.message.english


RULE = (
    "{id: a-b, article: 一, holds: 'true', else: {outcome: note, message: 甲}, examples: [{expect: holds}]}"
)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"form": "other"}, "a definition is named by its form; name it other.yaml"),
        ({"fields": "{}"}, "no fields"),
        ({"fields": "{Sender: {label: 来信人, type: person}}"}, "is no id"),
        (
            {"fields": "{a: {label: 日 期, type: date}, b: {label: 时间, also: [日期], type: date}}"},
            "label 日期 is that of a too",
        ),
        ({"fields": "{a: {label: 甲, type: choice}}"}, "with 0 options"),
        ({"fields": "{a: {label: 甲, type: text, options: {x: 一, y: 二}}}"}, "has options but is of type text"),
        ({"fields": "{a: {label: 甲, type: choice, options: {x: 其他, y: [其它, 其 他]}}}"}, "is that of option x too"),
        ({"fields": "{a: {label: 甲, type: choice, options: {x: [], y: 二}}}"}, "option x has no text"),
        ({"fields": "{a: {label: 甲, type: rows}}"}, "no fields"),
        ({"fields": "{a: {label: 甲, type: text, fields: {b: {label: 乙, type: text}}}}"}, "only rows has columns"),
        (
            {
                "fields": "{a: {label: 甲, type: rows, fields: {b: {label: 乙, type: rows, fields:"
                " {c: {label: 丙, type: text}}}}}}"
            },
            "a table inside a table",
        ),
        ({"layout": "[log]", "identity": "[sent_on]", "head": "[sendr]"}, "did you mean sender?"),
        ({"layout": "[log]"}, "a log without `identity`"),
        ({"head": "[sender]"}, "belongs to a log"),
        ({"layout": "[page]"}, "expected one of record, log"),
        ({"register": '{series: LX, number: "{series}-{serial}"}'}, "gives two records one number"),
        ({"register": '{series: LX, number: "{series}-{year}"}'}, "gives two records one number"),
        ({"register": '{series: LX, number: "{year}-{serail}"}'}, "{serail} in the pattern"),
        ({"register": '{series: LX, number: "{year.__class__}-{serial}"}'}, "in the pattern"),
        ({"register": '{series: LX, number: "{year}-{serial:999999999}"}'}, "in the pattern"),
        ({"register": '{series: LX, number: "{year}-{serial!r}"}'}, "in the pattern"),
        ({"register": '{series: LX, number: "{year}-{serial"}'}, "gives two records one number"),
        ({"register": '{series: lx, number: "{year}-{serial}"}'}, "capital letters"),
        ({"register": '{series: LX, number: "{year}-{serial}", retention: 10}'}, "expected one of Y, D30, D10"),
        ({"rules": f"[{RULE}, {RULE}]"}, "a second rule a-b"),
        ({"rules": f"[{RULE.replace('[{expect: holds}]', '[]')}]"}, "at least 1"),
        ({"rules": f"[{RULE.replace('note,', 'forbid,')}]"}, "expected one of note, return, refer, reject"),
        ({"rules": f"[{RULE.replace('else: {', 'else: {when: x,')}]"}, "the last case has a `when`"),
        (
            {"rules": f"[{RULE.replace('else: {outcome: note, message: 甲}', 'else: [{outcome: note, message: 甲}, {outcome: note, message: 乙}]')}]"},
            "no `when`",
        ),
        ({"documents": "{registred: a.docx}"}, "did you mean registered?"),
        ({"documents": "{registered: {template: a.docx, engine: docxtp}}"}, "expected one of compiled, docxtpl"),
        ({"documents": "{registered: {template: a.docx, engin: docxtpl}}"}, "did you mean engine?"),
        ({"documents": "{registered: {engine: docxtpl}}"}, "template is missing"),
        (
            {"documents": "{registered: a.docx, approved: [{template: a.docx, engine: docxtpl}]}"},
            "a.docx is filled by docxtpl here and by compiled above",
        ),
        ({"approval": "[{role: leeder}]"}, "expected one of salesperson, clerk"),
        ({"approval": "[{role: leader, decides: [aprove]}]"}, "expected one of approve, return, reject"),
        ({"parameters": "{a: [1]}"}, "parameters.a"),
    ],
)  # fmt: skip
def test_a_wrong_structure_is_told_with_what_was_expected(tmp_path, changed, said):
    assert said in refusal(tmp_path, **changed)


def test_a_label_may_stand_for_the_two_days_of_a_period_and_a_form_have_several_tables(tmp_path):
    fields = (
        "{a: {label: 开始日期, also: [起止时间], type: date}, b: {label: 结束日期, also: [起止时间], type: date},"
        " c: {label: 家庭, type: rows, fields: {d: {label: 关系, type: text}}},"
        " e: {label: 经历, type: rows, fields: {f: {label: 单位, type: text}}}}"
    )
    path = tmp_path / "letter.yaml"
    path.write_text(
        "".join(f"{key}: {value}\n" for key, value in {**BASE, "fields": fields}.items()), encoding="utf-8"
    )

    assert ["c", "e"] == [table.id for table in load_form(path).tables]


def test_a_label_of_a_day_and_a_text_is_no_period(tmp_path):
    fields = "{a: {label: 甲, also: [时间], type: date}, b: {label: 乙, also: [时间], type: text}}"

    assert "label 时间 is that of a too" in refusal(tmp_path, fields=fields)
