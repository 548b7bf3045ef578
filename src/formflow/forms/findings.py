"""The findings of validation: what a person must settle before a record can be registered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from formflow.forms.spec import Field
from formflow.model import Finding, Reading, Severity, Unclaimed
from formflow.values import Doubt

_PROBLEMS = {
    "error-value": ("unreadable", "单元格是公式错误值“{text}”", "the cell holds the error value “{text}”"),
    "no-cached-value": (
        "unreadable",
        "单元格是公式，文件中没有保存计算结果，请打开并保存后重新提交",
        "the cell is a formula and the file keeps no result; open it, save it and submit it again",
    ),
    "precision-lost": (
        "unreadable",
        "按数字保存，末几位已丢失（{text}），请按文本重新填写",
        "was kept as a number and its last digits are lost ({text}); enter it as text",
    ),
    "checkbox-disagrees": (
        "ambiguous",
        "勾选框的状态与文字不一致（{text}）",
        "the box and what is shown disagree ({text})",
    ),
    "checkbox-unclear": (
        "ambiguous",
        "勾选框是否勾选看不清（{text}），请对照原件核对",
        "it does not show which box is ticked ({text}); compare it with the paper",
    ),
    "conflict": (
        "conflict",
        "文件中几处填写不一致（{text}）",
        "several places of the file disagree ({text})",
    ),
    "ditto-without-value": (
        "ambiguous",
        "写的是“{text}”，但上一行没有可取的值",
        "says “{text}”, but there is no value above to repeat",
    ),
}
_MOST_LISTED, _LONGEST_SHOWN = 5, 40
"""Pieces that a finding lists, and characters that it shows of each."""
_OTHER = ("unreadable", "无法确定（{text}）", "cannot be taken as it stands ({text})")

LOST_DIGITS = Doubt(
    "unreadable",
    "按数字保存，末几位已丢失，请按文本重新填写",
    "was kept as a number and its last digits are lost; enter it as text",
)

ODD_DAY = Doubt(
    "unreadable",
    "单元格中的日期不合常理，可能是数字被当成了日期，请重新填写",
    "the cell holds an unlikely day, perhaps a number shown as a date; enter it anew",
)


def missing(field: Field, row: int | None = None) -> Finding:
    """A required field that is blank.

    Args:
        row: Row of the form's own table, from 1.
    """
    where, place = ("", "") if row is None else (f"第{row}行", f"row {row}: ")
    return _return(
        "missing", field.id, f"{where}缺少“{field.label}”。", f"{place}{field.english} is missing."
    )


def doubtful(field: Field, doubt: Doubt) -> Finding:
    """What a reader of values could not settle."""
    return _return(
        doubt.code, field.id, f"“{field.label}”{doubt.message}", f"{field.english}: {doubt.english}"
    )


def problem(field: Field, reading: Reading) -> Finding:
    """What keeps a place on the form from being trusted."""
    code, chinese, english = _PROBLEMS.get(reading.problem, _OTHER)
    text = " ".join(reading.text.split())[:40]
    return _return(
        code,
        field.id,
        f"“{field.label}”{chinese.format(text=text)}。",
        f"{field.english}: {english.format(text=text)}.",
    )


def ditto(field: Field, reading: Reading) -> Finding:
    """A 同上 that repeats nothing."""
    code, chinese, english = _PROBLEMS["ditto-without-value"]
    text = reading.text.strip()
    return _return(
        code,
        field.id,
        f"“{field.label}”{chinese.format(text=text)}。",
        f"{field.english}: {english.format(text=text)}.",
    )


def unsure(field: Field, reading: Reading) -> Finding:
    """A value that is not certain: recognised from pixels and not well, or inferred where nothing was recognised."""
    if not reading.source.medium:
        text = " ".join(reading.text.split())[:40]
        return _return(
            "low-confidence",
            field.id,
            f"“{field.label}”（{text}）由版面推定，没有十分把握，请对照原件核对。",
            f"{field.english} ({text}) was inferred from the layout and is not certain; compare it with the original.",
        )
    percent = round(reading.confidence * 100)
    return _return(
        "low-confidence",
        field.id,
        f"“{field.label}”识别把握不足（{percent}%），请对照原件核对。",
        f"{field.english} was recognised with {percent}% confidence; compare it with the paper.",
    )


def coarse(field: Field, reading: Reading) -> Finding:
    """An amount or a day from a fax in standard resolution, however well it seems to be read."""
    text = " ".join(reading.text.split())[:40]
    return _return(
        "coarse-fax",
        field.id,
        f"“{field.label}”（{text}）来自标准分辨率传真，请对照原件核对。",
        f"{field.english} ({text}) comes from a fax in standard resolution; compare it with the paper.",
    )


def misread(field: Field, reading: Reading) -> Finding:
    """A document number or a day with a letter where a digit is meant."""
    text = " ".join(reading.text.split())[:40]
    return _return(
        "look-alike",
        field.id,
        f"“{field.label}”（{text}）中有形近字，可能识别有误，请对照原件核对。",
        f"{field.english} ({text}) holds characters that look alike and may be misread; compare it with the paper.",
    )


def future(field: Field, value: str, today: str) -> Finding:
    """A day behind the day of receipt, in a field that tells what has happened."""
    return _return(
        "future-day",
        field.id,
        f"“{field.label}”（{value.replace('T', ' ')}）晚于收到之日（{today}），请核实年月日。",
        f"{field.english} ({value.replace('T', ' ')}) lies behind the day of receipt ({today}); check the day.",
    )


def exceeding(field: Field, more: str, cell: str = "") -> Finding:
    """A value that seems to hold more than a value: another label, a signature, a second value."""
    text = _short(more)
    found = _return(
        "more-than-a-value",
        field.id,
        f"“{field.label}”的值中还有“{text}”，可能不属于该项，请对照原件核对。",
        f"{field.id}: its value holds “{text}” too, which may not belong to it; compare it with the paper.",
    )
    return replace(found, cell=cell)


def unclaimed_beside(field: Field, pieces: Sequence[Unclaimed]) -> Finding:
    """Something filled in on the form that no field took and that may be this field's."""
    return _return(
        "unclaimed",
        field.id,
        f"表上有未读入的内容，可能属于“{field.label}”：{_listed(pieces, '、', '等')}。请对照原件核对。",
        f"{field.id}: something on the form was not read and may belong here: {_listed(pieces, ', ', ' …')};"
        " compare it with the paper.",
    )


def unclaimed(pieces: Sequence[Unclaimed]) -> Finding:
    """A note of what is filled in on the form and no field took."""
    return Finding(
        code="unclaimed",
        severity=Severity.NOTE,
        message=f"表上还有未读入的内容：{_listed(pieces, '、', '等')}。",
        english=f"The form holds more that no field took: {_listed(pieces, ', ', ' …')}.",
    )


def _listed(pieces: Sequence[Unclaimed], separator: str, more: str) -> str:
    """The first of what nobody claimed, each with its place."""
    shown = [
        f"“{_short(f'{piece.label}：{piece.text}' if piece.label else piece.text)}”（{piece.source.part} {piece.source.ref}）"
        for piece in pieces[:_MOST_LISTED]
    ]
    return separator.join(shown) + (more if len(pieces) > _MOST_LISTED else "")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def in_row(finding: Finding, rows: Field, row: int) -> Finding:
    """A finding about a column, told as one about a row of the form's own table."""
    cell = f"{rows.id}.{row - 1}.{finding.field}"
    if finding.message.startswith(f"第{row}行"):
        return replace(finding, field=rows.id, cell=cell)
    return replace(
        finding,
        field=rows.id,
        cell=cell,
        message=f"第{row}行{finding.message}",
        english=f"row {row}: {finding.english}",
    )


def _return(code: str, field: str, message: str, english: str) -> Finding:
    return Finding(code=code, severity=Severity.RETURN, field=field, message=message, english=english)
