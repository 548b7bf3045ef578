"""A year's archive handed over: bags, 归档文件目录 and 四性检测报告 in one folder or zip, proved after writing."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from formflow.archive.bag import TAG_MANIFEST, bag_faults, copy_whole, whole_files
from formflow.archive.directory import Item, directory_xlsx, item_of
from formflow.archive.examination import Examination
from formflow.archive.fetch import Holdings
from formflow.archive.report import report_docx, report_json
from formflow.documents.templates.display import show_date
from formflow.errors import Conflict, IntegrityError, StoreError, UsageError
from formflow.forms.spec import Form
from formflow.messages import Bilingual, clauses, same
from formflow.messages import archive as messages
from formflow.model import Entry
from formflow.settings import Settings
from formflow.store.archives import ArchiveMark
from formflow.store.objects import sync_folder
from formflow.store.store import Store

_PAGE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """What was written and proved."""

    path: Path
    entries: int
    bags: int


def hand_over(
    root: Path,
    store: Store,
    forms: Mapping[str, Form],
    settings: Settings,
    examination: Examination,
    target: Path,
    *,
    template: Path,
    year: int,
    series: str | None = None,
) -> HandedOver:
    """Write a year's books to a folder, or to a zip file where the target ends in `.zip`.

    The target gets its name only when everything in it has been read back and found whole.

    Args:
        root: The archive's folder.
        examination: The report that goes with it.
        template: Of the report.
        series: Only this book.
    Raises:
        UsageError: The target exists, or there is nothing to hand over.
        IntegrityError: A bag is missing or damaged, here or once written; nothing is left behind.
        StoreError: The disk is full or refuses.
    """
    if target.exists():
        raise Conflict(messages.TARGET_EXISTS(target=target), code="exists")
    books: dict[tuple[str, int], tuple[Form, list[Item]]] = {}
    bags: dict[str, str] = {}
    for entry, marks in _entries(store, series, year):
        if not marks:
            raise IntegrityError(
                messages.NO_BAG_YET(number=entry.number),
                code="bag-unmade",
                remedy=messages.RUN_PROCESS_FIRST(),
            )
        bags |= {mark.path: mark.manifest for mark in marks}
        void = store.register.void_of(entry.number)
        remark = f"作废：{void.reason}（{show_date(void.at.date())}）" if void else ""
        form = forms[entry.form]
        _, items = books.setdefault((entry.series, entry.year), (form, []))
        items.append(item_of(entry, form, settings, root, remark))
    if not bags:
        raise UsageError(
            messages.NOTHING_TO_HAND_OVER(year=year), code="nothing", remedy=messages.CHECK_YEAR_SERIES()
        )
    papers = {
        f"归档文件目录-{year}.xlsx": directory_xlsx(books, settings),
        f"四性检测报告-{year}.docx": report_docx(examination, template, settings),
        f"四性检测报告-{year}.json": report_json(examination),
    }
    temp = target.with_name(f".{target.name}.{secrets.token_hex(6)}")
    write, prove = (_zip, _prove_zip) if target.suffix.lower() == ".zip" else (_folder, _prove_folder)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write(temp, root, bags, papers)
        for path, faults in prove(temp, bags):
            if faults:
                raise IntegrityError(
                    messages.BAG_DAMAGED(path=path, faults=clauses(*faults[:3])), code="bag-damaged"
                )
        temp.rename(target)
        sync_folder(target.parent)
    except (OSError, ValueError) as error:
        raise StoreError(
            messages.HAND_OVER_FAILED(target=target, error=error),
            code="export",
            remedy=messages.CHECK_SPACE_AND_PERMISSIONS(),
        ) from error
    finally:
        if temp.is_dir():
            shutil.rmtree(temp, ignore_errors=True)
        else:
            temp.unlink(missing_ok=True)
    return HandedOver(path=target, entries=sum(len(items) for _, items in books.values()), bags=len(bags))


def _entries(store: Store, series: str | None, year: int) -> Iterator[tuple[Entry, tuple[ArchiveMark, ...]]]:
    page: list[Entry] = []
    for entry in (*store.register.all(series, year), None):
        if entry is not None:
            page.append(entry)
        if page and (entry is None or len(page) == _PAGE):
            marks = store.archives.marks([one.number for one in page])
            yield from ((one, marks.get(one.number, ())) for one in page)
            page = []


def _folder(temp: Path, root: Path, bags: Mapping[str, str], papers: Mapping[str, bytes]) -> None:
    temp.mkdir()
    holdings = Holdings(root)
    for path in bags:
        if (root / path).is_dir():
            copy_whole(root / path, temp / path, holdings)
    for name, content in papers.items():
        (temp / name).write_bytes(content)
    for base, _, names in os.walk(temp):
        for name in names:
            with Path(base, name).open("rb") as file:
                os.fsync(file.fileno())


def _prove_folder(temp: Path, bags: Mapping[str, str]) -> Iterator[tuple[str, tuple[Bilingual, ...]]]:
    """The faults of every bag."""
    for path, seal in bags.items():
        tags = temp / path / TAG_MANIFEST
        sealed = tags.is_file() and hashlib.sha256(tags.read_bytes()).hexdigest() == seal
        yield path, bag_faults(temp / path) if sealed else (messages.FILE_NOT_SEALED(name=TAG_MANIFEST),)


def _zip(temp: Path, root: Path, bags: Mapping[str, str], papers: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(temp, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
        for name, content in papers.items():
            packed.writestr(name, content)
        holdings = Holdings(root)
        for path in bags:
            for name, file in whole_files(root / path, holdings).items() if (root / path).is_dir() else ():
                packed.write(file, f"{path}/{name}")
    with temp.open("rb") as written:
        os.fsync(written.fileno())


def _prove_zip(temp: Path, bags: Mapping[str, str]) -> Iterator[tuple[str, tuple[Bilingual, ...]]]:
    """As for a folder, on bags in a zip file: each is unpacked beside it, so that there is one way of proving."""
    beside = temp.with_name(f"{temp.name}.bag")
    try:
        with zipfile.ZipFile(temp) as packed:
            members: dict[str, list[str]] = {}
            for name in packed.namelist():
                members.setdefault("/".join(name.split("/")[:3]), []).append(name)
            for path, seal in bags.items():
                packed.extractall(beside, members.get(path, []))
                yield from _prove_folder(beside, {path: seal})
                shutil.rmtree(beside, ignore_errors=True)
    except (zipfile.BadZipFile, zlib.error) as error:
        yield temp.name, (same(error),)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
