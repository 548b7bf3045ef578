"""Fonts that a template asks for and that are neither on every office computer nor on this machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from formflow.documents.package import Member, expand
from formflow.documents.templates.problem import Place, Problem, nearest
from formflow.documents.templates.structure import own_text_nodes, place_of
from formflow.documents.templates.wordml import W
from formflow.messages import templates as messages
from formflow.office.fonts import installed

STANDARD = frozenset(
    name.casefold()
    for name in (
        # Windows and Microsoft Office for China, by both names
        *(
            "宋体",
            "SimSun",
            "新宋体",
            "NSimSun",
            "黑体",
            "SimHei",
            "仿宋",
            "FangSong",
            "仿宋_GB2312",
            "FangSong_GB2312",
        ),
        *(
            "楷体",
            "KaiTi",
            "楷体_GB2312",
            "KaiTi_GB2312",
            "隶书",
            "LiSu",
            "幼圆",
            "YouYuan",
            "等线",
            "DengXian",
        ),
        *(
            "等线 Light",
            "微软雅黑",
            "Microsoft YaHei",
            "微软雅黑 Light",
            "Microsoft YaHei UI",
            "宋体-PUA",
            "SimSun-ExtB",
        ),
        *(
            "华文宋体",
            "STSong",
            "华文仿宋",
            "STFangsong",
            "华文楷体",
            "STKaiti",
            "华文中宋",
            "STZhongsong",
            "华文细黑",
        ),
        *(
            "STXihei",
            "华文黑体",
            "STHeiti",
            "华文行楷",
            "STXingkai",
            "华文新魏",
            "STXinwei",
            "华文隶书",
            "STLiti",
        ),
        # Latin, symbols, formulas
        *(
            "Arial",
            "Arial Narrow",
            "Arial Unicode MS",
            "Times New Roman",
            "Courier",
            "Courier New",
            "Calibri",
            "Calibri Light",
        ),
        *(
            "Cambria",
            "Cambria Math",
            "Candara",
            "Consolas",
            "Constantia",
            "Corbel",
            "Georgia",
            "Tahoma",
            "Verdana",
        ),
        *(
            "Trebuchet MS",
            "Segoe UI",
            "Segoe UI Symbol",
            "Segoe UI Emoji",
            "Symbol",
            "Wingdings",
            "Wingdings 2",
        ),
        *(
            "Wingdings 3",
            "Webdings",
            "MS Gothic",
            "MS Mincho",
            "ＭＳ ゴシック",
            "ＭＳ 明朝",
            "PMingLiU",
            "MingLiU",
        ),
        *(
            "Garamond",
            "Century",
            "Book Antiqua",
            "Bookman Old Style",
            "Comic Sans MS",
            "Impact",
            "Palatino Linotype",
        ),
    )
)
"""Fonts that Windows and Microsoft Office bring along; WPS and LibreOffice know what to show for them."""

_SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
_STYLES = "word/styles.xml"
_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
_TITLES = {"document": "body"}


def font_problems(name: str, members: Iterable[Member]) -> list[Problem]:
    """One problem for each font that is missing, at the first place that asks for it.

    Args:
        name: The template's file name.
        members: Of its package.
    """
    problems: dict[str, Problem] = {}
    here = installed()
    for member in sorted(members, key=lambda member: member.name == _STYLES):
        part = _PART.match(member.name)
        if part is None and member.name != _STYLES:
            continue
        root = etree.fromstring(expand(member))
        story = _TITLES.get(part[1], part[1]) if part else "styles"
        for element in root.iter(f"{W}rFonts"):
            for font in _named(element):
                if font.casefold() not in STANDARD and font.casefold() not in here and font not in problems:
                    problems[font] = _problem(name, _place(element, story), font)
    return list(problems.values())


def _named(fonts: Any) -> Iterator[str]:
    for slot in _SLOTS:
        font = (fonts.get(f"{W}{slot}") or "").strip()
        if font and "\ufdd0" not in font and "{" not in font:
            yield font


def _place(element: Any, story: str) -> Place:
    paragraph = next(element.iterancestors(f"{W}p"), None)
    if paragraph is not None:
        return place_of(paragraph, story, "".join(text for _, text in own_text_nodes(paragraph)))
    style = next(element.iterancestors(f"{W}style"), None)
    title = None if style is None else style.find(f"{W}name")
    return Place(story, "defaults" if title is None else f"style {title.get(W + 'val')}", "")


def _problem(name: str, place: Place, font: str) -> Problem:
    near = nearest(
        font, ("仿宋_GB2312", "楷体_GB2312", "宋体", "黑体", "仿宋", "楷体", "微软雅黑", "华文中宋")
    )
    remedy = near or messages.INSTALL_FONT()
    return Problem(name, place, messages.FONT_MISSING(font=font), remedy, fatal=False)
