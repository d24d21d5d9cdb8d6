"""Makes the state folder after a run that Keen acknowledged wholly: `acknowledged.py FILE MAPPING STATE URL KEY`.

All is written as a run writes it; only the answers are made up, as to send 1,000,000 rows takes a quarter of an hour.
"""

import asyncio
import sys
from pathlib import Path

from pydantic import SecretStr

from leadsync.codes import Code
from leadsync.journal import Journal, Usage, hold
from leadsync.keen.client import KeenClient
from leadsync.keen.options import ClientOptions
from leadsync.records import Outcome, Status
from leadsync.report import summary_json
from leadsync.sync.begin import JOURNAL, new_run_id
from leadsync.sync.end import summarize
from leadsync.sync.feed import Setting
from leadsync.sync.job import Control, Inputs, Job, SourceFile
from leadsync.sync.prepare import prepare
from leadsync.sync.source_feed import SourceFeed


async def _introduce(feed: SourceFeed, options: ClientOptions) -> None:
    async with KeenClient(options) as client:
        await feed.introduce(client)


def main() -> None:
    """Journal a run, and let the ledger learn of it."""
    source, mapping, state, url, key = sys.argv[1:]
    job = Job(Path(state), ClientOptions(SecretStr(key), url))
    assert job.client
    assert job.company
    with (
        prepare(Inputs([SourceFile(source)], Path(mapping))) as work,
        hold(job.state_dir),
        Journal(job.state_dir / JOURNAL) as journal,
    ):
        feed, ledger = SourceFeed(work), journal.ledger(*job.company)
        asyncio.run(_introduce(feed, job.client))
        feed.look(Setting(journal, ledger, Control(), job))
        head = feed.head(job, new_run_id(), None)
        run = journal.begin(head, feed.kept())
        profile = feed.profile(head)
        assert profile
        journal.keep_profile(run, profile.to_json())
        for translation in feed.translations(b"", all_rows=False):
            chunk, updates = translation.chunk, feed.updates(translation)
            journal.add_chunk(run, chunk)
            journal.reach(run, chunk.first, chunk.first + len(chunk), updates)
            outcomes = [
                Outcome(update.row.position, Status.UPDATED, Code.UPDATED, "", update.lead, "", 200, 1)
                for update in updates
            ]
            journal.add_outcomes(run, outcomes, Usage(chunk.first + len(chunk), 0, 1.0))
        summary = summarize(
            head, journal.examples(run), rows_read=journal.rows(run), usage=journal.usage(run), stopped=None
        )
        journal.finish(run, summary_json(summary), journal.usage(run))
        ledger.fold()


if __name__ == "__main__":
    main()
