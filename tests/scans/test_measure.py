"""The counting itself: exact, wrong, accepted and silent, on records made up for it."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")

from formflow.model import Finding, Severity

from .measure import Read, _asked, aligned, count, line, normal


def _read(accepted=(), form="fax_out", **values):
    return Read(form, values, frozenset(accepted), dict.fromkeys(values, 0.9))


def _sample(*records, form="fax_out", **more):
    return {"file": "a.tif", "records": [{"form": form, "values": values} for values in records], **more}


def _sums(sample, *read):
    sums, _ = count(sample, read)
    return {
        name: sums[name]
        for name in ("records", "found", "extra", "fields", "exact", "wrong", "accepted", "silent")
    }


def _expected(**more):
    zero = dict.fromkeys(("found", "extra", "fields", "exact", "wrong", "accepted", "silent"), 0)
    return {"records": 1, **zero, **more}


_TRUTH = {"recipient_org": "华南实业", "pages": 3}


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (_read(["recipient_org", "pages"], recipient_org="华南实业", pages=3), {"exact": 2, "accepted": 2}),
        (_read(["pages"], recipient_org="华南实业", pages=3), {"exact": 2, "accepted": 1}),
        (_read([], recipient_org="华南买业", pages=3), {"exact": 1, "wrong": 1}),
        (
            _read(["recipient_org"], recipient_org="华南买业", pages=3),
            {"exact": 1, "wrong": 1, "accepted": 1, "silent": 1},
        ),
        (_read([], recipient_org="华南实业"), {"exact": 1}),
    ],
    ids=["all right", "one is asked about", "wrong but asked about", "wrong and nobody asked", "missing"],
)
def test_each_value_counts_as_what_it_is(read, expected):
    assert _expected(found=1, fields=2, **expected) == _sums(_sample(_TRUTH), read)


@pytest.mark.parametrize(
    ("degradation", "asked", "expected"),
    [
        ("faxfine", {"head"}, {"exact": 1}),
        ("faxfine", {""}, {"exact": 1}),
        ("faxfine", {"pages"}, {"silent": 1}),
        ("scan200", {"head"}, {}),
    ],
)
def test_ink_alone_on_a_fax_is_right_where_a_person_is_asked_whose_it_is(degradation, asked, expected):
    signed = {"head": {"present": True, "name": None, "date": None}}
    read = Read("fax_out", {"pages": 3}, frozenset(), {}, frozenset(asked))

    assert _expected(found=1, fields=1, wrong=1, **expected) == _sums(
        _sample(signed, degradation=degradation), read
    )


def test_a_value_that_the_paper_does_not_hold_is_wrong_and_no_field():
    read = _read(["remarks"], **_TRUTH, remarks="无")

    assert _expected(found=1, fields=2, exact=2, wrong=1, accepted=1, silent=1) == _sums(
        _sample(_TRUTH), read
    )


def test_a_record_read_as_another_form_is_not_found():
    assert _expected(fields=2) == _sums(_sample(_TRUTH), _read(["pages"], form="fax_in", **_TRUTH))


def test_a_record_that_was_not_found_misses_all_its_values_and_one_too_many_is_extra():
    assert _expected(fields=2) == _sums(_sample(_TRUTH))
    assert _expected(found=1, extra=1, fields=2, exact=2) == _sums(
        _sample(_TRUTH), _read(**_TRUTH), _read(pages=9)
    )


def test_prose_does_not_count():
    truth = {"product": "ABS", "description": "到货时外包装破损"}

    assert _expected(found=1, fields=1, exact=1) == _sums(
        _sample(truth, form="complaint"), _read(form="complaint", product="ABS", description="别的")
    )


def test_what_stands_in_the_head_of_a_list_counts_once():
    truth = [{"department": "销售部", "pages": number} for number in (1, 2, 3)]
    read = [_read(department="销售部", pages=number) for number in (1, 2, 3)]

    assert 4 == _sums(_sample(*truth, head=["department"]), *read)["fields"]
    assert 6 == _sums(_sample(*truth), *read)["fields"]


def test_the_rows_of_a_form_s_own_table_count_value_by_value():
    truth = {"date": "2026-03-05", "rows": [{"customer": "甲"}, {"customer": "乙"}]}
    read = Read("visit_plan", {"date": "2026-03-05", "rows/0/customer": "甲"}, frozenset(), {})

    assert _expected(found=1, fields=3, exact=2) == _sums(_sample(truth, form="visit_plan"), read)


def test_a_year_that_the_form_does_not_print_is_no_error():
    assert 0 == _sums(_sample(_TRUTH), _read(**_TRUTH, year=2026))["wrong"]


def test_what_is_not_as_it_should_be_is_told_with_what_was_wanted():
    read = _read(["recipient_org"], recipient_org="华南买业", pages=3)

    _, told = count(_sample(_TRUTH), [read])

    assert [("recipient_org", "wrong!", "华南实业", "华南买业"), ("pages", "ok", 3, 3)] == [
        (one["field"], one["kind"], one["want"], one["have"]) for one in told
    ]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("ABS 275", "ＡＢＳ275", True),
        ("0755—2688", "0755-2688", True),
        ("华南实业", "华南 实业", True),
        ("华南实业", "华南买业", False),
        (["a", "b"], ["b", "a"], True),
        ({"name": "李 明"}, {"name": "李明"}, True),
        (3, "3", False),
        (None, "", False),
    ],
)
def test_values_are_compared_without_what_pixels_do_not_tell(a, b, same):
    assert same == (normal(a) == normal(b))


def _matched(truth, read):
    return [(number, None if one is None else read.index(one)) for number, one in aligned(truth, read)]


def test_records_are_matched_in_order_by_what_they_share():
    truth = [("fax_out", {"a": n, "b": n, "c": n}) for n in (1, 2, 3)]
    first, second, third = (_read(a=n, b=n, c=n) for n in (1, 2, 3))
    stray = _read(a=8, b=8, c=8)

    assert [(0, 0), (1, None), (2, 1)] == _matched(truth, [first, third])
    assert [(0, 1), (1, 2), (2, 3)] == _matched(truth, [stray, first, second, third])
    assert [(0, None), (1, None), (2, None)] == _matched(truth, [])


def test_a_record_that_shares_one_value_only_is_another():
    truth = [("fax_out", {"a": 1, "b": 1}), ("fax_out", {"a": 2, "b": 2})]

    assert [(0, None), (1, None)] == _matched(truth, [_read(a=1, b=9)])


def test_as_many_records_as_there_are_stand_in_their_order():
    truth = [("fax_out", {"a": 1}), ("fax_out", {"a": 2})]

    assert [(0, 0), (1, 1)] == _matched(truth, [_read(a=2), _read(a=9)])


def test_a_row_of_the_table_tells_shares_of_fields_and_precision_of_what_was_accepted():
    sums, _ = count(_sample(_TRUTH), [_read(["recipient_org", "pages"], recipient_org="华南买业", pages=3)])

    assert ["faxstd", "1", "1", "1", "0", "2", "0.5000", "0.5000", "1.0000", "0.5000", "1"] == line(
        "faxstd", sums
    ).split()


def test_where_nothing_was_accepted_there_is_no_precision():
    sums, _ = count(_sample(_TRUTH), [_read(**_TRUTH)])

    assert ["1.0000", "0.0000", "0.0000", "-", "0"] == line("faxstd", sums).split()[6:]


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ({"field": "pages"}, {"pages"}),
        ({"field": "rows", "cell": "rows.2.customer"}, {"rows/2/customer"}),
        ({"field": "rows"}, {"rows"}),
        ({"field": None}, {""}),
        ({"field": "pages", "severity": Severity.NOTE}, set()),
    ],
)
def test_a_person_is_asked_about_what_a_finding_names(finding, expected):
    finding = {"code": "low-confidence", "severity": Severity.RETURN, "message": "", "english": "", **finding}

    assert expected == _asked([Finding(**finding)])
