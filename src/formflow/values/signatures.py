"""What stands in a signature cell: a name, a day, ink, and opinions that are none of these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from formflow.messages import values as messages
from formflow.model import Mark
from formflow.values.dates import find_day
from formflow.values.doubt import Doubt, doubt
from formflow.values.empty import is_empty, is_none
from formflow.values.folding import narrow
from formflow.values.signers import SIGN_LABEL, Signers, find_signers, without_captions

_STAMPED = re.compile(
    r"[(\[【<]?\s*(?<![未待须请应])(?:原件)?已\s*(?:电子)?(?:签[字名章署发]?(?:盖章)?|盖章)\s*[)\]】>]?"
    r"|[(\[【<]\s*(?:电子签名|电子签章|签字见原件)\s*[)\]】>]"
)
_UNSIGNED = re.compile(r"(?:未|待|尚未|没有|暂未)\s*签\s*[字名章]?|请\s*签\s*[字名]")
_UNTICKED = re.compile(r"(?:[□☐○◯]|\(\s*\))\s*[\u4e00-\u9fff]{1,6}")
_TICKED = re.compile(r"[☑☒■√✓✔●]\s*(?=[\u4e00-\u9fff])|\(\s*[√✓✔]\s*\)")
_LONGEST = 600
_UNPROVEN = {
    Mark.UNKNOWN: Doubt("signature-unknown", messages.SIGNATURE_OR_SEAL()),
    Mark.SEAL: Doubt("seal-alone", messages.SEAL_ALONE()),
}
UNPROVEN = frozenset(doubt.code for doubt in _UNPROVEN.values())
"""Codes of the doubts whether a cell is signed at all."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature; `name` is None where only ink, a picture or 已签 proves it."""

    present: bool
    name: str | None
    date: date | None


def read_signature(text: str, *, mark: Mark = Mark.NONE, year: int | None = None) -> Signature | Doubt | None:
    """The signature that a cell holds; None where nobody has signed.

    Args:
        text: The cell's text, with its printed `签字：` and `日期：`.
        mark: What lies in the cell besides.
        year: For a day without one.
    """
    ink = Signature(True, None, None) if mark is Mark.INK else _UNPROVEN.get(mark)
    if is_empty(text):
        return ink
    flat = _TICKED.sub(" ", _UNTICKED.sub(" ", narrow(text).replace("_", " ")))
    if is_empty(flat):
        return ink
    if len(flat) > _LONGEST:
        return _unclear(text)
    if _UNSIGNED.search(flat):
        return _unclear(text) if mark in (Mark.INK, Mark.UNKNOWN) else None
    stamped = bool(_STAMPED.search(flat))
    flat = _STAMPED.sub(" ", flat)
    label = SIGN_LABEL.search(flat)
    head, tail = (flat[: label.start()], flat[label.end() :]) if label else (flat, "")
    day, signers = _read(head, tail, year, labelled=label is not None)
    if isinstance(day, Doubt):
        return day
    names = list(dict.fromkeys(signers.names))
    if signers.proxy:
        return doubt("signed-by-proxy", text, messages.SIGNED_FOR_ANOTHER())
    if len(names) > 1:
        return doubt("two-names", text, messages.SEVERAL_SIGNATURES())
    if signers.unclear or (signers.mentioned and not names):
        return _unclear(text)
    if names or stamped or mark is Mark.INK:
        return Signature(True, names[0] if names else None, day)
    if mark is Mark.UNKNOWN:
        return ink
    return _unsigned(text, signers, day) or ink


def _read(head: str, tail: str, year: int | None, *, labelled: bool) -> tuple[date | Doubt | None, Signers]:
    """The day and the signers; behind `签字：` the words before it are an opinion and nothing else."""
    if not labelled:
        day, rest = find_day(head, year)
        return day, find_signers(_prepared(rest), labelled=False)
    day, rest = find_day(tail, year)
    signers = find_signers(_prepared(SIGN_LABEL.sub("\n", rest)), labelled=True)
    before, rest = find_day(head, year)
    opinion = find_signers(_prepared(rest), labelled=False)
    signers.opinion = signers.opinion or opinion.opinion
    if not signers.names and (opinion.names or opinion.mentioned):
        signers.mentioned = True
    if day is None and before is not None:
        # 日期：2026年3月5日 签字：李明; but a day inside the opinion is not the day of signing.
        signers.unclear = signers.unclear or opinion.unclear or _says_more(opinion, rest)
        day = before
    return day, signers


def _says_more(opinion: Signers, rest: str) -> bool:
    return opinion.opinion and len("".join(rest.split())) > 8


def _prepared(text: str) -> str:
    captionless = without_captions(text)
    return "\n".join(line for line in captionless.split("\n") if not is_none(line))


def _unsigned(text: str, signers: Signers, day: date | None) -> Doubt | None:
    if day is not None:
        return doubt("unsigned-date", text, messages.DATE_WITHOUT_SIGNATURE())
    if signers.opinion:
        return doubt("unsigned-opinion", text, messages.OPINION_WITHOUT_SIGNATURE())
    return None


def _unclear(text: str) -> Doubt:
    return doubt("unclear-signature", text, messages.UNCLEAR_SIGNER())
