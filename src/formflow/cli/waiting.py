"""What waits for a person, as `formflow review` shows it: files without records, and what each word on a record does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from formflow import words
from formflow.cli.output import plain, say, show_table
from formflow.cli.told import told_time
from formflow.pipeline.decisions import OPEN
from formflow.pipeline.duplicates import LIKELY_DUPLICATE
from formflow.pipeline.judging import MISSING
from formflow.pipeline.known_rows import ROW_CHANGED

if TYPE_CHECKING:
    from formflow.cli.app import App
    from formflow.pipeline.queues import WaitingFile
    from formflow.store.records import StoredRecord


def summary_of(app: App, file: WaitingFile) -> str:
    """Why a file waits that holds no record: in a few words."""
    if file.unfilled:
        titles = "、".join(app.forms[id].title for id in file.unfilled if id in app.forms)
        return app.voice(
            f"空白表，未填写：{titles}（没有读到填写的内容）",
            f"an empty form, nothing was found filled in: {titles}",
        )
    if not file.papers:
        return app.voice("没有认出表单", "no known form")
    numbers = "、".join(paper["number"] or app.voice("未知登记号", "unknown entry") for paper in file.papers)
    places = [place for paper in file.papers for place in paper["places"]]
    signed = sum(place["inked"] for place in places)
    return app.voice(
        f"{numbers} 的纸件交回，{len(places)} 处签字栏有 {signed} 处已签，待确认",
        f"paper of {numbers} came back, {signed} of {len(places)} places signed, to be confirmed",
    )


def show_file(app: App, file: WaitingFile) -> None:
    """Show a file that waits without records."""
    id = file.submission.id
    say(f"{id}  {file.submission.receipt.name}  {told_time(app, file.submission.receipt.at)}")
    say(summary_of(app, file))
    if not file.papers:
        for command, chinese, english in (
            (f"set {id} form", " 表单：按此表单重新读取", " FORM: read it as that form"),
            (f"discard {id}", "：不需要，了结", ": it is not wanted"),
        ):
            say(f"    formflow review {command}{app.voice(chinese, english)}")
        return
    rows = [
        (
            paper["number"] or paper["code"],
            app.voice(*words.place(place["part"])),
            plain(place["label"]),
            _state(app, place),
            plain(place["text"]),
        )
        for paper in file.papers
        for place in paper["places"]
    ]
    columns = (("登记号", "Entry"), ("页", "Page"), ("签字栏", "Place"), ("状态", "State"), ("读到", "Read"))
    show_table(app, columns, rows)


def _state(app: App, place: Mapping[str, Any]) -> str:
    """Whether a place is signed; in black and white a seal and a signature cannot be told apart."""
    if place["inked"]:
        return app.voice("已签", "signed")
    told = {
        "yes": app.voice("只有印章", "a seal"),
        "unknown": app.voice("未知：签字或印章", "unknown: pen or seal"),
    }
    return told.get(place.get("seal", ""), app.voice("空白", "blank"))


def ways_out(app: App, record: StoredRecord) -> list[str]:
    """One line a command, in the language of the person; nothing for a record that is settled."""
    if record.state not in OPEN:
        return []
    lines = [
        (f"set {record.id} …", *_SET),
        (f"accept {record.id}", *_accept(record)),
        (f"return {record.id} --why …", *_RETURN),
        (f"discard {record.id}", *_DISCARD),
    ]
    return [f"    formflow review {command}  {app.voice(*told)}" for command, *told in lines]


_SET = ("更正一栏，然后重新判定", "correct one field; the record is judged anew")
_RETURN = ("退回补正，不编号", "send it back for completion; it takes no number")
_DISCARD = ("不登记，原件保留", "do not register it; the original is kept")


def _accept(record: StoredRecord) -> tuple[str, str]:
    codes = {finding.code for finding in record.findings}
    if ROW_CHANGED in codes:
        return (
            f"另立一条更正 {record.number} 的登记，取新号",
            f"enter a correction of {record.number} under a number of its own",
        )
    if MISSING in codes:
        return (
            "按读到的内容接受疑点；缺少的必填项仍缺",
            "take it as read; what is required and missing still is",
        )
    if LIKELY_DUPLICATE in codes:
        return (
            "确为另一份，按读到的内容登记，取新号",
            "it is another one: register it as read, under a new number",
        )
    return ("按读到的内容登记，疑点记为备注", "register it as read; doubts become notes")
