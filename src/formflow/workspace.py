"""The folder that an office works in: laid out from what formflow ships."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from formflow.errors import Bilingual, ConfigurationError, Conflict, UsageError

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
            Bilingual(
                f"{folder} 中已有 {'、'.join(taken)}，未作任何改动",
                f"{folder} already holds {', '.join(taken)}; nothing was changed",
            ),
            code="not-empty",
            remedy=Bilingual(
                "请另选文件夹，或先把它们移走", "choose another folder, or move these away first"
            ),
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
        Bilingual(f"工作区没有建成：{what}", f"the workspace was not laid out: {what}"),
        code="cannot-write",
        remedy=Bilingual(
            "请检查磁盘空间与权限，删除已建的部分后重试",
            "check space and permissions, remove what was laid out, try again",
        ),
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
            Bilingual(
                f"formflow 自带的工作区文件缺失：{paths}",
                f"files of the workspace that formflow ships are missing: {paths.replace('、', ', ')}",
            ),
            remedy=Bilingual("请重新安装 formflow", "install formflow again"),
            code="not-whole",
        )
    return source
