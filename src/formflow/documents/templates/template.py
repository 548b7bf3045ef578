"""A docx template, compiled once per process: fills its XML parts, copies all else as it is compressed.

The syntax is docxtpl's: `{{ value }}`, `{% if %}`, `{% for %}`, `{%p %}`, `{%tr %}`, `{%tc %}`, `{%r %}`,
`{{p value }}`, `{{r value }}`, `{% colspan n %}`, `{% cellbg colour %}`, `{% vm %}`, `{% hm %}`. The same context
gives the same bytes in every process.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.parsers import expat

import jinja2
from jinja2 import nodes

from formflow.documents.package import Frame, Member, PackageError, expand, pack, read_members
from formflow.documents.templates.grammar import DROPPED, Environment, faults, spell_out_ranges
from formflow.documents.templates.lists import NUMBERING, Restarts, numbers_in
from formflow.documents.templates.media import MEDIA, Library, Media
from formflow.documents.templates.names_used import Use, uses
from formflow.documents.templates.paragraphs import break_paragraphs, has_breaks
from formflow.documents.templates.problem import NOWHERE, Place, Problem, Unfillable, nearest, refuse
from formflow.documents.templates.repair import repair
from formflow.documents.templates.rich import with_looks
from formflow.documents.templates.tags import Source, jinja_source
from formflow.documents.templates.unfilled_parts import unfilled
from formflow.errors import TemplateError
from formflow.messages import NOTHING, Bilingual, listed, same
from formflow.messages import templates as messages

_OVERRIDE = re.compile(rb'<Override\b[^>]*?\bPartName="/([^"]+)"[^>]*>')
_STORY_TYPE = re.compile(
    rb"wordprocessingml\.(document\.main|template\.main|header|footer|footnotes|endnotes)\+xml"
)
_PROPERTIES_TYPE = b"openxmlformats-package.core-properties+xml"
_MACRO_TYPE = re.compile(rb"ms-word\.(?:document|template)\.macroEnabled\.main\+xml")
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_MAX_CHARACTERS = 50_000_000
# Level 6 costs twice the time of level 3 for files a few per cent smaller.
_LEVEL = 3


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    source: Source
    program: jinja2.Template
    tree: nodes.Template
    loops: bool


class Template:
    """A compiled template; made by `load` or `compile`, then only read."""

    def __init__(
        self, name: str, members: tuple[Member, ...], parts: tuple[_Part, ...], problems: tuple[Problem, ...]
    ) -> None:
        self.name = name
        self.problems = problems
        self._frame = Frame(members)
        self._library = Library(members)
        self._parts = parts
        numbering = next((member for member in members if member.name == NUMBERING), None)
        self._numbering = b"" if numbering is None else expand(numbering)
        self._numbers = numbers_in(self._numbering)

    @classmethod
    def load(cls, path: Path) -> Template:
        """The template of that file; compiled once for the same name and content.

        Raises:
            TemplateError: It cannot be read or cannot be filled; every problem is listed with its place.
        """
        template = cls.examine(path)
        refuse(template.problems)
        return template

    @classmethod
    def examine(cls, path: Path) -> Template:
        """As `load`, but problems stand in `problems` and only an unreadable file raises.

        Raises:
            TemplateError: The file is missing or is no Word document.
        """
        return _compiled(path.name, read_template(path))

    def names(self) -> frozenset[str]:
        """The names it needs from its context, dotted (`entry.number`); those bound by its loops are left out."""
        return frozenset(use.name for use in self.uses())

    def uses(self) -> tuple[Use, ...]:
        """Every name it uses, with its place, in order."""
        found: list[Use] = []
        for part in self._parts:
            places = part.source.places
            found += [replace(use, place=places.get(use.line, NOWHERE)) for use in uses(part.tree)]
        return tuple(found)

    def render(self, context: Mapping[str, Any], *, dropped: list[str] | None = None) -> bytes:
        """The filled document.

        Args:
            context: Values by name: text, numbers, `Shown`, mappings and lists of these.
            dropped: Receives each text that control characters were taken out of.
        Raises:
            TemplateError: A name is unknown, a value does not fit, or the result is no XML; names the place.
        """
        token = DROPPED.set(dropped)
        needed: dict[str, Media] = {}
        lists = Restarts(self._numbers)
        try:
            members = tuple(
                pack(part.name, self._fill(part, context, needed, lists).encode("utf-8"), level=_LEVEL)
                for part in self._parts
            )
        finally:
            DROPPED.reset(token)
        replaced = {NUMBERING: lists.definitions(self._numbering)} if lists.made else {}
        if needed or replaced:
            return self._library.write(members, needed, replaced)
        return self._frame.write(members)

    def _fill(
        self, part: _Part, context: Mapping[str, Any], needed: dict[str, Media], lists: Restarts
    ) -> str:
        program = part.program
        pieces: list[str] = [_DECLARATION]
        room = _MAX_CHARACTERS
        media = Media()
        token = MEDIA.set(media)
        try:
            for piece in program.root_render_func(program.new_context(dict(context))):
                room -= len(piece)
                if room < 0:
                    raise Unfillable(messages.TOO_LARGE(most=_MAX_CHARACTERS))
                pieces.append(piece)
        except Exception as error:  # whatever a filter meets, the clerk has to learn where
            raise self._failure(part, error, context) from error
        finally:
            MEDIA.reset(token)
        if media:
            needed[part.name] = media
        try:
            xml = _finished(lists.in_part("".join(pieces)), part, media)
            expat.ParserCreate("UTF-8", " ").Parse(xml.encode("utf-8"), True)
        except (expat.ExpatError, ValueError, SyntaxError) as error:
            raise TemplateError(
                messages.NO_XML(name=self.name, part=part.name, error=error),
                code="template",
                remedy=messages.END_IN_SAME_CELL(),
            ) from error
        return xml

    def _failure(self, part: _Part, error: Exception, context: Mapping[str, Any]) -> TemplateError:
        place = part.source.places.get(line_of(error), NOWHERE)
        return failure(self.name, place, error, context)


def read_template(path: Path) -> bytes:
    """The template's file.

    Raises:
        TemplateError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise TemplateError(
            messages.UNREADABLE(path=path, reason=error.strerror or error),
            code="template",
            remedy=messages.CHECK_NAME(),
        ) from error


def no_document(name: str, why: Exception | Bilingual) -> TemplateError:
    """The error of a file that is no Word document."""
    return TemplateError(
        messages.NO_DOCUMENT(name=name, why=why), code="template", remedy=messages.SAVE_AS_DOCX()
    )


def failure(name: str, place: Place, error: Exception, context: Mapping[str, Any]) -> TemplateError:
    """What kept a template from being filled, with its place and the nearest known name."""
    why = str(error) or type(error).__name__
    said = error.said if isinstance(error, Unfillable) else messages.FAILED(why=why)
    remedy = NOTHING
    if isinstance(error, jinja2.UndefinedError):
        unknown = (re.findall(r"'([^']+)'", str(error)) or [""])[-1]
        known = list(context)
        for value in context.values():
            known += list(value) if isinstance(value, Mapping) else []
        said = messages.NO_VALUE(name=unknown)
        remedy = nearest(unknown, known) or messages.USE_OPTIONAL()
    return TemplateError(Problem(name, place, said).placed, code="template", remedy=remedy)


def _finished(xml: str, part: _Part, media: Media) -> str:
    """A filled part made whole: looks of interrupted runs, broken paragraphs, what Word needs in cells and grids."""
    if media.rich:
        xml = with_looks(xml)
    if media.breaks or (media.rich and has_breaks(xml)):
        xml = _DECLARATION + break_paragraphs(xml)
    return repair(xml, loops=part.loops or bool(media), tables_vary=part.source.tables_vary)


@lru_cache(maxsize=128)
def _compiled(name: str, content: bytes) -> Template:
    try:
        members = read_members(content)
        by_name = {member.name: member for member in members}
        titles = stories(expand(by_name["[Content_Types].xml"]))
        sources = {
            part: jinja_source(expand(by_name[part]), title, name)
            for part, title in titles.items()
            if part in by_name
        }
    except (PackageError, KeyError, SyntaxError) as error:
        raise no_document(name, error) from error
    if "body" not in titles.values():
        raise no_document(name, messages.NO_MAIN_PART())
    problems = list(unfilled(by_name, titles, name))
    parts: list[_Part] = []
    environment = Environment()
    for part, source in sources.items():
        problems += source.problems
        if source.text:
            # Where a tag is broken already, what Jinja says of the rest would only confuse; names are still checked.
            told = [] if any(problem.fatal for problem in source.problems) else problems
            compiled = _compile(environment, part, source, name, told)
            parts += [compiled] if compiled else []
    filled = {part.name for part in parts}
    untouched = tuple(member for member in members if member.name not in filled)
    return Template(name, untouched, tuple(parts), tuple(problems))


def stories(content_types: bytes) -> dict[str, str]:
    """Part name → its name for people, for every part that may hold tags."""
    found: dict[str, str] = {}
    counts: dict[str, int] = {}
    for match in _OVERRIDE.finditer(content_types):
        kind = _STORY_TYPE.search(match.group())
        if _PROPERTIES_TYPE in match.group():
            found[match.group(1).decode("utf-8")] = "properties"
            continue
        if kind is None and not _MACRO_TYPE.search(match.group()):
            continue
        word = kind.group(1).decode().removesuffix(".main") if kind else "document"
        title = "body" if word in ("document", "template") else word
        counts[title] = counts.get(title, 0) + 1
        name = posixpath.normpath(match.group(1).decode("utf-8"))
        found[name] = f"{title} {counts[title]}" if title in ("header", "footer") else title
    return found


def _compile(
    environment: Environment, part: str, source: Source, name: str, problems: list[Problem]
) -> _Part | None:
    try:
        tree = environment.parse(source.text)
        spell_out_ranges(tree)
        wrong = [
            Problem(name, source.places.get(line, NOWHERE), message, remedy)
            for line, message, remedy in dict.fromkeys(faults(tree))
        ]
        problems += wrong
        if wrong:
            return None
        code = environment.compile(tree, part, part)
    except jinja2.TemplateSyntaxError as error:
        place = source.places.get(_nearest_line(source.places, error.lineno), NOWHERE)
        problems.append(Problem(name, place, *syntax_problem(error)))
        return None
    # Python compiles what Jinja makes of it, and allows some twenty blocks inside one another.
    except (RecursionError, MemoryError, SyntaxError):
        deepest = max(source.places.values(), key=lambda place: len(place.text), default=NOWHERE)
        problems.append(Problem(name, deepest, messages.TOO_DEEP(), messages.WRITE_SIMPLER()))
        return None
    loops = tree.find(nodes.For) is not None
    program = jinja2.Template.from_code(environment, code, {})
    return _Part(part, source, program, tree, loops)


def syntax_problem(error: jinja2.TemplateSyntaxError) -> tuple[Bilingual, Bilingual]:
    """What is wrong with a tag, in words that a clerk knows, and a remedy."""
    message = error.message or str(error)
    if "Unexpected end of template" in message or "end of template" in message:
        looked = re.findall(r"'(end\w+)'", message)
        close = same(f"{{% {looked[-1]} %}}") if looked else messages.EITHER_CLOSE()
        return messages.NEVER_CLOSED(), messages.WRITE_CLOSE(close=close)
    unknown = re.search(r"unknown tag '(\w+)'", message)
    if unknown:
        known = ("if", "elif", "else", "endif", "for", "endfor")
        near = nearest(unknown.group(1), known) or messages.THERE_ARE(known=listed(known))
        return messages.NO_TAG(name=unknown.group(1)), near
    return messages.WRONG_TAG(why=message), NOTHING


def _nearest_line(places: Mapping[int, Place], line: int) -> int:
    return max((known for known in places if known <= line), default=min(places, default=0))


def line_of(error: Exception) -> int:
    """The source line that was being filled when the error came up."""
    line, traceback = 0, error.__traceback__
    while traceback is not None:
        program = traceback.tb_frame.f_globals.get("__jinja_template__")
        if program is not None:
            line = program.get_corresponding_lineno(traceback.tb_lineno)
        traceback = traceback.tb_next
    return line
