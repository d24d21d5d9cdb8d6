"""Several rows about one lead: `rules.duplicates` of the mapping."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.util import hash_array

from leadsync.codes import Code
from leadsync.records import Issue, Translation

Leads = np.dtype([("high", np.uint64), ("low", np.uint64), ("counts", np.bool_)])
_HALF = 1 << 64


class LeadLog:
    """Takes down which lead each row names, where a rule asks for it: 17 bytes a row.

    A row that is not sent (invalid, or with nothing to send) supersedes none; for `error`, every row that names the
    lead counts.
    """

    def __init__(self, rule: str) -> None:
        self._rule = rule
        self.parts: list[npt.NDArray[np.void]] = []

    def add(self, translation: Translation) -> None:
        """Take down the rows of the next chunk."""
        if self._rule == "each":
            return
        sent = {*translation.sendable(), *translation.unchanged} if self._rule == "last" else set()
        rows = np.zeros(len(translation.chunk), Leads)
        for row, lead in enumerate(translation.leads):
            if lead and (self._rule == "error" or row in sent):
                rows[row] = (*divmod(int(lead.replace("-", ""), 16), _HALF), True)
        self.parts.append(rows)

    def hit(self, refused: Iterable[int]) -> npt.NDArray[np.bool_]:
        """Tell of each row whether the rule is against it; `refused` rows are not sent for another reason."""
        if self._rule == "each":
            return np.zeros(0, np.bool_)
        rows = np.concatenate([np.zeros(0, Leads), *self.parts])
        if self._rule == "last":
            rows["counts"][list(refused)] = False
        leads = pd.DataFrame({"high": rows["high"], "low": rows["low"]})[rows["counts"]]
        repeated = leads.duplicated(keep="last" if self._rule == "last" else False)
        return repeated.reindex(range(len(rows)), fill_value=False).to_numpy(dtype=np.bool_)


class RepeatedLeads:
    """The leads that several rows are about, as the rows name them: 8 bytes of each name."""

    def __init__(self, hashes: npt.NDArray[np.uint64]) -> None:
        self.hashes = hashes
        """Of their names; in order."""
        self._known = frozenset(hashes.tolist())

    @classmethod
    def among(cls, parts: Sequence[npt.NDArray[np.uint64]]) -> "RepeatedLeads":
        """Give those of the leads of all rows (see `hashed_leads`) that stand there more than once."""
        found, counts = np.unique(np.concatenate([np.zeros(0, np.uint64), *parts]), return_counts=True)
        return cls(found[(counts > 1) & (found != 0)])

    def __contains__(self, lead: object) -> bool:
        return int(hashed_leads([str(lead)])[0]) in self._known


def hashed_leads(leads: Sequence[str]) -> npt.NDArray[np.uint64]:
    """Give a number for each lead's name; 0 for none."""
    hashed = hash_array(np.fromiter(leads, dtype=object, count=len(leads)), categorize=False)
    hashed[[not lead for lead in leads]] = 0
    return hashed


class Duplicates:
    """Applies the mapping's rule for rows about one lead: `each` sends them all, in order."""

    def __init__(self, rule: str, hit: npt.NDArray[np.bool_]) -> None:
        self._rule = rule
        self.hit = hit
        """Of each row, by position, whether the rule is against it; empty for `each`."""

    def apply(self, translation: Translation, lead_column: int) -> Translation:
        """Mark the rows of a chunk that the rule is against; their leads stand in `lead_column`."""
        chunk = translation.chunk
        hit = np.flatnonzero(self.hit[chunk.first : chunk.first + len(chunk)])
        rows = [int(row) for row in hit if int(row) not in chunk.issues]
        if not rows:
            return translation
        if self._rule == "last":
            issue = Issue(Code.SUPERSEDED, "A later row is about the same lead, and only the last is sent.")
            return replace(translation, skipped={**dict.fromkeys(rows, issue), **translation.skipped})
        issues: dict[int, Sequence[Issue]] = dict(translation.issues)
        for row in rows:
            message = f"Another row is about the same lead, {translation.leads[row]}. Keep one of them."
            issue = Issue(Code.DUPLICATE_LEAD, message, chunk.cell(row, lead_column))
            issues[row] = [*issues.get(row, ()), issue]
        return replace(translation, issues=issues)
