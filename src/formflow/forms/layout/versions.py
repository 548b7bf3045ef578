"""Which version of a form's blank a paper is, so that blanks of earlier revisions are known for as long as they come in.

A revision is how this package sets blanks; a version is a form's definition set by one revision.

| revision | sets |
| --- | --- |
| 1 | title, policy, hints, the table |
| 2 | the company above the title, units behind labels of amounts, room for opinions above approvers' signatures, notes |
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from formflow.forms.spec import Field, Form

REVISION = 2
"""What is issued today: raise it when the same definition prints otherwise than before, and keep what drew the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """How a blank was set: `record` or `log`, and by which revision."""

    kind: str
    revision: int


def blank_version(form: Form, kind: str = "", revision: int = REVISION) -> str:
    """Eight hex digits that change when the blank prints otherwise: not with rules, aliases or templates."""
    shape: list[Any] = [revision, form.id, form.title, form.policy, kind or form.layouts[0], form.head]
    shape.append([_shape(item, revision) for item in form.fields])
    if revision > 1:
        shape += [form.notes, [step.role for step in form.approval]]
    text = json.dumps(shape, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]


def issued_as(form: Form, version: str) -> Issued | None:
    """How the blank of that version was set; None where the definition has changed since."""
    for revision in range(REVISION, 0, -1):
        for kind in form.layouts:
            if blank_version(form, kind, revision) == version:
                return Issued(kind=kind, revision=revision)
    return None


def _shape(item: Field, revision: int) -> list[Any]:
    options = [[id, texts[0]] for id, texts in item.options.items()]
    label = item.label if revision == 1 else item.heading
    inner = [_shape(column, revision) for column in item.fields]
    return [item.id, label, item.type, item.required, options, inner]
