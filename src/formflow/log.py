"""The running log: one JSON line an event, a file a month, in `var/log/`.

It is for the person who keeps the system running: what came, what became of it, how long it took, what broke and where.
It holds names of files and numbers of entries, never a value from a form. It is no record: the audit chain is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.private import make_folder, opener

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger


def open_log(folder: Path, clock: Callable[[], datetime]) -> FilteringBoundLogger:
    """A log that writes into a folder, which need not exist.

    A log that cannot be written (a full disk) never stops the work; it is said once on standard error.

    Args:
        clock: Gives the time of an event, timezone-aware.
    """
    import structlog  # takes a tenth of a second

    def stamp(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        return {"at": clock().isoformat(timespec="milliseconds"), **event}

    return structlog.wrap_logger(  # type: ignore[no-any-return]
        Monthly(folder, clock),
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.format_exc_info,
            stamp,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(0),
        context_class=dict,
        cache_logger_on_first_use=False,
    )


class Monthly:
    """Appends lines to `formflow-2026-03.log`, the month of the clock.

    Each line is one write to a file opened for appending, so that several processes can share it; nothing is rotated,
    renamed or removed under anybody's feet.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._clock = clock
        self._complained = False

    def msg(self, line: str) -> None:
        """Append a line."""
        path = self._folder / f"formflow-{self._clock():%Y-%m}.log"
        try:
            make_folder(self._folder)
            with open(path, "a", encoding="utf-8", errors="backslashreplace", opener=opener) as file:
                file.write(line + "\n")
        except OSError as error:
            if not self._complained:
                self._complained = True
                print(f"formflow: {path}: {error.strerror or error}", file=sys.stderr)

    debug = info = warning = error = critical = msg
