"""Labels that a person has taught, laid over the form definitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from formflow.extraction.labels.labels import LONGEST_LABEL, fold_label
from formflow.forms.spec import Field, FieldType, Form

Learned = tuple[tuple[str, str, str], ...]
"""Form id, field and label of each; a column of a form's own table is `rows.customer`."""


def taught(forms: Mapping[str, Form], learned: Learned) -> dict[str, Form]:
    """The forms with what was learned among the other labels of their fields.

    What fits no form or field any more, and what the form's own labels claim for another field, is left out.
    """
    made = dict(forms)
    for id, field, label in learned:
        if id in made and field in dict(_paths(made[id])) and owner(made[id], label) is None:
            made[id] = _with(made[id], field, label)
    return made


def owner(form: Form, label: str) -> str | None:
    """The field of a form that goes by a label already; None where none does."""
    folded = fold_label(label)
    for path, item in _paths(form):
        if any(fold_label(known) == folded for known in (item.label, *item.also)):
            return path
    return None


def is_label(text: str) -> bool:
    """Whether a text can be a label at all: not blank, not longer than labels are."""
    return bool(fold_label(text)) and len(text.strip()) <= LONGEST_LABEL


def field_of(form: Form, path: str) -> Field | None:
    """The field or column of a form by its path."""
    return dict(_paths(form)).get(path)


def _paths(form: Form) -> Iterator[tuple[str, Field]]:
    for item in form.fields:
        if item.type is FieldType.ROWS:
            yield from ((f"{item.id}.{column.id}", column) for column in item.fields)
        else:
            yield item.id, item


def _with(form: Form, path: str, label: str) -> Form:
    outer, _, column = path.partition(".")

    def grown(item: Field) -> Field:
        if item.id != outer:
            return item
        if not column:
            return replace(item, also=(*item.also, label))
        columns = (replace(c, also=(*c.also, label)) if c.id == column else c for c in item.fields)
        return replace(item, fields=tuple(columns))

    return replace(form, fields=tuple(map(grown, form.fields)))
