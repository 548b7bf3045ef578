"""`formflow approve | return | reject`: what the desk does, for scripts."""

from __future__ import annotations

import click

from formflow import words
from formflow.cli.app import App
from formflow.cli.output import say, tell
from formflow.cli.told import told_word
from formflow.messages import cli as messages
from formflow.model import StepDecision
from formflow.people.deciding import name_for
from formflow.pipeline.decisions import decide_entry, step_of


def _command(decision: StepDecision, what: str) -> click.Command:
    @click.command(decision.value)
    @click.argument("number")
    @click.option("--by", help="Who decides; default: whoever is logged in.")
    @click.option("--role", help="Their role; default: whoever's turn it is.")
    @click.option("--comment", default="", help="Opinion or reason; needed to return or reject.")
    @click.pass_obj
    def command(app: App, number: str, by: str | None, role: str | None, comment: str) -> None:
        entry = app.entry(number)
        with app.engine() as engine:
            account = app.account
            seen = step_of(entry.number, engine.context) if role is None or account else None
            name = app.person(by)
            if account and seen is not None:
                directory, today = app.store.people.directory(), app.clock().date()
                name = name_for(
                    directory, account, seen[1].role, number=entry.number, form=entry.form, on=today
                )
            if seen is not None:
                nth, step = seen[0] + 1, told_word(app, words.ROLES, seen[1].role)
                say(
                    app.voice(messages.STEP(number=entry.number, nth=nth, step=step)),
                    err=True,
                )
            decided = decide_entry(
                entry.number,
                decision,
                engine.context,
                by=name,
                role=role,
                comment=comment,
                seen=seen[0] if seen else None,
            )
        now = decided.standing
        following = None if now.next is None else app.forms[entry.form].approval[now.next].role
        where = f"{app.settings.archive}/{decided.path}" if decided.path else None
        if now.event is None:
            turn = told_word(app, words.ROLES, following)
            told = app.voice(messages.NEXT(number=entry.number, turn=turn))
        else:
            event = told_word(app, words.EVENTS, now.event)
            told = " ".join(
                filter(None, (app.voice(messages.EVENT_OF(number=entry.number, event=event)), where))
            )
        tell(app, {"number": entry.number, "event": now.event, "next": following, "archive": where}, told)

    command.help = f"""{what}

    \b
    Example:
      formflow {decision.value} XKH-2026-0001 --by 李明 --role sales_manager --comment 同意
    """
    return command


approve_command = _command(StepDecision.APPROVE, "Approve the entry NUMBER at the step whose turn it is.")
return_command = _command(StepDecision.RETURN, "Return the entry NUMBER to its sender for completion.")
reject_command = _command(StepDecision.REJECT, "Reject the entry NUMBER; its notice is written.")
