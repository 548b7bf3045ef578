"""`formflow review learn|labels|forget`: labels that the form definitions do not know."""

from __future__ import annotations

import click

from formflow.cli.app import App
from formflow.cli.output import emit, say, show_table, tell
from formflow.cli.told import told_form, told_time
from formflow.contract.views import alias_json
from formflow.errors import NotFound
from formflow.messages import cli as messages
from formflow.pipeline.learning import learn

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
    form = learn(app.store, app.forms, where, field, label, by=app.person(by), at=app.clock())
    told = {"form": form, "field": field, "label": label}
    tell(app, told, app.voice(messages.LEARNED(label=label)))


@click.command("labels")
@click.option("--form", help="Only those of this form.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one a label.")
@click.pass_obj
def labels_command(app: App, form: str | None, as_json: bool) -> None:
    """List the labels that were learned.

    \b
    Example:
      formflow review labels --form new_customer
    """
    form = app.form(form).id if form else None
    learned = [alias for alias in app.store.aliases.all() if form in (None, alias.form)]
    if as_json:
        for alias in learned:
            emit(alias_json(alias))
        return
    if not learned:
        say(app.voice(messages.NO_LABEL_LEARNED()))
        return
    columns = (messages.FORM(), messages.FIELD(), messages.LEARNED_LABEL(), messages.BY(), messages.WHEN())
    rows = [(told_form(app, a.form), a.field, a.label, a.by, told_time(app, a.at)) for a in learned]
    show_table(app, columns, rows)


@click.command("forget")
@click.argument("form")
@click.argument("field")
@click.argument("label")
@BY
@click.pass_obj
def forget_command(app: App, form: str, field: str, label: str, by: str | None) -> None:
    """Take a learned LABEL of FIELD back; what was read by it stays.

    \b
    Example:
      formflow review forget new_customer customer_name 往来户名
    """
    form = app.form(form).id if form not in {alias.form for alias in app.store.aliases.all()} else form
    if not app.store.aliases.forget(form, field, label, by=app.person(by), at=app.clock()):
        raise NotFound(
            messages.NOT_LEARNED(form=form, field=field, label=label),
            code="no-such-label",
            remedy=messages.SEE_LABELS(),
        )
    told = {"form": form, "field": field, "label": label}
    tell(app, told, app.voice(messages.FORGOT(label=label)))
