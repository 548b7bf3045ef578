"""A seal over a place to sign is no signature, and in black and white nobody can tell which of the two it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formflow.extraction.extract import extract
from formflow.extraction.slots import mark_of
from formflow.model import Mark, Picture, Source


def picture(kind, medium):
    return Picture(source=Source(part="page 1", ref="R1C2", box=(0, 0, 9, 9), medium=medium), kind=kind)


@pytest.mark.parametrize(
    ("kinds", "medium", "expected"),
    [
        ((), "scan", Mark.NONE),
        (("ink",), "scan", Mark.INK),
        (("ink",), "photo", Mark.INK),
        (("seal",), "scan", Mark.SEAL),
        (("seal", "ink"), "scan", Mark.INK),
        (("unknown",), "scan", Mark.UNKNOWN),
        (("unknown", "seal"), "scan", Mark.UNKNOWN),
        (("ink",), "fax-fine", Mark.UNKNOWN),
        (("ink",), "fax-standard", Mark.UNKNOWN),
        (("picture",), "", Mark.INK),
        (("stamp",), "", Mark.INK),
    ],
)
def test_what_lies_in_a_cell_is_a_pens_or_a_seals_or_unknown(kinds, medium, expected):
    assert expected == mark_of([picture(kind, medium) for kind in kinds])


@pytest.mark.parametrize(
    ("kind", "medium", "expected"),
    [
        ("ink", "scan", Mark.INK),
        ("seal", "scan", Mark.SEAL),
        ("ink", "fax-fine", Mark.UNKNOWN),
    ],
)
def test_a_place_to_sign_is_read_with_what_lies_in_it(document, forms, kind, medium, expected):
    made = document(
        "新客户开发申请表",
        [["申请日期", "2026-03-05", "联系人", "李明"], ["客户名称", "甲公司", "批示", "签字：     日期："]],
    )
    (part,) = made.parts
    title, table = part.blocks
    *cells, last = table.cells
    signed = replace(table, cells=(*cells, replace(last, pictures=(picture(kind, medium),))))

    (candidate,) = extract(replace(made, parts=(replace(part, blocks=(title, signed)),)), forms)

    assert expected == candidate.readings["leader"].mark
