"""What a run means for its reader: how it is called, what its exit code says, and what is to be done next."""

from collections.abc import Iterator
from dataclasses import dataclass

from leadsync.codes import CATALOGUE, STATUSES, Code
from leadsync.counting import count
from leadsync.records import Status, Summary
from leadsync.report.about import About
from leadsync.report.problems import LEFT_ALONE

ORDER = (
    Status.INVALID,
    Status.REJECTED,
    Status.FAILED,
    Status.UNKNOWN,
    Status.NOT_SENT,
    Status.SKIPPED,
    Status.UNCHANGED,
    Status.UPDATED,
)
"""The statuses, those to look at first."""

KINDS = {
    "sync": "Sync",
    "plan": "Plan",
    "apply": "Apply of a plan",
    "undo": "Undo",
    "check": "Check of a source",
}

_EXITS = {
    0: "Every row is updated, unchanged or skipped.",
    1: "The run came to its end, and some rows are invalid, rejected, failed or unknown.",
    2: "The command, the settings, the mapping or the source cannot be used; nothing was sent.",
    3: "The run was stopped before its end; what was not sent is left to do.",
    4: "Another run holds the state folder.",
    130: "The run was interrupted (Ctrl-C); what was on its way was finished, the rest is left to do.",
    143: "The run was terminated (SIGTERM); what was on its way was finished, the rest is left to do.",
}
_OF_A_LOOK = {
    0: "Every row can be sent.",
    1: "Some rows cannot be sent as they are.",
    3: "A run would be stopped before its first row.",
}
_NO_STOP = frozenset({Code.DRY_RUN, Code.PLANNED, Code.HELD_BACK})
"""Codes of rows that were not sent though nothing stopped the run."""
_SENT = frozenset({Status.UPDATED, Status.REJECTED, Status.FAILED, Status.UNKNOWN})
"""What becomes of rows that went out."""
_RESUME = "say `leadsync resume`"
"""How a remedy says that the run can go on."""
_WHERE = {"results.xlsx": "marked in `results.xlsx`", "retry.csv": "listed in `retry.csv`"}
"""How the files of a report show the cells at fault."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do."""

    text: str
    command: str = ""


def tone_of(exit_code: int | None) -> str:
    """Give `good`, `look` or `stopped`."""
    return {0: "good", 1: "look"}.get(-1 if exit_code is None else exit_code, "stopped")


def exit_meaning(about: About) -> str:
    """Say what the exit code means."""
    summary = about.summary
    if sends_nothing(about) and summary.exit_code in _OF_A_LOOK:
        return _OF_A_LOOK[summary.exit_code]
    return _EXITS.get(summary.exit_code, "leadsync ended in a way that it does not know.")


def sends_nothing(about: About) -> bool:
    """Tell whether it is the nature of the run that no row is sent."""
    return about.summary.dry_run or about.kind in ("check", "plan")


def has_sent(about: About) -> bool:
    """Tell whether any row went out."""
    return not sends_nothing(about) and any(map(about.summary.statuses.get, _SENT))


def status_meaning(about: About, status: Status) -> str:
    """Say what a status means; why rows were not sent, where that is the same for all of them."""
    codes = {each.code for each in about.examples if each.status is status}
    if status is Status.NOT_SENT and len(codes) == 1:
        return CATALOGUE[codes.pop()].meaning
    return STATUSES[status] if status in STATUSES else CATALOGUE[Code(status)].meaning


def banners(about: About) -> Iterator[str]:
    """Say of what kind of run this tells, where one might take it for another."""
    if about.selection:
        run = f" of run {about.summary.run_id}" if about.summary.run_id else ""
        yield f"A part of the report{run}."
    if about.is_rehearsal:
        yield "Rehearsal: an emulator of Keen answered (`--sandbox`); Keen itself was not asked."
    if about.kind == "check":
        yield "Check: the source was only looked at; nothing was sent."
    elif about.kind == "plan":
        yield "Plan: leads were read in Keen; nothing was sent."
    elif about.summary.dry_run:
        yield "Trial run (`--dry-run`): nothing was sent."


def next_steps(about: About) -> list[Step]:
    """Say what to do, the first thing first; nothing only of a part of a report, which does not know all."""
    if about.selection:
        return []
    return [*_after_a_stop(about), *_with_rows(about), *_afterwards(about)] or [Step("Nothing is to be done.")]


def _after_a_stop(about: About) -> Iterator[Step]:
    summary = about.summary
    if summary.unaccounted:
        are = count(summary.unaccounted, "row that was read has", "rows that were read have")
        yield Step(f"{are} no answer. That is a fault of leadsync: tell its makers, with this page's run id.")
    if summary.stopped_because:
        codes = {each.code for each in about.examples if each.status is Status.NOT_SENT} - _NO_STOP
        remedies = [CATALOGUE[code].remedy for code in Code if code in codes]
        yield from map(Step, filter(None, map(_without_command, remedies) if about.resume else remedies))
    if about.resume:
        yield Step("Go on with the run. Rows that have their final answer are not sent again:", about.resume)


def _without_command(remedy: str) -> str:
    """Leave out of a remedy how to go on, as the next step is the whole command; nothing where it says no more."""
    return "" if remedy.casefold() == f"{_RESUME}." else remedy.replace(_RESUME, "go on as below")


def _with_rows(about: About) -> Iterator[Step]:
    statuses = about.summary.statuses
    to_repeat = 0 if about.resume else sum(statuses.get(status, 0) for status in (Status.FAILED, Status.UNKNOWN))
    if about.kind == "undo":
        if wrong := sum(statuses.get(status, 0) for status in (Status.INVALID, Status.REJECTED)):
            yield Step(f"Look at {count(wrong, 'row')} below: Keen holds what it held before this undo.")
    else:
        yield from _to_mend(about)
    if to_repeat:
        file = next((file for file in ("retry.csv", "results.xlsx") if file in about.files), "")
        what = f"Sync `{file}`" if file else "Sync the source again"
        yield Step(f"{what} with the same mapping: {count(to_repeat, 'row')} failed, or got no answer.")
    if kept := sum(about.summary.codes.get(code, 0) for code in LEFT_ALONE):
        yield Step(f"Look at {count(kept, 'row')} in which Keen's values were left as they are.")


def _to_mend(about: About) -> Iterator[Step]:
    ragged = about.summary.codes.get(Code.RAGGED_ROW, 0)
    to_mend = max(about.summary.statuses.get(Status.INVALID, 0) - ragged, 0)
    rejected = about.summary.statuses.get(Status.REJECTED, 0)
    if to_mend and about.kind in ("check", "plan"):
        yield Step(f"Mend {count(to_mend, 'row')} in the source (the cells are listed below), and look again.")
    elif to_mend:
        places = [place for file, place in _WHERE.items() if file in about.files]
        where = " and ".join(places) or "listed below"
        yield Step(
            f"Mend {count(to_mend, 'row')}: the cells at fault are {where}. Then sync the mended file with the same "
            "mapping; rows that are done come out as unchanged."
        )
    if ragged:
        rows = count(ragged, "row has", "rows have")
        which = "it in the file that it" if ragged == 1 else "them in the file that they"
        yield Step(f"{rows} more or fewer cells than the header: mend {which} came from.")
    if rejected:
        each = "it" if rejected == 1 else "each"
        yield Step(f"Keen refused {count(rejected, 'row')}: what to do about {each} stands with its code, below.")


def _afterwards(about: About) -> Iterator[Step]:
    if warned := sum(damage.level == "warning" for damage in about.summary.damages):
        sent = "the cells were sent" if has_sent(about) else "when their rows are sent, such cells are sent"
        yield Step(f"Read {count(warned, 'warning')} about the source, below; {sent} all the same.")
    if about.kind == "plan":
        yield Step("Look at the changes in `changes.xlsx`; then let the plan be done with `leadsync apply`.")
    elif about.kind != "check" and about.summary.dry_run:
        yield Step("To send the rows, run again without `--dry-run`.")


def told_of_source(summary: Summary) -> list[str]:
    """Say what was found out of the source, and what a person might not expect of its rows."""
    told = list(summary.read_as)
    if summary.hidden_rows:
        what = "skipped" if summary.hidden_are_skipped else "included"
        told.append(f"{count(summary.hidden_rows, 'row')} hidden in the sheet: {what} (`hidden_rows` in the mapping).")
    if summary.cleared_rows:
        rows = count(summary.cleared_rows, "row clears", "rows clear")
        told.append(f"{rows} a value in Keen (`on_blank: clear`).")
    return told
