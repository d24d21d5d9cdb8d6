"""The journal: runs, the rows they read and what became of each, in SQLite under the state folder."""

from leadsync.journal.lock import hold
from leadsync.journal.recorder import Recorder
from leadsync.journal.runs import RunHead, RunRecord, SourceHead, Usage
from leadsync.journal.store import Journal

__all__ = ["Journal", "Recorder", "RunHead", "RunRecord", "SourceHead", "Usage", "hold"]
