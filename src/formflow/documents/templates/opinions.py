"""What approvers said, as documents show it: steps, reasons against, who decided otherwise than the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from formflow import words
from formflow.documents.templates.display import show_date
from formflow.documents.templates.media import Picture
from formflow.forms.spec import Form

DECISIONS: Mapping[str, str] = {"approve": "同意", "return": "退回补正", "reject": "不同意"}
SIGNATURE_MM = 7.0
"""Height of a signature's picture."""


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


def role_title(role: str, form: Form) -> str:
    """A role as people call it: its usual title, else the label of the form's field of that name."""
    own = next((field.label for field in form.fields if field.id == role), role)
    return words.ROLES[role].chinese if role in words.ROLES else own


def steps_of(
    form: Form, opinions: Sequence[Opinion], signatures: Mapping[str, bytes]
) -> dict[str, dict[str, Any]]:
    """Every role that a template may name, with what was said by it."""
    roles = [*words.ROLES, *(step.role for step in form.approval)]
    said = {opinion.role: opinion for opinion in opinions}
    return {role: _step(role, form, said.get(role), signatures) for role in roles}


def _step(role: str, form: Form, opinion: Opinion | None, signatures: Mapping[str, bytes]) -> dict[str, Any]:
    by = opinion.by if opinion else ""
    picture = signatures.get(by)
    return {
        "role": role,
        "title": role_title(role, form),
        "decision": opinion.decision if opinion else "",
        "decision_text": DECISIONS.get(opinion.decision, opinion.decision) if opinion else "",
        "opinion": opinion.opinion if opinion else "",
        "said": _said(opinion) if opinion else "",
        "by": by,
        "signature": Picture(data=picture, height_mm=SIGNATURE_MM, description=by) if picture else by,
        "on": show_date(opinion.on) if opinion and opinion.on else "",
    }


def _said(opinion: Opinion) -> str:
    """Decision and opinion, the decision once: `同意：先款后货`, `同意发送`."""
    decision = DECISIONS.get(opinion.decision, opinion.decision)
    if not opinion.opinion or opinion.opinion.startswith(decision):
        return opinion.opinion or decision
    return f"{decision}：{opinion.opinion}"


def reasons_of(
    against: Iterable[Mapping[str, Any]], opinions: Iterable[Opinion], form: Form
) -> list[dict[str, str]]:
    """Why something is not accepted: the findings against it, then the approvers who rejected it."""
    reasons = [{"article": str(f["article"]), "message": str(f["message"])} for f in against]
    return reasons + [
        {"article": "", "message": said_by(opinion, form)}
        for opinion in opinions
        if opinion.decision == "reject"
    ]


def said_by(opinion: Opinion, form: Form) -> str:
    """`主管领导意见：不同意（彭建国，2026年3月24日）`."""
    signed = "，".join(filter(None, (opinion.by, show_date(opinion.on) if opinion.on else "")))
    said = opinion.opinion or DECISIONS.get(opinion.decision, "")
    return f"{role_title(opinion.role, form)}意见：{said}（{signed}）"


def returned_by(opinions: Iterable[Opinion], form: Form) -> list[dict[str, str]]:
    """What an approver who sent an entry back wants completed, as `missing` holds it."""
    return [
        {
            "label": "整份表单",
            "problem": "审批退回",
            "where": "",
            "text": "",
            "message": said_by(opinion, form),
            "remedy": "请按意见补正",
        }
        for opinion in opinions
        if opinion.decision == "return"
    ]
