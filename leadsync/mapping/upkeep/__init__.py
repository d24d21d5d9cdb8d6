"""The upkeep of a mapping: what a changed export needs, found and proposed as a change of the mapping's text.

Knows nothing of files: it is given the mapping, its text, and the columns of the source.
"""

from leadsync.mapping.upkeep.findings import Missing, New, Upkeep
from leadsync.mapping.upkeep.look import upkeep
from leadsync.mapping.upkeep.renames import Renamed

__all__ = ["Missing", "New", "Renamed", "Upkeep", "upkeep"]
