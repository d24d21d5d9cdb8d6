"""`report.html`: what became of a run, for a browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from leadsync.codes import CATALOGUE, Code
from leadsync.records import BAD, Status
from leadsync.report.about import About
from leadsync.report.page.charts import Part, parts
from leadsync.report.page.rendering import LONGEST, render
from leadsync.report.page.traffic import traffic
from leadsync.report.problems import LEFT_ALONE, Problem
from leadsync.report.verdict import followed_up, headline_of
from leadsync.report.words import (
    KINDS,
    ORDER,
    banners,
    exit_meaning,
    has_sent,
    next_steps,
    sends_nothing,
    status_meaning,
    told_of_source,
    tone_of,
)

ROWS = 1_000
"""At most so many rows are shown."""
LISTED = 50
"""At most so many of anything else."""
CHANGES = 100
"""At most so many changed values."""
NO_VALUE = frozenset({Code.NOT_CALCULATED, Code.ERROR_VALUE, Code.MERGED_CELL})
"""Codes of cells that show something, or are covered: where no text was read in them, they are not blank."""
MESSAGES, EXAMPLES = 400_000, 24_000
"""Bytes of all messages of rows, and of all those that are examples: a few may be long, many may not."""
FAULTS = 3
"""At most so many cells of a row: a row has more only where its columns have slipped."""


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A status with its rows."""

    status: str
    rows: int
    meaning: str


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code with its rows, and with one that stands for them."""

    status: str
    code: str
    rows: int
    meaning: str
    remedy: str
    message: str
    place: str
    target: int | None
    """The first of its rows among those shown, from 1."""


def page(about: About, problems: Sequence[Problem], problem_count: int) -> bytes:
    """Give `report.html` in UTF-8, below 3 MB whatever the run.

    The problems are shown in the given order, at most the first 1,000; `problem_count` says how many rows there are to
    look at. Nothing in it is taken from anywhere else, and it can be read without scripts.
    """
    shown = problems[:ROWS]
    summary = about.summary
    content = {
        "about": about,
        "banners": list(banners(about)),
        "bar": _bar(about),
        "changes": list(about.changes.shown[:CHANGES]),
        "change_counts": list(about.changes.counts.items())[:LISTED],
        "code_lines": _code_lines(about, shown),
        "example_room": _room(EXAMPLES, len(about.examples)),
        "exit_meaning": exit_meaning(about),
        "faults": FAULTS,
        "filters": sorted({str(each.outcome.status) for each in shown}),
        "filter_codes": sorted({str(each.outcome.code) for each in shown}),
        "follow_ups": [followed_up(each) for each in summary.fed_from[:LISTED]],
        "has_sent": has_sent(about),
        "full_file": next((name for name in ("results.xlsx", "results.csv") if name in about.files), ""),
        "kind": KINDS.get(about.kind, about.kind),
        "listed": LISTED,
        "message_room": _room(MESSAGES, len(shown)),
        "no_value": NO_VALUE,
        "notes": [note for note in summary.workbook_notes if note != about.selection],
        "problem_count": max(problem_count, len(shown)),
        "problems": shown,
        "remedies": {code: entry.remedy for code, entry in CATALOGUE.items()},
        "sends_nothing": sends_nothing(about),
        "source_notes": told_of_source(summary)[:LISTED],
        "source_title": _title(summary.sources),
        "status_lines": _status_lines(about),
        "steps": next_steps(about),
        "summary": summary,
        "tone": "part" if about.selection else tone_of(summary.exit_code),
        "traffic": traffic(about.timelines),
        "verdict": headline_of(about),
    }
    return render("run.html.j2", content, with_script=True)


def _room(weight: int, texts: int) -> int:
    """Give how many bytes each of so many texts may have."""
    return min(weight // max(texts, 1), LONGEST)


def _title(sources: Sequence[str]) -> str:
    """Give the first source's name without its folder, as far as it is a path."""
    if not sources:
        return "no source"
    name = PurePath(sources[0]).name or sources[0]
    return name if len(sources) == 1 else f"{name} and {len(sources) - 1} more"


def _counts(about: About) -> list[tuple[Status, int]]:
    return [(status, rows) for status in reversed(ORDER) if (rows := about.summary.statuses.get(status, 0))]


def _bar(about: About) -> list[Part]:
    return parts([(str(status), rows) for status, rows in _counts(about)])


def _status_lines(about: About) -> list[StatusLine]:
    return [StatusLine(str(status), rows, status_meaning(about, status)) for status, rows in _counts(about)]


def _code_lines(about: About, problems: Sequence[Problem]) -> list[CodeLine]:
    """Give the codes: those of bad rows first, then what was not sent or left alone, then the fine ones."""
    targets: dict[tuple[Status, Code], int] = {}
    for place, problem in enumerate(problems, 1):
        targets.setdefault((problem.outcome.status, problem.outcome.code), place)
    lines = []
    for each in sorted(about.examples, key=lambda each: (_rank(each.status, each.code), -each.count)):
        entry = CATALOGUE[each.code]
        told = (each.message, each.place) if each.message else ("", each.place)
        target = targets.get((each.status, each.code))
        lines.append(CodeLine(str(each.status), str(each.code), each.count, entry.meaning, entry.remedy, *told, target))
    return lines


def _rank(status: Status, code: Code) -> int:
    if status in BAD:
        return 0
    if code in LEFT_ALONE:
        return 1
    return 2 if status is Status.NOT_SENT else 3
