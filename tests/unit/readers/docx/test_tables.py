import pytest

from formflow.errors import ReadError


def tc(text: str = "", properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, grid: tuple[int, ...] = ()) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


SPAN_2 = '<w:gridSpan w:val="2"/>'
RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells_come_once_with_their_spans(docx, only_table, shape):
    table = only_table(
        docx(
            tbl(
                tr(tc("甲", SPAN_2), tc("乙", RESTART)),
                tr(tc("丙"), tc("丁"), tc("藏", CONTINUE)),
                tr(tc("戊", SPAN_2), tc("", CONTINUE)),
            )
        )
    )

    assert shape(table) == [
        (0, 0, 1, 2, "甲"),
        (0, 2, 3, 1, "乙"),
        (1, 0, 1, 1, "丙"),
        (1, 1, 1, 1, "丁"),
        (2, 0, 1, 2, "戊"),
    ]


def test_a_merge_that_nothing_begins_is_a_cell(docx, only_table, shape):
    table = only_table(docx(tbl(tr(tc("甲"), tc("乙", CONTINUE)))))

    assert shape(table) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙")]


def test_columns_left_free_before_a_row_shift_it(docx, only_table, shape):
    table = only_table(
        docx(tbl(tr(tc("甲"), tc("乙")), tr(tc("丙"), properties='<w:gridBefore w:val="1"/>')))
    )

    assert shape(table)[-1] == (1, 1, 1, 1, "丙")


def test_columns_that_no_cell_edge_needs_are_closed_up(docx, only_table, shape):
    table = only_table(docx(tbl(tr(tc("甲", SPAN_2), tc("乙")), tr(tc("丙", SPAN_2), tc("丁")))))

    assert (table.columns, [(c.row, c.column) for c in table.cells]) == (2, [(0, 0), (0, 1), (1, 0), (1, 1)])


def test_edges_a_hair_apart_are_one_edge(docx, only_table):
    rows = (tr(tc("甲"), tc("乙", SPAN_2)), tr(tc("丙", SPAN_2), tc("丁")))
    near, far = tbl(*rows, grid=(2000, 20, 2000)), tbl(*rows, grid=(2000, 400, 2000))

    assert (only_table(docx(near)).columns, only_table(docx(far)).columns) == (2, 3)


def test_a_narrow_cell_of_its_own_stays(docx, only_table):
    table = only_table(docx(tbl(tr(tc("甲"), tc("窄"), tc("乙")), grid=(2000, 20, 2000))))

    assert (table.columns, len(table.cells)) == (3, 3)


def test_cells_joined_in_the_old_way_are_one(docx, only_table, shape):
    row = tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("乙"))
    table = only_table(docx(tbl(row, tr(tc("1"), tc("2"), tc("3")))))

    assert shape(table)[:2] == [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙")]


@pytest.mark.parametrize("properties", ["<w:del/>", "<w:hidden/>"])
def test_deleted_and_hidden_rows_are_not_read(docx, text_of, properties):
    assert text_of(docx(tbl(tr(tc("藏"), properties=properties), tr(tc("见"))))) == ["见"]


def test_paragraphs_of_a_cell_are_lines_and_outer_empty_ones_are_dropped(docx, first_cell):
    inner = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("", "甲", "", "乙", ""))

    assert first_cell(docx(f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>")).text == "甲\n\n乙"


def test_a_nested_table_is_named_by_the_cell_that_holds_it(docx, first_cell):
    inner = tbl(tr(tc("内"), tc("容")))
    cell = first_cell(docx(f"<w:tbl><w:tr><w:tc><w:p/>{inner}<w:p/></w:tc></w:tr></w:tbl>"))

    assert cell.text == ""
    assert (
        cell.tables[0].cells[0].source.ref,
        cell.tables[0].cells[0].text,
    ) == ("table 1 R1C1 table 1 R1C1", "内")


def test_references_count_grid_positions_from_one(docx, only_table):
    table = only_table(docx(tbl(tr(tc("甲", SPAN_2), tc("乙")), tr(tc(), tc(), tc()))))

    assert table.cells[1].source.ref == "table 1 R1C3"


def test_tables_nested_beyond_the_limit_are_refused(docx):
    body = tbl(tr(tc("底")))
    for _ in range(30):
        body = f"<w:tbl><w:tr><w:tc>{body}<w:p/></w:tc></w:tr></w:tbl>"

    with pytest.raises(ReadError) as refused:
        docx(body)

    assert refused.value.code == "too-large"


def test_a_span_beyond_the_grid_ends_with_the_table(docx, only_table, shape):
    wide = '<w:gridSpan w:val="9"/>'
    table = only_table(docx(tbl(tr(tc("甲"), tc("乙", wide)), tr(tc("丙"), tc("丁")), grid=(2000, 2000))))

    assert [cell[:2] + cell[4:] for cell in shape(table)] == [
        (0, 0, "甲"),
        (0, 1, "乙"),
        (1, 0, "丙"),
        (1, 1, "丁"),
    ]


def test_rows_of_other_widths_keep_their_cells_in_order(docx, only_table, shape):
    after = '<w:gridAfter w:val="2"/>'
    table = only_table(
        docx(
            tbl(
                tr(tc("题")),
                tr(tc("甲"), properties=after),
                tr(tc("乙"), tc("丙"), tc("丁")),
                grid=(900, 900, 900),
            )
        )
    )

    assert [(cell[0], cell[1], cell[4]) for cell in shape(table)] == [
        (0, 0, "题"),
        (1, 0, "甲"),
        (2, 0, "乙"),
        (2, 1, "丙"),
        (2, 2, "丁"),
    ]


def test_a_chain_of_merges_ends_where_a_cell_restarts_it(docx, only_table, shape):
    table = only_table(
        docx(tbl(tr(tc("甲", RESTART)), tr(tc("", CONTINUE)), tr(tc("乙", RESTART)), tr(tc("", CONTINUE))))
    )

    assert shape(table) == [(0, 0, 2, 1, "甲"), (2, 0, 2, 1, "乙")]


def test_a_table_of_one_cell_is_a_frame_around_what_stands_in_the_cell(docx, only_table):
    framed = tbl(tr(tc("聚丙烯")))
    before = "<w:p><w:r><w:t>T30S</w:t></w:r></w:p>"
    row = f"<w:tr>{tc('产品')}<w:tc>{before}{tbl(tr(f'<w:tc>{framed}<w:p/></w:tc>'))}<w:p/></w:tc></w:tr>"
    table = only_table(docx(f"<w:tbl>{row}</w:tbl>"))

    assert [(cell.text, cell.source.ref, cell.tables) for cell in table.cells] == [
        ("产品", "table 1 R1C1", ()),
        ("T30S\n聚丙烯", "table 1 R1C2", ()),
    ]


def test_underlines_and_pictures_of_a_framed_text_are_kept(docx, first_cell):
    run = "<w:r><w:t>签</w:t></w:r><w:r><w:rPr><w:u w:val='single'/></w:rPr><w:t>李明</w:t></w:r>"
    picture = "<w:r><w:drawing><wp:inline><a:graphic><pic:pic/></a:graphic></wp:inline></w:drawing></w:r>"
    inner = tbl(f"<w:tr><w:tc><w:p>{run}{picture}</w:p></w:tc></w:tr>")
    cell = first_cell(docx(f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"))

    assert (cell.text, cell.underlined) == ("签李明", ((1, 3),))
    assert [picture.source.ref for picture in cell.pictures] == ["table 1 R1C1"]
