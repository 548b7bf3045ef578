from datetime import date, datetime, time

import pytest

from formflow.readers.xlsx.dates import BUILT_IN, date_parts, moment, show_date


@pytest.mark.parametrize(
    "code",
    [
        "yyyy-mm-dd",
        "m/d/yy",
        'yyyy"年"m"月"d"日"',
        'm"月"d"日"',
        '[$-804]yyyy"年"m"月"d"日";@',
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
        "[$-804]aaaa;@",
        "h:mm",
        "[h]:mm",
        "mm:ss.0",
        "上午/下午h:mm",
        'e"年"m"月"',
        BUILT_IN[31],
        BUILT_IN[57],
    ],
)
def test_formats_of_dates_are_dates(code):
    assert date_parts(code) is not None


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "",
        "0.00",
        "#,##0",
        '0"月"',
        '"day "0',
        "0.00E+00",
        "[Red]0",
        "@",
        "\\d0",
        'General"年"',
        "[$USD-409]0",
    ],
)
def test_formats_of_numbers_are_none(code):
    assert date_parts(code) is None


@pytest.mark.parametrize(
    ("serial", "code", "text", "value"),
    [
        (46086, "yyyy-mm-dd", "2026-03-05", date(2026, 3, 5)),
        (46086, 'm"月"d"日"', "2026-03-05", date(2026, 3, 5)),
        (46086.604166667, "yyyy/m/d h:mm", "2026-03-05 14:30", datetime(2026, 3, 5, 14, 30)),
        (46086.604166667, "yyyy-mm-dd", "2026-03-05", date(2026, 3, 5)),
        (46086, "yyyy/m/d h:mm", "2026-03-05", date(2026, 3, 5)),
        (46086.5000116, "yyyy-mm-dd hh:mm:ss", "2026-03-05 12:00:01", datetime(2026, 3, 5, 12, 0, 1)),
        (46086, 'yyyy"年"m"月"', "2026-03", date(2026, 3, 5)),
        (46082, 'yyyy"年"m"月"', "2026-03", None),
        (46082, 'm"月"d"日"', "2026-03-01", date(2026, 3, 1)),
        (46086, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "2026-03-05", date(2026, 3, 5)),
        (46086, "yyyy", "2026", date(2026, 3, 5)),
        (0.604166667, "h:mm", "14:30", time(14, 30)),
        (46086.604166667, "h:mm", "14:30", datetime(2026, 3, 5, 14, 30)),
        (1.25, "[h]:mm", "30:00", None),
        (59, "yyyy-mm-dd", "1900-02-28", date(1900, 2, 28)),
        (61, "yyyy-mm-dd", "1900-03-01", date(1900, 3, 1)),
        (3000000, "yyyy-mm-dd", "3000000", None),
    ],
)
def test_a_serial_number_shows_what_its_format_shows(serial, code, text, value):
    assert (text, value) == show_date(serial, date_parts(code), epoch1904=False)


def test_books_of_1904_count_from_there():
    assert moment(0, epoch1904=True) == datetime(1904, 1, 1)
    assert moment(44624, epoch1904=True) == moment(46086, epoch1904=False)
