"""PDF/A-2b renditions of originals and documents: made when there is time, in a bag of their own beside the entry's.

An entry's bag is closed when the entry is registered and says in `bag-info.txt` whether a rendition is to come. The
rendition's bag `SERIAL.rendition/` holds a PDF for each Word or Excel file of the entry, `SERIAL.rendition-EVENT/`
for those of a later event; a file that cannot be converted, or needs no conversion, stands in its `renditions.txt`
with the reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from formflow.archive.copies import Archived, build_event, place
from formflow.archive.number import archive_no
from formflow.archive.pdfa import pdfa_faults, reproducible
from formflow.errors import IntegrityError, ReadError
from formflow.model import Entry
from formflow.office.filters import CALC, PDF_A_2B, WRITER
from formflow.store.archives import REGISTERED, RENDITION, ArchiveMark
from formflow.store.store import Store

if TYPE_CHECKING:
    from datetime import datetime

    from formflow.forms.spec import Form
    from formflow.settings import Settings

SECONDS = 60.0
"""Time for one file."""
BATCH = 12
"""Bags rendered together: LibreOffice takes a handful of files at once for little more than one."""
NOTE = "renditions.txt"

_RETRY = frozenset(("no-office", "crashed"))
"""Failures that say nothing of the file."""


class Renders(Protocol):
    """What turns office files into PDF (`office.converter.Converter`)."""

    def convert_all(
        self, files: Sequence[tuple[bytes, str]], to: str, *, seconds: float, options: str = ""
    ) -> list[bytes | ReadError]: ...


@dataclass(frozen=True, slots=True)
class _Source:
    """A file of an entry's bag; `name` is what its rendition is called, without suffix."""

    path: Path
    name: str
    suffix: str


def render(
    bags: Iterable[tuple[Entry, str]],
    store: Store,
    forms: Mapping[str, Form],
    settings: Settings,
    converter: Renders,
    *,
    at: datetime,
) -> int:
    """Make and mark the renditions of bags; how many.

    The same bag gives the same renditions, byte for byte, as long as LibreOffice and the fonts are the same.

    Args:
        bags: Entry and event; one whose bag is not there is left out.
    Raises:
        ReadError: `no-office` or `crashed`: LibreOffice is not there or does not start; nothing was made.
        IntegrityError: A bag stands there that is damaged.
        StoreError: The disk is full or refuses.
    """
    root = settings.folder("archive")
    batch = [(entry, event) for entry, event in bags if (root / place(entry, event)).is_dir()]
    sources = [_sources(root / place(entry, event)) for entry, event in batch]
    pdfs = _convert((source for found in sources for source in found), converter)
    for (entry, event), found in zip(batch, sources, strict=True):
        name = RENDITION if event == REGISTERED else f"{RENDITION}-{event}"
        made = _bag(root, entry, name, found, pdfs, forms[entry.form], settings)
        mark = ArchiveMark(number=entry.number, event=name, path=made.path, manifest=made.seal, at=at)
        store.archives.mark([mark])
    return len(batch)


def _sources(bag: Path) -> list[_Source]:
    """The files of a bag, the original first; documents keep their names."""
    found = []
    for folder, prefix in (("original", "original-"), ("documents", "")):
        for path in sorted((bag / "data" / folder).glob("*")):
            name = PurePosixPath(path.name)
            found.append(_Source(path, f"{prefix}{name.stem}", name.suffix.lower().lstrip(".")))
    return found


def _convert(sources: Iterable[_Source], converter: Renders) -> dict[str, bytes | ReadError]:
    """By digest of the source: a log's rows share one original."""
    wanted: dict[str, tuple[bytes, str]] = {}
    for source in sources:
        if source.suffix in WRITER | CALC:
            data = source.path.read_bytes()
            wanted.setdefault(hashlib.sha256(data).hexdigest(), (data, source.suffix))
    if not wanted:
        return {}
    made = converter.convert_all(list(wanted.values()), "pdf", seconds=SECONDS, options=PDF_A_2B)
    for one in made:
        if isinstance(one, ReadError) and one.code in _RETRY:
            raise one
    return dict(zip(wanted, made, strict=True))


def _bag(
    root: Path,
    entry: Entry,
    event: str,
    sources: Sequence[_Source],
    pdfs: Mapping[str, bytes | ReadError],
    form: Form,
    settings: Settings,
) -> Archived:
    documents: dict[str, bytes] = {}
    told: list[str] = []
    for source in sources:
        name = source.path.name
        if source.suffix not in WRITER | CALC:
            told.append(f"{name}: not converted, .{source.suffix} is kept as it is 不作转换，按原格式保存")
            continue
        made = pdfs.get(hashlib.sha256(source.path.read_bytes()).hexdigest())
        if made is None or isinstance(made, ReadError):
            reason = made.english if isinstance(made, ReadError) else "changed while it was converted"
            told.append(f"{name}: not converted 未能转换: {reason}")
            continue
        pdf = reproducible(made, at=entry.registered_at)
        faults = pdfa_faults(pdf)
        if faults:
            told.append(f"{name}: no valid PDF/A 不是合格的 PDF/A: {'; '.join(faults)}")
            continue
        documents[f"{source.name}.pdf"] = pdf
        told.append(f"{name}: {source.name}.pdf PDF/A-2b")
    documents[NOTE] = "".join(f"{line}\n" for line in told).encode("utf-8", "replace")
    number = archive_no(entry, form.register, fonds=settings.fonds, office=settings.organisation)
    organisation = " ".join(filter(None, (settings.company, settings.department)))
    try:
        return build_event(
            root, entry, event, documents, archive_no=number, title=form.title, organisation=organisation
        )
    except IntegrityError as error:
        raise IntegrityError(
            f"{entry.number}: {error.message}", code=error.code, remedy=error.remedy
        ) from error
