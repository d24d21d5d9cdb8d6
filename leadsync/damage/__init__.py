"""Damage: what has happened to columns of text on their way into a source, found before anything is sent.

Knows nothing of mappings, files or Keen: it sees chunks of text, and for each column its header and its roles.
"""

from leadsync.damage.columns import Role, Watched
from leadsync.damage.findings import Finding, issue_of
from leadsync.damage.inspector import Inspector
from leadsync.damage.rows import RowSet

__all__ = ["Finding", "Inspector", "Role", "RowSet", "Watched", "issue_of"]
