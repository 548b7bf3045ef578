"""PDF/A renditions, a few at a time: never in the way of a form that comes in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from formflow.archive.renditions import BATCH, Renders, render

if TYPE_CHECKING:
    from formflow.forms.spec import Form
    from formflow.settings import Settings
    from formflow.store.store import Store


def render_some(
    store: Store,
    forms: Mapping[str, Form],
    settings: Settings,
    converter: Renders,
    at: datetime,
    *,
    most: int | None = None,
    series: str | None = None,
    year: int | None = None,
) -> int:
    """Render the first bags that have no rendition yet; how many, 0 when none is left.

    Raises:
        ReadError, IntegrityError, StoreError: As `archive.renditions.render`.
    """
    limit = BATCH if most is None else min(BATCH, most)
    bags = [
        (entry, event)
        for number, event in store.archives.unrendered(limit, series=series, year=year)
        if (entry := store.register.find(number)) is not None and entry.form in forms
    ]
    return render(bags, store, forms, settings, converter, at=at)
