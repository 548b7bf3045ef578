"""The folder that an office works in: laid out from what formflow ships."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from formflow.errors import ConfigurationError, Conflict, UsageError
from formflow.messages import Bilingual, listed
from formflow.messages import workspace as messages

LAYOUT = ("schemas", "templates", "inbox", "archive", "formflow.toml")
"""What a workspace is made of."""

SHIPPED = ("schemas", "templates", "inbox/README.md", "archive/README.md", "formflow.toml")
"""What formflow brings along for it."""


def lay_out(folder: Path) -> None:
    """Lay out a workspace from the files that formflow ships.

    Raises:
        UsageError: The folder holds one already, or something that would be overwritten.
    """
    taken = [name for name in LAYOUT if os.path.lexists(folder / name)]
    if taken:
        raise Conflict(
            messages.FOLDER_NOT_EMPTY(folder=folder, taken=listed(taken)),
            code="not-empty",
            remedy=messages.CHOOSE_ANOTHER_FOLDER(),
        )
    source = shipped()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("schemas", "templates"):
            shutil.copytree(
                source / name, folder / name, ignore=shutil.ignore_patterns(".*", "__pycache__", "~$*")
            )
        for name in ("inbox", "archive"):
            (folder / name).mkdir()
            shutil.copyfile(source / name / "README.md", folder / name / "README.md")
        shutil.copyfile(source / "formflow.toml", folder / "formflow.toml")
    except shutil.Error as error:
        raise _not_written("; ".join(f"{target}: {why}" for _, target, why in error.args[0])) from error
    except OSError as error:
        raise _not_written(
            f"{error.filename2 or error.filename or folder}: {error.strerror or error}"
        ) from error


def _not_written(what: str) -> UsageError:
    return UsageError(
        messages.NOT_LAID_OUT(what=what),
        code="cannot-write",
        remedy=messages.CHECK_SPACE_AND_RETRY(),
    )


def shipped() -> Path:
    """The folder of the workspace files: inside the installed package, or the checkout's own root.

    Raises:
        ConfigurationError: A file of it is missing; the installation is not whole.
    """
    package = Path(__file__).resolve().parent
    inside, checkout = package / "workspace", package.parent.parent
    source = inside if inside.is_dir() or not (checkout / "pyproject.toml").is_file() else checkout
    missing = [name for name in SHIPPED if not (source / name).exists()]
    if missing:
        paths = "、".join(str(source / name) for name in missing)
        raise ConfigurationError(
            messages.SHIPPED_FILES_MISSING(paths=Bilingual(paths, paths.replace("、", ", "))),
            remedy=messages.INSTALL_AGAIN(),
            code="not-whole",
        )
    return source
