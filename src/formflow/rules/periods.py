"""Periods of months, as 民法典 201–203 counts them."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from formflow.rules.calendar import Calendar


def months_after(start: date, months: int) -> date:
    """The corresponding day so many months later, or the last day of a month that has no such day.

    Args:
        start: The day of the event; it is not counted.
        months: May be negative for months before.
    Raises:
        ValueError: The day would lie outside the years 1 to 9999.
    Source:
        民法典 第201、202条.
    """
    day: date = start + relativedelta(months=months)
    return day


def due_on(start: date, *, months: int, calendar: Calendar | None) -> date:
    """Last day of a period of months that begins after `start`.

    Args:
        start: The day of the event; it is not counted.
        months: Length of the period, 1 or more.
        calendar: Moves a last day off to the next working day; None leaves it.
    Raises:
        CalendarError: The calendar does not cover the last day.
    Source:
        民法典 第201–203条.
    """
    last = months_after(start, months)
    return last if calendar is None else calendar.working_day_from(last)
