"""What a run would send of the first rows of a source; nothing is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from leadsync.journal import RunRecord
from leadsync.records import JsonValue, Translation, Update
from leadsync.sync.decide import settled, updates
from leadsync.sync.inspection import inspect
from leadsync.sync.job import Control, Inputs
from leadsync.sync.prepare import Work
from leadsync.sync.resume import all_runs, head_of, inputs_of


@dataclass(frozen=True, slots=True)
class FirstRow:
    """A row, and what a run would do with it."""

    place: str
    """`Leads!17`"""
    message: str
    """Why it is not sent; empty where it is."""
    status: str = ""
    """`invalid` or `skipped`; empty where it is sent."""
    body: Mapping[str, JsonValue] = field(default_factory=dict)
    """The finished body of `update_lead`; what Keen is asked for before it stands in `<…>`."""


def first_rows(work: Work, most: int) -> list[FirstRow]:
    """Give the first rows as a run would treat them, all rows having been looked at as before a run.

    Raises SourceError where the source cannot be read to its end.
    """
    inspection = inspect(work, {}, Control())
    assert inspection  # nobody stops it
    ids = {each.target.name: each.definition_id or f'<id of "{each.target.name}">' for each in work.mapping.properties}
    rows: list[FirstRow] = []
    for bound, chunk in work.sources.chunks():
        translation = inspection.translated(bound, chunk.head(most - len(rows)), all_rows=True)
        rows += _told(translation, ids, is_legacy=work.mapping.lead.is_legacy)
        if len(rows) >= most:
            break
    return rows


def _told(translation: Translation, ids: Mapping[str, str], *, is_legacy: bool) -> Iterator[FirstRow]:
    chunk = translation.chunk
    sent = {update.row.position: update for update in updates(translation, ids)}
    others = {outcome.position: outcome for outcome in settled(translation)}
    for row in range(len(chunk)):
        place = str(chunk.row(row))
        position = chunk.first + row
        if position in sent:
            yield FirstRow(place, "", body=_body(sent[position], is_legacy=is_legacy))
        else:
            yield FirstRow(place, others[position].message, others[position].status.value)


def _body(update: Update, *, is_legacy: bool) -> dict[str, JsonValue]:
    lead = f"<UUID of legacy id {update.lead}>" if is_legacy else update.lead
    body: dict[str, JsonValue] = {"action": "update_lead", "lead_id": lead, **update.fields}
    if update.properties:
        body["properties"] = [{"property_definitions_id": name, "value": value} for name, value in update.properties]
    return body


def last_inputs(state_dir: Path, mapping: Path) -> tuple[RunRecord, Inputs] | None:
    """Give what the last run with a mapping read, where all of it is still there; None where there is no such run."""
    at = mapping.resolve()
    for run in reversed(all_runs(state_dir)):
        if run.head is None or run.head.carries_out_a_plan or Path(run.head.mapping_path).resolve() != at:
            continue
        inputs = inputs_of(head_of(run), state_dir)
        if all(source.at is not None and source.at.is_file() for source in inputs.sources):
            return run, inputs
        return None
    return None
