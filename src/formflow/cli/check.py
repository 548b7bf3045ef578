"""`formflow check`: every problem of forms, rules and templates, with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from formflow.cli.app import App
from formflow.errors import ConfigurationError, FormflowError, SchemaError

if TYPE_CHECKING:
    from formflow.forms.spec import Form
    from formflow.rules.calendar import Calendar


@click.command("check")
@click.pass_obj
def check_command(app: App) -> int:
    """Check settings, forms, rules with their examples, and templates; exit 3 if anything is wrong.

    \b
    Example:
      formflow check
    """
    problems: list[str] = []
    forms, calendar = _open(app, problems)
    for form in forms.values():
        problems += _rules(form, calendar)
        problems += _templates(app, form)
    for problem in problems:
        click.echo(problem)
    rules = sum(len(form.rules) for form in forms.values())
    examples = sum(len(rule.examples) for form in forms.values() for rule in form.rules)
    click.echo(
        app.voice(
            f"{len(forms)} 种表单，{rules} 条规则，{examples} 个示例：{len(problems)} 个问题",
            f"{len(forms)} forms, {rules} rules, {examples} examples: {len(problems)} problems",
        ),
        err=True,
    )
    return ConfigurationError.exit_code if problems else 0


def _open(app: App, problems: list[str]) -> tuple[Mapping[str, Form], Calendar | None]:
    """Forms and calendar; a definition that cannot be loaded does not hide the others."""
    from formflow.forms.load import load_form
    from formflow.pipeline.facts import open_calendar

    forms: dict[str, Form] = {}
    try:
        forms = dict(app.forms)
    except SchemaError as error:
        problems += error.message.splitlines()
        for path in sorted(app.settings.folder("schemas").glob("*.yaml")):
            try:
                form = load_form(path)
            except SchemaError:
                continue
            forms[form.id] = form
    try:
        return forms, open_calendar(app.settings)
    except FormflowError as error:
        problems += error.message.splitlines()
        return forms, None


def _rules(form: Form, calendar: Calendar | None) -> Iterator[str]:
    from formflow.rules.check import check_rules

    if calendar is not None:
        yield from map(str, check_rules(form, calendar))


def _templates(app: App, form: Form) -> Iterator[str]:
    from formflow.documents.check import check_template

    folder = app.settings.folder("templates")
    for name in dict.fromkeys(name for names in form.documents.values() for name in names):
        path = folder / name
        if path.is_file():
            yield from (f"templates/{problem}" for problem in check_template(path, form))
        else:
            yield f"templates/{name}: no such template; form {form.id} names it; add it or remove the name"
