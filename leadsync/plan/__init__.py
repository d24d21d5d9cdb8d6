"""The plan: what would change in which lead, in a file that says it all, as tables to read, and in numbers.

The tables are to be imported from `plan.table`, which brings openpyxl with it.
"""

from leadsync.plan.file import check_plan, read_head, read_plan, write_plan
from leadsync.plan.records import Change, ChangeKind, PlanChunk, PlanHead, PlannedRow, value_text
from leadsync.plan.tally import ChangeExample, FieldTally, PlanTally

__all__ = [
    "Change",
    "ChangeExample",
    "ChangeKind",
    "FieldTally",
    "PlanChunk",
    "PlanHead",
    "PlanTally",
    "PlannedRow",
    "check_plan",
    "read_head",
    "read_plan",
    "value_text",
    "write_plan",
]
