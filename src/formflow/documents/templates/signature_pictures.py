"""Pictures of signatures that the office keeps, by name: `signatures/李明.png`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from formflow.documents.templates.media import measure
from formflow.documents.templates.problem import Unfillable
from formflow.errors import ConfigurationError
from formflow.messages import templates as messages

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff")


def signature_pictures(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The pictures of those who have one; who has none is printed by name.

    Raises:
        ConfigurationError: A picture is there and Word would not show it; names the file and says why.
    """
    kept = _by_name(folder)
    found = {}
    for name in names:
        path = kept.get(name)
        if path is not None:
            data = path.read_bytes()
            if (error := _fault(path, data)) is not None:
                raise error
            found[name] = data
    return found


def signature_faults(folder: Path) -> Iterator[ConfigurationError]:
    """Every picture in the folder that no document could show."""
    for path in sorted(_by_name(folder).values()):
        error = _fault(path, path.read_bytes())
        if error is not None:
            yield error


def _by_name(folder: Path) -> dict[str, Path]:
    """The picture of each name; where one has several, the first kind in the order of `SUFFIXES`."""
    files = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    kept: dict[str, Path] = {}
    for suffix in SUFFIXES:
        for path in sorted(files):
            if path.suffix.lower() == suffix:
                kept.setdefault(path.stem, path)
    return kept


def _fault(path: Path, data: bytes) -> ConfigurationError | None:
    try:
        measure(data)
    except Unfillable as error:
        return ConfigurationError(
            messages.SIGNATURE_PICTURE(name=path.name, error=error.said),
            code="signature-picture",
            remedy=messages.SAVE_AS_PICTURE(),
        )
    return None
