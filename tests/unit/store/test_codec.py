from __future__ import annotations

import json
import zlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formflow.model import (
    Candidate,
    Cell,
    Control,
    ControlKind,
    Document,
    DoubtReason,
    Finding,
    Line,
    Mark,
    Part,
    PartKind,
    Picture,
    PictureKind,
    Reading,
    Severity,
    Source,
    Table,
)
from formflow.store.codec import (
    dump_candidate,
    dump_document,
    dump_findings,
    load_candidate,
    load_document,
    load_findings,
)

TEXT = st.text(st.characters(codec=None), max_size=8)
FLOATS = st.floats(allow_nan=False)
SURE = st.lists(FLOATS, max_size=3).map(tuple)
SOURCES = st.builds(Source, part=TEXT, ref=TEXT, box=st.none() | st.tuples(FLOATS, FLOATS, FLOATS, FLOATS))
PICTURES = st.lists(st.builds(Picture, source=SOURCES, kind=st.sampled_from(PictureKind)), max_size=2).map(
    tuple
)
RANGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=2).map(tuple)
NATIVE = (
    st.none()
    | TEXT
    | st.booleans()
    | st.integers()
    | FLOATS
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
    | st.decimals(allow_nan=False)
)
DOUBTS = st.lists(st.sampled_from(DoubtReason), unique=True, max_size=2).map(tuple)
LINES = st.builds(
    Line,
    text=TEXT,
    source=SOURCES,
    confidence=FLOATS,
    underlined=RANGES,
    pictures=PICTURES,
    character_confidence=SURE,
    doubts=DOUBTS,
) | st.builds(Line, text=TEXT, source=SOURCES)
PLAIN_CELLS = st.builds(Cell, row=st.integers(0, 9), column=st.integers(0, 9), text=TEXT, source=SOURCES)


def cells(tables: st.SearchStrategy[tuple[Table, ...]]) -> st.SearchStrategy[Cell]:
    return PLAIN_CELLS | st.builds(
        Cell,
        row=st.integers(0, 9),
        column=st.integers(0, 9),
        text=TEXT,
        source=SOURCES,
        row_span=st.integers(1, 3),
        column_span=st.integers(1, 3),
        value=NATIVE,
        confidence=FLOATS,
        character_confidence=SURE,
        doubts=DOUBTS,
        underlined=RANGES,
        tables=tables,
        pictures=PICTURES,
        problem=TEXT,
    )


def tables(inner: st.SearchStrategy[tuple[Table, ...]]) -> st.SearchStrategy[Table]:
    return st.builds(
        Table,
        rows=st.integers(0, 9),
        columns=st.integers(0, 9),
        cells=st.lists(cells(inner), max_size=3).map(tuple),
        source=SOURCES,
    )


TABLES = tables(st.lists(tables(st.just(())), max_size=1).map(tuple))
CONTROLS = st.builds(
    Control,
    name=TEXT,
    title=TEXT,
    kind=st.sampled_from(ControlKind),
    value=TEXT,
    source=SOURCES,
    placeholder=st.booleans(),
)
PARTS = st.builds(
    Part,
    name=TEXT,
    kind=st.sampled_from(PartKind),
    blocks=st.lists(LINES | TABLES, max_size=3).map(tuple),
    size=st.none() | st.tuples(FLOATS, FLOATS),
    controls=st.lists(CONTROLS, max_size=2).map(tuple),
    pictures=PICTURES,
    codes=st.lists(TEXT, max_size=2).map(tuple),
)
DOCUMENTS = st.builds(
    Document,
    digest=TEXT,
    media_type=TEXT,
    name=TEXT,
    reader=TEXT,
    parts=st.lists(PARTS, max_size=2).map(tuple),
)
READINGS = st.builds(
    Reading,
    text=TEXT,
    source=SOURCES,
    confidence=FLOATS,
    label=TEXT,
    value=NATIVE,
    mark=st.sampled_from(Mark),
    problem=TEXT,
    doubts=DOUBTS,
) | st.builds(Reading, text=TEXT, source=SOURCES, label=TEXT)
FINDINGS = st.lists(
    st.builds(
        Finding,
        code=TEXT,
        severity=st.sampled_from(Severity),
        message=st.text(max_size=8),
        english=st.text(max_size=8),
        field=st.none() | st.text(max_size=3),
        article=st.none() | st.text(max_size=3),
        cell=st.text(max_size=3),
        suggestions=st.lists(st.text(max_size=3), max_size=2).map(tuple),
    ),
    max_size=2,
).map(tuple)
CANDIDATES = st.builds(
    Candidate,
    form=TEXT,
    readings=st.dictionaries(TEXT, READINGS, max_size=3),
    rows=st.dictionaries(
        TEXT, st.lists(st.dictionaries(TEXT, READINGS, max_size=2), max_size=2).map(tuple), max_size=1
    ),
    position=TEXT,
    row=st.none() | st.integers(0, 9),
    year=st.none() | st.integers(2000, 2100),
    doubts=FINDINGS,
)


@settings(max_examples=60)
@given(DOCUMENTS)
def test_a_document_comes_back_as_it_was(document):
    assert load_document(dump_document(document)) == document


@settings(max_examples=60)
@given(CANDIDATES)
def test_a_candidate_comes_back_as_it_was(candidate):
    assert load_candidate(dump_candidate(candidate)) == candidate


@pytest.mark.parametrize(
    "value",
    [
        None,
        "文",
        True,
        3,
        1.5,
        date(2026, 3, 5),
        datetime(2026, 3, 5, 14, 30),
        time(14, 30),
        timedelta(hours=30),
        Decimal("12.50"),
    ],
)
def test_a_native_value_keeps_its_type(value):
    cell = Cell(row=0, column=0, text="", source=Source(part="Sheet1", ref="A1"), value=value)
    table = Table(rows=1, columns=1, cells=(cell,), source=cell.source)
    part = Part(name="Sheet1", kind="sheet", blocks=(table,))
    document = Document(digest="d", media_type="m", name="n", reader="xlsx/1", parts=(part,))

    (found,) = next(load_document(dump_document(document)).parts[0].tables).cells

    assert (type(value), value) == (type(found.value), found.value)


@pytest.mark.parametrize("frame", [(), (1.0, 0.0, 3.5, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)])
@pytest.mark.parametrize("by_hand", [False, True])
def test_a_page_keeps_its_way_back_to_the_file_and_that_it_was_written_by_hand(frame, by_hand):
    part = Part(name="page 1", kind="page", blocks=(), frame=frame, by_hand=by_hand)
    document = Document(digest="d", media_type="m", name="n", reader="scan/1", parts=(part,))

    assert document == load_document(dump_document(document))


@pytest.mark.parametrize("more", [{}, {"filtered": 3}, {"by_hand": True}])
def test_a_part_keeps_where_characters_were_taken_out(more):
    part = Part(name="表1", kind="sheet", blocks=(), cleaned=("B2", "C3"), **more)
    document = Document(digest="d", media_type="m", name="n", reader="xlsx/3", parts=(part,))

    assert document == load_document(dump_document(document))


@pytest.mark.parametrize("told", [{"unread": True}, {"attached": ("a.docx", "b.xlsx")}])
def test_a_page_keeps_what_of_it_was_not_read(told):
    part = Part(name="page 1", kind="page", blocks=(), **told)
    document = Document(digest="d", media_type="m", name="n", reader="pdf/2", parts=(part,))

    assert document == load_document(dump_document(document))


@given(st.lists(st.builds(Finding, code=st.text(), severity=st.sampled_from(Severity), message=st.text())))
def test_findings_come_back_as_they_were(findings):
    clean = tuple(finding for finding in findings if "\x00" not in finding.code + finding.message)

    assert load_findings(dump_findings(clean)) == clean


_HERE = Source(part="page 1", ref="R1C2")


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (
            ["甲", ["page 1", "R1C2"], "客户", 0.7, None, False, ""],
            Reading(text="甲", source=_HERE, label="客户", confidence=0.7),
        ),
        (
            ["", ["page 1", "R1C2"], "领导", 1.0, None, False, "", "yes"],
            Reading(text="", source=_HERE, label="领导", mark=Mark.SEAL),
        ),
        (
            ["", ["page 1", "R1C2"], "领导", 1.0, None, True, ""],
            Reading(text="", source=_HERE, label="领导", mark=Mark.INK),
        ),
    ],
    ids=["one that was lowered", "one under a seal", "one that was signed"],
)
def test_a_reading_that_an_older_version_stored_comes_back(stored, expected):
    blob = zlib.compress(json.dumps([1, "f", {"a": stored}, {}, "", None, None, []]).encode())

    assert expected == load_candidate(blob).readings["a"]


def test_a_document_that_an_older_version_stored_comes_back():
    place = ["page 1", "R1C2"]
    line = ["甲：乙", place, 0.6, [[2, 3]], [], "", [0.6, 0.9, 0.9]]
    cell = [0, 1, "甲", place, 1, 1, None, 0.7, [], [], [], "", [0.7]]
    controls = [
        ["", "", "code", "FF1/E/XKH/2026/1", place, False],
        ["area", "", "text", "华南", place, False],
    ]
    part = ["page 1", "page", [line, [1, 2, [cell], place]], None, controls, [], 0, [], True]
    blob = zlib.compress(json.dumps([1, "0", "image/tiff", "a.tif", "scan/1", [part]]).encode())

    (found,) = load_document(blob).parts
    first, table = found.blocks

    assert (True, ("FF1/E/XKH/2026/1",)) == (found.by_hand, found.codes)
    assert ["area"] == [control.name for control in found.controls]
    assert first == Line(
        text="甲：乙",
        source=_HERE,
        confidence=0.6,
        underlined=((2, 3),),
        character_confidence=(0.6, 0.9, 0.9),
    )
    assert table.cells == (
        Cell(row=0, column=1, text="甲", source=_HERE, confidence=0.7, character_confidence=(0.7,)),
    )
