"""The catalogue of outcome codes: what each means, and what to do about it.

Codes are stable: others script against them. A code is emitted only as a member of `Code`, so that whatever the
program can say is in the catalogue. `leadsync explain CODE` prints an entry.
"""

from leadsync.codes.catalogue import CATALOGUE, STATUSES, Entry
from leadsync.codes.names import Code

__all__ = ["CATALOGUE", "STATUSES", "Code", "Entry"]
