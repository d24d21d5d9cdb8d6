"""What the tests of the ledger tell their stories with: runs that write to leads, and what Keen answers."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from leadsync.codes import Code
from leadsync.identity import lead_keys
from leadsync.journal import Journal, RunHead, SourceHead, Usage
from leadsync.records import Chunk, JsonValue, Outcome, Row, Status, Update

URL, KEY_PRINT = "https://keen.example.com", "0123456789abcdef"
HEAD = RunHead(
    id="first",
    started_at="2026-11-22T01:02:03Z",
    sources=(SourceHead("leads.csv", "/srv/leads.csv", "1" * 64),),
    mapping="m.yaml",
    mapping_path="/srv/m.yaml",
    mapping_sha256="0" * 64,
    base_url=URL,
    report_dir="",
    key_print=KEY_PRINT,
)
Answer = tuple[Status, Code]
DONE: Answer = (Status.UPDATED, Code.UPDATED)
FAILED: Answer = (Status.FAILED, Code.SERVER_ERROR)
LOST: Answer = (Status.UNKNOWN, Code.NO_ANSWER)
GONE: Answer = (Status.REJECTED, Code.LEAD_NOT_FOUND)


def lead(number: int) -> str:
    """Give the UUID of a made-up lead; neighbours differ in their first and last digits."""
    return f"{number:08x}-0000-4000-8000-{number:012x}"


def update(position: int, named: int | str, mark: int = 0, **fields: str) -> Update:
    """Make an update of a row for a lead, by its number or by a legacy id."""
    return Update(
        Row(position, "Leads", position + 2), lead(named) if isinstance(named, int) else named, fields, [], mark=mark
    )


def outcome(position: int, answer: Answer, lead_id: str = "") -> Outcome:
    """Make the outcome of a row."""
    return Outcome(position, *answer, "Told.", lead_id)


def chunk(first: int, leads: Sequence[str]) -> Chunk:
    """Make a chunk of rows that name leads in their second column."""
    frame = pd.DataFrame({0: ["Ada"] * len(leads), 1: leads}, dtype=object)
    return Chunk("leads.csv", "Leads", ("Name", "Lead"), first, range(first + 2, first + 2 + len(leads)), frame)


def write(journal: Journal, run: int, updates: Iterable[Update]) -> None:
    """Let a run be about to send updates."""
    updates = [*updates]
    first, *_, last = sorted([update.row.position for update in updates] * 2)
    journal.reach(run, first, last + 1, updates)


def answer(journal: Journal, run: int, answers: Mapping[int, Answer], lead_id: str = "") -> None:
    """Let Keen answer updates, by position."""
    journal.add_outcomes(run, [outcome(position, told, lead_id) for position, told in answers.items()], Usage())


def send(journal: Journal, run: int, told: Answer | None, *updates: Update, lead_id: str = "") -> None:
    """Let a run send updates that are all answered alike; None for no answer, as leadsync was killed."""
    write(journal, run, updates)
    if told:
        answer(journal, run, {update.row.position: told for update in updates}, lead_id)


def held(
    journal: Journal, number: int, url: str = URL, key_print: str = KEY_PRINT
) -> tuple[dict[str, JsonValue], int] | None:
    """Give what a ledger knows of a lead: the values and the mark; None where it does not know it."""
    ledger = journal.ledger(url, key_print)
    said = ledger.said([lead(number)])
    known, marks = ledger.index().find(lead_keys([lead(number)]))
    assert bool(known[0]) == (lead(number) in said)
    return (said[lead(number)], int(marks[0])) if said else None
