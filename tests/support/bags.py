"""One bag made at once, as the pipeline plans and closes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from formflow.archive.closing import Archived, close_bag
from formflow.archive.copies import plan
from formflow.model import Entry


def build(root: Path, entry: Entry, **what: Any) -> Archived:
    """Make an entry's bag; see `plan` for the arguments."""
    return close_bag(root, plan(root, entry, **what))
