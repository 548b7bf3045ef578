"""The layout of blanks: everything on the paper, nothing over anything else."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from formflow.forms.layout import blank_layout, blank_version, issued_as
from formflow.forms.layout.measure import MM
from formflow.forms.layout.versions import REVISION
from formflow.forms.load import load_forms
from formflow.forms.spec import FieldType

FORMS = load_forms(Path(__file__).parents[3] / "schemas")
ISSUED = [(form, kind) for form in FORMS.values() for kind in form.layouts]
issued = pytest.mark.parametrize(("form", "kind"), ISSUED, ids=[f"{f.id}-{k}" for f, k in ISSUED])
WRITING = ("value", "option", "remark", "opinion", "signature", "signed_on")


@issued
def test_every_field_has_its_place(form, kind):
    blank = blank_layout(form, kind)
    areas = [area for page in blank.pages for area in page.areas if area.kind in WRITING]
    placed = {area.field for area in areas}

    assert {item.id for item in form.fields} == placed


@issued
def test_every_option_has_its_square(form, kind):
    blank = blank_layout(form, kind)
    squares = {(a.field, a.option) for page in blank.pages for a in page.areas if a.kind == "option"}
    columns = {item.id for item in blank.columns}
    expected = {(item.id, id) for item in form.fields if item.id not in columns for id in item.options}

    assert expected == squares


@issued
def test_nothing_lies_outside_the_paper_or_over_anything_else(form, kind):
    for page in blank_layout(form, kind).pages:
        boxes = [a.box for a in page.areas if a.kind in (*WRITING, "label", "number")] + [page.qr]
        outside = [
            b for b in boxes if b[0] < 30 or b[1] < 20 or b[2] > page.width - 30 or b[3] > page.height - 20
        ]
        over = [
            (a, b)
            for a, b in combinations(boxes, 2)
            if min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5
        ]

        assert ([], []) == (outside, over)


@issued
def test_rows_are_high_enough_for_a_pen_and_symbols_large_enough_for_a_scanner(form, kind):
    page = blank_layout(form, kind).pages[0]

    assert min(row.height for row in page.rows) >= 8.9 * MM
    assert page.qr[2] - page.qr[0] >= 18 * MM


def test_a_longer_log_takes_more_pages():
    one, three = blank_layout(FORMS["fax_in"]), blank_layout(FORMS["fax_in"], pages=3)

    assert (1, 3) == (len(one.pages), len(three.pages))
    assert three.entries > 2 * one.entries
    assert one.pages[0].rows == three.pages[0].rows


def test_a_form_too_long_for_a_page_goes_on_with_the_next():
    form = FORMS["new_customer"]
    more = [replace(item, id=f"{item.id}_again") for item in form.fields]
    blank = blank_layout(replace(form, fields=(*form.fields, *more)))

    assert 2 == len(blank.pages)
    assert [1, 2] == [page.number for page in blank.pages]


def test_the_version_changes_with_what_prints_and_not_with_rules_or_aliases():
    form = FORMS["complaint"]
    first, *others = form.fields
    relabelled = replace(form, fields=(replace(first, label="编号"), *others))
    renamed = replace(form, fields=(replace(first, also=("某号",)), *others), rules=())

    assert blank_version(form) != blank_version(relabelled)
    assert blank_version(form) == blank_version(renamed)
    assert blank_version(FORMS["fax_out"], "record") != blank_version(FORMS["fax_out"], "log")


def test_signatures_come_last():
    blank = blank_layout(FORMS["fax_out"], "record")
    last = blank.pages[-1].rows[-1].cells[1].spec

    assert last is not None
    assert FieldType.SIGNATURE is last.type


def test_a_layout_that_the_form_does_not_have_is_refused():
    with pytest.raises(ValueError, match="no layout 'log'"):
        blank_layout(FORMS["complaint"], "log")


def test_the_version_changes_with_units_notes_and_approvers():
    form = FORMS["project"]
    units = tuple(replace(item, unit="万元") if item.id == "budget" else item for item in form.fields)

    assert 4 == len(
        {
            blank_version(form),
            blank_version(replace(form, fields=units)),
            blank_version(replace(form, notes=("注：一式两份。",))),
            blank_version(replace(form, approval=())),
        }
    )


@issued
def test_the_version_of_an_earlier_revision_tells_how_the_blank_was_set(form, kind):
    for revision in (1, REVISION):
        told = issued_as(form, blank_version(form, kind, revision))

        assert (kind, revision) == (told.kind, told.revision)
    assert issued_as(form, "00000000") is None


def test_versions_of_the_first_revision_stay_what_they_were():
    form = FORMS["complaint"]
    first = replace(form, fields=form.fields[:3], head=())

    assert "3e0a8373" == blank_version(first, "record", 1)


@issued
def test_company_and_notes_move_nothing(form, kind):
    bare, full = blank_layout(form, kind), blank_layout(form, kind, company="华南石化销售有限公司")

    assert [page.rows for page in bare.pages] == [page.rows for page in full.pages]


def test_an_approver_has_room_for_an_opinion_above_the_line_to_sign_on():
    areas = {(a.field, a.kind): a for page in blank_layout(FORMS["new_customer"]).pages for a in page.areas}
    for step in FORMS["new_customer"].approval:
        above, line = areas[step.role, "opinion"].box, areas[step.role, "signature"].box

        assert above[3] <= line[1] + 1
        assert above[3] - above[1] >= 6 * MM


def test_a_long_text_has_room_for_five_lines_where_the_page_has_it():
    rows = blank_layout(FORMS["project"]).pages[0].rows
    (goal,) = [row for row in rows if row.cells[1].spec and row.cells[1].spec.id == "goal"]

    assert goal.height >= 22 * MM
