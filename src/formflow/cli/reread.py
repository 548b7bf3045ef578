"""`formflow reread`: what an older reader read is read anew."""

from __future__ import annotations

import click

from formflow.cli.app import App
from formflow.cli.output import emit, plain, say
from formflow.contract.views import reread_json
from formflow.errors import NotFound, UsageError
from formflow.messages import cli as messages
from formflow.pipeline.rereading import Reread, reread, waiting
from formflow.store.originals import Submission
from formflow.store.records import submission_of


@click.command("reread")
@click.argument("submissions", metavar="[SUBMISSION]...", nargs=-1)
@click.option("--all-waiting", is_flag=True, help="Every file of which something waits for a person.")
@click.pass_obj
def reread_command(app: App, submissions: tuple[str, ...], all_waiting: bool) -> None:
    """Read kept originals anew where an older reader read them, and tell what has changed.

    SUBMISSION is the number of a file or of a record in it. Settled records stay, corrections of persons stay. A file in
    which no form was recognised is read anew in any case. review show and review set do the same by themselves.

    \b
    Example:
      formflow reread 20260305-091500-3f9a0c1b2d
      formflow reread --all-waiting
    """
    if bool(submissions) == all_waiting:
        raise UsageError(messages.WHAT_TO_REREAD(), code="usage")
    refused = False
    with app.engine() as engine:
        files = list(waiting(app.store)) if all_waiting else [_submission(app, id) for id in submissions]
        for submission in files:
            done = reread(submission, engine.context)
            refused |= done.kept is not None
            if app.json:
                emit(reread_json(done, app.voice, app.settings.archive))
            else:
                tell_reread(app, done)
    if refused:
        raise SystemExit(4)


def _submission(app: App, id: str) -> Submission:
    found = app.store.submissions.get(id) or app.store.submissions.get(submission_of(id))
    if found is None:
        raise NotFound(messages.NO_SUBMISSION(id=id), code="no-such-submission")
    return found


def tell_reread(app: App, done: Reread) -> None:
    """Say what became of a file that was to be read anew."""
    file = done.result.submission.receipt.name
    before, after = done.before or "–", done.after or done.before or "–"
    if done.kept is not None:
        told = messages.KEPT_READING(file=file, why=app.voice.error(done.kept))
    elif done.after is None and done.before is not None:
        told = messages.READING_IS_CURRENT(file=file, reader=before)
    else:
        told = messages.READ_ANEW(file=file, before=before, after=after, changes=len(done.changed))
    say(app.voice(told))
    for change in done.changed:
        say(
            f"    {change.record} {change.field}: {plain(change.before or '–')} → {plain(change.after or '–')}"
        )
    for record in done.result.records if done.after is not None else ():
        if record.number:
            say(f"    {record.id} {record.number}")
