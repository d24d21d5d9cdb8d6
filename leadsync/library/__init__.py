"""leadsync from Python: what `import leadsync` offers.

The same way through as the command line's, without its console: nothing is printed, nobody is asked or told, and what
is logged goes to the standard library's logging under the name `leadsync`.
"""

from leadsync.codes import Code
from leadsync.errors import (
    LeadsyncError,
    MappingError,
    SettingsError,
    SetupError,
    SourceError,
    StateError,
    StateHeldError,
    StopRunError,
)
from leadsync.library.calls import check, load_mapping, sync, sync_async
from leadsync.library.results import Progress, Result
from leadsync.mapping import Mapping
from leadsync.records import Outcome, Status, Summary
from leadsync.sync.check import CheckResult

__all__ = [
    "CheckResult",
    "Code",
    "LeadsyncError",
    "Mapping",
    "MappingError",
    "Outcome",
    "Progress",
    "Result",
    "SettingsError",
    "SetupError",
    "SourceError",
    "StateError",
    "StateHeldError",
    "Status",
    "StopRunError",
    "Summary",
    "check",
    "load_mapping",
    "sync",
    "sync_async",
]
