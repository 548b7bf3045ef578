"""Values, forms, times and places as the command line tells them to people, in the language asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from formflow import words
from formflow.cli.app import App
from formflow.forms.spec import Field, FieldType
from formflow.messages import Bilingual
from formflow.messages import cli as messages
from formflow.model import Json

if TYPE_CHECKING:
    from formflow.model import Reading, Source


def told_word(app: App, kind: Mapping[str, Bilingual], code: str | None) -> str:
    """The word for a code (see `formflow.words`); nothing for none."""
    return app.voice(words.word(kind, code)) if code else ""


def told_time(app: App, at: datetime, *, seconds: bool = False) -> str:
    """A moment in the office's own time, whatever zone it was kept in."""
    local = at.astimezone(ZoneInfo(app.settings.timezone))
    return f"{local:%Y-%m-%d %H:%M:%S}" if seconds else f"{local:%Y-%m-%d %H:%M}"


def told_form(app: App, id: str) -> str:
    """A form's title in Chinese, its id in English; the id where the workspace has it no more."""
    form = app.forms.get(id)
    return app.voice(Bilingual(form.title, id)) if form is not None else id


def told_label(app: App, field: Field) -> str:
    """A field's name as its form prints it; in English its first label in Latin letters, if it has one."""
    return app.voice(Bilingual(field.label, field.english))


def told_place(app: App, source: Source) -> str:
    """Where something was read, in words."""
    return app.voice(words.place(source.part, source.ref))


def told_reading(app: App, reading: Reading | None) -> str:
    """Where a value was read, in words; nothing for one that was not read."""
    return told_place(app, reading.source) if reading is not None else ""


def told_value(app: App, field: Field, values: Mapping[str, Json]) -> str:
    """A field's value on one line: options by their texts, days and money as people write them, rows one after another."""
    from formflow.documents.templates.display import show

    value = values.get(field.id)
    if field.id in values and value is None:
        return app.voice(messages.NO_VALUE())
    if field.type is FieldType.ROWS and isinstance(value, list):
        return app.voice(messages.SEMICOLON()).join(
            _row(app, field, row) for row in value if isinstance(row, dict)
        )
    if field.type is FieldType.SIGNATURE and isinstance(value, dict):
        return _signature(app, value)
    if field.type in (FieldType.DATE, FieldType.DATETIME) and isinstance(value, str):
        return value.replace("T", " ")
    return show(field, values).text.replace("\n", " / ")


def _row(app: App, field: Field, row: Mapping[str, Json]) -> str:
    cells = ((column, told_value(app, column, row)) for column in field.fields if column.id in row)
    return app.voice(messages.COMMA()).join(f"{told_label(app, column)} {text}" for column, text in cells)


def _signature(app: App, value: Mapping[str, Json]) -> str:
    if not value.get("present"):
        return app.voice(messages.NOT_SIGNED())
    name = str(value.get("name") or app.voice(messages.SIGNED()))
    return " ".join(filter(None, (name, str(value.get("date") or ""))))
