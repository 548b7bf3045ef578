"""The number in the header of every page of a Word document.

It stands in a frame placed on the page, so that neither the header's own text nor the body moves. Headers that are
there get one paragraph more; where a page would show no header, one is added.
"""

from __future__ import annotations

import posixpath
import re

from formflow.documents.package import PackageError
from formflow.documents.stamps.ooxml import STRICT_MARK, Editing, Element, namespace, parse

_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = f"{STRICT_MARK}officeDocument/relationships"
_ROOT_TAG = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?hdr\b[^>]*?(/?)>")
_FALSE = frozenset(("0", "false", "off"))


def stamp_docx(data: bytes, line: str) -> bytes:
    """The document with `line` at the top right of every page.

    Raises:
        PackageError: It is no Word package, or cannot be changed without harm.
    """
    package = Editing(data)
    main = package.main_part()
    links = package.relationships(main)
    root = package.xml(main)
    space = namespace(root)
    w = f"{{{space}}}"
    office = _STRICT_OFFICE if space.startswith(STRICT_MARK) else _OFFICE
    r_id = f"{{{office}}}id"
    sections = [s for s in root.iter(f"{w}sectPr") if s.getparent().tag != f"{w}sectPrChange"]
    body = root.find(f"{w}body")
    if body is None:
        raise PackageError(f"{main}: no body")
    if not sections:
        sections = [_added(body, f"{w}sectPr", len(body))]
    paragraph = number_paragraph(line, space)
    headers = {
        links[reference.get(r_id)][1]
        for section in sections
        for reference in section.findall(f"{w}headerReference")
        if reference.get(r_id) in links
    }
    for header in sorted(headers):
        package.put_bytes(header, _with_paragraph(package.read(header), paragraph))
    bare = list(_bare(sections, w, even=_even_headers(package, links, w)))
    if bare:
        name = _free_name(package, posixpath.dirname(main))
        content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:hdr xmlns:w="{space}">{paragraph}</w:hdr>'
        # A header must end in a paragraph of its own; the framed one stands beside the text.
        content = content.replace("</w:hdr>", "<w:p/></w:hdr>")
        id = package.add_part(main, name, content.encode("ascii"), _HEADER_TYPE, f"{office}/header")
        for section, kind in bare:
            reference = _added(section, f"{w}headerReference", 0)
            reference.set(f"{w}type", kind)
            reference.set(r_id, id)
        package.put(main, root)
    return package.write()


def number_paragraph(line: str, space: str) -> str:
    """A framed paragraph at the top right of the page, in ASCII (other characters as references)."""
    return (
        f'<w:p xmlns:w="{space}"><w:pPr>'
        '<w:framePr w:wrap="around" w:vAnchor="page" w:hAnchor="margin" w:xAlign="right" w:y="397"/>'
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="right"/></w:pPr>{number_run(line, 9)}</w:p>'
    )


def number_run(text: str, points: int) -> str:
    """A run of red 黑体, in ASCII (other characters as references), for a place where `w` is declared."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.encode("ascii", "xmlcharrefreplace").decode("ascii")
    font = "&#40657;&#20307;"  # 黑体
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="{font}" w:hint="eastAsia"/>'
        f'<w:color w:val="C00000"/><w:sz w:val="{2 * points}"/><w:szCs w:val="{2 * points}"/></w:rPr>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r>'
    )


def _with_paragraph(header: bytes, paragraph: str) -> bytes:
    """The header part with the paragraph as its first, every other byte as it was."""
    match = _ROOT_TAG.search(header)
    if match is None or header.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PackageError("a header in an encoding that is not read")
    if match.group(1):
        raise PackageError("an empty header")
    parse(header)
    return header[: match.end()] + paragraph.encode("ascii") + header[match.end() :]


def _bare(sections: list[Element], w: str, *, even: bool) -> list[tuple[Element, str]]:
    """(section, kind of page) wherever pages have no header of their own and inherit none."""
    bare: list[tuple[Element, str]] = []
    inherited: set[str] = set()
    for section in sections:
        inherited |= {ref.get(f"{w}type", "default") for ref in section.findall(f"{w}headerReference")}
        kinds = [
            "default",
            *(["first"] if _on(section.find(f"{w}titlePg"), w) else []),
            *(["even"] if even else []),
        ]
        for kind in kinds:
            if kind not in inherited:
                inherited.add(kind)
                bare.append((section, kind))
    return bare


def _even_headers(package: Editing, links: dict[str, tuple[str, str]], w: str) -> bool:
    name = next((target for kind, target in links.values() if kind == "settings"), "")
    # Parsed only where the switch is there at all, which is seldom.
    if name not in package or b"evenAndOddHeaders" not in package.read(name):
        return False
    return _on(package.xml(name).find(f"{w}evenAndOddHeaders"), w)


def _on(switch: Element, w: str) -> bool:
    return switch is not None and switch.get(f"{w}val", "1") not in _FALSE


def _added(parent: Element, tag: str, at: int) -> Element:
    child = parent.makeelement(tag)
    parent.insert(at, child)
    return child


def _free_name(package: Editing, folder: str) -> str:
    for number in range(1, 1000):
        name = posixpath.join(folder, f"header-formflow{number}.xml")
        if name not in package:
            return name
    raise PackageError("no free name for a header")
