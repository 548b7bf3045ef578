"""`formflow review`: what waits for a person, and what they say."""

from __future__ import annotations

from pathlib import Path

import click

from formflow import words
from formflow.cli.app import App
from formflow.cli.labels import BY, forget_command, labels_command, learn_command
from formflow.cli.output import emit, plain, say, show_findings, show_table, tell
from formflow.cli.reread import tell_reread
from formflow.cli.told import told_form, told_reading, told_time, told_word
from formflow.cli.waiting import show_file, summary_of, ways_out
from formflow.contract.views import record_json, settled_record_json, waiting_file_json
from formflow.errors import UsageError
from formflow.messages import cli as messages
from formflow.people.roles import Power
from formflow.pipeline.corrections import places_of, reading_at
from formflow.pipeline.crops import crop_of
from formflow.pipeline.decisions import correct, settle_waiting
from formflow.pipeline.queues import WaitingFile, record_view, waiting_file, waiting_files, waiting_records
from formflow.pipeline.rereading import is_outdated, reread_record
from formflow.pipeline.results import Result
from formflow.store.reviews import ReviewAction


@click.group("review")
def review_command() -> None:
    """Settle what waits for a person: records with doubts, log rows that lack something, unknown forms.

    \b
    Example:
      formflow review list
      formflow review set 20260305-091500-3f9a0c1b2d-0000 first_trade_on 2026-03-01 --why "电话核实"
      formflow review accept 20260305-091500-3f9a0c1b2d-0000
    """


@review_command.command("list")
@click.option("--form", help="Only records of this form.")
@click.option("--returned", is_flag=True, help="Also what went back to its sender.")
@click.option("--limit", type=click.IntRange(1), default=200, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one a record.")
@click.pass_obj
def list_command(app: App, form: str | None, returned: bool, limit: int, as_json: bool) -> None:
    """List what waits.

    \b
    Example:
      formflow review list --form fax_in
    """
    form = app.form(form).id if form else None
    views = waiting_records(app.store, app.forms, form=form, returned=returned, limit=limit)
    files = waiting_files(app.store, limit=limit) if form is None else ()
    if as_json:
        for view in views:
            emit(record_json(view, app.voice))
        for file in files:
            emit(waiting_file_json(file))
        return
    rows = []
    for view in views:
        record = view.record
        first = app.voice.finding(record.findings[0]) if record.findings else ""
        more = f" (+{len(record.findings) - 1})" if len(record.findings) > 1 else ""
        where = app.voice(words.position(record.candidate.position))
        rows.append((record.id, told_form(app, record.form), view.receipt.name, where, first + more))
    rows += [(f.submission.id, "?", f.submission.receipt.name, "", summary_of(app, f)) for f in files]
    if not rows:
        say(app.voice(messages.NOTHING_WAITS()))
        return
    columns = (messages.RECORD(), messages.FORM(), messages.FILE(), messages.WHERE(), messages.WHY())
    show_table(app, columns, rows)


@review_command.command("show")
@click.argument("record")
@click.option("--json", "as_json", is_flag=True, help="As one JSON line.")
@click.pass_obj
def show_command(app: App, record: str, as_json: bool) -> None:
    """Show what was read for RECORD, where, and what is in doubt.

    \b
    Example:
      formflow review show 20260305-091500-3f9a0c1b2d-0000
    """
    file = waiting_file(record, app.store)
    if file is not None:
        app.note_read(file.submission.id, "record")
        if as_json:
            emit(waiting_file_json(file))
        else:
            show_file(app, file)
        return
    if app.account is None or app.account.may(Power.SETTLE):
        _reread(app, record)
    view = record_view(record, app.store, app.forms)
    app.note_read(record, "record")
    if as_json:
        emit(record_json(view, app.voice))
        return
    stored, form = view.record, app.forms[view.record.form]
    state = told_word(app, words.RECORD_STATES, stored.state)
    say(f"{stored.id}  {told_form(app, form.id)}  {state}  {stored.number or ''}".rstrip())
    say(f"{view.receipt.name}  {told_time(app, view.receipt.at)}")
    rows = []
    for name, label in places_of(stored.candidate, form):
        reading = reading_at(stored.candidate, name)
        text = plain(reading.text) if reading else ""
        said = view.corrections.get(name, "")
        rows.append((name, label, text, plain(said) if said else "", told_reading(app, reading)))
    columns = (
        messages.FIELD(),
        messages.LEARNED_LABEL(),
        messages.READ(),
        messages.CORRECTED(),
        messages.WHERE(),
    )
    show_table(app, columns, rows)
    show_findings(app, stored.findings, record=stored.id)
    for review in view.reviews:
        told = f"{review.field}={plain(review.new)}" if review.field else ""
        action = told_word(app, words.ACTIONS, review.action)
        say(f"    {told_time(app, review.at)} {review.by} {action} {told} {review.why}".rstrip())
    if view.answered_by is not None:
        number = view.answered_by
        say(app.voice(messages.COMPLETED_SINCE(number=number)))
        return
    for line in ways_out(app, stored):
        say(line)


def _reread(app: App, record: str) -> None:
    """Read the record's file anew first, where it waits and an older reader read it."""
    stored = app.store.records.get(record)
    submission = app.store.submissions.get(stored.submission) if stored else None
    if submission is not None and is_outdated(submission, app.store):
        with app.engine() as engine:
            done = reread_record(record, engine.context)
        if done is not None and not app.json:
            tell_reread(app, done)


@review_command.command("crop")
@click.argument("record")
@click.argument("field")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The PNG to write.")
@click.pass_obj
def crop_command(app: App, record: str, field: str, output: Path) -> None:
    """Write the piece of a scan that FIELD of RECORD was read from, upright.

    A cell of the form's own table is `rows.0.customer`.

    \b
    Example:
      formflow review crop 20260305-091500-3f9a0c1b2d-0000 phone -o phone.png
    """
    picture = crop_of(record, field, app.store)
    app.note_read(record, "crop")
    output.write_bytes(picture)
    tell(app, {"record": record, "field": field, "file": str(output)}, str(output))


@review_command.command("set")
@click.argument("record")
@click.argument("field")
@click.argument("value", required=False)
@click.option("--clear", is_flag=True, help="Nothing stands there.")
@click.option("--why", default="", help="Reason, kept with the correction.")
@click.option(
    "--label", help="The label as the form prints it; kept, so that the next file is read right by itself."
)
@BY
@click.pass_obj
def set_command(
    app: App,
    record: str,
    field: str,
    value: str | None,
    clear: bool,
    why: str,
    label: str | None,
    by: str | None,
) -> None:
    """Correct FIELD of RECORD to VALUE; it then takes the same road again.

    VALUE is read like text from paper. A cell of the form's own table is `rows.0.customer`. For a file that
    nobody recognised, FIELD is `form` and VALUE a form's id.

    \b
    Example:
      formflow review set 20260305-091500-3f9a0c1b2d-0000 monthly_amount 1.2万元 --why "电话核实"
      formflow review set 20260305-091500-3f9a0c1b2d-0000 customer_name 华南实业有限公司 --label 往来户名
    """
    if (value is None) != clear:
        raise UsageError(messages.VALUE_OR_CLEAR(), code="no-value")
    with app.engine() as engine:
        result = correct(record, field, value, engine.context, by=app.person(by), why=why, label=label)
    if result.records:
        _tell(app, result, record)
        return
    file = WaitingFile.of(result.submission)
    tell(app, waiting_file_json(file), f"{record}  {summary_of(app, file)}")


def _settling(name: str, what: str, example: str) -> click.Command:
    @review_command.command(name)
    @click.argument("record")
    @click.option("--why", default="", help="Reason, kept with the decision.")
    @BY
    @click.pass_obj
    def command(app: App, record: str, why: str, by: str | None) -> None:
        action = ReviewAction(name)
        with app.engine() as engine:
            result = settle_waiting(record, action, engine.context, by=app.person(by), why=why)
        if isinstance(result, Result):
            _tell(app, result, record)
            return
        settled = {"record": record, "state": result.state.value}
        for where in (f"{app.settings.archive}/{path}" for path in result.paths):
            tell(app, {**settled, "archive": where}, where)
        if not result.paths:
            tell(app, settled, app.voice(messages.DISCARDED(record=record)))

    command.help = f"{what}\n\n\b\nExample:\n  formflow review {name} {example}"
    return command


_RECORD = "20260305-091500-3f9a0c1b2d-0000"
_settling(
    "accept",
    "Accept RECORD as it was read: doubts become notes; what is required and missing stays missing.",
    _RECORD,
)
_settling("return", "Send RECORD back to its sender with a notice.", f'{_RECORD} --why "缺少附件"')
_settling("discard", "RECORD is no record after all: a note, a heading.", f'{_RECORD} --why "合计行"')


def _tell(app: App, result: Result, record: str) -> None:
    for one in result.records:
        if one.id.startswith(record):
            if app.json:
                emit(settled_record_json(one, app.voice, app.settings.archive))
                continue
            where = f"{app.settings.archive}/{one.archive}" if one.archive else ""
            outcome = told_word(app, words.OUTCOMES, one.outcome)
            state = told_word(app, words.RECORD_STATES, one.state)
            say(f"{one.id}  {state}  {one.number or ''}  {outcome}  {where}".rstrip())
            show_findings(app, one.findings, record=one.id)


review_command.add_command(learn_command)
review_command.add_command(labels_command)
review_command.add_command(forget_command)
