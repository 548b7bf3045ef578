"""Which pages are looked at again from afar: bare ones with large strokes, and no others."""

from __future__ import annotations

import io

import pytest
from tests.support.pages import page, table

pytest.importorskip("cv2")
pytest.importorskip("PIL")

from PIL import Image, ImageDraw

from formflow.model import Part
from formflow.recognition.large_words import with_large_word


class Looked(Exception):
    """The page was recognised again."""


@pytest.fixture(autouse=True)
def looking(monkeypatch):
    def look(*_):
        raise Looked

    monkeypatch.setattr("formflow.recognition.large_words.recognise_page", look)


def _sheet(*boxes: tuple[int, int, int, int], paper: int = 255, ink: int = 0) -> bytes:
    """A page of 200 dots to the inch with black boxes."""
    picture = Image.new("L", (1654, 2339), paper)
    for box in boxes:
        ImageDraw.Draw(picture).rectangle(box, fill=ink)
    out = io.BytesIO()
    picture.save(out, "TIFF", dpi=(200, 200))
    return out.getvalue()


STROKES = [(500 + 200 * n, 800, 520 + 200 * n, 1000) for n in range(4)]
HOLES = [(60, 900, 140, 980), (60, 1400, 140, 1480)]


@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (120, 0), (140, 250), (30, 250)])
def test_large_strokes_on_a_bare_page_are_looked_at_again(paper, ink):
    with pytest.raises(Looked):
        with_large_word(page(1), _sheet(*STROKES, paper=paper, ink=ink), 0, None)


@pytest.mark.parametrize("boxes", [[], HOLES, [(0, 0, 1654, 30)]], ids=["blank", "punched", "edge"])
def test_a_blank_back_is_not(boxes):
    assert page(1) == with_large_word(page(1), _sheet(*boxes), 0, None)


@pytest.mark.parametrize(
    "part",
    [
        page(1, "关于价格调整的函和附件"),
        page(1, table(1, [["客户名称", "华南实业"]])),
        page(1, code="x"),
        page(1, "分隔页"),
    ],
    ids=["text", "table", "code", "separator"],
)
def test_a_page_on_which_something_was_read_is_not(part: Part):
    assert part == with_large_word(part, _sheet(*STROKES), 0, None)
