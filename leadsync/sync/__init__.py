"""The way through: load -> translate -> decide -> send -> journal -> report."""

from leadsync.sync.check import CheckResult, check
from leadsync.sync.job import Control, Job, Tally
from leadsync.sync.prepare import Work, ask_channels, prepare
from leadsync.sync.run import RunResult, sync

__all__ = [
    "CheckResult",
    "Control",
    "Job",
    "RunResult",
    "Tally",
    "Work",
    "ask_channels",
    "check",
    "prepare",
    "sync",
]
