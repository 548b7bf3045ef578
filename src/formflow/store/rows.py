"""Log rows that come again: by what a row is recognised, and what has changed in it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from formflow.forms.spec import Form
from formflow.model import Json
from formflow.store.columns import canonical


def identity_keys(rows: Iterable[Mapping[str, Json]], form: Form) -> tuple[str, ...]:
    """Keys by which the rows of one file are recognised, in row order.

    Two rows of one file that are truly alike are two records: the second one's key says that it is the second.

    Args:
        rows: The values of every row of the file, in the JSON contract's form.
        form: Its `identity` names the fields that count; all of them when it names none.
    """
    seen: Counter[str] = Counter()
    keys = []
    for values in rows:
        fields = form.identity or tuple(sorted(values))
        text = canonical([form.id, [[field, values.get(field)] for field in fields]])
        keys.append(hashlib.sha256(f"{text}#{seen[text]}".encode()).hexdigest())
        seen[text] += 1
    return tuple(keys)


def changed_fields(old: Mapping[str, Json], new: Mapping[str, Json]) -> tuple[str, ...]:
    """Ids of the fields whose values differ, sorted; a missing value and a declared none differ."""
    absent = object()
    return tuple(
        sorted(
            field
            for field in {*old, *new}
            if (old.get(field, absent) is absent) != (new.get(field, absent) is absent)
            or canonical(old.get(field)) != canonical(new.get(field))
        )
    )
