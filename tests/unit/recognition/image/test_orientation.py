"""Which way up a page lies."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from tests.unit.recognition.conftest import cv2, np, page

from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.image.orientation import quarter_turns, rotated
from formflow.recognition.raster import Medium, Raster


class Reader:
    """Reads lines well that begin with their black character, which is how they stand upright."""

    def __init__(self, upright=0.99, over=0.5):
        self._sure = upright, over
        self.asked = []

    def read_lines(self, lines):
        self.asked.append([line.shape[1] for line in lines])
        return [self._read(line) for line in lines]

    def _read(self, line):
        third = line.shape[1] // 3
        sure = self._sure[int(line[:, :third].mean() > line[:, -third:].mean())]
        return Spelled(tuple(Glyph("国", 0.1 * number, sure) for number in range(6)))


def _page(quarter, lines=9, longest=1):
    grey = page(600, 800)
    for row in range(lines):
        y = 60 + 70 * row
        cv2.rectangle(grey, (80, y), (107, y + 27), 0, -1)
        for x in range(114, 300 if row % longest == 0 else 540, 34):
            cv2.rectangle(grey, (x, y), (x + 27, y + 27), 0, 3)
            cv2.line(grey, (x, y + 13), (x + 27, y + 13), 0, 3)
    grey = np.rot90(grey, quarter).copy()
    return SimpleNamespace(text=grey, ink=((grey < 128) * 255).astype(np.uint8))


@pytest.mark.parametrize(("lies", "turns"), [(0, 0), (1, 3), (2, 2), (3, 1)])
def test_a_page_is_turned_until_its_lines_read_clearly(lies, turns):
    assert turns == quarter_turns(_page(lies), Reader()) % 4


@pytest.mark.parametrize(("upright", "over", "turns"), [(0.94, 1.0, 0), (0.9, 0.94, 0), (0.9, 0.96, 2)])
def test_a_page_stands_on_its_head_only_where_that_reads_much_better(upright, over, turns):
    assert turns == quarter_turns(_page(0), Reader(upright, over))


def test_a_page_that_reads_clearly_is_not_read_on_its_head_too():
    reader = Reader()
    quarter_turns(_page(0), reader)

    assert [6] == [len(widths) for widths in reader.asked]


def test_lines_that_are_quickly_read_are_asked_first():
    reader = Reader()
    quarter_turns(_page(0, longest=3), reader)

    assert [[False] * 3 + [True] * 3] == [[width > 300 for width in widths] for widths in reader.asked]


def test_a_page_without_lines_stays_as_it_lies():
    assert 0 == quarter_turns(_page(1, lines=0), Reader())


def test_nothing_that_was_read_of_the_lines_turns_no_page():
    silent = SimpleNamespace(read_lines=lambda lines: [Spelled()] * len(lines))

    assert 0 == quarter_turns(_page(0), silent)


@pytest.mark.parametrize(("quarter", "place"), [(0, (9, 4)), (1, (4, 30)), (2, (30, 15)), (3, (15, 9))])
def test_a_turn_takes_pixels_colours_and_their_frame_along(quarter, place):
    grey = page(40, 20)
    grey[4, 9] = 0
    colour = np.repeat(grey[:, :, None], 3, axis=2)

    made = rotated(Raster(grey=grey, colour=colour, medium=Medium.SCAN), quarter)

    [y], [x] = np.nonzero(made.grey == 0)
    assert place == (x, y)
    assert 0 == made.colour[y, x].max()
    assert pytest.approx((x, y), abs=1.01) == tuple(made.warp @ (9, 4, 1))[:2]
