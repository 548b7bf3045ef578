"""Layers of a PDF (optional content, ISO 32000-1, 8.11): which are switched off when the file is opened."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral


def layers_off(catalog: Mapping[str, Any]) -> frozenset[int]:
    """The object ids of the layers that do not show."""
    properties = resolve1(catalog.get("OCProperties"))
    if not isinstance(properties, Mapping):
        return frozenset()
    default = resolve1(properties.get("D"))
    default = default if isinstance(default, Mapping) else {}
    base = resolve1(default.get("BaseState"))
    off = _ids(default.get("OFF"))
    if isinstance(base, PSLiteral) and base.name == "OFF":
        off |= _ids(properties.get("OCGs")) - _ids(default.get("ON"))
    return frozenset(off)


def is_off(entry: Any, off: Collection[int]) -> bool:
    """Whether a group of content, or a membership in several, is switched off."""
    if not off:
        return False
    if isinstance(entry, PDFObjRef) and entry.objid in off:
        return True
    membership = resolve1(entry)
    if not isinstance(membership, Mapping) or "OCGs" not in membership:
        return False
    groups = membership["OCGs"]
    groups = [groups] if isinstance(groups, PDFObjRef) and not _is_list(groups) else resolve1(groups)
    states = [group.objid in off for group in groups or () if isinstance(group, PDFObjRef)]
    policy = resolve1(membership.get("P"))
    name = policy.name if isinstance(policy, PSLiteral) else "AnyOn"
    if not states:
        return False
    return {
        "AllOn": any(states),
        "AnyOff": not any(states),
        "AllOff": not all(states),
    }.get(str(name), all(states))


def _ids(entry: Any) -> set[int]:
    entries = resolve1(entry)
    return (
        {one.objid for one in entries if isinstance(one, PDFObjRef)} if isinstance(entries, list) else set()
    )


def _is_list(entry: PDFObjRef) -> bool:
    return isinstance(resolve1(entry), list)
