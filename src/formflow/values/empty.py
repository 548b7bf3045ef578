"""What a form says where nobody has written: nothing, a prompt, 无, or 同上."""

from __future__ import annotations

import re
from functools import lru_cache

from formflow.values.folding import fold

_NONE = re.compile(
    r"[(\[【]?(?:/+|\\+|[-\u2010-\u2015\u2500\u2501\u2212]+|无|無|没有|暂无|暂没有|暂时没有|尚无|目前无|无此项|此项无|不适用|不涉及"
    r"|n/?a|n\.a\.?|none|nil|notapplicable)[)\]】]?[。.]?"
)
_DITTO = re.compile(
    r"""(?:[〃〞〟″′"“”„‟＂]|''|,,|´´){1,3}|[-(]?(?:同上|同前|同左|上同|如上|如前|仝上|仝|同上行|同上一行|同上栏|以上同|与上同|与上行同|do\.?|ditto|idem)[-)]?[。.]?"""
)
_DRAWN = re.compile(r"[\s_.。…‥·・:;,、()\[\]【】〔〕{}<>《》﹍‗̲☐□]+")
_NOUN = (
    r"(?:此处|这里|该处|内容|文字|文本|正文|日期|时间|年月日|年份|姓名|名称|全称|简称|单位|客户|公司|企业|对方|收件|发件|电话|号码|手机|固话|座机"
    r"|联系|方式|方法|人|地址|详细|金额|数量|数字|数值|数据|单价|编号|文号|函号|合同|订单|批号|税号|统一社会信用代码|信用代码|代码|账号|开户行|银行|开票|发票|抬头"
    r"|部门|片区|区域|备注|说明|原因|意见|类型|类别|性质|选项|选择|一项|项目|项|产品|品名|规格|型号|型|页数|传真|邮箱|邮件|网址|您的|你的|贵司|您|的|具体|详情|完整|真实|准确"
    r"|相关|有关|信息|情况|资料|过程|主题|标题|事由|摘要|职务|职位|大写|小写|或|和|与|及|、|/|,)"
)
_FILL = r"(?:填写|输入|填入|填|选择|录入|键入|勾选|点选)"
_SAY = r"(?:写明|注明|签字|签名|签署|盖章|补充|描述|说明|写)"
_HERE = r"(?:(?:在|于)(?:此处|这里|此|下方|横线上|空格内|括号内))"
_CLICK = r"(?:单击|点击|轻触|双击|点按)(?:或(?:点击|轻触|点按|单击))*"
_HOW = r"(?:如实|准确|详细|完整|正确|用正楷|手写|直接|认真)"
_PROMPT = re.compile(
    rf"请(?:您)?{_HERE}?{_HOW}*(?>{_FILL})+{_NOUN}{{0,8}}|(?:请(?:您)?)?{_HERE}{_HOW}*(?>{_FILL}|{_SAY}|粘贴)+{_NOUN}{{0,8}}"
    rf"|(?:请)?{_CLICK}(?:此处|这里|此|可)?(?:以|来)?(?:{_FILL}|{_SAY}|添加|插入|编辑|查看)?{_NOUN}{{0,6}}"
    r"|(?:输入|键入|添加)(?:文字|文本|内容|日期|数字|姓名)|选择(?:一个|一|某)?(?:项|项目|选项|日期|构建基块|列表项)"
    r"|必填|必填项|选填|选填项|非必填|可不填|必选|待填|待填写|待补填|待录入|待补充|未填写|未填|留空|此处留空|以下空白"
    r"|(?:如有|若有|如无|若无|没有|无)(?:则|请|可|时|可以)*(?:填写?|写|不填|留空|填无)[\"“”'/无]*"
    r"|(?:please)?(?:click|tap)(?:or(?:tap|click))*(?:here)?to(?:enter|choose|select|add|type|pick|insert)[a-z]{0,30}"
    r"|(?:please)?(?:choose|select|pick)an?(?:item|option|date|value|buildingblock)"
    r"|(?:please)?(?:enter|type|fillin)(?:text|here|yourtexthere|texthere|avalue|adate|name|date)"
    r"|y{2,4}[-/.年]m{1,2}[-/.月]d{1,2}日?|(?:例|示例|样例|格式):.{1,20}"
)
_HINT = re.compile(
    rf"(?:请|{_HERE}|{_HOW})*(?>{_FILL}|{_SAY})+{_NOUN}{{0,8}}|空|空白|可选|手写|印章|公章|签章|加盖公章|单位公章|盖公章|章"
    r"|签字(?:或|并|、|/)?盖章|required|optional|tobefilledin"
)
_FIELD_NAME = re.compile(rf"{_NOUN}{{1,8}}")
_EXAMPLE = re.compile(
    r"(?=.*(?:x{2,}|[×✕╳*＊]{2,}|[○〇]{2,}|某))(?>x{2,}|[×✕╳*＊]{2,}|[○〇]{2,}|某{1,3}|有限责任公司|股份有限公司|有限公司|分公司|子公司|总公司|公司|集团|单位"
    r"|企业|部门|部|科|先生|女士|小姐|经理|省|市|区|县|镇|街道|路|街|号|室|栋|楼|年|月|日|时|分|元|万元|页|客户|产品|姓名|人|银行|支行|字|第|函|[-—_,.、。/()\[\]〔〕:@])+"
)
_TEMPLATE_FIELD = re.compile(r"\{\{.*\}\}|\$\{.*\}|«.*»|<<.*>>|\[\[.*\]\]|\{%.*%\}", re.DOTALL)
_WRAPPED = re.compile(r"\((?P<round>[^()]*)\)|[\[【〔<《{「『](?P<square>.*)[\]】〕>》}」』]", re.DOTALL)
_ASIDE = re.compile(r"[(\[【](?:必填|选填|可选|如有|非必填|必选|可不填|如有请填写)[)\]】]")
_ENDING = "。.!！…:：;；_"

# The printed blanks of a signature cell: captions with their colon or in brackets, and 年 月 日 without digits.
_CAPTION = (
    # A person's name may stand right before the next caption (签字：马振豪 日期：), so 日期 takes few words before it.
    r"(?:(?:(?:签字|签名|签章|盖章|审批|填表|申请|签收)?(?:日期|时间)"
    r"|(?:部门|主管|分管|单位|公司|销售部|市场部|业务|领导|负责人|经办人|经理|主任|审批人|审核人|/)*"
    r"(?:签字|签名|签章|签署|盖章|公章|签收|意见|批示|签批|负责人|经办人|审批人|审核人|批准人|填表人|经理|领导))"
    r"(?:\([^()]{0,8}\))?:)"
)
_DATE_BLANK = (
    r"(?:(?:20[0-9_]{0,2})?[_.]*年[_.]*月[_.]*[日号]?(?:[_.]*[时时][_.]*分)?|[_.]*月[_.]*日|[时][_.]*分)"
)
_PRINTED = re.compile(
    rf"(?:{_CAPTION}|\((?:签字|签名|盖章|公章|签章|签字盖章|签字或盖章|盖公章|手写|章)\)|{_DATE_BLANK}|[_.。…:,;、()/-])+"
)
_HAS_CAPTION = re.compile(rf"{_CAPTION}|\(|{_DATE_BLANK}")
_CURRENCY = re.compile(r"(?:人民币|rmb|cny)?[:¥￥]+(?:元|万元)?|(?:大写|小写):(?:(?:大写|小写):)?¥?(?:元)?")
LONGEST = 60
"""Folded characters; what is longer was written by somebody."""
_LONGEST_KEPT = 4 * LONGEST
_folded = lru_cache(maxsize=1024)(fold)
"""Of short texts only: the questions below are asked of one text after the other."""


def is_empty(text: str) -> bool:
    """Whether nobody has written here: nothing, drawn lines, a printed prompt or an unfilled 年 月 日.

    A text that merely holds such words (`请填写回执后寄回`) is not blank.
    """
    if not text or text.isspace():
        return True
    if len(text) > _LONGEST_KEPT:
        text = "".join(text.split())
        if len(text) > LONGEST:
            return False
    return _holds_nothing(text)


@lru_cache(maxsize=32_768)
def _holds_nothing(text: str) -> bool:
    """`is_empty` of a short text; in a log the same words come again and again."""
    folded = _folded(text)
    if _DITTO.fullmatch(folded):
        return False
    if not folded or _DRAWN.fullmatch(folded):
        return True
    if len(folded) > LONGEST or folded.isdigit():
        return False
    if _PRINTED.fullmatch(folded) and _HAS_CAPTION.search(folded):
        return True
    if _TEMPLATE_FIELD.fullmatch(folded) or _CURRENCY.fullmatch(folded):
        return True
    bare = _ASIDE.sub("", folded).strip("_*").rstrip(_ENDING)
    if not bare or _PROMPT.fullmatch(bare) or _EXAMPLE.fullmatch(bare):
        return True
    wrapped = _WRAPPED.fullmatch(bare)
    if wrapped is None:
        return False
    inside = wrapped["round"] or wrapped["square"] or ""
    inside = inside.strip("_*").rstrip(_ENDING)
    if any(pattern.fullmatch(inside) for pattern in (_PROMPT, _HINT, _EXAMPLE)):
        return True
    return bool(wrapped["square"] and _FIELD_NAME.fullmatch(inside))


def is_none(text: str) -> bool:
    """Whether the text declares that there is none: 无, /, —, N/A, 暂无."""
    return len(text) < 40 and bool(_NONE.fullmatch(_folded(text)))


def is_ditto(text: str) -> bool:
    """Whether the text stands for what the row above says: 同上, 〃, ″."""
    return 0 < len(text) < 40 and bool(_DITTO.fullmatch(_folded(text)))
