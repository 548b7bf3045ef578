"""What is said of records that are to be filled into an empty form."""

from __future__ import annotations

from formflow.messages import Message

EXPECTED = Message(
    zh="表单“{form}”的字段 {field}：应为 {expected}", en="{form}, field {field}: expected {expected}"
)
NO_FIELD = Message(zh="表单“{form}”没有字段 {id!r}", en="form {form} has no field {id!r}")
DID_YOU_MEAN = Message(zh="是否指 {name!r}？", en="did you mean {name!r}?")
KNOWN = Message(zh="现有：{known}", en="known: {known}")
LIST_OF_OBJECTS = Message(zh="对象的列表", en="a list of objects")
LIST_OF_OPTIONS = Message(zh="选项代号的列表", en="a list of option ids")
QUANTITY_OBJECT = Message(
    zh='对象 {{"amount": "12.5", "unit": "吨"}}', en='an object {{"amount": "12.5", "unit": "吨"}}'
)
SIGNATURE_OBJECT = Message(
    zh='对象 {{"present": true, "name": "李明", "date": "2026-03-06"}}',
    en='an object {{"present": true, "name": "李明", "date": "2026-03-06"}}',
)
A_TEXT = Message(zh="文字", en="a text")
A_NUMBER = Message(zh="数字", en="a number")
A_TIME = Message(zh="时间，如 2026-03-05T14:30", en="a time like 2026-03-05T14:30")
A_DATE = Message(zh="日期，如 2026-03-05", en="a date like 2026-03-05")
ONE_OF = Message(zh="下列之一：{known}", en="one of {known}")
TOO_MANY_RECORDS = Message(
    zh="给了 {count} 份，而“{title}”的空白表只装一份", en="{count} records, but a blank of {title} holds one"
)
NO_RECORD = Message(
    zh="一份记录应为 JSON 对象，以字段代号为键", en="a record is a JSON object with the fields' ids as keys"
)
RECORD_OF_OTHER_FORM = Message(
    zh="这是表单 {told} 的记录，不是 {form} 的", en="a record of form {told}, not of {form}"
)
