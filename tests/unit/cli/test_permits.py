"""Each role at each command: a command without a line in the table fails here, and so does one that lets a role in that it should not."""

from __future__ import annotations

import click

from formflow.cli.main import cli
from formflow.cli.permits import NEEDS
from formflow.people.roles import MAY, Role
from formflow.store.people import NewAccount

RECORD = "20260305-091500-3f9a0c1b2d-0000"
CALLS = {
    "process": ("nothing",),
    "reread": (),
    "review list": (),
    "review show": (RECORD,),
    "review crop": (RECORD, "phone", "-o", "x.png"),
    "review labels": (),
    "review set": (RECORD, "phone", "1"),
    "review accept": (RECORD,),
    "review return": (RECORD,),
    "review discard": (RECORD,),
    "review learn": (RECORD, "phone", "电话"),
    "review forget": ("new_customer", "phone", "电话"),
    "register list": (),
    "register show": ("XKH-2026-0001",),
    "register export": ("fax_in", "-o", "{}/x.xlsx"),
    "register void": ("XKH-2026-0001", "--reason", "x"),
    "register clock": ("--reason", "x"),
    "archive export": ("XKH-2026-0001", "-o", "{}/x"),
    "history import": ("{}/formflow.toml",),
    "history list": (),
    "approve": ("XKH-2026-0001",),
    "return": ("XKH-2026-0001", "--comment", "x"),
    "reject": ("XKH-2026-0001", "--comment", "x"),
    "backup": ("{}/x.zip",),
}


def every_command(group=cli, path=()):
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))
        else:
            yield " ".join((*path, name))


def test_every_command_has_a_line_in_the_table_and_no_line_is_left_over():
    assert set(every_command()) == set(NEEDS)
    assert {path for path, power in NEEDS.items() if power} == set(CALLS)


def test_every_role_at_every_command(line, monkeypatch):
    """One workspace, one account a role: what is refused as forbidden is exactly what the table of roles says."""
    from formflow.cli import acting
    from formflow.cli.app import App

    monkeypatch.delenv("FORMFLOW_TOKEN", raising=False)
    app = App(str(line.folder), "en")
    made = [
        NewAccount(
            id=role.value,
            name=role.value,
            login=role.value,
            roles=(role.value,),
            areas=("华南",),
            department="",
            superior="",
            hash="h",
            one_time=False,
        )
        for role in Role
    ]
    app.store.people.add(made, by="@root", at=app.clock(), assign=True)
    app.store.close()
    wrong = []
    for role in Role:
        monkeypatch.setattr(acting, "machine_user", lambda role=role: role.value)
        for path, arguments in CALLS.items():
            told = line.run(*path.split(), *(argument.format(line.folder) for argument in arguments))
            refused = f"{role.value} (" in told.err and "may not" in told.err
            if refused is (NEEDS[path] in MAY[role]) or (refused and told.status != 2):
                wrong.append((role.value, path, told))
    monkeypatch.setattr(acting, "machine_user", lambda: "stranger")
    for path, arguments in CALLS.items():
        told = line.run(*path.split(), *(argument.format(line.folder) for argument in arguments))
        if ("has none" in told.err) is (path == "process"):
            wrong.append(("stranger", path, told))

    assert [] == wrong
