"""A file inside a container, what a container may still unpack to, and what is no member."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from formflow.errors import ReadError

MAX_FILES = 500
"""Files that one container may hold, in all its depths."""

SMALL_PICTURE = 100 * 1024
"""A picture shown inside the text is a signature's logo up to this many bytes; a photographed form is larger."""

_JUNK = ("._*", "~$*", ".~lock*", ".ds_store", "thumbs.db", "desktop.ini", "*.tmp", "*.lnk", "*.url")
_JUNK_FOLDERS = frozenset(("__macosx", "@eadir", ".git", ".svn"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file inside a container.

    Attributes:
        name: Its path, `/`-separated, the names of inner containers first (`inner.zip/a.docx`).
        data: Its bytes; None where they cannot be taken out.
        error: Why not.
    """

    name: str
    data: bytes | None = None
    error: ReadError | None = None


@dataclass(slots=True)
class Budget:
    """What a container may still unpack to, all its depths together."""

    files: int
    bytes: int

    def take(self, size: int) -> None:
        """Count one more file.

        Raises:
            ReadError: `too-large`: it is one too many.
        """
        self.files -= 1
        self.bytes -= size
        if self.files < 0:
            raise ReadError("too-large", f"more than {MAX_FILES} files in it")
        if self.bytes < 0:
            raise ReadError("too-large", "the files in it are too large together")


def is_junk(name: str) -> bool:
    """Whether a path names what a system has added by itself."""
    *folders, last = name.lower().split("/")
    return any(folder in _JUNK_FOLDERS for folder in folders) or any(
        fnmatchcase(last, pattern) for pattern in _JUNK
    )
