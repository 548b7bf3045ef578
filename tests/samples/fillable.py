"""Fillable PDFs: the form printed by LibreOffice, its values in AcroForm fields whose names tell nothing.

The page is printed twice from Word, once with a mark in every place a field goes, to learn where the places are.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pdfplumber
import pikepdf
from pikepdf import Array, Dictionary, Name, String

from .fill import LONG, SIGNED, Filling
from .labels import title
from .marks import OPTIONS
from .page import WIDTH, Cell, Page, flatten, plain
from .pdf import to_pdf
from .sections import Record
from .single import GROUPS
from .values import ABSENT, date, write_date
from .word import WordFile

_POINTS = 480 / WIDTH


@dataclass(frozen=True)
class Place:
    """A widget to come: its mark on the page, its width in points and what it holds."""

    mark: str
    width: float
    field: str
    option: str = ""
    height: float = 16


def make(form: str, rng: Random) -> tuple[Filling, Record, Page, Page, list[Place]]:
    """The filled record, the page with marks, the blank page, and the places."""
    filling = Filling.draw(form, rng, "pdf")
    filling.placeholders = []
    fields = filling.fields()
    record = filling.record(fields)
    marked, empty = Page(), Page()
    word = title(form, rng)
    places: list[Place] = []
    colon = rng.choice(["", "：", ":"])
    two = rng.random() < 0.5
    grouped = rng.random() < 0.5
    rows: list[list[Cell]] = []
    for caption, names in GROUPS[form]:
        here = [n for n in names if n in fields]
        if grouped and caption:
            rows.append([Cell(plain(caption), WIDTH, bold=True, height=360)])
        waiting: list[Cell] = []
        for name in here:
            if name in OPTIONS or name in LONG or name in SIGNED or not two:
                rows += _flush(waiting)
                rows.append(_row(filling, name, colon, places))
                continue
            mark = f"Q{len(places):02}Z"
            places.append(Place(mark, 8 * _POINTS - 6, name))
            waiting += [_label(filling, name, colon), Cell(plain(mark), 8, height=400)]
            if len(waiting) == 4:
                rows += _flush(waiting)
        rows += _flush(waiting)
    for page in (marked, empty):
        page.para(word, align="center", bold=True, size=16)
        shown = rows if page is marked else [[_without(c) for c in row] for row in rows]
        page.grid(shown, border=True)
    return filling, record, marked, empty, places


def _without(cell: Cell) -> Cell:
    text = flatten(cell.content)
    return Cell(((),), cell.width, height=cell.height) if text[:1] == "Q" and text[-1:] == "Z" else cell


def _flush(waiting: list[Cell]) -> list[list[Cell]]:
    if not waiting:
        return []
    row = [*waiting]
    if len(row) == 2:
        row.append(Cell(((),), WIDTH // 2, height=400))
    waiting.clear()
    return [row]


def _label(filling: Filling, name: str, colon: str) -> Cell:
    unit = filling.labels.units.get(name, "")
    return Cell(
        plain(filling.labels.words[name] + (f"（{unit}）" if unit else "") + colon),
        4,
        align="center",
        height=400,
    )


def _row(filling: Filling, name: str, colon: str, places: list[Place]) -> list[Cell]:
    row = [_label(filling, name, colon)]
    if name not in OPTIONS:
        mark = f"Q{len(places):02}Z"
        height = 1000 if name in LONG else 400
        places.append(Place(mark, (WIDTH - 4) * _POINTS - 6, name, height=height / 20 - 4))
        return [*row, Cell(plain(mark), WIDTH - 4, height=height)]
    for ident, word in OPTIONS[name]:
        mark = f"Q{len(places):02}Z"
        places.append(Place(mark, 11, name, ident, height=11))
        row += [Cell(plain(mark), 2, height=400), Cell(plain(word), 2, height=400)]
    rest = WIDTH - sum(c.width for c in row)
    return [*row, Cell(((),), rest, height=400)] if rest else row


def write_fillable(form: str, rng: Random, path: Path) -> tuple[Record, str]:
    """One fillable PDF; gives the record and the layout's name."""
    filling, record, marked, empty, places = make(form, rng)
    with tempfile.TemporaryDirectory() as scratch:
        both = []
        for name, page in (("marked", marked), ("empty", empty)):
            file = WordFile(Random(3))
            file.font, file.size, file.split, file.spacing = "宋体", 9, False, 0
            file.write([page], Path(scratch) / f"{name}.docx")
            both.append((Path(scratch) / f"{name}.docx", Path(scratch) / f"{name}.pdf"))
        to_pdf(both)
        found = _find(both[0][1], places)
        _widgets(both[1][1], path, places, found, filling, record, rng)
    return record, f"fillable-{form}"


def _find(path: Path, places: list[Place]) -> dict[str, tuple[int, float, float]]:
    """mark -> (page, left, bottom) in PDF points."""
    out: dict[str, tuple[int, float, float]] = {}
    marks = {p.mark for p in places}
    with pdfplumber.open(path) as pdf:
        for number, page in enumerate(pdf.pages):
            for word in page.extract_words():
                if word["text"] in marks:
                    out[word["text"]] = (number, word["x0"], page.height - word["bottom"])
    return out


def _widgets(
    source: Path,
    target: Path,
    places: list[Place],
    found: dict[str, tuple[int, float, float]],
    filling: Filling,
    record: Record,
    rng: Random,
) -> None:
    radio = rng.random() < 0.4
    prefix = rng.choice(["Text", "文本", "topmostSubform[0].Page1[0].f", "tb_"])
    on_state = rng.choice(["Yes", "On", "1", "选中"])
    with pikepdf.open(source) as pdf:
        fields: list[pikepdf.Object] = []
        parents: dict[str, pikepdf.Object] = {}
        for number, place in enumerate(places):
            page_number, left, bottom = found[place.mark]
            page = pdf.pages[page_number]
            middle = bottom + 4.5
            rect = Array(
                [left - 1, middle - place.height / 2, left - 1 + place.width, middle + place.height / 2]
            )
            widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=rect, F=4, P=page.obj)
            if place.option:
                state = f"/{place.option if radio else on_state}" if not radio else f"/{number}"
                ticked = record[place.field].truth == place.option
                empty = pdf.make_stream(b"")
                widget.AP = Dictionary(N=Dictionary({state: empty, "/Off": empty}))
                widget.AS = Name(state if ticked else "/Off")
                widget.MK = Dictionary(CA=String("4"))
                if radio:
                    parent = parents.get(place.field)
                    if parent is None:
                        parent = pdf.make_indirect(
                            Dictionary(
                                FT=Name.Btn,
                                Ff=49152,
                                T=String(f"{prefix}{number}"),
                                V=Name.Off,
                                Kids=Array([]),
                            )
                        )
                        parents[place.field] = parent
                        fields.append(parent)
                    widget.Parent = parent
                    made = pdf.make_indirect(widget)
                    parent.Kids.append(made)
                    if ticked:
                        parent.V = Name(state)
                else:
                    widget.FT, widget.T, widget.V = Name.Btn, String(f"{prefix}{number}"), widget.AS
                    made = pdf.make_indirect(widget)
                    fields.append(made)
            else:
                widget.FT, widget.T = Name.Tx, String(f"{prefix}{number}")
                widget.V = String(_value(record, place.field, rng))
                widget.DA = String("/Helv 9 Tf 0 g")
                if place.field in LONG:
                    widget.Ff = 4096
                made = pdf.make_indirect(widget)
                fields.append(made)
            if "/Annots" not in page:
                page.Annots = Array([])
            page.Annots.append(made)
        helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        pdf.Root.AcroForm = Dictionary(
            Fields=Array(fields),
            NeedAppearances=True,
            DA=String("/Helv 9 Tf 0 g"),
            DR=Dictionary(Font=Dictionary(Helv=helvetica)),
        )
        pdf.save(target)


def _value(record: Record, name: str, rng: Random) -> str:
    """What is typed into the field; a signature is a name and perhaps a day."""
    value = record[name]
    if name not in SIGNED:
        return flatten(value.content)
    truth = value.truth
    if truth is ABSENT or not isinstance(truth, dict) or not truth["name"]:
        return ""
    day = write_date(rng, date.fromisoformat(str(truth["date"])), styles=8) if truth["date"] else ""
    return f"{truth['name']} {day}".strip()


def truth_of(record: Record) -> dict[str, object]:
    """A field cannot hold ink: what would have been a picture is absent."""
    out = {name: value.truth for name, value in record.items() if value.truth is not ABSENT}
    return {
        name: t for name, t in out.items() if not (isinstance(t, dict) and t.get("present") and not t["name"])
    }
