"""Text whose encoding nothing names."""

import pytest

from formflow.errors import ReadError
from formflow.readers.encodings import decoded, narrowed


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("客户,金额\n喆,1\n", "gbk"),
        ("客户,金额\n", "utf-8-sig"),
        ("客户,金额\n", "utf-16"),
        ("客户,金额\n", "utf-16-be"),
        ("客户,金额\n", "utf-32"),
        ("a,b\n客,1\n", "utf-32-le"),
        ("Caf\u00e9,10\u20ac", "cp1252"),
        ("M\u00fcller GmbH;K\u00f6ln\n", "cp1252"),
        ("Fran\u00e7ois\n", "latin-1"),
        ("name,1\n喆,2\n", "gbk"),
        ("€uro 5 \u00bd", "cp1252"),
        ("plain", "ascii"),
    ],
)
def test_text_is_read_as_it_was_written(text, encoding):
    assert text == decoded(text.encode(encoding))


@pytest.mark.parametrize("data", [b"\x81\x8d\x8f\n", "客户金额".encode("gbk")[:-1], b"a\xff\xfe\xfd\xfcb"])
def test_what_is_no_text_of_a_known_encoding_says_which_is_wanted(data):
    with pytest.raises(ReadError) as refused:
        decoded(data)

    assert "encoding" == refused.value.code
    assert "UTF-8" in refused.value.chinese


def test_bytes_that_are_not_wide_stay_as_they_are():
    data = b"a,\x00b\n"

    assert narrowed(data) is data
