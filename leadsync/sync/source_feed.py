"""Rows from sources: looked at all together, held against the ledger, and translated by the mapping."""

from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import repeat
from pathlib import Path

import orjson

from leadsync.journal import RunHead, RunRecord
from leadsync.keen.client import KeenClient
from leadsync.mapping import CLEARED, BoundMapping
from leadsync.plan import PlannedRow
from leadsync.records import Condition, JsonValue, Policy, Summary, Translation, Update
from leadsync.sync.begin import new_head
from leadsync.sync.changes import Memory, Said, differing
from leadsync.sync.decide import updates
from leadsync.sync.feed import Setting
from leadsync.sync.guards import Guard, Profile, guards, job_of_head, recent_good
from leadsync.sync.inspection import Inspection, inspect
from leadsync.sync.introduce import Properties, introduce
from leadsync.sync.job import Job
from leadsync.sync.prepare import Work
from leadsync.sync.translations import translations


class SourceFeed:
    """Gives a run the rows of sources (see `feed.Feed`)."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._mapping = work.mapping
        self._properties = Properties()
        self._inspection: Inspection | None = None
        self._memory: Memory | None = None
        self._is_full = False
        self._policies: Mapping[str, Policy] = {}
        """By standard field or `property_definitions_id`: those that need a look at the lead."""

    @property
    def paths(self) -> Sequence[Path]:
        """Give where the sources lie."""
        return self._work.paths

    @property
    def is_legacy(self) -> bool:
        """Tell whether the mapping names leads by legacy ids."""
        return self._mapping.lead.is_legacy

    @property
    def names(self) -> Mapping[str, str]:
        """Give the properties' names in the mapping, by id."""
        return {found: name for name, found in self._properties.ids.items()}

    @property
    def repeated(self) -> Container[str]:
        """Give the leads that several rows are about, as the rows name them."""
        return self._inspection.repeated if self._inspection else ()

    @property
    def is_agreed(self) -> bool:
        """Tell whether what was found needs nobody's consent, or has it."""
        return self._inspection is None or self._inspection.is_agreed

    async def introduce(self, client: KeenClient) -> None:
        """Ask for the ids and types of the properties."""
        self._properties = await introduce(client, self._mapping)
        ids = self._properties.ids
        keys = ((ids[f.target.name] if f.target.is_property else f.target.name, f.policy) for f in self._mapping.fields)
        self._policies = {key: policy for key, policy in keys if policy is not Policy.OVERWRITE}

    def look(self, setting: Setting) -> bool:
        """Look at all rows; what a run found when it began holds for it until it has ended."""
        self._is_full = setting.job.full
        kept = None if setting.past is None else setting.journal.inspection(setting.past)
        if setting.ledger and setting.is_introduced:
            known = [*sorted(self._properties.ids.items()), *sorted(self._properties.types.items())]
            seed, is_legacy = orjson.dumps(known).decode(), self._mapping.lead.is_legacy
            self._memory = Memory(setting.ledger, self._properties.ids, seed, is_legacy)
        if kept is not None:
            self._inspection = Inspection.from_bytes(kept, self._work)
        elif setting.is_introduced:
            self._work.sources.spill_into(setting.job.state_dir)
            types, control = self._properties.types, setting.control
            self._inspection = inspect(
                self._work,
                types,
                control,
                self._memory,
                full=self._is_full,
                notes_repeated=bool(self._policies) or setting.job.keeps_before or setting.job.looks_only,
            )
        if self._memory and self._inspection and self._inspection.changes.marks:
            self._memory.ledger.remember(self._inspection.changes.marks)
        return self._inspection is not None

    def guards(self, runs: Sequence[RunRecord], head: RunHead) -> list[Guard]:
        """Give what somebody must agree to."""
        assert self._inspection
        profile = self.profile(head)
        changes = self._inspection.changes
        return guards(
            self._inspection.count,
            self._mapping,
            changed=0 if self._is_full else changes.changed,
            known=changes.known,
            now=profile,
            is_report=self._work.has_report,
            past=recent_good(runs, job_of_head(head)) if profile else (),
        )

    def agree(self) -> None:
        """Take down that somebody has agreed."""
        assert self._inspection
        self._inspection = replace(self._inspection, is_agreed=True)

    def profile(self, head: RunHead) -> Profile | None:
        """Give what later runs are held against; none for a part of a source, or for a report that was fed again."""
        is_part = head.limit is not None or self._work.has_report
        if self._inspection is None or is_part:
            return None
        filled = self._inspection.filled
        used = {bound.mapping.headers[place] for bound in self._work.sources.bound for place in bound.mapping.watched}
        return Profile(job_of_head(head), self._inspection.count.rows, filled, frozenset(used - filled))

    def head(self, job: Job, run_id: str, follows: str | None) -> RunHead:
        """Take down what a run begins with."""
        return replace(new_head(self._work, job, run_id, follows), names=self.names)

    def kept(self) -> bytes | None:
        """Give what was found, for a run that goes on."""
        return self._inspection.to_bytes() if self._inspection else None

    def estimate_rows(self) -> int | None:
        """Give about how many rows the sources have."""
        return self._work.sources.estimate_rows()

    def translations(self, final: bytes | bytearray, *, all_rows: bool) -> Iterator[Translation]:
        """Give the rows, translated."""
        return translations(self._work, self._inspection, final, all_rows=all_rows)

    def updates(self, translation: Translation) -> Sequence[Update]:
        """Give the updates: the values that changed, and under which conditions they go."""
        whole = list(updates(translation, self._properties.ids))
        memory = self._memory
        if memory is None:
            return [self._conditioned(update, {}) for update in whole]
        chunk = translation.chunk
        rows = [update.row.position - chunk.first for update in whole]
        uuids = memory.uuids([update.lead for update in whole])
        said = memory.said([uuid for uuid in uuids if uuid])
        acknowledged = [said.get(uuid, {}) for uuid in uuids]
        other = differing(memory, translation, dict(zip(rows, acknowledged, strict=True)))
        doubts = memory.doubts([uuid for uuid in uuids if uuid]) if self._policies else {}
        marks = memory.marks(self._bound(chunk.first), chunk.take(rows)).tolist() if rows else []
        return [
            self._changed(replace(update, mark=mark), held, doubts.get(uuid, {}), other[row])
            for update, mark, held, uuid, row in zip(whole, marks, acknowledged, uuids, rows, strict=True)
        ]

    def digests(self, translation: Translation) -> Mapping[int, int | None]:
        """Give the digests of whole rows; unknown where Keen did not tell the properties' ids."""
        everything = replace(translation, answered=frozenset(), unchanged=frozenset())
        named = {field.target.name for field in self._mapping.properties}
        if self._inspection is None or not named <= self._properties.ids.keys():
            return dict.fromkeys(everything.sendable())
        return {
            update.row.position - translation.chunk.first: update.digest
            for update in updates(everything, self._properties.ids)
        }

    def asked(self) -> Iterator[Sequence[PlannedRow] | None]:
        """Tell that no plan says anything."""
        return repeat(None)

    def told(self, summary: Summary) -> Summary:
        """Tell what was found in the sources, and found out about them."""
        return self._inspection.told(summary, self._work) if self._inspection else summary

    def findings(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """Tell of damage."""
        for damage in self._inspection.damages if self._inspection else ():
            told = {"code": str(damage.code), "level": str(damage.level), "column": damage.column}
            yield "damage_found", {**told, "cells": damage.count}

    def _bound(self, first: int) -> BoundMapping:
        """Give the mapping as it is bound to the source that a row belongs to."""
        starts = self._work.sources.starts
        return self._work.sources.bound[bisect_right(starts, first) - 1].mapping

    def _changed(
        self, update: Update, said: Said, doubts: Mapping[str, Sequence[JsonValue]], other: set[str]
    ) -> Update:
        """Leave of an update what changed; rows that share their lead are sent whole, one after the other."""
        assert self._inspection
        together = self._inspection.changes.sequences.mark(update.row.position)
        if together is not None:
            update = replace(update, mark=together)
        elif said and not self._is_full:
            update = update.narrowed(other)
        ours = {**{key: (value,) for key, value in said.items()}, **doubts}
        return self._conditioned(update, ours)

    def _conditioned(self, update: Update, ours: Mapping[str, Sequence[JsonValue]]) -> Update:
        """Say what Keen must hold for each value to be sent, by the policies of the mapping."""
        if not self._policies:
            return update
        conditions = {
            key: Condition(self._policies[key], ours.get(key, ()))
            for key, value in update.values.items()
            if key in self._policies and (self._policies[key] is not Policy.NEVER_CLEAR or value == CLEARED)
        }
        return replace(update, conditions=conditions)
