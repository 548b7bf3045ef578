"""`formflow layout`: the empty forms by which filled paper is known."""

from __future__ import annotations

from pathlib import Path

import click

from formflow.cli.app import App
from formflow.cli.output import tell
from formflow.errors import NotFound
from formflow.messages import cli as messages

_OFFICE = frozenset({".docx", ".doc", ".xlsx", ".xls", ".odt", ".rtf"})


@click.group("layout")
def layout_command() -> None:
    """Register empty forms, so that scans and faxes of them are read cell by cell.

    A scan of a form that is not registered is read too, by its ruling and labels; a registered layout makes
    that surer.
    """


@layout_command.command("add")
@click.argument("form")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--name", help="Name of the layout; default: the file's.")
@click.pass_obj
def add_command(app: App, form: str, file: Path, name: str | None) -> None:
    """Register FILE, an empty FORM (docx, pdf or a scan), as a layout.

    \b
    Example:
      formflow layout add new_customer 新客户开发申请表.docx
    """
    from formflow.recognition.engine import Recogniser
    from formflow.recognition.layouts.files import save_layout
    from formflow.recognition.layouts.register import register_pages

    form = app.form(form).id
    data = _as_pdf(file) if file.suffix.lower() in _OFFICE else file.read_bytes()
    pages = register_pages(data, form, name or file.stem, Recogniser)
    save_layout(app.settings.folder("layouts"), form, name or file.stem, pages)
    cells = sum(len(grid.cells) for page in pages for grid in page.prepared.grids)
    tell(
        app,
        {"form": form, "layout": name or file.stem, "pages": len(pages), "cells": cells},
        app.voice(
            messages.REGISTERED_LAYOUT(form=form, name=name or file.stem, count=len(pages), cells=cells)
        ),
    )


def _as_pdf(file: Path) -> bytes:
    from formflow.office.converter import Converter

    with Converter() as converter:
        return converter.convert(file.read_bytes(), file.suffix.lower().lstrip("."), "pdf", seconds=60.0)


@layout_command.command("list")
@click.pass_obj
def list_command(app: App) -> None:
    """List the registered layouts.

    \b
    Example:
      formflow layout list
    """
    from formflow.recognition.layouts.files import layout_files

    for form, name, pages in layout_files(app.settings.folder("layouts")):
        tell(app, {"form": form, "layout": name, "pages": pages}, f"{form}  {name}  {pages}")


@layout_command.command("remove")
@click.argument("form")
@click.argument("name")
@click.pass_obj
def remove_command(app: App, form: str, name: str) -> None:
    """Forget layout NAME of FORM.

    \b
    Example:
      formflow layout remove new_customer 新客户开发申请表
    """
    from formflow.recognition.layouts.files import layout_files, remove_layout

    known = {of for of, _, _ in layout_files(app.settings.folder("layouts"))}
    form = form if form in known else app.form(form).id
    if not remove_layout(app.settings.folder("layouts"), form, name):
        raise NotFound(
            messages.NO_LAYOUT(form=form, name=name), code="no-such-layout", remedy=messages.SEE_LAYOUTS()
        )
    told = app.voice(messages.REMOVED_LAYOUT(form=form, name=name))
    tell(app, {"form": form, "layout": name}, told)
