"""What pixels do to a value's text and its type undoes: gaps inside a number, a dash that a fax lost.

Only what leaves one reading is undone. Letters that look like digits are put right in codes whose alphabet has no
such letters and whose last character checks the rest; anywhere else they are left for a person to see.
"""

from __future__ import annotations

import re
from dataclasses import replace

from formflow.forms.spec import FieldType
from formflow.model import Reading
from formflow.values import Doubt
from formflow.values.codes import read_uscc
from formflow.values.folding import narrow
from formflow.values.phones import read_phone

_GAP = re.compile(r"(?<=[\d.,])[ \u3000]+(?=[\d.,])")
_WIDEST_GAP = 2
_POINT = re.compile(r"(?<=\d)·(?=\d)")
_SPACED = re.compile(r"(?<!\d)\d(?:[ \u3000]\d){3,}(?!\d)")
_CLOCK = re.compile(r"(?P<head>(?:^|[-./月])(?P<month>\d{1,2})[-./月])(?P<run>\d{2,4})(?P<tail>\s*[:：时点])")
_DAY = re.compile(r"\s*((?:19|20)\d\d)\W{0,3}(\d\d)\W{0,3}(\d\d)\s*\W?\s*")
_LOOSE_DAY = re.compile(r"\s*((?:19|20)\d\d)\W{1,3}(\d{1,2})\W{1,3}(\d{1,2})\s*\W?\s*")
_MARK_BETWEEN = re.compile(r"(?<=\d)\s*[.。·:：'‘’`]\s*(?=(?:1[3-9]|[(（]?0\d)[\d ()（）-]{5})")
_LONG_DASH, _SPECK = re.compile(r"(?<=\d)\s?[一―]\s?(?=\d)"), re.compile(r"(?<=\d)[.·:](?=\d)")
_LETTERS = str.maketrans("OQIZSV", "001255")

_NUMBERS = frozenset({FieldType.INTEGER, FieldType.MONEY, FieldType.QUANTITY})
_DAYS = frozenset({FieldType.DATE, FieldType.DATETIME})


def spared(reading: Reading, kind: FieldType) -> Reading:
    """A reading with the traces of the paper taken out; a digital one as it is."""
    if not reading.source.medium:
        return reading
    text = reading.text
    if kind in _NUMBERS:
        text = _POINT.sub(".", _closed_up(text))
    elif kind in _DAYS:
        text = _day(_SPACED.sub(lambda match: re.sub(r"\s", "", match[0]), text))
        text = _CLOCK.sub(_parted, text)
    elif kind is FieldType.PHONE:
        text = _phone(_MARK_BETWEEN.sub("、", _LONG_DASH.sub("-", text)))
    elif kind is FieldType.USCC:
        text = _code(text)
    return reading if text == reading.text else replace(reading, text=text)


def _closed_up(text: str) -> str:
    """A number without its gaps, unless one is wide or wider than the others: a point may have stood in it."""
    wide = {len(gap) for gap in _GAP.findall(text)}
    return _GAP.sub("", text) if len(wide) == 1 and max(wide) <= _WIDEST_GAP else text


def _day(text: str) -> str:
    """Year, month and day by themselves, whatever became of what stands between them."""
    match = _DAY.fullmatch(text) or _LOOSE_DAY.fullmatch(text)
    return "-".join(match.groups()) if match else text


def _phone(text: str) -> str:
    """A number without the specks that were read as points in it."""
    if not isinstance(read_phone(text), Doubt):
        return text
    bare = _SPECK.sub("", text)
    return text if isinstance(read_phone(bare), Doubt) else bare


def _parted(match: re.Match[str]) -> str:
    """A day and the hour that stood behind it, where their digits part in one way only."""
    run = match["run"]
    two = len(match["month"]) == 2 and match["month"].startswith("0")
    ways = [
        cut
        for cut in range(1, len(run))
        if 1 <= int(run[:cut]) <= 31
        and int(run[cut:]) <= 23
        and len(run) - cut <= 2
        and (cut == 2 or not two)
    ]
    return f"{match['head']}{run[: ways[0]]} {run[ways[0] :]}{match['tail']}" if len(ways) == 1 else match[0]


def _code(text: str) -> str:
    """A credit code whose letters can only be digits, where its check character agrees."""
    if not isinstance(read_uscc(text), Doubt):
        return text
    mended = "".join(narrow(text).upper().split()).translate(_LETTERS)
    return text if isinstance(read_uscc(mended), Doubt) else mended
