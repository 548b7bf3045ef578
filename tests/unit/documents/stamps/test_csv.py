from __future__ import annotations

import pytest

from formflow.documents.stamps.numbered import Numbered
from formflow.documents.stamps.stamp import StampCells, stamp, stamp_all
from formflow.readers.sniff import Kind

LOG = '收传真登记簿,,\r\n日期,来文单位,主题\r\n3月5日,甲公司,"两\r\n行"\r\n3月6日,乙公司,函\r\n'


def stamped(text: str, *rows: int, encoding: str = "utf-8") -> str:
    """The copy of a file with one entry, or with an entry in each of these rows."""
    if rows:
        numbered = [Numbered(number=f"SC-{n}", row=row) for n, row in enumerate(rows, 2)]
        result = stamp_all(text.encode(encoding), Kind.TEXT, numbered, None)
    else:
        result = stamp(text.encode(encoding), Kind.TEXT, number="SC-2", cells=StampCells())
    assert (True, ".csv") == (result.stamped, result.suffix)
    return result.data.decode(encoding)


def test_the_number_stands_before_its_row_under_a_title_of_its_own():
    expected = ',收传真登记簿,,\r\n登记号,日期,来文单位,主题\r\n,3月5日,甲公司,"两\r\n行"\r\nSC-2,3月6日,乙公司,函\r\n'

    assert expected == stamped(LOG, 4)


def test_every_row_shows_its_own_number():
    expected = ',收传真登记簿,,\r\n登记号,日期,来文单位,主题\r\nSC-2,3月5日,甲公司,"两\r\n行"\r\nSC-3,3月6日,乙公司,函\r\n'

    assert expected == stamped(LOG, 3, 4)


def test_a_file_that_is_one_entry_says_its_number_first():
    assert "登记号;SC-2\n客户;甲\n" == stamped("客户;甲\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_stays_as_it_was(encoding):
    assert "\tSC-2" not in stamped("日期\t主题\n1\t函\n", 2, encoding=encoding)
    assert "登记号\t日期\t主题\nSC-2\t1\t函\n" == stamped("日期\t主题\n1\t函\n", 2, encoding=encoding)


def test_a_separator_line_stays_first():
    assert "sep=;\n登记号;a;b\nSC-2;1;2\n" == stamped("sep=;\na;b\n1;2\n", 2)


def test_a_row_that_is_not_there_leaves_the_file_as_it_was():
    result = stamp_all(b"a,b\n", Kind.TEXT, [Numbered(number="SC-2", row=9)], None)

    assert (b"a,b\n", False) == (result.data, result.stamped)
