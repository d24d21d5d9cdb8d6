"""Makes the state folder of a run that was killed nearly at its end: `nearly_done.py FILE MAPPING STATE URL KEY`.

The rows are read and journaled as a run does it; only the answers are made up, as to send 900,000 rows takes a
quarter of an hour. The last tenth has no outcome, nor have the rows that the killed run had not read.
"""

import sys
from pathlib import Path

from pydantic import SecretStr

from leadsync.codes import Code
from leadsync.journal import Journal, Usage, hold
from leadsync.keen.options import ClientOptions
from leadsync.records import Outcome, Status
from leadsync.sync.begin import JOURNAL, new_head, new_run_id
from leadsync.sync.inspection import inspect
from leadsync.sync.job import Control, Inputs, Job, SourceFile
from leadsync.sync.prepare import prepare
from leadsync.sync.translations import translations


def main() -> None:
    """Journal nine rows of ten."""
    source, mapping, state, url, key = sys.argv[1:]
    job = Job(Path(state), ClientOptions(SecretStr(key), url))
    with (
        prepare(Inputs([SourceFile(source)], Path(mapping))) as work,
        hold(job.state_dir),
        Journal(job.state_dir / JOURNAL) as journal,
    ):
        done = (work.sources.estimate_rows() or 0) * 9 // 10
        inspection = inspect(work, {}, Control())
        assert inspection
        run = journal.begin(new_head(work, job, new_run_id()), inspection.to_bytes())
        for translation in translations(work, inspection):
            chunk = translation.chunk
            if chunk.first >= done:
                break
            outcomes = [
                Outcome(
                    chunk.first + row, Status.UPDATED, Code.UPDATED, "Keen acknowledged the update.", lead, "", 200, 1
                )
                for row, lead in enumerate(translation.leads)
            ]
            journal.reach(run, chunk.first, chunk.first + len(chunk))
            journal.add_chunk(run, chunk)
            journal.add_outcomes(run, outcomes, Usage(chunk.first + len(chunk), 0, 1.0))


if __name__ == "__main__":
    main()
