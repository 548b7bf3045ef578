"""What recognition says of layouts."""

from __future__ import annotations

from formflow.messages import Message

BRACKETED = Message(zh="（{text}）", en=" ({text})")
NO_TABLE = Message(
    zh="文件中没有一页带表格线，无法登记为版式",
    en="no page of the file has a table by which it could be known again",
)
NEEDS_NO_LAYOUT = Message(
    zh="没有表格线的表单凭标签读取，不需要版式",
    en="a form without ruling is read by its labels and needs no layout",
)
NOT_LAYOUT = Message(zh="{path} 不是版式文件{why}", en="{path}: not a layout{why}")
BAD_LAYOUT_NAME = Message(
    zh="版式名称 {name!r} 只能用文字、数字、-、_ 和 .",
    en="layout {name!r}: letters, digits, '-', '_' and '.' only",
)
REGISTER_AGAIN = Message(
    zh="请删除后重新登记空白表：formflow layout add FORM FILE",
    en="remove it and register the empty form again: formflow layout add FORM FILE",
)
