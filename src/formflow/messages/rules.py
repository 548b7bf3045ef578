"""What is said of rules, of the examples beside them, and of the calendar of working days."""

from __future__ import annotations

from formflow.messages import Message

# Where a problem stands.
RULE = Message(zh="规则 {rule}，{said}", en="rule {rule}, {said}")
EXAMPLE = Message(zh="规则 {rule} 的示例：{said}", en="rule {rule}, example: {said}")
DOCUMENT = Message(zh="文书 {template}，{said}", en="documents, {template}, {said}")
AT = Message(zh="{place}：{said}", en="{place}: {said}")
# Names in expressions.
NO_VARIABLE = Message(zh="没有变量 {name}，应为下列之一：{known}", en="no variable {name}; expected {known}")
NO_FUNCTION = Message(zh="没有函数 {name}", en="no function {name}")
LOOP_VARIABLE_TAKEN = Message(
    zh="循环变量名 {name} 已有他用", en="a loop names its variable {name}, which is taken"
)
USE_ANOTHER_NAME = Message(zh="请换一个名称，如 r", en="use another name, such as r")
COMPUTED_NAME = Message(
    zh="{name}[…] 中的字段名是算出来的，应写作 {name}.字段",
    en="{name}[…] with a computed name; expected {name}.field",
)
NAME_THE_FIELD = Message(zh="请直接写字段名", en="name the field")
NO_FIELD = Message(zh="{name} 不是 {form} 的字段", en="{name} is no field of {form}")
NO_PARAMETER = Message(
    zh="{name} 不是参数，{form} 的参数有：{known}", en="{name} is no parameter; {form} has {known}"
)
NONE = Message(zh="无", en="none")
# Messages of rules.
BRACES = Message(
    zh="说明文字 {text!r} 的花括号不配对（{error}）", en="message {text!r}: {error}; expected {{name}}"
)
DOUBLE_BRACES = Message(zh="普通花括号请写作 {{{{ 和 }}}}", en="write {{{{ and }}}} for plain braces")
NO_PLACEHOLDER = Message(
    zh="说明文字中的 {{{name}}} 既不是字段，也不在 shows 中", en="message: no field or `shows` {{{name}}}"
)
SHOWN_NOWHERE = Message(
    zh="shows.{name} 没有用在任何说明文字中，应有 {{{name}}}",
    en="shows.{name} stands in no message; expected {{{name}}} in one",
)
REMOVE_IT = Message(zh="请删除", en="remove it")
# What expressions give.
NOT_EVALUATED = Message(
    zh="用填满的样例无法计算：{said}", en="cannot be evaluated with a full sample: {said}"
)
GIVES = Message(zh="结果是 {value}，应为 true 或 false", en="gives {value}; expected true or false")
EXPRESSION_GIVES = Message(
    zh="{source} 的结果是 {value}，应为 true 或 false", en="{source} gives {value}; expected true or false"
)
IN_EXPRESSION = Message(zh="{source}：{said}", en="{source}: {said}")
NO_EXPRESSION = Message(zh="{source} 不是正确的表达式：{error}", en="{source} is no expression: {error}")
NO_VALUE = Message(zh="没有值 {name}", en="no value {name}")
TOO_LONG = Message(
    zh="表达式有 {count} 个字符，最多 {most} 个",
    en="an expression of {count} characters; expected at most {most}",
)
LOOP_IN_LOOP = Message(
    zh="循环（all、exists、map、filter）中套有循环，不能嵌套",
    en="a loop (all, exists, map, filter) inside a loop; expected none inside another",
)
GROWS_TOO_MUCH = Message(
    zh="表达式中的 map 会使列表增大到 {growth} 倍，最多 {most} 倍",
    en="the maps in it can make {growth} times as much of a list; expected at most {most} times",
)
SPLIT_IT = Message(zh="请拆成多条规则", en="split it into several rules")
TEXT_TOO_LONG = Message(
    zh="{name} 有 {count} 个字符，规则最多处理 {most} 个",
    en="{name} has {count} characters; a rule takes {most}",
)
TOO_MANY_ITEMS = Message(
    zh="{name} 有 {count} 项，规则最多处理 {most} 项", en="{name} has {count} items; a rule takes {most}"
)
NO_DAY = Message(zh="{value} 不是日期", en="{value} is no day")
WORKING_DAYS = Message(zh="{days} 个工作日，应为 0 至 366", en="{days} working days; expected 0 to 366")
# Examples.
UNKNOWN_EXPECTATION = Message(
    zh="expect 为 {found}，应为下列之一：{known}", en="expect: {found}; expected one of {known}"
)
NOTHING_WRITTEN = Message(zh="空", en="nothing")
NOT_WELL_WRITTEN = Message(zh="写法不对：{error}", en="not written as it should be: {error}")
SEE_REFERENCE = Message(zh="请查阅规则示例的说明", en="see the reference of rule examples")
OTHER_ANSWER = Message(zh="应为 {expected}，实为 {found}{said}", en="expected {expected}, got {found}{said}")
BRACKETED = Message(zh="（{said}）", en=" ({said})")
MEND_RULE = Message(zh="请更正规则或示例", en="mend the rule or the example")
NOT_KNOWN = Message(zh="没有 {name}", en="{name} is not known")
# Findings.
NOT_CONFIRMED = Message(zh="待确认：{said}", en="cannot be confirmed: {said}")
NOT_JUDGED = Message(
    zh="按{rule}无法自动判断，请人工核对{error}。",
    en="{rule} could not be evaluated, a person must look{error}",
)
# The calendar.
CALENDAR_UNREADABLE = Message(zh="{path} 无法读取（{reason}）", en="{path} cannot be read ({reason})")
NO_CALENDAR = Message(
    zh="不是键值表，应每行一项，如 2026-05-09: working",
    en="no mapping; expected `2026-05-09: working` a line",
)
COVERS = Message(
    zh="covers 不是年份列表，应如 covers: [2027]", en="covers is no list of years; expected covers: [2027]"
)
CALENDAR_LINE = Message(
    zh="{key}: {value}，应如 2026-05-09: working 或 …: holiday",
    en="{key}: {value}; expected `2026-05-09: working` or `…: holiday`",
)
NO_WORKING_DAY = Message(
    zh="{day} 之后 {longest_search} 天内没有工作日",
    en="no working day within {longest_search} days after {day}",
)
CHECK_OWN_CALENDAR = Message(zh="请检查本单位调休文件", en="look at the office's own calendar")
TOO_LATE = Message(zh="{day} 太晚，没有日历", en="no calendar for so late a day as {day}")
NOT_COVERED = Message(
    zh="工作日历没有 {year} 年，无法确定 {day} 是否为工作日",
    en="the working-day calendar does not cover {year}, so that nobody knows whether {day} is worked",
)
UPDATE_CALENDAR = Message(
    zh="请更新节假日数据，或在本单位调休文件中写明 {year} 年",
    en="update the package chinesecalendar, or write {year} into the office's own calendar",
)
HISTORY_UNREAD = Message(
    zh="历史交易记录中该客户有 {count} 行日期无法辨认（{places}）",
    en="{count} row(s) about this customer in the list of transactions have no readable day ({places})",
)
IMPORT_AGAIN = Message(
    zh="请更正该行后重新导入，或人工核查", en="correct the rows and import the list again, or look"
)
