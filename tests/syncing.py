"""A run of sources, as `leadsync sync` does it."""

from leadsync.sync.job import Control, Job, RunResult
from leadsync.sync.prepare import Work
from leadsync.sync.resume import Past
from leadsync.sync.run import run
from leadsync.sync.source_feed import SourceFeed


async def sync(work: Work, job: Job, control: Control, past: Past | None = None) -> RunResult:
    """Do a run of sources."""
    return await run(SourceFeed(work), job, control, past)
