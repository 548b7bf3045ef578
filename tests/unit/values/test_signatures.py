"""What stands in a signature cell."""

from __future__ import annotations

from datetime import date

import pytest

from formflow.model import Mark
from formflow.values.doubt import Doubt
from formflow.values.signatures import Signature, read_signature


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("李明", Signature(True, "李明", None)),
        ("李 明  2026年3月6日", Signature(True, "李明", date(2026, 3, 6))),
        ("同意\n签字：李明  日期：2026年3月6日", Signature(True, "李明", date(2026, 3, 6))),
        ("同意。李明 2026.3.6", Signature(True, "李明", date(2026, 3, 6))),
        ("已签字", Signature(True, None, None)),
    ],
)
def test_a_signature_is_name_and_day(text, expected):
    assert expected == read_signature(text)


@pytest.mark.parametrize(
    "text", ["", "签字：        日期：", "（签字）   年  月  日", "签字：____", "未签字"]
)
def test_an_empty_signature_cell_is_absent(text):
    assert read_signature(text) is None


def test_a_picture_proves_presence_and_never_a_name():
    assert Signature(True, None, None) == read_signature("签字：    日期：", mark=Mark.INK)


@pytest.mark.parametrize("text", ["", "签字：    日期：", "□同意 □退回\n签字："])
@pytest.mark.parametrize(("mark", "code"), [(Mark.SEAL, "seal-alone"), (Mark.UNKNOWN, "signature-unknown")])
def test_a_seal_or_what_may_be_one_proves_no_signature(text, mark, code):
    doubt = read_signature(text, mark=mark)

    assert isinstance(doubt, Doubt)
    assert code == doubt.code


@pytest.mark.parametrize("mark", [Mark.SEAL, Mark.UNKNOWN])
def test_a_name_beside_a_seal_is_a_signature(mark):
    assert Signature(True, "李明", date(2026, 3, 6)) == read_signature("李明 2026年3月6日", mark=mark)


@pytest.mark.parametrize(
    ("mark", "code"), [(Mark.SEAL, "unsigned-opinion"), (Mark.UNKNOWN, "signature-unknown")]
)
def test_an_opinion_beside_ink_that_may_be_a_seal_leaves_unknown_whether_it_is_signed(mark, code):
    assert code == read_signature("同意", mark=mark).code


@pytest.mark.parametrize(("mark", "code"), [(Mark.SEAL, None), (Mark.UNKNOWN, "unclear-signature")])
def test_a_cell_that_says_unsigned_is_believed_where_no_ink_says_otherwise(mark, code):
    doubt = read_signature("未签字", mark=mark)

    assert code == (doubt and doubt.code)


@pytest.mark.parametrize(
    "text", ["同意", "2026年3月6日", "请李明办理", "李明 王芳", "李明代", "签字：李明（代王芳）"]
)
def test_an_opinion_a_bare_day_or_a_name_spoken_of_is_nobodys_signature(text):
    assert isinstance(read_signature(text), Doubt)
