"""What is said of a written text that cannot be taken as one certain value; it follows the text in quotation marks."""

from __future__ import annotations

from formflow.messages import Message

QUOTED = Message(zh="“{text}”{said}", en="“{text}” {said}")
NO_OPTION = Message(
    zh="不能确定选的是哪一项。请在“{labels}”中选择。",
    en="does not say which option is chosen; choose one of {labels}.",
)
SEVERAL_OPTIONS = Message(
    zh="选了多项（{labels}），只能选一项。请核对。",
    en="has more than one option ticked ({labels}); only one may be.",
)
NO_TIME = Message(
    zh="不是确定的时刻。请用 24 小时制写，例如 14:30。",
    en="is not a certain time of day; write it on the 24-hour clock, e.g. 14:30.",
)
NO_CODE = Message(
    zh="不是统一社会信用代码。请写 18 位数字和大写字母。",
    en="is not a unified social credit code; write its 18 digits and capital letters.",
)
OLD_TAX_NUMBER = Message(
    zh="是 15 位旧税号，不是统一社会信用代码。请写营业执照上的 18 位代码。",
    en="is an old tax number of 15 digits; write the 18-character code from the business licence.",
)
CODE_LENGTH = Message(
    zh="有 {count} 位，统一社会信用代码应为 18 位。请核对。",
    en="has {count} characters where the code has 18; check it.",
)
CODE_LETTERS = Message(
    zh="含有代码中不会出现的字母 {strangers}（代码不用 I、O、Z、S、V）。请对照营业执照核对。",
    en="holds {strangers}, which the code never uses (no I, O, Z, S, V); check it against the licence.",
)
CODE_CHECK = Message(
    zh="的校验位不符：按前 17 位应为 {expected}，写的是 {code}。请对照营业执照核对每一位。",
    en="fails its check: the first 17 characters call for {expected}, not {code}; check every character against the licence.",
)
CODE_REGION = Message(
    zh="的登记管理部门、机构类别或行政区划位不合规。请对照营业执照核对。",
    en="has an impossible authority, category or region (characters 1 to 8); check it against the licence.",
)
SEVERAL_DATES = Message(
    zh="写了不止一个日期。请只写一个，例如 2026年3月5日。",
    en="holds more than one date; write a single one, e.g. 2026-03-05.",
)
LOOKS_LIKE_SERIAL = Message(
    zh="像是电子表格的日期序号（1900 年制为 {shown}）。请改写为日期，例如 2026-03-05。",
    en="looks like a spreadsheet's date serial ({shown} in the 1900 system); write a date such as 2026-03-05.",
)
NO_SERIAL = Message(
    zh="不是合理的日期序号。请改写为日期，例如 2026-03-05。",
    en="is no sensible date serial; write a date such as 2026-03-05.",
)
SEVERAL_TIMES = Message(
    zh="写了不止一个时刻。请只写一个，例如 2026年3月5日 14:30。",
    en="holds more than one time of day; write a single one, e.g. 2026-03-05 14:30.",
)
OTHER_WEEKDAY = Message(
    zh="的日期与星期不符（{day} 是星期{weekday}）。请核对日期。",
    en="names a weekday that {day} is not{weekday}; check the date.",
)
TIME_WITHOUT_DATE = Message(
    zh="只写了时刻，没有日期。请写全，例如 2026年3月5日 14:30。",
    en="gives a time of day without a date; write both, e.g. 2026-03-05 14:30.",
)
NO_DAY = Message(
    zh="没有写到日。请写全年月日，例如 2026年3月5日。",
    en="names no day; write year, month and day, e.g. 2026-03-05.",
)
NO_YEAR = Message(
    zh="没有写年份，表头也没有。请写全年月日，例如 2026年3月5日。",
    en="has no year, and the form's header gives none; write year, month and day, e.g. 2026-03-05.",
)
SEVERAL_DAYS = Message(
    zh="的年月日次序不明。请按 2026年3月5日 的样式重写。",
    en="can be read as different days; write it as 2026-03-05.",
)
NO_DATE = Message(
    zh="读不出确定的日期。请只写一个日期，例如 2026年3月5日。",
    en="is not one certain date; write a single date such as 2026-03-05.",
)
UNLIKELY_YEAR = Message(
    zh="的年份 {year} 不合理。请写四位年份，例如 2026年3月5日。",
    en="has the unlikely year {year}; write the year with four digits, e.g. 2026-03-05.",
)
UNCLEAR_YEAR = Message(
    zh="的年份不能确定。请写四位年份，例如 2026年3月5日。",
    en="has a year that cannot be told; write it with four digits, e.g. 2026-03-05.",
)
NOT_IN_CALENDAR = Message(
    zh="不是存在的日期。请核对年、月、日后重写。", en="is no day of the calendar; check year, month and day."
)
NO_AMOUNT = Message(
    zh="读不出确定的金额。请只写一个金额，例如 12,000元。",
    en="is not one certain amount; write a single amount such as 12,000元.",
)
OTHER_CURRENCY = Message(
    zh="不是人民币金额。请写折合的人民币金额，例如 12,000元。",
    en="is not an amount in yuan; write the amount in yuan, e.g. 12,000元.",
)
NEGATIVE_AMOUNT = Message(
    zh="是负数或红字，不能登记。请写应登记的正数金额。",
    en="is negative; write the positive amount to be registered.",
)
INEXACT_AMOUNT = Message(
    zh="不是一个确定的金额。请只写一个数，例如 50,000元。",
    en="is not one exact amount; write a single figure, e.g. 50,000元.",
)
POINT_OR_THOUSANDS = Message(
    zh="的小数点可能是千位分隔。请重写，例如 3,000 或 3.00。",
    en="may use the point as a thousands separator; write 3,000 or 3.00.",
)
SEVERAL_AMOUNTS = Message(
    zh="写了不止一个金额。请只写一个。", en="holds more than one amount; write a single one."
)
FRACTIONS_OF_CENT = Message(
    zh="精确到了分以下。请写到分为止，例如 12.35元。",
    en="has fractions of a cent; write at most two decimals, e.g. 12.35元.",
)
AMOUNT_PER_UNIT = Message(
    zh="是按“{unit}”计的金额，与栏目要求不符。请换算后只写金额。",
    en="is an amount per {unit}, which is not what the field asks; convert it and write the amount alone.",
)
MISPLACED_SEPARATORS = Message(
    zh="的千位分隔或小数点不规范。请重写，例如 12,345.60。",
    en="has misplaced separators; write it like 12,345.60.",
)
DIGITS_AND_CAPITALS_DISAGREE = Message(
    zh="中大写与小写金额不一致。请核对后重写。",
    en="has digits and capitals that disagree; check and write both alike.",
)
UNCLEAR_UNIT = Message(
    zh="的单位不明（栏目单位为“{unit}”）。请连单位写全，例如 12,000元 或 1.2万元。",
    en="may be in yuan or in the label's unit{unit}; write it with its unit, e.g. 12,000元 or 1.2万元.",
)
NO_PERSON = Message(zh="没有写姓名。请写姓名。", en="holds no name; write the person's name.")
UNLIKELY_PERSON = Message(
    zh="不像姓名。请只写姓名，例如 李明。",
    en="does not look like a person's name; write the name alone, e.g. 李明.",
)
TWO_PERSONS = Message(
    zh="可能是两个人的姓名。请只写一个，或用顿号隔开，例如 李明、王芳。",
    en="may be the names of two persons; write one, or join them with 、.",
)
NO_ORGANISATION = Message(
    zh="没有写单位名称。请写全称。", en="holds no name; write the organisation's full name."
)
UNLIKELY_ORGANISATION = Message(
    zh="不像单位名称。请写单位全称。", en="does not look like an organisation's name; write its full name."
)
NO_WHOLE_NUMBER = Message(
    zh="不能确定为一个整数。请只写一个整数，例如 3。",
    en="is not one certain whole number; write a single whole number such as 3.",
)
NUMBERS_DISAGREE = Message(
    zh="中两个数不一致。请核对后只写一个整数。",
    en="holds two numbers that differ; check and write one whole number.",
)
NO_TELEPHONE = Message(
    zh="不是完整的电话号码。请只写号码，例如 0755-26881234 或 13800138000，多个用顿号隔开。",
    en="is not a whole telephone number; write the number alone, e.g. 0755-26881234, several joined by 、.",
)
NO_QUANTITY = Message(
    zh="读不出确定的数量。请只写一个数和单位，例如 12.5吨。",
    en="is not one certain quantity; write one number with its unit, e.g. 12.5吨.",
)
QUANTITY_WITHOUT_UNIT = Message(
    zh="没有写单位。请连单位写，例如 12.5吨。", en="has no unit; write the number with its unit, e.g. 12.5吨."
)
SIGNATURE_OR_SEAL = Message(
    zh="栏内有墨迹，黑白页面分不清是签字还是印章，是否已签字未知。请对照原件确认，写签字人姓名或“已签”。",
    en="holds ink that may be a signature or a seal, black and white does not tell; whether it is signed is unknown. Look at the paper and write the signer's name or 已签.",
)
SEAL_ALONE = Message(
    zh="栏内只有印章，没有看到签字。请对照原件确认，写签字人姓名或“已签”。",
    en="holds a seal and no signature that is seen; look at the paper and write the signer's name or 已签.",
)
UNCLEAR_SIGNER = Message(
    zh="中的签名无法确定。请只写姓名和日期。",
    en="leaves unclear who signed; write the name and the date alone.",
)
SIGNED_FOR_ANOTHER = Message(
    zh="是代签。请确认签字人和授权。",
    en="was signed by one person for another; confirm who signed and by what authority.",
)
SEVERAL_SIGNATURES = Message(
    zh="中有多个签名。请确认由谁签字。", en="holds more than one signature; confirm who signed."
)
DATE_WITHOUT_SIGNATURE = Message(
    zh="有日期但没有签名。请确认是否已签字。",
    en="holds a date but no signature; confirm whether it was signed.",
)
OPINION_WITHOUT_SIGNATURE = Message(
    zh="有意见但没有签名。请确认由谁签字。", en="holds an opinion but no signature; confirm who signed."
)
