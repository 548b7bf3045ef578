"""Word documents (.docx, .docm) to the neutral Document's parts.

The XML is walked directly: the proxies of python-docx cost more than the reading, and stop at content
controls, text boxes and deleted rows.
"""

from __future__ import annotations

from collections.abc import Mapping

from formflow.collector import paused
from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.model import Block, Line, Part, PartKind, Source
from formflow.readers.docx import names as n
from formflow.readers.docx.cells import (
    mark_is_deleted,
    next_is_paragraph,
    paragraph_flags,
    read_blocks,
    read_table,
)
from formflow.readers.docx.controls import content_control, is_untouched, read_control, record_control
from formflow.readers.docx.fields import fields_balance
from formflow.readers.docx.prompts import Prompts, bare
from formflow.readers.docx.story import Story, Text, trimmed
from formflow.readers.docx.styles import Styles
from formflow.readers.docx.text import walk_inline
from formflow.readers.packages.ooxml import Element, Package, R, Relationship, alternate

_MAX_BOXES = 500


@paused()
def read_docx(data: bytes, limits: Limits) -> tuple[Part, ...]:
    """The stories of a document that hold something: headers, body, text boxes, notes, footers.

    Raises:
        ReadError: `corrupt`, `encrypted` or `too-large`.
    """
    package = Package(data, limits)
    main = package.main_part()
    root = package.xml(main)
    body = root.find(n.BODY)
    if root.tag != n.W + "document" or body is None:
        raise ReadError("corrupt", f"{main}: not a Word document")
    links = package.relationships(main)
    by_kind = {link.kind: link.target for link in links.values() if not link.external}
    styles = Styles(package, by_kind.get("styles", ""))
    reader = _Reader(styles, Prompts(package, by_kind.get("glossaryDocument", "")), limits)

    headers, footers = _running(root, package, links)
    for number, target in enumerate(headers, start=1):
        reader.story(package.xml(target), f"header {number}")
    reader.story(body, "body")
    for kind in ("footnotes", "endnotes"):
        for link in links.values():
            if link.kind == kind and link.target in package:
                reader.notes(package.xml(link.target), kind)
    for number, target in enumerate(footers, start=1):
        reader.story(package.xml(target), f"footer {number}")
    return tuple(reader.parts)


def _running(
    root: Element, package: Package, links: Mapping[str, Relationship]
) -> tuple[list[str], list[str]]:
    """The headers and footers that show on some page, each once."""
    settings = next((link.target for link in links.values() if link.kind == "settings"), "")
    even = settings in package and b"evenAndOddHeaders" in package.read(settings)
    headers: list[str] = []
    footers: list[str] = []
    for section in root.iter(n.SECT_PR):
        first = section.find(n.W + "titlePg")
        shown = {"default": True, "first": first is not None and n.is_on(first.get(n.VAL)), "even": even}
        for reference in section:
            if reference.tag == n.W + "headerReference":
                found = headers
            elif reference.tag == n.W + "footerReference":
                found = footers
            else:
                continue
            link = links.get(reference.get(R + "id", ""))
            if (
                link is not None
                and shown.get(reference.get(n.W + "type", "default"), False)
                and link.target in package
                and link.target not in found
            ):
                found.append(link.target)
    return headers, footers


class _Reader:
    """Walks stories one after the other and keeps those that hold something."""

    def __init__(self, styles: Styles, prompts: Prompts, limits: Limits) -> None:
        self._styles = styles
        self._prompts = prompts
        self._limits = limits
        self._boxes = 0
        self._cells = 0
        self.parts: list[Part] = []

    def story(self, element: Element, name: str) -> None:
        """Read one story, then the text boxes anchored in it as stories of their own."""
        self._read([element], name)

    def notes(self, element: Element, name: str) -> None:
        """Read foot- or endnotes; the rules that part them from the page are no notes."""
        self._read([note for note in element if note.get(n.W + "type", "normal") == "normal"], name)

    def _read(self, containers: list[Element], name: str) -> None:
        story = Story(
            name, self._styles, self._prompts, self._limits, cells=self._cells, containers=containers
        )
        story.follow_fields = fields_balance(containers)
        walk = _Blocks(story)
        for container in containers:
            walk.blocks(container)
        self._cells = story.cells
        if walk.found or story.controls:
            self.parts.append(
                Part(name=name, kind=PartKind.STORY, blocks=tuple(walk.found), controls=tuple(story.controls))
            )
        for box in story.boxes:
            self._boxes += 1
            if self._boxes > _MAX_BOXES:
                raise ReadError("too-large", f"more than {_MAX_BOXES} text boxes")
            self._read([box], f"text box {self._boxes}")


class _Blocks:
    """The paragraphs and tables of one story."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._paragraphs = 0
        self._tables = 0
        self._pending: Text | None = None
        self.found: list[Block] = []

    def blocks(self, container: Element) -> None:
        for child in container:
            tag = child.tag
            if tag == n.P:
                self._paragraph(child)
            elif tag == n.TBL:
                self._tables += 1
                source = Source(part=self._story.name, ref=f"table {self._tables}")
                table = read_table(child, source, self._story)
                if table.cells:
                    self.found.append(table)
            elif tag == n.SDT:
                self._control(child)
            elif tag in n.THROUGH:
                self.blocks(child)
            elif tag == n.ALTERNATE:
                branch = alternate(child)
                if branch is not None:
                    self.blocks(branch)

    def _paragraph(self, element: Element) -> None:
        self._paragraphs += 1
        text = self._pending
        if text is None:
            text = Text(Source(part=self._story.name, ref=f"paragraph {self._paragraphs}"))
        walk_inline(element, text, self._story, paragraph_flags(element, self._story))
        if mark_is_deleted(element) and next_is_paragraph(element):
            # The mark between two paragraphs is deleted, so they are one.
            self._pending = text
            return
        self._pending = None
        self._keep(text)

    def _keep(self, text: Text) -> None:
        content, underlined = trimmed(text)
        if content.strip() or text.pictures:
            self.found.append(
                Line(
                    text=content,
                    source=text.source,
                    underlined=underlined,
                    pictures=tuple(text.pictures),
                    problem=text.problem,
                )
            )

    def _control(self, sdt: Element) -> None:
        """A control around whole paragraphs: its prompt is not content, its content stays in place."""
        control = content_control(sdt)
        content = sdt.find(n.SDT_CONTENT)
        if content is None:
            return
        before = len(self.found)
        source = Source(part=self._story.name, ref=f"paragraph {self._paragraphs + 1}")
        untouched = is_untouched(control, content, bare(content) if control.kind else "", self._story)
        if control.kind == "checkbox" or untouched:
            text = Text(source)
            read_control(
                sdt, control, text, self._story, lambda inner, into: read_blocks(inner, into, self._story)
            )
            self._paragraphs += sum(1 for _ in content.iter(n.P))
            if text.length:
                self.found.append(Line(text=text.since(0), source=source, problem=text.problem))
            return
        self.blocks(content)
        lines = [block.text for block in self.found[before:] if isinstance(block, Line)]
        record_control(control, "\n".join(lines), source, self._story, untouched=False)
