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
