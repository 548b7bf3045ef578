"""The register as a book to print or hand over: 登记簿 as .xlsx and .csv, voids struck through, nothing left out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from formflow.documents.sheets import Column, Sheet, write_book
from formflow.documents.templates.context import OUTCOMES
from formflow.documents.templates.display import Shown, as_datetime, as_decimal, show, show_date, show_rows
from formflow.documents.templates.opinions import DECISIONS
from formflow.forms.spec import Field, FieldType, Form
from formflow.model import Entry, Outcome
from formflow.settings import Settings


class VoidNote(Protocol):
    """How an entry became void."""

    @property
    def reason(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def at(self) -> datetime: ...


class Line(Protocol):
    """A line of the register: an entry, and what became of it since."""

    @property
    def entry(self) -> Entry: ...
    @property
    def void(self) -> VoidNote | None: ...
    @property
    def corrected_by(self) -> str | None: ...


class Taken(Protocol):
    """A decision on a step of an approval."""

    @property
    def decision(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def comment(self) -> str: ...


Decided = Mapping[str, Sequence[Taken]]
"""By number: the decisions on an entry, in order of the steps."""

_NUMBER, _ENTERED, _RESULT, _APPROVAL, _REMARK = "登记号", "入簿日期", "核对结果", "审批", "登记说明"
_NOTED = "有提示"
_FORMULA = re.compile(r"[=+\-@\t\r]")
_MANY = 9
"""Fields that have a column of their own on a sheet; the rest share one, each with its label."""


def ledger_xlsx(
    lines: Iterable[Line],
    form: Form,
    settings: Settings,
    *,
    year: int | None = None,
    decided: Decided | None = None,
) -> bytes:
    """The register as a workbook ready to print on A4 landscape, one page wide.

    Columns that nobody filled in are left out; what all lines of a log have in common stands in the head.

    Args:
        lines: In the order of the book.
        year: Printed in the title; None: the register has several.
        decided: What approvers decided.
    Returns:
        The same bytes for the same lines.
    """
    lines = list(lines)
    common = _common(form, lines)
    fields = [
        field
        for field in form.fields
        if field.id not in common and any(_filled(line.entry.values.get(field.id)) for line in lines)
    ]
    own, others = _apart(fields, lines)
    told = [_told(line, form, decided or {}, settings) for line in lines]
    rows = [
        [
            line.entry.number,
            _entered(line, settings),
            *(_native(field, _shown(field, line.entry)) for field in own),
            "；".join(_labelled(field, line.entry) for field in others if _labelled(field, line.entry)),
            *more,
        ]
        for line, more in zip(lines, told, strict=True)
    ]
    columns = [
        Column(_NUMBER, whole=True),
        Column(_ENTERED, whole=True),
        *(Column(field.label, whole=field.type not in _FLOWING) for field in own),
        Column("其他内容"),
        Column(_RESULT),
        Column(_APPROVAL),
        Column(_REMARK),
    ]
    # The results are always told; of the rest only what any line says something in.
    kept = [
        index
        for index, column in enumerate(columns)
        if index < 2 or column.title == _RESULT or any(_filled(row[index]) for row in rows)
    ]
    book_name = form.title if form.title.endswith(("簿", "台账")) else f"{form.title}登记簿"
    head = (settings.company, settings.department, f"依据：{form.policy}" if form.policy else "")
    sheet = Sheet(
        title=f"{year} 年度{book_name}" if year else book_name,
        head="　　".join(
            filter(None, (*head, *(f"{form.field(id).label}：{text}" for id, text in common.items())))
        ),
        columns=[columns[index] for index in kept],
        rows=[[row[index] for index in kept] for row in rows],
        struck=frozenset(index for index, line in enumerate(lines) if line.void is not None),
        # Why a line is void is read, not struck out.
        unstruck=frozenset(at for at, index in enumerate(kept) if columns[index].title == _REMARK),
    )
    return write_book(sheet)


def ledger_csv(
    lines: Iterable[Line], form: Form, settings: Settings, *, decided: Decided | None = None
) -> bytes:
    """The register as UTF-8 text with a byte-order mark, one row a line, which spreadsheets open as it is.

    Every field has its column. A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    approval = [_APPROVAL] if form.approval else []
    titles = (field.label for field in form.fields)
    writer.writerow([_NUMBER, _ENTERED, *titles, _RESULT, *approval, _REMARK])
    for line in lines:
        values = [_native(field, _shown(field, line.entry)) for field in form.fields]
        result, said, remark = _told(line, form, decided or {}, settings)
        said_too = [said] if form.approval else []
        row = [line.entry.number, _entered(line, settings), *values, result, *said_too, remark]
        writer.writerow([_safe(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


_FLOWING = frozenset(
    (FieldType.TEXT, FieldType.ROWS, FieldType.ORGANISATION, FieldType.CHOICES, FieldType.SIGNATURE)
)
"""Types whose values may go on in a second line."""


def _filled(value: Any) -> bool:
    return value not in (None, "", [], {})


def _common(form: Form, lines: Sequence[Line]) -> dict[str, str]:
    """What every line of a log states alike, because its header states it: id → text."""
    common = {}
    for id in form.head:
        if id in form.identity:
            continue
        texts = {_shown(form.field(id), line.entry).text for line in lines}
        if len(texts) == 1 and "" not in texts:
            common[id] = texts.pop()
    return common


def _apart(fields: Sequence[Field], lines: Sequence[Line]) -> tuple[list[Field], list[Field]]:
    """The fields with a column of their own, and those that share one: what is seldom filled in shares first."""
    if len(fields) <= _MANY:
        return list(fields), []
    counts = {field.id: sum(_filled(line.entry.values.get(field.id)) for line in lines) for field in fields}
    order = sorted(
        fields, key=lambda field: (not field.required, field.type is FieldType.ROWS, -counts[field.id])
    )
    kept = {field.id for field in order[:_MANY]}
    return [f for f in fields if f.id in kept], [f for f in fields if f.id not in kept]


def _labelled(field: Field, entry: Entry) -> str:
    text = _shown(field, entry).text.replace("\n", "、")
    return f"{field.label}：{text}" if text else ""


def _told(line: Line, form: Form, decided: Decided, settings: Settings) -> tuple[str, str, str]:
    """核对结果, 审批 and 登记说明 of a line."""
    taken = decided.get(line.entry.number, ())
    return _result(line.entry), _approval(form, taken, settings), _remark(line)


def _result(entry: Entry) -> str:
    """What the rules found, with the text of every note: a late fax is accepted, and is late all the same."""
    messages = list(dict.fromkeys(finding.message.rstrip("。；") for finding in entry.findings))
    if not messages:
        return OUTCOMES[entry.outcome]
    head = _NOTED if entry.outcome is Outcome.ACCEPT else OUTCOMES[entry.outcome]
    return f"{head}：{'；'.join(messages)}"


def _approval(form: Form, taken: Sequence[Taken], settings: Settings) -> str:
    """How an approval stands: `同意（钟国栋、罗总，2026年3月9日）`, `不同意（李明，…）：先款后货`, `待审批`."""
    if not form.approval:
        return ""
    if not taken:
        return "待审批"
    last = taken[-1]
    on = show_date(last.at.astimezone(ZoneInfo(settings.timezone)).date())
    if last.decision != "approve":
        said = f"：{last.comment}" if last.comment else ""
        return f"{DECISIONS.get(last.decision, last.decision)}（{last.by}，{on}）{said}"
    names = "、".join(dict.fromkeys(one.by for one in taken))
    if len(taken) < len(form.approval):
        return f"审批中，已同意 {len(taken)}/{len(form.approval)} 步（{names}，{on}）"
    return f"同意（{names}，{on}）"


def _entered(line: Line, settings: Settings) -> Any:
    return line.entry.registered_at.astimezone(ZoneInfo(settings.timezone)).date()


def _shown(field: Field, entry: Entry) -> Shown:
    if field.type is not FieldType.ROWS:
        return show(field, entry.values)
    rows = show_rows(field, entry.values)
    texts = ["，".join(value.text for value in row.values() if value.text) for row in rows]
    return Shown(text="\n".join(texts), value=texts or None)


def _native(field: Field, shown: Shown) -> Any:
    """Dates, amounts and counts as such, all else as text."""
    if field.type is FieldType.MONEY and shown:
        amount = as_decimal(shown.value)
        return shown.text if amount is None else amount
    if field.type in (FieldType.DATE, FieldType.DATETIME) and shown:
        found = as_datetime(shown.value)
        return shown.text if found is None else found
    if field.type is FieldType.INTEGER and isinstance(shown.value, int):
        return shown.value
    return shown.text


def _remark(line: Line) -> str:
    entry = line.entry
    void = line.void
    told = [
        f"作废：{void.reason}（{void.by}，{show_date(void.at.date())}）" if void else "",
        f"由 {line.corrected_by} 更正" if line.corrected_by else "",
        f"更正 {entry.corrects}" if entry.corrects else "",
        f"补登，实际收到 {show_date(entry.receipt.at.date())}" if entry.receipt.backdated else "",
    ]
    return "；".join(filter(None, told))


def _safe(value: Any) -> str:
    text = f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)
    return f"'{text}" if isinstance(value, str) and _FORMULA.match(text) else text
