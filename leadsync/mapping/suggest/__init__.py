"""A mapping suggested: from the headers and the values of a source to proposals with their evidence.

Knows nothing of files: it is given headers and cells, and the property definitions of a channel.
"""

from leadsync.mapping.suggest.spec import (
    Candidate,
    Column,
    Definition,
    Found,
    Goal,
    Headers,
    Proposal,
    Shape,
    Suggestion,
)
from leadsync.mapping.suggest.suggest import FIELD_GOALS, LEAD_GOALS, settle, suggest

__all__ = [
    "FIELD_GOALS",
    "LEAD_GOALS",
    "Candidate",
    "Column",
    "Definition",
    "Found",
    "Goal",
    "Headers",
    "Proposal",
    "Shape",
    "Suggestion",
    "settle",
    "suggest",
]
