"""A label with one character read wrong is mended only where nothing else can be meant, and never silently."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.extraction.extract import extract
from formflow.extraction.identify import Forms
from formflow.extraction.mending import MENDED, mend_labels
from formflow.forms.load import load_forms
from formflow.model import Cell, Document, Line, Part, Source, Table

_KNOWN = Forms(load_forms(Path("schemas")))


def _document(rows, *, medium="fax-standard", sure=0.8, title="发函登记表"):
    place = Source(part="page 1", ref="x", box=(0, 0, 1, 1), medium=medium)
    cells = tuple(
        Cell(row=r, column=c, text=text, source=place, confidence=sure if c == 0 else 0.99)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    table = Table(rows=len(rows), columns=2, cells=cells, source=place)
    blocks = (Line(text=title, source=place, confidence=0.99), table)
    return Document(
        digest="0",
        media_type="image/tiff",
        name="a.tif",
        reader="scan/1",
        parts=(Part(name="page 1", kind="page", blocks=blocks),),
    )


def _labels(document):
    return [cell.text for cell in document.parts[0].blocks[1].cells if cell.column == 0]


def test_a_misread_label_of_a_missing_field_is_mended():
    mended = mend_labels(_document([["收函单仕", "华南实业"], ["页数", "3"]]), _KNOWN)

    assert "收函单位" == _labels(mended)[0]


def test_the_value_beside_a_mended_label_is_never_certain():
    [candidate] = extract(_document([["收函单仕", "华南实业有限公司"], ["页数", "3"]]), _KNOWN)

    assert candidate.readings["recipient_org"].confidence <= MENDED


@pytest.mark.parametrize("medium", [""])
def test_a_digital_document_is_left_as_it_is(medium):
    document = _document([["收函单仕", "华南实业"]], medium=medium)

    assert document is mend_labels(document, _KNOWN)


def test_a_label_that_was_read_surely_is_left_as_it_is():
    assert ["收函单仕"] == _labels(mend_labels(_document([["收函单仕", "华南"]], sure=0.99), _KNOWN))


def test_a_label_is_left_where_its_field_is_named_elsewhere():
    rows = [["收函单仕", "甲公司"], ["收函单位", "乙公司"]]

    assert "收函单仕" == _labels(mend_labels(_document(rows), _KNOWN))[0]
