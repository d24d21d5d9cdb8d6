"""The journal in SQLite under the state folder: runs, what became of their rows, and what Keen holds since."""

from leadsync.journal.ledger import Ledger, LedgerIndex
from leadsync.journal.lock import hold
from leadsync.journal.recorder import Recorder
from leadsync.journal.rows import packed_cells, with_cells
from leadsync.journal.runs import RunHead, RunRecord, SourceHead, Usage
from leadsync.journal.store import Journal
from leadsync.journal.writes import Write, Written

__all__ = [
    "Journal",
    "Ledger",
    "LedgerIndex",
    "Recorder",
    "RunHead",
    "RunRecord",
    "SourceHead",
    "Usage",
    "Write",
    "Written",
    "hold",
    "packed_cells",
    "with_cells",
]
