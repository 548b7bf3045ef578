"""What waits for a person, as `formflow review` shows it: files without records, and what each word on a record does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from formflow import words
from formflow.cli.output import plain, say, show_table
from formflow.cli.told import told_time
from formflow.messages import Bilingual
from formflow.messages import cli as messages
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
        return app.voice(messages.EMPTY_FORM(titles=titles))
    if not file.papers:
        return app.voice(messages.UNKNOWN_FORM())
    numbers = "、".join(paper["number"] or app.voice(messages.UNKNOWN_ENTRY()) for paper in file.papers)
    places = [place for paper in file.papers for place in paper["places"]]
    signed = sum(place["inked"] for place in places)
    return app.voice(messages.SIGNED_DOCUMENT_CAME(numbers=numbers, count=len(places), signed=signed))


def show_file(app: App, file: WaitingFile) -> None:
    """Show a file that waits without records."""
    id = file.submission.id
    say(f"{id}  {file.submission.receipt.name}  {told_time(app, file.submission.receipt.at)}")
    say(summary_of(app, file))
    if not file.papers:
        for command, told in (
            (f"set {id} form", messages.SET_FORM()),
            (f"discard {id}", messages.NOT_WANTED()),
        ):
            say(f"    formflow review {command}{app.voice(told)}")
        return
    rows = [
        (
            paper["number"] or paper["code"],
            app.voice(words.place(place["part"])),
            plain(place["label"]),
            _state(app, place),
            plain(place["text"]),
        )
        for paper in file.papers
        for place in paper["places"]
    ]
    columns = (messages.ENTRY(), messages.PAGE(), messages.PLACE(), messages.STATE(), messages.READ())
    show_table(app, columns, rows)


def _state(app: App, place: Mapping[str, Any]) -> str:
    """Whether a place is signed; in black and white a seal and a signature cannot be told apart."""
    if place["inked"]:
        return app.voice(messages.SIGNED())
    told = {
        "yes": app.voice(messages.SEAL()),
        "unknown": app.voice(messages.PEN_OR_SEAL()),
    }
    return told.get(place.get("seal", ""), app.voice(messages.BLANK()))


def ways_out(app: App, record: StoredRecord) -> list[str]:
    """One line a command, in the language of the person; nothing for a record that is settled."""
    if record.state not in OPEN:
        return []
    lines = [
        (f"set {record.id} …", _SET),
        (f"accept {record.id}", _accept(record)),
        (f"return {record.id} --why …", _RETURN),
        (f"discard {record.id}", _DISCARD),
    ]
    return [f"    formflow review {command}  {app.voice(told)}" for command, told in lines]


_SET = messages.HOW_SET()
_RETURN = messages.HOW_RETURN()
_DISCARD = messages.HOW_DISCARD()


def _accept(record: StoredRecord) -> Bilingual:
    codes = {finding.code for finding in record.findings}
    if ROW_CHANGED in codes:
        return messages.HOW_ACCEPT_CORRECTION(number=record.number)
    if MISSING in codes:
        return messages.HOW_ACCEPT_LACKING()
    if LIKELY_DUPLICATE in codes:
        return messages.HOW_ACCEPT_DUPLICATE()
    return messages.HOW_ACCEPT()
