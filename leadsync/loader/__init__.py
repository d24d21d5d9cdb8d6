"""The loader: CSV and Excel files become chunks of text rows that know their place. Knows nothing of Keen."""

from leadsync.loader.base import Source
from leadsync.loader.opening import open_source

__all__ = ["Source", "open_source"]
