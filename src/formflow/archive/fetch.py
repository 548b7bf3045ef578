"""What a bag lists and another folder of the archive holds: `fetch.txt`, followed inside one archive.

A log of many rows becomes many entries, each with its bag; the log itself lies once in the archive. Each bag lists it
in its manifest with its digest, as if it were there, and says in `fetch.txt` where it is. Filled in, the bag is whole
and its seal the same. Addresses are `formflow://archive/PATH`, with PATH below the archive's root, percent-encoded.

Source:
    RFC 8493, 2.2.3 Fetch File.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

FETCH = "fetch.txt"
_SCHEME = "formflow://archive/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A file that a bag lists and another folder of the archive holds.

    Attributes:
        path: Below the archive's root, `/`-separated.
        digest: SHA-256 of its bytes.
        size: Count of its bytes.
    """

    path: str
    digest: str
    size: int


def fetch_text(files: Mapping[str, Elsewhere]) -> str:
    """`fetch.txt` for these files, by their paths in the bag (`data/original/…`)."""
    return "".join(f"{_SCHEME}{quote(file.path)} {file.size} {name}\n" for name, file in files.items())


def read_fetch(folder: Path) -> dict[str, str]:
    """Path in the bag → path below the archive's root; nothing where the bag is whole by itself.

    Raises:
        OSError, ValueError: It cannot be read, or an address leads out of the archive.
    """
    file = folder / FETCH
    if not file.exists():
        return {}
    found = {}
    for line in file.read_text("utf-8").splitlines():
        address, _, name = line.split(" ", 2)
        path = unquote(address.removeprefix(_SCHEME))
        if not address.startswith(_SCHEME) or not _inside(path) or not _inside(name):
            raise ValueError(f"{address} lies outside the archive")
        found[name] = path
    return found


class Holdings:
    """Digests of the files that many bags list, each read once.

    Args:
        root: The archive's root.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, str | None] = {}

    def path(self, path: str) -> Path:
        """Where a file lies."""
        return self._root / path

    def digest(self, path: str) -> str | None:
        """SHA-256 of a file below the root; None where there is none, or only a link."""
        if path not in self._known:
            self._known[path] = self._read(self._root / path)
        return self._known[path]

    def _read(self, file: Path) -> str | None:
        try:
            # A link, symbolic or hard, may lead to what is no archive, and its target may change unseen.
            if file.resolve(strict=True) != self._root.resolve() / file.relative_to(self._root):
                return None
            if file.lstat().st_nlink != 1:
                return None
            with file.open("rb") as opened:
                return hashlib.file_digest(opened, "sha256").hexdigest()
        except OSError:
            return None


def _inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return bool(path) and not pure.is_absolute() and ".." not in pure.parts
