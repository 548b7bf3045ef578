from __future__ import annotations

from dataclasses import replace

import pytest

from formflow.approvals.signed_documents import returned_papers
from formflow.model import Cell, Document, Line, Part, Picture, Source, Table
from formflow.values.entrycode import EntryCode

BLANK = "□同意　□退回补正　□不同意\n签字：　　　　　　　　年　　月　　日"


def source(ref: str, box=None, part: str = "page 1") -> Source:
    return Source(part=part, ref=ref, box=box)


def code(serial: int = 1) -> str:
    return str(EntryCode(series="XKH", year=2026, serial=serial))


def table(*rows: tuple[str, str, bool]) -> Table:
    cells = []
    for row, (label, text, inked) in enumerate(rows):
        ink = (Picture(source=source(f"table 1 R{row + 1}C2"), kind="ink"),) if inked else ()
        cells.append(Cell(row=row, column=0, text=label, source=source(f"table 1 R{row + 1}C1")))
        cells.append(Cell(row=row, column=1, text=text, source=source(f"table 1 R{row + 1}C2"), pictures=ink))
    return Table(rows=len(rows), columns=2, cells=tuple(cells), source=source("table 1"))


def page(number: int, *blocks, codes=(), pictures=()) -> Part:
    return Part(
        name=f"page {number}", kind="page", blocks=blocks, codes=tuple(codes), pictures=tuple(pictures)
    )


def document(*parts: Part) -> Document:
    return Document(
        digest="0" * 64, media_type="application/pdf", name="扫描.pdf", reader="scan/1", parts=parts
    )


def test_each_place_to_sign_is_told_with_its_label_and_whether_it_holds_ink():
    rows = (("客户名称", "华南实业", False), ("销售部\n经理", BLANK, True), ("市场分部", BLANK, False))

    (paper,) = returned_papers(document(page(1, table(*rows), codes=[code()])))

    assert ("XKH", 2026, 1) == (paper.code.series, paper.code.year, paper.code.serial)
    assert [("销售部经理", True), ("市场分部", False)] == [(p.label, p.inked) for p in paper.places]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BLANK, ("", False)),
        ("□同意　□退回补正　□不同意\n签字：李明　2026年3月7日", ("李明202637", True)),
        ("☑同意　□退回补正　□不同意\n签字：　　　年　月　日", ("", False)),
        ("签 字 ：", ("", False)),
        ("（原表已签：）签字：", ("", False)),
        ("经查近3年无业务往来。\n□同意\n签字：　　　年　月　日", ("", False)),
    ],
)
def test_what_is_printed_is_no_signature_and_what_is_written_is(text, expected):
    (paper,) = returned_papers(document(page(1, table(("主管领导", text, False)), codes=[code()])))

    assert [expected] == [(place.text, place.inked) for place in paper.places]


def test_a_line_outside_tables_is_signed_by_ink_at_its_height():
    line = Line(text="审核人签字：", source=source("line 9", (50, 700, 200, 714)))
    above = Picture(source=source("ink 1", (210, 600, 260, 640)), kind="ink")
    beside = Picture(source=source("ink 2", (150, 690, 260, 720)), kind="ink")

    for ink, expected in ((above, False), (beside, True)):
        (paper,) = returned_papers(document(page(1, line, codes=[code()], pictures=[ink])))

        assert [("审核人", expected)] == [(place.label, place.inked) for place in paper.places]


@pytest.mark.parametrize(
    ("kind", "medium", "expected"),
    [
        ("ink", "scan", (True, "")),
        ("seal", "scan", (False, "yes")),
        ("ink", "fax-fine", (False, "unknown")),
    ],
)
def test_a_seal_signs_nothing_and_black_and_white_does_not_tell(kind, medium, expected):
    made = table(("销售部经理", BLANK, True))
    *cells, last = made.cells
    ink = Picture(source=Source(part="page 1", ref="ink", medium=medium), kind=kind)
    signed = Table(rows=1, columns=2, cells=(*cells, replace(last, pictures=(ink,))), source=made.source)
    (paper,) = returned_papers(document(page(1, signed, codes=[code()])))

    assert [expected] == [(place.inked, place.seal) for place in paper.places]


def test_a_stack_of_papers_is_parted_by_its_codes_and_a_back_page_goes_with_its_front():
    parts = (
        page(1, codes=[code(1)]),
        page(2),
        page(3, codes=[code(2)]),
        page(4, codes=[code(1)]),
    )

    papers = returned_papers(document(*parts))

    assert [(1, ("page 1", "page 2", "page 4")), (2, ("page 3",))] == [
        (p.code.serial, p.parts) for p in papers
    ]


def test_behind_a_separator_a_page_without_a_code_is_not_the_papers():
    separator = page(2, Line(text="分隔页", source=source("line 1", part="page 2")))

    (paper,) = returned_papers(document(page(1, codes=[code(1)]), separator, page(3)))

    assert ("page 1",) == paper.parts


def test_a_document_without_an_entrys_code_is_no_paper():
    other = "FF1/B/NEW-CUSTOMER/0/P/R/1/1/0000"

    assert () == returned_papers(document(page(1, table(("主管", BLANK, True)), codes=[other])))
