"""Chinese surnames: what a name that nobody labelled must begin with."""

from __future__ import annotations

import re

COMPOUND = frozenset(
    "欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 夏侯 宇文 长孙 端木 南宫 西门 独孤 轩辕 闻人 呼延 钟离 申屠 "
    "太史 澹台 公冶 宗政 濮阳 淳于 单于 公羊 赫连 万俟 仲孙 司空 司寇 东郭 百里 拓跋 左丘 梁丘 东门 公西 漆雕 乐正 "
    "壤驷 巫马 公良 夹谷 宰父 谷梁 段干 羊舌 微生 亓官 鲜于 闾丘 颛孙 爱新觉罗 叶赫那拉 完颜 纳兰 耶律 慕容".split()
)
"""Surnames of two characters and more."""

SINGLE = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛"
    "伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄"
    "单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商"
    "蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保蔺云昌凤酆"
    "皮卡郗咸平祖禹狄贝臧成茅庾支昝裘缪干诸杭嵇滑裔荣羊惠家芮羿储汲邴松富乌焦巴弓牧隗山班仰秋伊宓暴甘钭厉戎束幸韶蓟印宿怀"
    "蒲鄂索籍莘翠扶堵冉宰郦雍郤璩濮寿通扈郏浦尚农晁阎充慕茹宦鱼容慎戈庚终暨居衡步耿满弘国寇广禄阙东殴殳沃利蔚越夔隆师厍"
    "晁勾融訾阚那毋沙乜养丰巢蒯红竺权逯盖益桓公仉督岳帅缑亢况郈琴归海晋法汝鄢涂钦钭商牟佘佴赏墨哈谯笪佟付代肖闫"
    "岩元尧占仝佟庹门冶闪鹿苍薊撒海雪邝麦岑屈操付代哈厚麻辰矫宣"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻餘鍾範譚鄒陸龍萬錢湯喬賴龔龐蘭倪嚴溫蘆魯韋畢聶叢齊莊塗關費紀項歐陽衛單寧"
    "閔車邊饒連樂鬱蔔鄺麥"
)
"""Surnames of one character, simplified and traditional."""


_WORD = re.compile(
    r"[不请的已阅须该此吗尽无是了把被让给未附签批审核办]|同意|批准|通过|属实|符合|查实|查看|查收|查明|情况|要求|条件|规定|执行|意见|领导|安排"
    r"|支持|支付|解决|解释|许可|认可|认定|可行|可以|合规|合格|发函|传真|归档|存档|公司|销售|市场|经理|客户|处理|重视|业务|资料|完成|完毕|收到|确认"
    r"|知悉|知晓|严格|严禁|严重|方案|方便|方可|万分|万一|万元|感谢|周[一二三四五六日末转知]|计划|计入|任务|任何|费用|管理|管控|程序|常规|常务|何时"
    r"|封存|高度|高效|向上|成交|成立|成功|包装|包括|金额|钱款|单位|单独|单价|时间|时限|明天|明确|明白|应[付收当该予]|连同|连续|连夜|党委|司机|车间|车辆|车皮"
    r"|毛利|路费|路线|麻烦|马上|商[讨定量议务]|安全|安装|屈从|乐意|日期|盖章|电话|暂定|项目|合同|产品|质量|价格|付款|发货|到货|[省市县区州部室处组章厂局队]$"
)
"""Words that begin like a name but are none: 许可, 安排, 方案, 销售部."""


def surname_length(name: str) -> int:
    """Characters of the surname that the name begins with; 0 where it begins with none."""
    for length in (4, 2):
        if name[:length] in COMPOUND and len(name) > length:
            return length
    return 1 if name[:1] in SINGLE else 0


def is_word(text: str) -> bool:
    """Whether the text holds a word that no personal name holds."""
    return bool(_WORD.search(text))


def has_name_shape(name: str) -> bool:
    """Whether the text is built as a Chinese personal name: a surname and one or two characters, no word."""
    length = surname_length(name)
    return bool(length) and 1 <= len(name) - length <= 2 and not is_word(name)
