"""What stands behind a value and can only be a part of it: `2026 | 年 | 3 | 月`, `☑现款 | ☐月结`, `签字 | 李明`."""

from __future__ import annotations

import re

from formflow.forms.spec import Field, FieldType

CHOICES = frozenset({FieldType.CHOICE, FieldType.CHOICES})
_JOINED = frozenset(
    {
        FieldType.DATE,
        FieldType.DATETIME,
        FieldType.MONEY,
        FieldType.QUANTITY,
        FieldType.INTEGER,
        FieldType.SIGNATURE,
    }
)
_FRAGMENT = re.compile(
    r"^(?:[0-9０-９]{0,4}[年月日号时分点]|[元吨桶袋件箱份页%]|[万千百]?元(?:/月)?|公斤|千克|万|"
    r"[0-9０-９]{1,4}|[〇零一二三四五六七八九十]{1,4}|签[字名章]|日\s*期|盖\s*章|签字日期)[:：]?$"
)
_SAID = re.compile(
    r"^(?:拟|均)?(?:不予|不|已|予以)?(?:同意|批准|核准|通过|阅|知悉|审核|审阅)[。.，,；;]?$|属实[。.]?$"
)
_DAY = re.compile(r"^(?:20)?[0-9]{2}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}\s*[日号]?$")
_MARKED = re.compile(r"[□☐☑☒■√✓✔○●◯◉✗×]|[(（\[【]\s*[√xX✓]?\s*[)）\]】]")


def goes_on(item: Field, before: str, text: str) -> bool:
    """Whether the text is a part of the field's value that begins before it, be it a cell or a word of a line.

    Args:
        before: The part of the value right before it.
    """
    text = text.strip()
    if item.type in CHOICES:
        return not text or _MARKED.search(text) is not None or is_option(item, text)
    if item.type not in _JOINED:
        return False
    if _FRAGMENT.match(text):
        return True
    if item.type is FieldType.SIGNATURE:
        before = before.strip()
        return bool(text) and bool(_DAY.match(text) or _FRAGMENT.match(before) or _SAID.search(before))
    return not text


def is_option(item: Field, text: str) -> bool:
    """Whether the text is one of the field's options, though it may also be a label (`方式 | 电话`)."""
    return any(text.strip() in texts for texts in item.options.values())
