"""The rows of a job, translated."""

from collections.abc import Iterator

from leadsync.mapping import translate
from leadsync.records import Translation
from leadsync.sync.duplicates import Duplicates
from leadsync.sync.prepare import Work


def translations(work: Work) -> Iterator[Translation]:
    """Give all rows of a job, a chunk at a time, translated and with the mapping's rules applied."""
    duplicates = Duplicates(work.mapping, work.sources)
    for bound, chunk in work.sources.chunks():
        yield duplicates.apply(translate(bound, chunk), bound.lead)
