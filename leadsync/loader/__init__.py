"""The loader: CSV and Excel files become chunks of text rows that know their place. Knows nothing of Keen."""

from leadsync.loader.arrival.content import content_of
from leadsync.loader.base import Source, WorkbookKind
from leadsync.loader.opening import open_source

__all__ = ["Source", "WorkbookKind", "content_of", "open_source"]
