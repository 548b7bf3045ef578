"""A letter or a fax that is no form: what the clerk's register of incoming faxes will want to know, as suggestions.

Pages are counted and the receipt is known; sender, reference and subject are read from the first page by where
letters have them. A suggestion is never certain, however well it was read: a person confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from formflow.forms.spec import Form
from formflow.model import Candidate, Document, DoubtReason, Line, Part, Reading, Source

_ORGANISATION = re.compile(
    r"[\u3400-\u9fffA-Za-z0-9（）()]{3,40}?(?:公司|集团|厂|局|院|所|中心|委员会|协会|银行|学校|大学|医院|经营部|商行|支行|分行)"
)
_REFERENCE = re.compile(
    r"[\u3400-\u9fffA-Za-z]{1,10}[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】]\s*(?:第\s*)?\d{1,5}\s*号"
    r"|(?:文号|编号|发文字号|来文号)\s*[:：]\s*(\S{3,30})"
)
_SUBJECT = re.compile(r"^(?:主\s*题|事\s*由|标\s*题|RE|Subject)\s*[:：]\s*(.{2,60})$", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:关于.{2,50}|.{2,40}(?:的函|通知|通报|请示|报告|说明|复函|确认函|催款函|邀请函|声明|证明))$"
)
_SENDER = re.compile(
    r"^(?:发件人|发件单位|来文单位|发文单位|FROM)\s*[:：]\s*(.{2,40}?)(?:\s{2,}.*)?$", re.IGNORECASE
)
_TO = re.compile(r"^(?:致|收件人|收件单位|主送|TO)\s*[:：]|[:：]$", re.IGNORECASE)


def letter_candidate(
    document: Document, form: Form, *, received: str = "", sender: str = "", sent_at: str = ""
) -> Candidate | None:
    """The register's row for a document that is no form; None where nothing at all is on its pages.

    Args:
        form: The form of the register of incoming faxes.
        received: When it was received, as `2026-03-05T14:30`.
        sender: Who sent it, by the fax server's own note.
        sent_at: When the fax server took it in; goes before `received`.
    """
    pages = [part for part in document.parts if part.blocks]
    if not pages:
        return None
    known = {field.id for field in form.fields}
    first = pages[0]
    # The receipt and the number of pages were not read from the paper, so its resolution says nothing of them.
    place = Source(part=first.name, ref="page")
    readings = {
        "received_at": Reading(text=(sent_at or received).replace("T", " "), source=place),
        "pages": Reading(text=str(len(pages)), source=place),
        **dict(_suggestions(pages, sender)),
    }
    readings = {id: reading for id, reading in readings.items() if id in known and reading.text.strip()}
    return Candidate(form=form.id, readings=readings, position=f"{first.name} letter", row=0)


def _suggestions(pages: list[Part], sender: str) -> Iterator[tuple[str, Reading]]:
    head, foot = list(_lines(pages[0])), list(_lines(pages[-1]))
    if found := _reference(head):
        yield "sender_ref", found
    if subject := _subject(head):
        yield "subject", subject
    if sender:
        yield "fax_number" if re.fullmatch(r"[+\d ()-]{6,}", sender) else "sender", _guess(sender, head[0][1])
    if organisation := _sender(head, foot):
        yield "sender", organisation


def _lines(part: Part) -> Iterator[tuple[str, Source]]:
    for block in part.blocks:
        if isinstance(block, Line):
            for text in block.text.split("\n"):
                if text.strip():
                    yield text.strip(), block.source
        else:
            for cell in block.cells:
                for text in cell.text.split("\n"):
                    if text.strip():
                        yield text.strip(), cell.source


def _guess(text: str, source: Source) -> Reading:
    return Reading(text=text, source=source, doubts=(DoubtReason.GUESSED,))


def _reference(lines: list[tuple[str, Source]]) -> Reading | None:
    for text, source in lines[:15]:
        if match := _REFERENCE.search(text):
            return _guess(match[1] or match[0], source)
    return None


def _subject(lines: list[tuple[str, Source]]) -> Reading | None:
    for text, source in lines[:25]:
        if match := _SUBJECT.match(text):
            return _guess(match[1].strip(), source)
    for text, source in lines[:25]:
        if _ABOUT.match(text) and not _REFERENCE.search(text):
            return _guess(text, source)
    return None


def _sender(head: list[tuple[str, Source]], foot: list[tuple[str, Source]]) -> Reading | None:
    """A named sender, the signature at the foot, or the letterhead; never whom the letter is addressed to."""
    for text, source in head[:15]:
        if match := _SENDER.match(text):
            return _guess(match[1].strip(), source)
    for text, source in reversed(foot[-6:]):
        if (match := _ORGANISATION.fullmatch("".join(text.split()))) and not _TO.search(text):
            return _guess(match[0], source)
    for text, source in head[:3]:
        if (match := _ORGANISATION.match("".join(text.split()))) and not _TO.search(text):
            return _guess(match[0], source)
    return None
