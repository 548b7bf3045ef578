"""Writes the document templates that formflow ships: `python tools/make_templates.py [FOLDER]`.

The files in `templates/` are what is used and edited in Word; this script is how they came to be, so that a change
of layout can be reviewed. The same script gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from layouts_forms import FORMS
from layouts_letters import LETTERS
from layouts_reports import REPORTS


def main(folder: Path) -> None:
    for name, build in (FORMS | LETTERS | REPORTS).items():
        (folder / name).write_bytes(build())
        print(folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "templates")
