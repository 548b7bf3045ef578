"""What the verifying commands share: the head of the chain, the originals, and how reports are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import click

from formflow.cli.app import App
from formflow.cli.output import tell
from formflow.contract.views import verification_json
from formflow.errors import IntegrityError
from formflow.store.chain import head_lost
from formflow.store.report import Report
from formflow.store.verification import verify_originals

SINCE = click.option(
    "--since",
    metavar="HASH",
    help="A head of the audit chain that was noted earlier (in the log, on a document): it must still lie in it.",
)
ORIGINALS = click.option("--originals", is_flag=True, help="Also read every original in the storage.")


def tell_report(app: App, report: Report) -> None:
    """Say what a verification found."""
    tell(app, verification_json(report, app.voice), app.voice(report.summary()))


def tell_reports(app: App, reports: Sequence[Report]) -> int:
    """Print reports; the exit status that they amount to."""
    for report in reports:
        tell_report(app, report)
    return 0 if all(report.ok for report in reports) else IntegrityError.exit_code


def originals_report(app: App, *, wanted: bool) -> Iterator[Report]:
    """The report on the originals, where it is wanted."""
    if wanted:
        yield verify_originals(app.store.database, app.store.objects)


def with_head(app: App, report: Report, since: str | None) -> Report:
    """A report with the chain's head, and a problem where a head that was noted earlier no longer lies in it."""
    lost = () if since is None or app.store.audit.holds(since) else (head_lost(since),)
    return replace(report, problems=(*report.problems, *lost), head=str(app.store.audit.head()))
