"""The recogniser's own doings: where its threads may run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

np = pytest.importorskip("numpy")


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are listed by Linux only")
def test_no_thread_of_the_recogniser_is_bound_to_one_processor(recogniser: Any) -> None:
    recogniser.read_lines([np.full((48, 320), 255, np.uint8)])

    bound = {
        task.name: os.sched_getaffinity(int(task.name))
        for task in Path("/proc/self/task").iterdir()
        if os.sched_getaffinity(int(task.name)) != os.sched_getaffinity(0)
    }

    assert {} == bound
