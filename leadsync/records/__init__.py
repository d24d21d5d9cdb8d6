"""The frozen records that cross rooms.

The way of the data: a source is read into `Chunk`s, a chunk is translated into a `Translation`, a translation
gives `Update`s, each row ends in one `Outcome`.
"""

from leadsync.records.outcomes import BAD, OPEN, Answered, Damage, Example, Outcome, Status, Summary
from leadsync.records.source import (
    DEFAULT_LEVELS,
    Cell,
    Chunk,
    HiddenRows,
    Issue,
    Level,
    Row,
    SourceOptions,
    column_letters,
    fold_header,
)
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
    "Answered",
    "Cell",
    "Chunk",
    "Condition",
    "Damage",
    "Example",
    "HiddenRows",
    "Issue",
    "JsonValue",
    "Level",
    "Outcome",
    "Policy",
    "Reading",
    "Row",
    "SourceOptions",
    "Status",
    "Summary",
    "Target",
    "Translation",
    "Update",
    "column_letters",
    "fold_header",
]
