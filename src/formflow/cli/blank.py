"""`formflow blank`: a form to fill in, on a screen or by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.app import App
from formflow.cli.files import check_target
from formflow.cli.output import emit, say
from formflow.errors import NotFound, UsageError
from formflow.messages import Bilingual, listed
from formflow.messages import cli as messages

if TYPE_CHECKING:
    pass

_SEPARATOR = ("separator", "分隔页")
"""Names of the sheet that parts papers, where no form of the workspace is called so."""


@click.command("blank")
@click.argument("form", metavar="FORM")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["docx", "xlsx", "pdf"]),
    default=None,
    help="Default: by the name after -o, else docx.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; default: the form's title here.",
)
@click.option(
    "--fill",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="JSON file with the values to fill in, as `extract --json` prints them.",
)
@click.option(
    "--layout",
    type=click.Choice(["record", "log"]),
    default=None,
    help="For a form that is used both ways; default: the first that its definition names.",
)
@click.option("--pages", type=click.IntRange(1, 50), default=1, help="At least so many, for longer tables.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as a JSON line.")
@click.pass_obj
def blank_command(
    app: App,
    form: str,
    format_: str | None,
    output: Path | None,
    fill: Path | None,
    layout: str | None,
    pages: int,
    force: bool,
    as_json: bool,
) -> None:
    """Write a blank of FORM: Word, Excel or PDF, to fill in on a screen or to print.

    What is filled in is read back without fail: fields are found by the names of their controls, and a
    printed page says by its QR symbol which form and version it is.

    FORM `separator` is the separator page (PDF) to lay between the papers of a batch that is scanned in one go.

    \b
    Example:
      formflow blank new_customer
      formflow blank separator
      formflow blank fax_in --format xlsx -o 收传真登记簿.xlsx
      formflow blank complaint --format pdf --fill record.json
    """
    if form in _SEPARATOR and form not in app.forms:
        _write_separator(format_, output, force=force, as_json=as_json)
        return
    from formflow.documents.blanks.fill import records_in
    from formflow.documents.blanks.make import make_blank
    from formflow.forms.layout import blank_version

    known = app.form(form)
    kind = layout or known.layouts[0]
    if kind not in known.layouts:
        raise NotFound(
            messages.NO_SUCH_LAYOUT_KIND(
                title=Bilingual(known.title, form), kind=kind, layouts=listed(known.layouts)
            ),
            code="no-such-layout",
        )
    if len(known.tables) > 1:
        raise UsageError(messages.TOO_MANY_TABLES(form=form, count=len(known.tables)), code="several-tables")
    chosen = format_ or _format_of(output)
    target = output or Path(f"{known.title}.{chosen}")
    check_target(target, force=force)
    records = records_in(_json(fill), known) if fill is not None else []
    data = make_blank(known, chosen, kind=kind, pages=pages, records=records, company=app.settings.company)
    target.write_bytes(data)
    if as_json:
        version = blank_version(known, kind)
        emit({"file": str(target), "form": known.id, "layout": kind, "version": version, "bytes": len(data)})
    else:
        say(str(target))


def _write_separator(format: str | None, output: Path | None, *, force: bool, as_json: bool) -> None:
    from formflow.documents.blanks.separator import TITLE, separator_pdf

    if (format or (_format_of(output) if output is not None and output.suffix else "pdf")) != "pdf":
        raise UsageError(messages.SEPARATOR_IS_PRINTED(), code="no-such-format", remedy=messages.NAME_A_PDF())
    target = output or Path(f"{TITLE}.pdf")
    check_target(target, force=force)
    data = separator_pdf()
    target.write_bytes(data)
    if as_json:
        emit({"file": str(target), "form": None, "layout": None, "version": None, "bytes": len(data)})
    else:
        say(str(target))


def _format_of(output: Path | None) -> str:
    suffix = output.suffix.lower().lstrip(".") if output is not None else ""
    return suffix if suffix in ("docx", "xlsx", "pdf") else "docx"


def _json(path: Path) -> Any:
    """The JSON value of a file; several lines of JSON are a list."""
    text = path.read_text(encoding="utf-8-sig")
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError as error:
        raise UsageError(messages.NO_JSON(path=path, error=error), code="no-json") from error
