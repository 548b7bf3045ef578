"""Working days: the public calendar and over it the department's own."""

from __future__ import annotations

from datetime import date

import pytest

from formflow.errors import CalendarError
from formflow.rules.calendar import Calendar, load_calendar


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 2, 28), True),
        (date(2026, 2, 15), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 3, 7), False),
    ],
)
def test_the_public_calendar_knows_holidays_and_worked_weekends(day, expected):
    assert Calendar().is_working(day) is expected


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2099, 1, 1), date(9999, 12, 31)])
def test_a_year_that_nobody_covers_is_an_error_and_no_guess(day):
    with pytest.raises(CalendarError):
        Calendar().is_working(day)


def test_a_working_day_is_itself_and_a_day_off_is_the_next_one():
    calendar = Calendar()

    assert calendar.working_day_from(date(2026, 10, 1)) == date(2026, 10, 8)
    assert calendar.working_day_from(date(2026, 10, 8)) == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 3, 5), 0, date(2026, 3, 5)),
        (date(2026, 3, 5), 1, date(2026, 3, 6)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 3, 7), 1, date(2026, 3, 9)),
        (date(2026, 2, 14), 2, date(2026, 2, 25)),
    ],
)
def test_working_days_are_counted_from_the_day_after(day, count, expected):
    assert Calendar().working_days_after(day, count) == expected


def test_the_departments_own_days_go_before_the_public_calendar():
    calendar = Calendar(overrides={date(2026, 3, 7): True, date(2026, 3, 9): False})

    assert calendar.working_days_after(date(2026, 3, 6), 1) == date(2026, 3, 7)
    assert calendar.working_days_after(date(2026, 3, 7), 1) == date(2026, 3, 10)


def test_a_year_that_the_department_vouches_for_has_its_weekends():
    calendar = Calendar(covers=frozenset({2099}), overrides={date(2099, 1, 1): False})

    assert not calendar.is_working(date(2099, 1, 1))
    assert calendar.is_working(date(2099, 1, 2))
    assert not calendar.is_working(date(2099, 1, 3))


def test_overrides_without_a_working_day_are_an_error_and_no_endless_search():
    overrides = {date.fromordinal(date(2026, 3, 1).toordinal() + n): False for n in range(90)}

    with pytest.raises(CalendarError):
        Calendar(overrides=overrides).working_day_from(date(2026, 3, 1))


def write(folder, text):
    path = folder / "calendar.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_names_days_stretches_and_years(tmp_path):
    calendar = load_calendar(
        write(tmp_path, "covers: [2027]\n2026-03-07: working\n2026-05-06..2026-05-08: holiday\n")
    )

    assert calendar.is_working(date(2026, 3, 7))
    assert [calendar.is_working(date(2026, 5, day)) for day in (6, 7, 8, 9)] == [False, False, False, True]
    assert calendar.is_working(date(2027, 3, 8))


def test_no_file_is_the_public_calendar_and_an_empty_one_too(tmp_path):
    assert load_calendar(None) == Calendar()
    assert load_calendar(write(tmp_path, "# nothing\n--- \n")) == Calendar()


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30: working\n",
        "2026-3-7: working\n",
        "2026-03-07: off\n",
        "2026-03-07: true\n",
        "2026-03-07..2028-03-07: holiday\n",
        "2026-03-08..2026-03-07: holiday\n",
        "covers: 2027\n",
        "covers: [yes]\n",
        "[1]\n",
        "2026-03-07: working\n2026-03-07: holiday\n",
        "2026-03-07: [\n",
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path, text):
    with pytest.raises(CalendarError, match=r"calendar\.yaml:\d"):
        load_calendar(write(tmp_path, text))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CalendarError):
        load_calendar(tmp_path / "none.yaml")
