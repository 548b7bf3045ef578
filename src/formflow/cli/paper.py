"""Files that wait without records, as `formflow review` shows and settles them: unrecognised, empty forms, signed papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from formflow import words
from formflow.cli.output import emit, plain, say, show_table, tell
from formflow.cli.told import told_time
from formflow.errors import Bilingual, UsageError
from formflow.pipeline.results import UNFILLED

if TYPE_CHECKING:
    from formflow.cli.app import App
    from formflow.store.originals import Submission


def summary_of(app: App, submission: Submission) -> str:
    """Why a submission waits that is no known form: in a few words."""
    from formflow.pipeline.signed_documents import waiting_papers

    papers = waiting_papers(submission)
    if submission.error_code == UNFILLED:
        titles = "、".join(
            app.forms[id].title for id in (submission.error_detail or "").split() if id in app.forms
        )
        return app.voice(
            f"空白表，未填写：{titles}（没有读到填写的内容）",
            f"an empty form, nothing was found filled in: {titles}",
        )
    if not papers:
        return app.voice("没有认出表单", "no known form")
    numbers = "、".join(paper["number"] or app.voice("未知登记号", "unknown entry") for paper in papers)
    places = [place for paper in papers for place in paper["places"]]
    signed = sum(place["inked"] for place in places)
    return app.voice(
        f"{numbers} 的纸件交回，{len(places)} 处签字栏有 {signed} 处已签，待确认",
        f"paper of {numbers} came back, {signed} of {len(places)} places signed, to be confirmed",
    )


def unrecognised_json(submission: Submission) -> dict[str, Any]:
    """A submission without records, as one JSON line."""
    from formflow.pipeline.signed_documents import waiting_papers

    line: dict[str, Any] = {
        "record": submission.id,
        "file": submission.receipt.name,
        "form": None,
        "waits": submission.error_code,
        "findings": [],
    }
    if submission.error_code == UNFILLED:
        line["unfilled"] = (submission.error_detail or "").split()
    papers = waiting_papers(submission)
    return {**line, "papers": papers} if papers else line


def show_file(app: App, id: str, *, as_json: bool) -> bool:
    """Show a file that waits without records; False where nothing of that id does."""
    from formflow.pipeline.signed_documents import waiting_papers
    from formflow.pipeline.unrecognised import waiting_file

    submission = waiting_file(id, app.store)
    if submission is None:
        return False
    if as_json:
        emit(unrecognised_json(submission))
        return True
    say(f"{submission.id}  {submission.receipt.name}  {told_time(app, submission.receipt.at)}")
    say(summary_of(app, submission))
    papers = waiting_papers(submission)
    if not papers:
        say(
            app.voice(
                f"    formflow review set {id} form 表单：按此表单重新读取",
                f"    formflow review set {id} form FORM: read it as that form",
            )
        )
        say(
            app.voice(
                f"    formflow review discard {id}：不需要，了结",
                f"    formflow review discard {id}: it is not wanted",
            )
        )
        return True
    rows = [
        (
            paper["number"] or paper["code"],
            app.voice(*words.place(place["part"])),
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


def settle_file(app: App, id: str, action: str, *, by: str, why: str) -> bool:
    """Confirm or drop a file that waits without records; False where nothing of that id does.

    Raises:
        UsageError: The action is not for such a file.
    """
    from formflow.pipeline.signed_documents import confirm_paper, waiting_papers
    from formflow.pipeline.unrecognised import discard_file, waiting_file

    submission = waiting_file(id, app.store)
    if submission is None:
        return False
    papers = waiting_papers(submission)
    if action != "discard" and not (papers and action == "accept"):
        raise UsageError(_not_for(id, papers=bool(papers)), code="not-allowed")
    with app.engine() as engine:
        if action == "discard":
            discard_file(id, engine.context, by=by, why=why)
            told = app.voice(f"{id}：已了结，不再待处理", f"{id}: discarded")
            tell(app, {"record": id, "state": "discarded"}, told)
            return True
        for path in confirm_paper(id, engine.context, by=by, why=why):
            where = f"{app.settings.archive}/{path}"
            tell(app, {"record": id, "state": "registered", "archive": where}, where)
    return True


def _not_for(id: str, *, papers: bool) -> Bilingual:
    if papers:
        return Bilingual(
            f"{id} 是交回的签字件，只能确认（accept）或放弃（discard）",
            f"{id} is a paper that came back; accept or discard it",
        )
    return Bilingual(
        f"{id} 中没有可处理的记录；请用 review set {id} form 指明表单，或用 review discard 了结",
        f"{id} holds no record; say what form it is with `review set {id} form FORM`, or discard it",
    )
