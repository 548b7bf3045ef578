"""Typefaces: samples name the faces that Office has; what prints them is drawn from the fonts that are installed.

The faces differ in what a fax makes of them: the level strokes of a Song are a pixel thin. More of them make a
harder measure; on Debian fonts-arphic-uming, -ukai, -gbsn00lp, fonts-wqy-zenhei, -microhei and fonts-lxgw-wenkai
add to the Noto fonts that the tests install.
"""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from random import Random

_OFFICE = ("宋体", "仿宋_GB2312", "仿宋", "微软雅黑", "楷体")
_PRINT = (
    "AR PL UMing CN",
    "AR PL UMing CN",
    "AR PL SungtiL GB",
    "AR PL UKai CN",
    "Noto Serif CJK SC",
    "Noto Sans CJK SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "LXGW WenKai",
)
_PEN = ("LXGW WenKai", "LXGW WenKai Light", "AR PL UKai CN", "AR PL KaitiM GB", "Noto Serif CJK SC")


@lru_cache
def _installed(families: Sequence[str]) -> list[tuple[str, str, int]]:
    """Those of the families that are installed, each with its file and its number in it."""
    found = []
    for family in families:
        told = subprocess.run(
            ["fc-match", "-f", "%{family}|%{file}|%{index}", f"{family}:lang=zh-cn"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        names, file, index = told.split("|")
        if family in names.split(","):
            found.append((family, file, int(index) & 0xFFFF))
    return found


def printing_face(rng: Random) -> str:
    """The family that stands for all of a file's Chinese faces."""
    return rng.choice(_installed(_PRINT))[0]


def pen_face(rng: Random) -> tuple[str, int]:
    """File and number of a font whose characters look written."""
    _, file, index = rng.choice(_installed(_PEN))
    return file, index


def reset(path: Path, rng: Random) -> None:
    """Set a Word or Excel file in a face that is installed."""
    face = printing_face(rng)
    with zipfile.ZipFile(path) as package:
        members = [(info, package.read(info)) for info in package.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for info, data in members:
            if info.filename.endswith(".xml"):
                for name in _OFFICE:
                    data = data.replace(f'"{name}"'.encode(), f'"{face}"'.encode())
            package.writestr(info, data)
