"""What several entries of one file share: a closed bag at `archive/submissions/YEAR/SUBMISSION/`.

    data/original/NAME             the bytes received
    data/copy/登记号-NAME           a copy that shows every entry's number in its own row, or on its own page
    data/numbers.json              the numbers that the copy shows, and where

The bags of the entries list original and copy with their digests and say in `fetch.txt` where they lie, so a log of
ten thousand rows is kept once and not ten thousand times. Entries that are registered together make a sitting; rows
that a person lets through later are a sitting of their own, with a copy that shows all numbers given by then, in
`SUBMISSION.2/`; the original stays where it is. `numbers.json` says which sitting an entry belongs to. A closed bag never changes: that an entry became void later is told by
the register.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from formflow.archive.bag import bag_faults, bag_seal, payload_digests
from formflow.archive.closing import Archived, Plan, close_bag, whole
from formflow.archive.fetch import Elsewhere
from formflow.archive.names import numbered_name, safe_name
from formflow.errors import IntegrityError
from formflow.messages import archive as messages
from formflow.model import Entry, Json

FOLDER = "submissions"
"""Folder of shared bags below the archive's root."""
SHARED = "Shared-Bag"
"""Label in the `bag-info.txt` of an entry's bag: path and seal of the bag that holds what it lists."""
_NUMBERS = "data/numbers.json"
_ALL = "登记号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The files that the bags of a sitting refer to.

    Attributes:
        path: The shared bag's folder below the archive's root.
        seal: SHA-256 of its tag manifest.
        copy: The copy that shows the numbers; None where none could be made.
        suffix: The copy's file name suffix, with its dot.
    """

    path: str
    seal: str
    original: Elsewhere
    copy: Elsewhere | None = None
    suffix: str = ""

    @property
    def named(self) -> str:
        """As `bag-info.txt` of an entry's bag names it."""
        return f"{self.path} sha256:{self.seal}"


def shared_place(entry: Entry, sitting: int = 1) -> str:
    """Where the shared bag of a sitting lies below the archive's root, `/`-separated.

    Args:
        sitting: From 1, in the order in which they were made.
    """
    name = safe_name(entry.submission)
    return f"{FOLDER}/{entry.receipt.at.year}/{name if sitting == 1 else f'{name}.{sitting}'}"


def shared_for(
    root: Path,
    entries: Sequence[Entry],
    *,
    original: Path,
    copy: Callable[[], tuple[bytes, str] | None],
    numbers: Sequence[Mapping[str, Json]],
    organisation: str = "",
) -> dict[str, Shared]:
    """The shared bags of entries of one submission, by number; those that no sitting knows yet make the next one.

    Args:
        numbers: As for `share`; all that have been given by now, those of `entries` among them.
    Raises:
        IntegrityError, StoreError: As `share`.
    """
    found: dict[str, Shared] = {}
    first, sitting = entries[0], 1
    while (root / shared_place(first, sitting)).is_dir():
        path = shared_place(first, sitting)
        _standing(root, path)
        shown = _shown(root / path)
        here = [entry for entry in entries if entry.number in shown and entry.number not in found]
        if here:
            found |= dict.fromkeys([entry.number for entry in here], _found(root, path, here[0]))
        sitting += 1
    fresh = [entry for entry in entries if entry.number not in found]
    if fresh:
        made = share(
            root,
            fresh[0],
            sitting,
            original=original,
            copy=copy,
            numbers=numbers,
            organisation=organisation,
        )
        found |= dict.fromkeys([entry.number for entry in fresh], made)
    return found


def share(
    root: Path,
    entry: Entry,
    sitting: int,
    *,
    original: Path,
    copy: Callable[[], tuple[bytes, str] | None],
    numbers: Sequence[Mapping[str, Json]],
    organisation: str = "",
) -> Shared:
    """Make the bag of a sitting; one that stands already is proved whole and left as it is.

    Args:
        root: The archive's folder; made when missing.
        entry: Any entry of the sitting.
        original: The bytes received.
        copy: Makes the copy that shows the numbers, and its suffix (`.xlsx`); None where none can be made.
        numbers: What `numbers.json` says of each number: `number`, `part`, `row`.
    Raises:
        IntegrityError: The original is not the entries'; or a bag stands there that is damaged or another's.
        StoreError: The disk is full or refuses; nothing half-made stays.
    """
    path = shared_place(entry, sitting)
    if (root / path).is_dir():
        _standing(root, path)
        return _found(root, path, entry)
    first = shared_place(entry)
    payload: dict[str, bytes | Path] = {"numbers.json": _numbers_json(numbers)}
    if sitting == 1 or not (root / first).is_dir():
        payload[f"original/{safe_name(entry.receipt.name)}"] = original
    made = copy()
    if made is not None:
        payload[f"copy/{numbered_name(_ALL, entry.receipt.name, made[1])}"] = made[0]
    info = {
        "Source-Organization": organisation,
        "External-Identifier": path.removeprefix(f"{FOLDER}/").partition("/")[2],
        "Bag-Group-Identifier": entry.submission,
        "Bagging-Date": entry.registered_at.date().isoformat(),
    }
    plan = Plan(
        path=path,
        payload=payload,
        info=info,
        standing=lambda: _standing(root, path),
        check=lambda digests: _check_original(digests, entry),
    )
    close_bag(root, plan)
    return _found(root, path, entry)


def _found(root: Path, path: str, entry: Entry) -> Shared:
    """What a bag that stands holds; the original of a later sitting is the first one's."""
    digests = payload_digests(root / path)
    original = _held(root, path, digests, "data/original/")
    if original is None:
        first = shared_place(entry)
        original = _held(root, first, payload_digests(root / first), "data/original/")
    if original is None or original.digest != entry.digest:
        raise IntegrityError(
            messages.SHARED_ORIGINAL_CHANGED(path=path, number=entry.number),
            code="original-changed",
            remedy=messages.RESTORE_ORIGINAL(),
        )
    copy = _held(root, path, digests, "data/copy/")
    return Shared(
        path=path,
        seal=bag_seal(root / path),
        original=original,
        copy=copy,
        suffix="" if copy is None else Path(copy.path).suffix,
    )


def _held(root: Path, path: str, digests: Mapping[str, str], below: str) -> Elsewhere | None:
    for name, digest in digests.items():
        if name.startswith(below):
            place = f"{path}/{name}"
            return Elsewhere(path=place, digest=digest, size=(root / place).stat().st_size)
    return None


def _shown(folder: Path) -> frozenset[str]:
    """The numbers that a shared bag's copy shows."""
    return frozenset(str(one["number"]) for one in json.loads((folder / _NUMBERS).read_bytes()))


def _standing(root: Path, path: str) -> Archived:
    remedy = messages.RESTORE_FOLDER()
    return whole(root, path, bag_faults(root / path), remedy)


def _check_original(digests: Mapping[str, str], entry: Entry) -> None:
    for name, digest in digests.items():
        if name.startswith("data/original/") and digest != entry.digest:
            raise IntegrityError(
                messages.ORIGINAL_CHANGED(number=entry.number),
                code="original-changed",
                remedy=messages.RESTORE_ORIGINAL(),
            )


def _numbers_json(numbers: Sequence[Mapping[str, Json]]) -> bytes:
    lines = ",\n".join(json.dumps(dict(one), ensure_ascii=False, sort_keys=True) for one in numbers)
    return f"[\n{lines}\n]\n".encode("utf-8", "replace")
