"""What is said of formflow.toml and of the environment."""

from __future__ import annotations

from formflow.messages import Message

NO_WORKSPACE = Message(
    zh="{folder} 及其上级文件夹中没有 {file}", en="no {file} in {folder} or any folder above it"
)
LAY_OUT_OR_NAME = Message(
    zh="请用 formflow init DIR 建立工作区，或用 --workspace DIR 指明",
    en="lay one out with `formflow init DIR`, or name one with --workspace DIR",
)
NO_FILE = Message(zh="{folder} 中没有 {file}", en="no {file} in {folder}")
LAY_OUT = Message(zh="请用 formflow init DIR 建立工作区", en="lay one out with `formflow init DIR`")
NOT_TOML = Message(zh="{path} 不是正确的 TOML：{error}", en="{path}: not valid TOML: {error}")
NO_SETTING = Message(zh="{where}：没有设置项 {key}", en="{where}: no setting {key}")
DID_YOU_MEAN = Message(zh="是否指 {name}？", en="did you mean {name}?")
ENVIRONMENT = Message(zh="环境变量", en="environment")
IS_TABLE = Message(
    zh="{where}：{key!r} 是一组设置，请写作 [{key}]", en="{where}: {key!r} is a table; write it as [{key}]"
)
IN_FILE = Message(zh="{where}：{setting}，应为{expected}", en="{where}: {setting}; expected {expected}")
TYPES = {
    "int": Message(zh="整数", en="int"),
    "float": Message(zh="数字", en="float"),
    "str": Message(zh="加引号的文字", en="str"),
}
ONE_OF = Message(zh="{setting}，应为下列之一：{known}", en="{setting}; expected one of {known}")
NOTHING_SET = Message(zh="不设", en="nothing")
TOO_FEW_WORKERS = Message(
    zh="workers = {count}，应为 0（每个处理器一个）或更大",
    en="workers = {count}; expected 0 (one for each processor) or more",
)
NOT_POSITIVE = Message(zh="{setting}，应大于 0", en="{setting}; expected more than 0")
TIMEZONE = Message(
    zh="timezone = {name!r}，应为 'Asia/Shanghai' 这样的名称",
    en="timezone = {name!r}; expected a name such as 'Asia/Shanghai'",
)
