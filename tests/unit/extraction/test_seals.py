"""A seal over a place to sign is no signature, and in black and white nobody can tell which of the two it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formflow.extraction.extract import extract
from formflow.extraction.slots import drawn
from formflow.model import Picture, Source


def picture(kind, medium):
    return Picture(source=Source(part="page 1", ref="R1C2", box=(0, 0, 9, 9), medium=medium), kind=kind)


@pytest.mark.parametrize(
    ("kinds", "medium", "expected"),
    [
        ((), "scan", (False, "")),
        (("ink",), "scan", (True, "")),
        (("ink",), "photo", (True, "")),
        (("seal",), "scan", (False, "yes")),
        (("seal", "ink"), "scan", (True, "")),
        (("unknown",), "scan", (False, "unknown")),
        (("unknown", "seal"), "scan", (False, "unknown")),
        (("ink",), "fax-fine", (False, "unknown")),
        (("ink",), "fax-standard", (False, "unknown")),
        (("picture",), "", (True, "")),
        (("stamp",), "", (True, "")),
    ],
)
def test_what_lies_in_a_cell_is_a_pens_or_a_seals_or_unknown(kinds, medium, expected):
    assert expected == drawn([picture(kind, medium) for kind in kinds])


@pytest.mark.parametrize(
    ("kind", "medium", "expected"),
    [
        ("ink", "scan", (True, "")),
        ("seal", "scan", (False, "yes")),
        ("ink", "fax-fine", (False, "unknown")),
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

    reading = candidate.readings["leader"]
    assert expected == (reading.picture, reading.seal)
