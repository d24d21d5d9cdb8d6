"""Guards: what must not happen without somebody who agrees to it; each tells before the first row is sent."""

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median_low

from leadsync.codes import Code
from leadsync.journal import RunHead, RunRecord
from leadsync.mapping import Mapping
from leadsync.sync.problems import Count

_RECENT = 5
"""Good runs that a new one is held against."""
_FEW = 10
"""Of fewer rows no share is taken: one row more or less would be too much at once."""
_SHOWN = 5
"""Columns that a sentence names."""
_EMPTY = (
    "The source has a header and no rows, as after an export that failed: look at it; say --yes if it is meant, or set "
    "`rules: {empty_source: allow}`."
)


@dataclass(frozen=True, slots=True)
class Guard:
    """What a guard has found: the code of a run that is stopped for it, and the question to whoever may agree."""

    code: Code
    question: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What a later run of the same job is held against."""

    job: str
    """What makes runs comparable: mapping, Keen, sheet, and the names of the sources without their digits."""
    rows: int
    filled: frozenset[str]
    """The headers of the columns that are used and hold a value in any row."""
    blank: frozenset[str] = frozenset()
    """The headers of those that are used and hold none."""

    def to_json(self) -> str:
        """Give what `of_run` reads."""
        return json.dumps({"job": self.job, "rows": self.rows, "filled": sorted(self.filled)})

    @classmethod
    def of_run(cls, run: RunRecord) -> "Profile | None":
        """Read the profile of a run; None where it has none, as a report that was fed again."""
        if not run.profile:
            return None
        read = json.loads(run.profile)
        return cls(read["job"], read["rows"], frozenset(read["filled"]))


def job_of_head(head: RunHead) -> str:
    """Give what makes runs comparable; exports are often named by their day, so that digits do not count."""
    names = sorted(re.sub(r"\d+", "#", Path(source.name).name) for source in head.sources)
    return json.dumps([os.path.normpath(head.mapping_path), head.base_url, head.key_print, head.sheet, names])


def recent_good(runs: Sequence[RunRecord], job: str) -> list[Profile]:
    """Give the profiles of the last runs of a job that came to their end, the newest first."""
    profiles = []
    for run in reversed(runs):
        profile = Profile.of_run(run)
        ended = run.summary is not None and run.summary["exit_code"] in (0, 1)
        if ended and profile and profile.rows and profile.job == job and not (run.is_dry or run.is_rehearsal):
            profiles.append(profile)
            if len(profiles) == _RECENT:
                break
    return profiles


def guards(
    count: Count,
    mapping: Mapping,
    *,
    changed: int = 0,
    known: int = 0,
    now: Profile | None = None,
    past: Sequence[Profile] = (),
    is_report: bool = False,
) -> list[Guard]:
    """Give what somebody must agree to.

    `changed` of the `known` rows differ from what Keen acknowledged of their leads; `now` is held against the `past`,
    the newest first. In a report that is fed again it is no news that rows are invalid.
    """
    if not count.rows:
        return [] if mapping.may_be_empty else [Guard(Code.SOURCE_EMPTY, _EMPTY)]
    found = [*_against_the_past(mapping, now, past)] if now and past else []
    found += _shares(count, mapping, changed, known, is_report=is_report)
    if clearing := _clearing(count, mapping):
        found.append(clearing)
    return found


def _against_the_past(mapping: Mapping, now: Profile, past: Sequence[Profile]) -> Iterator[Guard]:
    usual = median_low(profile.rows for profile in past)
    if max(usual, now.rows) >= _FEW and abs(now.rows - usual) > mapping.max_row_change * usual:
        yield Guard(
            Code.ROW_COUNT_CHANGED,
            f"The source has {now.rows:,} rows, and the recent good runs had {usual:,}; the mapping allows "
            f"{_percent(mapping.max_row_change)} more or fewer unasked: look at the export; say --yes if it is whole, "
            "or set `rules: {max_row_change: …}`.",
        )
    blank = sorted(past[0].filled & now.blank)
    if blank and not mapping.may_have_blank_columns:
        names = ", ".join(f'"{name}"' for name in blank[:_SHOWN]) + (", …" if len(blank) > _SHOWN else "")
        yield Guard(
            Code.COLUMN_NEWLY_BLANK,
            f"{'A column is' if len(blank) == 1 else 'Columns are'} blank in every row ({names}) and had values in the "
            "last good run: look at the export; say --yes if it is meant, or set `rules: {blank_columns: allow}`.",
        )


def _shares(count: Count, mapping: Mapping, changed: int, known: int, *, is_report: bool) -> Iterator[Guard]:
    if not is_report and count.rows >= _FEW and count.invalid > mapping.max_invalid * count.rows:
        most = count.problems[0] if count.problems else None
        # By its name and not by a cell: cron mails the sentence.
        first = f' (most often {most.code.value}, column "{most.column}")' if most else ""
        yield Guard(
            Code.TOO_MANY_INVALID,
            f"{count.invalid:,} of the {count.rows:,} rows are invalid{first}, and the mapping allows "
            f"{_percent(mapping.max_invalid)} of them unasked: mend the source or the mapping; say --yes to send the "
            "others, or set `rules: {max_invalid: …}`.",
        )
    if known >= _FEW and changed > mapping.max_changed * known:
        yield Guard(
            Code.TOO_MANY_CHANGED,
            f"{changed:,} of the {known:,} rows whose leads were written before differ from what was written, and the "
            f"mapping allows {_percent(mapping.max_changed)} of them unasked: look at what changed (`leadsync plan`); "
            "say --yes if it is meant, or set `rules: {max_changed: …}`.",
        )


def _clearing(count: Count, mapping: Mapping) -> Guard | None:
    """Say that more rows than the mapping allows would clear a value in Keen; None where they are few enough."""
    to_send = count.sendable - count.unchanged
    if count.cleared <= mapping.max_cleared * to_send:
        return None
    question = (
        f"{count.cleared:,} of the {to_send:,} rows to be sent would clear a value in Keen "
        f"({'; '.join(count.clearing)}{'; …' if count.cleared > len(count.clearing) else ''}), and the mapping "
        f"allows {_percent(mapping.max_cleared)} of them unasked: look at the blank cells; say --yes if they are "
        "meant, or set `rules: {max_cleared: …}`."
    )
    return Guard(Code.TOO_MANY_CLEARED, question)


def _percent(share: float) -> str:
    return f"{share * 100:.3g}%"
