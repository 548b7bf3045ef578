"""Watermarks are told apart from what is filled in; text over text that nobody can tell apart waits."""

from __future__ import annotations

import pytest

from formflow.model import Cell, Document, Line

FORM = (
    "".join(f"50 {y} m 350 {y} l S\n" for y in (340, 315, 290, 265))
    + "".join(f"{x} 265 m {x} 340 l S\n" for x in (50, 130, 350))
    + "".join(
        f"BT /F 11 Tf {x} {y} Td ({words}) Tj ET\n"
        for y, pair in (
            (322, ("Name", "Hengtai Plastics Ltd")),
            (297, ("Phone", "0757-22330168")),
            (272, ("Note", "")),
        )
        for x, words in zip((56, 136), pair, strict=True)
        if words
    )
)
FILLED = ["Name", "Hengtai Plastics Ltd", "Phone", "0757-22330168", "Note", ""]
ASLANT = "q 0.707 0.707 -0.707 0.707 100 230 cm BT /F 44 Tf 0 0 Td (SECRET) Tj ET Q\n"
LEVEL = "".join(f"BT /F 18 Tf {x} {y} Td (internal) Tj ET\n" for x, y in ((140, 318), (150, 294), (180, 268)))


def cells(document: Document) -> list[Cell]:
    return [cell for part in document.parts for table in part.tables for cell in table.cells]


def lines(document: Document) -> list[str]:
    return [block.text for part in document.parts for block in part.blocks if isinstance(block, Line)]


@pytest.mark.parametrize(
    ("paint", "mark", "said"),
    [
        ("0.87 g", ASLANT, "SECRET"),
        ("1 0 0 rg", ASLANT, "SECRET"),
        ("0 g", ASLANT, "SECRET"),
        ("0.9 g", LEVEL, "internal"),
        ("1 0.8 0.8 rg", LEVEL, "internal"),
        ("1 0 0 rg", LEVEL, "internal"),
        (
            "0.88 g",
            "".join(
                ASLANT.replace("100 230", f"{x} {y}").replace("44", "12")
                for x in (60, 160, 260)
                for y in (240, 270, 300)
            ),
            "SECRET",
        ),
    ],
    ids=["pale", "red", "black", "level", "pink", "red and level", "tiled"],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_watermark_is_no_part_of_what_it_crosses(pdf, paint, mark, said, first):
    drawn = f"q {paint} {mark} Q\n"
    document = pdf(drawn + FORM if first else FORM + drawn)

    assert FILLED == [cell.text for cell in cells(document)]
    assert all(not cell.doubts for cell in cells(document))
    assert [said] == lines(document)


def test_what_the_file_calls_a_watermark_is_none_of_its_values(pdf):
    mark = "/Artifact <</Type/Pagination/Subtype/Watermark>> BDC BT /F 11 Tf 140 272 Td (draft) Tj ET EMC\n"
    head = "/Artifact <</Type/Pagination/Subtype/Header>> BDC BT /F 11 Tf 140 380 Td (Head) Tj ET EMC\n"
    document = pdf(FORM + mark + head)

    assert FILLED == [cell.text for cell in cells(document)]
    assert ["Head", "draft"] == lines(document)


@pytest.mark.parametrize(
    "over",
    [
        "BT /F 11 Tf 138 323 Td (Guangzhou Old Name) Tj ET\n",
        "BT /F 12 Tf 137 320 Td (Guangzhou) Tj ET\n",
        "0 0 0.5 rg BT /F 11 Tf 138 321 Td (Guangzhou Old Name) Tj ET 0 g\n",
    ],
    ids=["alike", "a little larger", "blue"],
)
def test_a_value_over_another_waits_and_its_neighbours_do_not(pdf, over):
    found = cells(pdf(FORM + over))

    assert [True, False, True, True, True, True] == [not cell.doubts for cell in found]


def test_dark_large_text_across_the_page_leaves_what_it_crosses_in_doubt(pdf):
    document = pdf(FORM + LEVEL)

    assert FILLED == [cell.text for cell in cells(document)]
    assert cells(document)[1].doubts


def test_pale_text_alone_in_a_cell_waits(pdf):
    found = cells(pdf(FORM + "0.8 g BT /F 11 Tf 140 272 Td (fill in) Tj ET"))

    assert ("fill in", False) == (found[5].text, not found[5].doubts)


def test_values_in_another_colour_stay_though_one_runs_into_a_label(pdf):
    values = "".join(
        f"BT /F 11 Tf {x} {y} Td (red) Tj ET\n" for x, y in ((58, 323), (300, 322), (300, 297), (140, 272))
    )
    found = cells(pdf(f"{FORM} 1 0 0 rg {values}"))

    assert ["0757-22330168", "red"] == ["".join(found[3].text.split("red")).strip(), found[5].text]
    assert found[0].doubts


def test_a_page_of_aslant_text_alone_is_read_as_it_is(pdf):
    assert pdf(ASLANT).parts[0].blocks
