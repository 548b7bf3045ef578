"""Documents, candidates and findings as compact bytes or text, and back, without loss.

Hand-written arrays instead of `dataclasses.asdict`, which copies deeply and takes some ten times as long: a
long PDF has thousands of lines. Trailing defaults are left out. Bytes are JSON under zlib level 1.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any

from formflow.contract.values import finding_from_json, finding_json
from formflow.model import (
    Candidate,
    Cell,
    Control,
    ControlKind,
    Document,
    DoubtReason,
    Doubts,
    Finding,
    Line,
    Mark,
    Part,
    PartKind,
    Picture,
    PictureKind,
    Reading,
    Source,
    Table,
)
from formflow.store.columns import canonical
from formflow.store.native import dump_native, load_native

_VERSION = 2
"""Version 1 knew no doubts, kept a picture and a seal of a reading apart, and a page's codes among its controls."""
_CODE = "code"
_SEALS = {"": Mark.NONE, "yes": Mark.SEAL, "unknown": Mark.UNKNOWN}


def dump_document(document: Document) -> bytes:
    """A Document as bytes."""
    return _pack(
        [
            _VERSION,
            document.digest,
            document.media_type,
            document.name,
            document.reader,
            [_part(part) for part in document.parts],
        ]
    )


def load_document(blob: bytes) -> Document:
    """The Document that `dump_document` wrote."""
    _, digest, media_type, name, reader, parts = json.loads(zlib.decompress(blob))
    return Document(
        digest=digest,
        media_type=media_type,
        name=name,
        reader=reader,
        parts=tuple(_load_part(part) for part in parts),
    )


def dump_candidate(candidate: Candidate) -> bytes:
    """A Candidate as bytes."""
    return _pack(
        [
            _VERSION,
            candidate.form,
            {name: _reading(reading) for name, reading in candidate.readings.items()},
            {
                name: [{key: _reading(reading) for key, reading in row.items()} for row in rows]
                for name, rows in candidate.rows.items()
            },
            candidate.position,
            candidate.row,
            candidate.year,
            [finding_json(doubt) for doubt in candidate.doubts],
        ]
    )


def load_candidate(blob: bytes) -> Candidate:
    """The Candidate that `dump_candidate` wrote."""
    _, form, readings, rows, position, row, year, doubts = json.loads(zlib.decompress(blob))
    return Candidate(
        form=form,
        readings={name: _load_reading(reading) for name, reading in readings.items()},
        rows={
            name: tuple({key: _load_reading(reading) for key, reading in each.items()} for each in table)
            for name, table in rows.items()
        },
        position=position,
        row=row,
        year=year,
        doubts=tuple(map(finding_from_json, doubts)),
    )


def dump_findings(findings: Iterable[Finding]) -> str:
    """Findings as canonical JSON text."""
    return canonical([finding_json(finding) for finding in findings])


def load_findings(text: str) -> tuple[Finding, ...]:
    """The findings that `dump_findings` wrote."""
    return () if text == "[]" else tuple(map(finding_from_json, json.loads(text)))


def _pack(value: list[Any]) -> bytes:
    # ASCII escapes carry even lone surrogates, which a broken file may hold, and the C encoder is fastest so.
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode("ascii"), 1)


def _source(source: Source) -> list[Any]:
    if source.box is None:
        return [source.part, source.ref, source.medium] if source.medium else [source.part, source.ref]
    item = [source.part, source.ref, *source.box]
    return [*item, source.medium] if source.medium else item


def _load_source(item: list[Any]) -> Source:
    part, ref, *rest = item
    medium = rest.pop() if len(rest) in (1, 5) else ""
    return Source(part=part, ref=ref, box=tuple(rest) if rest else None, medium=medium)


def _part(part: Part) -> list[Any]:
    item = [
        part.name,
        part.kind,
        [_table(block) if isinstance(block, Table) else _line(block) for block in part.blocks],
        part.size,
        [_control(control) for control in part.controls],
        _pictures(part.pictures),
    ]
    rare = [part.filtered, part.frame, part.by_hand, part.cleaned, part.unread, part.attached, part.codes]
    return [*item, *rare] if any(rare) else item


def _load_part(item: list[Any]) -> Part:
    name, kind, blocks, size, controls, pictures, *more = item
    return Part(
        name=name,
        kind=PartKind(kind),
        blocks=tuple(_load_table(b) if isinstance(b[0], int) else _load_line(b) for b in blocks),
        size=None if size is None else (size[0], size[1]),
        controls=tuple(_load_control(control) for control in controls if control[2] != _CODE),
        pictures=_load_pictures(pictures),
        filtered=more[0] if more else 0,
        frame=tuple(more[1]) if len(more) > 1 else (),
        by_hand=len(more) > 2 and more[2],
        cleaned=tuple(more[3]) if len(more) > 3 else (),
        unread=len(more) > 4 and more[4],
        attached=tuple(more[5]) if len(more) > 5 else (),
        codes=tuple(more[6]) if len(more) > 6 else tuple(item[3] for item in controls if item[2] == _CODE),
    )


def _line(line: Line) -> list[Any]:
    item: list[Any] = [line.text, _source(line.source)]
    rare = line.problem or line.character_confidence or line.doubts
    if rare or line.confidence != 1.0 or line.underlined or line.pictures:
        item += [line.confidence, line.underlined, _pictures(line.pictures)]
    return [*item, line.problem, line.character_confidence, line.doubts] if rare else item


def _load_line(item: list[Any]) -> Line:
    if len(item) == 2:
        return Line(text=item[0], source=_load_source(item[1]))
    text, source, confidence, underlined, pictures, *more = item
    return Line(
        text=text,
        source=_load_source(source),
        confidence=confidence,
        underlined=_load_ranges(underlined),
        pictures=_load_pictures(pictures),
        problem=more[0] if more else "",
        character_confidence=tuple(more[1]) if len(more) > 1 else (),
        doubts=_load_doubts(more[2]) if len(more) > 2 else (),
    )


def _table(table: Table) -> list[Any]:
    return [table.rows, table.columns, [_cell(cell) for cell in table.cells], _source(table.source)]


def _load_table(item: list[Any]) -> Table:
    rows, columns, cells, source = item
    return Table(
        rows=rows,
        columns=columns,
        cells=tuple(_load_cell(cell) for cell in cells),
        source=_load_source(source),
    )


def _cell(cell: Cell) -> list[Any]:
    item: list[Any] = [cell.row, cell.column, cell.text, _source(cell.source)]
    trusted = cell.confidence == 1.0 and not (cell.problem or cell.character_confidence or cell.doubts)
    rare = not trusted or cell.underlined or cell.tables or cell.pictures
    if rare or cell.row_span != 1 or cell.column_span != 1 or cell.value is not None:
        item += [cell.row_span, cell.column_span, dump_native(cell.value)]
    if rare:
        item += [
            cell.confidence,
            cell.underlined,
            [_table(table) for table in cell.tables],
            _pictures(cell.pictures),
            cell.problem,
        ]
    return (
        [*item, cell.character_confidence, cell.doubts] if cell.character_confidence or cell.doubts else item
    )


def _load_cell(item: list[Any]) -> Cell:
    row, column, text, source, *more = item
    if not more:
        return Cell(row=row, column=column, text=text, source=_load_source(source))
    row_span, column_span, value, *rare = more
    confidence, underlined, tables, pictures, problem, *more = rare or (1.0, (), (), (), "")
    return Cell(
        row=row,
        column=column,
        text=text,
        source=_load_source(source),
        row_span=row_span,
        column_span=column_span,
        value=load_native(value),
        confidence=confidence,
        underlined=_load_ranges(underlined),
        tables=tuple(_load_table(table) for table in tables),
        pictures=_load_pictures(pictures),
        problem=problem,
        character_confidence=tuple(more[0]) if more else (),
        doubts=_load_doubts(more[1]) if len(more) > 1 else (),
    )


def _control(control: Control) -> list[Any]:
    return [
        control.name,
        control.title,
        control.kind,
        control.value,
        _source(control.source),
        control.placeholder,
    ]


def _load_control(item: list[Any]) -> Control:
    name, title, kind, value, source, placeholder = item
    return Control(
        name=name,
        title=title,
        kind=ControlKind(kind),
        value=value,
        source=_load_source(source),
        placeholder=placeholder,
    )


def _pictures(pictures: tuple[Picture, ...]) -> list[Any]:
    return [[picture.kind, _source(picture.source)] for picture in pictures]


def _load_pictures(items: Iterable[Any]) -> tuple[Picture, ...]:
    return tuple(Picture(kind=PictureKind(kind), source=_load_source(source)) for kind, source in items)


def _load_ranges(items: Iterable[Any]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in items)


def _load_doubts(items: Iterable[str]) -> Doubts:
    return tuple(map(DoubtReason, items))


def _reading(reading: Reading) -> list[Any]:
    item: list[Any] = [reading.text, _source(reading.source), reading.label]
    if (
        reading.confidence != 1.0
        or reading.value is not None
        or reading.mark
        or reading.problem
        or reading.doubts
    ):
        item += [
            reading.confidence,
            dump_native(reading.value),
            reading.mark,
            reading.problem,
            reading.doubts,
        ]
    return item


def _load_reading(item: list[Any]) -> Reading:
    text, source, label, *more = item
    confidence, value, mark, problem, *rare = more or (1.0, None, "", "")
    if isinstance(mark, bool):
        mark = Mark.INK if mark else _SEALS[rare[0]] if rare else Mark.NONE
        rare = rare[1:]
    return Reading(
        text=text,
        source=_load_source(source),
        confidence=confidence,
        label=label,
        value=load_native(value),
        mark=Mark(mark),
        problem=problem,
        doubts=_load_doubts(rare[0]) if rare else (),
    )
