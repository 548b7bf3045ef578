"""One label for the two days of a period: 起止时间 over 2026年4月1日至9月30日."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from formflow.extraction.labels.labels import LabelIndex, fold_label
from formflow.model import Reading
from formflow.values.dates import read_date

_UNTIL = re.compile(r"\s*(?:至|到|~|～|—+|–|－|-)+\s*")


def parted(readings: Mapping[str, Reading], index: LabelIndex) -> dict[str, Reading]:
    """The readings, those of a period as its first and its last day.

    Where a text is not two days, it stays the first field's, which cannot read it, and the second gets it as well:
    both are asked about.
    """
    made = dict(readings)
    for id, reading in readings.items():
        period = index.periods.get(fold_label(reading.label)) if index.periods else None
        if period is None or period[0].id != id or period[1].id in readings:
            continue
        first, last = _days(reading.text) or (reading.text, reading.text)
        made[id] = replace(reading, text=first, value=None)
        made[period[1].id] = replace(reading, text=last, value=None)
    return made


def _days(text: str) -> tuple[str, str] | None:
    """The two days of a text; a year or a month that the second lacks is that of the first."""
    for first, second in _halves(text):
        begin = read_date(first)
        if not isinstance(begin, date):
            continue
        for last in (second, f"{begin.year}年{second}", f"{begin.year}-{second}"):
            end = read_date(last)
            if isinstance(end, date) and end >= begin:
                return first, last
    return None


def _halves(text: str) -> Iterator[tuple[str, str]]:
    for until in _UNTIL.finditer(text):
        yield text[: until.start()].strip(), text[until.end() :].strip()
