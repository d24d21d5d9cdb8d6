"""Several rows about one lead: `rules.duplicates` of the mapping."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from leadsync.codes import Code
from leadsync.mapping import Mapping, lead_ids
from leadsync.records import Issue, Translation
from leadsync.sync.prepare import Sources

_HALF = 1 << 64


class Duplicates:
    """Applies the mapping's rule for rows about one lead.

    `each` sends them all, in order. `last` and `error` need to know of later rows, so the sources are read once
    before the run; that keeps 17 bytes for each row.
    """

    def __init__(self, mapping: Mapping, sources: Sources) -> None:
        self._rule = mapping.duplicates
        self._hit = np.zeros(0, dtype=bool)
        if self._rule != "each":
            leads = pd.DataFrame(list(_halves(sources)), columns=["high", "low"], dtype="uint64")
            named = (leads["high"] != 0) | (leads["low"] != 0)
            repeated = leads.duplicated(keep="last") if self._rule == "last" else leads.duplicated(keep=False)
            self._hit = (repeated & named).to_numpy()

    def apply(self, translation: Translation, lead_column: int) -> Translation:
        """Mark the rows of a chunk that the rule is against; their leads stand in `lead_column`."""
        chunk = translation.chunk
        rows = [int(row) for row in np.flatnonzero(self._hit[chunk.first : chunk.first + len(chunk)])]
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


def _halves(sources: Sources) -> Iterator[tuple[int, int]]:
    """Give each row's lead as two 64-bit numbers, both 0 where the row names none: exact, and small."""
    for bound, chunk in sources.chunks():
        for lead in lead_ids(bound, chunk):
            if len(lead) == 36:  # noqa: PLR2004 - the length of a UUID; a legacy id is shorter
                yield divmod(int(lead.replace("-", ""), 16), _HALF)
            else:
                yield (1, int(lead)) if lead else (0, 0)
