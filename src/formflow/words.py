"""The words of both languages for what formflow keeps as short English codes: states, outcomes, decisions, roles, places.

Codes travel in JSON and in the database; whoever shows one to a person takes its word from here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from formflow.messages import Bilingual

STATUSES: Mapping[str, Bilingual] = {
    "received": Bilingual("待再处理", "received"),
    "done": Bilingual("完成", "done"),
    "review": Bilingual("待人工确认", "waits for a person"),
    "returned": Bilingual("退回补正", "returned"),
    "duplicate": Bilingual("重复件", "duplicate"),
    "failed": Bilingual("失败", "failed"),
    "incomplete": Bilingual("未接收，留在收件目录", "not taken, stays in the inbox"),
    "stays": Bilingual("此前已接收，留在收件目录", "taken before, stays in the inbox"),
}
"""How far a submission has got."""

RECORD_STATES: Mapping[str, Bilingual] = {
    "pending": Bilingual("处理中", "pending"),
    "registered": Bilingual("已登记", "registered"),
    "review": Bilingual("待人工确认", "waits for a person"),
    "returned": Bilingual("退回补正", "returned"),
    "known": Bilingual("早已登记", "entered before"),
    "discarded": Bilingual("已放弃", "discarded"),
}
"""Where a record stands."""

OUTCOMES: Mapping[str, Bilingual] = {
    "accept": Bilingual("符合规定", "accept"),
    "return": Bilingual("退回补正", "return"),
    "refer": Bilingual("待人工确认", "refer"),
    "reject": Bilingual("不符合规定", "reject"),
}
"""What the rules make of a record."""

DECISIONS: Mapping[str, Bilingual] = {
    "approve": Bilingual("同意", "approve"),
    "return": Bilingual("退回补正", "return"),
    "reject": Bilingual("不同意", "reject"),
}
"""What a person decides at a step of an approval."""

EVENTS: Mapping[str, Bilingual] = {
    "registered": Bilingual("已登记", "registered"),
    "approved": Bilingual("已批准", "approved"),
    "rejected": Bilingual("不予批准", "rejected"),
    "returned": Bilingual("退回补正", "returned"),
    "paper": Bilingual("纸件交回", "paper came back"),
}
"""What an archive copy was made for."""

ACTIONS: Mapping[str, Bilingual] = {
    "set": Bilingual("更正", "set"),
    "accept": Bilingual("确认", "accept"),
    "return": Bilingual("退回", "return"),
    "discard": Bilingual("放弃", "discard"),
}
"""What a person did to a record that waited."""

ROLES: Mapping[str, Bilingual] = {
    "salesperson": Bilingual("营销员", "salesperson"),
    "clerk": Bilingual("文件管理员", "document clerk"),
    "sales_manager": Bilingual("销售部经理", "sales manager"),
    "market_branch": Bilingual("市场分部", "market branch"),
    "leader": Bilingual("主管领导", "leader in charge"),
    "office": Bilingual("内勤分部", "office branch"),
    "hse": Bilingual("HSE部", "HSE department"),
    "head": Bilingual("部门负责人", "head of department"),
    "auditor": Bilingual("审计员", "auditor"),
    "security": Bilingual("安全保密员", "security officer"),
    "admin": Bilingual("系统管理员", "administrator"),
}
"""Who takes part in the work."""

LAYOUTS: Mapping[str, Bilingual] = {
    "record": Bilingual("单份表单", "record"),
    "log": Bilingual("登记表", "log"),
}
"""How a form is laid out: one record, or a row a record."""

_PARTS = {
    "body": "正文",
    "header": "页眉",
    "footer": "页脚",
    "text box": "文本框",
    "page": "页面",
    "review": "人工更正",
    "sheet": "工作表",
}
_NUMBERED = re.compile(r"(page|header|footer|text box|sheet) (\d+)")
_CELL_OF_TABLE = re.compile(r"table (\d+)(?: R(\d+)C(\d+))?")
_ITEM = re.compile(r"(paragraph|line|control) ?:?(.+)")
_ITEMS = {"paragraph": "第{}段", "line": "第{}行", "control": "控件 {}"}
_SHEET_CELL = re.compile(r"(text box )?([A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?)")


def word(words: Mapping[str, Bilingual], code: str) -> Bilingual:
    """The word for a code; a code that has none stands for itself."""
    return words.get(code) or Bilingual(code, code)


def place(part: str, ref: str = "") -> Bilingual:
    """Where a value was read, as a clerk would say it.

    Args:
        part, ref: As in `formflow.model.Source` (`body`, `table 1 R3C2`); a part may be led by the name of a file.
    Returns:
        `正文 表1第3行第2列` and `body, table 1, row 3, column 2`.
    """
    folder, _, inner = part.rpartition("/")
    if not (inner in _PARTS or _NUMBERED.fullmatch(inner)):
        folder, inner = "", part
    chinese, english = _part(inner), inner
    if folder:
        chinese, english = f"{folder} {chinese}", f"{folder}, {english}"
    said = _ref(ref)
    if not said.english:
        return Bilingual(chinese, english)
    return Bilingual(f"{chinese} {said.chinese}".strip(), f"{english}, {said.english}".strip(", "))


def _part(part: str) -> str:
    match = _NUMBERED.fullmatch(part)
    if match is None:
        return _PARTS.get(part, part)
    kind, number = match.groups()
    return f"第{number}页" if kind == "page" else f"{_PARTS[kind]}{number}"


def _ref(ref: str) -> Bilingual:
    tables = _CELL_OF_TABLE.findall(ref)
    if tables:
        chinese = "".join(f"表{n}" + (f"第{row}行第{column}列" if row else "") for n, row, column in tables)
        english = ", ".join(
            f"table {n}" + (f", row {row}, column {column}" if row else "") for n, row, column in tables
        )
        return Bilingual(chinese, english)
    if match := _ITEM.fullmatch(ref):
        kind, told = match.groups()
        return Bilingual(_ITEMS[kind].format(told), f"{kind} {told}")
    if match := _SHEET_CELL.fullmatch(ref):
        box, cell = match.groups()
        return Bilingual(
            f"{'文本框 ' if box else ''}单元格{cell}", f"{'text box at ' if box else 'cell '}{cell}"
        )
    return Bilingual("" if ref in _PARTS else ref, "" if ref in _PARTS else ref)


_TOKENS = (
    (re.compile(r"\btable (\d+)\b"), r"表\1"),
    (re.compile(r"\bpage (\d+)\b"), r"第\1页"),
    (re.compile(r"\brow (\d+)\b"), r"第\1行"),
    (re.compile(r"\bcard (\d+)\b"), r"第\1份"),
    (re.compile(r"\b(?:body|lines)\b"), "正文"),
    (re.compile(r"\bletter\b"), "函件"),
)


def position(text: str) -> Bilingual:
    """Where a record lies in its file, in words: `body body table 1 row 3` → `正文 表1 第3行`."""
    chinese = text
    for pattern, said in _TOKENS:
        chinese = pattern.sub(said, chinese)
    return Bilingual(" ".join(dict.fromkeys(chinese.split())), text)
