"""A writer of compound files (OLE) for tests: enough for a message with attachments."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR, _SMALL = 512, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_HEX = "%08X"
_BINARY, _TEXT, _LONG = 0x0102, 0x001F, 0x0003

Tree = Mapping[str, "bytes | Tree"]


def compound(tree: Tree) -> bytes:
    """A compound file with those streams (bytes) and storages (mappings)."""
    entries: list[list[object]] = []  # name, kind, left, right, child, start, size
    sectors, chains = [], []
    pieces, links = [], []  # small streams lie in the root's, in a chain of their own

    def store(content: bytes, size: int, blocks: list[bytes], chain: list[int]) -> int:
        if not content:
            return _END
        start = len(blocks)
        cut = [content[at : at + size].ljust(size, b"\0") for at in range(0, len(content), size)]
        blocks.extend(cut)
        chain.extend([*range(start + 1, start + len(cut)), _END])
        return start

    def add(name: str, node: bytes | Tree, kind: int) -> int:
        place = len(entries)
        entries.append([name, kind, _FREE, _FREE, _FREE, _END, 0])
        if isinstance(node, bytes):
            small = len(node) < _SMALL
            start = store(node, 64, pieces, links) if small else store(node, _SECTOR, sectors, chains)
            entries[place][5:] = [start, len(node)]
            return place
        previous = None
        for child, content in sorted(node.items(), key=lambda item: (len(item[0]), item[0].upper())):
            at = add(child, content, 2 if isinstance(content, bytes) else 1)
            entries[place if previous is None else previous][4 if previous is None else 3] = at
            previous = at
        return place

    add("Root Entry", tree, 5)
    small = b"".join(pieces)
    entries[0][5:] = [store(small, _SECTOR, sectors, chains), len(small)]
    directory = b"".join(_entry(*entry) for entry in entries)  # type: ignore[arg-type]
    first_directory = store(directory, _SECTOR, sectors, chains)
    table = struct.pack(f"<{len(links)}I", *links)
    table = table.ljust(-(-len(table) // _SECTOR) * _SECTOR, b"\xff")
    first_small = store(table, _SECTOR, sectors, chains)
    fats = -(-(len(chains) + 8) // 128)
    first_fat = len(sectors)
    chains.extend([_FAT] * fats)
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(fats * _SECTOR, b"\xff")
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, fats, first_directory, 0, _SMALL, first_small, len(table) // _SECTOR, _END, 0),
    )
    header += struct.pack("<109I", *range(first_fat, first_fat + fats), *[_FREE] * (109 - fats))
    return header + b"".join(sectors) + fat


def _entry(name: str, kind: int, left: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBBIII16xI8x8xII4x", raw, len(raw), kind, 1, left, right, child, 0, start, size)


def message(attachments: Mapping[str, bytes]) -> bytes:
    """An Outlook message with those attachments by name."""
    tree: dict[str, bytes | Tree] = {
        "__nameid_version1.0": {},
        "__properties_version1.0": bytes(8)
        + struct.pack("<IIII", 0, len(attachments), 0, len(attachments))
        + bytes(8),
    }
    for number, (name, content) in enumerate(attachments.items()):
        raw = name.encode("utf-16-le")
        rows = struct.pack("<HHII4x", _LONG, 0x3705, 6, 1)
        rows += struct.pack("<HHII4x", _TEXT, 0x3707, 6, len(raw) + 2)
        rows += struct.pack("<HHII4x", _BINARY, 0x3701, 6, len(content))
        tree[f"__attach_version1.0_#{_HEX % number}"] = {
            "__properties_version1.0": bytes(8) + rows,
            "__substg1.0_3707001F": raw,
            "__substg1.0_37010102": content,
        }
    return compound(tree)
