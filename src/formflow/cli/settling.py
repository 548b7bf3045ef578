"""What a person may say of a record that waits, and what each word will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formflow.model import RecordState
from formflow.pipeline.decisions import OPEN
from formflow.pipeline.duplicates import LIKELY_DUPLICATE, entry_like
from formflow.pipeline.judging import MISSING
from formflow.pipeline.known_rows import ROW_CHANGED

if TYPE_CHECKING:
    from formflow.cli.app import App
    from formflow.store.records import StoredRecord


def ways_out(app: App, record: StoredRecord) -> list[str]:
    """One line a command, in the language of the person; nothing for a record that is settled."""
    if record.state not in OPEN:
        return []
    lines = [
        (f"set {record.id} …", *_SET),
        (f"accept {record.id}", *_accept(record)),
        (f"return {record.id} --why …", *_RETURN),
        (f"discard {record.id}", *_DISCARD),
    ]
    return [f"    formflow review {command}  {app.voice(*told)}" for command, *told in lines]


def answered_by(app: App, record: StoredRecord) -> str | None:
    """The number under which a form that went back has been registered since, complete; None while it is awaited."""
    from formflow.forms.schema import validate

    form = app.forms.get(record.form)
    if record.state is not RecordState.RETURNED or form is None:
        return None
    values = validate(record.candidate, form)[0].values
    return entry_like(form, values, app.store)


_SET = ("更正一栏，然后重新判定", "correct one field; the record is judged anew")
_RETURN = ("退回补正，不编号", "send it back for completion; it takes no number")
_DISCARD = ("不登记，原件保留", "do not register it; the original is kept")


def _accept(record: StoredRecord) -> tuple[str, str]:
    codes = {finding.code for finding in record.findings}
    if ROW_CHANGED in codes:
        return (
            f"另立一条更正 {record.number} 的登记，取新号",
            f"enter a correction of {record.number} under a number of its own",
        )
    if MISSING in codes:
        return (
            "按读到的内容接受疑点；缺少的必填项仍缺",
            "take it as read; what is required and missing still is",
        )
    if LIKELY_DUPLICATE in codes:
        return (
            "确为另一份，按读到的内容登记，取新号",
            "it is another one: register it as read, under a new number",
        )
    return ("按读到的内容登记，疑点记为备注", "register it as read; doubts become notes")
