"""A recogniser process killed with a page in hand: one more try of that page, then a typed error; others go on."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("cv2")
pytest.importorskip("rapidocr")

import cv2
import numpy as np

from formflow.engine.workers import Workers
from formflow.pipeline.jobs.read import ReadJob
from formflow.settings import load_settings
from formflow.store.codec import load_document

ROOT = Path(__file__).resolve().parents[2]
_RUNTIMES = ("openvino", "onnxruntime")
"""Libraries that a recogniser loads with its first page, and not before it."""


class Hunter(threading.Thread):
    """Kills the first recognisers that take up a page.

    Args:
        workers: Whose recognisers.
        kills: How many of them.
    """

    def __init__(self, workers: Workers, kills: int) -> None:
        super().__init__(daemon=True)
        self._workers = workers
        self._left = kills
        self.killed: list[int] = []
        self.seen: list[int] = []
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.is_set():
            for pid in self._workers.recognition.pool.pids:
                if pid in self.seen or not _has_page(pid):
                    continue
                self.seen.append(pid)
                if self._left:
                    self._left -= 1
                    self.killed.append(pid)
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.01)


def _has_page(pid: int) -> bool:
    try:
        maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return any(name in maps for name in _RUNTIMES)


@pytest.fixture
def workers():
    with Workers(load_settings(ROOT, {}), jobs=1) as made:
        yield made


@pytest.fixture
def pages(tmp_path):
    """Three different pages of pixels, each a file of its own."""
    files = []
    for number in range(3):
        page = np.full((2339, 1654), 255, np.uint8)
        for row in range(6):
            cv2.putText(page, f"PAGE {number}{row} 2026", (150, 300 + 150 * row), 0, 2, 0, 4)
        files.append(tmp_path / f"{number}.png")
        cv2.imwrite(str(files[-1]), page)
    return files


def _read(workers, path):
    return workers.read(ReadJob(path=path, name=path.name, keep=True))


def _text(result):
    document = load_document(result.document)
    return "\n".join(line.text for part in document.parts for line in part.lines)


def _hunt(workers, kills):
    hunter = Hunter(workers, kills)
    hunter.start()
    return hunter


def test_a_page_whose_recogniser_was_killed_is_read_by_another_one(workers, pages):
    hunter = _hunt(workers, kills=1)
    text = _text(_read(workers, pages[0]).result(120))
    hunter.stop.set()
    hunter.join()

    assert (1, 2) == (len(hunter.killed), len(hunter.seen))
    assert "PAGE 05 2026" in text


def test_recognisers_killed_again_and_again_cost_no_file(workers, pages):
    hunter = _hunt(workers, kills=3)
    reads = [_read(workers, page) for page in pages]
    texts = [_text(read.result(240)) for read in reads]
    hunter.stop.set()
    hunter.join()

    assert 3 == len(hunter.killed)
    assert all(f"PAGE {number}5 2026" in text for number, text in enumerate(texts))
