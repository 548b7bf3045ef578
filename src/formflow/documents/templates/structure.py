"""Tags that stand for a whole row, cell, paragraph or run, and tags that shape a table cell, on the XML tree."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from formflow.documents.templates.lists import BEGIN, END
from formflow.documents.templates.problem import Place
from formflow.documents.templates.tag_paragraphs import give_way, losses
from formflow.documents.templates.wordml import Element, W, remove
from formflow.messages import Bilingual
from formflow.messages import templates as messages

_SKIPPED = frozenset((W + "p", W + "del", W + "moveFrom", W + "instrText"))
_BLANKS = frozenset((W + "tab", W + "br", W + "cr"))
_FOR, _END_FOR = re.compile("\ufdd2\\s*for\\b"), re.compile("\ufdd2\\s*endfor\\b")
_TAG_MARK = re.compile("\ufdd4-?(\\d+)")
_RUN_MARK = re.compile("\ufdd6(\\d+)\ufdd7")
_TC_ORDER = (
    *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap"),
    *("tcMar", "textDirection", "tcFitText", "vAlign", "hideMark"),
)


def own_text_nodes(paragraph: Element) -> Iterator[tuple[Element, str]]:
    """The text, tab and break elements of a paragraph, without those of text boxes anchored in it."""
    for child in paragraph:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == W + "t":
            yield child, child.text or ""
        elif child.tag in _BLANKS:
            yield child, " "
        else:
            yield from own_text_nodes(child)


def place_of(paragraph: Element, part: str, text: str) -> Place:
    """Where a clerk finds the paragraph: by table, row and cell, or by its number outside tables."""
    cell = next(paragraph.iterancestors(W + "tc"), None)
    root = paragraph.getroottree().getroot()
    if cell is None:
        outside = (p for p in root.iter(W + "p") if next(p.iterancestors(W + "tc"), None) is None)
        return Place(part, f"paragraph {next(i for i, p in enumerate(outside, 1) if p is paragraph)}", text)
    row = next(cell.iterancestors(W + "tr"))
    table = next(cell.iterancestors(W + "tbl"))
    numbers = [
        next(i for i, found in enumerate(elements, 1) if found is wanted)
        for elements, wanted in (
            (root.iter(W + "tbl"), table),
            (table.iter(W + "tr"), row),
            (row.iter(W + "tc"), cell),
        )
    ]
    return Place(part, "table {} R{}C{}".format(*numbers), text)


class Structure:
    """Collects what is to become of rows, cells, paragraphs and runs, and then does it, the largest first.

    Attributes:
        tables_vary: A tag changes the number of cells in a row.
        numbered: The part holds numbered paragraphs, so that loops over paragraphs are marked.
    """

    def __init__(self, *, numbered: bool) -> None:
        self.tables_vary = False
        self.numbered = numbered
        self._levels: dict[str, list[tuple[Element, str, int]]] = {"tr": [], "tc": [], "p": []}
        self._runs: list[str] = []
        self._merged: list[tuple[Element, str, str]] = []
        self._touched: list[Element] = []

    def replace_level(self, level: str, coded: str, paragraph: Element, place: int) -> str | None:
        """Note that the element of that level round the tag gives way to `coded`.

        Returns:
            What stands in the text for now; None where the tag stands in no table.
        """
        if level == "r":
            self._runs.append(coded)
            return f"\ufdd6{len(self._runs) - 1}\ufdd7"
        element = paragraph if level == "p" else next(paragraph.iterancestors(W + level), None)
        if element is None:
            return None
        self.tables_vary = self.tables_vary or level == "tc"
        self._levels[level].append((element, coded, place))
        return ""

    def paragraph_each(self, paragraph: Element, mark: str, expression: str) -> str:
        """`{{p x}}`: the value's own paragraphs, else one like this for each line of it."""
        own = f"({expression})|formflow_blocks"
        opened = (
            f"\ufdd2if {own}\ufdd3\ufdd0{own}\ufdd1\ufdd2else\ufdd3"
            f"\ufdd2for formflow_line in ({expression})|lines\ufdd3"
        )
        previous = paragraph.getprevious()
        if previous is None:
            paragraph.getparent().text = (paragraph.getparent().text or "") + mark + opened
        else:
            previous.tail = (previous.tail or "") + mark + opened
        paragraph.tail = "\ufdd2endfor\ufdd3\ufdd2endif\ufdd3" + (paragraph.tail or "")
        return f"{mark}\ufdd0formflow_line\ufdd1"

    def cell_tag(self, name: str, expression: str, node: Element, mark: str) -> bool:
        """`{% colspan n %}`, `{% cellbg colour %}`, `{% vm %}`, `{% hm %}`; False where it stands in no table."""
        cell = next(node.iterancestors(W + "tc"), None)
        if cell is None:
            return False
        first, other, end = "\ufdd2if loop.first\ufdd3", "\ufdd2else\ufdd3", "\ufdd2endif\ufdd3"
        if name == "colspan":
            self.tables_vary = True
            _tc_property(cell, "gridSpan", {"val": f"{mark}\ufdd0({expression})|formflow_span\ufdd1"})
        elif name == "cellbg":
            fill = f"{mark}\ufdd0{expression}\ufdd1"
            _tc_property(cell, "shd", {"val": "clear", "color": "auto", "fill": fill})
        elif name == "vm":
            _tc_property(cell, "vMerge", {"val": f"{mark}{first}restart{other}continue{end}"})
            self._merged.append((cell, first, end))
        else:
            self.tables_vary = True
            spans = cell.find(f"{W}tcPr/{W}gridSpan")
            count = "1" if spans is None else spans.get(W + "val", "1")
            _tc_property(cell, "gridSpan", {"val": f"{mark}\ufdd0loop.length|times({count})\ufdd1"})
            previous, parent = cell.getprevious(), cell.getparent()
            if previous is None:
                parent.text = (parent.text or "") + first
            else:
                previous.tail = (previous.tail or "") + first
            cell.tail = end + (cell.tail or "")
        return True

    def apply(self, root: Element) -> Iterator[tuple[int, Bilingual, bool]]:
        """Do what was noted; yields (place, what is wrong or lost by it, whether that is fatal)."""
        for cell, first, end in self._merged:
            # Only now: the cell's other paragraphs have been read.
            texts = list(cell.iter(W + "t"))
            texts[0].text = first + (texts[0].text or "")
            texts[-1].text = (texts[-1].text or "") + end
        for text in list(root.iter(W + "t")):
            if _RUN_MARK.search(text.text or ""):
                self._split_run(text)
        for level in ("tr", "tc", "p"):
            done: set[Element] = set()
            for element, coded, place in self._levels[level]:
                if element in done:
                    yield place, messages.TAGS_IN_SAME[level](tag=f"{{%{level} … %}}"), True
                    continue
                done.add(element)
                yield from ((place, *told) for told in losses(element, level, root))
                give_way(element, _listed(coded) if level == "p" and self.numbered else coded)
        for run in list(root.iter(W + "r")):
            texts = run.findall(W + "t")
            others = sum(1 for child in run if child.tag not in (W + "rPr", W + "t"))
            if texts and not others and not any(text.text for text in texts):
                remove(run)

    def _split_run(self, text: Element) -> None:
        """Break the run round each `{%r … %}`, so that the tag stands between runs."""
        while (match := _RUN_MARK.search(text.text or "")) is not None:
            run = next(text.iterancestors(W + "r"))
            behind = copy.copy(run)
            del behind[:]
            properties = run.find(W + "rPr")
            if properties is not None:
                behind.append(copy.deepcopy(properties))
            rest = copy.copy(text)
            rest.text = text.text[match.end() :]
            rest.tail = None
            text.text = text.text[: match.start()]
            following = list(text.itersiblings())
            behind.extend([rest, *following])
            behind.tail = None
            # What follows the run follows the new one: lxml inserts before the run's tail.
            run.addnext(behind)
            run.tail = self._runs[int(match.group(1))]
            text = rest


def _listed(coded: str) -> str:
    """A loop's tag with the mark that tells where its lists begin, or end."""
    opened = _FOR.search(coded)
    if opened:
        number = _TAG_MARK.search(coded)
        return f"{BEGIN}{number[1] if number else 0};{coded}"
    return f"{coded}{END}" if _END_FOR.search(coded) else coded


def _tc_property(cell: Element, name: str, values: dict[str, str]) -> None:
    properties = cell.find(W + "tcPr")
    if properties is None:
        properties = cell.makeelement(W + "tcPr")
        cell.insert(0, properties)
    for old in properties.findall(W + name):
        properties.remove(old)
    behind = {W + tag for tag in _TC_ORDER[_TC_ORDER.index(name) + 1 :]}
    at = next((i for i, child in enumerate(properties) if child.tag in behind), len(properties))
    properties.insert(at, cell.makeelement(W + name, {W + key: value for key, value in values.items()}))
