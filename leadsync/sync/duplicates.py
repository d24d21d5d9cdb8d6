"""Several rows about one lead: `rules.duplicates` of the mapping."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from leadsync.codes import Code
from leadsync.mapping import Mapping, lead_ids, translate
from leadsync.records import Issue, Translation
from leadsync.sync.prepare import Sources

_HALF = 1 << 64


class Duplicates:
    """Applies the mapping's rule for rows about one lead.

    `each` sends them all, in order. `last` and `error` need to know of later rows, so the sources are read once
    before the run; that keeps 18 bytes for each row. A row that is not sent (invalid, or with nothing to send)
    supersedes none; for `error`, every row that names the lead counts.
    """

    def __init__(self, mapping: Mapping, sources: Sources) -> None:
        self._rule = mapping.duplicates
        self._hit = np.zeros(0, dtype=bool)
        if self._rule == "each":
            return
        leads = pd.DataFrame(_named(sources, self._rule), columns=["named", "high", "low"]).astype(
            {"named": bool, "high": "uint64", "low": "uint64"}
        )
        named = leads[leads["named"]]
        repeated = named.duplicated(keep="last") if self._rule == "last" else named.duplicated(keep=False)
        self._hit = repeated.reindex(leads.index, fill_value=False).to_numpy(dtype=bool)

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


def _named(sources: Sources, rule: str) -> Iterator[tuple[bool, int, int]]:
    """Tell of each row whether it counts, and give its lead as two 64-bit numbers: exact, and small."""
    for bound, chunk in sources.chunks():
        if rule == "error":
            leads: Sequence[str] = lead_ids(bound, chunk)
            counts = [bool(lead) for lead in leads]
        else:
            translation = translate(bound, chunk)
            leads, sent = translation.leads, set(translation.sendable())
            counts = [row in sent for row in range(len(chunk))]
        for counted, lead in zip(counts, leads, strict=True):
            yield (counted, *(divmod(int(lead.replace("-", ""), 16), _HALF) if counted else (0, 0)))
