"""`check`: what it says of templates, each of which it has checked in a process of its own."""

from __future__ import annotations

import docx
from tests.support.templates import deep_template, endless_template

from formflow.engine import checking


def test_every_wrong_template_is_named_once_whatever_it_does(line, monkeypatch):
    monkeypatch.setattr(checking, "CHECK_SECONDS", 1.0)
    templates = line.folder / "templates"
    endless_template(templates / "notice-not-recognised.docx")
    deep_template(templates / "notice-recognised.docx")
    (templates / "approval-new-customer.docx").unlink()
    document = docx.Document()
    document.add_paragraph("{{ nothing_of_the_kind }}")
    document.save(str(templates / "notice-returned.docx"))
    told = line.run("check")

    assert 3 == told.status
    by_template = {
        name: [one for one in told.out.splitlines() if one.startswith(f"templates/{name}.docx")]
        for name in ("notice-not-recognised", "notice-recognised", "approval-new-customer", "notice-returned")
    }
    assert ["s of processor time" in one for one in by_template["notice-not-recognised"]] == [True]
    assert ["nested too deeply" in one for one in by_template["notice-recognised"]] == [True]
    assert ["no such template" in one for one in by_template["approval-new-customer"]] == [True]
    assert {True} == {"no field 'nothing_of_the_kind'" in one for one in by_template["notice-returned"]}
    assert len(set(by_template["notice-returned"])) == len(by_template["notice-returned"])
