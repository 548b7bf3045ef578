"""What the command line says."""

from __future__ import annotations

from formflow.messages import Message

IN_TEMPLATES = Message(zh="templates/{said}", en="templates/{said}")
NO_TEMPLATE = Message(
    zh="templates/{name}：没有这个模板，表单“{title}”用到它；请补上或从定义中删除",
    en="templates/{name}: no such template; form {title} names it; add it or remove the name",
)
AMBIGUOUS_BOOKS = Message(
    zh="登记簿 {first} 与 {other}：两册的档号会重复；请在其中一种表单的 register 中另设 class 或 retention",
    en="registers {first} and {other}: their entries would share archive numbers (档号); give one of them another class or retention in its form's register",
)
WHAT_TO_REREAD = Message(
    zh="请给出 SUBMISSION 或 --all-waiting，二者只取其一",
    en="give SUBMISSIONs or --all-waiting, and not both",
)
NO_SUBMISSION = Message(zh="没有收件 {id}", en="no submission {id}")
READ_ANEW = Message(
    zh="{file}：已重新读取（{before} → {after}），变动 {changes} 处",
    en="{file}: read anew ({before} → {after}), {changes} texts changed",
)
READING_IS_CURRENT = Message(
    zh="{file}：{reader} 是现行读取程序，无须重新读取",
    en="{file}: {reader} is the reader of now; nothing to read anew",
)
KEPT_READING = Message(zh="{file}：保留原读取结果：{why}", en="{file}: the older reading stays: {why}")
