"""Entries by the value of a field, whatever the field: what a rule asks that looks at earlier entries.

A field's value stands in the entry's JSON, where no index that all databases share reaches. Beside the entries
lies a table of hashes, eight bytes a value; whoever finds an entry by one compares the value itself. The table
says nothing that the entries do not, so it is neither sealed nor append-only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from formflow.model import Json
from formflow.store.columns import canonical

_LONGEST = 200
"""Characters; a longer text is a story that nothing is recognised by."""


def value_key(form: str, field: str, value: Json) -> int:
    """The hash of a field's value, as a signed integer of eight bytes."""
    text = canonical([form, field, value])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)


def lookup_rows(number: str, form: str, values: Mapping[str, Json]) -> list[dict[str, Any]]:
    """The rows of an entry: one for every value that is a short text or a number."""
    return [
        {"key": value_key(form, field, value), "number": number}
        for field, value in values.items()
        if is_kept(value)
    ]


def is_kept(value: Json) -> bool:
    """Whether entries are found by such a value: a short text or a number."""
    if isinstance(value, str):
        return bool(value) and len(value) <= _LONGEST
    return isinstance(value, int) and not isinstance(value, bool)
