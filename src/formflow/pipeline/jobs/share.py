"""The sharing job: the bag of what the entries of one submission share, in a worker process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.archive.shared import Shared, shared_for
from formflow.documents.stamps.numbered import Numbered
from formflow.model import Document, Entry
from formflow.pipeline.jobs.finish import searchable, stamp_cells

if TYPE_CHECKING:
    from formflow.pipeline.jobs.worker_context import WorkerContext


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareJob:
    """Make what entries of one submission share, where it is not there yet.

    Attributes:
        original: The bytes received.
        numbered: Every number that the copy is to show, in the order of the file.
        recognised: What was recognised on a scan, so that its copy can be searched; None for a digital file.
    """

    entries: tuple[Entry, ...]
    original: Path
    numbered: tuple[Numbered, ...]
    recognised: Document | None = None

    def run(self, worker_context: WorkerContext) -> dict[str, Shared]:
        """In the worker: the shared bags by number.

        Raises:
            IntegrityError: The original is not what the entries were read from; a bag stands there that is damaged.
            StoreError: The disk is full or refuses.
        """
        settings = worker_context.settings
        return shared_for(
            settings.folder("archive"),
            self.entries,
            original=self.original,
            copy=lambda: self._copy(worker_context),
            numbers=[{"number": one.number, "part": one.part, "row": one.row} for one in self.numbered],
            organisation=" ".join(filter(None, (settings.company, settings.department))),
        )

    def _copy(self, worker_context: WorkerContext) -> tuple[bytes, str] | None:
        """The copy that shows the numbers, and its suffix; None for a file that cannot show them."""
        from formflow.documents.stamps.stamp import stamp_all  # only a worker stamps

        data, kind = searchable(self.original.read_bytes(), self.recognised, self.entries[0])
        cells = stamp_cells(
            self.entries[0], worker_context.forms[self.entries[0].form], worker_context.settings
        )
        made = stamp_all(data, kind, self.numbered, cells)
        return (made.data, made.suffix) if made.stamped else None
