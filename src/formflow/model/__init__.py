"""Values that travel the pipeline: frozen, blind to disk, clock and network.

Two families live here. The neutral `Document` (what a reader saw, whatever the file was) and what
becomes of it: `Candidate` → `Record` → `Entry`, with the `Finding`s made on the way.
"""

from formflow.model.document import (
    Block,
    Box,
    Cell,
    Control,
    Document,
    DoubtReason,
    Doubts,
    Json,
    Line,
    Mark,
    Part,
    Picture,
    Source,
    Table,
)
from formflow.model.record import (
    Candidate,
    Entry,
    Finding,
    Outcome,
    Reading,
    Receipt,
    Record,
    RecordState,
    Severity,
    StepDecision,
    Unclaimed,
    doubted,
    together,
)

__all__ = [
    "Block",
    "Box",
    "Candidate",
    "Cell",
    "Control",
    "Document",
    "DoubtReason",
    "Doubts",
    "Entry",
    "Finding",
    "Json",
    "Line",
    "Mark",
    "Outcome",
    "Part",
    "Picture",
    "Reading",
    "Receipt",
    "Record",
    "RecordState",
    "Severity",
    "Source",
    "StepDecision",
    "Table",
    "Unclaimed",
    "doubted",
    "together",
]
