"""Recognised labels with a character read wrong, put right where only one label can be meant.

Labels are matched exactly everywhere else, because a wrong value is worse than none. Text that was recognised
from pixels gets this one allowance, and pays for it: what a mended label leads to is never certain, so that a
person confirms it. A label is mended only when the form is known by its title or by most of its labels, when all
labels that are near enough belong to one field, and when that field is named nowhere else on the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from rapidfuzz.distance import Levenshtein

from formflow.extraction.labels.index import Forms
from formflow.extraction.labels.labels import FormLabels, LabelIndex, fold_label
from formflow.extraction.scans.misread_labels import (
    bare_forms,
    is_all_but_one,
    is_near,
    with_tel,
    without_english,
)
from formflow.forms.spec import Field, Form
from formflow.model import Block, Cell, Document, DoubtReason, Line, Part, Table, doubted

_SURE = 0.97
_LONGEST = 14
_LEAST_LABELS = 4
_LONGEST_TITLE = 40
_REPEATED = 2
_LEAST_LIST, _HEADER_LABELS, _HEADER_ROWS = 3, 4, 1
"""Rows of a list, labels of its header, and rows beside it that may belong to the header."""
_COLON = re.compile(r"(?:^|(?<=\n)|(?<=\s\s))(?P<label>[^\s:：][^:：\n]{1,13}?)(?=\s*[:：])")
_ASIDE = re.compile(r"[(（][^)）元份页吨张件月年]*[)）]")
"""Brackets with no unit in them: 传真夹（一） is a place, though without them it would nearly be a label."""
_UNIT = re.compile(r"[(（][^)）]*[元吨][^)）]*[)）]")
_DIGITS = re.compile(r"\d{2,}")


def mend_labels(document: Document, known: Forms) -> Document:
    """The document with its misread labels spelled as the form has them; a digital one comes back as it is.

    Each copy of a form is looked at by itself: what one names well, another may have lost.
    """
    if not any(_recognised(part) for part in document.parts):
        return document
    blocks = [block for part in document.parts for block in part.blocks]
    whole = _form_of(blocks, known)
    mended = [block for copy in _copies(blocks, known) for block in _mended(copy, whole, known)]
    parts = []
    for part in document.parts:
        parts.append(replace(part, blocks=tuple(mended[: len(part.blocks)])))
        del mended[: len(part.blocks)]
    return replace(document, parts=tuple(parts))


def _copies(blocks: Sequence[Block], known: Forms) -> list[list[Block]]:
    """The blocks of a document, cut before each one that bears a form's title."""
    copies: list[list[Block]] = [[]]
    titled = False
    for block in blocks:
        if any(len(text) <= _LONGEST_TITLE and known.title_in(text) for text in _texts([block])):
            if titled:
                copies.append([])
            titled = True
        copies[-1].append(block)
    return copies


def _mended(blocks: Sequence[Block], whole: Form | None, known: Forms) -> Sequence[Block]:
    """The blocks of one copy of a form, mended; `whole` is the document's form where they do not tell theirs."""
    form = _form_of(blocks, known) or whole
    if form is None:
        return blocks
    mender = _Mender(known.labels[form.id], blocks)
    return [mender.block(block) for block in blocks]


def _recognised(part: Part) -> bool:
    return any(block.source.medium for block in part.blocks)


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)


def _form_of(blocks: Sequence[Block], known: Forms) -> Form | None:
    """The form that the title names, or that far more labels belong to than to any other."""
    texts = list(_texts(blocks))
    for text in texts:
        if len(text) <= _LONGEST_TITLE and (form := known.title_in(text)):
            return form
    counts = sorted(
        (
            (len({item.id for text in texts for item in _named(text, [labels.fields, labels.columns])}), id)
            for id, labels in known.labels.items()
        ),
        reverse=True,
    )
    if counts and counts[0][0] >= _LEAST_LABELS and (len(counts) < 2 or counts[0][0] >= counts[1][0] + 2):
        return known.forms[counts[0][1]]
    return None


def _named(text: str, indexes: Iterable[LabelIndex]) -> Iterator[Field]:
    flat = text.replace("\n", "")
    for index in indexes:
        if item := index.find(flat):
            yield item
        elif ":" in flat or "：" in flat:
            for match in index.pattern.finditer(flat):
                if item := index.find(match["label"]):
                    yield item


class _Mender:
    """Labels that may be meant in one copy of a form.

    Args:
        labels: Those of its form.
        blocks: The copy; a field that it names well needs no mending.
    """

    def __init__(self, labels: FormLabels, blocks: Sequence[Block]) -> None:
        self._indexes = (
            [labels.fields] if labels.columns is labels.fields else [labels.fields, labels.columns]
        )
        self._has_lists = "log" in labels.form.layouts or labels.form.rows_field is not None
        self._all = {label: item for index in self._indexes for label, item in index.by_label.items()}
        self._open = self._unnamed(_texts(blocks))

    def _unnamed(self, texts: Iterable[str]) -> Mapping[str, Field]:
        """The labels of the fields that none of the texts names."""
        named = {item.id for text in texts for item in _named(text, self._indexes)}
        return {label: item for label, item in self._all.items() if item.id not in named}

    def block(self, block: Block) -> Block:
        return self._line(block) if isinstance(block, Line) else self._table(block)

    def _table(self, table: Table) -> Table:
        cells = list(table.cells)
        headers = self._headers(table)
        repeated = {} if headers else self._repeated(table)
        for number, cell in enumerate(cells):
            if cell.problem:
                continue
            wanted: Mapping[str, Field] | None = self._open
            if headers:
                # Below a header stand values, however much one looks like a label.
                wanted = next(
                    (own for row, own in headers.items() if abs(cell.row - row) <= _HEADER_ROWS), None
                )
            if wanted is None:
                continue
            if (called := with_tel(cell.text)) != cell.text:
                cells[number] = cell = replace(cell, text=called)
            flat = cell.text.replace("\n", "")
            if (plain := self._plain(flat)) is not None:
                cells[number] = replace(cell, text=plain)
                continue
            sure = cell.confidence >= _SURE and not cell.doubts
            if not sure and (inner := self._inline(cell.text)) != cell.text:
                cells[number] = _repaired(cell, inner)
                continue
            if len(without_english(flat)) > _LONGEST + 2 or _DIGITS.search(flat):
                continue
            label = self._meant(flat, wanted, lost=sure)
            if label is None and not sure:
                label = self._meant(flat, repeated.get(cell.column, {}), among=repeated)
            if label is None:
                continue
            # Were it a value after all, nobody would see that it was changed.
            cells[number] = _repaired(cell, label)
            if not (cell.row in headers and is_all_but_one(flat, label)):
                _doubt_beside(cells, cell)
        return replace(table, cells=tuple(cells))

    def _headers(self, table: Table) -> dict[int, Mapping[str, Field]]:
        """The header rows of a list, which hold hardly anything but labels, each with the labels it may lack."""
        if table.rows < _LEAST_LIST or not self._has_lists:
            return {}
        found = {}
        rows = table.by_row()
        for number, row in enumerate(rows):
            filled = [cell for cell in row if cell.text.strip()]
            named = sum(fold_label(cell.text.replace("\n", "")) in self._all for cell in filled)
            if named >= _HEADER_LABELS and 3 * named >= 2 * len(filled):
                near = rows[max(number - _HEADER_ROWS, 0) : number + _HEADER_ROWS + 1]
                found[number] = self._unnamed(cell.text for row in near for cell in row)
        return found

    def _repeated(self, table: Table) -> dict[int, dict[str, Field]]:
        """The labels that stand in a column again and again, as on cards one below the other."""
        counts = Counter((cell.column, fold_label(cell.text.replace("\n", ""))) for cell in table.cells)
        found: dict[int, dict[str, Field]] = {}
        for (column, label), count in counts.items():
            if count >= _REPEATED and label in self._all:
                found.setdefault(column, {})[label] = self._all[label]
        return found

    def _plain(self, text: str) -> str | None:
        """A label that is right but for what stands around it: a star that marks a required field, a number, English."""
        if fold_label(text) in self._all:
            return None
        # As it stands, not folded: its unit may make an amount ten thousand times as large.
        return next((own for own in bare_forms(text) if own != text and fold_label(own) in self._all), None)

    def _line(self, line: Line) -> Line:
        if (called := with_tel(line.text)) != line.text:
            line = replace(line, text=called)
        if (line.confidence >= _SURE and not line.doubts) or (text := self._inline(line.text)) == line.text:
            return line
        return replace(_repaired(line, text), underlined=())

    def _inline(self, text: str) -> str:
        """A text with the labels before its colons mended; one that ends with its colon is a cell of its own."""
        if text.rstrip().endswith((":", "：")) and len(_COLON.findall(text)) == 1:
            return text
        return _COLON.sub(lambda match: self._meant(match["label"], self._open) or match["label"], text)

    def _meant(
        self,
        text: str,
        wanted: Mapping[str, Field],
        among: Mapping[int, Mapping[str, Field]] | None = None,
        *,
        lost: bool = False,
    ) -> str | None:
        """The only label that a misread text can mean; None where it is one already, or where two are near.

        Args:
            wanted: The labels that may be meant.
            among: The labels of a table's columns, where only they can be meant at all.
            lost: The text is sure of its characters, so that it can only have lost one.
        """
        folded = fold_label(without_english(text))
        if folded in self._all or not 2 <= len(folded) <= _LONGEST or _ASIDE.search(text):
            return None
        near = [label for label in wanted if is_near(folded, label, lost=lost)]
        if not near or len({wanted[label].id for label in near}) > 1:
            return None
        # A label of a field that is there already may be as near: then it is a second one of those.
        known = self._all if among is None else {label for labels in among.values() for label in labels}
        if any(label not in wanted and is_near(folded, label) for label in known):
            return None
        best = min(near, key=lambda label: (Levenshtein.distance(folded, label), label))
        unit = _UNIT.search(text)
        return best + (unit[0] if unit else "") + ("：" if text.rstrip().endswith((":", "：")) else "")


_Seen = TypeVar("_Seen", Line, Cell)


def _repaired(seen: _Seen, text: str) -> _Seen:
    """A cell or line with another text, which a person confirms with what its label leads to."""
    made = seen if text == seen.text else replace(seen, text=text, character_confidence=())
    return doubted(made, DoubtReason.LABEL_REPAIRED)


def _doubt_beside(cells: list[Cell], label: Cell) -> None:
    """Make the cells to the right of a mended label and below it uncertain: one of them is its value."""
    for number, cell in enumerate(cells):
        right = (
            cell.row <= label.row < cell.row + cell.row_span
            and cell.column >= label.column + label.column_span
        )
        below = cell.column <= label.column < cell.column + cell.column_span and cell.row > label.row
        if right or below:
            cells[number] = _repaired(cell, cell.text)
