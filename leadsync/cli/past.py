"""What a person sees of earlier runs: a list of them, one in full, and what was written to one lead."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import orjson
from rich.text import Text

from leadsync.cli.console import console, say, table
from leadsync.cli.wording import count, in_state, main_file
from leadsync.journal import RunRecord, Written
from leadsync.quoting import visible
from leadsync.records import Example, JsonValue
from leadsync.sync.past import History

_MOST = 60
"""Characters of a value in a table."""


def print_runs(runs: Sequence[RunRecord], *, as_json: bool) -> None:
    """Print the runs that a state folder knows of, the last one last, where a terminal shows it."""
    if as_json:
        print(_json([_run_json(run) for run in runs]))
        return
    if not runs:
        print("There is no run here yet; --state-dir names another folder.")
        return
    listed = table("run, began (UTC)", "source, mapping, who", "how it ended")
    listed.columns[0].no_wrap = True
    for run in runs:
        began = run.started_at[:16].replace("T", " ")
        who = f", {run.head.who}" if run.head and run.head.who else ""
        what = f"{visible(', '.join(run.sources))}\n{visible(run.mapping + who)}"
        listed.add_row(f"{run.id}\n{began}", Text(what), Text(_how_it_ended(run)))
    console().print(listed)


def print_run(run: RunRecord, examples: Sequence[Example], state_dir: Path, *, as_json: bool) -> None:
    """Print all that is known of a run: by whom, from what, how it ended, and each code with its first row."""
    if as_json:
        told = [
            {"status": e.status, "code": e.code, "rows": e.count, "place": e.place, "message": e.message}
            for e in examples
        ]
        print(_json({**_run_json(run), "examples": told}))
        return
    out = console()
    summary = run.summary or {}
    head = run.head
    lines = [f"Run {run.id}", f"Began: {run.started_at}"]
    if summary:
        lines[-1] += f", ended: {summary['finished_at']} ({summary['duration_s']:.1f} s)"
    lines.append(f"Source: {', '.join(run.sources)}")
    lines.append(f"Mapping: {run.mapping}")
    if head and head.who:
        lines.append(f"Begun by: {head.who}")
    if head and head.base_url:
        lines.append(f"Sent to: {head.base_url}")
    lines.append(f"How it ended: {_how_it_ended(run)}")
    if summary.get("stopped_because"):
        lines.append(f"Because: {summary['stopped_because']}")
    lines.append(f"{count(run.usage.requests, 'request')} ({count(run.usage.retries, 'retry', 'retries')})")
    folder = Path(head.report_dir) if head and head.report_dir else state_dir / "runs" / run.id
    lines.append(f"Report: {main_file(folder)}")
    if run.can_be_undone:
        lines.append(f"To put back what its leads held before: leadsync undo {run.id}{in_state(state_dir)}")
    say(out, "\n".join(lines))
    if examples:
        codes = table("status", "code", "rows", "for example")
        for example in sorted(examples, key=lambda e: -e.count):
            place = f"{example.place}: {example.message}"
            codes.add_row(example.status.value, example.code.value, f"{example.count:,}", Text(place))
        say(out, "")
        out.print(codes)


def print_history(found: History, *, as_json: bool) -> None:
    """Print every value that was written to a lead, the last one last."""
    written, names = found.written, found.names
    if as_json:
        print(_json([_written_json(each, names) for each in written]))
        return
    if not written:
        print("Nothing was written to this lead, as far as the state folder knows; --state-dir names another.")
        return
    out = console()
    several = len({found.addresses[each.run_id] for each in written}) > 1
    for each in written:
        at = _moment(each.at)
        where = f", at {found.addresses[each.run_id]}" if several else ""
        file = "" if Path(each.source).name == each.sheet else f"{each.source}, "
        maybe = "" if each.is_sure else " (it may or may not have been applied as it stands here)"
        say(out, f"{at}  run {each.run_id}, {file}{each.sheet}!{each.row}{where}{maybe}")
        for key, value in each.values.items():
            if each.before is not None and each.before.get(key, "") == value:
                continue
            before = "" if each.before is None else f'"{_short(each.before.get(key, ""))}" -> '
            say(out, f'    {visible(names.get(key, key))}: {before}"{_short(value)}"')


def _json(content: object) -> str:
    return orjson.dumps(content, option=orjson.OPT_INDENT_2).decode()


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _short(value: JsonValue) -> str:
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    line = visible(" ".join(text.split()))
    return line if len(line) <= _MOST else f"{line[:_MOST]}…"


def _written_json(each: Written, names: Mapping[str, str]) -> dict[str, object]:
    return {
        "run_id": each.run_id,
        "at": _moment(each.at),
        "source": each.source,
        "sheet": each.sheet,
        "row": each.row,
        "acknowledged": each.is_sure,
        "values": {names.get(key, key): value for key, value in each.values.items()},
        "before": each.before and {names.get(key, key): value for key, value in each.before.items()},
    }


def _run_json(run: RunRecord) -> dict[str, object]:
    summary = run.summary or {}
    head = run.head
    return {
        "run_id": run.id,
        "kind": head.kind if head else "sync",
        "started_at": run.started_at,
        "finished_at": summary.get("finished_at"),
        "source": ", ".join(run.sources),
        "mapping": run.mapping,
        "who": head.who if head else "",
        "exit_code": summary.get("exit_code"),
        "statuses": summary.get("statuses"),
        "stopped_because": summary.get("stopped_because"),
        "dry_run": run.is_dry,
        "can_be_resumed": run.can_be_resumed,
        "can_be_undone": run.can_be_undone,
        "undoes": head.undoes if head else None,
    }


def _how_it_ended(run: RunRecord) -> str:
    if run.summary is None:
        how = "killed" if run.is_followed else "going on, or killed"
    else:
        statuses = ", ".join(f"{rows:,} {status}" for status, rows in run.summary["statuses"].items())
        how = f"exit {run.summary['exit_code']}: {statuses or 'no rows'}"
    kind = run.head.kind if run.head else "sync"
    if kind == "undo" and run.head:
        how = f"undo of {run.head.undoes}, {how}"
    elif kind != "sync":
        how = f"{kind}, {how}"
    if run.is_dry:
        return how if kind == "plan" else f"trial run, {how}"
    if run.is_rehearsal:
        how = f"sandbox, {how}"
    if run.is_followed:
        return f"{how} (taken over by a later run)"
    return f"{how} (can be resumed)" if run.can_be_resumed else how
