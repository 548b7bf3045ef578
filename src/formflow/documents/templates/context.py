"""What a template can name: one entry, its form and the office, in display form.

| name | what it is |
| --- | --- |
| field ids, `record.FIELD` | the record's values (`Shown`); a form's own table is a list of rows |
| `fields[]` | every value in the form's order: `id`, `label`, `text`, `boxes`, `value`, `approves` (the place where a step of the approval signs) |
| `tables[]` | a form's own tables, a line a row: `label`, `lines[]` |
| `entry` | `number`, `qr` (picture; the code that finds the entry when the paper comes back), `archive_no`, `series`, `year`, `serial`, `registered_on`, `registered_at`, `retention`, `outcome`, `outcome_text`, `backdated`, `remark` (补登), `corrects`, `digest`; `chain` (of the audit line that the document rests on, its first digits); lists `held` (checks that were made and are kept), `against` (findings that refer or reject), `decided` (steps of the approval that were taken) |
| `receipt` | `on`, `at`, `came_on`, `name`, `way`, `sender`, `sender_department`, `reference` (of a notice), `due_on` (by when a form is to be completed) |
| `office` | `company`, `department`, `fonds`, `organisation` |
| `form` | `id`, `title`, `policy` |
| `findings[]` | `code`, `article`, `message`, `severity`, `conclusion`, `field`, `label` |
| `checks[]` | every rule of the form: `id`, `article`, `conclusion`, `message`, `passed`, `applies` |
| `reasons[]` | why it is not accepted: `article`, `message`; findings that refer or reject, then approvers who reject |
| `missing[]` | what must be completed, by the findings or by an approver: `label`, `problem`, `where`, `text`, `message`, `remedy` |
| `steps[]`, `step.ROLE` | approval: `role`, `title`, `decision`, `decision_text`, `opinion`, `said` (both), `by`, `signature`, `on` |
| `history` | what the rules counted: `since`, `until`, `checked` (the records reach back so far and are certain), `doubt`, `loaded`, `loaded_since`, `counted_until`, `open_since` (from when on they hold nothing), `trades[]`: `on`, `number`, `product`, `amount`, `sample` |
| `issued_on` | the day printed on a notice |
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as declared
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from formflow.documents.templates.dealings import TradeHistory, history_context
from formflow.documents.templates.display import Shown, show, show_date, show_rows
from formflow.documents.templates.missing import missing_of
from formflow.documents.templates.opinions import Opinion, reasons_of, returned_by, steps_of
from formflow.documents.templates.rich import Symbol
from formflow.forms.spec import FieldType, Form
from formflow.model import Entry, Finding, Outcome, Reading, Receipt, Severity
from formflow.rules.assess import RULE_ERROR
from formflow.settings import Settings
from formflow.values.entrycode import EntryCode

RETENTIONS: Mapping[str, str] = {"Y": "永久", "D30": "30年", "D10": "10年"}
CONCLUSIONS: Mapping[Severity, str] = {
    Severity.NOTE: "提示",
    Severity.RETURN: "待补正",
    Severity.REFER: "待确认",
    Severity.REJECT: "不符合",
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.ACCEPT: "符合规定",
    Outcome.RETURN: "退回补正",
    Outcome.REFER: "待人工确认",
    Outcome.REJECT: "不符合规定",
}
SENDERS = ("salesperson", "applicant", "handler", "recorder", "host", "investigator", "clerk")
"""Fields that say who handed a form in, the first that is filled in."""
CHAIN_DIGITS = 16
"""Of a chain's hash that a document prints: enough for `register verify --since`."""
RESERVED = frozenset(
    "record entry receipt office form fields tables findings checks reasons missing steps step history issued_on loop".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a document shows beside the record itself.

    Attributes:
        archive_no: 档号, empty where none is given.
        issued_on: The day printed on a notice; None: the day of registration, else of receipt. Never printed before the
            day on which the form truly came.
        history: None: no rule counts the customer's transactions.
        signatures: Pictures of approvers' signatures by name; a name without one is printed.
        applied: Ids of the rules that applied; None: unknown, and then no rule is said to be kept.
        reference: By which a notice is found again, where there is no number.
        due_on: The day by which a form that goes back is to be completed.
        chain: Hash of the audit line that the document rests on, 64 hexadecimal digits; printed, its first 16 are
            enough for `formflow register verify --since`. Empty where there is none.
    """

    archive_no: str = ""
    opinions: Sequence[Opinion] = ()
    history: TradeHistory | None = None
    issued_on: date | None = None
    signatures: Mapping[str, bytes] = declared(default_factory=dict)
    applied: Collection[str] | None = None
    reference: str = ""
    due_on: date | None = None
    chain: str = ""


NO_FACTS = Facts()


def context_of(
    form: Form,
    values: Mapping[str, Any],
    findings: Sequence[Finding],
    receipt: Receipt,
    settings: Settings,
    *,
    entry: Entry | None = None,
    sources: Mapping[str, Reading] | None = None,
    facts: Facts = NO_FACTS,
) -> dict[str, Any]:
    """The context of a document.

    Args:
        values: The record's, in the JSON contract's form.
        entry: None for a form that goes back and has no number.
        sources: Where the values were read, for a notice of what is missing.
    """
    zone = ZoneInfo(settings.timezone)
    shown: dict[str, Any] = {
        field.id: show_rows(field, values) if field.type is FieldType.ROWS else show(field, values)
        for field in form.fields
    }
    came = receipt.at.astimezone(zone)
    issued_on = max(
        facts.issued_on or (entry.registered_at if entry else receipt.at).astimezone(zone).date(), came.date()
    )
    context: dict[str, Any] = {name: value for name, value in shown.items() if name not in RESERVED}
    steps = steps_of(form, facts.opinions, facts.signatures)
    told = [_finding(finding, form) for finding in findings]
    checks = _checks(form, findings, facts.applied)
    against = [one for one in told if one["severity"] in (Severity.REFER, Severity.REJECT)]
    context |= {
        "record": shown,
        "fields": [
            {
                "id": name,
                "label": value.label,
                "text": value.text,
                "boxes": value.boxes or value.text,
                "value": value,
                "approves": any(step.role == name for step in form.approval),
            }
            for name, value in shown.items()
            if isinstance(value, Shown)
        ],
        "tables": [
            {"label": field.label, "lines": [_line(row) for row in shown[field.id]]}
            for field in form.fields
            if field.type is FieldType.ROWS
        ],
        "entry": _entry(form, entry, receipt, facts, zone)
        | {
            "held": [check for check in checks if check["applies"] and not check["message"]],
            "against": against,
            "decided": [steps[step.role] for step in form.approval if steps[step.role]["decision"]],
        },
        "receipt": {
            "on": show_date(receipt.on),
            "at": show_date(came),
            "came_on": show_date(came.date()),
            "name": receipt.name,
            "way": receipt.way,
            "sender": next((shown[id].text for id in SENDERS if shown.get(id)), ""),
            "sender_department": str(shown.get("department", "")),
            "reference": facts.reference or (f"{entry.number} 补正" if entry else ""),
            "due_on": show_date(facts.due_on) if facts.due_on else "",
        },
        "office": {
            "company": settings.company or "（单位名称）",
            "department": settings.department,
            "fonds": settings.fonds,
            "organisation": settings.organisation,
        },
        "form": {"id": form.id, "title": form.title, "policy": form.policy},
        "findings": told,
        "checks": checks,
        "reasons": reasons_of(against, facts.opinions, form),
        "missing": [*missing_of(form, findings, sources or {}), *returned_by(facts.opinions, form)],
        "steps": [steps[step.role] for step in form.approval],
        "step": steps,
        "history": history_context(facts.history),
        "issued_on": show_date(issued_on),
    }
    return context


def _entry(form: Form, entry: Entry | None, receipt: Receipt, facts: Facts, zone: ZoneInfo) -> dict[str, Any]:
    registered: datetime | None = entry.registered_at.astimezone(zone) if entry else None
    came = show_date(receipt.at.astimezone(zone).date())
    remark = f"补登：按 {show_date(receipt.on)} 收到计算，实际于 {came} 收到" if receipt.backdated else ""
    return {
        "number": entry.number if entry else "",
        "qr": _code(entry),
        "archive_no": facts.archive_no,
        "series": form.register.series,
        "year": entry.year if entry else "",
        "serial": entry.serial if entry else "",
        "registered_on": show_date(registered.date()) if registered else "",
        "registered_at": show_date(registered) if registered else "",
        "retention": RETENTIONS.get(form.register.retention, form.register.retention),
        "outcome": str(entry.outcome) if entry else "return",
        "outcome_text": OUTCOMES[entry.outcome if entry else Outcome.RETURN],
        "backdated": receipt.backdated,
        "remark": remark,
        "corrects": (entry.corrects if entry else None) or "",
        "digest": entry.digest if entry else "",
        "chain": facts.chain[:CHAIN_DIGITS],
    }


def _line(row: Mapping[str, Shown]) -> str:
    """A row of a form's own table in one line: `访问客户：华南实业；时间：上午`."""
    return "；".join(f"{value.label}：{value.text}" for value in row.values() if value.text)


def _code(entry: Entry | None) -> Symbol | str:
    if entry is None:
        return ""
    return Symbol(text=str(EntryCode(series=entry.series, year=entry.year, serial=entry.serial)))


def _finding(finding: Finding, form: Form) -> dict[str, Any]:
    label = next((field.label for field in form.fields if field.id == finding.field), "")
    article = finding.article or next((r.article for r in form.rules if r.id == finding.code), "")
    return {
        "code": finding.code,
        "article": article,
        "message": finding.message,
        "severity": str(finding.severity),
        "conclusion": CONCLUSIONS[finding.severity],
        "field": finding.field or "",
        "label": label,
    }


def _checks(form: Form, findings: Sequence[Finding], applied: Collection[str] | None) -> list[dict[str, Any]]:
    """One line for each rule and finding of it; a rule without a finding was kept where it applied."""
    checks: list[dict[str, Any]] = []
    for rule in form.rules:
        of_rule = [
            finding
            for finding in findings
            if finding.code == rule.id or (finding.code == RULE_ERROR and finding.article == rule.article)
        ]
        applies = bool(of_rule) or (applied is not None and rule.id in applied)
        kept = "符合" if applies else "—" if applied is None else "不涉及"
        base = {"id": rule.id, "article": rule.article, "applies": applies}
        checks += [
            base
            | {
                "conclusion": CONCLUSIONS[f.severity],
                "message": f.message,
                "passed": f.severity is Severity.NOTE,
            }
            for f in of_rule
        ] or [base | {"conclusion": kept, "message": "", "passed": True}]
    return checks
