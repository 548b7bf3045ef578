"""The bench's own parts: the text of a page as formflow gives it, readings that add up, what is not installed."""

from __future__ import annotations

import pytest
from tests.bench import searchable
from tests.bench.characters import Score
from tests.bench.scans import table, text_of
from tests.bench.searchable import Reading

from formflow.model import Cell, Line, Part, Source, Table

_HERE = Source(part="page 1", ref="")


def _cell(text, tables=()):
    return Cell(row=0, column=0, text=text, source=_HERE, tables=tables)


def _table(*cells):
    return Table(rows=1, columns=len(cells), cells=cells, source=_HERE)


def test_the_text_of_a_page_is_that_of_lines_cells_and_nested_tables():
    blocks = (
        Line(text="申请表", source=_HERE),
        _table(_cell("片区", (_table(_cell("东区")),)), _cell("电话")),
    )
    part = Part(name="page 1", kind="page", blocks=blocks)

    assert "申请表\n片区\n东区\n电话" == text_of(part)


def test_readings_add_their_time_and_keep_the_most_memory():
    both = Reading(("a",), 1.0, 2.0, 300.0) + Reading(("b", "c"), 0.5, 1.0, 200.0)

    assert Reading(("a", "b", "c"), 1.5, 3.0, 300.0) == both


def test_the_table_has_the_manners_and_then_all():
    whole = Score(true=1, read=1, right=1)
    rows = list(table({"formflow": {"scan200": whole, "all": whole, "faxstd": whole}}))

    assert ["faxstd", "scan200", "all"] == [row.split()[0] for row in rows[1:]]


@pytest.mark.parametrize(
    ("programs", "languages", "expected"),
    [
        ((), "", "ocrmypdf, tesseract"),
        (("ocrmypdf", "tesseract"), "eng\nosd", "tesseract's chi_sim"),
        (("ocrmypdf", "tesseract"), "chi_sim\nosd", ""),
    ],
)
def test_what_is_not_installed_is_named(programs, languages, expected, monkeypatch):
    monkeypatch.setattr(searchable.shutil, "which", lambda name: name if name in programs else None)
    monkeypatch.setattr(searchable, "_told", lambda *command: languages)

    assert expected in searchable.missing()
    assert bool(expected) == bool(searchable.missing())
