"""Tables whose lines are not all drawn, and tables that run over pages."""

from __future__ import annotations

import io

import pikepdf

from formflow.limits import Limits
from formflow.model import DoubtReason, Table
from formflow.readers.pdf.document import read_pdf

NAME = pikepdf.Name
WIDE = ((50, 130), (130, 250), (250, 350))


def text(x: float, y: float, words: str) -> str:
    return f"BT /F 9 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {y0} m {x1} {y1} l S\n"


def row(y: float, *words: str, columns=WIDE) -> str:
    return "".join(text(left + 5, y, word) for (left, _), word in zip(columns, words, strict=True) if word)


def grid(top: float, rows: int, columns=WIDE, height: float = 20) -> str:
    edges = [columns[0][0], *(right for _, right in columns)]
    return "".join(
        line(edges[0], top - height * n, edges[-1], top - height * n) for n in range(rows + 1)
    ) + "".join(line(x, top, x, top - height * rows) for x in edges)


def made(*pages: str) -> bytes:
    document = pikepdf.new()
    font = pikepdf.Dictionary(Type=NAME.Font, Subtype=NAME.Type1, BaseFont=NAME.Helvetica)
    for content in pages:
        page = document.add_blank_page(page_size=(400, 400))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = document.make_stream(content.encode())
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def tables(data: bytes) -> list[list[list[str]]]:
    """Texts by row of every table."""
    return [
        [[cell.text for cell in cells] for cells in block.by_row()]
        for part in read_pdf(data, Limits())
        for block in part.blocks
        if isinstance(block, Table)
    ]


HEAD = ("No.", "Sender", "Pages")
ROWS = [("1", "South Trading", "3"), ("2", "East", "12"), ("3", "West Chemical", "7")]


def test_words_below_each_other_are_a_table():
    content = "".join(row(300 - 20 * n, *words) for n, words in enumerate([HEAD, *ROWS]))

    assert tables(made(content)) == [[list(words) for words in [HEAD, *ROWS]]]


def test_a_blank_cell_of_an_aligned_table_stays_blank():
    rows = [ROWS[0], ("2", "", "12"), ROWS[2]]
    content = "".join(row(300 - 20 * n, *words) for n, words in enumerate([HEAD, *rows]))

    assert tables(made(content))[0][2] == ["2", "", "12"]


def test_figures_set_to_the_right_stay_in_their_column():
    numbers = "".join(text(121, 280 - 20 * n, str(n + 1)) for n in range(3))
    others = "".join(row(280 - 20 * n, "", *words[1:]) for n, words in enumerate(ROWS))

    assert [cells[0] for cells in tables(made(row(300, *HEAD) + numbers + others))[0]] == [
        "No.",
        "1",
        "2",
        "3",
    ]


def test_a_wrapped_cell_between_level_rulings_is_one():
    content = row(300, *HEAD) + row(280, "1", "South", "3") + text(135, 269, "Trading") + row(250, *ROWS[1])
    content += row(230, *ROWS[2]) + "".join(line(50, y, 350, y) for y in (312, 293, 263, 243, 223))
    found = tables(made(content))[0]

    assert [len(found), found[1][1].split()] == [4, ["South", "Trading"]]


def test_a_label_with_a_colon_ends_an_aligned_table():
    content = "".join(row(300 - 20 * n, *words) for n, words in enumerate([HEAD, *ROWS]))
    content += row(220, "Clerk: Li", "Checked: Wu", "")

    assert len(tables(made(content))[0]) == 4


def test_prose_with_a_few_wide_gaps_is_no_table():
    content = row(300, "Seal", "Seal", "Date") + text(
        50, 280, "A line of text that runs across the whole of the page"
    )

    assert tables(made(content)) == []


def test_a_table_without_lines_down_its_sides_has_its_outer_columns():
    edges = "".join(line(50, y, 350, y) for y in (320, 300, 280, 260, 240))
    inner = line(130, 320, 130, 240) + line(250, 320, 250, 240)
    content = edges + inner + "".join(row(305 - 20 * n, *words) for n, words in enumerate([HEAD, *ROWS]))

    assert tables(made(content)) == [[list(words) for words in [HEAD, *ROWS]]]


def test_the_last_section_of_a_form_does_not_go_on_in_the_first_of_the_next_form():
    first = text(150, 388, "Complaint") + grid(370, 1) + row(355, "Customer", "East", "Day")
    first += (
        text(50, 150, "Outcome") + grid(140, 2) + row(125, "Cause", "Rain", "") + row(105, "Day", "3", "")
    )
    second = text(150, 388, "Complaint") + grid(370, 1) + row(355, "Customer", "West", "Day")

    assert [1, 2, 1] == [len(table) for table in tables(made(first, second))]


def test_a_merged_cell_cut_by_the_page_end_spans_both_halves():
    columns = WIDE
    first = (
        "".join(line(50, y, 350, y) for y in (140, 120)) + line(50, 100, 130, 100) + line(250, 100, 350, 100)
    )
    first += "".join(line(x, 140, x, 100) for x in (50, 130, 250, 350))
    second = line(50, 370, 130, 370) + line(250, 370, 350, 370) + line(50, 350, 350, 350)
    second += line(50, 330, 350, 330) + "".join(line(x, 370, x, 330) for x in (50, 130, 250, 350))
    content = (
        first + row(125, *HEAD) + row(105, "1", "East", "3", columns=columns),
        second + row(355, "2", "", "4") + row(335, *ROWS[2]),
    )
    (table,) = (block for part in read_pdf(made(*content), Limits()) for block in part.blocks)
    (merged,) = (cell for cell in table.cells if cell.text == "East")

    assert (merged.row, merged.row_span) == (1, 2)


def test_a_row_cut_by_the_page_end_is_one():
    columns = ((50, 130), (130, 350))
    first = grid(100, 2, columns) + row(85, "Name", "South Trading", columns=columns)
    first += row(65, "Text", "The goods came late and", columns=columns)
    second = grid(370, 2, columns) + row(355, "", "some were broken.", columns=columns)
    second += row(335, "Clerk", "Li", columns=columns)
    found = tables(made(first, second))[0]

    assert [cells[0] for cells in found] == ["Name", "Text", "Clerk"]
    assert found[1][1].split() == ["The", "goods", "came", "late", "and", "some", "were", "broken."]


# --- A row of a list in two halves --------------------------------------------------------------

LIST = ((50, 80), (80, 140), (140, 230), (230, 270), (270, 310), (310, 350))
LIST_HEAD = ("No.", "Day", "Sender", "Ref", "Pages", "By")
LIST_ROWS = [
    ("1", "2025-03-01", "South Trading", "A-1", "3", "Li"),
    ("2", "2025-03-02", "East", "A-2", "12", "Wu"),
    ("3", "2025-03-03", "North Oil", "A-3", "1", "Li"),
]


def over_break(upper, *lower, start=0):
    """The table of a list, these rows of it at its end and on the next page; columns from `start` on."""
    columns = LIST[start:]
    above = [LIST_HEAD, *LIST_ROWS, upper]
    first = grid(140, len(above), columns)
    second = grid(370, len(lower), columns)
    for n, words in enumerate(above):
        first += row(125 - 20 * n, *words[start:], columns=columns)
    for n, words in enumerate(lower):
        second += row(355 - 20 * n, *words[start:], columns=columns)
    (table,) = (block for part in read_pdf(made(first, second), Limits()) for block in part.blocks)
    return table


UPPER = ("4", "2025-03-04", "West Chemical", "", "7", "Li")
NEXT = ("5", "2025-03-05", "Inland", "A-5", "2", "Wu")


def test_a_row_of_a_list_is_put_together_by_its_numbers_under_headings_that_are_printed_again():
    table = over_break(UPPER, LIST_HEAD, ("", "", "Works", "A-4", "", ""), NEXT)
    rows = table.by_row()

    assert ["4", "2025-03-04", "West Chemical Works", "A-4", "7", "Li"] == [
        " ".join(cell.text.split()) for cell in rows[4]
    ]
    assert (6, {()}) == (table.rows, {cell.doubts for cell in table.cells})
    assert ["page 1"] * 3 + ["page 2"] + ["page 1"] * 2 == [cell.source.part for cell in rows[4]]


def test_two_rows_of_a_list_that_leaves_things_out_are_never_one():
    lower = ("", "2025-03-05", "Inland", "", "2", "")
    table = over_break(UPPER, lower, NEXT, start=1)

    assert (7, False) == (table.rows, any(cell.doubts for cell in table.cells))


def test_rows_that_may_be_halves_of_one_are_doubted():
    table = over_break(UPPER, ("", "", "Inland", "A-4", "", "Wu"), NEXT, start=1)

    split = {(DoubtReason.SPLIT_ROW,)}
    assert [{()}, split, split, {()}] == [
        {cell.doubts for cell in cells if cell.text} for cells in table.by_row()[3:]
    ]
