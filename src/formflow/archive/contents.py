"""What the bags of the archive hold, looked at one by one: what can be read, what is lacking."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from formflow.archive.bag import whole_files
from formflow.archive.copies import place
from formflow.archive.fetch import Holdings
from formflow.forms.spec import Form
from formflow.model import Entry
from formflow.readers.read import VERSION
from formflow.readers.sniff import Kind, sniff
from formflow.store.archives import RENDITION

_READABLE = frozenset(VERSION) | {Kind.IMAGE, Kind.FLAT_PACKAGE, Kind.ENCRYPTED_OFFICE}
_INFO = ("External-Identifier", "Internal-Sender-Identifier", "Bagging-Date")


@dataclass(slots=True)
class Look:
    """What a walk through the bags saw.

    Attributes:
        renditions: How many have their long-term form: a PDF/A copy, or an original that is one.
        faults: By check: folders of the bags that do not pass it.
    """

    entries: int = 0
    bags: int = 0
    renditions: int = 0
    faults: dict[str, list[str]] = field(default_factory=dict)

    def fault(self, check: str, path: str) -> None:
        self.faults.setdefault(check, []).append(path)


def look_through(root: Path, entries: Iterable[Entry], forms: Mapping[str, Form]) -> Look:
    """Look into the bag of every entry; one that is not there is left out."""
    look = Look()
    originals = _Originals(root)
    for entry in entries:
        look.entries += 1
        path = place(entry)
        folder = root / path
        if not folder.is_dir():
            continue
        look.bags += 1
        look.renditions += (root / place(entry, RENDITION)).is_dir() or originals.are(folder, _is_pdfa, any)
        info = bag_info(folder)
        if info.get("External-Identifier") != entry.number:
            look.fault("identity", path)
        if any(not info.get(label) for label in _INFO):
            look.fault("package", path)
        try:
            record = json.loads((folder / "data" / "record.json").read_bytes())
            values = dict(record["values"])
        except (OSError, ValueError, KeyError, TypeError):
            look.fault("record", path)
            continue
        form = forms.get(entry.form)
        if form is not None and any(f.required and f.id not in values for f in form.fields):
            look.fault("required", path)
        if not originals.are(folder, _is_readable, all):
            look.fault("readable", path)
    return look


class _Originals:
    """What is asked of originals, of one that many bags list once."""

    def __init__(self, root: Path) -> None:
        self._holdings = Holdings(root)
        self._known: dict[tuple[Path, Callable[[Path], bool]], bool] = {}

    def are(
        self,
        folder: Path,
        what: Callable[[Path], bool],
        how: Callable[[Iterable[bool]], bool],
    ) -> bool:
        """Whether any or all originals of a bag are something."""
        try:
            files = whole_files(folder, self._holdings)
        except (OSError, ValueError):
            return False
        return how(self._is(file, what) for name, file in files.items() if name.startswith("data/original/"))

    def _is(self, file: Path, what: Callable[[Path], bool]) -> bool:
        if (file, what) not in self._known:
            self._known[file, what] = what(file)
        return self._known[file, what]


def _is_readable(file: Path) -> bool:
    try:
        return sniff(file.read_bytes()) in _READABLE
    except Exception:  # whatever keeps it from being told is what the check is about
        return False


def _is_pdfa(file: Path) -> bool:
    """Whether the original says of itself that it is PDF/A."""
    try:
        return file.suffix == ".pdf" and b"pdfaid:part" in file.read_bytes()
    except OSError:
        return False


def bag_info(folder: Path) -> dict[str, str]:
    """The lines of `bag-info.txt`; nothing where it cannot be read."""
    try:
        lines = (folder / "bag-info.txt").read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {label: value for label, _, value in (line.partition(": ") for line in lines)}
