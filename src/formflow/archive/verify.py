"""The proof that the archive is whole: every entry has its bag, every bag its entry, nothing has changed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from formflow.archive.bag import bag_faults, bag_seal, payload_digests
from formflow.archive.closing import MAKING
from formflow.archive.contents import bag_info
from formflow.archive.copies import holds, place
from formflow.archive.fetch import Holdings
from formflow.archive.names import safe_name
from formflow.archive.shared import FOLDER, SHARED
from formflow.messages import archive as messages
from formflow.model import Entry
from formflow.store.archives import REGISTERED, ArchiveMark
from formflow.store.report import Problems, Report
from formflow.store.store import Store

_PAGE = 400


def verify_archive(root: Path, store: Store, *, series: str | None = None, year: int | None = None) -> Report:
    """Check every bag against its manifests, its mark and its entry, and the other way round.

    An entry without a bag is work still to be done (`unmade`) unless a mark says that the bag was there:
    then it is lost. A file that many bags list is read once, and each of them tells when it is lost or changed.
    Memory grows with the entries of one book, not with the archive.

    Args:
        series, year: Only these books.
    """
    problems = Problems()
    checked = unmade = 0
    books: set[tuple[str, str]] = set()
    shared = _Shared(root, problems)
    entries = store.register.all(series, year)
    for (book, of), group in itertools.groupby(entries, key=lambda entry: (entry.series, entry.year)):
        books.add((safe_name(book), str(of)))
        folders = _bags(root / safe_name(book) / str(of))
        for page in _pages(group):
            marks = store.archives.marks([entry.number for entry in page])
            for entry in page:
                names = folders.pop(f"{entry.serial:04}", set())
                unmade += _check_entry(root, entry, names, marks.get(entry.number, ()), shared)
            checked += len(page)
        for name in sorted(itertools.chain(*folders.values())):
            _stray(f"{safe_name(book)}/{of}/{name}", problems)
    if series is None and year is None:
        shared.check_all()
    for book_folder in _book_folders(root, series, year):
        if book_folder not in books:
            _stray("/".join(book_folder), problems)
    return Report(
        subject="archive", checked=checked, unmade=unmade, problems=problems.kept, more=problems.more
    )


class _Shared:
    """The bags that entries share, each checked once."""

    def __init__(self, root: Path, problems: Problems) -> None:
        self.holdings = Holdings(root)
        self.problems = problems
        self._root = root
        self._seals: dict[str, str] = {}
        self._submissions: set[str] = set()

    def expect(self, entry: Entry) -> None:
        """The submission of an entry may have shared bags."""
        self._submissions.add(safe_name(entry.submission))

    def check_named(self, path: str) -> None:
        """The shared bag that a bag names, against its manifests and the seal that is named."""
        named, _, seal = bag_info(self._root / path).get(SHARED, "").partition(" sha256:")
        if named and self._seal(named) not in (seal, ""):
            self.problems.add("bag-changed", path, messages.SHARED_BAG_CHANGED(named=named))

    def check_all(self) -> None:
        """Every shared bag there is: a whole one, of a submission that entries came of."""
        home = self._root / FOLDER
        for year in sorted(home.iterdir()) if home.is_dir() else ():
            for folder in sorted(year.iterdir()) if year.is_dir() else ():
                path = f"{FOLDER}/{year.name}/{folder.name}"
                self._seal(path)
                if folder.name.split(".")[0] not in self._submissions:
                    _stray(path, self.problems)

    def _seal(self, path: str) -> str:
        """The seal of a shared bag, its faults told at the first call; empty where there is none."""
        if path not in self._seals:
            folder = self._root / path
            for fault in bag_faults(folder, self.holdings):
                self.problems.add("bag-damaged", path, messages.BAG_NOT_WHOLE(fault=fault))
            try:
                self._seals[path] = bag_seal(folder)
            except OSError:
                self._seals[path] = ""
        return self._seals[path]


def _pages(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while page := list(itertools.islice(entries, _PAGE)):
        yield page


def _bags(folder: Path) -> dict[str, set[str]]:
    """The names in a book's folder by the serial they begin with."""
    found: dict[str, set[str]] = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        found.setdefault(path.name.split(".")[0], set()).add(path.name)
    return found


def _check_entry(
    root: Path, entry: Entry, names: set[str], marks: tuple[ArchiveMark, ...], shared: _Shared
) -> bool:
    """Whether the entry's own bag is still to be made."""
    problems = shared.problems
    shared.expect(entry)
    path = place(entry)
    book, main = path.rsplit("/", 1)
    seals = {mark.path: mark.manifest for mark in marks}
    readable = {
        name
        for name in sorted(names)
        if _check_bag(root, f"{book}/{name}", seals.get(f"{book}/{name}"), shared)
    }
    for mark in marks:
        if mark.path.rsplit("/", 1)[1] not in names:
            problems.add("bag-lost", mark.path, messages.BAG_LOST(number=entry.number))
    if main in readable:
        _check_content(root / path, path, entry, problems)
    if main in names:
        return False
    return all(mark.event != REGISTERED for mark in marks)


def _check_bag(root: Path, path: str, seal: str | None, shared: _Shared) -> bool:
    """Whether the bag's files are its own, so that they may be read."""
    folder = root / path
    problems = shared.problems
    faults = bag_faults(folder, shared.holdings)
    for fault in faults:
        problems.add("bag-damaged", path, messages.BAG_NOT_WHOLE(fault=fault))
    if any(fault.english.endswith(": link") for fault in faults):
        return False
    shared.check_named(path)
    try:
        found = bag_seal(folder)
    except OSError:
        return True  # told already: the tag manifest is missing
    if seal is not None and seal != found:
        problems.add("bag-changed", path, messages.BAG_CHANGED())
    return True


def _check_content(folder: Path, path: str, entry: Entry, problems: Problems) -> None:
    try:
        digests = payload_digests(folder)
    except (OSError, ValueError):
        return  # told already: the manifest is missing
    originals = [digest for name, digest in digests.items() if name.startswith("data/original/")]
    if originals != [entry.digest]:
        problems.add("bag-original", path, messages.BAG_HOLDS_OTHER_ORIGINAL(number=entry.number))
    if not holds(folder, entry):
        problems.add("bag-record", path, messages.BAG_HOLDS_OTHER_RECORD(number=entry.number))


def _book_folders(root: Path, series: str | None, year: int | None) -> Iterator[tuple[str, str]]:
    for book in sorted(root.iterdir()) if root.is_dir() else ():
        if not book.is_dir() or book.name in (MAKING, FOLDER) or (series and book.name != safe_name(series)):
            continue
        for of in sorted(book.iterdir()):
            if of.is_dir() and (year is None or of.name == str(year)):
                yield book.name, of.name


def _stray(path: str, problems: Problems) -> None:
    problems.add("bag-without-entry", path, messages.NO_ENTRY_FOR_BAG())
