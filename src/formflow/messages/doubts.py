"""Why a person looks at a value that was read, as a reviewer is told it."""

from __future__ import annotations

from collections.abc import Mapping

from formflow.messages import Message

REASONS: Mapping[str, Message] = {
    "seal-over": Message("有印章或笔迹压住文字", "a seal or a pen stroke lies over it"),
    "by-hand": Message("所在页为手写", "it stands on a page filled in by hand"),
    "character-missed": Message("可能漏读或重读了一个字", "a character may have been missed or read twice"),
    "bracket-lost": Message("可能漏读了括号", "a bracket may have been missed"),
    "sign-repaired": Message("括号或句号为推定", "a bracket or a full stop in it was inferred"),
    "look-alike": Message("可能是形近字误读", "it may be a look-alike of what was written"),
    "stray-stroke": Message("可能只是笔画或印迹", "it may be a stray stroke and no value"),
    "cut-off": Message("文字可能超出单元格或压住表线", "its text may be cut off or go through a ruling"),
    "ruling-lost": Message("表线不清，可能是两格", "a ruling may be lost, so that it may be two cells"),
    "no-rulings": Message("没有表线，按位置归入", "without rulings it was put together by its place"),
    "two-values": Message("可能含有两项内容", "it may hold two values"),
    "shared-signature": Message(
        "签字或日期可能属于旁边一栏", "the signature or its day may belong to the one beside it"
    ),
    "neighbour-misread": Message(
        "同一记录中别处的版面未读准", "the layout of this record was misread elsewhere"
    ),
    "tick-unclear": Message("勾选不清楚", "the tick is not clear"),
    "box-lost": Message("可能有勾选框没有读出", "a checkbox may have been missed"),
    "label-repaired": Message("所属栏目名称误读后订正", "its label was misread and put right"),
    "label-lost": Message("附近有栏目名称没有读出", "a label near it was not read"),
    "split-row": Message("所在行可能被分页断开", "a page break may have split its row"),
    "split-number": Message("数字可能在下一行接续", "its number may go on in the next line"),
    "hardly-visible": Message(
        "与其他文字重叠，或有一部分看不见", "it overlaps other text or is hidden in part"
    ),
    "unknown-glyphs": Message("含有无法识别的字形", "it holds glyphs whose meaning is not known"),
    "guessed": Message("由在信函中的位置推定", "it was guessed from its place in a letter"),
}
"""A `DoubtReason` of the model → what it says."""
