"""The frozen records that cross rooms.

The way of the data: a source is read into `Chunk`s, a chunk is translated into a `Translation`, a translation
gives `Update`s, each row ends in one `Outcome`.
"""

from leadsync.records.outcomes import BAD, OPEN, Answered, Damage, Example, FollowUp, Outcome, Status, Summary
from leadsync.records.source import (
    DEFAULT_LEVELS,
    SUMMARY_SHEET,
    Cell,
    Chunk,
    HiddenRows,
    Issue,
    Level,
    Origins,
    Row,
    SourceOptions,
    column_letters,
    fold_header,
    is_summary_sheet,
)
from leadsync.records.timeline import Slot, Timeline
from leadsync.records.trend import FailingColumn, FailingLead, RunPoint, Trend
from leadsync.records.updates import (
    STANDARD_FIELDS,
    Condition,
    JsonValue,
    Policy,
    Reading,
    Target,
    Translation,
    Update,
)

__all__ = [
    "BAD",
    "DEFAULT_LEVELS",
    "OPEN",
    "STANDARD_FIELDS",
    "SUMMARY_SHEET",
    "Answered",
    "Cell",
    "Chunk",
    "Condition",
    "Damage",
    "Example",
    "FailingColumn",
    "FailingLead",
    "FollowUp",
    "HiddenRows",
    "Issue",
    "JsonValue",
    "Level",
    "Origins",
    "Outcome",
    "Policy",
    "Reading",
    "Row",
    "RunPoint",
    "Slot",
    "SourceOptions",
    "Status",
    "Summary",
    "Target",
    "Timeline",
    "Translation",
    "Trend",
    "Update",
    "column_letters",
    "fold_header",
    "is_summary_sheet",
]
