"""What a worker's bench knows without being told: the blanks that formflow issues."""

from __future__ import annotations

import pytest

from formflow.forms.layout import blank_version
from formflow.pipeline.jobs.worker_context import WorkerContext
from formflow.values.blankcode import BlankCode


@pytest.fixture
def bench(office):
    return WorkerContext(office.settings)


def code(bench, **changed):
    told = {
        "form": "complaint",
        "version": blank_version(bench.forms["complaint"], "record"),
        "rendition": "pdf",
        "kind": "record",
    }
    return str(BlankCode(**{**told, **changed}))


def test_the_code_on_a_printed_blank_gives_its_empty_pages(bench):
    (page,) = bench.issued(code(bench))

    assert "complaint" == page.form
    assert "投诉内容" in "".join(page.texts.values())


def test_a_blank_that_was_issued_before_is_drawn_as_it_was(bench):
    form = bench.forms["new_customer"]
    (old,) = bench.issued(code(bench, form=form.id, version=blank_version(form, "record", 1)))
    (new,) = bench.issued(code(bench, form=form.id, version=blank_version(form, "record")))

    assert "信用额度" in old.texts.values()
    assert "信用额度（万元）" in new.texts.values()


@pytest.mark.parametrize(
    "changed",
    [{"version": "00000000"}, {"form": "no_such_form"}, {"rendition": "docx"}, {"kind": "log"}],
)
def test_a_blank_that_is_not_issued_today_has_no_layout(bench, changed):
    assert () == bench.issued(code(bench, **changed))


@pytest.mark.parametrize("text", ["", "https://example.org", "FF1/E/XKH/2026/1/1/1/0000"])
def test_other_codes_are_no_blanks(bench, text):
    assert () == bench.issued(text)
