"""Characters that look like others: radicals and compatibility forms where the usual character is meant.

A glyph that serves a radical and a character alike is often mapped to the radical when a page is printed to PDF
(`\u2f08` for 人, `\u2eda` for 页), and from there it is copied into Word and Excel. Nobody writes radicals on a form.

Source: Unicode 15, Kangxi Radicals (their compatibility decompositions) and CJK Radicals Supplement
(EquivalentUnifiedIdeograph; ⺀, which has none, stays).
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = zip(
    (
        "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽"
        "⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
    ),
    (
        "厂乛乚乙亻冂几刀刂卜卩小小兀尢尢尢巳幺彐彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糸纟罓罒网网网羊羊羊耂肀聿肉臼"
        "艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅长镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
    ),
    strict=True,
)
_FOLDED = [
    *range(0x2F00, 0x2FD6),
    *range(0xFB00, 0xFB07),
    *range(0xF900, 0xFA6E),
    *range(0xFA70, 0xFADA),
    *range(0x2F800, 0x2FA1E),
]

PLAIN: dict[int, str | None] = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in _FOLDED},
    **{ord(radical): character for radical, character in _SUPPLEMENT},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    0xFEFF: None,
    0xAD: None,
    0xFFFE: None,
    0xFFFF: None,
}
"""For `str.translate`: radicals, ligatures, compatibility forms, half surrogates, marks that show nothing."""
