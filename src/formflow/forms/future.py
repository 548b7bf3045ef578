"""Days that lie in the future where a form tells what has happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from formflow.forms import findings
from formflow.forms.spec import Field, FieldType, Form
from formflow.model import Finding, Json

_DAYS = (FieldType.DATE, FieldType.DATETIME, FieldType.SIGNATURE)


def future_days(values: Mapping[str, Json], form: Form, today: date) -> tuple[Finding, ...]:
    """A finding for every day behind `today` in a field whose definition does not say `future: true`.

    Args:
        today: The true day of receipt: what is written on a paper was written by then.
    """
    found = list(_in(values, form.fields, today))
    own = form.rows_field
    if own is not None:
        for number, row in enumerate(values.get(own.id) or (), start=1):
            found += [findings.in_row(finding, own, number) for finding in _in(row, own.fields, today)]
    return tuple(found)


def _in(values: Mapping[str, Json], fields: Sequence[Field], today: date) -> Iterator[Finding]:
    limit = today.isoformat()
    for field in fields:
        if field.future or field.type not in _DAYS:
            continue
        value = values.get(field.id)
        written = value.get("date") if isinstance(value, Mapping) else value
        # ISO days compare as texts; a time behind the day does not matter.
        if isinstance(written, str) and written[: len(limit)] > limit:
            yield findings.future(field, written, limit)
