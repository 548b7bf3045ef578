"""How much of a stranger's file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds that a file must keep; one that does not is a `ReadError` (`too-large`, `timeout`).

    Attributes:
        max_bytes: Size of the file as received.
        max_expanded_bytes: Sum of the sizes of a package's members once unpacked.
        max_ratio: How many times its packed size a member over 32 MB that is read may unpack to.
        max_members: Members of a package.
        max_pages: Pages of a PDF.
        max_cells: Cells of one file, and grid positions of one table.
        max_merges: Merged ranges of one sheet.
        max_depth: Tables inside tables.
        seconds: Processor time for one file, conversion by another program with it; on the wall it may take
            several times as long (see `office.clock.WIDER`). Recognition has a clock of its own.
        memory_bytes: Memory for one file beyond what its worker held before (see `sandbox`).
    """

    max_bytes: int = 64 * 1024 * 1024
    max_expanded_bytes: int = 256 * 1024 * 1024
    max_ratio: int = 250
    max_members: int = 5_000
    max_pages: int = 300
    max_cells: int = 500_000
    max_merges: int = 200_000
    max_depth: int = 24
    seconds: float = 8.0
    memory_bytes: int = 448 * 1024 * 1024
