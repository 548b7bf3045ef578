"""PDF/A-2b renditions of originals and documents: made when there is time, in a bag of their own beside the entry's.

An entry's bag is closed when the entry is registered and says in `bag-info.txt` whether a rendition is to come. The
rendition's bag `SERIAL.rendition/` holds a PDF for each Word or Excel file of the entry, `SERIAL.rendition-EVENT/`
for those of a later event; a file that cannot be converted, or needs no conversion, stands in its `renditions.txt`
with the reason. Of an original that several entries share there is one rendition, in a bag beside the shared one
(`submissions/YEAR/SUBMISSION.rendition/`), to which the entries' rendition bags refer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from formflow.archive.bag import bag_faults, bag_seal, payload_digests, whole_files
from formflow.archive.closing import Archived, Plan, close_bag
from formflow.archive.copies import build_event, place
from formflow.archive.fetch import Elsewhere, Holdings, read_fetch
from formflow.archive.number import archive_no
from formflow.archive.pdfa import pdfa_faults, reproducible
from formflow.errors import IntegrityError, ReadError
from formflow.messages import archive as messages
from formflow.messages import clauses
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
    """A file of an entry's bag; `name` is what its rendition is called, without suffix.

    Attributes:
        shared: The shared bag that holds it, below the archive's root; empty where the entry's own does.
    """

    path: Path
    name: str
    suffix: str
    shared: str = ""


def render_some(
    store: Store,
    forms: Mapping[str, Form],
    settings: Settings,
    converter: Renders,
    at: datetime,
    *,
    most: int | None = None,
    series: str | None = None,
    year: int | None = None,
) -> int:
    """Render the first bags that have no rendition yet; how many, 0 when none is left.

    Raises:
        ReadError, IntegrityError, StoreError: As `render`.
    """
    limit = BATCH if most is None else min(BATCH, most)
    bags = [
        (entry, event)
        for number, event in store.archives.unrendered(limit, series=series, year=year)
        if (entry := store.register.find(number)) is not None and entry.form in forms
    ]
    return render(bags, store, forms, settings, converter, at=at)


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
    holdings = Holdings(root)
    sources = [_sources(root / place(entry, event), holdings) for entry, event in batch]
    pdfs = _convert(
        (one for found in sources for one in found if not (one.shared and (root / _beside(one)).is_dir())),
        converter,
    )
    for (entry, event), found in zip(batch, sources, strict=True):
        name = RENDITION if event == REGISTERED else f"{RENDITION}-{event}"
        made = _bag(root, entry, name, found, pdfs, forms[entry.form], settings)
        mark = ArchiveMark(number=entry.number, event=name, path=made.path, manifest=made.seal, at=at)
        store.archives.mark([mark])
    return len(batch)


def _sources(bag: Path, holdings: Holdings) -> list[_Source]:
    """The files of a bag, the original first; documents keep their names.

    Raises:
        IntegrityError: What the bag says of the archive cannot be followed.
    """
    try:
        held = read_fetch(bag)
        files = whole_files(bag, holdings)
    except (OSError, ValueError) as error:
        raise IntegrityError(
            messages.BAG_FAULT(name=bag.name, error=error),
            code="bag-damaged",
            remedy=messages.RESTORE_FOLDER(),
        ) from error
    found = []
    for folder, prefix in (("data/original/", "original-"), ("data/documents/", "")):
        for inside, path in files.items():
            if inside.startswith(folder):
                name = PurePosixPath(inside)
                shared = held.get(inside, "").partition("/data/")[0]
                suffix = name.suffix.lower().lstrip(".")
                found.append(_Source(path, f"{prefix}{name.stem}", suffix, shared))
    return found


def _beside(source: _Source) -> str:
    """Where the rendition of a shared original lies below the archive's root."""
    return f"{source.shared}.{RENDITION}"


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
    elsewhere: dict[str, Elsewhere] = {}
    told: list[str] = []
    for source in sources:
        if source.shared:
            made = _shared(root, entry, source, pdfs)
            elsewhere |= made[0]
            told.append(made[1])
            continue
        pdf, line = _told(source, pdfs, entry)
        told.append(line)
        if pdf is not None:
            documents[f"{source.name}.pdf"] = pdf
    documents[NOTE] = "".join(f"{line}\n" for line in told).encode("utf-8", "replace")
    number = archive_no(entry, form.register, fonds=settings.fonds, office=settings.organisation)
    organisation = " ".join(filter(None, (settings.company, settings.department)))
    try:
        return build_event(
            root,
            entry,
            event,
            documents,
            archive_no=number,
            title=form.title,
            organisation=organisation,
            elsewhere=elsewhere,
        )
    except IntegrityError as error:
        raise IntegrityError(
            messages.OF_ENTRY(number=entry.number, said=error.said), code=error.code
        ) from error


def _shared(
    root: Path, entry: Entry, source: _Source, pdfs: Mapping[str, bytes | ReadError]
) -> tuple[dict[str, Elsewhere], str]:
    """The rendition of a shared original by its file name, made where it is missing, and what is to be told of it."""
    path = _beside(source)
    folder = root / path

    def standing() -> Archived:
        faults = bag_faults(folder)
        if faults:
            raise IntegrityError(
                messages.BAG_DAMAGED(path=path, faults=clauses(*faults[:3])),
                code="bag-damaged",
                remedy=messages.RESTORE_FOLDER(),
            )
        return Archived(folder=folder, path=path, seal=bag_seal(folder))

    if not folder.is_dir():
        pdf, line = _told(source, pdfs, entry)
        payload: dict[str, bytes | Path] = {f"documents/{NOTE}": f"{line}\n".encode("utf-8", "replace")}
        if pdf is not None:
            payload[f"documents/{source.name}.pdf"] = pdf
        info = {
            "External-Identifier": f"{entry.submission}/{RENDITION}",
            "Bag-Group-Identifier": entry.submission,
            "Bagging-Date": entry.registered_at.date().isoformat(),
        }
        close_bag(root, Plan(path=path, payload=payload, info=info, standing=standing))
    name = f"data/documents/{source.name}.pdf"
    digest = payload_digests(folder).get(name)
    line = (folder / "data" / "documents" / NOTE).read_text("utf-8").rstrip("\n")
    if digest is None:
        return {}, line
    size = (folder / name).stat().st_size
    return {f"{source.name}.pdf": Elsewhere(path=f"{path}/{name}", digest=digest, size=size)}, line


def _told(source: _Source, pdfs: Mapping[str, bytes | ReadError], entry: Entry) -> tuple[bytes | None, str]:
    """The rendition of a file, None where there is none, and the line that is told of it."""
    name = source.path.name
    if source.suffix not in WRITER | CALC:
        return None, f"{name}: not converted, .{source.suffix} is kept as it is 不作转换，按原格式保存"
    made = pdfs.get(hashlib.sha256(source.path.read_bytes()).hexdigest())
    if made is None or isinstance(made, ReadError):
        reason = made.english if isinstance(made, ReadError) else "changed while it was converted"
        return None, f"{name}: not converted 未能转换: {reason}"
    pdf = reproducible(made, at=entry.registered_at)
    faults = pdfa_faults(pdf)
    if faults:
        return None, f"{name}: no valid PDF/A 不是合格的 PDF/A: {'; '.join(faults)}"
    return pdf, f"{name}: {source.name}.pdf PDF/A-2b"
