"""What a person must settle before a record can be registered."""

from __future__ import annotations

from formflow.messages import Message

IN_ROW = Message(zh="第{row}行", en="row {row}: ")
MISSING = Message(zh="{where}缺少“{name}”。", en="{where}{name} is missing.")
ABOUT = Message(zh="“{name}”{said}", en="{name}: {said}")
ABOUT_PLACE = Message(zh="“{name}”{said}。", en="{name}: {said}.")
# What keeps a place on the form from being trusted.
ERROR_VALUE = Message(zh="单元格是公式错误值“{text}”", en="the cell holds the error value “{text}”")
NO_CACHED_VALUE = Message(
    zh="单元格是公式，文件中没有保存计算结果，请打开并保存后重新提交",
    en="the cell is a formula and the file keeps no result; open it, save it and submit it again",
)
PRECISION_LOST = Message(
    zh="按数字保存，末几位已丢失（{text}），请按文本重新填写",
    en="was kept as a number and its last digits are lost ({text}); enter it as text",
)
CHECKBOX_DISAGREES = Message(
    zh="勾选框的状态与文字不一致（{text}）", en="the box and what is shown disagree ({text})"
)
CHECKBOX_UNCLEAR = Message(
    zh="勾选框是否勾选看不清（{text}），请对照原件核对",
    en="it does not show which box is ticked ({text}); compare it with the paper",
)
CONFLICT = Message(zh="文件中几处填写不一致（{text}）", en="several places of the file disagree ({text})")
DITTO_WITHOUT_VALUE = Message(
    zh="写的是“{text}”，但上一行没有可取的值", en="says “{text}”, but there is no value above to repeat"
)
NOT_TAKEN = Message(zh="无法确定（{text}）", en="cannot be taken as it stands ({text})")
LOST_DIGITS = Message(
    zh="按数字保存，末几位已丢失，请按文本重新填写",
    en="was kept as a number and its last digits are lost; enter it as text",
)
ODD_DAY = Message(
    zh="单元格中的日期不合常理，可能是数字被当成了日期，请重新填写",
    en="the cell holds an unlikely day, perhaps a number shown as a date; enter it anew",
)
# Values that need a person.
DOUBTED = Message(
    zh="“{name}”{text}：{why}，请对照原件核对。", en="{name}{text}: {why}; compare it with the paper."
)
UNCERTAIN = Message(zh="识别把握不足（{percent}%）", en="recognised with {percent}% confidence")
COARSE = Message(
    zh="“{name}”（{text}）来自标准分辨率传真，请对照原件核对。",
    en="{name} ({text}) comes from a fax in standard resolution; compare it with the paper.",
)
LOOK_ALIKE = Message(
    zh="“{name}”（{text}）中有形近字，可能识别有误，请对照原件核对。",
    en="{name} ({text}) holds characters that look alike and may be misread; compare it with the paper.",
)
FUTURE = Message(
    zh="“{name}”（{value}）晚于收到之日（{today}），请核实年月日。",
    en="{name} ({value}) lies behind the day of receipt ({today}); check the day.",
)
MORE_THAN_VALUE = Message(
    zh="“{name}”的值中还有“{text}”，可能不属于该项，请对照原件核对。",
    en="{name}: its value holds “{text}” too, which may not belong to it; compare it with the paper.",
)
# What no field took.
UNCLAIMED_BESIDE = Message(
    zh="表上有未读入的内容，可能属于“{name}”：{pieces}。请对照原件核对。",
    en="{name}: something on the form was not read and may belong here: {pieces}; compare it with the paper.",
)
UNCLAIMED = Message(
    zh="表上还有未读入的内容：{pieces}。", en="The form holds more that no field took: {pieces}."
)
AND_MORE = Message(zh="{pieces}等", en="{pieces} …")
