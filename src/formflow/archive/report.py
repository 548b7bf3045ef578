"""The examination as a document to sign and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

from formflow.archive.examination import NATURES, NOT_CHECKED, RESULTS, Examination
from formflow.documents.templates.context import CHAIN_DIGITS
from formflow.documents.templates.display import show_date
from formflow.documents.templates.template import Template
from formflow.settings import Settings
from formflow.workspace import shipped

TEMPLATE = "report-archive.docx"

_MOST = 200
"""Problems printed; the rest are counted."""


def report_template(settings: Settings) -> Path:
    """The template of the report: the workspace's own, else the one that ships."""
    own = settings.folder("templates") / TEMPLATE
    return own if own.is_file() else shipped() / "templates" / TEMPLATE


def report_json(examination: Examination) -> bytes:
    """The report as one JSON object, both languages in it."""
    text = json.dumps(examination.as_json(), ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", "replace")


def report_docx(examination: Examination, template: Path, settings: Settings) -> bytes:
    """四性检测报告, in Chinese; the JSON report has both languages.

    Args:
        template: `report-archive.docx`; a department may have changed its looks.
    Raises:
        TemplateError: The template is missing or wrong.
    """
    problems = [problem for report in examination.reports for problem in report.problems]
    unchecked = sum(check.result == NOT_CHECKED for check in examination.checks)
    context = {
        "office": {"company": settings.company or "（单位名称）", "fonds": settings.fonds},
        "scope": examination.scope or "全部",
        "entries": examination.entries,
        "at": show_date(examination.at.astimezone(ZoneInfo(settings.timezone))),
        "conclusion": "已检测项目全部通过" if examination.ok else "有项目不通过",
        "unchecked": unchecked,
        "checks": [
            {
                "nature": NATURES[check.nature].chinese,
                "nature_en": NATURES[check.nature].english,
                "name": check.name.chinese,
                "name_en": check.name.english,
                "result": RESULTS[check.result].chinese,
                "result_en": RESULTS[check.result].english,
                "told": check.told.chinese,
                "told_en": check.told.english if check.told.english != check.told.chinese else "",
            }
            for check in examination.checks
        ],
        "problems": [
            {"subject": p.subject, "message": p.said.chinese, "english": p.said.english}
            for p in problems[:_MOST]
        ],
        "chain": _head(examination),
        "more": max(len(problems) - _MOST, 0) + sum(report.more for report in examination.reports),
    }
    return Template.load(template).render(context)


def _head(examination: Examination) -> str:
    """Number and first digits of the audit chain's last line, by which the report can be held against the chain later."""
    seq, _, digits = next((report.head for report in examination.reports if report.head), "").partition(" ")
    return f"第 {seq} 行 {digits[:CHAIN_DIGITS]}" if digits else ""
