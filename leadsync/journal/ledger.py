"""What Keen acknowledged last, by company and lead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
import orjson

from leadsync.identity import LeadKeys, lead_keys
from leadsync.journal.database import Database
from leadsync.journal.fold import DOUBTFUL, company_number, fold, look_up, packed, unpacked
from leadsync.records import JsonValue

_SLICE = 10_000
"""Marks that are read or written at a time."""
_ODD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class LedgerIndex:
    """The marks of all leads of a company: 40 bytes for each."""

    mixed: npt.NDArray[np.uint64]
    """A number for each lead, by which all is sorted; two leads may share one."""
    keys: LeadKeys
    marks: npt.NDArray[np.int64]

    @classmethod
    def of(cls, keys: LeadKeys, marks: npt.NDArray[np.int64]) -> "LedgerIndex":
        """Make the index of leads that are all different."""
        mixed = _mixed(keys)
        order = np.argsort(mixed)
        return cls(mixed[order], keys[order], marks[order])

    def __len__(self) -> int:
        return len(self.marks)

    def find(self, keys: LeadKeys) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
        """Tell of each lead whether it is known, and its mark; 0 for a lead that has none, or is not known."""
        known, marks = np.zeros(len(keys), np.bool_), np.zeros(len(keys), np.int64)
        if not len(self):
            return known, marks
        mixed = _mixed(keys)
        places = np.searchsorted(self.mixed, mixed)
        rows = np.arange(len(keys))
        while len(rows):
            rows = rows[places[rows] < len(self)]
            rows = rows[self.mixed[places[rows]] == mixed[rows]]
            found = (self.keys[places[rows]] == keys[rows]).all(axis=1)
            known[rows[found]] = True
            marks[rows[found]] = self.marks[places[rows[found]]]
            rows = rows[~found]
            places[rows] += 1
        return known, marks


class Ledger:
    """What one company's Keen acknowledged last. Every method raises StateError where the journal cannot be used."""

    def __init__(self, database: Database, base_url: str, key_print: str) -> None:
        self._db = database
        self._who = (base_url, key_print)

    def fold(self) -> None:
        """Learn what became of all that was written; to be called when a session begins, and when it ends.

        What is cut off by a kill is done again, to the same effect. The ledgers of other companies learn as well.
        """
        fold(self._db)

    def index(self) -> LedgerIndex:
        """Give the marks of all leads."""
        statement = "SELECT lead, mark FROM ledger_marks WHERE company = ?"
        leads, marks = [], []
        for part in self._db.batches(statement, (self._company(),), _SLICE):
            leads.append(np.frombuffer(b"".join([lead for lead, _ in part]), ">u8").astype(np.uint64))
            marks.append(np.array([mark for _, mark in part], np.int64))
        if not marks:
            return LedgerIndex.of(np.zeros((0, 2), np.uint64), np.zeros(0, np.int64))
        return LedgerIndex.of(np.concatenate(leads).reshape(-1, 2), np.concatenate(marks))

    def said(self, leads: Sequence[str]) -> dict[str, dict[str, JsonValue]]:
        """Give what Keen last acknowledged of leads, by UUID: values by standard field or `property_definitions_id`.

        Leads of which nothing is known are left out.
        """
        by_key = {packed(lead): lead for lead in leads}
        found = look_up(self._db, self._company(), ("ledger_values", "lead", "said"), by_key)
        known = {by_key[key]: orjson.loads(said) for key, said in found}
        for said in known.values():
            said.pop(DOUBTFUL, None)
        return known

    def doubts(self, leads: Sequence[str]) -> dict[str, dict[str, list[JsonValue]]]:
        """Give, by lead and key, what Keen may hold of ours where nobody is sure (None: nothing)."""
        by_key = {packed(lead): lead for lead in leads}
        found = look_up(self._db, self._company(), ("ledger_values", "lead", "said"), by_key)
        known = {by_key[key]: orjson.loads(said) for key, said in found}
        return {lead: said[DOUBTFUL] for lead, said in known.items() if DOUBTFUL in said}

    def uuids(self, legacy_ids: Sequence[str]) -> dict[str, str]:
        """Give the UUIDs of the leads that Keen acknowledged by these legacy ids; others are left out."""
        found = look_up(self._db, self._company(), ("ledger_legacy_ids", "legacy_id", "lead"), {*legacy_ids})
        return {legacy_id: unpacked(lead) for legacy_id, lead in found}

    def remember(self, marks: Iterable[tuple[str, int]]) -> None:
        """Keep new marks of leads, by UUID, whose rows say what Keen acknowledged, though their cells are others.

        A lead that the ledger does not know stays unknown. All are taken in at once: 24 bytes each.
        """
        left, parts = iter(marks), []
        while part := [*islice(left, _SLICE)]:
            parts.append((lead_keys([lead for lead, _ in part]), np.array([mark for _, mark in part], np.int64)))
        if not parts:
            return
        keys, values = (np.concatenate(of) for of in zip(*parts, strict=True))
        company = self._company()
        order = np.lexsort((keys[:, 1], keys[:, 0]))
        for first in range(0, len(order), _SLICE):
            rows = order[first : first + _SLICE]
            leads = keys[rows].astype(">u8").tobytes()
            with self._db.commit() as db:
                db.executemany(
                    "UPDATE ledger_marks SET mark = ? WHERE company = ? AND lead = ?",
                    (
                        (mark, company, leads[16 * row : 16 * row + 16])
                        for row, mark in enumerate(values[rows].tolist())
                    ),
                )

    def _company(self) -> int:
        return company_number(self._db, *self._who)


def _mixed(keys: LeadKeys) -> npt.NDArray[np.uint64]:
    mixed: npt.NDArray[np.uint64] = keys[:, 0] ^ (keys[:, 1] * _ODD)
    return mixed
