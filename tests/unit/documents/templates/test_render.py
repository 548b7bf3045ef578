from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import docx
import pytest
from tests.unit.documents.templates.test_against_docxtpl import png
from tests.unit.documents.visible import pictures, visible

from formflow.documents.templates.context import Facts, context_of
from formflow.documents.templates.dealings import Trade, TradeHistory
from formflow.documents.templates.missing import where
from formflow.documents.templates.opinions import Opinion
from formflow.documents.templates.render import render_document, render_returned
from formflow.documents.templates.symbol import symbol_png
from formflow.model import Finding, Reading, Receipt, Record, Severity, Source
from formflow.values.entrycode import EntryCode


def text_of(content: bytes) -> str:
    return "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{{ customer_name }} {{ record.amount }}", "甲<公司> ¥12,000.00"),
        ("{{ amount|capital }}", "人民币壹万贰仟元整"),
        ("{{ category.boxes }}", "☑质量 ☐服务"),
        ("{% if category == 'quality' %}HSE部{% endif %}", "HSE部"),
        ("{% for r in record.rows %}{{ r.customer }}{% endfor %}", "一二"),
        ("{{ entry.number }} {{ entry.registered_on }}", "XB-2026-0001 2026年3月20日"),
        ("{{ receipt.at }}", "2026年3月20日 09:30"),
        ("{{ entry.remark }}", "补登：按 2026年3月18日 收到计算，实际于 2026年3月20日 收到"),
        ("{{ office.company }} {{ form.policy }}", "华南&公司 甲-1 规定"),
        ("{% for c in checks %}{{ c.article }}{{ c.conclusion }};{% endfor %}", "第二条不符合;第三条—;"),
        ("{% for f in findings %}{{ f.article }}：{{ f.message }}{% endfor %}", "第二条：超过1个月"),
        ("{% for f in fields %}{{ f.label }}、{% endfor %}", "客户名称、首次交易日期、金额、类别、批示、"),
        ("{{ leader.name }} {{ leader.on }}", "李明 2026年3月6日"),
        ("{{ step.leader.title }}{{ step.leader.by }}", "主管领导"),
        ("{{ history.checked }}{{ issued_on }}", "否2026年3月20日"),
    ],
)
def test_a_template_can_name_what_the_entry_is_about(template, entry, form, settings, written, expected):
    assert expected == text_of(render_document(template(written), entry, form, settings))


def test_an_approver_who_rejects_is_a_reason_after_the_findings(entry, form, settings):
    said = Opinion(role="leader", decision="reject", by="彭建国", on=date(2026, 3, 24))

    context = context_of(
        form, entry.values, entry.findings, entry.receipt, settings, entry=entry, facts=Facts(opinions=[said])
    )

    assert ["超过1个月", "主管领导意见：不同意（彭建国，2026年3月24日）"] == [
        r["message"] for r in context["reasons"]
    ]


def test_the_history_is_listed_with_its_period(template, entry, form, settings):
    trades = (Trade(on=date(2024, 1, 2), amount="100.00", sample=True),)
    history = TradeHistory(since=date(2023, 3, 5), until=date(2026, 3, 4), trades=trades)
    path = template("{{ history.since }}{% for t in history.trades %} {{ t.on }}{{ t.amount }}{% endfor %}")

    content = render_document(path, entry, form, settings, facts=Facts(history=history))

    assert "2023年3月5日 2024年1月2日¥100.00" == text_of(content)


def test_a_form_that_goes_back_says_what_is_missing_and_where(template, form, settings):
    reading = Reading(text="☑质量 ☑服务", source=Source(part="page 2", ref="table 1 R4C2"))
    findings = [
        Finding(code="missing", severity=Severity.RETURN, message="没有填写", field="amount"),
        Finding(code="ambiguous", severity=Severity.RETURN, message="两个勾", field="category"),
        Finding(code="large", severity=Severity.NOTE, message="提示而已"),
    ]
    record = Record(form="small", values={}, sources={"category": reading})
    receipt = Receipt(at=datetime(2026, 3, 20, tzinfo=UTC), name="表.pdf")
    path = template(
        "{% for m in missing %}{{ m.label }}|{{ m.problem }}|{{ m.where }}|{{ m.text }};{% endfor %}"
    )

    content = render_returned(path, record, findings, form, receipt, settings)

    assert "金额|未填写||;类别|填写有歧义|第2页 表1第4行第2列|☑质量 ☑服务;" == text_of(content)


@pytest.mark.parametrize(
    ("part", "ref", "expected"),
    [
        ("body", "paragraph 4", "正文 第4段"),
        ("header 1", "paragraph 1", "页眉1 第1段"),
        ("Sheet1", "B7", "Sheet1 单元格B7"),
        ("body", "control:customer_name", "正文"),
        ("review", "李明: 电话核实", "人工更正"),
        ("comments", "paragraph", ""),
    ],
)
def test_a_place_is_said_as_a_clerk_would_say_it(part, ref, expected):
    assert expected == where(Source(part=part, ref=ref))


def test_the_same_entry_gives_the_same_bytes(template, entry, form, settings):
    path = template("{{ customer_name }}")

    assert render_document(path, entry, form, settings) == render_document(path, entry, form, settings)


@pytest.mark.parametrize("kept", [True, False])
def test_an_approver_signs_with_a_picture_where_the_office_keeps_one(entry, form, settings, template, kept):
    path = template("签字：{{ step.leader.signature }}　{{ step.leader.on }}")
    opinion = Opinion(role="leader", decision="approve", by="李明", on=date(2026, 3, 7))
    facts = Facts(opinions=(opinion,), signatures={"李明": png()} if kept else {})

    content = render_document(path, entry, form, settings, facts=facts)

    (line,) = visible(content)["word/document.xml"]
    assert ("签字：　2026年3月7日" if kept else "签字：李明　2026年3月7日") == line
    assert ([png()] if kept else []) == pictures(content)


def test_a_document_carries_the_code_that_finds_its_entry(entry, form, settings, template):
    content = render_document(template("{{ entry.qr|at(20, 10) }}"), entry, form, settings)

    symbol = symbol_png(str(EntryCode(series="XB", year=2026, serial=1)))
    assert [symbol] == pictures(content)
    assert b"wp:anchor" in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")
