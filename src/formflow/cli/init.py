"""`formflow init`: lay out a workspace."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

from formflow.cli.app import App
from formflow.errors import ConfigurationError, UsageError

LAYOUT = ("schemas", "templates", "inbox", "archive", "formflow.toml")


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def init_command(app: App, folder: Path) -> None:
    """Lay out a workspace in DIR: forms, templates, inbox, archive and formflow.toml.

    What is already there is never overwritten.

    \b
    Example:
      formflow init office
    """
    lay_out(folder)
    click.echo(
        app.voice(
            f"工作区已建立：{folder}\n下一步：把填好的表单放入 {folder / 'inbox'}，运行 formflow --workspace {folder} run",
            f"Workspace laid out in {folder}\nNext: put filled forms into {folder / 'inbox'}"
            f" and run formflow --workspace {folder} run",
        ),
        err=True,
    )


def lay_out(folder: Path) -> None:
    """Lay out a workspace from the files that formflow ships.

    Raises:
        UsageError: The folder holds one already, or something that would be overwritten.
    """
    taken = [name for name in LAYOUT if os.path.lexists(folder / name)]
    if taken:
        raise UsageError(
            f"{folder} already holds {', '.join(taken)}; nothing was changed",
            code="not-empty",
            remedy="choose another folder, or move these away first",
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
            shutil.copyfile(_readme(source, name), folder / name / "README.md")
        shutil.copyfile(source / "formflow.toml", folder / "formflow.toml")
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror or error}", code="cannot-write") from error


def shipped() -> Path:
    """The folder of the workspace files: inside the installed package, or the checkout's own root.

    Raises:
        ConfigurationError: Neither is there; the installation is not whole.
    """
    package = Path(__file__).resolve().parent.parent
    for candidate in (package / "workspace", package.parent.parent):
        if (candidate / "schemas").is_dir() and (candidate / "templates").is_dir():
            return candidate
    raise ConfigurationError(
        "the workspace files that formflow ships are missing",
        remedy="install formflow again",
        code="not-whole",
    )


def _readme(source: Path, name: str) -> Path:
    return source / name / "README.md"
