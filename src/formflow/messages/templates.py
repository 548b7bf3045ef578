"""What is said of document templates that are wrong or cannot be filled."""

from __future__ import annotations

from formflow.messages import Message

# Where a problem stands.
AT = Message(zh="{template}：{place}：{said}", en="{template}: {place}: {said}")
PLACE = Message(zh="{where}：{said}", en="{where}: {said}")
DID_YOU_MEAN = Message(zh="是否指 {name}？", en="did you mean {name}?")
THERE_ARE = Message(zh="可用：{known}", en="there are {known}")
# The file.
UNREADABLE = Message(zh="模板 {path} 无法读取：{reason}", en="template {path} cannot be read: {reason}")
CHECK_NAME = Message(zh="请核对表单定义中的文件名", en="check the file's name in the schema")
NO_DOCUMENT = Message(
    zh="{name}：不是 Word 文档（.docx）：{why}", en="{name}: not a Word document (.docx): {why}"
)
NO_MAIN_PART = Message(zh="没有正文", en="no main part")
SAVE_AS_DOCX = Message(zh="请用 Word 另存为 .docx", en="save it from Word as .docx")
NOT_ANNOTATED = Message(
    zh="不是可以批注的 Word 文档：{error}", en="not a Word document that can be annotated: {error}"
)
SAVE_DOCX = Message(zh="请另存为 .docx", en="save it as .docx")
# Tags.
TWO_TAGS = Message(
    zh="同一段中有两个代表整段或整行的标记：{first} 和 {second}",
    en="two tags that stand for their paragraph or row: {first} and {second}",
)
GIVE_EACH_ITS_OWN = Message(zh="请各占一段或一行", en="give each its own")
WIDE_BRACES = Message(zh="全角花括号 {braces}", en="full-width braces {braces}")
USE_HALF_WIDTH = Message(
    zh="请切换到半角输入，写作 {{{{ }}}} 或 {{% %}}",
    en="switch to half-width input and write {{{{ }}}} or {{% %}}",
)
NOT_CLOSED = Message(zh="标记 {tag} 没有结束", en="tag {tag} is not closed")
CLOSE_IN_PARAGRAPH = Message(zh="请在同一段中结束", en="close it in its paragraph")
NOT_OPENED = Message(zh="{tag} 前面没有开始的标记", en="{tag} closes no tag")
OPEN_OR_ESCAPE = Message(zh="请补上开始的标记，或写作 }}_}} 或 %_}}", en="open it, or write }}_}} or %_}}")
FORBIDDEN_CHARACTERS = Message(
    zh="含有文字中不能出现的字符 U+FDD0–U+FDD9", en="characters U+FDD0–U+FDD9, which no text may hold"
)
DELETE_THEM = Message(zh="请删除", en="delete them")
IN_NO_TABLE = Message(zh="{tag} 不在表格中", en="{tag} stands in no table")
PUT_INTO_CELL = Message(zh="请放入表格的单元格", en="put it into a table cell")
PUT_INTO_ROW = Message(zh="请放入表格的一行", en="put it into a table row")
NOT_ALLOWED = Message(zh="不能使用 {what}", en="{what} is not allowed")
PRINT_BRACES = Message(zh="花括号请写作 {{_{{ 和 }}_}}", en="print braces as {{_{{ and }}_}}")
TAGS_IN_SAME = {
    "tr": Message(zh="同一行中有两个 {tag}", en="two tags {tag} stand in the same row"),
    "tc": Message(zh="同一单元格中有两个 {tag}", en="two tags {tag} stand in the same cell"),
    "p": Message(zh="同一段中有两个 {tag}", en="two tags {tag} stand in the same paragraph"),
}
NO_ROW_VALUE = Message(zh="{tag}：行或单元格不能作为值", en="{tag}: a row or cell cannot be a value")
USE_ROW_LOOP = Message(zh="请用 {{%tr for … %}}，其中写普通标记", en="use {{%tr for … %}} with plain tags")
# What a tag that stands for its paragraph or row takes with it.
TEXT_LOST = Message(zh="“{text}”与 {tag} 在一起，会丢失", en="“{text}” stands beside {tag} and is lost")
PICTURE_LOST = Message(zh="图片与 {tag} 在一起，会丢失", en="a picture stands beside {tag} and is lost")
FOOTNOTE_LOST = Message(zh="脚注与 {tag} 在一起，会丢失", en="a footnote stands beside {tag} and is lost")
FIELD_LOST = Message(zh="域与 {tag} 在一起，会丢失", en="a field stands beside {tag} and is lost")
FIELD_TORN = Message(
    zh="域的一端与 {tag} 在一起，另一端会落单",
    en="a field begins or ends beside {tag}, and its other end would be left alone",
)
COMMENT_LOST = Message(zh="批注与 {tag} 在一起，会丢失", en="a comment stands beside {tag} and is lost")
TAG_IN_LINK = Message(zh="链接地址中有标记：{target}", en="a tag stands in the target of a link, {target}")
WRITE_LINK_AS_FIELD = Message(
    zh='请用域（Ctrl+F9）做链接：HYPERLINK "…{{{{ name }}}}"，或把地址写在正文中',
    en='make the link with a field (Ctrl+F9): HYPERLINK "…{{{{ name }}}}", or write the address out where it is read',
)
TAG_NOT_FILLED = Message(zh="标记所在的部分不会被填写", en="a tag stands in a part that is not filled")
MOVE_INTO_TEXT = Message(zh="请移到正文中", en="move it into the document's text")
# What may stand in a tag.
A_CALL = Message(zh="调用 ( … )", en="a call ( … )")
A_DICTIONARY = Message(zh="字典 {{ … }}", en="a {{ … }} dictionary")
USE_FILTER = Message(
    zh="请改用过滤器，如 {{{{ amount|capital }}}} 或 {{% for k, v in group|items %}}",
    en="use a filter instead, as in {{{{ amount|capital }}}} or {{% for k, v in group|items %}}",
)
WRITE_EXPRESSION = Message(zh="请在用到处直接写表达式", en="write the expression where it is needed")
WRITE_PARAGRAPHS = Message(zh="请直接写出这些段落", en="write the paragraphs out")
COPY_PARAGRAPHS = Message(zh="请把这些段落复制到本模板", en="copy the paragraphs into this template")
USE_BUILT_IN = Message(zh="请用自带的过滤器", en="use the filters that are built in")
FILTER_EACH = Message(zh="请把过滤器写在每个值后面", en="put the filter behind each value")
WRITE_IF = Message(zh="请写 {{% if %}} … {{% elif %}}", en="write {{% if %}} … {{% elif %}}")
USE_PLAIN = Message(
    zh="请只用名称、过滤器、比较、if 和 for", en="use names, filters, comparisons, if and for"
)
SET_DOCXTPL = Message(zh="请为本模板设置 engine: docxtpl", en="set engine: docxtpl for this template")
OR_DOCXTPL = Message(
    zh="{remedy}，或为本模板设置 engine: docxtpl", en="{remedy}, or set engine: docxtpl for this template"
)
RECURSIVE_LOOP = Message(zh="不能使用递归循环", en="a recursive loop is not allowed")
LOOP_INSIDE = Message(zh="请在循环中再写循环", en="write a loop inside the loop")
USE_FIELD_NAMES = Message(zh="请用表单的字段名", en="use the names of the form's fields")
UNDERSCORE = Message(zh="名称 {name} 以下划线开头", en="name {name} begins with an underscore")
TOO_MANY_PASSES = Message(
    zh="循环嵌套共 {passes} 次，最多 {most} 次",
    en="loops inside one another make {passes} passes; expected at most {most}",
)
LOOP_OVER_VALUES = Message(zh="请对表单自己的值循环", en="loop over the form's own values")
NO_LOOP = Message(
    zh="{{% vm %}}、{{% hm %}} 或 loop 不在循环中", en="{{% vm %}}, {{% hm %}} or loop stands in no loop"
)
PUT_INTO_LOOP = Message(
    zh="请放在 {{%… for %}} 与 {{%… endfor %}} 之间", en="put it between {{%… for %}} and {{%… endfor %}}"
)
NO_FILTER = Message(zh="没有过滤器 {name!r}", en="no filter {name!r}")
NO_TEST = Message(zh="没有检验 {name!r}", en="no test {name!r}")
# What Jinja or Python says, which is in English.
WRONG_TAG = Message(zh="标签写法有误：{why}", en="{why}")
FAILED = Message(zh="填写时出错：{why}", en="{why}")
NEVER_CLOSED = Message(
    zh="{{% if %}} 或 {{% for %}} 没有结束", en="{{% if %}} or {{% for %}} is never closed"
)
WRITE_CLOSE = Message(zh="请在结束处写 {close}", en="write {close} where it ends")
EITHER_CLOSE = Message(zh="{{% endif %}} 或 {{% endfor %}}", en="{{% endif %}} or {{% endfor %}}")
NO_TAG = Message(zh="没有标记 {{% {name} %}}", en="no tag {{% {name} %}}")
TOO_DEEP = Message(zh="括号或标记嵌套太深", en="brackets or tags are nested too deeply")
WRITE_SIMPLER = Message(zh="请写得简单些", en="write it more simply")
NOT_COMPILED = Message(zh="无法编译：{error}", en="it cannot be compiled: {error}")
OTHER_FILES = Message(zh="不能载入其他文件", en="other files cannot be loaded")
USE_SUBDOC = Message(
    zh="{{{{p new_subdoc('name.docx') }}}} 可插入模板文件夹中的 Word 文件",
    en="{{{{p new_subdoc('name.docx') }}}} brings in a Word file of the templates' folder",
)
ALWAYS_ESCAPED = Message(zh="值总是转义的", en="values are always escaped")
TAKE_AUTOESCAPE_OUT = Message(zh="请去掉 {{% autoescape %}}", en="take {{% autoescape %}} out")
BEGINS_WITH_UNDERSCORE = Message(zh="{name} 以下划线开头", en="{name} begins with an underscore")
# Names and fonts.
IN_FORM = Message(zh="表单“{form}”：{said}", en="{said} in form {form}")
NO_LIST = Message(
    zh="{name} 不是列表，不能用 {{% for %}} 循环", en="{name} is no list, so {{% for %}} cannot loop over it"
)
NAME_A_LIST = Message(zh="请写列表的名称，如 findings", en="name a list, such as findings")
LOOP_OVER_IT = Message(zh="请用循环", en="loop over it")
NO_FIELD = Message(zh="没有字段 {name!r}", en="no field {name!r}")
NO_FIELD_IN = Message(zh="{group} 中没有字段 {name!r}", en="no field {name!r} in {group}")
FONT_MISSING = Message(zh="本机没有字体 {font!r}", en="font {font!r} is missing on this machine")
INSTALL_FONT = Message(
    zh="请在本机和打印处安装，或改用宋体、黑体、仿宋、楷体",
    en="install it here and wherever the document is printed, or choose 宋体, 黑体, 仿宋 or 楷体",
)
SIGNATURE_PICTURE = Message(
    zh="签名图片 signatures/{name} 无法使用：{error}",
    en="the picture signatures/{name} cannot be used: {error}",
)
SAVE_AS_PICTURE = Message(zh="请另存为 PNG 或 JPEG", en="save it as PNG or JPEG")
# Filling.
FULL_SAMPLE = Message(zh="填满的样例", en="a full sample")
EMPTY_SAMPLE = Message(zh="空白的样例", en="a blank sample")
NOT_FILLED_WITH = Message(zh="用{sample}无法填写：{said}", en="cannot be filled with {sample}: {said}")
NO_VALUE = Message(zh="这份文书没有值 {name!r}", en="no value {name!r} for this document")
USE_OPTIONAL = Message(
    zh="可能没有值的地方请写 {{{{ … |optional }}}}", en="write {{{{ … |optional }}}} where it may be missing"
)
NO_XML = Message(
    zh="{name}：{part}：填好的部分不是正确的 XML（{error}）",
    en="{name}: {part}: the filled part is not well-formed XML ({error})",
)
END_IN_SAME_CELL = Message(
    zh="请让每个 {{% if %}} 和 {{% for %}} 在同一单元格或同一层级内结束",
    en="let each {{% if %}} and {{% for %}} end in the same cell or at the same level as it begins",
)
NO_XML_PART = Message(
    zh="填好的部分不是正确的 XML（{error}）；请让每个 {{% if %}} 和 {{% for %}} 在同一单元格或同一层级内结束",
    en="the filled part is not well-formed XML ({error}); let each {{% if %}} and {{% for %}} end in the same cell or at the same level as it begins",
)
LIST_PRINTED = Message(
    zh="列表或一组值不能直接印出，请循环，或写其中一个值的名称",
    en="a list or group cannot be printed; loop over it or name one of its values",
)
OBJECT_PRINTED = Message(
    zh="列表、一组值或函数不能直接印出，请循环，或写其中一个值的名称",
    en="a list, a group or a function cannot be printed; loop over it or name a value of it",
)
WHOLE_PARAGRAPHS = Message(
    zh="此处是整段内容，请单独成段写 {{{{p … }}}}",
    en="whole paragraphs stand here; write {{{{p … }}}} in a paragraph of its own",
)
DOCXTPL_VALUE = Message(
    zh="此处是 docxtpl 的 {kind}，请设置 engine: docxtpl",
    en="a {kind} of docxtpl stands here; set engine: docxtpl",
)
COLSPAN = Message(zh="colspan 应为整数，不能是 {text!r}", en="colspan takes a whole number, not {text!r}")
TOO_LARGE = Message(zh="文书超过 {most} 个字符", en="the document grows beyond {most} characters")
SUM_TOO_LARGE = Message(zh="计算结果太大", en="the result of this sum is too large")
TEXT_TOO_LONG = Message(zh="文字超过 {most} 个字符", en="a text of more than {most} characters")
NOT_IN_PROPERTIES = Message(
    zh="文件属性中不能放图片或 Word 内容",
    en="a picture or Word's own text cannot stand in the file's properties",
)
NO_PICTURE_HERE = Message(zh="此处不能放图片", en="a picture cannot stand here")
NO_PICTURE = Message(zh="不是 Word 能显示的图片（{reason}）", en="not a picture that Word shows ({reason})")
NO_PICTURE_KIND = Message(zh="不是 PNG、JPEG、GIF、BMP 或 TIFF", en="no PNG, JPEG, GIF, BMP or TIFF")
PICTURE_WITHOUT_SIZE = Message(zh="图片没有大小", en="a picture without size")
SUBDOC_IN_BODY = Message(zh="子文档只能放在正文中", en="a subdocument stands in the body only")
NO_SUBDOC_NAME = Message(
    zh="{name!r} 不是模板文件夹中的 .docx 文件名",
    en="{name!r} is no name of a .docx in the templates' folder",
)
SUBDOC_UNREADABLE = Message(zh="子文档 {name}：{reason}", en="subdocument {name}: {reason}")
SUBDOC_TAGS = Message(
    zh="子文档 {name}：其中的标记不会被填写，请写到模板中",
    en="subdocument {name}: its tags would not be filled; write them into the template",
)
# Checking in a worker.
CHECK_TOO_LONG = Message(
    zh="用样例填写超过 {seconds:g} 秒处理器时间（表单“{form}”）",
    en="filling it with samples takes more than {seconds:g} s of processor time (form {form})",
)
FEWER_TAGS = Message(zh="请减少标记或嵌套的循环", en="write fewer tags, or fewer loops inside one another")
CHECK_STALLED = Message(
    zh="用样例填写 {seconds:g} 秒仍未结束（表单“{form}”）",
    en="filling it with samples came to no end in {seconds:g} s (form {form})",
)
CHECK_AGAIN = Message(
    zh="请在机器空闲时再运行 formflow check", en="run formflow check again when the machine has less to do"
)
CHECK_ENDED = Message(
    zh="检查它的进程因此终止（{said}）（表单“{form}”）",
    en="it ended the process that checked it ({said}) (form {form})",
)
NOT_CHECKED = Message(
    zh="无法检查：{error}（表单“{form}”）", en="it cannot be checked: {error} (form {form})"
)
