"""What earlier runs did: one of them in full, and all that was written to one lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class History:
    """What was written to a lead."""

    written: Sequence[Written]
    """The oldest first."""
    names: Mapping[str, str]
    """Of properties, by their ids."""
    addresses: Mapping[str, str]
    """Of Keen, by the ids of runs."""


def history_of(state_dir: Path, lead_id: str) -> History:
    """Give what was written to a lead; raises SettingsError where the id is no UUID."""
    try:
        lead = str(UUID(lead_id.strip()))
    except ValueError:
        raise SettingsError(
            f"{printable(lead_id)} is not a lead's id: it is a UUID, 32 hexadecimal digits, 8-4-4-4-12."
        ) from None
    names: dict[str, str] = {}
    addresses: dict[str, str] = {}
    for run in all_runs(state_dir):
        addresses[run.id] = run.head.base_url if run.head else ""
        names.update(run.head.names if run.head else {})
    if not (state_dir / JOURNAL).exists():
        return History([], {}, {})
    with Journal(state_dir / JOURNAL) as journal:
        return History(list(journal.history(lead)), names, addresses)
