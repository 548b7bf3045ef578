"""What is said of files and records on their way, and of what people decide about them."""

from __future__ import annotations

from formflow.messages import Message

LEARNED_WITHOUT_FIELD = Message(
    zh="学到的标签“{label}”：表单 {form} 没有字段 {field}；formflow review forget {form} {field} {label}",
    en="learned label {label!r}: form {form} has no field {field!r}; formflow review forget {form} {field} {label}",
)
LEARNED_NEEDLESS = Message(
    zh="{form}.{field} 的学到的标签“{label}”：{whose}；formflow review forget {form} {field} {label}",
    en="learned label {label!r} of {form}.{field}: {whose}; formflow review forget {form} {field} {label}",
)
LABEL_OF_FORM = Message(zh="现在已是表单自己的标签", en="it is a label of the form by now")
LABEL_OF_FIELD = Message(zh="属于字段 {held}", en="it belongs to field {held}")
NOTHING_TO_REREAD = Message(
    zh="{id} 没有待处理的内容，不再重新读取", en="nothing of {id} waits, so it is not read anew"
)
READ_AS_OTHER_RECORDS = Message(
    zh="{reader} 读出的记录与原先的不对应，原记录保留，请人工处理",
    en="{reader} reads other records from the file; those that wait stay, and a person settles them",
)
