"""Archive copies: for every entry one closed bag at `archive/SERIES/YEAR/SERIAL/`.

    data/original/NAME             the bytes received
    data/copy/NUMBER-NAME          a copy that shows the number
    data/record.json               values, sources, findings, outcome, receipt, number
    data/documents/*.docx          documents made on registration

A bag is closed when it gets its name and is never written to again, so the seal in its archive mark holds for
ever. Documents that come later (a notice after the last approval) go into a bag of their own beside it,
`SERIAL.EVENT/`, which names the entry as its group: adding a file to a closed bag would take several writes
that a crash can part, and would end the seal.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from formflow.archive.bag import bag_faults, bag_seal, write_bag
from formflow.archive.names import numbered_name, safe_name
from formflow.errors import IntegrityError, StoreError
from formflow.model import Entry, Json, Reading
from formflow.store.archives import REGISTERED
from formflow.store.codec import findings_json
from formflow.store.objects import sync_folder

MAKING = ".making"
"""Folder of half-made bags below the archive's root."""

RECORD = "data/record.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A bag that is whole and durable.

    Attributes:
        path: Its folder below the archive's root, `/`-separated (`XKH/2026/0001`).
        seal: SHA-256 of its tag manifest.
    """

    folder: Path
    path: str
    seal: str


def place(entry: Entry, event: str = REGISTERED) -> str:
    """Where an entry's bag lies below the archive's root, `/`-separated: fixed by its number alone."""
    folder = f"{entry.serial:04}" if event == REGISTERED else f"{entry.serial:04}.{safe_name(event)}"
    return f"{safe_name(entry.series)}/{entry.year}/{folder}"


def build(
    root: Path,
    entry: Entry,
    *,
    archive_no: str,
    original: Path,
    copy: tuple[bytes, str] | None = None,
    documents: Mapping[str, bytes] | None = None,
    sources: Mapping[str, Reading] | None = None,
    title: str = "",
    organisation: str = "",
    rendition: str = "",
    chain: str = "",
) -> Archived:
    """Make an entry's bag; one that stands already is proved whole and left as it is.

    The bag is written to a temporary folder in the same file system, made durable, and only then given its
    name, so a folder of that name is a whole bag whenever the machine stops. What is made is fixed by the
    arguments: the same ones give the same bytes.

    Args:
        root: The archive's folder; made when missing.
        archive_no: The 档号 (`number.archive_no`).
        original: The bytes received; they must have the entry's digest.
        copy: The copy that shows the number and its suffix (`.pdf`); None where none is made.
        documents: File name → bytes.
        sources: Where each value was read (`Record.sources`).
        title, organisation: The form's title and who keeps the archive, for `bag-info.txt`.
        chain: Hash of the audit line by which the entry came to stand.
        rendition: What `bag-info.txt` says of a PDF/A rendition: where it will be, or why there is none.
    Raises:
        IntegrityError: The original is not the entry's; or a bag stands there that is damaged or another's.
        StoreError: The disk is full or refuses; nothing half-made stays.
    """
    payload: dict[str, bytes | Path] = {
        f"original/{safe_name(entry.receipt.name)}": original,
        "record.json": record_json(entry, archive_no, sources or {}, chain),
        **_documents(documents or {}),
    }
    if copy is not None:
        payload[f"copy/{numbered_name(entry.number, entry.receipt.name, copy[1])}"] = copy[0]
    info = _info(entry, archive_no, entry.number, title, organisation)
    info["Rendition"] = rendition
    return _make(root, entry, REGISTERED, payload, info)


def build_event(
    root: Path,
    entry: Entry,
    event: str,
    documents: Mapping[str, bytes],
    *,
    archive_no: str,
    title: str = "",
    organisation: str = "",
) -> Archived:
    """Make the bag of documents that came later, beside the entry's own. Raises as `build`.

    Args:
        event: `approved`, `rejected`, `returned`, …; one bag an event.
    """
    info = _info(entry, archive_no, f"{entry.number}/{event}", title, organisation)
    info["Bag-Group-Identifier"] = entry.number
    return _make(root, entry, event, _documents(documents), info)


def sweep(root: Path, older_than_seconds: float = 3600.0) -> int:
    """Remove half-made bags that a crash left behind; how many."""
    removed = 0
    limit = time.time() - older_than_seconds
    making = root / MAKING
    for folder in making.iterdir() if making.is_dir() else ():
        try:
            if folder.stat().st_mtime <= limit:
                shutil.rmtree(folder)
                removed += 1
        except FileNotFoundError:
            continue
    return removed


def record_json(entry: Entry, archive_no: str, sources: Mapping[str, Reading], chain: str = "") -> bytes:
    """`record.json` of an entry: the JSON contract's form, keys sorted, one value a line."""
    receipt = entry.receipt
    content = entry_json(entry) | {
        "archive_no": archive_no,
        "chain": chain,
        "receipt": {
            "at": receipt.at.isoformat(),
            "claimed_on": None if receipt.claimed_on is None else receipt.claimed_on.isoformat(),
            "backdated": receipt.backdated,
            "way": receipt.way,
            "folder": receipt.folder,
            "name": receipt.name,
        },
        "sources": {
            field: {
                "part": reading.source.part,
                "ref": reading.source.ref,
                "box": reading.source.box,
                "confidence": reading.confidence,
                "text": reading.text,
            }
            for field, reading in sources.items()
        },
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)
    return f"{text}\n".encode("utf-8", "replace")


def entry_json(entry: Entry) -> dict[str, Json]:
    """What `record.json` must say of its entry, whatever was read where: what `verify` compares."""
    return {
        "number": entry.number,
        "series": entry.series,
        "year": entry.year,
        "serial": entry.serial,
        "form": entry.form,
        "values": dict(entry.values),
        "findings": findings_json(entry.findings),
        "outcome": entry.outcome.value,
        "registered_at": entry.registered_at.isoformat(),
        "digest": entry.digest,
        "submission": entry.submission,
        "record": entry.record,
        "corrects": entry.corrects,
    }


def _documents(documents: Mapping[str, bytes]) -> dict[str, bytes | Path]:
    return {f"documents/{safe_name(name)}": content for name, content in documents.items()}


def _info(entry: Entry, archive_no: str, identifier: str, title: str, organisation: str) -> dict[str, str]:
    return {
        "Source-Organization": organisation,
        "External-Identifier": identifier,
        "Internal-Sender-Identifier": archive_no,
        "Internal-Sender-Description": title,
        # The clock of the office at registration, not the day the bag happened to be made.
        "Bagging-Date": entry.registered_at.date().isoformat(),
    }


def _make(
    root: Path, entry: Entry, event: str, payload: Mapping[str, bytes | Path], info: Mapping[str, str]
) -> Archived:
    path = place(entry, event)
    final = root / path
    if final.is_dir():
        return _standing(final, path, entry, event)
    temp = root / MAKING / f"{entry.serial:04}-{os.getpid()}-{secrets.token_hex(6)}"
    try:
        temp.mkdir(parents=True)
        digests = write_bag(temp, payload, info)
        _check_original(digests, entry, event)
        _publish(temp, final)
    except FileExistsError:
        return _standing(final, path, entry, event)
    except OSError as error:
        raise _failed(root, error) from error
    finally:
        shutil.rmtree(temp, ignore_errors=True)
    return Archived(folder=final, path=path, seal=bag_seal(final))


def _publish(temp: Path, final: Path) -> None:
    """Give a bag its name.

    Raises:
        FileExistsError: Another process was first.
    """
    missing = [folder for folder in (final.parent, final.parent.parent) if not folder.is_dir()]
    final.parent.mkdir(parents=True, exist_ok=True)
    try:
        temp.rename(final)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST) or final.is_dir():
            raise FileExistsError(final) from error
        raise
    for folder in (final.parent, *(folder.parent for folder in missing)):
        sync_folder(folder)


def _standing(final: Path, path: str, entry: Entry, event: str) -> Archived:
    faults = bag_faults(final)
    if faults:
        raise IntegrityError(
            f"{path} 的归档包已损坏：{'；'.join(faults[:3])}",
            code="bag-damaged",
            remedy="请从备份恢复该文件夹，或移走后重新制作",
        )
    if event == REGISTERED and not holds(final, entry):
        raise IntegrityError(
            f"{path} 已有另一件的归档包，与登记 {entry.number} 不符",
            code="bag-foreign",
            remedy="归档文件夹可能属于另一个数据库，请核对 formflow.toml",
        )
    return Archived(folder=final, path=path, seal=bag_seal(final))


def holds(folder: Path, entry: Entry) -> bool:
    """Whether a bag's `record.json` says what the register says."""
    try:
        found = json.loads((folder / RECORD).read_bytes())
    except (OSError, ValueError):
        return False
    expected = json.loads(json.dumps(entry_json(entry)))
    return isinstance(found, dict) and all(found.get(key) == value for key, value in expected.items())


def _check_original(digests: Mapping[str, str], entry: Entry, event: str) -> None:
    if event != REGISTERED:
        return
    original = next(digest for name, digest in digests.items() if name.startswith("data/original/"))
    if original != entry.digest:
        raise IntegrityError(
            f"{entry.number} 的原件内容与登记的摘要不符", code="original-changed", remedy="请从备份恢复原件"
        )


def _failed(root: Path, error: OSError) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreError(
            f"归档文件夹所在磁盘已满：{root}", code="full", remedy="请清理磁盘，登记不受影响，随后会自动补做"
        )
    return StoreError(
        f"无法写入归档文件夹 {root}：{error}", code="unreachable", remedy="请检查磁盘与权限，随后会自动补做"
    )
