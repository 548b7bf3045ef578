"""What a page's pixels can do to its structure: two values read as one, told by the values themselves.

A recogniser is sure of every character and yet the ruling between two cells was lost, or the gap between two
values on a line. Such a value still shows it: a wide gap in it, another label in it, a neighbour that says the
same. It is then never certain, and nothing else of that record is: a page that came apart wrongly in one place
did so in others.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from formflow.extraction.labels.index import Forms
from formflow.extraction.labels.labels import LabelIndex
from formflow.extraction.readings import doubted_on_scan
from formflow.forms.spec import Field, FieldType, Form
from formflow.model import Candidate, DoubtReason, Mark, Reading
from formflow.values.choices import holds_a_mark, lacks_a_box, read_choices

_TWO_FORMS = 2
"""Fields with two values from which two forms were read as one."""
_WIDE_GAP = re.compile(r"\S[ \u3000]{3,}\S")
_SENTENCE = ("。", "；", ";")
_DAY_ALONE = re.compile(r"\s*\d{2,4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号]?\s*")
_SET_APART = {
    FieldType.DATE: _DAY_ALONE,
    FieldType.DATETIME: _DAY_ALONE,
    FieldType.PERSON: re.compile(r"[\u3400-\u9fff] {3,4}[\u3400-\u9fff]"),
}
"""Values that are written with gaps in them."""
_SHORT = 60
"""Characters from which a value is prose, where words that are labels too are no sign of anything."""
_UNCLEAR = "checkbox-unclear"
_NAMES = frozenset({FieldType.ORGANISATION, FieldType.TEXT})
_COUNTED = frozenset({FieldType.INTEGER, FieldType.QUANTITY, FieldType.MONEY})
_FAX, _COARSE = "fax", "fax-standard"
_NUMBER_APART = r"[0-9A-Za-z-]*\d +\d[0-9A-Za-z-]*|[A-Z]{1,5} +20\d\d[-\d]*|[^\u3400-\u9fff]*\d\s?\*+"
"""A number in which a fax lost a dash, or behind which the star of a label stands."""
_MISREAD = tuple(
    (frozenset(kinds), medium, re.compile(pattern.replace("汉", r"[\u3400-\u9fff]"), re.DOTALL))
    for kinds, medium, pattern in (
        (FieldType, "", "一"),  # A dash, for none: no name or day is 一.
        (_COUNTED, "", "—"),  # The number 一.
        ([FieldType.PERSON], "", ".*[0-9].*"),
        # 7,800 whose comma lost its tail; a telephone number that lost the dash behind its area's code.
        ([FieldType.MONEY], "", r".*\d\s?[.．·。]\s?\d{3}(?![\d.]).*"),
        ([FieldType.PHONE], _COARSE, r"0\d{2,3} ?\d{7,8}"),
        (_NAMES, "", "[1lI|丨丿丶]{1,3}"),  # Strokes, a bit of a ruling or of a seal.
        (_NAMES, "", r"汉{2,4}\s?[1lI|]"),  # A name with such a bit behind it: 黄卫东1.
        (
            _NAMES,
            "",
            r"元|[VWM]\s?/?\s?A|N\s?/?|/\s?A",
        ),  # 无 or N/A, a stroke of which is missing or too many.
        (_NAMES, "", "(?!同[上前])[司回周冋问同闻][上前土工止]"),  # 同上 or 同前.
        (_NAMES, "", r".*\d[.．]\d\d\s?[-~～—–]{1,2}\s?\d{1,2}[:：]\d\d.*"),  # Hours: 10.00~11:30.
        (_NAMES, "", ".*汉[-－–—―]汉.*"),  # The number 一: 转财务部－份.
        (_NAMES, _FAX, ".*汉{2} +汉{2}.*"),  # A name that lost a bracket: 胶粘剂 珠海 有限公司.
        (_NAMES, _FAX, _NUMBER_APART),
    )
)
"""Whole texts of some types and media, as `re` writes them with 汉 for any Chinese character, of which the comment says
what more likely stands on the paper.
"""
_LOOSE = "line "
"""Outside a cell, a word by itself may be one option of a group, and the tick stand at another."""
_DAY_LABEL = re.compile(r"日\s*期\s*[:：]")
_PLAIN = frozenset(FieldType) - {
    FieldType.MONEY,
    FieldType.CHOICE,
    FieldType.CHOICES,
    FieldType.SIGNATURE,
    FieldType.ROWS,
}


def doubted(candidates: Iterable[Candidate], known: Forms, by_hand: Collection[str] = ()) -> list[Candidate]:
    """The candidates, those whose structure was misread with reasons of doubt; digital ones as they are.

    Args:
        by_hand: Pages that were filled in by hand. Who wrote on one page of a form wrote on the others too, though
            too little stands there to show it.
    """
    return [_doubted(candidate, known, by_hand) for candidate in candidates]


def _doubted(candidate: Candidate, known: Forms, by_hand: Collection[str]) -> Candidate:
    cells = (reading for own in candidate.rows.values() for row in own for reading in row.values())
    if not any(reading.source.medium for reading in (*candidate.readings.values(), *cells)):
        return candidate
    form = known.forms[candidate.form]
    fields = {item.id: item for item in form.fields}
    readings = {id: _by_itself(fields.get(id), reading) for id, reading in candidate.readings.items()}
    rows = {id: _each_by_itself(fields[id], own) for id, own in candidate.rows.items()}
    candidate = replace(candidate, readings=readings, rows=rows)
    if any(reading.source.part in by_hand for reading in readings.values()):
        return _all_doubted(candidate, set(readings), DoubtReason.BY_HAND)
    index = known.labels[candidate.form].fields
    reasons = dict.fromkeys(_merged(readings, form, index), DoubtReason.TWO_VALUES)
    reasons |= dict.fromkeys(_mixed_signatures(readings, form), DoubtReason.SHARED_SIGNATURE)
    own = {id for id in readings if not _is_head(form, candidate, id)}
    spread = any(_is_structural(readings[id].text, fields[id], index) for id in own & reasons.keys())
    spread = spread or _twins(readings, form) or _conflicts(candidate) >= _TWO_FORMS
    told = {
        id: doubted_on_scan(reading, reasons[id]) if id in reasons else reading
        for id, reading in readings.items()
    }
    candidate = replace(candidate, readings=told)
    return (
        _all_doubted(candidate, own - reasons.keys(), DoubtReason.NEIGHBOUR_MISREAD) if spread else candidate
    )


def _by_itself(item: Field | None, reading: Reading) -> Reading:
    """A reading as far as its own text may be trusted."""
    if item is None or not reading.source.medium:
        return reading
    if item.options and lacks_a_box(reading.text, item.options):
        # Where a tick is seen it is most likely the only one; where none is, it went with the box.
        if not isinstance(read_choices(reading.text, item.options), list):
            return replace(reading, problem=reading.problem or _UNCLEAR)
        return doubted_on_scan(reading, DoubtReason.BOX_LOST)
    loose = item.options and reading.source.ref.startswith(_LOOSE)
    if loose and not holds_a_mark(reading.text, item.options):
        return doubted_on_scan(reading, DoubtReason.BOX_LOST)
    text = reading.text.strip()
    misread = any(
        item.type in kinds and reading.source.medium.startswith(medium) and pattern.fullmatch(text)
        for kinds, medium, pattern in _MISREAD
    )
    return doubted_on_scan(reading, DoubtReason.LOOK_ALIKE) if misread else reading


def _each_by_itself(table: Field, rows: Sequence[Mapping[str, Reading]]) -> tuple[Mapping[str, Reading], ...]:
    """The cells of the form's own table as far as their own texts may be trusted."""
    columns = {item.id: item for item in table.fields}
    return tuple({id: _by_itself(columns.get(id), reading) for id, reading in row.items()} for row in rows)


def _all_doubted(candidate: Candidate, doubtful: Collection[str], reason: DoubtReason) -> Candidate:
    """The candidate with those readings and all its rows doubted."""
    readings = {
        id: doubted_on_scan(reading, reason) if id in doubtful else reading
        for id, reading in candidate.readings.items()
    }
    rows = {
        id: tuple({name: doubted_on_scan(reading, reason) for name, reading in row.items()} for row in own)
        for id, own in candidate.rows.items()
    }
    return replace(candidate, readings=readings, rows=rows)


def _conflicts(candidate: Candidate) -> int:
    """How many fields stand twice and differ; of several, what stands there once may be another form's too."""
    return len({finding.field for finding in candidate.doubts if finding.code == "conflict"})


def _is_head(form: Form, candidate: Candidate, id: str) -> bool:
    """Whether a reading is the log's own, above its rows."""
    return candidate.row is not None and id in form.head


def _merged(readings: Mapping[str, Reading], form: Form, index: LabelIndex) -> set[str]:
    """The fields whose value holds more than a value."""
    return {
        item.id
        for item in form.fields
        if item.type in _PLAIN
        and not item.options
        and (reading := readings.get(item.id)) is not None
        and reading.source.medium
        and holds_another(reading.text, item, index)
    }


def _mixed_signatures(readings: Mapping[str, Reading], form: Form) -> set[str]:
    """All signatures where one holds two days: one of these is that of a signature beside it, which then has none; and
    those of one line, or one cell, over which a pen went: whose it is nobody sees.
    """
    signed = {item.id for item in form.fields if item.type is FieldType.SIGNATURE} & set(readings)
    twice = any(
        readings[id].source.medium and len(_DAY_LABEL.findall(readings[id].text)) > 1 for id in signed
    )
    places: dict[tuple[str, str], set[str]] = {}
    for id in signed:
        if readings[id].source.medium and readings[id].mark is Mark.INK:
            places.setdefault((readings[id].source.part, readings[id].source.ref), set()).add(id)
    shared = {id for ids in places.values() if len(ids) > 1 for id in ids}
    return signed if twice else shared


def _is_structural(text: str, item: Field, index: LabelIndex) -> bool:
    """Whether what a value holds besides tells of the cells around too: a gap in prose is where a seal took a word."""
    if _is_prose(text):
        return False
    return not text.rstrip().endswith(_SENTENCE) or _holds_a_label(text, item, index)


def holds_another(text: str, item: Field, index: LabelIndex) -> bool:
    """Whether a value has a wide gap in it, or the label of another field with its colon or at its end.

    Between the numbers of a day there are gaps where 年 月 日 were printed to be filled in, and a name of two characters
    is set as wide as one of three.
    """
    gaps = _SET_APART.get(item.type)
    if _WIDE_GAP.search(text) and not (gaps and gaps.fullmatch(text)):
        return True
    return not _is_prose(text) and _holds_a_label(text, item, index)


def _holds_a_label(text: str, item: Field, index: LabelIndex) -> bool:
    """Whether the label of another field stands in a value, with its colon or at its end."""
    bare = text.replace("*", "").rstrip(" \u3000:：")
    for at in (":", "："):
        if at in text:
            bare = text.split(at, 1)[0].replace("*", "").rstrip(" \u3000")
            break
    else:
        if item.type not in (FieldType.PERSON, FieldType.ORGANISATION):
            return False  # 地区 ends a place and 日期 a phrase; behind a person's name neither is at home.
    return any(
        (found := index.find(bare[start:])) is not None and found.id != item.id
        for start in range(1, len(bare) - 1)
    )


def _is_prose(text: str) -> bool:
    return len(text) > _SHORT or "\n" in text


def _twins(readings: Mapping[str, Reading], form: Form) -> bool:
    """Whether one cell gave its text to two fields; where it gave others to more, it holds pairs of label and value."""
    cells: dict[tuple[str, str], list[str]] = {}
    for id, reading in readings.items():
        if id not in form.head and reading.source.medium and reading.text.strip() and reading.value is None:
            cells.setdefault((reading.source.part, reading.source.ref), []).append(reading.text)
    return any(len(texts) > 1 and len(set(texts)) == 1 for texts in cells.values())
