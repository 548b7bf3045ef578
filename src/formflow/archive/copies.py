"""Archive copies: for every entry one closed bag at `archive/SERIES/YEAR/SERIAL/`.

    data/original/NAME             the bytes received
    data/copy/NUMBER-NAME          a copy that shows the number
    data/record.json               values, sources, findings, outcome, receipt, number
    data/documents/*.docx          documents made on registration

Where several entries came of one file (the rows of a log, a pile of forms), original and copy lie once in the archive
(see `shared`), and each bag lists them with their digests and says in `fetch.txt` where they are.

A bag is closed when it gets its name and is never written to again, so the seal in its archive mark holds for
ever. Documents that come later (a notice after the last approval) go into a bag of their own beside it,
`SERIAL.EVENT/`, which names the entry as its group: adding a file to a closed bag would take several writes
that a crash can part, and would end the seal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from formflow.archive.bag import bag_faults
from formflow.archive.closing import Archived, Plan, close_bag, whole
from formflow.archive.fetch import Elsewhere, Holdings
from formflow.archive.names import numbered_name, safe_name
from formflow.archive.shared import SHARED, Shared
from formflow.contract.values import bag_json, kept_entry_json
from formflow.errors import IntegrityError
from formflow.messages import archive as messages
from formflow.model import Entry, Reading
from formflow.store.archives import REGISTERED

RECORD = "data/record.json"


def place(entry: Entry, event: str = REGISTERED) -> str:
    """Where an entry's bag lies below the archive's root, `/`-separated: fixed by its number alone."""
    folder = f"{entry.serial:04}" if event == REGISTERED else f"{entry.serial:04}.{safe_name(event)}"
    return f"{safe_name(entry.series)}/{entry.year}/{folder}"


def plan(
    root: Path,
    entry: Entry,
    *,
    archive_no: str,
    original: Path | Shared,
    copy: tuple[bytes, str] | None = None,
    documents: Mapping[str, bytes] | None = None,
    sources: Mapping[str, Reading] | None = None,
    title: str = "",
    organisation: str = "",
    rendition: str = "",
    chain: str = "",
) -> Plan:
    """The bag that an entry is to have. What is made is fixed by the arguments: the same ones give the same bytes.

    Args:
        root: The archive's folder; made when missing.
        archive_no: The 档号 (`number.archive_no`).
        original: The bytes received, or the bag that holds them and their copy for several entries; they must
            have the entry's digest.
        copy: The copy that shows the number and its suffix (`.pdf`); None where none is made, or where it is shared.
        documents: File name → bytes.
        sources: Where each value was read (`Record.sources`).
        title, organisation: The form's title and who keeps the archive, for `bag-info.txt`.
        chain: Hash of the audit line by which the entry came to stand.
        rendition: What `bag-info.txt` says of a PDF/A rendition: where it will be, or why there is none.
    """
    payload: dict[str, bytes | Path] = {
        "record.json": record_json(entry, archive_no, sources or {}, chain),
        **_documents(documents or {}),
    }
    info = _info(entry, archive_no, entry.number, title, organisation)
    info["Rendition"] = rendition
    elsewhere: dict[str, Elsewhere] = {}
    name = f"original/{safe_name(entry.receipt.name)}"
    if isinstance(original, Shared):
        elsewhere[name] = original.original
        if original.copy is not None:
            shown = numbered_name(entry.number, entry.receipt.name, original.suffix)
            elsewhere[f"copy/{shown}"] = original.copy
        info["Bag-Group-Identifier"] = entry.submission
        info[SHARED] = original.named
    else:
        payload[name] = original
        if copy is not None:
            payload[f"copy/{numbered_name(entry.number, entry.receipt.name, copy[1])}"] = copy[0]
    return Plan(
        path=place(entry),
        payload=payload,
        info=info,
        standing=lambda: _standing(root, entry, REGISTERED),
        elsewhere=elsewhere,
        check=lambda digests: _check_original(digests, entry),
    )


def build_event(
    root: Path, entry: Entry, event: str, documents: Mapping[str, bytes], **what: Any
) -> Archived:
    """Make the bag of documents that came later. Raises as `build`; see `plan_event` for the arguments."""
    return close_bag(root, plan_event(root, entry, event, documents, **what))


def plan_event(
    root: Path,
    entry: Entry,
    event: str,
    documents: Mapping[str, bytes],
    *,
    archive_no: str,
    title: str = "",
    organisation: str = "",
    elsewhere: Mapping[str, Elsewhere] | None = None,
) -> Plan:
    """The bag of documents that came later, beside the entry's own.

    Args:
        event: `approved`, `rejected`, `returned`, …; one bag an event.
        elsewhere: Documents that another bag of the archive holds, by file name.
    """
    info = _info(entry, archive_no, f"{entry.number}/{event}", title, organisation)
    info["Bag-Group-Identifier"] = entry.number
    return Plan(
        path=place(entry, event),
        payload=_documents(documents),
        info=info,
        standing=lambda: _standing(root, entry, event),
        elsewhere={f"documents/{safe_name(name)}": file for name, file in (elsewhere or {}).items()},
    )


def record_json(entry: Entry, archive_no: str, sources: Mapping[str, Reading], chain: str = "") -> bytes:
    """`record.json` of an entry: the JSON contract's form, keys sorted, one value a line."""
    text = json.dumps(
        bag_json(entry, archive_no, sources, chain), ensure_ascii=False, sort_keys=True, indent=1
    )
    return f"{text}\n".encode("utf-8", "replace")


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


def _standing(root: Path, entry: Entry, event: str) -> Archived:
    path = place(entry, event)
    final = root / path
    remedy = messages.RESTORE_OR_MOVE_FOLDER()
    standing = whole(root, path, bag_faults(final, Holdings(root)), remedy)
    if event == REGISTERED and not holds(final, entry):
        raise IntegrityError(
            messages.BAG_OF_ANOTHER_ENTRY(path=path, number=entry.number),
            code="bag-foreign",
            remedy=messages.CHECK_WHICH_DATABASE(),
        )
    return standing


def holds(folder: Path, entry: Entry) -> bool:
    """Whether a bag's `record.json` says what the register says."""
    try:
        found = json.loads((folder / RECORD).read_bytes())
    except (OSError, ValueError):
        return False
    expected = json.loads(json.dumps(kept_entry_json(entry)))
    return isinstance(found, dict) and all(found.get(key) == value for key, value in expected.items())


def _check_original(digests: Mapping[str, str], entry: Entry) -> None:
    original = next(digest for name, digest in digests.items() if name.startswith("data/original/"))
    if original != entry.digest:
        raise IntegrityError(
            messages.ORIGINAL_CHANGED(number=entry.number),
            code="original-changed",
            remedy=messages.RESTORE_ORIGINAL(),
        )
