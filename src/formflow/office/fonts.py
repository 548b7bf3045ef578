"""Which installed font stands in for the Chinese fonts of Windows, so that pages keep their look and their breaks.

宋体, 仿宋, 楷体 and 黑体 are asked for by nearly every office document and belong to Windows. Where they are not
installed, a font of the same kind takes their place: Chinese characters are one em wide in all of them, so lines
break where they broke.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Collection
from functools import lru_cache
from xml.sax.saxutils import escape

_SERIF = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "思源宋体",
    "Source Han Serif CN",
    "AR PL UMing CN",
    "FandolSong",
)
_SANS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "思源黑体",
    "Source Han Sans CN",
    "WenQuanYi Zen Hei",
    "FandolHei",
)
_KAI = ("AR PL UKai CN", "LXGW WenKai", "霞鹜文楷", "FandolKai")
_FANG = ("FandolFang R", "FandolFang", "朱雀仿宋", "Zhuque Fangsong (technical preview)")

STAND_INS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("宋体", "SimSun", "新宋体", "NSimSun", "华文宋体", "STSong", "华文中宋", "STZhongsong"), _SERIF),
    (("仿宋", "FangSong", "仿宋_GB2312", "FangSong_GB2312", "华文仿宋", "STFangsong"), (*_FANG, *_SERIF)),
    (("楷体", "KaiTi", "楷体_GB2312", "KaiTi_GB2312", "华文楷体", "STKaiti"), (*_KAI, *_SERIF)),
    (("黑体", "SimHei", "华文黑体", "STHeiti", "华文细黑", "STXihei"), _SANS),
    (("微软雅黑", "Microsoft YaHei", "等线", "DengXian", "等线 Light"), _SANS),
    (("Times New Roman",), ("Liberation Serif", "Tinos", "Nimbus Roman", "Noto Serif", "DejaVu Serif")),
    (("Arial",), ("Liberation Sans", "Arimo", "Nimbus Sans", "Noto Sans", "DejaVu Sans")),
)
"""Names of a font → what may stand in for it, the best first."""


@lru_cache(maxsize=1)
def installed() -> frozenset[str]:
    """Families that this machine's fontconfig knows, case folded; empty where there is no fontconfig."""
    tool = shutil.which("fc-list")
    if tool is None:
        return frozenset()
    try:
        listed = subprocess.run([tool, ":", "family"], capture_output=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    names = listed.stdout.decode("utf-8", "replace").replace("\n", ",").split(",")
    return frozenset(name.strip().replace("\\", "").casefold() for name in names if name.strip())


def replacements(here: Collection[str]) -> tuple[tuple[str, str], ...]:
    """(font, what stands in for it) for every font that is not installed and has a stand-in that is.

    Args:
        here: The installed families, case folded.
    """
    found = []
    for names, candidates in STAND_INS:
        own = next((name for name in names if name.casefold() in here), None)
        best = own or next((name for name in candidates if name.casefold() in here), None)
        if best is not None:
            found += [(name, best) for name in names if name.casefold() not in here]
    return tuple(found)


def replacement_items(pairs: Collection[tuple[str, str]]) -> str:
    """LibreOffice's replacement table with these pairs, as items of its configuration file."""
    nodes = "".join(
        f'<node oor:name="_{place}" oor:op="replace">'
        f'<prop oor:name="ReplaceFont"><value>{escape(font)}</value></prop>'
        f'<prop oor:name="SubstituteFont"><value>{escape(other)}</value></prop>'
        '<prop oor:name="Always"><value>true</value></prop>'
        '<prop oor:name="OnScreenOnly"><value>false</value></prop></node>'
        for place, (font, other) in enumerate(pairs)
    )
    base = "/org.openoffice.Office.Common/Font/Substitution"
    return (
        f'<item oor:path="{base}"><prop oor:name="Replacement" oor:op="fuse"><value>true</value></prop></item>\n'
        f'<item oor:path="{base}/FontPairs">{nodes}</item>\n'
    )
