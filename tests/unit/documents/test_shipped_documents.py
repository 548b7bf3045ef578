"""Every document that is shipped, for every form that is: Chinese throughout, and nothing of the program's own words."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from lxml import etree

from formflow.documents.templates.context import Facts, context_of
from formflow.documents.templates.dealings import Trade, TradeHistory
from formflow.documents.templates.opinions import Opinion
from formflow.documents.templates.render import render_document, render_returned, title_of
from formflow.forms.load import load_forms
from formflow.forms.samples import sample_value
from formflow.model import Entry, Finding, Outcome, Reading, Receipt, Record, Severity, Source
from formflow.rules.calendar import load_calendar
from formflow.rules.examples import run
from formflow.settings import Settings
from formflow.store.store import Store

ROOT = Path(__file__).parents[3]
FORMS = load_forms(ROOT / "schemas")
SETTINGS = Settings(workspace=ROOT, company="华南石化销售有限公司", department="营销管理部")
CAME = datetime(2026, 11, 29, 11, 55, tzinfo=timezone(timedelta(hours=8)))
ARCHIVE_NO = "〇〇—档号"
ABBREVIATIONS = {"HSE"}
NUMBERS = re.compile(r"\b[A-Z]{2,3}-\d{4}-\d{4}\b")
"""Of entries, as the rules' examples have them."""
ARTICLES = re.compile(r"\b\d\.\d[a-z]\b")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAPERS = [
    (form, event, template)
    for form in FORMS.values()
    for event, templates in form.documents.items()
    for template in templates
]
papers = pytest.mark.parametrize(
    ("form", "event", "template"), PAPERS, ids=[f"{f.id}-{e}-{t}" for f, e, t in PAPERS]
)


def told(form) -> tuple[Finding, ...]:
    """What the form's rules say in all the cases that their own examples show."""
    calendar = load_calendar(None)
    verdicts = [run(example, rule, form, calendar) for rule in form.rules for example in rule.examples]
    found = {v.finding.message: v.finding for v in verdicts if v.finding is not None}
    return tuple(found.values())


def entry_of(form, findings=(), outcome=Outcome.ACCEPT, claimed=None) -> Entry:
    values = {field.id: sample_value(field) for field in form.fields}
    number = form.register.number.format(series=form.register.series, year=2026, serial=7)
    return Entry(
        series=form.register.series,
        year=2026,
        serial=7,
        number=number,
        form=form.id,
        values=values,
        findings=findings,
        outcome=outcome,
        registered_at=CAME + timedelta(minutes=1),
        receipt=Receipt(at=CAME, name="申请表.docx", claimed_on=claimed),
        digest="0" * 64,
        submission="20261129-115500-0000000000",
        record="r",
    )


def opinions(form, decision="approve"):
    said = [
        Opinion(role=s.role, decision="approve", by="李明", on=CAME.date(), opinion="先款后货")
        for s in form.approval
    ]
    return [*said[:-1], replace(said[-1], decision=decision)] if said else []


def contents(form, event, template):
    """The document in its kinds: nothing against it and everything, with and without what the office knows."""
    path = ROOT / "templates" / template
    findings = told(form)
    if event == "returned":
        record = Record(
            form=form.id,
            values=entry_of(form).values,
            sources={form.fields[0].id: Reading(text="三月", source=Source(part="review", ref="李明"))},
        )
        missing = Finding(
            code="unreadable", severity=Severity.RETURN, message="看不清。", field=form.fields[0].id
        )
        facts = Facts(reference="20261129-115500-0000000000", issued_on=CAME.date(), due_on=date(2026, 12, 7))
        receipt = replace(entry_of(form).receipt, claimed_on=date(2026, 3, 20))
        yield render_returned(path, record, (missing, *findings), form, receipt, SETTINGS, facts=facts)
    history = TradeHistory(since=date(2023, 3, 5), until=date(2026, 3, 4))
    loaded = replace(history, loaded_since=date(2022, 1, 1), loaded_until=date(2026, 2, 1))
    decision = {"approved": "approve", "rejected": "reject", "returned": "return"}.get(event)
    for known in (
        None,
        history,
        loaded,
        replace(loaded, trades=(Trade(on=date(2025, 1, 2), amount="9.00"),)),
    ):
        for found, outcome in (((), Outcome.ACCEPT), (findings, Outcome.REJECT), (findings, Outcome.REFER)):
            facts = Facts(
                archive_no=ARCHIVE_NO,
                opinions=opinions(form, decision) if decision else (),
                history=known,
                applied={rule.id for rule in form.rules[1:]},
                due_on=date(2026, 12, 7),
            )
            entry = entry_of(form, found, outcome, claimed=date(2026, 3, 20))
            yield render_document(path, entry, form, SETTINGS, facts=facts)


def texts(content: bytes) -> str:
    """Everything a reader sees in any part of the document, fields' instructions apart, and its title."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [n for n in package.namelist() if re.match(r"word/(document|header|footer)\d*\.xml$", n)]
        shown = [t.text or "" for n in parts for t in etree.fromstring(package.read(n)).iter(f"{W}t")]
    return "\n".join([*shown, title_of(content)])


@papers
def test_a_document_is_chinese_but_for_values_and_known_abbreviations(form, event, template):
    entry = entry_of(form)
    quoted = [
        form.title,
        entry.number,
        entry.receipt.name,
        form.policy,
        *(rule.article for rule in form.rules),
        *ABBREVIATIONS,
    ]
    quoted += [text for field in form.fields for texts in field.options.values() for text in texts]
    for content in contents(form, event, template):
        text = ARTICLES.sub("", NUMBERS.sub("", texts(content)))
        for value in sorted(quoted, key=len, reverse=True):
            text = text.replace(value, "") if value else text

        assert [] == re.findall(r".{0,9}[A-Za-z].{0,20}", text)
        assert [] == re.findall(r"\d{4}-\d{1,2}-\d{1,2}(?!\d)", text)
        assert "□" not in text


@papers
def test_a_document_is_named_by_its_chinese_title(form, event, template):
    for content in contents(form, event, template):
        assert re.search(r"[\u4e00-\u9fff]{3}", title_of(content))


@papers
def test_no_letter_is_dated_before_its_form_came(form, event, template):
    if template.startswith(("approval", "handling", "report")):
        pytest.skip("is no letter")
    before = Facts(issued_on=date(2026, 3, 20))
    entry = entry_of(form, claimed=date(2026, 3, 20))
    text = texts(render_document(ROOT / "templates" / template, entry, form, SETTINGS, facts=before))

    assert "2026年11月29日" in text


def recognised(found=(), history=None, applied=(), said="先款后货") -> str:
    form = FORMS["new_customer"]
    facts = Facts(
        applied=applied,
        history=history,
        opinions=[Opinion(role="leader", decision="approve", by="罗建国", on=CAME.date(), opinion=said)],
    )
    entry = entry_of(form, found, Outcome.REJECT if found else Outcome.ACCEPT)
    return texts(
        render_document(ROOT / "templates/notice-recognised.docx", entry, form, SETTINGS, facts=facts)
    )


def test_a_rule_that_could_not_be_asked_is_not_called_kept():
    form = FORMS["new_customer"]
    rule = form.rules[0]
    error = Finding(code="rule-error", severity=Severity.REFER, message="无法自动判断", article=rule.article)
    entry = entry_of(form, (error,), Outcome.REFER)
    context = context_of(
        form,
        entry.values,
        entry.findings,
        entry.receipt,
        SETTINGS,
        entry=entry,
        facts=Facts(applied={rule.id}),
    )

    assert "待确认" == context["checks"][0]["conclusion"]
    assert rule.id not in {check["id"] for check in context["entry"]["held"]}


def test_the_recognition_claims_no_check_that_was_not_made():
    text = recognised()

    assert "核对符合" not in text
    assert "交易记录" not in text


def test_the_recognition_names_what_was_found_and_who_decided_otherwise():
    (found,) = [
        f for f in told(FORMS["new_customer"]) if f.code == "nc-no-trade-in-3-years" and "118" in f.message
    ] or [
        next(
            f
            for f in told(FORMS["new_customer"])
            if f.severity is Severity.REJECT and "不是新客户" in f.message
        )
    ]
    held = {"nc-within-one-month", "nc-no-trade-in-3-years"}
    history = TradeHistory(
        since=date(2023, 3, 5),
        until=date(2026, 3, 4),
        loaded_since=date(2022, 1, 1),
        trades=(Trade(on=date(2025, 1, 2)),),
    )
    text = recognised((found,), history, held, said="赠品补差，予以认定")
    kept, _, against = text.partition("决定仍予认定的情况")

    assert "一个月内" not in kept
    assert "超过1个月,不给予认定" in kept
    assert "历史交易记录,确认没有业务往来" not in kept
    assert found.message.rstrip("。") in against
    assert "无业务往来。" not in text
    assert "赠品补差，予以认定" in against
    assert "罗建国" in against


def test_the_recognition_says_only_what_the_records_reach():
    history = TradeHistory(
        since=date(2023, 3, 5),
        until=date(2026, 3, 4),
        loaded_since=date(2022, 1, 1),
        loaded_until=date(2026, 2, 1),
    )

    assert "已查 2023年3月5日 至 2026年2月1日 的交易记录" in recognised(history=history)
    assert "已查" not in recognised(history=replace(history, loaded_since=date(2024, 1, 1)))


def test_an_approver_who_returns_an_entry_is_quoted_with_addressee_deadline_and_number():
    form = FORMS["new_customer"]
    facts = Facts(
        opinions=[
            Opinion(
                role="sales_manager", decision="return", by="钟国栋", on=CAME.date(), opinion="请补充开票资料"
            )
        ],
        issued_on=CAME.date(),
        due_on=date(2026, 12, 7),
    )
    entry = entry_of(form)
    text = texts(render_document(ROOT / "templates/notice-returned.docx", entry, form, SETTINGS, facts=facts))

    for part in (
        "请补充开票资料",
        "钟国栋",
        "示例",
        "2026年12月7日前",
        f"已登记为 {entry.number}",
        f"{entry.number} 补正",
    ):
        assert part in text
    assert "不予登记编号" not in text


@papers
def test_internal_documents_bear_the_chain_and_letters_do_not(form, event, template):
    facts = Facts(chain="0123456789abcdef" * 4, opinions=opinions(form))
    text = texts(render_document(ROOT / "templates" / template, entry_of(form), form, SETTINGS, facts=facts))

    internal = template.startswith(("approval", "handling", "report"))
    assert internal == ("审计链 0123456789abcdef\n" in f"{text}\n")


def test_what_is_printed_of_the_chain_is_found_in_it(tmp_path):
    audit = Store.open(f"sqlite:///{tmp_path}/a.db", tmp_path / "originals").audit
    line = audit.append("entered", "XKH-2026-0007", {}, at=CAME)
    form = FORMS["new_customer"]
    context = context_of(
        form, {}, (), entry_of(form).receipt, SETTINGS, entry=entry_of(form), facts=Facts(chain=line)
    )

    assert audit.holds(context["entry"]["chain"])
    assert not audit.holds("0" * len(context["entry"]["chain"][:-1]) + "1")
