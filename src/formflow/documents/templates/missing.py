"""What a form that goes back lacks: which field, where on the paper, what to do. For 补正通知书."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from formflow.forms.spec import Form
from formflow.model import Finding, Reading, Severity, Source

_PROBLEMS: Mapping[str, tuple[str, str]] = {
    "missing": ("未填写", "请补填"),
    "unreadable": ("无法辨认", "请重新清楚填写"),
    "ambiguous": ("填写有歧义", "请明确为一种填法"),
    "conflict": ("前后不一致", "请核对后统一"),
    "low-confidence": ("字迹不清", "请重新清楚填写"),
}
_DOUBTED = ("读取存疑", "请核对并明确填写")
"""Of a value that something else than its characters speaks against, whose writing may be clear."""
_OTHER = ("不符合要求", "请按说明补正")
_PARTS: Mapping[str, str] = {
    "body": "正文",
    "header": "页眉",
    "footer": "页脚",
    "text box": "文本框",
    "review": "人工更正",
}
_PART = re.compile(r"(page|header|footer|text box) (\d+)\Z")
_TABLE = re.compile(r"table (\d+) R(\d+)C(\d+)")
_PARAGRAPH = re.compile(r"paragraph (\d+)")
_CELL = re.compile(r"[A-Z]{1,3}\d+\Z")
_READ_LENGTH = 40


def missing_of(
    form: Form, findings: Sequence[Finding], sources: Mapping[str, Reading]
) -> list[dict[str, str]]:
    """One mapping for each finding that sends the form back: `label`, `problem`, `where`, `text`, `message`, `remedy`."""
    labels = {field.id: field.label for field in form.fields}
    found: list[dict[str, str]] = []
    for finding in findings:
        if finding.severity is not Severity.RETURN:
            continue
        reading = sources.get(finding.field or "")
        problem, remedy = _PROBLEMS.get(finding.code, _OTHER)
        if finding.code == "low-confidence" and reading and (reading.doubts or not reading.source.medium):
            problem, remedy = _DOUBTED
        text = " ".join(reading.text.split()) if reading else ""
        found.append(
            {
                "label": labels.get(finding.field or "", "整份表单"),
                "problem": problem,
                "where": where(reading.source) if reading else "",
                "text": text if len(text) <= _READ_LENGTH else f"{text[:_READ_LENGTH]}…",
                "message": finding.message,
                "remedy": remedy,
            }
        )
    return found


def where(source: Source) -> str:
    """A source as a clerk would say it: `第2页`, `正文 表1第2行第3列`, `Sheet1 单元格B7`."""
    part = _PARTS.get(source.part, source.part)
    if match := _PART.match(source.part):
        kind, number = match.groups()
        part = f"第{number}页" if kind == "page" else f"{_PARTS[kind]}{number}"
    if match := _TABLE.search(source.ref):
        return "{} 表{}第{}行第{}列".format(part, *match.groups())
    if match := _PARAGRAPH.search(source.ref):
        return f"{part} 第{match.group(1)}段"
    if _CELL.match(source.ref):
        return f"{part} 单元格{source.ref}"
    # A word of our own that has no Chinese name says nothing to who gets the notice.
    return "" if part == source.part and part.isascii() and part.islower() else part
