"""What a person sees of a plan: what would change by field, what would not and why, and where it is written."""

import sys
from collections.abc import Iterator, Sequence

import orjson
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from leadsync.cli.console import console, say
from leadsync.cli.wording import count, in_state, main_file
from leadsync.files import printable
from leadsync.plan import ChangeKind, FieldTally, PlanTally, value_text
from leadsync.plan.table import XLSX_LINES
from leadsync.quoting import NAME, quote, visible
from leadsync.records import BAD, Example, JsonValue, Status
from leadsync.sync.planning import PlanResult

_SHOWN = 24
"""Characters of a value: two of them and their place go into a line of 80."""
_WORDS = {
    ChangeKind.CHANGES: "changed",
    ChangeKind.FILLS: "filled",
    ChangeKind.CLEARS: "cleared",
    ChangeKind.CANNOT_BE_UNDONE: "cannot be undone",
}


def print_plan(result: PlanResult, *, as_json: bool, quiet: bool) -> None:
    """Print what a plan comes to: the rows that are left out, what would change by field, and the verdict.

    What matters most stands last, where a terminal shows it. With `quiet` only the verdict is told, on standard error,
    and only where something is wrong.
    """
    if as_json:
        print(orjson.dumps(_content(result), option=orjson.OPT_INDENT_2).decode())
    elif not quiet:
        _print(result)
    elif result.run.summary.exit_code:
        print("\n".join(_verdict(result)), file=sys.stderr)


def _print(result: PlanResult) -> None:
    out = console()
    told = [*_problems(result.tally.left_out), *result.tally.remarks]
    for example in told:
        say(out, f"{example.code.value}, {count(example.count, 'row')}, such as {example.place}:")
        _indented(out, example.message)
    if told:
        say(out, "What a code means and what to do: leadsync explain CODE\n")
    for tally in result.tally.fields:
        numbers = ", ".join(f"{tally.kinds[kind]:,} {word}" for kind, word in _WORDS.items() if tally.kinds[kind])
        say(out, f"{visible(tally.name[:NAME])}: {numbers}")
        for each in tally.examples:
            _indented(out, f"{each.place}: {_shown(each.old)} -> {_shown(each.new)}")
    if result.tally.fields:
        say(out, "")
    say(out, "\n".join(_verdict(result)))


def _indented(out: Console, text: str) -> None:
    out.print(Padding(Text(text), (0, 0, 0, 4), expand=False))


def _problems(examples: Sequence[Example]) -> list[Example]:
    """Give what is not in the plan for a reason, the most frequent first."""
    return sorted((each for each in examples if each.status is not Status.UNCHANGED), key=lambda each: -each.count)


def _shown(value: JsonValue) -> str:
    return quote(value_text(value), _SHOWN) if value not in (None, "") else "nothing"


def _verdict(result: PlanResult) -> Iterator[str]:
    summary, tally = result.run.summary, result.tally
    requests = f"{count(summary.requests, 'request')} ({count(summary.retries, 'retry', 'retries')})"
    yield f"{count(summary.rows_read, 'row')} in {summary.duration_s:.1f} s, {requests}. Run {summary.run_id}."
    if summary.stopped_because:
        yield f"STOPPED: {summary.stopped_because}"
    elif not summary.rows_read:
        yield "There are no rows."
    bad = sum(example.count for example in tally.left_out if example.status in BAD)
    look = f"; {bad:,} {'needs' if bad == 1 else 'need'} a look" if bad else ""
    rows = count(tally.changing, "row")
    yield f"Nothing was sent. {rows} would change their lead, {tally.unchanged:,} nothing{look}."
    if result.run.warning:
        yield f"A sync would ask before the first row: {result.run.warning}"
    kinds = tally.kinds
    if cleared := kinds[ChangeKind.CLEARS]:
        yield f"{count(cleared, 'value')} would be cleared in Keen."
    if lost := kinds[ChangeKind.CANNOT_BE_UNDONE]:
        yield f"{count(lost, 'value')} cannot be undone: Keen held none before, and no action of Keen's removes one."
    yield f"Report: {printable(main_file(result.run.report_dir))}"
    yield from _places(result)


def _places(result: PlanResult) -> Iterator[str]:
    changes = result.changes
    if changes and changes.xlsx:
        yield f"Changes, {count(changes.lines, 'line')}: {printable(changes.csv)}, and the same as changes.xlsx"
    elif changes:
        more = f" (more than {XLSX_LINES:,}, so there is no workbook)"
        yield f"Changes, {count(changes.lines, 'line')}{more}: {printable(changes.csv)}"
    if result.path and result.tally.rows:
        yield f"To send it: leadsync apply {printable(result.path)}{in_state(result.run.state_dir)}"


def _content(result: PlanResult) -> dict[str, object]:
    summary, tally, changes = result.run.summary, result.tally, result.changes
    return {
        "run_id": summary.run_id,
        "rows_read": summary.rows_read,
        "rows_changing": tally.changing,
        "rows_unchanged": tally.unchanged,
        "values": _numbers(tally),
        "fields": [_field(each) for each in tally.fields],
        "left_out": tally.left_out,
        "remarks": tally.remarks,
        "statuses": {str(status): rows for status, rows in summary.statuses.items()},
        "codes": {str(code): rows for code, rows in summary.codes.items()},
        "requests": summary.requests,
        "retries": summary.retries,
        "exit_code": summary.exit_code,
        "stopped_because": summary.stopped_because,
        "warning": result.run.warning or None,
        "report_dir": printable(result.run.report_dir),
        "plan": result.path and printable(result.path),
        "changes_csv": changes and printable(changes.csv),
        "changes_xlsx": changes and changes.xlsx and printable(changes.xlsx),
    }


def _numbers(tally: FieldTally | PlanTally) -> dict[str, int]:
    return {kind.name.lower(): tally.kinds[kind] for kind in ChangeKind}


def _field(tally: FieldTally) -> dict[str, object]:
    return {"key": tally.key, "name": tally.name, **_numbers(tally), "examples": tally.examples}
