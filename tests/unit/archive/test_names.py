from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.archive.names import numbered_name, safe_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("新客户申请表（华南）.docx", "新客户申请表（华南）.docx"),
        ("../../etc/passwd", "..／..／etc／passwd"),
        ("a\\b:c*d?.docx", "a＼b：c＊d？.docx"),
        ("100%.xlsx", "100％.xlsx"),
        ("line\r\nbreak\t.pdf", "line  break .pdf"),
        ("报价\u202egpj.exe", "报价gpj.exe"),
        ("CON.docx", "_CON.docx"),
        ("nul", "_nul"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("console.docx", "console.docx"),
        ("trailing. . ", "trailing"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("e\u0301.docx", "\u00e9.docx"),
        ("申" * 100 + ".docx", "申" * 58 + ".docx"),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(name, expected):
    assert safe_name(name) == expected


@given(st.text(st.characters(codec=None)))
def test_every_name_is_one_component_of_a_path_that_any_system_takes(name):
    safe = safe_name(name)

    assert 0 < len(safe.encode()) <= 181
    assert safe not in (".", "..")
    assert not set(safe) & set('/\\:*?"<>|%')
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in safe)
    assert safe[-1] not in ". "
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "suffix", "expected"),
    [
        ("申请表.docx", ".pdf", "收传〔2026〕1号-申请表.pdf"),
        ("申请表", ".csv", "收传〔2026〕1号-申请表.csv"),
        ("2026.3.5 申请", ".docx", "收传〔2026〕1号-2026.3.5 申请.docx"),
    ],
)
def test_a_copy_shows_its_number_first(name, suffix, expected):
    assert numbered_name("收传〔2026〕1号", name, suffix) == expected
