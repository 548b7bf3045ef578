"""Where LibreOffice is on this machine."""

from __future__ import annotations

import os
import shutil
from functools import lru_cache
from pathlib import Path

_NAMES = ("soffice", "libreoffice")
_USUAL = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


@lru_cache(maxsize=1)
def find_soffice() -> Path | None:
    """The `soffice` command, from the search path or where its packages put it; None where there is none."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    # The vendor's own packages install beside the system, one folder a version.
    vendor = sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
    for place in (*map(Path, _USUAL), *vendor):
        if os.access(place, os.X_OK):
            return place
    return None
