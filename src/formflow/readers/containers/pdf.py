"""The files attached to a PDF (ISO 32000-1, 7.11.4): a portfolio is nothing but these."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.utils import decode_text

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.containers.member import MAX_FILES, Budget, Member, is_junk
from formflow.readers.pdf.streams import bounded

_MAX_NODES = 5_000


def is_portfolio(data: bytes) -> bool:
    """Whether a PDF is a cover for the files in it; False for one that cannot be opened."""
    try:
        catalog = _catalog(data)
        return "Collection" in catalog and bool(attached(catalog))
    except Exception:  # whoever reads it says what is wrong with it
        return False


def attached(catalog: Mapping[str, Any]) -> dict[str, PDFStream]:
    """The files in a PDF by their names, each once; more than a container may hold are not looked for."""
    names = resolve1(catalog.get("Names"))
    tree = names.get("EmbeddedFiles") if isinstance(names, Mapping) else None
    found: dict[str, PDFStream] = {}
    waiting, seen = [tree], set[int]()
    for _ in range(_MAX_NODES):
        if not waiting or len(found) > MAX_FILES:
            break
        entry = waiting.pop()
        if isinstance(entry, PDFObjRef):
            if entry.objid in seen:
                continue
            seen.add(entry.objid)
        node = resolve1(entry)
        if not isinstance(node, Mapping):
            continue
        for specification in _list(node.get("Names"))[1::2]:
            _add(resolve1(specification), found)
        waiting.extend(reversed(_list(node.get("Kids"))))
    return found


def pdf_members(data: bytes, limits: Limits, budget: Budget) -> Iterator[Member]:
    """The files attached to a PDF, without junk and empty ones.

    Raises:
        ReadError: `too-large`.
    """
    with bounded(limits.max_expanded_bytes):
        for name, stream in attached(_catalog(data)).items():
            if is_junk(name):
                continue
            held = stream.get_data()
            budget.take(len(held))
            if len(held) > limits.max_bytes:
                yield Member(name=name, error=ReadError("too-large", f"unpacks to {len(held)} bytes"))
            elif held:
                yield Member(name=name, data=held)


def _catalog(data: bytes) -> Mapping[str, Any]:
    return PDFDocument(PDFParser(io.BytesIO(data))).catalog


def _add(specification: Any, found: dict[str, PDFStream]) -> None:
    if not isinstance(specification, Mapping):
        return
    held = resolve1(specification.get("EF"))
    if not isinstance(held, Mapping):
        return
    stream = next((s for key in ("UF", "F") if isinstance(s := resolve1(held.get(key)), PDFStream)), None)
    if stream is None or any(known is stream for known in found.values()):
        return
    raw = next((n for key in ("UF", "F") if isinstance(n := resolve1(specification.get(key)), bytes)), b"")
    name = decode_text(raw) or "attached"
    while name in found:
        name = f"_{name}"
    found[name] = stream


def _list(value: Any) -> list[Any]:
    entries = resolve1(value)
    return entries if isinstance(entries, list) else []
