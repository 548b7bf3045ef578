"""`formflow review learn|labels|forget`: labels that the form definitions do not know."""

from __future__ import annotations

import click

from formflow.cli.app import App
from formflow.cli.output import emit, say, show_table
from formflow.errors import UsageError

BY = click.option("--by", help="Who says so; default: whoever is logged in.")


@click.command("learn")
@click.argument("where", metavar="RECORD|FORM")
@click.argument("field")
@click.argument("label")
@BY
@click.pass_obj
def learn_command(app: App, where: str, field: str, label: str, by: str | None) -> None:
    """Keep LABEL as another label of FIELD; the next file is read by it.

    A column of the form's own table is `rows.customer`. A label that leads to another field of the form
    already is refused.

    \b
    Example:
      formflow review learn 20260305-091500-3f9a0c1b2d-0000 customer_name 往来户名
      formflow review learn new_customer customer_name 往来户名
    """
    if where in app.forms:
        _teach(app, where, field, label, by)
    else:
        teach_by_record(app, where, field, label, by)
    say(app.voice(f"已记住“{label}”", f"learnt {label!r}"))


@click.command("labels")
@click.option("--form", help="Only those of this form.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one a label.")
@click.pass_obj
def labels_command(app: App, form: str | None, as_json: bool) -> None:
    """List the labels that were learnt.

    \b
    Example:
      formflow review labels --form new_customer
    """
    learnt = [alias for alias in app.store.aliases.all() if form in (None, alias.form)]
    if as_json:
        for alias in learnt:
            emit(
                {
                    "form": alias.form,
                    "field": alias.field,
                    "label": alias.label,
                    "by": alias.by,
                    "at": alias.at.isoformat(),
                }
            )
        return
    if not learnt:
        say(app.voice("没有学到的标签", "no label was learnt"))
        return
    columns = (("表单", "Form"), ("字段", "Field"), ("标签", "Label"), ("何人", "By"), ("何时", "When"))
    rows = [(a.form, a.field, a.label, a.by, f"{a.at:%Y-%m-%d %H:%M}") for a in learnt]
    show_table([app.voice(*column) for column in columns], rows)


@click.command("forget")
@click.argument("form")
@click.argument("field")
@click.argument("label")
@BY
@click.pass_obj
def forget_command(app: App, form: str, field: str, label: str, by: str | None) -> None:
    """Take a learnt LABEL of FIELD back; what was read by it stays.

    \b
    Example:
      formflow review forget new_customer customer_name 往来户名
    """
    if not app.store.aliases.forget(form, field, label, by=app.person(by), at=app.clock()):
        raise UsageError(
            f"{label!r} was not learnt for {form}.{field}",
            code="no-such-label",
            remedy="see `formflow review labels`; the labels of the form itself stand in its schema",
        )
    say(app.voice(f"已忘记“{label}”", f"forgot {label!r}"))


def teach_by_record(app: App, record: str, field: str, label: str, by: str | None) -> None:
    """Keep a label for the form that a record is of.

    Raises:
        UsageError: No such record, or as `teach`.
    """
    stored = app.store.records.get(record)
    if stored is None:
        raise UsageError(
            f"no record and no form {record}", code="no-such-record", remedy="see `formflow review list`"
        )
    outer, *inner = field.split(".")
    # A cell of a form's own table (`rows.0.customer`) teaches the label of its column.
    _teach(app, stored.form, ".".join([outer, *inner[-1:]]), label, by)


def _teach(app: App, form: str, field: str, label: str, by: str | None) -> None:
    from formflow.pipeline.teaching import teach

    teach(app.store, app.forms, form, field, label, by=app.person(by), at=app.clock())
