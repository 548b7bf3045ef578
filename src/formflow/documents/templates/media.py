"""What a filled part needs beside its XML: picture files, relationships to them, content types."""

from __future__ import annotations

import hashlib
import io
import posixpath
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from xml.sax.saxutils import quoteattr

from lxml import etree

from formflow.documents.package import Frame, Member, expand, pack
from formflow.documents.templates.problem import Unfillable
from formflow.messages import same
from formflow.messages import templates as messages

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"
_WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
_INLINE = f'<wp:inline {_WP} distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{{cx}}" cy="{{cy}}"/>'
_FIXED = (
    f'<wp:anchor {_WP} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0"'
    ' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
    '<wp:extent cx="{cx}" cy="{cy}"/><wp:wrapNone/>'
)
_DRAWING = (
    '<wp:docPr id="{id}" name="Picture {id}" descr={told}>{link}</wp:docPr><wp:cNvGraphicFramePr>'
    '<a:graphicFrameLocks xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" noChangeAspect="1"/>'
    '</wp:cNvGraphicFramePr><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="{id}" name={name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip xmlns:r="' + _OFFICE + '" r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
)
_LINK = (
    '<a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="'
    + _OFFICE
    + '" r:id="{rid}"/>'
)
_EMU_PER_PIXEL = 914_400 / 72
"""Where a picture does not say its resolution, 72 dots an inch, as Word takes it."""
_FIRST_ID = 9000
"""Ids of drawings begin here; where a part holds pictures of its own they are counted anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that stands in the line: a signature, a QR symbol, a seal.

    Attributes:
        data: The file: PNG, JPEG, GIF, BMP or TIFF.
        width_mm, height_mm: Size on paper; 0: from the other one by the picture's shape, both 0: from its own
            resolution.
        description: What it shows, for people who cannot see it.
        link: Address that a click opens.
        at_mm: Left and top on the page, where it stands fixed and moves no text; None: in the line.
    """

    data: bytes = field(repr=False)
    width_mm: float = 0.0
    height_mm: float = 0.0
    description: str = ""
    link: str = ""
    at_mm: tuple[float, float] | None = None

    def runs(self) -> str:
        return f"<w:r><w:drawing>{current_media().drawing(self)}</w:drawing></w:r>"

    def __str__(self) -> str:
        return self.description

    def __bool__(self) -> bool:
        return bool(self.data)


class Media:
    """The pictures and links of one part, while it is being filled.

    Attributes:
        files: Member name below the part's folder → bytes.
        relations: Id → type, target, whether it lies outside; in order of first use.
        rich, breaks: Runs interrupt a text; a value breaks its paragraph.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.relations: dict[str, tuple[str, str, bool]] = {}
        self.rich = self.breaks = False
        self._drawn = 0

    def __bool__(self) -> bool:
        return bool(self.relations)

    def drawing(self, picture: Picture) -> str:
        """The drawing of a picture, in the line or fixed on the page.

        Raises:
            ValueError: It is no picture of a known kind, or has no size.
        """
        suffix, width, height = measure(picture.data)
        if picture.width_mm or picture.height_mm:
            shape = height / width
            wide = picture.width_mm or picture.height_mm / shape
            width, height = wide * 36_000, (picture.height_mm or wide * shape) * 36_000
        digest = hashlib.sha256(picture.data).hexdigest()[:20]
        target = f"media/formflow-{digest}.{suffix}"
        self.files[target] = picture.data
        self._drawn += 1
        link = _LINK.format(rid=self.link(picture.link)) if picture.link else ""
        size = {"cx": round(width), "cy": round(height)}
        around = (_INLINE.format(**size), "</wp:inline>")
        if picture.at_mm is not None:
            left, top = (round(length * 36_000) for length in picture.at_mm)
            around = (_FIXED.format(x=left, y=top, **size), "</wp:anchor>")
        drawn = _DRAWING.format(
            **size,
            id=_FIRST_ID + self._drawn,
            told=quoteattr(picture.description),
            name=quoteattr(f"{digest}.{suffix}"),
            rid=self._relate("image", target, external=False),
            link=link,
        )
        return f"{around[0]}{drawn}{around[1]}"

    def link(self, address: str) -> str:
        """Id of the relationship to an address."""
        return self._relate("hyperlink", address, external=True)

    def _relate(self, kind: str, target: str, *, external: bool) -> str:
        wanted = (f"{_OFFICE}/{kind}", target, external)
        known = next((id for id, relation in self.relations.items() if relation == wanted), None)
        id = known or f"formflow{len(self.relations) + 1}"
        self.relations[id] = wanted
        return id


class Library:
    """Members of a template that pictures and links change: relationships and content types.

    Args:
        members: Every member that is not filled.
    """

    def __init__(self, members: tuple[Member, ...]) -> None:
        self._members = {member.name: member for member in members}
        self._frames: dict[frozenset[str], Frame] = {}

    def write(
        self, parts: tuple[Member, ...], media: Mapping[str, Media], replaced: Mapping[str, bytes]
    ) -> bytes:
        """The package of filled parts with what their media need.

        Args:
            media: By part name; only parts that need something.
            replaced: Members of other content than the template's.
        """
        changed: dict[str, Member] = {name: pack(name, content) for name, content in replaced.items()}
        for part, needed in media.items():
            folder, name = posixpath.split(part)
            rels = f"{folder}/_rels/{name}.rels"
            changed[rels] = pack(rels, self._relationships(rels, needed))
            for target, data in needed.files.items():
                path = posixpath.join(folder, target)
                changed[path] = pack(path, data, level=1)
        suffixes = frozenset(
            path.rsplit(".", 1)[1] for path in changed if not path.endswith(".rels") and path not in replaced
        )
        changed[_CONTENT_TYPES] = self._content_types(suffixes)
        kept = frozenset(changed.keys() & self._members.keys())
        if kept not in self._frames:
            self._frames[kept] = Frame(tuple(m for m in self._members.values() if m.name not in kept))
        types = changed.pop(_CONTENT_TYPES)
        return self._frames[kept].write((types, *parts, *changed.values()))

    def _relationships(self, rels: str, needed: Media) -> bytes:
        if rels in self._members:
            root = etree.fromstring(expand(self._members[rels]))
        else:
            root = etree.Element(f"{{{_PACKAGE}}}Relationships", nsmap={None: _PACKAGE})
        for id, (kind, target, external) in needed.relations.items():
            relation = etree.SubElement(root, f"{{{_PACKAGE}}}Relationship", Id=id, Type=kind, Target=target)
            if external:
                relation.set("TargetMode", "External")
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def _content_types(self, suffixes: Iterable[str]) -> Member:
        root = etree.fromstring(expand(self._members[_CONTENT_TYPES]))
        known = {str(d.get("Extension")).lower() for d in root.iter(f"{{{_TYPES}}}Default")}
        for suffix in sorted(set(suffixes) - known):
            kind = "image/jpeg" if suffix in ("jpg", "jpeg") else f"image/{suffix}"
            default = etree.Element(f"{{{_TYPES}}}Default", Extension=suffix, ContentType=kind)
            root.insert(0, default)
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return pack(_CONTENT_TYPES, content)


MEDIA: ContextVar[Media | None] = ContextVar("media", default=None)
"""What the part that is being filled needs beside its text."""


def current_media() -> Media:
    """The media of the part that is being filled.

    Raises:
        TypeError: None is.
    """
    media = MEDIA.get()
    if media is None:
        raise TypeError("a picture or link stands where there is no document to hold it")
    return media


@lru_cache(maxsize=64)
def measure(data: bytes) -> tuple[str, float, float]:
    """Suffix, width and height in EMU of a picture file, by its own resolution."""
    from docx.image.exceptions import UnrecognizedImageError  # for pictures only
    from docx.image.image import Image

    try:
        image = Image.from_file(io.BytesIO(data))
        width, height = int(image.width), int(image.height)
    except (UnrecognizedImageError, ValueError, KeyError, IndexError, EOFError) as error:
        if bare := _bare_jpeg(data):
            return bare
        reason = same(str(error)) or messages.NO_PICTURE_KIND()
        raise Unfillable(messages.NO_PICTURE(reason=reason)) from error
    if width <= 0 or height <= 0:
        raise Unfillable(messages.PICTURE_WITHOUT_SIZE())
    return str(image.ext), float(width), float(height)


def _bare_jpeg(data: bytes) -> tuple[str, float, float] | None:
    """The same of a JPEG that names neither JFIF nor Exif, as cameras and scanners write it; None for anything else.

    Source:
        ITU-T T.81, B.1.1.4 and B.2.2: markers, and the frame header.
    """
    at = 2
    while data[:3] == b"\xff\xd8\xff" and at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        # The frame headers SOF0 to SOF15; DHT, JPG and DAC lie among them.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height = int.from_bytes(data[at + 5 : at + 7], "big")
            width = int.from_bytes(data[at + 7 : at + 9], "big")
            return ("jpg", width * _EMU_PER_PIXEL, height * _EMU_PER_PIXEL) if width and height else None
        at += 2 + length
    return None
