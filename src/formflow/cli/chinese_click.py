"""What click itself says, in Chinese: its messages as it formats them → ours.

click has no Chinese; it says everything by templates (`No such option {name!r}.`). A message is held against each
template and said again with the same values. A sentence that is not known stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

CLICK: dict[str, str] = {
    "Missing argument '{hint}'.": "缺少参数 {hint}。",
    "Missing argument '{hint}'. Choose from: {choices}": "缺少参数 {hint}，可选：{choices}",
    "Missing option '{hint}'.": "缺少选项 {hint}。",
    "Missing option '{hint}'. Choose from: {choices}": "缺少选项 {hint}，可选：{choices}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Missing command.": "缺少命令。",
    "Invalid value: {message}": "值不正确：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不正确：{message}",
    "{name} {filename!r} does not exist.": "{name} {filename} 不存在。",
    "{name} {filename!r} is a file.": "{name} {filename} 是文件，应为文件夹。",
    "{name} {filename!r} is a directory.": "{name} {filename} 是文件夹，应为文件。",
    "{name} {filename!r} is not readable.": "{name} {filename} 不可读取。",
    "{name} {filename!r} is not writable.": "{name} {filename} 不可写入。",
    "{name} {filename!r} is not executable.": "{name} {filename} 不可执行。",
    "{value!r} is not one of {choices}.": "{value} 不在可选值之内：{choices}。",
    "{value!r} does not match the format {format}.": "{value} 不符合格式 {format}。",
    "{value!r} does not match the formats {formats}.": "{value} 不符合格式 {formats}。",
    "{value!r} is not a valid {number_type}.": "{value} 不是有效的{number_type}。",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 内。",
    "Got unexpected extra argument ({args})": "多余的参数：{args}",
    "Got unexpected extra arguments ({args})": "多余的参数：{args}",
    "No such option {name!r}. {possibilities}": "没有选项 {name}。{possibilities}",
    "No such option {name!r}.": "没有选项 {name}。",
    "No such command {name!r}. {possibilities}": "没有命令 {name}。{possibilities}",
    "No such command {name!r}.": "没有命令 {name}。",
    "Did you mean {possibility}?": "是否指 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "是否指其中之一：{possibilities}？",
    "Option {name!r} does not take a value.": "选项 {name} 不带值。",
    "Option {name!r} requires an argument.": "选项 {name} 须带一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 须带 {nargs} 个值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name} 须有 {nargs} 个值。",
    "Takes {nargs} values but 1 was given.": "须有 {nargs} 个值，只给了 1 个。",
    "Takes {nargs} values but {len} were given.": "须有 {nargs} 个值，给了 {len} 个。",
    "Could not open file {filename!r}: {message}": "无法打开文件 {filename}：{message}",
    "{value!r} is not {choice}.": "{value} 应为 {choice}。",
    "Show this message and exit.": "显示本说明并退出。",
    "Show the version and exit.": "显示版本并退出。",
    "default: {default}": "默认 {default}",
    "env var: {var}": "环境变量 {var}",
    "required": "必填",
    "File": "文件",
    "Directory": "文件夹",
    "Path": "路径",
    "integer": "整数",
    "float": "数",
    "integer range": "整数",
}
"""click's templates → Chinese, the more special before the more general. A value that is itself a message of click is said again in turn."""


def click_says(message: str) -> str:
    """A message of click in Chinese, as far as it is known."""
    for pattern, chinese in _patterns():
        found = pattern.fullmatch(message)
        if found:
            told = {name: click_says(value) for name, value in found.groupdict().items()}
            return chinese.format(**told)
    return message


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_pattern(template), chinese) for template, chinese in CLICK.items())


def _pattern(template: str) -> re.Pattern[str]:
    """A template as a pattern; a value shown by `repr` is taken with its quotes."""
    pieces = re.split(r"\{(\w+)(?:!r)?\}", template)
    made = "".join(
        re.escape(piece) if index % 2 == 0 else f"(?P<{piece}>.+?)" for index, piece in enumerate(pieces)
    )
    return re.compile(made, re.DOTALL)
