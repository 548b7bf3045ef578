"""Working days: the public calendar, and over it the department's own days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar

from formflow.errors import CalendarError, SchemaError
from formflow.messages import Bilingual, lines
from formflow.messages import rules as messages
from formflow.settings import Settings

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KINDS = {"working": True, "holiday": False}
_LONGEST_SEARCH = 60
"""Days; no run of days off is longer, so a search beyond means that the overrides are wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days are worked.

    Attributes:
        overrides: Day → whether it is worked; goes before the public calendar.
        covers: Years that the public calendar does not know but the department vouches for: Monday to Friday
            are worked, save the overrides.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    covers: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether the day is worked.

        Raises:
            CalendarError: Neither the overrides nor the public calendar know the day.
        """
        if (known := self.overrides.get(day)) is not None:
            return known
        if day.year in self.covers:
            return day.weekday() < 5
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            raise CalendarError(
                messages.NOT_COVERED(year=day.year, day=_told(day)),
                code="calendar",
                remedy=messages.UPDATE_CALENDAR(year=day.year),
            ) from None

    def working_day_from(self, day: date) -> date:
        """The day itself where it is worked, else the next working day.

        Raises:
            CalendarError: A day on the way is not covered.
        """
        for offset in range(_LONGEST_SEARCH):
            candidate = _later(day, offset)
            if self.is_working(candidate):
                return candidate
        raise CalendarError(
            messages.NO_WORKING_DAY(day=_told(day), longest_search=_LONGEST_SEARCH),
            code="calendar",
            remedy=messages.CHECK_OWN_CALENDAR(),
        )

    def working_days_after(self, day: date, count: int) -> date:
        """The last of `count` working days that begin after `day`; `day` itself is not counted.

        Args:
            count: 0 or more; 0 gives the day itself.
        Raises:
            CalendarError: A day on the way is not covered.
        """
        for _ in range(count):
            day = self.working_day_from(_later(day, 1))
        return day


def _told(day: date) -> Bilingual:
    return Bilingual(f"{day.year}年{day.month}月{day.day}日", str(day))


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise CalendarError(messages.TOO_LATE(day=_told(day)), code="calendar") from None


def open_calendar(settings: Settings) -> Calendar:
    """The working-day calendar of a workspace, with the department's own days. Raises as `load_calendar`."""
    return load_calendar(settings.workspace / settings.calendar if settings.calendar else None)


def load_calendar(path: Path | None) -> Calendar:
    """The calendar with the department's own file; None means the public calendar alone.

    The file is YAML: `2026-05-09: working` or `2026-10-08..2026-10-10: holiday` a line, and `covers: [2027]`
    for years that the public calendar does not know yet.

    Raises:
        CalendarError: The file cannot be read or holds something else; names every problem with its line.
    """
    if path is None:
        return Calendar()
    from formflow.forms.source import (  # for few offices
        read_definition,
    )  # YAML is for the few offices with a calendar of their own

    try:
        definition = read_definition(path, path.read_bytes())
    except OSError as error:
        raise CalendarError(
            messages.CALENDAR_UNREADABLE(path=path, reason=error.strerror), code="calendar"
        ) from error
    except SchemaError as error:
        raise CalendarError(error.message, code="calendar") from error
    data = definition.data if isinstance(definition.data, dict) else {}
    if definition.data is not None and not isinstance(definition.data, dict):
        definition.fault(1, messages.NO_CALENDAR())
    overrides: dict[date, bool] = {}
    covers: frozenset[int] = frozenset()
    for key, value in data.items():
        if key == "covers":
            if isinstance(value, list) and all(type(year) is int and 1900 < year < 2200 for year in value):
                covers = frozenset(value)
            else:
                definition.fault(definition.line((key,)), messages.COVERS())
            continue
        days = _days(key)
        if not days or not isinstance(value, str) or value not in _KINDS:
            definition.fault(definition.line((key,)), messages.CALENDAR_LINE(key=key, value=value))
            continue
        overrides |= dict.fromkeys(days, _KINDS[value])
    if definition.problems:
        raise CalendarError(lines(problem.said for problem in definition.problems), code="calendar")
    return Calendar(overrides=overrides, covers=covers)


def _days(key: str) -> list[date]:
    ends = key.split("..")
    if len(ends) > 2 or not all(_DAY.fullmatch(end) for end in ends):
        return []
    try:
        first, last = date.fromisoformat(ends[0]), date.fromisoformat(ends[-1])
    except ValueError:
        return []
    return (
        [first + timedelta(days=n) for n in range((last - first).days + 1)]
        if (last - first).days < 400
        else []
    )
