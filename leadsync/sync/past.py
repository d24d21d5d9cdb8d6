"""What earlier runs did: one of them in full, and all that was written to one lead."""

from pathlib import Path
from uuid import UUID

from leadsync.errors import SettingsError
from leadsync.files import printable
from leadsync.journal import Journal, RunRecord, Written
from leadsync.records import Example
from leadsync.sync.begin import JOURNAL
from leadsync.sync.resume import all_runs, run_named


def told_of(state_dir: Path, run_id: str) -> tuple[RunRecord, list[Example]]:
    """Give a run by its id, or the `last`, and each status and code of its rows.

    Raises SettingsError where there is none.
    """
    run = run_named(all_runs(state_dir), run_id, state_dir)
    with Journal(state_dir / JOURNAL) as journal:
        return run, journal.examples(run.no)


def history_of(state_dir: Path, lead_id: str) -> tuple[list[Written], dict[str, str]]:
    """Give what was written to a lead, the oldest first, and the names of properties by their ids.

    Raises SettingsError where the id is no UUID.
    """
    try:
        lead = str(UUID(lead_id.strip()))
    except ValueError:
        raise SettingsError(
            f"{printable(lead_id)} is not a lead's id: it is a UUID, 32 hexadecimal digits, 8-4-4-4-12."
        ) from None
    names: dict[str, str] = {}
    for run in all_runs(state_dir):
        names.update(run.head.names if run.head else {})
    if not names and not (state_dir / JOURNAL).exists():
        return [], {}
    with Journal(state_dir / JOURNAL) as journal:
        return list(journal.history(lead)), names
