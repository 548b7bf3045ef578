"""`formflow check`: every problem of forms, rules and templates, with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formflow.cli.app import App
from formflow.cli.output import emit, say
from formflow.errors import ConfigurationError, FormflowError, SchemaError
from formflow.messages import Bilingual
from formflow.messages import cli as messages
from formflow.private import make_folder

if TYPE_CHECKING:
    from formflow.documents.templates.problem import Problem
    from formflow.engine.pool import Pool
    from formflow.forms.spec import Form
    from formflow.rules.calendar import Calendar


@click.command("check")
@click.option(
    "--annotate",
    type=click.Path(path_type=Path),
    is_flag=False,
    flag_value="",
    help="Write copies of wrong templates, a Word comment at each place, to this folder; default: var/annotated.",
)
@click.pass_obj
def check_command(app: App, annotate: Path | None) -> int:
    """Check settings, forms, rules with their examples, and templates; exit 3 if anything is wrong.

    \b
    Example:
      formflow check
      formflow check --annotate
    """
    from formflow.engine.checking import checking_pool

    problems: list[Bilingual] = []
    forms, calendar = _open(app, problems)
    wrong: dict[Path, list[Problem]] = {}
    with checking_pool(app.settings) as pool:
        checks = {id: _checks(app, form, pool) for id, form in forms.items()}
        for id, form in forms.items():
            problems += _rules(form, calendar)
            problems += _templates(form, checks[id], wrong)
    problems += _books(forms)
    problems += _learned(app, forms)
    problems = list(dict.fromkeys(problems))
    if annotate is not None:
        folder = annotate if annotate.name else app.settings.workspace / "var" / "annotated"
        _annotate(app, wrong, folder)
    rules = sum(len(form.rules) for form in forms.values())
    examples = sum(len(rule.examples) for form in forms.values() for rule in form.rules)
    if app.json:
        emit(
            {
                "forms": len(forms),
                "rules": rules,
                "examples": examples,
                "problems": [app.voice(problem) for problem in problems],
            }
        )
        return ConfigurationError.exit_code if problems else 0
    for problem in problems:
        say(app.voice(problem))
    say(
        app.voice(messages.CHECKED(count=len(forms), rules=rules, examples=examples, count2=len(problems))),
        err=True,
    )
    return ConfigurationError.exit_code if problems else 0


def _open(app: App, problems: list[Bilingual]) -> tuple[Mapping[str, Form], Calendar | None]:
    """Forms and calendar; a definition that cannot be loaded does not hide the others."""
    from formflow.forms.load import load_form
    from formflow.rules.calendar import open_calendar

    forms: dict[str, Form] = {}
    try:
        forms = dict(app.forms)
    except SchemaError as error:
        problems += error.message.split_lines()
        for path in sorted(app.settings.folder("schemas").glob("*.yaml")):
            try:
                form = load_form(path)
            except SchemaError:
                continue
            forms[form.id] = form
    try:
        return forms, open_calendar(app.settings)
    except FormflowError as error:
        problems += error.message.split_lines()
        return forms, None


def _learned(app: App, forms: Mapping[str, Form]) -> Iterator[Bilingual]:
    """Learned labels that the forms have grown out of."""
    from formflow.pipeline.learning import collisions, learned_of

    try:
        yield from collisions(forms, learned_of(app.settings))
    except FormflowError as error:
        yield from error.message.split_lines()


def _rules(form: Form, calendar: Calendar | None) -> Iterator[Bilingual]:
    from formflow.rules.check import check_rules

    if calendar is not None:
        yield from (problem.said for problem in check_rules(form, calendar))


def _checks(app: App, form: Form, pool: Pool) -> list[tuple[Path, Future[list[Problem]] | None]]:
    """The templates that a form names, each being checked in a worker; None for one that is not there.

    Raises:
        StoreError: No worker does anything any more.
    """
    from formflow.engine.checking import check_in
    from formflow.pipeline.jobs.check_template import CheckJob

    paths = [
        app.settings.folder("templates") / name
        for name in dict.fromkeys(name for names in form.documents.values() for name in names)
    ]
    return [(path, check_in(pool, CheckJob(path, form)) if path.is_file() else None) for path in paths]


def _templates(
    form: Form, checks: Sequence[tuple[Path, Future[list[Problem]] | None]], wrong: dict[Path, list[Problem]]
) -> Iterator[Bilingual]:
    """Problems of the templates that a form names; those of templates that are there also by file in `wrong`."""
    for path, check in checks:
        if check is None:
            yield _absent(path, form)
            continue
        found = check.result()
        known = wrong.setdefault(path, []) if found else []
        known += [problem for problem in found if problem not in known]
        yield from map(_of_template, found)


def tell_template_problems(app: App, pool: Pool, tell: Callable[[str], None]) -> None:
    """Tell every problem of the templates that the forms name, each once, as it is found: nobody waits for them."""
    from formflow.engine.checking import told_by

    said: set[Bilingual] = set()

    def tell_once(texts: Iterable[Bilingual]) -> None:
        for text in dict.fromkeys(texts):
            if text not in said:
                said.add(text)
                tell(app.voice(text))

    for form in app.forms.values():
        for path, check in _checks(app, form, pool):
            if check is None:
                tell_once([_absent(path, form)])
            else:
                told_by(
                    check,
                    lambda found: tell_once(map(_of_template, found)),
                    lambda error: tell_once([error.said]),
                )


def _of_template(problem: Problem) -> Bilingual:
    return messages.IN_TEMPLATES(said=problem.said)


def _absent(path: Path, form: Form) -> Bilingual:
    return messages.NO_TEMPLATE(name=path.name, title=Bilingual(form.title, form.id))


def _books(forms: Mapping[str, Form]) -> Iterator[Bilingual]:
    from formflow.archive.number import ambiguous_books

    for first, other in ambiguous_books(forms.values()):
        yield messages.AMBIGUOUS_BOOKS(first=first, other=other)


def _annotate(app: App, wrong: Mapping[Path, list[Problem]], folder: Path) -> None:
    from formflow.documents.templates.annotate import annotate

    for path, problems in wrong.items():
        try:
            content = annotate(path.read_bytes(), problems, lambda said: app.voice(said))
        except FormflowError as error:
            say(f"{path.name}: {app.voice.error(error)}", err=True)
            continue
        make_folder(folder)
        target = folder / path.name
        target.write_bytes(content)
        say(app.voice(messages.ANNOTATED_COPY(target=target)), err=True)
