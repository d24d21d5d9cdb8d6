"""How the runs of some time went, in a sentence or two, and the codes of what went wrong in them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from leadsync.codes import Code
from leadsync.counting import count
from leadsync.records import RunPoint, Trend
from leadsync.report.problems import FINE_CODES

_ENDS = ("fine", "with rows to look at", "stopped or killed")


def trend_verdict(trend: Trend) -> str:
    """Say how the runs went, and what fails again and again."""
    if not trend.runs:
        return f"No run began since {trend.since[:10]}; trial runs and the sandbox do not count."
    ended = Counter(_ENDS[2] if run.exit_code is None else _ENDS[min(run.exit_code, 2)] for run in trend.runs)
    told = [f"{ended[how]:,} {how}" for how in _ENDS if ended[how]]
    sentences = [f"{count(len(trend.runs), 'run')} since {trend.since[:10]}: {', '.join(told)}."]
    for code in failing_codes(trend.runs)[:1]:
        runs = sum(1 for run in trend.runs if run.codes.get(code))
        rows = rows_with(trend.runs, code)
        sentences.append(f"Most often: {code}, {count(rows, 'row')} in {count(runs, 'run')}.")
    again = [count(len(each), noun) for each, noun in ((trend.leads, "lead"), (trend.columns, "column")) if each]
    if again:
        sentences.append(f"{' and '.join(again)} went wrong in more than one run.")
    return " ".join(sentences)


def failing_codes(runs: Sequence[RunPoint]) -> list[Code]:
    """Give the codes of rows that did not go well: those of most runs first, then those of most rows."""
    in_runs = Counter(code for run in runs for code, rows in run.codes.items() if rows and code not in FINE_CODES)
    return sorted(in_runs, key=lambda code: (-in_runs[code], -rows_with(runs, code), code))


def rows_with(runs: Iterable[RunPoint], code: Code) -> int:
    """Give how many rows had a code, in all runs together."""
    return sum(run.codes.get(code, 0) for run in runs)
