"""What a template can name: one entry, its form and the office, in display form.

| name | what it is |
| --- | --- |
| field ids, `record.FIELD` | the record's values (`Shown`); a form's own table is a list of rows |
| `fields[]` | every value in the form's order: `id`, `label`, `text`, `boxes`, `value` |
| `tables[]` | a form's own tables, a line a row: `label`, `lines[]` |
| `entry` | `number`, `qr` (picture; the code that finds the entry when the paper comes back), `archive_no`, `series`, `year`, `serial`, `registered_on`, `registered_at`, `retention`, `outcome`, `outcome_text`, `backdated`, `remark` (补登), `corrects`, `digest` |
| `receipt` | `on`, `at`, `name`, `way` |
| `office` | `company`, `department`, `fonds`, `organisation` |
| `form` | `id`, `title`, `policy` |
| `findings[]` | `code`, `article`, `message`, `severity`, `conclusion`, `field`, `label` |
| `checks[]` | every rule of the form: `id`, `article`, `conclusion`, `message`, `passed` |
| `reasons[]` | why it is not accepted: `article`, `message`; findings that refer or reject, then approvers who reject |
| `missing[]` | what must be completed: `label`, `problem`, `where`, `text`, `message`, `remedy` |
| `steps[]`, `step.ROLE` | approval: `role`, `title`, `decision`, `decision_text`, `opinion`, `by`, `signature`, `on` |
| `history` | `checked`, `since`, `until`, `trades[]`: `on`, `number`, `product`, `amount`, `sample` |
| `issued_on` | the day printed on a notice |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as declared
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from formflow.documents.missing import missing_of
from formflow.documents.rich import Picture, Symbol
from formflow.documents.shown import Shown, show, show_date, show_money, show_rows
from formflow.forms.spec import FieldType, Form, Step
from formflow.model import Entry, Finding, Outcome, Reading, Receipt, Severity
from formflow.settings import Settings
from formflow.values.papercode import EntryCode

ROLE_TITLES: Mapping[str, str] = {
    "salesperson": "营销员",
    "clerk": "文件管理员",
    "sales_manager": "销售部经理",
    "market_branch": "市场分部",
    "leader": "主管领导",
    "office": "内勤分部",
    "hse": "HSE部",
    "head": "部门负责人",
    "auditor": "审计员",
    "admin": "系统管理员",
}
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
DECISIONS: Mapping[str, str] = {"approve": "同意", "return": "退回补正", "reject": "不同意"}
SIGNATURE_MM = 7.0
"""Height of a signature's picture."""
RESERVED = frozenset(
    "record entry receipt office form fields tables findings checks reasons missing steps step history issued_on loop".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one approver said.

    Attributes:
        role: As in the form's approval steps.
        decision: `approve`, `return` or `reject`.
        by: The person's name.
    """

    role: str
    decision: str
    by: str
    on: date | None = None
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """One earlier transaction of a customer; `amount` in yuan."""

    on: date
    number: str = ""
    product: str = ""
    amount: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeHistory:
    """What the transaction records say of a customer.

    Attributes:
        since, until: The period that was looked at.
        trades: Those found, the earliest first.
    """

    since: date
    until: date
    trades: tuple[Trade, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a document shows beside the record itself.

    Attributes:
        archive_no: 档号, empty where none is given.
        issued_on: The day printed on a notice; None: the day of registration, else of receipt.
        history: None: no transaction records were looked at.
        signatures: Pictures of approvers' signatures by name; a name without one is printed.
    """

    archive_no: str = ""
    opinions: Sequence[Opinion] = ()
    history: TradeHistory | None = None
    issued_on: date | None = None
    signatures: Mapping[str, bytes] = declared(default_factory=dict)


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
    issued_on = facts.issued_on or (entry.registered_at.astimezone(zone).date() if entry else receipt.on)
    context: dict[str, Any] = {name: value for name, value in shown.items() if name not in RESERVED}
    steps = _steps(form, facts)
    context |= {
        "record": shown,
        "fields": [
            {
                "id": name,
                "label": value.label,
                "text": value.text,
                "boxes": value.boxes or value.text,
                "value": value,
            }
            for name, value in shown.items()
            if isinstance(value, Shown)
        ],
        "tables": [
            {"label": field.label, "lines": [_line(row) for row in shown[field.id]]}
            for field in form.fields
            if field.type is FieldType.ROWS
        ],
        "entry": _entry(form, entry, receipt, facts, zone),
        "receipt": {
            "on": show_date(receipt.on),
            "at": show_date(receipt.at.astimezone(zone)),
            "name": receipt.name,
            "way": receipt.way,
        },
        "office": {
            "company": settings.company or "（单位名称）",
            "department": settings.department,
            "fonds": settings.fonds,
            "organisation": settings.organisation,
        },
        "form": {"id": form.id, "title": form.title, "policy": form.policy},
        "findings": [_finding(finding, form) for finding in findings],
        "checks": _checks(form, findings),
        "reasons": _reasons(form, findings, facts.opinions),
        "missing": missing_of(form, findings, sources or {}),
        "steps": [steps[step.role] for step in form.approval],
        "step": steps,
        "history": _history(facts.history),
        "issued_on": show_date(issued_on),
    }
    return context


def _entry(form: Form, entry: Entry | None, receipt: Receipt, facts: Facts, zone: ZoneInfo) -> dict[str, Any]:
    registered: datetime | None = entry.registered_at.astimezone(zone) if entry else None
    came = show_date(receipt.at.astimezone(zone).date())
    remark = f"补登：按 {show_date(receipt.on)} 收到计算，实际收到 {came}" if receipt.backdated else ""
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


def _checks(form: Form, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """One line for each rule and finding of it; a rule without a finding was kept, or did not apply."""
    checks: list[dict[str, Any]] = []
    for rule in form.rules:
        of_rule = [finding for finding in findings if finding.code == rule.id]
        kept = "符合" if not rule.when else "无异常"
        base = {"id": rule.id, "article": rule.article}
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


def _reasons(form: Form, findings: Sequence[Finding], opinions: Sequence[Opinion]) -> list[dict[str, str]]:
    against = [_finding(f, form) for f in findings if f.severity in (Severity.REFER, Severity.REJECT)]
    reasons = [{"article": f["article"], "message": f["message"]} for f in against]
    for opinion in opinions:
        if opinion.decision == "reject":
            signed = "，".join(filter(None, (opinion.by, show_date(opinion.on) if opinion.on else "")))
            title = ROLE_TITLES.get(opinion.role, opinion.role)
            message = f"{title}意见：{opinion.opinion or DECISIONS['reject']}（{signed}）"
            reasons.append({"article": "", "message": message})
    return reasons


def _steps(form: Form, facts: Facts) -> dict[str, dict[str, Any]]:
    roles = [*ROLE_TITLES, *(step.role for step in form.approval)]
    said = {opinion.role: opinion for opinion in facts.opinions}
    return {role: _step(Step(role=role), said.get(role), facts.signatures) for role in roles}


def _step(step: Step, opinion: Opinion | None, signatures: Mapping[str, bytes]) -> dict[str, Any]:
    by = opinion.by if opinion else ""
    picture = signatures.get(by)
    return {
        "role": step.role,
        "title": ROLE_TITLES.get(step.role, step.role),
        "decision": opinion.decision if opinion else "",
        "decision_text": DECISIONS.get(opinion.decision, opinion.decision) if opinion else "",
        "opinion": opinion.opinion if opinion else "",
        "by": by,
        "signature": Picture(data=picture, height_mm=SIGNATURE_MM, description=by) if picture else by,
        "on": show_date(opinion.on) if opinion and opinion.on else "",
    }


def _history(history: TradeHistory | None) -> dict[str, Any]:
    trades = [
        {
            "on": show_date(trade.on),
            "number": trade.number,
            "product": trade.product,
            "amount": show_money(trade.amount) if trade.amount else "",
            "sample": trade.sample,
        }
        for trade in (history.trades if history else ())
    ]
    return {
        "checked": history is not None,
        "since": show_date(history.since) if history else "",
        "until": show_date(history.until) if history else "",
        "trades": trades,
    }
