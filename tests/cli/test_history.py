"""`leadsync runs`, `runs show` and `history`: what was done, by whom, and what was written to a lead."""

import re
from pathlib import Path

import pytest
from cli.conftest import Clerk, too_wide
from conftest import lead_id

from leadsync.sandbox import Faults

SYNC = ("sync", "leads.csv", "--mapping", "m.yaml")
MOMENT = r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ"
ONE_RUN = {
    "run_id", "kind", "started_at", "finished_at", "source", "mapping", "who", "exit_code", "statuses",
    "stopped_because", "dry_run", "can_be_resumed", "can_be_undone", "undoes",
}  # fmt: skip


def written(clerk: Clerk) -> list[str]:
    """Plan, apply, undo and sync plainly over two leads; give the ids of the runs that wrote to the first, in order."""
    clerk.put(0, first_name="Anna", notes="old")
    clerk.source("Anna,new,Gold", "Bea,note,")
    clerk.do("plan", "leads.csv", "--mapping", "m.yaml", "--report-dir", "plan")
    clerk.do("apply", "plan", "--dry-run")
    clerk.do("apply", "plan")
    clerk.do("undo", "last", "--yes")
    clerk.source("Anna,newest,")
    clerk.do(*SYNC, "--yes")
    return [run["run_id"] for run in clerk.runs() if run["kind"] != "plan" and not run["dry_run"]]


def test_without_a_state_folder_nothing_is_known_and_none_is_made(clerk: Clerk) -> None:
    """Lists are empty, with exit 0; whoever wants one run is told that there is none, with exit 2."""
    assert clerk.do("runs").out.startswith("There is no run here yet")
    assert clerk.do("runs", "--json").json == []
    assert clerk.do("history", lead_id(0)).out.startswith("Nothing was written to this lead")
    assert clerk.do("history", lead_id(0), "--json").json == []
    for command in (("runs", "show", "last"), ("undo", "last"), ("undo", "last", "--json", "--yes")):
        assert clerk.do(*command, code=2).err.startswith(f"There is no run yet in {clerk.state}; ")
    for command in (("runs", "show", "20260101-000000-none"), ("undo", "20260101-000000-none")):
        assert clerk.do(*command, code=2).err.startswith(f"There is no run 20260101-000000-none in {clerk.state}; ")
    assert not clerk.state.exists()


def test_the_history_of_a_lead_tells_every_value_that_was_written(clerk: Clerk) -> None:
    """The oldest first: when, by which run, from which file and row, and over what where that is known."""
    applied, undone, synced = written(clerk)
    told = clerk.do("history", lead_id(0))
    expected = [
        (f"{MOMENT}  run {applied}, leads.csv!2", {'notes: "old" -> "new"', 'Tier: "" -> "Gold"'}),
        (f"{MOMENT}  run {undone}, leads.csv!2", {'notes: "new" -> "old"'}),
        (f"{MOMENT}  run {synced}, leads.csv!2", {'notes: "newest"', 'first_name: "Anna"'}),
    ]
    found = re.findall(r"^(\S.*)\n((?:    .*\n)+)", told.out, re.MULTILINE)
    assert len(found) == len(expected)
    for (title, values), (known, lines) in zip(found, expected, strict=True):
        assert re.fullmatch(known, title)
        assert {line.strip() for line in values.splitlines()} == lines
    assert (told.err, too_wide(told.out)) == ("", [])


def test_the_history_for_programs(clerk: Clerk) -> None:
    """Each write with its values and those from before, properties by name; the id in whatever form it is given."""
    applied, undone, synced = written(clerk)
    for form in (lead_id(0), lead_id(0).upper(), f" {{{lead_id(0)}}} ", lead_id(0).replace("-", "")):
        history = clerk.do("history", form, "--json").json
        assert [each["run_id"] for each in history] == [applied, undone, synced]
    assert (history[0]["values"], history[0]["before"]) == (
        {"notes": "new", "Tier": "Gold"},
        {"notes": "old", "Tier": ""},
    )
    assert (history[1]["values"], history[1]["before"]) == ({"notes": "old"}, {"notes": "new"})
    assert (history[2]["values"], history[2]["before"]) == (
        {"first_name": "Anna", "notes": "newest"},
        None,
    )
    assert {(each["source"], each["sheet"], each["row"], each["acknowledged"]) for each in history} == {
        ("leads.csv", "leads.csv", 2, True)
    }
    assert all(re.fullmatch(MOMENT, each["at"]) for each in history)


@pytest.mark.parametrize("name", ["Anna", "", "1001", "10000000-0000-4000-8000-00000000000g", "*"])
def test_what_is_no_lead_has_no_history(clerk: Clerk, name: str) -> None:
    """Exit 2 and a sentence, also with --json."""
    for more in ((), ("--json",)):
        assert "is not a lead's id: it is a UUID" in clerk.do("history", name, *more, code=2).err


def test_only_what_keen_may_hold_stands_in_a_history(clerk: Clerk) -> None:
    """Not what was tried, planned, refused or unchanged; and not what other leads got."""
    clerk.source("Anna,new,", "Nobody,x,", leads=[0, 99])
    clerk.do(*SYNC, "--dry-run")
    clerk.do("plan", "leads.csv", "--mapping", "m.yaml", code=1)
    clerk.do(*SYNC, "--sandbox", "--yes")
    assert clerk.do("history", lead_id(0), "--json").json == []
    clerk.do(*SYNC, code=1)
    clerk.do(*SYNC, code=1)
    assert len(clerk.do("history", lead_id(0), "--json").json) == 1
    assert clerk.do("history", lead_id(99), "--json").json == []
    assert "--state-dir names another" in clerk.do("history", lead_id(5)).out


def test_what_may_not_have_been_applied_is_told_as_such(clerk: Clerk) -> None:
    """The answer was lost, so nobody knows; until the row is sent again."""
    clerk.source("Anna,new,")
    clerk.keen.sandbox.faults = Faults(chances={"drop_after": 1.0}, action="update_lead")
    clerk.do(*SYNC, "--tries", "1", code=1)
    assert "(it may or may not have been applied as it stands here)" in clerk.do("history", lead_id(0)).out
    assert clerk.do("history", lead_id(0), "--json").json[0]["acknowledged"] is False
    clerk.keen.sandbox.faults = Faults()
    clerk.do("resume")
    assert clerk.do("history", lead_id(0), "--json").json[0]["acknowledged"] is True


def test_what_nobody_sees_is_made_visible_in_a_history(clerk: Clerk) -> None:
    """What was in Keen may hold what would steer a terminal; programs get it as it was."""
    clerk.put(0, first_name="\x1b[31mred\u202e")
    clerk.source("Anna,,")
    clerk.do(*SYNC, "--keep-before")
    assert '    first_name: "\\x1b[31mred\\u202e" -> "Anna"' in clerk.do("history", lead_id(0)).out.splitlines()
    assert clerk.do("history", lead_id(0), "--json").json[0]["before"]["first_name"] == "\x1b[31mred\u202e"


def test_runs_are_listed_with_what_they_were(clerk: Clerk, tmp_path: Path) -> None:
    """Plans, trials, applies and undos by their names, within 80 columns; programs are told the same."""
    applied, undone, _ = written(clerk)
    told = clerk.do("runs")
    assert max(map(len, told.out.splitlines())) <= 80
    words = " ".join(told.out.split())
    for text in ("plan, exit 0:", "trial run, apply, exit 0:", "apply, exit 0: 2 updated", "exit 0: 1 updated"):
        assert text in words
    runs = clerk.runs()
    assert all(run.keys() == ONE_RUN for run in runs)
    assert [(run["kind"], run["dry_run"], run["can_be_undone"]) for run in runs] == [
        ("plan", True, False),
        ("apply", True, False),
        ("apply", False, True),
        ("undo", True, False),
        ("undo", False, True),
        ("sync", False, False),
    ]
    assert [run["undoes"] for run in runs] == [None, None, None, applied, applied, None]
    assert (runs[4]["run_id"], runs[2]["source"], runs[4]["mapping"]) == (undone, "plan/plan.leadsync", "m.yaml")
    assert all(run["who"] and re.fullmatch(MOMENT, run["finished_at"]) for run in runs)
    assert {run["exit_code"] for run in runs} == {0}


def test_one_run_is_shown_in_full(clerk: Clerk) -> None:
    """From what, by whom, to where, how it ended, each code with a row; and how it is undone, if it can be."""
    clerk.source("Anna,new,", "Nobody,x,", leads=[0, 99])
    clerk.do(*SYNC, "--keep-before", "--report-dir", "out", code=1)
    (run,) = clerk.runs()
    told = clerk.do("runs", "show", "last")
    lines = told.out.splitlines()
    assert told.out == clerk.do("runs", "show", run["run_id"]).out
    assert lines[0] == f"Run {run['run_id']}"
    assert {"Source: leads.csv", "Mapping: m.yaml", f"Begun by: {run['who']}", "4 requests (0 retries)"} <= {*lines}
    assert f"Sent to: {clerk.keen.sandbox.url}" in lines
    assert "How it ended: exit 1: 1 updated, 1 rejected" in lines
    assert f"Report: {clerk.folder / 'out' / 'results.csv'}" in lines
    assert f"To put back what its leads held before: leadsync undo {run['run_id']}" in lines
    assert re.search(r"rejected +lead_not_found +1 +leads\.csv!3: ", told.out)
    assert (told.err, too_wide(told.out)) == ("", [])
    shown = clerk.do("runs", "show", "last", "--json").json
    assert shown.keys() == ONE_RUN | {"examples"}
    assert {name: shown[name] for name in ONE_RUN} == run
    assert {(each["status"], each["code"], each["rows"], each["place"]) for each in shown["examples"]} == {
        ("updated", "updated", 1, "leads.csv!2"),
        ("rejected", "lead_not_found", 1, "leads.csv!3"),
    }


def test_a_run_that_was_stopped_is_shown_with_why(clerk: Clerk) -> None:
    """And that it can be resumed; with a wrong name there is nothing to show."""
    clerk.source("Anna,new,")
    clerk.keen.sandbox.faults = Faults(chances={"401": 1.0}, action="update_lead")
    clerk.do(*SYNC, code=3)
    shown = clerk.do("runs", "show", "last", "--json").json
    assert (shown["exit_code"], shown["can_be_resumed"], shown["can_be_undone"]) == (3, True, False)
    told = clerk.do("runs", "show", "last").out
    assert f"Because: {shown['stopped_because']}" in told
    assert "(can be resumed)" in told
    assert "leadsync undo" not in told
    for more in ((), ("--json",)):
        assert clerk.do("runs", "show", "nothing", *more, code=2).err.startswith("There is no run nothing in ")
