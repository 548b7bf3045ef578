import pytest

from formflow.readers.cell_names import cell_name, column_letters, column_number, position, span


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_and_letters_are_each_others_inverse(column, letters):
    assert (letters, column) == (column_letters(column), column_number(letters))


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("B7", (6, 1)),
        ("$B$7", (6, 1)),
        ("b7", (6, 1)),
        ("B0", None),
        ("7", None),
        ("#REF!", None),
        ("", None),
    ],
)
def test_a_reference_names_a_position(reference, expected):
    assert expected == position(reference)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [("A1:B2", (0, 0, 1, 1)), ("B2:A1", (0, 0, 1, 1)), ("C3", (2, 2, 2, 2)), ("A:A", None)],
)
def test_a_range_runs_from_its_first_corner_to_its_last(reference, expected):
    assert expected == span(reference)


def test_a_cell_is_named_by_column_and_row():
    assert cell_name(6, 1) == "B7"
