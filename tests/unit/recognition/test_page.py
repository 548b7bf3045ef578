"""Whole pages through the models: what is printed comes out where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from formflow.model import Line, Table
from formflow.recognition.page import recognise_page
from formflow.recognition.raster import Medium, Raster

from .conftest import np, page, ruled

_FONTS = sorted(Path("/usr/share/fonts").glob("**/NotoS*CJK*Regular*"))
XS, YS = (200, 500, 900, 1400), (300, 380, 460, 540)


def _printed(*words, sheet=None):
    assert _FONTS, "no Chinese font to draw with; run tools/test-requirements.sh"
    image = Image.fromarray(ruled(page(), XS, YS) if sheet is None else sheet)
    font = ImageFont.truetype(str(_FONTS[0]), 32)
    for (x, y), text in words:
        ImageDraw.Draw(image).text((x, y), text, font=font, fill=0)
    return np.asarray(image).copy()


_WORDS = (
    ((520, 200), "客户投诉记录"),
    ((220, 315), "客户名称"),
    ((520, 315), "华南实业有限公司"),
    ((220, 395), "联系电话"),
    ((520, 395), "0755-26881234"),
    ((920, 395), "页数"),
    ((220, 475), "产品名称"),
    ((520, 475), "苯乙烯"),
)


@pytest.mark.slow
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_page_is_read_whichever_way_it_lies(recogniser, quarters):
    grey = np.rot90(_printed(*_WORDS), quarters).copy()

    part = recognise_page(Raster(grey=grey, colour=None, medium=Medium.SCAN), recogniser, "page 1")

    lines = [block.text for block in part.blocks if isinstance(block, Line)]
    [table] = [block for block in part.blocks if isinstance(block, Table)]
    assert ["客户投诉记录"] == lines
    assert [
        ["客户名称", "华南实业有限公司", ""],
        ["联系电话", "0755-26881234", "页数"],
        ["产品名称", "苯乙烯", ""],
    ] == [[cell.text for cell in row] for row in table.by_row()]


@pytest.mark.slow
def test_noise_holds_no_text(recogniser):
    noise = np.random.default_rng(1).integers(0, 255, (1200, 900), np.uint8)

    part = recognise_page(Raster(grey=noise, colour=None, medium=Medium.SCAN), recogniser, "page 1")

    assert () == part.blocks


@pytest.mark.slow
def test_labels_without_rulings_keep_their_values_beside_them(recogniser):
    words = (
        ((700, 200), "客户投诉记录"),
        ((200, 315), "客户名称："),
        ((520, 315), "华南实业有限公司"),
        ((200, 395), "联系人："),
        ((520, 395), "李明"),
        ((900, 370), "调查评价报告"),
        ((930, 420), "编号："),
        ((1200, 395), "PJ-2026-0090"),
        ((200, 500), "产品名称："),
        ((520, 500), "苯乙烯"),
    )
    grey = _printed(*words, sheet=page())

    part = recognise_page(Raster(grey=grey, colour=None, medium=Medium.SCAN), recogniser, "page 1")

    assert [
        "客户投诉记录",
        "客户名称：华南实业有限公司",
        "联系人：李明调查评价报告编号：PJ-2026-0090",
        "产品名称：苯乙烯",
    ] == ["".join(block.text.split()) for block in part.blocks]
    assert [True, True, False, True] == [not block.doubts for block in part.blocks]
