"""The second engine: docxtpl itself fills a template, in a sandbox, for what the compiled engine does not take.

A form asks for it by `engine: docxtpl`. The context is that of the compiled engine. Beside it a template may call
`new_subdoc`, `RichText` (`R`), `RichTextParagraph` (`RP`), `Listing` and `build_url_id`, docxtpl's own, and Jinja's
`range`, `dict`, `cycler`, `joiner` and `namespace`. Pictures become docxtpl's inline images.
"""

from __future__ import annotations

import copy
import html
import io
import random
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing
from lxml import etree
from markupsafe import Markup

from formflow.documents.package import PackageError, expand, read_members
from formflow.documents.templates.docxtpl_sandbox import (
    CleanRichText,
    CleanRichTextParagraph,
    Sandbox,
    bound_names,
    clean,
    refused,
    with_braces,
)
from formflow.documents.templates.grammar import DROPPED
from formflow.documents.templates.media import Picture
from formflow.documents.templates.names_used import Use, uses
from formflow.documents.templates.problem import Place, Problem, Unfillable, refuse
from formflow.documents.templates.rich import Symbol
from formflow.documents.templates.structure import own_text_nodes, place_of
from formflow.documents.templates.symbol import symbol_png
from formflow.documents.templates.template import (
    failure,
    line_of,
    no_document,
    read_template,
    stories,
    syntax_problem,
)
from formflow.documents.templates.unfilled_parts import unfilled
from formflow.documents.templates.wordml import W
from formflow.documents.word import fixed, saved
from formflow.messages import templates as messages

_MOST_BYTES = 64_000_000
"""Of a template's members together, expanded."""
_NAME = re.compile(r"[^/\\:*?\"<>|.~][^/\\:*?\"<>|]*\.docx")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_PARAGRAPH = re.compile(r"<w:p(?=[ >])")
_DRAWN = '</w:t></w:r><w:r><w:drawing>{}</w:drawing></w:r><w:r><w:t xml:space="preserve">'
"""A picture where a text stands, as docxtpl's own inline image."""
_JFIF = bytes.fromhex("ffe000104a46494600010101004800480000")
"""The segment that python-docx knows a JPEG by; cameras and scanners leave it out. It says 72 dots an inch."""


class DocxtplTemplate:
    """A template that docxtpl fills; has the methods of `Template`."""

    def __init__(self, path: Path, content: bytes) -> None:
        self.name = path.name
        self._folder = path.parent
        self._content = content
        self.problems, self._uses = _examined(path.name, content)

    @classmethod
    def load(cls, path: Path) -> DocxtplTemplate:
        """The template of that file.

        Raises:
            TemplateError: It cannot be read or cannot be filled; every problem is listed with its place.
        """
        template = cls.examine(path)
        refuse(template.problems)
        return template

    @classmethod
    def examine(cls, path: Path) -> DocxtplTemplate:
        """As `load`, but problems stand in `problems` and only an unreadable file raises `TemplateError`."""
        return cls(path, read_template(path))

    def uses(self) -> tuple[Use, ...]:
        """Every name of the context that it uses, with its place."""
        return self._uses

    def render(self, context: Mapping[str, Any], *, dropped: list[str] | None = None) -> bytes:
        """The filled document; the same context gives the same bytes.

        Args:
            context: Values by name. The template gets a copy: what it changes there stays with it.
            dropped: Receives each text that control characters were taken out of.
        Raises:
            TemplateError: Anything that the template does goes wrong; names the place.
        """
        filling = _Filling(self._content, self._folder)
        token = DROPPED.set(dropped)
        try:
            filling.render(copy.deepcopy(dict(context)), filling.sandbox, autoescape=True)
            return saved(filling)
        except Exception as error:  # whatever a template does, the clerk has to learn where
            place = filling.place(line_of(error), (re.findall(r"'([^']+)'", str(error)) or [""])[-1])
            raise failure(self.name, place, error, context) from error
        finally:
            DROPPED.reset(token)


@lru_cache(maxsize=32)
def _examined(name: str, content: bytes) -> tuple[tuple[Problem, ...], tuple[Use, ...]]:
    """What is wrong with a template before any value comes, and the names that it uses."""
    try:
        filling = _Filling(content, Path())
        filling.init_docx()
    except Exception as error:  # python-docx raises whatever zip, XML or the package's layout give cause for
        raise no_document(name, error) from error
    members = {member.name: member for member in read_members(content)}
    filled = {part: title for part, title in filling.titles.items() if title != "endnotes"}
    problems = list(unfilled(members, filled, name))
    used: list[Use] = []
    for part, source in filling.sources():
        filling.part, filling.sandbox.source = part, source
        try:
            tree = filling.sandbox.parse(source)
            bound = {*bound_names(tree), *filling.sandbox.globals}
            used += [
                Use(use.name, use.line, use.optional, filling.place(use.line, use.name.rpartition(".")[2]))
                for use in uses(tree, bound)
            ]
            wrong = dict.fromkeys(refused(tree))
            problems += [
                Problem(name, filling.place(line, word), message, remedy)
                for line, word, message, remedy in wrong
            ]
            if not wrong:
                filling.sandbox.compile(tree)
        except jinja2.TemplateSyntaxError as error:
            word = (re.findall(r"'([^']+)'", str(error)) or [""])[-1]
            problems.append(Problem(name, filling.place(error.lineno, word), *syntax_problem(error)))
        except (RecursionError, MemoryError, SyntaxError) as error:
            problems.append(Problem(name, filling.place(0), messages.NOT_COMPILED(error=error)))
    return tuple(problems), tuple(used)


class _Filling(DocxTemplate):  # type: ignore[misc]
    """docxtpl at work on one document.

    Attributes:
        titles: Part name → its name for people, of every part that may hold tags.
        part: The part that is being filled; None for the file's properties.
    """

    def __init__(self, content: bytes, folder: Path) -> None:
        super().__init__(io.BytesIO(_bounded(content)))
        types = next(member for member in read_members(content) if member.name == "[Content_Types].xml")
        self.titles = stories(expand(types))
        self.part: Any = None
        self.sandbox = Sandbox(self._functions(), self._picture)
        self._folder = folder

    def sources(self) -> Iterator[tuple[Any, str]]:
        """Every part with its Jinja source, as docxtpl makes it."""
        found = [(self.docx.part, self.get_xml())]
        for kind in (self.HEADER_URI, self.FOOTER_URI):
            found += [(part, self.get_part_xml(part)) for _, part in self.get_headers_footers(kind)]
        found += [(part, part.blob.decode("utf-8")) for part in self._footnotes()]
        for part, xml in found:
            yield part, _PARAGRAPH.sub(r"\n\g<0>", self.patch_xml(xml))

    def patch_xml(self, src_xml: str) -> str:
        """docxtpl's, and `&` in a tag as it is: docxtpl leaves it as XML writes it."""
        return _TAG.sub(lambda match: match[0].replace("&amp;", "&"), super().patch_xml(src_xml))

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        """docxtpl's, with a strict look at what came out: its own parser mends by leaving out."""
        self.part = part
        xml: str = super().render_xml_part(src_xml, part, context, jinja_env)
        try:
            etree.fromstring(xml.encode("utf-8"), etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError as error:
            raise Unfillable(messages.NO_XML_PART(error=error)) from error
        return xml

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:  # noqa: ARG002
        """docxtpl's, for a file that has properties: python-docx would make others with the hour of the day."""
        self.part = None
        links = self.docx.part.package.rels.values()
        if any(link.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for link in links):
            super().render_properties(context, self.sandbox.plain())

    def render_footnotes(self, context: Any, jinja_env: Any = None) -> None:
        """docxtpl's, but once: it fills them for every section, and would read the values for tags."""
        for part in self._footnotes():
            xml = self.patch_xml(part.blob.decode("utf-8"))
            part._blob = self.render_xml_part(xml, part, context, jinja_env).encode("utf-8")

    def place(self, line: int, word: str = "") -> Place:
        """Where a person finds the tag on a line of the source; `word` stands in it."""
        title = "properties" if self.part is None else self.titles.get(self.part.partname.lstrip("/"), "body")
        nowhere = Place(title, "whole part", "")
        if self.part is None or not line:
            return nowhere
        told = [
            (place_of(paragraph, title, text), text)
            for paragraph in etree.fromstring(self.part.blob).iter(f"{W}p")
            if (text := "".join(text for _, text in own_text_nodes(paragraph))).strip()
        ]
        lines = self.sandbox.source.split("\n")
        before = "\n".join(lines[: line - 1])
        here = [_bare(tag) for tag in _TAG.findall("\n".join(lines[line - 1 :]))]
        count = len(_TAG.findall(lines[line - 1])) or 1
        tag = next((tag for tag in here[:count] if word and _bare(word) in tag), here[0] if here else "")
        # The same tag may stand in several paragraphs: as often as before this line in the source.
        at = sum(_bare(one) == tag for one in _TAG.findall(before))
        found = [place for place, text in told for one in _TAG.findall(text) if _bare(one).endswith(tag)]
        plain = html.unescape(re.sub(r"<[^>]*>", "", lines[line - 1])).strip()
        alike = [place for place, text in told if text.strip() == plain]
        return alike[0] if len(alike) == 1 else found[min(at, len(found) - 1)] if tag and found else nowhere

    def _footnotes(self) -> list[Any]:
        return [
            part for part in self.docx.part.package.parts if part.content_type == CONTENT_TYPE.WML_FOOTNOTES
        ]

    def _functions(self) -> dict[str, Callable[..., Any]]:
        """docxtpl's own, as a template may call them."""
        return {
            "RichText": CleanRichText,
            "R": CleanRichText,
            "RichTextParagraph": CleanRichTextParagraph,
            "RP": CleanRichTextParagraph,
            "Listing": lambda text: Markup(with_braces(Listing(clean(text)).xml)),  # noqa: S704 -- escaped
            "new_subdoc": self._subdocument,
            "build_url_id": lambda url: self.build_url_id(clean(url)),
        }

    def _subdocument(self, name: Any) -> Markup:
        """The paragraphs and tables of another Word file of the templates' folder.

        Raises:
            ValueError: No file of that folder, or one with tags, which docxtpl does not fill.
        """
        if self.part is not self.docx.part:
            raise Unfillable(messages.SUBDOC_IN_BODY())
        path = self._folder / str(name)
        if not _NAME.fullmatch(str(name)) or path.resolve().parent != self._folder.resolve():
            raise Unfillable(messages.NO_SUBDOC_NAME(name=str(name)))
        try:
            content = io.BytesIO(_bounded(path.read_bytes()))
        except OSError as error:
            reason = error.strerror or error
            raise Unfillable(messages.SUBDOC_UNREADABLE(name=name, reason=reason)) from error
        state = random.getstate()
        random.seed(0)  # docxcompose draws ids of lists by chance; the same document needs the same
        try:
            document = self.new_subdoc(content)
        finally:
            random.setstate(state)
        if _TAG.search("".join(document.subdocx.element.body.itertext())):
            raise Unfillable(messages.SUBDOC_TAGS(name=name))
        return Markup(document)  # noqa: S704 -- the department's own file

    def _picture(self, picture: Picture | Symbol) -> Markup:
        if not hasattr(self.part, "new_pic_inline"):
            raise Unfillable(messages.NO_PICTURE_HERE())
        if isinstance(picture, Symbol):
            data, link = symbol_png(picture.text), None
        else:
            data, link = picture.data, picture.link or None
        if data[:3] == b"\xff\xd8\xff" and data[6:10] not in (b"JFIF", b"Exif"):
            data = data[:2] + _JFIF + data[2:]
        width, height = (Mm(size) if size else None for size in (picture.width_mm, picture.height_mm))
        if picture.at_mm is None:
            return Markup(InlineImage(self, io.BytesIO(data), width, height, link))  # noqa: S704 -- python-docx's
        left, top = (int(Mm(length)) for length in picture.at_mm)
        drawn = fixed(self.part.new_pic_inline(io.BytesIO(data), width, height), left, top)
        return Markup(_DRAWN.format(drawn.xml))  # noqa: S704 -- python-docx's


def _bounded(content: bytes) -> bytes:
    """A package that does not expand beyond bounds.

    Raises:
        PackageError: It does, or is none.
    """
    size = sum(member.size for member in read_members(content))
    if size > _MOST_BYTES:
        raise PackageError(f"{size} bytes when expanded, more than {_MOST_BYTES}")
    return content


def _bare(tag: str) -> str:
    """A tag as what its letters say: docxtpl's own marks, blanks and quotes are written in several ways."""
    return re.sub(r"\W", "", html.unescape(tag))
