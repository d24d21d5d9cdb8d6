"""What changed since Keen last acknowledged it: the rows of the sources held against the ledger, a chunk at a time."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import orjson
import pandas as pd

from leadsync.identity import LeadKeys, lead_keys, lead_of
from leadsync.journal import Ledger, LedgerIndex
from leadsync.mapping import BoundMapping, lead_ids, row_marks, translate_rows
from leadsync.records import Chunk, JsonValue, Target, Translation

Said = Mapping[str, JsonValue]
"""What Keen last acknowledged of a lead, by standard field or `property_definitions_id`."""

_ODD = np.uint64(0x9E3779B97F4A7C15)
_NO_ROWS = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Memory:
    """What the ledger knows of the leads of one company, and what else decides whether a row is the same."""

    ledger: Ledger
    ids: Mapping[str, str]
    """The `property_definitions_id` of each property by its name in the mapping."""
    seed: str
    """What the translation of a row depends on besides its cells and its mapping."""
    is_legacy: bool
    """The rows name their leads by legacy ids."""

    def uuids(self, leads: Sequence[str]) -> Sequence[str]:
        """Give the UUID of each lead as a row names it; empty where it names none, or an unknown legacy id."""
        if not self.is_legacy:
            return leads
        known = self.ledger.uuids([lead for lead in leads if lead])
        return [known.get(lead, "") for lead in leads]

    def marks(self, bound: BoundMapping, chunk: Chunk) -> npt.NDArray[np.int64]:
        """Give the number by which the cells of each row are known."""
        return row_marks(bound, chunk, self.seed)

    def said(self, leads: Sequence[str]) -> Mapping[str, Said]:
        """Give what Keen last acknowledged of leads, by UUID."""
        return self.ledger.said(leads) if leads else {}

    def doubts(self, leads: Sequence[str]) -> Mapping[str, Mapping[str, Sequence[JsonValue]]]:
        """Give, by UUID and key, what Keen may hold of ours where nobody is sure."""
        return self.ledger.doubts(leads) if leads else {}

    def key(self, target: Target) -> str:
        """Give the name by which the ledger and Keen know a target."""
        return self.ids[target.name] if target.is_property else target.name


@dataclass(frozen=True, slots=True)
class Sequences:
    """Rows whose lead other rows are about as well, by position."""

    positions: npt.NDArray[np.int64]
    """In order."""
    marks: npt.NDArray[np.int64]
    """The last row of each lead has the mark of all of them together, the others have none (0)."""

    def mark(self, position: int) -> int | None:
        """Give the mark of a row; None where its lead has no other row."""
        place = int(np.searchsorted(self.positions, position))
        is_there = place < len(self.positions) and self.positions[place] == position
        return int(self.marks[place]) if is_there else None


@dataclass(frozen=True, slots=True)
class Changes:
    """Which rows are unchanged, decided once for a whole run; rows are known by position."""

    unchanged: npt.NDArray[np.bool_]
    """Empty where nothing was compared."""
    sequences: Sequences = field(default_factory=lambda: Sequences(_NO_ROWS, _NO_ROWS))
    """The rows of leads with several rows: these are sent whole or not at all."""
    marks: Sequence[tuple[str, int]] = ()
    """New marks of leads whose rows are written otherwise than before, and say the same."""
    known: int = 0
    """Rows of which the ledger knows the lead, and no other row does; and those of them that say something else than
    was acknowledged:"""
    changed: int = 0

    def rows_of(self, chunk: Chunk) -> frozenset[int]:
        """Give the rows of a chunk that are unchanged."""
        part = self.unchanged[chunk.first : chunk.first + len(chunk)]
        return frozenset(map(int, np.flatnonzero(part)))


class RowLog:
    """What was seen of the rows of one source, 42 bytes each; several logs are one behind the other."""

    def __init__(self, index: LedgerIndex | None = None, *, is_full: bool = False) -> None:
        self.index = index
        """What the ledger knew of all leads before the first row; None where there is no ledger."""
        self.is_full = is_full
        """All rows are sent whole, whatever was acknowledged."""
        self.keys: list[LeadKeys] = []
        self.marks: list[npt.NDArray[np.int64]] = []
        self.theirs: list[npt.NDArray[np.int64]] = []
        self.known: list[npt.NDArray[np.bool_]] = []
        self.same: list[npt.NDArray[np.bool_]] = []
        """By mark or by value."""
        self.other: list[npt.NDArray[np.bool_]] = []
        """Some value is another than Keen acknowledged; that one is new is no difference."""

    def add(self, other: "RowLog") -> None:
        """Put another log behind."""
        for name in ("keys", "marks", "theirs", "known", "same", "other"):
            getattr(self, name).extend(getattr(other, name))


def compared(memory: Memory | None, bound: BoundMapping, chunk: Chunk, log: RowLog) -> Translation:
    """Translate the rows of a chunk whose cells are not those that Keen acknowledged; without a memory all of them.

    The rows that differ in their cells are not yet compared by value: `compared_by_value` does.
    """
    if memory is None or log.index is None:
        return translate_rows(bound, chunk, range(len(chunk)))
    leads = lead_ids(bound, chunk)
    keys = lead_keys(memory.uuids(leads))
    marks = memory.marks(bound, chunk)
    known, theirs = log.index.find(keys)
    same = known & (theirs == marks) & (not log.is_full)
    same[[*chunk.issues, *chunk.left_out]] = False
    log.keys.append(keys)
    log.marks.append(marks)
    log.theirs.append(theirs)
    log.known.append(known)
    log.same.append(same)
    log.other.append(np.zeros(len(chunk), np.bool_))
    return translate_rows(bound, chunk, np.flatnonzero(~same), leads)


def compared_by_value(memory: Memory | None, translation: Translation, log: RowLog) -> Translation:
    """Compare by value the rows of the last chunk of a log that Keen acknowledged otherwise written.

    Gives the translation with such rows unchanged, and without the single values that are the same. Rows that are not
    sent lose their mark in the log.
    """
    if memory is None:
        return translation
    known, marks = log.known[-1], log.marks[-1]
    rows = [row for row in translation.sendable() if known[row]]
    is_sent = np.zeros(len(translation.chunk), np.bool_)
    is_sent[[*translation.sendable(), *translation.unchanged]] = True
    marks[~is_sent] = 0
    if not rows or log.is_full:
        return translation
    uuids = memory.uuids(translation.leads)
    said = memory.said([uuids[row] for row in rows])
    other = differing(memory, translation, {row: said.get(uuids[row], {}) for row in rows})
    equal = [row for row in rows if not other[row]]
    log.other[-1][[row for row in rows if not other[row].isdisjoint(said.get(uuids[row], ()))]] = True
    log.same[-1][equal] = True
    return replace(_without_same(memory, translation, other), unchanged=translation.unchanged.union(equal))


def differing(memory: Memory, translation: Translation, said: Mapping[int, Said]) -> dict[int, set[str]]:
    """Give for each row the keys of the values that Keen did not acknowledge as they are now."""
    found: dict[int, set[str]] = {row: set() for row in said}
    for target, values in translation.columns.items():
        key = memory.key(target)
        for row, acknowledged in said.items():
            value = values[row]
            if value is not None and not (key in acknowledged and _is_same(value, acknowledged[key])):
                found[row].add(key)
    return found


def decided(log: RowLog, out: AbstractSet[int]) -> Changes:
    """Decide of all rows which are unchanged; `out` are the positions of rows that are not sent for another reason.

    A lead that several rows are about is unchanged where the same rows in the same order were acknowledged last: its
    rows are one behind the other, and the last is what Keen holds.
    """
    if not log.keys:
        return Changes(np.zeros(0, np.bool_))
    keys = np.concatenate(log.keys)
    marks, theirs = np.concatenate(log.marks), np.concatenate(log.theirs)
    known, same, other = (np.concatenate(part) for part in (log.known, log.same, log.other))
    counts = (marks != 0) & keys.any(axis=1)
    counts[list(out)] = False
    same &= counts
    sequences, all_same = _sequences(keys, counts, marks, np.where(known, theirs, 0))
    same[sequences.positions] = all_same
    if log.is_full:
        same[:] = False
    rest = counts.copy()
    rest[sequences.positions] = False
    renamed = np.flatnonzero(same & (marks != theirs) & rest)
    new = [(lead_of(keys[row]), int(marks[row])) for row in renamed]
    known &= rest
    return Changes(same, sequences, new, int(known.sum()), int((known & other).sum()))


def _sequences(
    keys: LeadKeys, counts: npt.NDArray[np.bool_], marks: npt.NDArray[np.int64], theirs: npt.NDArray[np.int64]
) -> tuple[Sequences, npt.NDArray[np.bool_]]:
    """Find the rows that share their lead, mark them together, and tell which of them were acknowledged so last."""
    frame = pd.DataFrame({"high": keys[:, 0], "low": keys[:, 1]})[counts]
    frame = frame[frame.duplicated(keep=False)]
    if not len(frame):
        return Sequences(_NO_ROWS, _NO_ROWS), np.zeros(0, np.bool_)
    positions = frame.index.to_numpy(np.int64)
    groups = frame.groupby(["high", "low"], sort=False)
    lead, place = groups.ngroup().to_numpy(), groups.cumcount().to_numpy()
    sums = np.zeros(int(lead.max()) + 1, np.uint64)
    order = np.argsort(place, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(place[order])) + 1):
        # All first rows at once, then all second ones, …: within one round no lead stands twice.
        mixed = sums[lead[rows]] ^ marks[positions[rows]].astype(np.uint64)
        sums[lead[rows]] = mixed * _ODD + np.uint64(1)
    together = sums.astype(np.int64)
    together[together == 0] = 1
    is_last = place + 1 == np.bincount(lead)[lead]
    return (
        Sequences(positions, np.where(is_last, together[lead], 0)),
        theirs[positions] == together[lead],
    )


def _without_same(memory: Memory, translation: Translation, other: Mapping[int, set[str]]) -> Translation:
    """Take out of rows the values that are not among their other ones."""
    columns = dict(translation.columns)
    for target, values in translation.columns.items():
        key = memory.key(target)
        if rows := [row for row, keys in other.items() if key not in keys and values[row] is not None]:
            columns[target] = left = list(values)
            for row in rows:
                left[row] = None
    return replace(translation, columns=columns)


def _is_same(value: JsonValue, acknowledged: JsonValue) -> bool:
    """Tell whether two values are the same to Keen; for Python alone, true would be 1."""
    if isinstance(value, list | dict):
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS) == orjson.dumps(
            acknowledged, option=orjson.OPT_SORT_KEYS
        )
    if isinstance(value, bool) or isinstance(acknowledged, bool):
        return value is acknowledged
    return value == acknowledged
