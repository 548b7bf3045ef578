"""Who signed: the words of a signature cell sorted into names, captions, opinions and the rest.

A name counts only where it stands as a signature does: behind `签字：`, alone, or last. A name inside an
opinion (请李明办理) is nobody's signature.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from formflow.values.days import MASK
from formflow.values.folding import CHINESE
from formflow.values.surnames import COMPOUND, SINGLE, has_name_shape, is_word

_HINT = re.compile(
    r"\(\s*(?:签\s*[字名章]|盖\s*章|公\s*章|盖公章|单位章|印章?|章|手写|签字\s*[/或并、]?\s*盖章|电子签[名章]|签名处)\s*\)"
)
_SIGN_WORD = r"(?:签\s*[字名章署]|签\s*字\s*盖\s*章|电子签[名章])"
SIGN_LABEL = re.compile(
    rf"(?:[{CHINESE}]{{0,10}}\s*)?\(?{_SIGN_WORD}\)?(?:\s*[/及和、(]\s*(?:盖\s*章|日\s*期|公\s*章)\s*\)?)?\s*:"
    rf"|(?:(?<=\s)|^){_SIGN_WORD}(?=\s|$)"
)
"""The caption that a signature stands behind."""

_ROLE = (
    r"(?:经理|主任|部长|总监|主管|科长|处长|厂长|站长|队长|组长|书记|总裁|董事长|负责人|领导|会计|出纳|审核人?|审批人?|批准人?|核准人?|签发人?|签批人?"
    r"|经办人?|复核人?|制单人?|填表人?|申请人?|部门|分部|意见|批示|日期|时间|盖章|公章|签字|签名|签章)"
)
_CAPTION = re.compile(
    rf"(?:[{CHINESE}/]{{0,10}}{_ROLE}|日\s*期|时\s*间|盖\s*章|公\s*章|意\s*见)\s*(?:\([^()]{{0,8}}\))?\s*:"
)
_BARE_CAPTION = re.compile(rf"[{CHINESE}]{{0,6}}{_ROLE}")
_DATE_BLANK = re.compile(r"(?:(?:20)?\d{0,2}\s*年\s*月\s*日?|(?<!\S)月\s*日)(?:\s*时\s*分)?")
_VERDICT = (
    r"(?:不同意|不予同意|同意|已阅知?|阅知|阅示|阅处?|已审[核阅]?|审核|核准|批准|准予?|准许|通过|审核通过|不批准|不通过|可行?|可以|行|情况属实|属实|无误"
    r"|无异议|没有意见|无意见|照办|知悉|收悉|办理|请办理|确认|已确认|已核实?|核实|合格|不合格|驳回|缓办)"
)
_OPINION = re.compile(
    rf"(?:拟|原则上?|一致|本人|特此|经核实?|经审核?)?{_VERDICT}(?:办理|发函|发出|发送|发传真|上报|认定|执行|立项|报批|报销|用章|盖章|开发|按此办理|以上意见|上述意见)?"
    r"|ok|yes|no|agree|agreed|approved?|pass(?:ed)?|noted|confirmed|rejected",
    re.IGNORECASE,
)
_VERDICT_HEAD = re.compile(
    rf"^(?:拟|原则上?)?{_VERDICT}(?:办理|发函|发出|发送|上报|认定|执行)?(?=[{CHINESE}]{{2,4}}$)"
)
_VERDICT_TAIL = re.compile(r"(?:同意|已阅|批准|阅)$")
_TITLED = re.compile(
    rf"(?P<surname>[{CHINESE}]{{1,2}})(?:总经理|副总经理|经理|总监|总|主任|部长|科长|处长|厂长|工|老师|先生|女士|小姐|书记)"
)
_DOTTED = re.compile(rf"[{CHINESE}]{{1,8}}(?:·[{CHINESE}]{{1,8}})+")
_LATIN = re.compile(r"[A-Za-z][A-Za-z.'-]*")
_CHINESE_NAME = re.compile(f"[{CHINESE}]{{2,4}}")
_BY_PROXY = re.compile(r"代签?字?|代办|代[表理]?|授权")
_DIRECTED = re.compile(r"(?:转交?|交|请|由|给|呈|送|报|通知|联系|安排|致|抄送|派|让|找|问)$")
_CLAUSES = re.compile(r"[\n,;。!?…]+")
_GAPS = re.compile(r"[\s/|()\[\]【】<>《》:、\"“”_]+")


@dataclass(slots=True)
class Signers:
    """What a part of the cell says.

    Attributes:
        names: Names that stand as signatures do.
        mentioned: Names that stand otherwise, so that nobody can tell.
        opinion: Something was said: a verdict, prose.
        unclear: Words stand where a signature would, and are no name; or the day stands inside prose.
        proxy: One person signed for another.
    """

    names: list[str] = field(default_factory=list)
    mentioned: bool = False
    opinion: bool = False
    unclear: bool = False
    proxy: bool = False


def without_captions(text: str) -> str:
    """The text with its printed captions, hints and empty 年 月 日 taken out."""
    return _DATE_BLANK.sub("\n", _CAPTION.sub("\n", _HINT.sub(" ", text)))


def find_signers(text: str, *, labelled: bool) -> Signers:
    """Sort the words of a text without captions, its day masked.

    Args:
        labelled: The text stands behind `签字：`, so its first word is a name even with a rare surname.
    """
    found = Signers()
    clauses = [_tokens(clause) for clause in _CLAUSES.split(text)]
    words = [(clause, at) for clause in clauses for at in range(len(clause))]
    last = max((i for i, (clause, at) in enumerate(words) if not _is_aside(clause[at])), default=-1)
    only_verdicts = all(_is_aside(c[at]) or _OPINION.fullmatch(c[at]) or _name(c[at]) for c, at in words)
    first = True
    for index, (clause, at) in enumerate(words):
        token = clause[at]
        if _is_aside(token):
            continue
        if _BY_PROXY.fullmatch(token):
            found.proxy = True
            continue
        if _OPINION.fullmatch(token):
            found.opinion = True
            continue
        before = clause[at - 1] if at else ""
        name = _name(token) or (_rare_name(token) if labelled and first else "")
        if name and name.endswith("代") and len(name) > 2:
            found.proxy = True
        elif (
            name and (index == last or only_verdicts or (labelled and first)) and not _DIRECTED.search(before)
        ):
            found.opinion = found.opinion or name != token
            found.names.append(name)
        elif name:
            found.mentioned = True
        else:
            found.opinion = True
            found.unclear = found.unclear or labelled or not _is_prose(token)
        first = False
    if MASK in text and not only_verdicts:
        found.unclear = found.unclear or any(_day_in_prose(clause) for clause in _CLAUSES.split(text))
    return found


def _tokens(clause: str) -> list[str]:
    """The words of a clause, single characters that blanks parted joined again."""
    tokens: list[str] = []
    for word in _GAPS.split(clause.replace(MASK, " ")):
        if not word:
            continue
        last = tokens[-1] if tokens else ""
        latin = (
            last
            and _LATIN.fullmatch(last.split()[-1])
            and _LATIN.fullmatch(word)
            and not _OPINION.fullmatch(last)
        )
        if latin:
            tokens[-1] = f"{last} {word}"
        elif _belongs_to_name(clause, last, word):
            tokens[-1] = last + word
        else:
            tokens.append(word)
    return tokens


def _belongs_to_name(clause: str, last: str, word: str) -> bool:
    """Whether a blank parted one name (李 明, 欧阳 修, 欧 阳 明) or one short word (同 意)."""
    if not last:
        return False
    if last in COMPOUND:
        return len(word) <= 2
    if len(word) == 1:
        return len(last) == 1 or (_spelled_out(clause, last) and len(last) < 4)
    spelled = last in SINGLE and len(word) == 2 and word[0] not in COMPOUND
    return spelled and bool(_CHINESE_NAME.fullmatch(last + word))


def _spelled_out(clause: str, joined: str) -> bool:
    """Whether the word was itself put together of single characters (同 意, 欧 阳 明)."""
    return joined not in clause


def _is_aside(token: str) -> bool:
    return bool(_BARE_CAPTION.fullmatch(token)) and not _titled(token) and not _OPINION.fullmatch(token)


def _name(token: str) -> str:
    """The name that the word is, or that stands fast to a verdict; empty where there is none."""
    for word in (token, _VERDICT_HEAD.sub("", token), _VERDICT_TAIL.sub("", token)):
        if has_name_shape(word) or (_DOTTED.fullmatch(word) and not is_word(word)) or _titled(word):
            return word
    parts = token.split()
    if all(_LATIN.fullmatch(part) for part in parts) and len(token) > 2 and parts[0][0].isupper():
        return token
    return ""


def _titled(token: str) -> bool:
    match = _TITLED.fullmatch(token)
    return match is not None and (match["surname"] in SINGLE or match["surname"] in COMPOUND)


def _rare_name(token: str) -> str:
    return token if _CHINESE_NAME.fullmatch(token) and not is_word(token) else ""


def _is_prose(token: str) -> bool:
    """Whether the word is plainly prose and not a name written in an unknown way."""
    return len(token) > 4 or is_word(token)


def _day_in_prose(clause: str) -> bool:
    """Whether a day stands inside a statement (首次交易2026年3月5日属实) rather than beside a name."""
    if MASK not in clause:
        return False
    for word in _GAPS.split(clause):
        for piece in word.split(MASK) if MASK in word else ():
            if piece and not (_name(piece) or _OPINION.fullmatch(piece) or _is_aside(piece)):
                return True
    return False
