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
