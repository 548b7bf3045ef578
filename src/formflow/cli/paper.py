"""Signed papers that came back, as `formflow review` shows and settles them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from formflow.cli.output import emit, plain, show_table
from formflow.errors import UsageError

if TYPE_CHECKING:
    from formflow.cli.app import App
    from formflow.store.originals import Submission


def told_of(app: App, submission: Submission) -> str:
    """Why a submission waits that is no known form: in a few words."""
    from formflow.pipeline.papers import waiting_papers

    papers = waiting_papers(submission)
    if not papers:
        return app.voice("没有认出表单", "no known form")
    numbers = "、".join(paper["number"] or app.voice("未知登记号", "unknown entry") for paper in papers)
    places = [place for paper in papers for place in paper["places"]]
    signed = sum(place["inked"] for place in places)
    return app.voice(
        f"{numbers} 的纸件交回，{len(places)} 处签字栏有 {signed} 处已签，待确认",
        f"paper of {numbers} came back, {signed} of {len(places)} places signed, to be confirmed",
    )


def stranger_json(submission: Submission) -> dict[str, Any]:
    """A submission without records, as one JSON line."""
    from formflow.pipeline.papers import waiting_papers

    line: dict[str, Any] = {
        "record": submission.id,
        "file": submission.receipt.name,
        "form": None,
        "findings": [],
    }
    papers = waiting_papers(submission)
    return {**line, "papers": papers} if papers else line


def show_paper(app: App, id: str, *, as_json: bool) -> bool:
    """Show what was seen on a paper; False where nothing of that id is one."""
    from formflow.pipeline.papers import waiting_papers

    submission = app.store.submissions.get(id)
    papers = waiting_papers(submission) if submission is not None else []
    if submission is None or not papers:
        return False
    if as_json:
        emit(stranger_json(submission))
        return True
    click.echo(f"{submission.id}  {submission.receipt.name}  {submission.receipt.at:%Y-%m-%d %H:%M}")
    click.echo(told_of(app, submission))
    rows = [
        (
            paper["number"] or paper["code"],
            place["part"],
            plain(place["label"]),
            _state(app, place),
            plain(place["text"]),
        )
        for paper in papers
        for place in paper["places"]
    ]
    columns = (("登记号", "Entry"), ("页", "Page"), ("签字栏", "Place"), ("状态", "State"), ("读到", "Read"))
    show_table([app.voice(*column) for column in columns], rows)
    return True


def _state(app: App, place: dict[str, Any]) -> str:
    """Whether a place is signed; in black and white a seal and a signature cannot be told apart."""
    if place["inked"]:
        return app.voice("已签", "signed")
    told = {
        "yes": app.voice("只有印章", "a seal"),
        "unknown": app.voice("未知：签字或印章", "unknown: pen or seal"),
    }
    return told.get(place.get("seal", ""), app.voice("空白", "blank"))


def settle_paper(app: App, id: str, action: str, *, by: str, why: str) -> bool:
    """Confirm or drop a paper that waits; False where nothing of that id is one.

    Raises:
        UsageError: The action is not for a paper.
    """
    from formflow.pipeline.papers import confirm_paper, discard_paper, waiting_papers

    submission = app.store.submissions.get(id)
    if submission is None or not waiting_papers(submission):
        return False
    if action not in ("accept", "discard"):
        raise UsageError(f"{id} is a paper that came back; accept or discard it", code="not-allowed")
    with app.engine() as engine:
        if action == "discard":
            discard_paper(id, engine.context, by=by, why=why)
            click.echo(app.voice(f"{id}：已放弃", f"{id}: discarded"))
            return True
        for path in confirm_paper(id, engine.context, by=by, why=why):
            click.echo(f"{app.settings.archive}/{path}")
    return True
