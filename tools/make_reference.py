"""Writes `docs/reference/` from the code: every command, every setting, every key of a form definition."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import click
from tools import schema_reference

from formflow.cli.main import cli as program
from formflow.limits import Limits
from formflow.settings import Settings

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"


def commands() -> str:
    """The help of every command, groups before their members."""
    parts = ["# Commands\n\nWritten by `make docs` from the code.\n"]
    context = click.Context(program, info_name="formflow", terminal_width=80, **program.context_settings)
    _walk(program, context, parts)
    return "\n".join(parts)


def _walk(command: click.Command, context: click.Context, parts: list[str]) -> None:
    if context.parent is not None:
        text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        parts.append(f"## `{context.command_path}`\n\n```text\n{text}\n```\n")
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            member = command.get_command(context, name)
            if member is not None:
                _walk(member, click.Context(member, info_name=name, parent=context, terminal_width=80), parts)


def settings() -> str:
    """Every key of `formflow.toml` with its default and meaning."""
    lines = [
        "# Settings\n",
        "Written by `make docs` from the code. Keys of `formflow.toml`; `FORMFLOW_NAME` in the environment overrides.\n",
        "| key | default | meaning |",
        "| --- | --- | --- |",
    ]
    lines += [_row(item, "") for item in fields(Settings) if item.metadata]
    lines += [_row(item, "limits.") for item in fields(Limits) if item.metadata]
    return "\n".join(lines) + "\n"


def _row(item: Any, prefix: str) -> str:
    default = "" if is_dataclass(item.default) else repr(item.default).replace("'", '"')
    meaning = item.metadata["en"]
    return f"| `{prefix}{item.name}` | `{default}` | {meaning} |"


PAGES = {"commands.md": commands, "settings.md": settings, "schema-keys.md": schema_reference.page}


def main() -> None:
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
