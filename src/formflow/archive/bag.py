"""BagIt bags: written in one pass, proved whole in one pass.

The bags are written here and not by the `bagit` package: that one changes the process's working directory,
moves the payload about, reads everything a second time (3.5 ms a bag where this takes well under one), lists
tag files in the order of the disk, and writes version 0.97. The tests hold every bag against it.

Source:
    RFC 8493, The BagIt File Packaging Format (V1.0).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from formflow.archive.fetch import FETCH, Elsewhere, Holdings, fetch_text, read_fetch
from formflow.messages import Bilingual
from formflow.messages import archive as messages
from formflow.store.objects import sync_folder

_BLOCK = 1 << 20
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"

Payload = Mapping[str, bytes | Path]
"""What goes into a bag: path below `data/` → its bytes, or a file to copy."""


def write_bag(
    folder: Path,
    payload: Payload,
    info: Mapping[str, str],
    elsewhere: Mapping[str, Elsewhere] | None = None,
    *,
    durable: bool = True,
) -> dict[str, str]:
    """Write a bag into an empty folder and make it durable; SHA-256 by path (`data/…` and tag files).

    The same payload and info give the same bytes in every file.

    Args:
        info: Lines of `bag-info.txt` in their order; Payload-Oxum is added.
        elsewhere: Payload that the archive holds already, by its path below `data/`: listed, not written.
        durable: False: whoever calls makes it durable, with others.
    Raises:
        OSError: The disk is full or refuses, or a file to copy is gone.
    """
    held = {f"data/{name}": file for name, file in sorted((elsewhere or {}).items())}
    digests = {name: file.digest for name, file in held.items()}
    octets = sum(file.size for file in held.values())
    folders = {folder, folder / "data"}
    (folder / "data").mkdir(exist_ok=True)
    for name in sorted(payload):
        path = folder / "data" / name
        if path.parent not in folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            folders |= {path.parent, *(p for p in path.parents if folder in p.parents)}
        digests[f"data/{name}"], size = _write(path, payload[name], durable=durable)
        octets += size
    digests = dict(sorted(digests.items()))
    lines = {**info, "Payload-Oxum": f"{octets}.{len(digests)}"}
    tags = {
        "bagit.txt": _DECLARATION,
        "bag-info.txt": "".join(f"{label}: {_one_line(value)}\n" for label, value in lines.items() if value),
        **({FETCH: fetch_text(held)} if held else {}),
        MANIFEST: _listing(digests),
    }
    tag_digests = {
        name: _write(folder / name, text.encode(), durable=durable)[0] for name, text in tags.items()
    }
    tag_digests[TAG_MANIFEST] = _write(
        folder / TAG_MANIFEST, _listing(tag_digests).encode(), durable=durable
    )[0]
    for each in sorted(folders, key=lambda path: len(path.parts), reverse=True) if durable else ():
        sync_folder(each)
    return digests | tag_digests


def bag_seal(folder: Path) -> str:
    """SHA-256 of the tag manifest, which vouches for all else in the bag.

    Raises:
        OSError: There is none.
    """
    return hashlib.sha256((folder / TAG_MANIFEST).read_bytes()).hexdigest()


def bag_faults(folder: Path, holdings: Holdings | None = None) -> tuple[Bilingual, ...]:
    """What is wrong with a bag, as `PATH: missing|changed|unknown|unreadable|link`; nothing when it is whole.

    Stricter than the standard asks: a file that no manifest names is a fault among the tag files too, and so is a
    link, symbolic or hard: its content lies, or can be changed, outside the bag.

    Args:
        holdings: The archive in which the files are that the bag lists and does not hold; without it they are missing.
    """
    return tuple(_faults(folder, holdings))


def copy_whole(folder: Path, target: Path, holdings: Holdings) -> None:
    """Copy a bag, and into it what the archive holds for it elsewhere: a whole bag with the same seal.

    Raises:
        OSError: A file is gone, or the disk refuses.
        ValueError: `fetch.txt` leads out of the archive.
    """
    shutil.copytree(folder, target)
    for name, path in read_fetch(folder).items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(holdings.path(path), target / name)


def whole_files(folder: Path, holdings: Holdings) -> dict[str, Path]:
    """Every file of a bag by its path in it, wherever the archive holds it. Raises as `copy_whole`."""
    found = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    return dict(sorted((found | {name: holdings.path(p) for name, p in read_fetch(folder).items()}).items()))


def payload_digests(folder: Path) -> dict[str, str]:
    """SHA-256 by path, as the manifest has it.

    Raises:
        OSError, ValueError: The manifest is missing or no manifest.
    """
    return _read_listing(folder / MANIFEST)


def _faults(folder: Path, holdings: Holdings | None) -> Iterator[Bilingual]:
    links = set(_links(folder))
    yield from (messages.FILE_IS_LINK(name=name) for name in sorted(links))
    if links & {".", TAG_MANIFEST, MANIFEST, FETCH}:
        return
    try:
        listed = _read_listing(folder / TAG_MANIFEST)
    except (OSError, ValueError):
        yield messages.FILE_MISSING(name=TAG_MANIFEST)
        return
    for name in ("bagit.txt", "bag-info.txt", MANIFEST):
        if name not in listed:
            yield messages.FILE_MISSING(name=name)
    try:
        listed |= _read_listing(folder / MANIFEST)
    except (OSError, ValueError):
        yield messages.FILE_MISSING(name=MANIFEST)
    try:
        held = read_fetch(folder) if holdings is not None else {}
    except (OSError, ValueError):
        yield messages.FILE_UNREADABLE(name=FETCH)
        held = {}
    there = {path.relative_to(folder).as_posix() for path in _files(folder)}
    yield from (messages.FILE_UNKNOWN(name=name) for name in sorted(there - listed.keys() - {TAG_MANIFEST}))
    for name, digest in sorted(listed.items()):
        if name not in there:
            if holdings is None or name not in held:
                yield messages.FILE_MISSING(name=name)
            elif (found := holdings.digest(held[name])) != digest:
                fault = messages.FILE_MISSING if found is None else messages.FILE_CHANGED
                yield fault(name=f"{name} ({held[name]})")
            continue
        if name in links:
            continue
        try:
            with (folder / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    yield messages.FILE_CHANGED(name=name)
        except OSError:
            yield messages.FILE_UNREADABLE(name=name)


def _links(folder: Path) -> Iterator[str]:
    """The bag's folder, folders and files in it that are links, or no files at all."""
    if folder.is_symlink():
        yield "."
    for base, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(base, name)
            status = path.lstat()
            plain = stat.S_ISDIR(status.st_mode) or (stat.S_ISREG(status.st_mode) and status.st_nlink == 1)
            if not plain:
                yield path.relative_to(folder).as_posix()


def _files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        yield from (Path(base, name) for name in names)


def _read_listing(path: Path) -> dict[str, str]:
    digests = {}
    for line in path.read_text("utf-8").splitlines():
        digest, name = line.split("  ", 1)
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise ValueError(f"{name} lies outside the bag")
        digests[name] = digest
    return digests


def _listing(digests: Mapping[str, str]) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in digests.items())


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _write(path: Path, content: bytes | Path, *, durable: bool) -> tuple[str, int]:
    """Write a file; its SHA-256 and count of bytes."""
    with path.open("xb", buffering=0) as target:
        if isinstance(content, bytes):
            digest, size = hashlib.sha256(content).hexdigest(), len(content)
            _write_all(target.fileno(), content)
        else:
            digest, size = _copy(content, target.fileno())
        if durable:
            os.fsync(target.fileno())
    return digest, size


def _copy(source: Path, handle: int) -> tuple[str, int]:
    hasher, size = hashlib.sha256(), 0
    with source.open("rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            hasher.update(block)
            size += len(block)
            _write_all(handle, block)
    return hasher.hexdigest(), size


def _write_all(handle: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]
