"""How often a suggested mapping is right: on exports of CRMs in eight languages, and on damaged variants of them.

    python tests/mapping/suggest_figures.py [--misses] [--held-back]

A third of the exports is held back (`exports/held_back_*.py`): nobody looks at it who builds the engine, its figures
are printed apart, and its misses only with `--held-back`. The split is fixed: of every system and of every language
there are files in both parts.
"""

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mapping.exports.kit import NONE, Export
from mapping.exports.variants import SAME_HEADERS_TO_A_READER, VARIANTS, damaged, may_stand_in

from leadsync.mapping.suggest import suggest
from leadsync.mapping.suggest.spec import Column, Proposal

OPEN = ("hubspot", "salesforce", "pipedrive", "zoho", "dynamics", "outlook", "google", "lists")
HELD_BACK = ("held_back_crms", "held_back_lists")
ROWS = 10_000


def exports(modules: Iterable[str] = OPEN) -> tuple[Export, ...]:
    """Give the exports of some modules."""
    return tuple(export for name in modules for export in import_module(f"mapping.exports.{name}").EXPORTS)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was proposed for one column, against what is right."""

    file: str
    system: str
    language: str
    header: str
    wanted: str
    got: str
    is_active: bool
    is_forgiven: bool
    """It stands in for the right column, which is damaged or has no values left: no mistake."""
    is_damaged: bool
    """Nothing may be active of this column."""
    confidence: float
    evidence: str

    @property
    def is_right(self) -> bool:
        """Tell whether the first place is right."""
        return self.got == self.wanted

    @property
    def is_wrong_and_active(self) -> bool:
        """Tell whether a mapping that nobody looks at would write a wrong value."""
        return self.is_active and not self.is_forgiven and (self.is_damaged or not self.is_right)


def judge(export: Export) -> list[Verdict]:
    """Let the engine propose a mapping for an export, and judge each column."""
    proposals = suggest(export.columns(), export.definitions).proposals
    return [_verdict(export, place, proposal) for place, proposal in enumerate(proposals)]


def _verdict(export: Export, place: int, proposal: Proposal) -> Verdict:
    chosen = proposal.chosen
    got = str(chosen.goal) if chosen else NONE
    return Verdict(
        file=export.name,
        system=export.system,
        language=export.language,
        header=export.headers[place],
        wanted=export.wanted[place],
        got=got,
        is_active=proposal.is_sure and chosen is not None,
        is_forgiven=got not in (NONE, export.wanted[place]) and may_stand_in(export, place, got),
        is_damaged=place in export.unsure,
        confidence=chosen.confidence if chosen else 0.0,
        evidence="; ".join(chosen.evidence) if chosen else proposal.why,
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """How often the engine was right."""

    columns: int
    right: int
    goals: int
    """Columns that belong somewhere."""
    goals_right: int
    right_and_active: int
    wrong_and_active: int
    doubtful: int

    @property
    def first_place(self) -> float:
        """The share of the columns whose first place is right."""
        return self.right / self.columns

    @property
    def wrong_share(self) -> float:
        """The share of the columns that would be written wrongly."""
        return self.wrong_and_active / self.columns


def figures(verdicts: Sequence[Verdict]) -> Figures:
    """Count."""
    return Figures(
        columns=len(verdicts),
        right=sum(verdict.is_right for verdict in verdicts),
        goals=sum(verdict.wanted != NONE for verdict in verdicts),
        goals_right=sum(verdict.is_right for verdict in verdicts if verdict.wanted != NONE),
        right_and_active=sum(verdict.is_active and verdict.is_right for verdict in verdicts),
        wrong_and_active=sum(verdict.is_wrong_and_active for verdict in verdicts),
        doubtful=sum(verdict.got != NONE and not verdict.is_active for verdict in verdicts),
    )


def misses(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Give a line for each column that is wrong, those that are active first."""
    wrong = (verdict for verdict in verdicts if not verdict.is_right or verdict.is_wrong_and_active)
    for verdict in sorted(wrong, key=lambda verdict: not verdict.is_wrong_and_active):
        mark = "WRONG AND ACTIVE" if verdict.is_wrong_and_active else "active" if verdict.is_active else "doubtful"
        yield (
            f"{verdict.file}: {verdict.header!r}: {verdict.wanted} is right, got {verdict.got}"
            f" ({mark}, {verdict.confidence:.2f}): {verdict.evidence}"
        )


def longer(export: Export, rows: int, columns: int) -> list[Column]:
    """Repeat an export's rows and columns until it has so many, each cell different where the column's were."""
    made = []
    for number in range(columns):
        place, again = number % len(export.headers), number // len(export.headers)
        cells = export.values[place]
        is_text = len(set(cells)) > len(cells) // 2 and not export.typed[place]
        values = [
            f"{cells[row % len(cells)]}{row // len(cells) or ''}"
            if is_text and cells[row % len(cells)]
            else cells[row % len(cells)]
            for row in range(rows)
        ]
        header = export.headers[place] + (f" {again + 1}" if again else "")
        made.append(replace(export.columns()[place], position=number, header=header, values=values))
    return made


def _seconds(job: Callable[[], object]) -> float:
    begun = time.perf_counter()
    job()
    return time.perf_counter() - begun


def _table(head: str, parts: Iterable[tuple[str, Sequence[Verdict]]]) -> None:
    print(f"\n{head:<24} columns  first place  of goals  active  doubtful   WRONG AND ACTIVE")
    for name, verdicts in parts:
        made = figures(verdicts)
        goals = made.goals_right / made.goals if made.goals else 1.0
        print(
            f"{name:<24}{made.columns:>8}{made.first_place:>13.2%}{goals:>10.2%}{made.right_and_active:>8}"
            f"{made.doubtful:>10}{made.wrong_and_active:>11} {made.wrong_share:>7.3%}"
        )


def _by(verdicts: Sequence[Verdict], what: Callable[[Verdict], str]) -> Iterator[tuple[str, list[Verdict]]]:
    for name in Counter(map(what, verdicts)):
        yield f"  {name}", [verdict for verdict in verdicts if what(verdict) == name]


def _print_part(title: str, files: Sequence[Export], *, is_open: bool, show: bool) -> None:
    """Print the figures of a part of the table; by system, language and wanted goal where it may be looked into."""
    verdicts: list[Verdict] = []
    seconds = [_seconds(lambda export=export: verdicts.extend(judge(export))) for export in files]
    _table(f"{title}: {len(files)} files", [("all", verdicts)])
    if is_open:
        _table("by system", _by(verdicts, lambda verdict: verdict.system))
        _table("by language", _by(verdicts, lambda verdict: verdict.language))
        _table("by what is right", _by(verdicts, lambda verdict: verdict.wanted.partition(".")[0]))
    print(f"time per file: median {statistics.median(seconds) * 1000:.0f} ms, longest {max(seconds) * 1000:.0f} ms")
    made = {name: [verdict for export in files for verdict in judge(damaged(export, name))] for name in VARIANTS}
    whole = [verdict for part in made.values() for verdict in part]
    _table(f"{title}: variants", [*((f"  {name}", part) for name, part in made.items()), ("all variants", whole)])
    if show:
        print(f"\nmisses, {title}")
        print("\n".join(misses(verdicts)) or "none")
        for name, part in made.items():
            known = [v for v in part if v.is_wrong_and_active or (name in SAME_HEADERS_TO_A_READER and not v.is_right)]
            print("\n".join(f"{name}: {line}" for line in misses(known)), end="\n" if known else "")


def _print_times() -> None:
    files = {export.name: export for export in exports(("lists", "salesforce"))}
    print(f"\n{ROWS:,} rows, the engine alone:")
    for name, columns in (("list-kundeliste-da", 12), ("salesforce-leads-en_us", 40)):
        made = longer(files[name], ROWS, columns)
        print(f"  {columns} columns: {min(_seconds(lambda made=made: suggest(made)) for _ in range(3)):.2f} s")


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list the misses of the open part")
    parser.add_argument("--held-back", action="store_true", help="list the misses of the part that is held back, too")
    options = parser.parse_args()
    _print_part("open part", exports(), is_open=True, show=options.misses)
    _print_part("held back", exports(HELD_BACK), is_open=False, show=options.held_back)
    _print_times()


if __name__ == "__main__":
    main()
