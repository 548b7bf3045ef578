"""A value of each field type, to try rules and templates with before any form arrives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formflow.forms.spec import Field, FieldType

_BY_TYPE: Mapping[FieldType, Any] = {
    FieldType.DATE: "2026-03-05",
    FieldType.DATETIME: "2026-03-05T14:30",
    FieldType.MONEY: "12000.00",
    FieldType.INTEGER: 3,
    FieldType.QUANTITY: {"amount": "12.5", "unit": "吨"},
    FieldType.PHONE: "13800138000",
    FieldType.SIGNATURE: {"present": True, "name": "李明", "date": "2026-03-06"},
}


def sample_value(field: Field) -> Any:
    """A value of the field in the JSON contract's form; a choice takes its first option."""
    if field.type is FieldType.ROWS:
        return [{column.id: sample_value(column) for column in field.fields}]
    if field.type is FieldType.CHOICE:
        return next(iter(field.options), "")
    if field.type is FieldType.CHOICES:
        return list(field.options)[:1]
    return _BY_TYPE.get(field.type, "示例")
