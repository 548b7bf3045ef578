"""What is said of form definitions that are wrong, and of the names of forms."""

from __future__ import annotations

from formflow.messages import Message

# Where a problem stands.
AT = Message(zh="{place}：{said}", en="{place}: {said}")
NAMED = Message(zh="{name} {said}", en="{name} {said}")
WHOLE_DEFINITION = Message(zh="整个定义", en="the definition")
DID_YOU_MEAN = Message(zh="是否指 {name}？", en="did you mean {name}?")
# The file.
FOLDER_MISSING = Message(
    zh="{folder} 不是文件夹，表单定义应在其中",
    en="{folder} is no folder; the form definitions were expected there",
)
LAY_OUT_OR_SET_SCHEMAS = Message(
    zh="请用 formflow init DIR 建立工作区，或在 formflow.toml 中设置 schemas",
    en="lay a workspace out with `formflow init DIR`, or set `schemas` in formflow.toml",
)
UNREADABLE = Message(zh="{path} 无法读取（{reason}）", en="{path} cannot be read ({reason})")
TOO_LARGE = Message(
    zh="文件有 {size} 字节，定义最多 {most} 字节", en="{size} bytes; a definition has at most {most}"
)
NOT_UTF8 = Message(zh="不是 UTF-8 文本，定义应为 UTF-8", en="not UTF-8; a definition is UTF-8 text")
SAVE_AS_UTF8 = Message(zh="请另存为 UTF-8", en="save it as UTF-8")
NOT_YAML = Message(zh="不是正确的 YAML：{reason}", en="not YAML: {reason}")
EMPTY_FILE = Message(
    zh="文件是空的，定义以“form: 代号”开头", en="the file is empty; a definition begins with `form: ID`"
)
NO_DEFINITION = Message(
    zh="不是键值表，定义以“form: 代号”开头", en="no mapping; a definition begins with `form: ID`"
)
SECOND_DOCUMENT = Message(
    zh="第二份定义从这里开始，一个文件只放一份", en="a second document begins; one file holds one definition"
)
OTHER_YAML = Message(
    zh="YAML 版本不是 1.2，定义须用 YAML 1.2", en="a YAML version other than 1.2; definitions are YAML 1.2"
)
ALIAS = Message(zh="引用 *{name}，定义中不能用", en="alias *{name}; definitions have none")
WRITE_OUT = Message(zh="请直接写出内容", en="write it out")
ANCHOR = Message(zh="锚点 &{name}，定义中不能用", en="anchor &{name}; definitions have none")
TAG = Message(zh="标记 {name}，定义中不能用", en="tag {name}; definitions have none")
LEAVE_OUT = Message(zh="请删除", en="leave it out")
TOO_DEEP = Message(zh="嵌套超过 {most} 层", en="nested deeper than {most} levels")
KEY_TWICE = Message(zh="键 {key} 出现两次，只能有一个", en="key {key} stands twice; a key stands once")
REMOVE_ONE = Message(zh="请删除其中一个", en="remove one of them")
KEY_NO_WORD = Message(
    zh="键是列表或键值表，键应是一个词", en="a key that is a list or mapping; keys are single words"
)
KEY_NO_TEXT = Message(zh="键 {key} 不是文字", en="key {key} is no text")
PUT_IN_QUOTES = Message(zh="请加引号：'{text}'", en="put it in quotes: '{text}'")
READ_DIFFERENTLY = Message(
    zh="{text} 在不同程序中读法不同，数字请写成 12、3.5 这样",
    en="{text} is read differently by different programs; a number is written plainly (12, 3.5)",
)
QUOTE_A_TEXT = Message(zh="如是文字，请加引号：'{text}'", en="put it in quotes if it is a text: '{text}'")
# Keys and values.
MISSING = Message(zh="缺失，应为{expected}", en="is missing; expected {expected}")
EMPTY = Message(zh="是空的，应为{expected}", en="is empty; expected {expected}")
WRONG = Message(zh="的值为 {found}，应为{expected}", en="is {found}; expected {expected}")
NO_MAPPING = Message(zh="不是键值表，应为{expected}", en="is no mapping; expected {expected}")
TOO_FEW = Message(zh="有 {count} 项，至少应有 {least} 项", en="has {count} items; expected at least {least}")
NO_ID = Message(
    zh="不是代号，应为小写字母、数字和 _（如 customer_name）",
    en="is no id; expected small letters, digits and _ (customer_name)",
)
UNKNOWN_KEY = Message(zh="不是此处可用的键", en="is no key that is known here")
NOTHING_THERE = Message(zh="空", en="empty")
YES_NO = Message(zh="{value}（是非值）", en="{value}, a yes/no value")
A_MAPPING = Message(zh="键值表", en="a mapping")
A_LIST = Message(zh="列表", en="a list")
A_TEXT = Message(zh="文字", en="a text")
ONE_OF = Message(zh="下列之一：{known}", en="one of {known}")
TRUE_OR_FALSE = Message(zh=" true 或 false", en="true or false")
A_SCALAR = Message(zh="文字、数字、true、false 或 null", en="a text, a number, true, false or null")
A_VALUE = Message(zh="值", en="a value")
THE_LABEL = Message(zh="表上所印的标签", en="the label that stands on the form")
SERIES = Message(zh="大写字母和数字（如 XKH）", en="capital letters and digits (XKH)")
NUMBER_PATTERN = Message(
    zh="编号格式（如 {{series}}-{{year}}-{{serial:04}}）", en="a pattern ({{series}}-{{year}}-{{serial:04}})"
)
CATEGORY = Message(zh="大写字母和数字写成的门类（如 WS）", en="the 门类 in capital letters and digits (WS)")
AN_EXPRESSION = Message(zh="表达式", en="an expression")
CHINESE_MESSAGE = Message(zh="中文说明", en="the message in Chinese")
ENGLISH_MESSAGE = Message(zh="英文说明", en="the message in English")
RULE_ID = Message(
    zh="小写字母、数字和 -（如 nc-within-one-month）", en="small letters, digits and - (nc-within-one-month)"
)
THE_ARTICLE = Message(zh="规则的出处及原文", en="where the rule is written, with its words")
ELSE_CASE = Message(zh=" {{outcome: …, message: …}}", en="{{outcome: …, message: …}}")
DOCX_NAME = Message(zh=".docx 文件名", en="the name of a .docx file")
FORM_ID = Message(zh="与文件名相同的代号", en="the id that the file is named by")
THE_TITLE = Message(zh="表上所印的标题", en="the title that stands on the form")
REGISTER = Message(zh=" {{series: …, number: …}}", en="{{series: …, number: …}}")
FRACTION = Message(zh="0 到 1 之间的数", en="a number from 0 to 1")
# What a definition says.
CLAIMED_TWICE = Message(
    zh="{claim}已属于表单 {other}，只能属于一种表单",
    en="{claim} is that of form {other} too; it belongs to one form",
)
SERIES_CLAIM = Message(zh="册号 {series} ", en="series {series}")
TITLE_CLAIM = Message(zh="标题“{title}”", en="title {title}")
CHANGE_ONE = Message(zh="请更改其中一个", en="change one of them")
FILE_NAME = Message(
    zh="表单 {form} 的文件名是 {file}，定义应以表单代号命名",
    en="form {form} in a file named {file}; a definition is named by its form",
)
NAME_IT = Message(zh="请改名为 {form}.yaml", en="name it {form}.yaml")
NO_FIELDS = Message(zh="没有字段，至少应有一个", en="no fields; a form has at least one")
LABEL_TWICE = Message(
    zh="标签“{label}”已属于 {other}，一个标签只属于一个字段，或属于一段期间的起止两日",
    en="label {label} is that of {other} too; a label belongs to one field, or to the two days of a period",
)
REMOVE_FROM_ONE = Message(zh="请从其中一处删除", en="remove it from one")
UNIT_WITHOUT_MONEY = Message(
    zh="{field} 有单位，但类型是 {type}", en="{field} has a unit but is of type {type}"
)
MAKE_MONEY = Message(zh="请改为 money 或删除单位", en="make it money or remove the unit")
TOO_FEW_OPTIONS = Message(
    zh="{field} 是 {type}，有 {count} 个选项，至少应有 2 个",
    en="{field} is a {type} with {count} options; expected at least 2",
)
ADD_OPTIONS = Message(zh="请补上 options", en="add `options`")
NO_CHOICE = Message(zh="{field} 有选项，但类型是 {type}", en="{field} has options but is of type {type}")
MAKE_CHOICE = Message(zh="请改为 choice 或删除选项", en="make it a choice or remove the options")
OPTION_WITHOUT_TEXT = Message(
    zh="选项 {option} 没有文字，应为表上所印的文字",
    en="option {option} has no text; expected what stands on the form",
)
OPTION_TWICE = Message(zh="文字“{text}”已属于选项 {other}", en="text {text} is that of option {other} too")
TABLE_IN_TABLE = Message(
    zh="表中有表，列只能是单个值", en="a table inside a table; columns are single values"
)
NO_ROWS = Message(
    zh="{field} 有 fields，但类型是 {type}，只有 rows 有列",
    en="{field} has fields but is of type {type}; only rows has columns",
)
MAKE_ROWS = Message(zh="请改为 rows", en="make it rows")
NO_SUCH_FIELD = Message(
    zh="{key} 中的 {name} 不是 {form} 的字段", en="{key} names {name}, which is no field of {form}"
)
LOG_WITHOUT_IDENTITY = Message(
    zh="登记表没有 identity，应写明凭哪些字段识别一行",
    en="a log without `identity`; expected the fields a row is recognised by",
)
ADD_IDENTITY = Message(zh="请补上 identity", en="add `identity`")
HEAD_WITHOUT_LOG = Message(zh="head 只用于登记表", en="`head` belongs to a log")
ADD_LOG = Message(zh="请在 layout 中加上 log，或删除 head", en="add log to `layout` or remove it")
LOG_WITH_ROWS = Message(
    zh="登记表有 rows 类型的字段，而登记表的一行没有自己的表",
    en="a log with a field of type rows; a row of a log has no table of its own",
)
PATTERN_PART = Message(
    zh="编号格式中的 {{{name}}}，应为 {{series}}、{{year}}、{{serial}} 或 {{serial:04}}",
    en="{{{name}}} in the pattern; expected {{series}}, {{year}}, {{serial}} or {{serial:04}}",
)
PATTERN_NOT_UNIQUE = Message(
    zh="{pattern} 会使两件同号，其中应有 {{year}} 和 {{serial}}",
    en="{pattern} gives two records one number; expected {{year}} and {{serial}} in it",
)
RULE_TWICE = Message(zh="规则 {rule} 出现第二次，代号不能重复", en="a second rule {rule}; ids are unique")
RENAME_ONE = Message(zh="请改名", en="rename one")
NO_EXAMPLES = Message(
    zh="规则 {rule} 没有示例，符合与不符合的应各有一个",
    en="rule {rule} has no examples; expected one where it holds and one where not",
)
LAST_CASE_WHEN = Message(
    zh="最后一种情形有 when，它应适用于其余所有情况",
    en="the last case has a `when`; expected one for all the rest",
)
REMOVE_WHEN = Message(zh="请删除它的 when", en="remove its `when`")
CASE_WITHOUT_WHEN = Message(
    zh="没有 when，只有最后一种情形可以没有", en="no `when`; only the last case stands without one"
)
ADD_WHEN = Message(zh="请补上 when", en="add `when`")
TWO_ENGINES = Message(
    zh="{name} 在此处由 {engine} 填写，前面由 {known} 填写",
    en="{name} is filled by {engine} here and by {known} above",
)
NAME_ONE_ENGINE = Message(zh="请只写一种 engine", en="name one engine for it")
NO_SUCH_EVENT = Message(zh="事件 {event}，应为下列之一：{known}", en="event {event}; expected one of {known}")
# Names of forms.
NO_SUCH_FORM = Message(zh="没有表单“{name}”", en="no form {name!r}")
SEVERAL_FORMS = Message(zh="“{name}”可以指几种表单：{forms}", en="{name!r} may be several forms: {forms}")
GIVE_ID = Message(zh="请写代号", en="give the id")
KNOWN_FORMS = Message(zh="现有：{forms}", en="known: {forms}")
DID_YOU_MEAN_FORM = Message(zh="是否指 {title}（{id}）？", en="did you mean {id!r} ({title})?")
