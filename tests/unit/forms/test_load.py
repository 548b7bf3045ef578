"""Definitions are read strictly and every problem is told at once, with its place."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

import pytest

from formflow.errors import SchemaError
from formflow.forms.load import load_form, load_forms
from formflow.forms.spec import FieldType

GOOD = """\
form: letter
title: 来信登记表
register: {series: LX, number: "{series}-{year}-{serial:04}"}
fields:
  sender: {label: 来信人, type: person, required: true}
  sent_on: {label: 来信日期, type: date}
"""


def write(folder: Path, text: str, name: str = "letter.yaml") -> Path:
    folder = folder / "schemas"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(SchemaError) as caught:
        load_form(write(folder, text))
    return caught.value.message.english


def test_a_definition_becomes_a_frozen_form_with_lines_and_version(tmp_path):
    path = write(tmp_path, GOOD)

    form = load_form(path)

    assert (form.id, form.titles, form.layouts) == ("letter", ("来信登记表",), ("record",))
    assert (
        form.field("sender").type,
        form.field("sender").required,
        form.field("sender").line,
    ) == (FieldType.PERSON, True, 5)
    assert hashlib.sha256(path.read_bytes()).hexdigest()[:12] == form.version
    assert path == form.path
    assert form == pickle.loads(pickle.dumps(form))


def test_an_unknown_key_is_refused_with_its_line_and_the_nearest_known_one(tmp_path):
    message = refusal(tmp_path, GOOD.replace("required: true", "requird: true"))

    assert message.startswith("schemas/letter.yaml:5: fields.sender.requird is no key that is known here")
    assert message.endswith("did you mean required?")


def test_every_problem_is_told_at_once_in_order_of_place(tmp_path):
    text = GOOD.replace("title: 来信登记表", "titel: 来信登记表").replace("type: date", "type: day")
    text = text.replace("label: 来信人, ", "")

    lines = refusal(tmp_path, text).splitlines()

    assert len(lines) == 4
    assert [line.split(":")[1] for line in lines] == ["1", "2", "5", "6"]
    assert "title is missing" in lines[0]
    assert "did you mean title?" in lines[1]
    assert "fields.sender.label is missing" in lines[2]
    assert "is 'day'; expected one of text, person" in lines[3]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("required", "NO"),
        ("required", "off"),
        ("required", '"true"'),
        ("required", "1"),
        ("required", "null"),
        ("label", "3"),
        ("label", "3.9"),
        ("label", "true"),
        ("label", "''"),
        ("label", "null"),
        ("also", "来函人"),
        ("also", "[3]"),
        ("options", "[甲]"),
    ],
)
def test_nothing_is_converted(tmp_path, key, value):
    text = GOOD.replace("type: person, required: true", f"type: person, {key}: {value}")
    if key == "label":
        text = text.replace("label: 来信人, ", "")

    assert f"fields.sender.{key}" in refusal(tmp_path, text)


def test_yaml_1_2_words_that_1_1_took_for_booleans_are_texts(tmp_path):
    text = GOOD.replace("title: 来信登记表", "title: NO\nalso: [off, yes]")

    assert load_form(write(tmp_path, text)).titles == ("NO", "off", "yes")


def test_a_text_may_stand_for_a_list_of_one_where_options_and_documents_are_named(tmp_path):
    text = (
        GOOD
        + "  way: {label: 方式, type: choice, options: {post: 邮寄, hand: [面交, 当面]}}\n"
        + "documents: {registered: a.docx, returned: [b.docx, {template: c.docx, when: has(record.way)},"
        + " {template: d.docx, engine: docxtpl}]}\n"
    )

    form = load_form(write(tmp_path, text))

    assert form.field("way").options == {"post": ("邮寄",), "hand": ("面交", "当面")}
    assert form.documents == {"registered": ("a.docx",), "returned": ("b.docx", "c.docx", "d.docx")}
    assert form.conditions == {"c.docx": "has(record.way)"}
    assert form.engines == {"d.docx": "docxtpl"}


@pytest.mark.parametrize("name", ["../a.docx", "a.doc", "/a.docx", "a\\b.docx", ".docx", "~a.docx"])
def test_a_template_is_the_plain_name_of_a_docx(tmp_path, name):
    assert "documents.registered" in refusal(tmp_path, GOOD + f"documents: {{registered: '{name}'}}\n")


def test_a_file_that_is_not_there_or_a_folder_that_is_none_is_a_schema_error(tmp_path):
    with pytest.raises(SchemaError):
        load_form(tmp_path / "none.yaml")
    with pytest.raises(SchemaError):
        load_forms(tmp_path / "none")


def test_a_folder_is_loaded_by_id_and_the_problems_of_all_files_are_told_together(tmp_path):
    write(tmp_path, GOOD)
    write(
        tmp_path,
        GOOD.replace("letter", "memo").replace("来信登记表", "便函").replace("LX", "BH"),
        "memo.yaml",
    )

    assert list(load_forms(tmp_path / "schemas")) == ["letter", "memo"]

    write(tmp_path, GOOD.replace("type: date", "type: day"))
    write(tmp_path, "form: memo\n", "memo.yaml")
    with pytest.raises(SchemaError) as caught:
        load_forms(tmp_path / "schemas")

    assert "schemas/letter.yaml:6" in caught.value.message.english
    assert "schemas/memo.yaml:1" in caught.value.message.english


def test_two_forms_with_one_title_or_one_series_are_refused(tmp_path):
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("letter", "memo"), "memo.yaml")

    with pytest.raises(SchemaError) as caught:
        load_forms(tmp_path / "schemas")

    assert "series LX is that of form letter too" in caught.value.message.english
    assert "title 来信登记表 is that of form letter too" in caught.value.message.english
