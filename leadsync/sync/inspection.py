"""All rows looked at before the first is sent: how their numbers are written, and what has damaged them on the way."""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import Any
from zlib import compress, decompress

import numpy as np
import numpy.typing as npt
import orjson

from leadsync.codes import Code
from leadsync.damage import Finding, Inspector, Role, RowSet, Watched, issue_of
from leadsync.errors import SourceError
from leadsync.mapping import (
    BoundMapping,
    Evidence,
    as_declared,
    check_property_types,
    filled_columns,
    in_order,
    lead_ids,
    translate_rows,
    with_marks,
)
from leadsync.records import DEFAULT_LEVELS, Chunk, Damage, HiddenRows, Issue, Level, Policy, Summary, Translation
from leadsync.sync.changes import Changes, Memory, RowLog, Sequences, compared, compared_by_value, decided
from leadsync.sync.duplicates import Duplicates, LeadLog, RepeatedLeads, hashed_leads
from leadsync.sync.job import Control
from leadsync.sync.prepare import Bound, Work
from leadsync.sync.problems import Count
from leadsync.sync.read_as import read_as
from leadsync.sync.spill import unspilled


@dataclass(frozen=True, slots=True)
class Inspection:
    """What all rows together tell, which no row tells by itself."""

    count: Count
    """Of the rows as they are translated; after what stands below is applied where rows clear a value, or all that is
    wrong is wanted."""
    findings: Sequence[Sequence[Finding]]
    """For each source: what has damaged its columns."""
    duplicates: Duplicates
    marks: Sequence[Mapping[str, str]]
    """For each source: how its numbers are written, where the mapping does not say so."""
    types: Mapping[str, str]
    """The types that Keen has for the properties, by their names in the mapping; empty where Keen was not asked."""
    changes: Changes
    """The rows of which Keen acknowledged every value earlier."""
    filled: frozenset[str]
    """The headers of the columns that are used and hold a value in any row."""
    repeated: RepeatedLeads
    """The leads that several rows are about, where leads are looked at."""
    is_agreed: bool = False
    """What the rows do to Keen's values needs nobody's consent, or has it."""

    @property
    def changes_rows(self) -> bool:
        """Tell whether rows are refused or left out for what stands in other rows."""
        return bool(self.duplicates.hit.any()) or any(map(_is_error, chain.from_iterable(self.findings)))

    @property
    def damages(self) -> tuple[Damage, ...]:
        """Give what has damaged the sources, the errors first."""
        found = [
            Damage(f.code, f.level, f.header, f.count, round(f.confidence, 2), f.cells, f.message)
            for f in chain.from_iterable(self.findings)
        ]
        if self.count.outside:
            found.append(_outside(self.count))
        return tuple(sorted(found, key=lambda damage: (damage.level is not Level.ERROR, -damage.count)))

    def translated(self, bound: Bound, chunk: Chunk, *, all_rows: bool = False) -> Translation:
        """Translate a chunk, and apply to its rows what all rows together have told.

        Rows that are unchanged are told of as such; their values are there only where `all_rows` are wanted.
        """
        unchanged = self.changes.rows_of(chunk)
        lead = None if bound.mapping.mapping.lead.is_legacy else bound.mapping.lead
        if len(unchanged) == len(chunk) and not all_rows:
            return replace(Translation.of_unread(chunk), unchanged=unchanged, lead_column=lead)
        rows = [row for row in range(len(chunk)) if row not in unchanged or all_rows]
        translation = translate_rows(bound.mapping, unspilled(chunk), rows)
        translation = _checked(translation, self.types, bound.mapping)
        for finding in filter(_is_error, self.findings[bound.number]):
            translation = _refused(translation, finding)
        translation = self.duplicates.apply(translation, bound.mapping.lead)
        return replace(translation, unchanged=unchanged, lead_column=lead)

    def told(self, summary: Summary, work: Work) -> Summary:
        """Give a summary that tells of what was found, in the sources and about them."""
        mapping = work.mapping
        return replace(
            summary,
            read_as=read_as(work.sources.files, self.marks),
            damages=self.damages,
            hidden_rows=self.count.hidden,
            hidden_are_skipped=mapping.source.hidden_rows is HiddenRows.SKIP,
            cleared_rows=self.count.cleared,
        )

    def to_bytes(self) -> bytes:
        """Give what `from_bytes` reads, for a run that goes on."""
        content = {
            "count": {name: value for name, value in asdict(self.count).items() if name not in ("found", "protected")},
            "findings": [[_plain(finding) for finding in of] for of in self.findings],
            "hit": b64encode(np.packbits(self.duplicates.hit).tobytes()).decode(),
            "hits": len(self.duplicates.hit),
            "marks": self.marks,
            "types": self.types,
            "unchanged": b64encode(np.packbits(self.changes.unchanged).tobytes()).decode(),
            "compared": len(self.changes.unchanged),
            "sequences": b64encode(self.changes.sequences.positions.tobytes()).decode(),
            "together": b64encode(self.changes.sequences.marks.tobytes()).decode(),
            "known": [self.changes.known, self.changes.changed],
            "filled": sorted(self.filled),
            "repeated": b64encode(self.repeated.hashes.tobytes()).decode(),
            "is_agreed": self.is_agreed,
        }
        return compress(orjson.dumps(content))

    @classmethod
    def from_bytes(cls, content: bytes, work: Work) -> "Inspection":
        """Read what `to_bytes` gave, and let the sources be translated as they were then."""
        read = orjson.loads(decompress(content))
        for bound, marks in zip(work.sources.bound, read["marks"], strict=True):
            work.sources.rebind(bound.number, with_marks(bound.mapping, marks))
        known, changed = read["known"]
        sequences = Sequences(*(np.frombuffer(b64decode(read[name]), np.int64) for name in ("sequences", "together")))
        unchanged = _unpacked(read["unchanged"], read["compared"])
        return cls(
            Count(**read["count"]),
            [[_finding(plain) for plain in of] for of in read["findings"]],
            Duplicates(work.mapping.duplicates, _unpacked(read["hit"], read["hits"])),
            read["marks"],
            read["types"],
            Changes(unchanged, sequences, known=known, changed=changed),
            frozenset(read["filled"]),
            RepeatedLeads(np.frombuffer(b64decode(read["repeated"]), np.uint64)),
            read["is_agreed"],
        )


def inspect(
    work: Work,
    types: Mapping[str, str],
    control: Control,
    memory: Memory | None = None,
    *,
    full: bool = False,
    notes_repeated: bool = False,
) -> Inspection | None:
    """Look at all rows of all sources; from then on they are translated as their numbers are written.

    With a memory they are held against what Keen acknowledged earlier; `full` sends them all the same. Leads that
    several rows are about are noted where somebody asks for it.
    None where the control says to stop. Raises SourceError where a source cannot be read to its end, so that nothing
    is sent of it.
    """
    count, log = Count(), LeadLog(work.mapping.duplicates)
    rows = RowLog(memory.ledger.index() if memory else None, is_full=full)
    looks: list[_Look] = []
    repeats = _repeats(work)
    for number in range(len(work.sources.bound)):
        before = deepcopy(repeats)
        look = _Look(work, number, types, count.rows, repeats, memory, RowLog(rows.index, is_full=full))
        look.notes_leads = notes_repeated
        if not look.take(control):
            repeats = before
            look = _Look(
                work, number, types, count.rows, repeats, memory, RowLog(rows.index, is_full=full), is_decided=True
            )
            look.notes_leads = notes_repeated
            look.take(control)
        looks.append(look)
        count.merge(look.count)
        log.parts += look.log.parts
        rows.add(look.rows)
    if count.outside and not (count.sendable or count.invalid):
        names = ", ".join(source.name for source in work.sources.files)
        raise SourceError(
            f"`skip_footer` or `stop_at_blank` of the mapping leaves no row of {names} to send, and {count.outside:,} "
            f"of those left out name a lead ({', '.join(count.outside_rows)}): correct the mapping."
        )
    findings = [look.inspector.findings() for look in looks]
    if repeats:
        findings[-1] += repeats.findings()
    refused = {
        offset
        for finding in filter(_is_error, chain.from_iterable(findings))
        for offset in finding.rows.within(0, count.rows)
    }
    duplicates = Duplicates(work.mapping.duplicates, log.hit(refused))
    changes = decided(rows, refused.union(map(int, np.flatnonzero(duplicates.hit))))
    filled = frozenset(
        bound.mapping.headers[position]
        for bound, look in zip(work.sources.bound, looks, strict=True)
        for position in look.filled
    )
    marks = [look.marks for look in looks]
    repeated = RepeatedLeads.among([part for look in looks for part in look.leads] if notes_repeated else [])
    inspection = Inspection(count, findings, duplicates, marks, types, changes, filled, repeated)
    may_be_too_many = count.invalid + len(refused) > work.mapping.max_invalid * count.rows
    if inspection.changes_rows and (count.cleared or control.wants_all or may_be_too_many):
        inspection = replace(inspection, count=_recounted(work, inspection, control))
    inspection.count.unchanged = int(changes.unchanged.sum())
    return None if control.reason else inspection


def _recounted(work: Work, inspection: Inspection, control: Control) -> Count:
    protected = _protected(work.sources.bound[0].mapping)
    count = Count(outside=inspection.count.outside, outside_rows=inspection.count.outside_rows, protected=protected)
    for bound, chunk in work.sources.chunks():
        if control.reason:
            break
        count.add(inspection.translated(bound, chunk))
    return count


def _repeats(work: Work) -> Inspector | None:
    """Give what looks for leads that are in several sources; each source by itself is looked through anyway."""
    if len(work.sources.bound) == 1:
        return None
    mapping = work.sources.bound[0].mapping
    levels = dict.fromkeys(DEFAULT_LEVELS, Level.OFF) | {Code.REPEATED_LEAD: _levels(work)[Code.REPEATED_LEAD]}
    return Inspector([Watched(mapping.lead, mapping.headers[mapping.lead], frozenset({Role.LEAD}))], levels)


def _levels(work: Work) -> dict[Code, Level]:
    return {**DEFAULT_LEVELS, **work.mapping.damage}


def _outside(count: Count) -> Damage:
    """Tell of rows that the mapping takes for none of the table's, and that name a lead all the same."""
    message = (
        f"Rows below the table that name a lead are skipped: {count.outside:,} ({', '.join(count.outside_rows)}); "
        "correct `skip_footer` or `stop_at_blank` in the mapping if they are meant to be sent."
    )
    return Damage(Code.BELOW_TABLE, Level.WARNING, "", count.outside, 1.0, tuple(count.outside_rows), message)


class _Look:
    """One look at all rows of one source.

    How its numbers are written is guessed from the first chunk; where later ones tell otherwise, one more is needed.
    """

    def __init__(
        self,
        work: Work,
        number: int,
        types: Mapping[str, str],
        first: int,
        repeats: Inspector | None,
        memory: Memory | None,
        rows: RowLog,
        *,
        is_decided: bool = False,
    ) -> None:
        self._sources = work.sources
        self._number = number
        self._mapping = work.sources.bound[number].mapping
        self._types = types
        self._first = first
        self._is_decided = is_decided
        self._evidence = Evidence(self._mapping)
        self._repeats = repeats
        self._memory = memory
        levels = _levels(work)
        if repeats:
            levels[Code.REPEATED_LEAD] = Level.OFF
        self.inspector = Inspector(_watched(self._mapping), levels)
        self.count = Count(protected=_protected(self._mapping))
        self.log = LeadLog(work.mapping.duplicates)
        self.rows = rows
        self.notes_leads = False
        self.leads: list[npt.NDArray[np.uint64]] = []
        """The hashed names of the leads of all rows."""
        self.filled: frozenset[int] = frozenset()
        """The positions of the columns that hold a value."""

    @property
    def marks(self) -> Mapping[str, str]:
        return self._evidence.marks()

    def take(self, control: Control) -> bool:
        """Look; False where all rows together tell of other numbers than those that were read."""
        guess = self.marks
        for chunk in self._sources.chunks_of(self._number, self._first):
            if control.reason:
                break
            self._evidence.look(chunk)
            if not self._is_decided and not self.count.rows:
                self._mapping, guess = self._evidence.decide(), self.marks
            translation = self._translated(chunk)
            if self.notes_leads:
                self.leads.append(hashed_leads(translation.leads))
            self.filled |= filled_columns(self._mapping, chunk, self.filled)
            self.inspector.look(as_declared(self._mapping, chunk), translation.leads)
            if self._repeats:
                self._repeats.look(chunk, translation.leads)
            self.count.add(translation)
            if chunk.left_out:
                self.count.add_outside(chunk, lead_ids(self._mapping, replace(chunk, left_out={})))
            self.log.add(translation)
            control.tally.rows_inspected = self._first + self.count.rows
        self._sources.rebind(self._number, self._evidence.decide())
        return self._is_decided or self.marks == guess

    def _translated(self, chunk: Chunk) -> Translation:
        translation = compared(self._memory, self._mapping, chunk, self.rows)
        return compared_by_value(self._memory, _checked(translation, self._types, self._mapping), self.rows)


def _protected(mapping: BoundMapping) -> frozenset[str]:
    return frozenset(f.field.target.name for f in mapping.fields if f.field.policy is Policy.NEVER_CLEAR)


def _watched(mapping: BoundMapping) -> list[Watched]:
    return [
        Watched(position, mapping.headers[position], frozenset(map(Role, roles)))
        for position, roles in sorted(mapping.watched.items())
    ]


def _checked(translation: Translation, types: Mapping[str, str], mapping: BoundMapping) -> Translation:
    return check_property_types(translation, types, mapping) if types else translation


def _unpacked(packed: str, count: int) -> npt.NDArray[np.bool_]:
    return np.unpackbits(np.frombuffer(b64decode(packed), np.uint8), count=count).astype(np.bool_)


def _is_error(finding: Finding) -> bool:
    return finding.level is Level.ERROR


def _refused(translation: Translation, finding: Finding) -> Translation:
    """Refuse the cells of a finding, save those of rows that are no leads or could not be read.

    The damage is told instead of what it makes of the cell's value, and stays with the cell as its fault: fed again in
    a report of ours, where the other cells of its column are missing, it is refused for as long as it is unchanged.
    """
    chunk = translation.chunk
    out = chunk.left_out.keys() | chunk.issues.keys()
    rows = [row for row in finding.rows.within(chunk.first, len(chunk)) if row not in out]
    if not rows:
        return translation
    issues: dict[int, Sequence[Issue]] = dict(translation.issues)
    faults = dict(chunk.faults.get(finding.position, {}))
    for row in rows:
        faults[row] = issue = issue_of(finding, chunk, row)
        issues[row] = in_order([issue, *(other for other in issues.get(row, ()) if other.cell != issue.cell)])
    skipped = {row: issue for row, issue in translation.skipped.items() if row not in issues}
    chunk = replace(chunk, faults={**chunk.faults, finding.position: faults}, packed=b"")
    return replace(translation, chunk=chunk, issues=issues, skipped=skipped)


def _plain(finding: Finding) -> dict[str, object]:
    plain = {name: getattr(finding, name) for name in _TOLD}
    return {**plain, "rows": b64encode(finding.rows.to_bytes()).decode()}


def _finding(plain: Mapping[str, Any]) -> Finding:
    return Finding(
        **{
            **plain,
            "code": Code(plain["code"]),
            "level": Level(plain["level"]),
            "cells": tuple(plain["cells"]),
            "rows": RowSet.from_bytes(b64decode(plain["rows"])),
        }
    )


_TOLD = ("code", "level", "position", "header", "count", "confidence", "cells", "message")
