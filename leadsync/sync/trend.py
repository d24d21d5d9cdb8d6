"""How the runs of some time went, and what fails in them night after night."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from leadsync.journal import Journal
from leadsync.records import Trend
from leadsync.sync.begin import JOURNAL

_RFC3339 = "%Y-%m-%dT%H:%M:%SZ"


def trend_of(state_dir: Path, age: timedelta) -> Trend:
    """Give what the runs have in common that began at most so long ago; no runs where there is no journal.

    Raises SettingsError and StateError where the journal cannot be read.
    """
    until = datetime.now(UTC)
    since = until - age
    if not (state_dir / JOURNAL).exists():
        return Trend(since.strftime(_RFC3339), until.strftime(_RFC3339), (), (), ())
    with Journal(state_dir / JOURNAL) as journal:
        return journal.trend(since, until)
