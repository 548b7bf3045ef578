from __future__ import annotations

import json
import shutil

import pytest
from tests.unit.archive.conftest import BOOK, NOW

from formflow.archive.examination import FAILED, NOT_CHECKED, PASSED, examine
from formflow.forms.spec import Field, FieldType, Form

CSV = "客户,金额\n华南,1\n".encode()


@pytest.fixture
def results(workspace):
    fields = (Field(id="customer_name", label="客户名称", type=FieldType.TEXT, required=True),)
    forms = {"new_customer": Form(id="new_customer", title="新客户开发申请表", fields=fields, register=BOOK)}

    def examined(**only):
        made = examine(workspace.root, workspace.store, forms, at=NOW, **only)
        return {check.id: check.result for check in made.checks}, made

    return examined


def test_what_formflow_cannot_check_is_said_and_the_rest_passes(workspace, results):
    workspace.archive(workspace.enter(CSV, "登记簿.csv"))

    found, made = results()

    assert {"signature", "format", "rendering", "virus", "carrier"} == {
        id for id, result in found.items() if result == NOT_CHECKED
    }
    assert {PASSED} == {result for result in found.values() if result != NOT_CHECKED}
    assert made.ok


def test_an_empty_archive_passes_nothing(results):
    found, made = results()

    assert {"process"} >= {id for id, result in found.items() if result != NOT_CHECKED}
    assert made.ok


@pytest.mark.parametrize(
    ("damage", "failed"),
    [
        (lambda folder: (folder / "data/original/登记簿.csv").write_bytes(b"forged"), {"content", "package"}),
        (
            lambda folder: (folder / "data/record.json").write_text("{}"),
            {"content", "package", "metadata", "record"},
        ),
        (lambda folder: shutil.rmtree(folder), {"count"}),
        (
            lambda folder: (folder / "bag-info.txt").write_text("External-Identifier: XKH-2026-0009\n"),
            {"content", "package", "identity"},
        ),
        (lambda folder: (folder / "tagmanifest-sha256.txt").write_text(""), {"seal", "content", "package"}),
    ],
)
def test_damage_fails_the_checks_that_it_concerns(workspace, results, damage, failed):
    damage(workspace.archive(workspace.enter(CSV, "登记簿.csv")).folder)

    found, made = results()

    assert failed == {id for id, result in found.items() if result == FAILED}
    assert not made.ok


def test_an_original_that_nobody_can_open_is_not_usable(workspace, results):
    workspace.archive(workspace.enter(b"\x00\x01 no known kind", "x.bin"))

    found, _ = results()

    assert FAILED == found["readable"]


def test_the_report_is_json_with_both_languages(workspace, results):
    workspace.archive(workspace.enter(CSV, "登记簿.csv"))

    told = json.loads(json.dumps(results(series="XKH", year=2026)[1].as_json()))

    assert ("XKH-2026", 1, True) == (told["scope"], told["entries"], told["ok"])
    assert all(check["name"]["zh"] and check["name"]["en"] for check in told["checks"])
    assert ["authenticity", "integrity", "usability", "security"] == list(
        dict.fromkeys(check["nature"] for check in told["checks"])
    )
