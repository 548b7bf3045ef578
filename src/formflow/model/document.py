"""The neutral Document: what a reader saw, whatever the file was, with the place of every text and the reasons to doubt it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points (1/72 inch) from the page's top-left corner."""

Json = Any
"""A value as the JSON contract writes it: str, int, None, or a list or dict of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a value was read, so that a reviewer can look at the paper.

    Attributes:
        part: Page, sheet or story (`page 2`, `Sheet1`, `body`, `header 1`); pages count from 1.
        ref: Place inside the part (`B7`, `control:customer_name`, `table 1 R2C3`, `paragraph 4`).
        box: Place on the page; None where there is no page.
        medium: How paper reached us (`scan`, `photo`, `fax-fine`, `fax-standard`); empty for a digital file.
    """

    part: str
    ref: str
    box: Box | None = None
    medium: str = ""


# --- The neutral Document ---------------------------------------------------------------------


class DoubtReason(StrEnum):
    """Why a person looks at a text, apart from characters that the recogniser was not sure of."""

    SEAL_OVER = "seal-over"
    BY_HAND = "by-hand"
    CHARACTER_MISSED = "character-missed"
    BRACKET_LOST = "bracket-lost"
    SIGN_REPAIRED = "sign-repaired"
    LOOK_ALIKE = "look-alike"
    STRAY_STROKE = "stray-stroke"
    CUT_OFF = "cut-off"
    RULING_LOST = "ruling-lost"
    NO_RULINGS = "no-rulings"
    TWO_VALUES = "two-values"
    SHARED_SIGNATURE = "shared-signature"
    NEIGHBOUR_MISREAD = "neighbour-misread"
    TICK_UNCLEAR = "tick-unclear"
    BOX_LOST = "box-lost"
    LABEL_REPAIRED = "label-repaired"
    LABEL_LOST = "label-lost"
    SPLIT_ROW = "split-row"
    SPLIT_NUMBER = "split-number"
    HARDLY_VISIBLE = "hardly-visible"
    UNKNOWN_GLYPHS = "unknown-glyphs"
    GUESSED = "guessed"


class PartKind(StrEnum):
    """What a part of a document is."""

    PAGE = "page"
    SHEET = "sheet"
    STORY = "story"


class ControlKind(StrEnum):
    """What is filled in by a control."""

    TEXT = "text"
    CHECKBOX = "checkbox"
    CHOICE = "choice"
    DATE = "date"
    SIGNATURE = "signature"


class PictureKind(StrEnum):
    """What a picture is; on a scan `seal` for what its colour shows to be one, `unknown` where it may be a pen's as well."""

    PICTURE = "picture"
    OBJECT = "object"
    CHART = "chart"
    INK = "ink"
    STAMP = "stamp"
    SIGNATURE = "signature"
    SEAL = "seal"
    UNKNOWN = "unknown"


class Mark(StrEnum):
    """What lies at a place and is no text."""

    NONE = ""
    INK = "ink"
    """A picture or a pen's ink: somebody signed, nobody knows who."""
    SEAL = "seal"
    """A seal and no pen's ink, which is nobody's signature."""
    UNKNOWN = "unknown"
    """Ink that may be either, as on a page in black and white."""


Doubts = tuple[DoubtReason, ...]
"""Reasons of doubt about one text, each once, in the order in which they were found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture, an ink stroke or an embedded object: proof that something is there, never what it says."""

    source: Source
    kind: PictureKind = PictureKind.PICTURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A fillable thing with a name: content control, legacy field, AcroForm field, named cell.

    Attributes:
        name: Its machine name (tag, field name, defined name); may be empty.
        title: Its label for people (alias, tooltip); may be empty.
        value: What is filled in, as text; a ticked box is `☑`, an unticked one `☐`.
        placeholder: The value is the untouched prompt, so nothing is filled in.
    """

    name: str
    title: str
    kind: ControlKind
    value: str
    source: Source
    placeholder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph or a line of text outside tables.

    Attributes:
        text: Checkbox-like things stand in it as ☐ or ☑, wide gaps as runs of blanks, tabs as `\\t`,
            forced line breaks as `\\n`.
        underlined: Character ranges (start, end) that are underlined: typically filled-in blanks.
        pictures: Pictures anchored in it.
        problem: As in `Cell`.
        character_confidence: As in `Cell`.
        doubts: As in `Cell`.
    """

    text: str
    source: Source
    confidence: float = 1.0
    underlined: tuple[tuple[int, int], ...] = ()
    pictures: tuple[Picture, ...] = ()
    problem: str = ""
    character_confidence: tuple[float, ...] = ()
    doubts: Doubts = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table; a merged cell comes once, at its top-left corner, with its spans.

    Attributes:
        row, column: Grid position from 0; for a sheet relative to the table, with `source.ref` absolute.
        text: As a person sees it; paragraphs and line breaks as `\\n`, checkboxes as ☐ / ☑.
        value: The native value where the format has one: a date, datetime, time, bool, int, float or
            Decimal of a spreadsheet cell, the day of a Word date control; None otherwise.
        underlined: As in `Line`.
        tables: Tables nested in the cell, in order.
        problem: What keeps the cell from being trusted: `error-value`, `no-cached-value`, `precision-lost`,
            `checkbox-disagrees`; empty when all is well.
        character_confidence: The confidence of each character of `text`, of which `confidence` is the least, where some are less sure
            than others and the text may hold labels and several values; empty where `confidence` is all that is known.
        doubts: Why a person looks at the text however sure its characters are.
    """

    row: int
    column: int
    text: str
    source: Source
    row_span: int = 1
    column_span: int = 1
    value: Any = None
    confidence: float = 1.0
    underlined: tuple[tuple[int, int], ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()
    problem: str = ""
    character_confidence: tuple[float, ...] = ()
    doubts: Doubts = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A grid of cells; cells in row-major order; positions covered by a merged cell hold nothing."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    source: Source

    def by_row(self) -> list[list[Cell]]:
        """The cells grouped by the row they begin in, one list a row, empty rows included."""
        grouped: list[list[Cell]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            grouped[cell.row].append(cell)
        return grouped


Block = Line | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A page, a sheet or a story (body, header, footer, text box), its blocks in reading order.

    Attributes:
        name: As in `Source.part`.
        size: Width and height in points; None where there is no page.
        controls: Every control of the part; their values also stand in the text where they lie.
        filtered: How many rows of a sheet a filter hides; hidden rows are not content.
        frame: For a page that was photographed, scanned crooked or turned: the homography, nine numbers row by
            row, from points of the page as it is in the file to points of the level page that boxes refer to.
        by_hand: A page that was seen to be filled in by hand.
        cleaned: `Source.ref` of the texts that held characters which nobody sees and which were taken out.
        codes: What the QR codes on it say.
        attached: Names of files inside the file, told with its first page; they are not part of its pages.
        unread: A page of pixels in a digital file that nobody has recognised.
    """

    name: str
    kind: PartKind
    blocks: tuple[Block, ...]
    size: tuple[float, float] | None = None
    controls: tuple[Control, ...] = ()
    pictures: tuple[Picture, ...] = ()
    filtered: int = 0
    frame: tuple[float, ...] = ()
    by_hand: bool = False
    cleaned: tuple[str, ...] = ()
    unread: bool = False
    attached: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))

    @property
    def lines(self) -> Iterator[Line]:
        return (block for block in self.blocks if isinstance(block, Line))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a reader saw. Deleted text, hidden rows and hidden sheets are not in it.

    Attributes:
        digest: SHA-256 of the bytes, lower-case hex.
        media_type: Found by content, not by name.
        name: The file's own name, without folders.
        reader: Name and version of the reader (`docx/1`); a new version reads anew.
        parts: In reading order.
    """

    digest: str
    media_type: str
    name: str
    reader: str
    parts: tuple[Part, ...]


# --- From reading to record -------------------------------------------------------------------
