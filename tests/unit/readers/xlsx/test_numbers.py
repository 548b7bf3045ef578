import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.readers.xlsx.numbers import show_general, show_number


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, "3"),
        (3.5, "3.5"),
        (0.1 + 0.2, "0.3"),
        (13800138000, "13800138000"),
        (1.38e15, "1380000000000000"),
        (1e-7, "0.0000001"),
        (-2.5, "-2.5"),
        (1e300, "1e+300"),
    ],
)
def test_a_number_without_a_format_shows_all_its_digits(value, expected):
    assert expected == show_general(value)


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (12000, "0.00", "12000.00"),
        (12000, "#,##0.00", "12,000.00"),
        (1234567, "#,##0", "1,234,567"),
        (999, "#,##0", "999"),
        (2.675, "0.00", "2.68"),
        (0.125, "0%", "13%"),
        (0.125, "0.0%", "12.5%"),
        (1.2, '0.0"万元"', "1.2万元"),
        (12345, '0!.0,"万"', "1.2万"),
        (12345678, "#,##0,", "12,346"),
        (3000, '"¥"#,##0.00', "¥3,000.00"),
        (3000, "[$¥-804]#,##0.00", "¥3,000.00"),
        (3000, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "¥3,000.00"),
        (-5, "0.0", "-5.0"),
        (-5, "0.0;(0.0)", "(5.0)"),
        (-0.001, "0.0", "0.0"),
        (0, '0;-0;"无"', "无"),
        (7, "0000", "0007"),
        (13800138000, "000-0000-0000", "138-0013-8000"),
        (3.0, "0.##", "3."),
        (3.25, "0.##", "3.25"),
        (5, '0"页"', "5页"),
        (5, 'General"页"', "5页"),
        (5, ";;;", ""),
        (150, '[>=100]"多";"少"', "多"),
        (50, '[>=100]"多";"少"', "少"),
        (12345, "0.00E+00", "12345"),
        (0.5, "# ?/?", "0.5"),
        (8, "[Red]0", "8"),
        (8, "@", "8"),
        (12000, "[DBNum2]General", "12000"),
        (12000, '[DBNum2][$-804]General"元整"', "12000元整"),
        (440301, "000000", "440301"),
        (755, '"0"0', "0755"),
    ],
)
def test_a_number_shows_as_its_format_says(value, code, expected):
    assert expected == show_number(value, code)


@given(
    st.one_of(st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False)),
    st.text(alphabet='0#?.,%"¥;E+-[]$/@!\\_* 元GeneralRed', max_size=20),
)
def test_no_format_makes_a_number_fail(value, code):
    assert isinstance(show_number(value, code), str)
