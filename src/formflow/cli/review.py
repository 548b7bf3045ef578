"""`formflow review`: what waits for a person, and what they say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow import words
from formflow.cli.app import App
from formflow.cli.labels import BY, forget_command, labels_command, learn_command, no_record, teach_by_record
from formflow.cli.output import emit, finding_json, plain, result_json, say, show_findings, show_table, tell
from formflow.cli.paper import settle_file, show_file, summary_of, unrecognised_json
from formflow.cli.settling import answered_by, ways_out
from formflow.cli.told import told_form, told_reading, told_time, told_word
from formflow.errors import Bilingual, UsageError

if TYPE_CHECKING:
    from formflow.pipeline.results import Result
    from formflow.store.originals import Submission
    from formflow.store.records import StoredRecord


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
    from formflow.model import RecordState
    from formflow.store.originals import SubmissionState

    form = app.form(form).id if form else None
    states = (RecordState.REVIEW, RecordState.RETURNED) if returned else (RecordState.REVIEW,)
    records = [
        record
        for record in app.store.records.in_state(*states, form=form, limit=limit)
        if answered_by(app, record) is None
    ]
    unrecognised: list[Submission] = []
    if form is None:
        waiting = app.store.submissions.in_state(SubmissionState.REVIEW, limit=limit)
        unrecognised = [submission for submission in waiting if submission.error_code]
    names = {record.submission: app.store.submissions.get(record.submission) for record in records}
    if as_json:
        for record in records:
            emit(_record_json(app, record, names[record.submission]))
        for one in unrecognised:
            emit(unrecognised_json(one))
        return
    rows = []
    for record in records:
        submission = names[record.submission]
        file = submission.receipt.name if submission else ""
        first = app.voice.finding(record.findings[0]) if record.findings else ""
        more = f" (+{len(record.findings) - 1})" if len(record.findings) > 1 else ""
        where = app.voice(*words.position(record.candidate.position))
        rows.append((record.id, told_form(app, record.form), file, where, first + more))
    rows += [(s.id, "?", s.receipt.name, "", summary_of(app, s)) for s in unrecognised]
    if not rows:
        say(app.voice("没有待处理事项", "nothing waits"))
        return
    columns = (("记录", "Record"), ("表单", "Form"), ("文件", "File"), ("位置", "Where"), ("事项", "Why"))
    show_table([app.voice(*column) for column in columns], rows)


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
    if show_file(app, record, as_json=as_json):
        return
    stored = app.store.records.get(record)
    if stored is None:
        raise no_record(record)
    submission = app.store.submissions.get(stored.submission)
    if as_json:
        emit(_record_json(app, stored, submission))
        return
    from formflow.pipeline.corrections import places_of, reading_at

    corrections = app.store.reviews.latest(record)
    form = app.forms[stored.form]
    state = told_word(app, words.RECORD_STATES, stored.state)
    say(f"{stored.id}  {told_form(app, form.id)}  {state}  {stored.number or ''}".rstrip())
    if submission:
        say(f"{submission.receipt.name}  {told_time(app, submission.receipt.at)}")
    rows = []
    for name, label in places_of(stored.candidate, form):
        reading = reading_at(stored.candidate, name)
        text = plain(reading.text) if reading else ""
        where = told_reading(app, reading)
        said = corrections.get(name, "")
        rows.append((name, label, text, plain(said) if said else "", where))
    columns = (
        ("字段", "Field"),
        ("标签", "Label"),
        ("读到", "Read"),
        ("更正", "Corrected"),
        ("位置", "Where"),
    )
    show_table([app.voice(*column) for column in columns], rows)
    show_findings(app, stored.findings, record=stored.id)
    for review in app.store.reviews.of(record):
        told = f"{review.field}={plain(review.new)}" if review.field else ""
        action = told_word(app, words.ACTIONS, review.action)
        say(f"    {told_time(app, review.at)} {review.by} {action} {told} {review.why}".rstrip())
    answer = answered_by(app, stored)
    if answer is not None:
        say(app.voice(f"    已补正，登记为 {answer}", f"    completed since and entered as {answer}"))
        return
    for line in ways_out(app, stored):
        say(line)


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
    from formflow.pipeline.corrections import reading_at
    from formflow.readers.scanned import VERSION
    from formflow.recognition.crops import crop

    stored = app.store.records.get(record)
    submission = app.store.submissions.get(stored.submission) if stored else None
    if stored is None or submission is None:
        raise no_record(record)
    reading = reading_at(stored.candidate, field)
    document = app.store.readings.get(submission.digest, VERSION)
    if reading is None or reading.source.box is None or document is None:
        raise UsageError(
            Bilingual(
                f"{record} 的 {field} 不是从扫描件读取的", f"{field} of {record} was not read from a scan"
            ),
            code="no-crop",
            remedy=Bilingual("请查看 formflow review show", "see `formflow review show`"),
        )
    part = next(part for part in document.parts if part.name == reading.source.part)
    original = app.store.objects.path(submission.digest).read_bytes()
    output.write_bytes(crop(original, part, reading.source.box))
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
        raise UsageError(
            Bilingual("请给出 VALUE 或 --clear，二者只取其一", "give a VALUE or --clear, and not both"),
            code="no-value",
        )
    from formflow.forms.named import form_named
    from formflow.pipeline.decisions import review, say_form
    from formflow.store.reviews import ReviewAction

    with app.engine() as engine:
        if label is not None:
            teach_by_record(app, record, field, label, by)
        if field == "form" and value is not None:
            result = say_form(record, form_named(engine.context.forms, value).id, engine.context)
            if not result.records:
                told = f"{record}  {summary_of(app, result.submission)}"
                tell(app, unrecognised_json(result.submission), told)
                return
        else:
            result = review(
                record,
                ReviewAction.SET,
                engine.context,
                by=app.person(by),
                why=why,
                field=field,
                text=value,
            )
    _tell(app, result, record)


def _settling(name: str, what: str, example: str) -> click.Command:
    @review_command.command(name)
    @click.argument("record")
    @click.option("--why", default="", help="Reason, kept with the decision.")
    @BY
    @click.pass_obj
    def command(app: App, record: str, why: str, by: str | None) -> None:
        from formflow.pipeline.decisions import review
        from formflow.store.reviews import ReviewAction

        if settle_file(app, record, name, by=app.person(by), why=why):
            return
        with app.engine() as engine:
            result = review(record, ReviewAction(name), engine.context, by=app.person(by), why=why)
        _tell(app, result, record)

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
                emit(result_json(app, one))
                continue
            where = f"{app.settings.archive}/{one.archive}" if one.archive else ""
            outcome = told_word(app, words.OUTCOMES, one.outcome)
            state = told_word(app, words.RECORD_STATES, one.state)
            say(f"{one.id}  {state}  {one.number or ''}  {outcome}  {where}".rstrip())
            show_findings(app, one.findings, record=one.id)


def _record_json(app: App, record: StoredRecord, submission: Submission | None) -> dict[str, Any]:
    from formflow.pipeline.corrections import readings_in

    return {
        "record": record.id,
        "submission": record.submission,
        "file": submission.receipt.name if submission else None,
        "form": record.form,
        "state": record.state.value,
        "number": record.number,
        "position": record.candidate.position,
        "texts": {name: reading.text for name, reading in readings_in(record.candidate)},
        "corrections": app.store.reviews.latest(record.id),
        "findings": [finding_json(app, finding) for finding in record.findings],
    }


review_command.add_command(learn_command)
review_command.add_command(labels_command)
review_command.add_command(forget_command)
