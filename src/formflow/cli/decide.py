"""`formflow approve | return | reject`: what the desk does, for scripts."""

from __future__ import annotations

import click

from formflow.cli.app import App
from formflow.cli.output import say


def _command(name: str, decision: str, what: str) -> click.Command:
    @click.command(name)
    @click.argument("number")
    @click.option("--by", help="Who decides; default: whoever is logged in.")
    @click.option("--role", help="Their role; default: whoever's turn it is.")
    @click.option("--comment", default="", help="Opinion or reason; needed to return or reject.")
    @click.pass_obj
    def command(app: App, number: str, by: str | None, role: str | None, comment: str) -> None:
        from formflow.pipeline.deciding import decide_entry, step_of

        with app.engine() as engine:
            seen = step_of(number, engine.context) if role is None else None
            if seen is not None:
                step = seen[1].role
                told = f"{seen[0] + 1}"
                say(app.voice(f"{number}：第 {told} 步，{step}", f"{number}: step {told}, {step}"), err=True)
            decided = decide_entry(
                number,
                decision,
                engine.context,
                by=app.person(by),
                role=role,
                comment=comment,
                seen=seen[0] if seen else None,
            )
        now = decided.standing
        if now.event is None:
            step = app.forms[_form_of(app, number)].approval[now.next or 0].role
            say(app.voice(f"{number}：下一步 {step}", f"{number}: next is {step}"))
        else:
            where = f" {app.settings.archive}/{decided.path}" if decided.path else ""
            say(f"{number}: {now.event}{where}")

    command.help = f"""{what}

    \b
    Example:
      formflow {name} XKH-2026-0001 --by 李明 --role sales_manager --comment 同意
    """
    return command


def _form_of(app: App, number: str) -> str:
    entry = app.store.register.find(number)
    return entry.form if entry is not None else ""


approve_command = _command("approve", "approve", "Approve the entry NUMBER at the step whose turn it is.")
return_command = _command("return", "return", "Return the entry NUMBER to its sender for completion.")
reject_command = _command("reject", "reject", "Reject the entry NUMBER; its notice is written.")
