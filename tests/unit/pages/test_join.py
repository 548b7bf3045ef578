"""Tables that run over pages, and the row that a page break cut: the same for printed pages and for recognised ones.

What `join` is asked for is joined as recognised pages are, and is printed as a PDF and read.
"""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from formflow.limits import Limits
from formflow.model import Cell, DoubtReason, Line, Part, Source, Table
from formflow.pages.join import join_tables
from formflow.readers.pdf.document import read_pdf

_SIZE = (600.0, 800.0)
_SPLIT = (DoubtReason.SPLIT_ROW,)
_XS = (50.0, 100.0, 350.0, 550.0)
_ROW = 40.0


def _source(name, ref, box):
    return Source(part=name, ref=ref, box=box, medium="scan")


def _table(name, rows, *, top, xs=_XS, sure=0.95):
    cells = tuple(
        Cell(
            row=r,
            column=c,
            text=text,
            confidence=sure,
            source=_source(
                name, f"R{r + 1}C{c + 1}", (xs[c], top + _ROW * r, xs[c + 1], top + _ROW * (r + 1))
            ),
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    box = (xs[0], top, xs[-1], top + _ROW * len(rows))
    return Table(rows=len(rows), columns=len(xs) - 1, cells=cells, source=_source(name, "table 1", box))


def _line(name, text, top):
    return Line(text=text, source=_source(name, "line 1", (50.0, top, 300.0, top + 12)))


def _page(number, *blocks):
    """A page of the blocks that functions of its name make."""
    name = f"page {number}"
    return Part(name=name, kind="page", size=_SIZE, blocks=tuple(block(name) for block in blocks))


def _list(rows, **where):
    return lambda name: _table(name, rows, **where)


def _foot(text="第1页", top=760.0):
    return lambda name: _line(name, text, top)


_UPPER = [["序号", "客户", "事由"], ["1", "华南实业", "送样"], ["2", "岭南化工", "签约"]]
_LOWER = [["3", "粤海塑料", "回访"], ["4", "湛江润滑", "送样"]]
_BOTTOM = 700 - 40.0 * len(_UPPER)


def _as_pdf(pages):
    """The pages printed: each cell a frame with its text in it."""
    document = pikepdf.new()
    name = pikepdf.Name
    song = pikepdf.Dictionary(
        Type=name.Font,
        Subtype=name.CIDFontType0,
        BaseFont=name("/STSong-Light"),
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="GB1", Supplement=2),
        DW=1000,
    )
    font = pikepdf.Dictionary(
        Type=name.Font,
        Subtype=name.Type0,
        BaseFont=name("/STSong-Light"),
        Encoding=name("/UniGB-UCS2-H"),
        DescendantFonts=[document.make_indirect(song)],
    )
    for page in pages:
        cells = [cell for table in page.tables for cell in table.cells]
        drawn = [
            f"{x0} {_SIZE[1] - y1} {x1 - x0} {y1 - y0} re S"
            for x0, y0, x1, y1 in (c.source.box for c in cells)
        ]
        for block in (*cells, *page.lines):
            left, top, *_ = block.source.box
            drawn += [
                f"BT /F 9 Tf 1 0 0 1 {left + 4} {_SIZE[1] - top - 11} Tm <{line.encode('utf-16-be').hex()}> Tj ET"
                for line in block.text.splitlines()
            ]
        made = document.add_blank_page(page_size=_SIZE)
        made.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        made.Contents = document.make_stream("\n".join(drawn).encode())
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture(params=["printed", "recognised"])
def join(request):
    if request.param == "recognised":
        return join_tables
    return lambda pages: read_pdf(_as_pdf(pages), Limits())


@pytest.fixture
def joined(join):
    """The tables of all pages, page by page, as rows of texts."""
    return lambda *pages: [
        [[[cell.text for cell in row] for row in table.by_row()] for table in part.tables]
        for part in join(pages)
    ]


def test_a_table_that_ends_low_goes_on_in_the_one_that_begins_the_next_page(joined):
    pages = _page(1, _list(_UPPER, top=_BOTTOM)), _page(2, _list(_LOWER, top=60))

    assert [[[*_UPPER, *_LOWER]], []] == joined(*pages)


def test_a_head_that_is_printed_on_every_page_does_not_end_a_table(joined):
    head = _foot("南方石化销售有限公司 表号QR-7", 30.0)
    first = _page(1, head, _foot("收传真登记簿", 60.0), _list(_UPPER, top=_BOTTOM))
    second = _page(2, _foot("南方石化销售有眼公司 表号QR-7", 36.0), _list(_LOWER, top=60))

    assert [[[*_UPPER, *_LOWER]], []] == joined(first, second)


def test_below_a_title_on_every_page_only_rows_go_on_and_labels_begin_a_form_of_their_own(joined):
    title = _foot("收传真登记簿", 30.0)
    first = _page(1, title, _list(_UPPER, top=_BOTTOM))
    form = [["序号", "客尸", "事由"], ["1", "粤海塑料", "回访"]]

    assert [[[*_UPPER, *_LOWER]], []] == joined(first, _page(2, title, _list(_LOWER, top=60)))
    assert [[_UPPER], [form]] == joined(first, _page(2, title, _list(form, top=60)))


@pytest.mark.parametrize(("text", "top"), [("客户投诉记录", 36.0), ("南方石化销售有限公司 表号QR-7", 48.0)])
def test_another_line_above_a_table_begins_another_paper(joined, text, top):
    head = _foot("南方石化销售有限公司 表号QR-7", 30.0)
    first = _page(1, head, _foot("收传真登记簿", 60.0), _list(_UPPER, top=_BOTTOM))

    assert [[_UPPER], [_LOWER]] == joined(first, _page(2, _foot(text, top), _list(_LOWER, top=60)))


def test_the_cells_keep_their_own_page_as_their_source(join):
    whole, _ = join([_page(1, _list(_UPPER, top=_BOTTOM)), _page(2, _list(_LOWER, top=60))])

    [table] = whole.tables
    assert (5, 3) == (table.rows, table.columns)
    assert ["page 1"] * 9 + ["page 2"] * 6 == [cell.source.part for cell in table.cells]
    assert table.cells[9].source.ref.endswith("R1C1")
    assert [row for row in range(5) for _ in range(3)] == [cell.row for cell in table.cells]


@pytest.mark.parametrize(
    ("bottom", "top", "pages"),
    [(450, 60, 1), (430, 60, 2), (700, 270, 1), (700, 290, 2)],
    ids=["just low", "ends high", "just high", "begins low"],
)
def test_a_table_goes_on_from_below_the_middle_of_a_page_to_the_upper_third_of_the_next(
    joined, bottom, top, pages
):
    upper = _page(1, _list(_UPPER, top=bottom - 40 * len(_UPPER)))

    assert pages == sum(bool(tables) for tables in joined(upper, _page(2, _list(_LOWER, top=top))))


def test_a_footer_stands_below_a_table_that_goes_on_and_any_other_line_ends_it(joined):
    rest = _page(2, _list(_LOWER, top=60))

    assert [1, 0] == [len(tables) for tables in joined(_page(1, _list(_UPPER, top=_BOTTOM), _foot()), rest)]
    signed = _page(1, _list(_UPPER, top=_BOTTOM), _foot("审核：王军", top=710.0))
    assert [1, 1] == [len(tables) for tables in joined(signed, rest)]


def test_words_of_a_stamp_within_a_table_do_not_end_it():
    stamp = _foot("公章", top=_BOTTOM + 20)
    pages = _page(1, _list(_UPPER, top=_BOTTOM), stamp), _page(2, _list(_LOWER, top=60.0))

    assert [1, 0] == [len(list(part.tables)) for part in join_tables(pages)]


def test_a_title_above_a_table_begins_another_one(joined):
    other = _page(2, _foot("发函登记表", top=30.0), _list(_LOWER, top=60))

    assert [1, 1] == [len(tables) for tables in joined(_page(1, _list(_UPPER, top=_BOTTOM)), other)]


@pytest.mark.parametrize(
    ("xs", "tables"),
    [
        ((50.0, 100.0, 350.0, 550.0), [1, 0]),
        ((58.0, 108.0, 358.0, 558.0), [1, 0]),
        ((50.0, 104.0, 350.0, 550.0), [1, 0]),
        ((50.0, 106.0, 350.0, 550.0), [1, 1]),
        ((50.0, 100.0, 350.0, 560.0), [1, 1]),
    ],
    ids=["the same", "moved", "within five points", "another column", "another width"],
)
def test_a_table_goes_on_where_its_columns_are_the_same_though_the_page_lay_a_little_aside(
    joined, xs, tables
):
    pages = _page(1, _list(_UPPER, top=_BOTTOM)), _page(2, _list(_LOWER, top=60, xs=xs))

    assert tables == [len(made) for made in joined(*pages)]


def test_a_column_that_one_page_lost_is_still_there_on_the_other(join):
    lower = _list([["3", "粤海塑料回访"]], top=60, xs=(50.0, 100.0, 550.0))

    whole, _ = join([_page(1, _list(_UPPER, top=_BOTTOM)), _page(2, lower)])

    [table] = whole.tables
    assert (3, [(0, 1), (1, 2)]) == (
        table.columns,
        [(cell.column, cell.column_span) for cell in table.cells if cell.row == 3],
    )


def test_a_table_over_three_pages_is_one(joined):
    full = [[str(number), "客户", "事由"] for number in range(3, 18)]
    last = [["18", "湛江润滑", "送样"]]
    pages = (
        _page(1, _list(_UPPER, top=_BOTTOM), _foot()),
        _page(2, _list(full, top=60), _foot()),
        _page(3, _list(last, top=60)),
    )

    assert [[[*_UPPER, *full, *last]], [], []] == joined(*pages)


def test_a_page_that_holds_more_than_the_rest_of_the_table_ends_it(joined):
    pages = (
        _page(1, _list(_UPPER, top=_BOTTOM)),
        _page(2, _list(_LOWER, top=60), _foot("审核：王军", top=400.0)),
        _page(3, _list(_LOWER, top=60)),
    )

    assert [1, 0, 1] == [len(tables) for tables in joined(*pages)]


# --- A row in two halves ----------------------------------------------------------------------


def _cut(lower, upper=_UPPER, join=join_tables):
    return join([_page(1, _list(upper, top=_BOTTOM)), _page(2, _list(lower, top=60))])[0]


def _rows(table):
    return [["".join(cell.text.split()) for cell in row] for row in table.by_row()]


def test_a_row_without_its_number_is_the_rest_of_the_row_before_the_break(join):
    [table] = _cut([["", "有限公司", ""], *_LOWER], join=join).tables

    assert [["2", "岭南化工有限公司", "签约"], *_LOWER] == _rows(table)[2:]
    assert 5 == table.rows


def test_a_recognised_value_that_a_page_break_went_through_never_passes_unseen():
    [table] = _cut([["", "有限公司", ""], *_LOWER]).tables

    assert [(), _SPLIT, ()] == [cell.doubts for cell in table.by_row()[2]]
    assert {0.95} == {cell.confidence for cell in table.by_row()[2]}


def test_a_value_of_which_one_page_holds_all_is_as_sure_as_it_was_read_and_lies_there():
    [table] = _cut([["", "有限公司", "备忘"], *_LOWER], upper=[*_UPPER[:2], ["2", "岭南化工", ""]]).tables

    cells = table.by_row()[2]
    assert [("page 1", ()), ("page 1", _SPLIT), ("page 2", ())] == [
        (cell.source.part, cell.doubts) for cell in cells
    ]


def test_a_header_that_is_printed_again_does_not_hide_that_a_row_was_cut(join):
    [table] = _cut([_UPPER[0], ["", "有限公司", ""], *_LOWER], join=join).tables

    assert [*_UPPER[:2], ["2", "岭南化工有限公司", "签约"], *_LOWER] == _rows(table)


def test_a_header_that_is_printed_again_goes_and_one_that_was_misread_stays():
    again = ["序号", "客户", "事由", "地点"], ["序号", "客尸", "事由", "地点"]
    upper = [[*again[0]], ["1", "华南实业", "送样", "广州"], ["2", "岭南化工", "签约", "佛山"]]
    xs = (50.0, 100.0, 250.0, 350.0, 550.0)
    joined = [
        join_tables(
            [_page(1, _list(upper, top=_BOTTOM, xs=xs)), _page(2, _list([row, upper[2]], top=60, xs=xs))]
        )
        for row in again
    ]

    assert [4, 5] == [table.rows for first, _ in joined for table in first.tables]


def test_a_text_that_a_cut_cell_has_no_room_for_stands_above_the_table_and_belongs_into_it(joined):
    upper, rest = _page(1, _list(_UPPER, top=_BOTTOM)), _list([["3", "", "回访"], *_LOWER[1:]], top=60)
    spilt = lambda name: replace(  # noqa: E731
        _line(name, "粤海塑料", 42.0), source=_source(name, "line 1", (110.0, 42.0, 150.0, 54.0))
    )

    assert [[[*_UPPER, *_LOWER]], []] == joined(upper, _page(2, spilt, rest))
    assert [1, 1] == [len(tables) for tables in joined(upper, _page(2, spilt, _list(_LOWER, top=60)))]


@pytest.mark.parametrize(
    ("lower", "doubts"),
    [
        ([["3", "有限公司", ""]], [(), ()]),
        ([["", "", ""], *_LOWER], [(), ()]),
        ([["", "粤海塑料", "回访"], ["3", "湛江润滑", "送样"], ["4", "珠江", "送样"]], [_SPLIT, _SPLIT]),
    ],
    ids=["numbered", "blank", "complete but for its number"],
)
def test_rows_that_may_be_two_stay_two_and_what_may_be_one_never_passes_unseen(lower, doubts, join):
    [table] = _cut(lower, join=join).tables
    rows = table.by_row()

    assert 3 + len(lower) == table.rows
    assert doubts == [rows[2][1].doubts, rows[3][1].doubts]


# --- Merged cells -----------------------------------------------------------------------------


def _merged(cells, *, row, rows):
    """The cells with the last one of those rows reaching over them."""
    column = len(_XS) - 2
    kept = [cell for cell in cells if not (cell.column == column and row <= cell.row < row + rows)]
    first = next(cell for cell in cells if cell.column == column and cell.row == row)
    left, top, right, _ = first.source.box
    first = replace(
        first, row_span=rows, source=replace(first.source, box=(left, top, right, top + rows * _ROW))
    )
    return tuple(sorted([*kept, first], key=lambda cell: (cell.row, cell.column)))


def _page_with_merged(number, rows, *, top, at, over):
    made = _table(f"page {number}", rows, top=top)
    return _page(number, lambda _: replace(made, cells=_merged(made.cells, row=at, rows=over)))


def test_a_merged_cell_goes_on_behind_the_break_and_is_shown_to_a_person(join):
    upper = [*_UPPER, ["3", "粤海塑料", ""]]
    lower = [["4", "湛江润滑", ""], ["5", "珠江", ""], ["6", "东莞", "送样"]]
    [table] = join(
        [
            _page_with_merged(1, upper, top=_BOTTOM, at=2, over=2),
            _page_with_merged(2, lower, top=60, at=0, over=2),
        ]
    )[0].tables

    [cell] = [cell for cell in table.cells if cell.text == "签约"]
    assert (2, 4, _SPLIT) == (cell.row, cell.row_span, cell.doubts)


def test_a_merged_cell_goes_on_below_a_row_that_was_cut(join):
    upper = [*_UPPER, ["3", "粤海", ""]]
    lower = [["", "有限公司", ""], ["4", "湛江润滑", ""], ["5", "珠江", "送样"]]
    [table] = join(
        [
            _page_with_merged(1, upper, top=_BOTTOM, at=2, over=2),
            _page_with_merged(2, lower, top=60, at=0, over=2),
        ]
    )[0].tables

    [cell] = [cell for cell in table.cells if cell.text == "签约"]
    assert (6, 2, 3) == (table.rows, cell.row, cell.row_span)
    assert ["3", "粤海有限公司"] == _rows(table)[3]


def test_blank_cells_are_not_filled_from_above_where_nothing_else_is_merged(join):
    lower = [["3", "湛江润滑", ""], ["4", "珠江", ""]]
    [table] = join([_page(1, _list(_UPPER, top=_BOTTOM)), _page_with_merged(2, lower, top=60, at=0, over=2)])[
        0
    ].tables

    assert [1, 2] == [cell.row_span for cell in table.cells if cell.column == 2][2:]


def test_a_single_page_stays_as_it_is():
    page = _page(1, _list(_UPPER, top=_BOTTOM))

    assert (page,) == join_tables([page])


def test_pages_whose_size_is_not_known_are_notjoined(joined):
    bare = Part(name="page 1", kind="page", blocks=(_table("page 1", _UPPER, top=_BOTTOM),))

    assert 1 == len(list(join_tables([bare, _page(2, _list(_LOWER, top=60))])[1].tables))
