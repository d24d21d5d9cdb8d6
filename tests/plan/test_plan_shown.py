"""A plan in numbers, and what a person sees of it."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from leadsync.cli.plans import print_plan
from leadsync.codes import Code
from leadsync.plan import Change, ChangeKind, PlanChunk, PlanHead, PlanTally
from leadsync.plan.table import ChangesWritten
from leadsync.records import Cell, Example, Issue, Status, Summary
from leadsync.sync.job import RunResult
from leadsync.sync.planning import PlanResult

TIER = "019dc3f6-1790-7298-932b-90a7ee4ba10c"
Make = Callable[..., PlanChunk]

LEFT_OUT = [
    Example(Status.UNCHANGED, Code.UNCHANGED, 900, "Keen holds these values already.", "Leads!9"),
    Example(Status.NOT_SENT, Code.PLANNED, 3, "This would change.", "Leads!2"),
    Example(Status.REJECTED, Code.LEAD_NOT_FOUND, 2, "Keen has no lead with this id.", "Leads!40"),
    Example(Status.SKIPPED, Code.KEPT_KEEN_VALUE, 5, 'email: Keen holds "a@example.com".', "Leads!50"),
]


def a_tally(head: PlanHead, planned: Make) -> PlanTally:
    """Count three rows, and those that are left out."""
    tally = PlanTally(head.names)
    tally.add(
        planned(
            [Change("email", "a@example.com", "b@example.com"), Change(TIER, "", "Gold")],
            [Change("email", "", "c@example.com"), Change("notes", "a\nb", "")],
            [Change("email", "x", "d" * 60), Change(TIER, None, 12)],
        )
    )
    tally.leave_out(LEFT_OUT)
    return tally


def a_result(
    tally: PlanTally, *, path: Path | None = None, changes: ChangesWritten | None = None, **more: Any
) -> PlanResult:
    """Give what a plan comes to."""
    given: dict[str, Any] = {
        "run_id": "20261120-101112-ab12",
        "sources": ("leads.csv",),
        "mapping": "m.yaml",
        "started_at": "",
        "finished_at": "",
        "duration_s": 12.04,
        "rows_read": tally.rows_read,
        "statuses": {Status.UNCHANGED: 900},
        "codes": {Code.UNCHANGED: 900},
        "requests": 911,
        "retries": 1,
        "exit_code": 1,
        "unaccounted": 0,
        "stopped_because": None,
        "dry_run": True,
    }
    run = RunResult(Summary(**given | more), LEFT_OUT, Path("state/runs/r"), Path("state"), 1, is_whole=True)
    return PlanResult(run, tally, path, changes)


def shown(capsys: pytest.CaptureFixture[str], result: PlanResult) -> str:
    """Print a plan."""
    print_plan(result, as_json=False, quiet=False)
    return capsys.readouterr().out


def test_changes_are_counted_by_field_and_kind(head: PlanHead, planned: Make) -> None:
    """Under the name that people know, in the order in which the fields came."""
    tally = a_tally(head, planned)
    assert [(field.name, dict(field.kinds)) for field in tally.fields] == [
        ("email", {ChangeKind.CHANGES: 2, ChangeKind.FILLS: 1}),
        ("Tier", {ChangeKind.FILLS: 2}),
        ("notes", {ChangeKind.CLEARS: 1}),
    ]
    assert dict(tally.kinds) == {ChangeKind.CHANGES: 2, ChangeKind.FILLS: 3, ChangeKind.CLEARS: 1}
    assert (tally.rows, tally.changing, tally.unchanged, tally.rows_read) == (3, 3, 900, 910)


def test_rows_that_are_planned_are_not_left_out(head: PlanHead, planned: Make) -> None:
    """All outcomes of a run may be told: those of planned rows are known already."""
    assert [example.code for example in a_tally(head, planned).left_out] == [
        Code.UNCHANGED,
        Code.LEAD_NOT_FOUND,
        Code.KEPT_KEEN_VALUE,
    ]


def test_examples_show_each_kind_before_more_of_one(planned: Make) -> None:
    """What clears a value is seen though it comes last; there are three at most."""
    tally = PlanTally({})
    changes: Sequence[Change] = [*(Change("notes", "a", str(n)) for n in range(5)), Change("notes", "", "f")]
    tally.add(planned(*([change] for change in changes)))
    tally.add(planned([Change("notes", "gone", "")], first=100))
    (field,) = tally.fields
    assert [(each.place, each.kind) for each in field.examples] == [
        ("Leads!102", ChangeKind.CLEARS),
        ("Leads!2", ChangeKind.CHANGES),
        ("Leads!7", ChangeKind.FILLS),
    ]


def test_three_of_one_kind_are_the_first_three(planned: Make) -> None:
    """Where there is one kind only."""
    tally = PlanTally({})
    tally.add(planned(*([Change("notes", "a", str(n))] for n in range(5))))
    assert [each.new for each in tally.fields[0].examples] == ["0", "1", "2"]


def test_a_row_of_which_nothing_can_be_sent_changes_nothing(planned: Make) -> None:
    """Such as one whose only value cannot be undone; why is said once, with the number of such rows."""
    tally = PlanTally({})
    chunk = planned([Change(TIER, "ours", None)], [Change(TIER, "ours", None), Change("notes", "a", "b")])
    issue = Issue(Code.CANNOT_BE_UNDONE, "Tier had no value.", Cell("Leads", 2, 5))
    rows = [type(row)(row.row, row.lead_id, row.changes, issue) for row in chunk.rows]
    tally.add(PlanChunk(chunk.chunk, rows))
    assert (tally.rows, tally.changing) == (2, 1)
    assert tally.remarks == [Example(Status.NOT_SENT, Code.CANNOT_BE_UNDONE, 2, "Tier had no value.", "Leads!F2")]


def test_a_person_sees_what_would_change_and_what_would_not(
    capsys: pytest.CaptureFixture[str], head: PlanHead, planned: Make
) -> None:
    """The rows left out, the fields with examples, and last what is to be done; in 80 columns."""
    changes = ChangesWritten(6, Path("out/changes.csv"), Path("out/changes.xlsx"))
    assert shown(capsys, a_result(a_tally(head, planned), path=Path("out/p"), changes=changes)) == (
        "kept_keen_value, 5 rows, such as Leads!50:\n"
        '    email: Keen holds "a@example.com".\n'
        "lead_not_found, 2 rows, such as Leads!40:\n"
        "    Keen has no lead with this id.\n"
        "What a code means and what to do: leadsync explain CODE\n"
        "\n"
        "email: 2 changed, 1 filled\n"
        '    Leads!2: "a@example.com" -> "b@example.com"\n'
        '    Leads!3: nothing -> "c@example.com"\n'
        '    Leads!4: "x" -> "ddddddddddddddddddddddd…"\n'
        "Tier: 2 filled\n"
        '    Leads!2: nothing -> "Gold"\n'
        '    Leads!4: nothing -> "12"\n'
        "notes: 1 cleared\n"
        '    Leads!3: "a\\nb" -> nothing\n'
        "\n"
        "910 rows in 12.0 s, 911 requests (1 retry). Run 20261120-101112-ab12.\n"
        "Nothing was sent. 3 rows would change their lead, 900 nothing; 2 need a look.\n"
        "1 value would be cleared in Keen.\n"
        "Report: state/runs/r\n"
        "Changes, 6 lines: out/changes.csv, and the same as changes.xlsx\n"
        "To send it: leadsync apply out/p --state-dir state\n"
    )


def test_a_person_is_told_that_there_is_no_workbook(
    capsys: pytest.CaptureFixture[str], head: PlanHead, planned: Make
) -> None:
    """And why."""
    changes = ChangesWritten(60_000, Path("out/changes.csv"), None)
    printed = shown(capsys, a_result(a_tally(head, planned), path=Path("p"), changes=changes))
    assert "Changes, 60,000 lines (more than 50,000, so there is no workbook): out/changes.csv\n" in printed


def test_a_plan_that_was_stopped_cannot_be_applied(
    capsys: pytest.CaptureFixture[str], head: PlanHead, planned: Make
) -> None:
    """It says why it was stopped, and names no plan."""
    printed = shown(capsys, a_result(a_tally(head, planned), stopped_because="Keen is down."))
    assert "STOPPED: Keen is down.\n" in printed
    assert "leadsync apply" not in printed


def test_a_plan_that_changes_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """And there is nothing to apply."""
    printed = shown(capsys, a_result(PlanTally({}), path=Path("p"), exit_code=0))
    assert "There are no rows.\nNothing was sent. 0 rows would change their lead, 0 nothing.\n" in printed
    assert "leadsync apply" not in printed


def test_what_cannot_be_undone_is_said(capsys: pytest.CaptureFixture[str], planned: Make) -> None:
    """Before anybody agrees to an undo."""
    tally = PlanTally({TIER: "Ti\x1b[31mer"})
    tally.add(planned([Change(TIER, "ours", None)]))
    printed = shown(capsys, a_result(tally))
    assert "Ti\\x1b[31mer: 1 cannot be undone\n" in printed
    assert "1 value cannot be undone: Keen held none before, and no action of Keen's removes one.\n" in printed


def test_json_has_all_numbers(capsys: pytest.CaptureFixture[str], head: PlanHead, planned: Make) -> None:
    """And nothing but JSON stands on standard output."""
    changes = ChangesWritten(6, Path("out/changes.csv"), None)
    result = a_result(a_tally(head, planned), path=Path("out/p"), changes=changes)
    print_plan(result, as_json=True, quiet=True)
    told = json.loads(capsys.readouterr().out)
    assert told["values"] == {"changes": 2, "fills": 3, "clears": 1, "cannot_be_undone": 0}
    assert (told["rows_read"], told["rows_changing"], told["rows_unchanged"]) == (910, 3, 900)
    assert (told["plan"], told["changes_csv"], told["changes_xlsx"]) == ("out/p", "out/changes.csv", None)
    assert [each["code"] for each in told["left_out"]] == ["unchanged", "lead_not_found", "kept_keen_value"]
    assert told["fields"][2] == {
        "key": "notes",
        "name": "notes",
        "changes": 0,
        "fills": 0,
        "clears": 1,
        "cannot_be_undone": 0,
        "examples": [
            {
                "place": "Leads!3",
                "lead_id": "10000000-0000-4000-8000-000000000001",
                "kind": "clears",
                "old": "a\nb",
                "new": "",
            }
        ],
    }


@pytest.mark.parametrize(("exit_code", "lines"), [(0, 0), (1, 4)])
def test_quiet_tells_only_what_is_wrong(
    capsys: pytest.CaptureFixture[str], head: PlanHead, planned: Make, exit_code: int, lines: int
) -> None:
    """On standard error, and without the values."""
    print_plan(a_result(a_tally(head, planned), exit_code=exit_code), as_json=False, quiet=True)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == lines
    assert "example.com" not in printed.err
