"""`leadsync plan`, `apply` and `undo` as a person or cron meets them: what is said, what is sent, how it ends."""

import csv
import gzip
import os
import pty
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest
from cli.conftest import Clerk, too_wide
from conftest import Keen, lead_id
from warm.client import Mother

from leadsync.journal import hold
from leadsync.sandbox import Faults

FILES = {"results.csv", "retry.csv", "summary.json", "changes.csv", "changes.xlsx", "plan.leadsync"}
OTHER_KEY = "11111111-1111-4111-8111-111111111111"
PLAN = ("plan", "leads.csv", "--mapping", "m.yaml")


def begin(clerk: Clerk) -> None:
    """Let three leads hold something, and write a source that changes, fills and clears; lead 1 stays as it is."""
    clerk.put(0, first_name="Anna", notes="old")
    clerk.put(1, first_name="Bea", notes="same")
    clerk.put(2, first_name="Carl", notes="gone", Tier="Silver")
    clerk.source("Anna,new,", "Bea,same,", "Carl,,Gold")


def planned(clerk: Clerk) -> Path:
    """Make a plan in the folder `plan`, and give its file."""
    begin(clerk)
    clerk.do(*PLAN, "--report-dir", "plan")
    return clerk.folder / "plan" / "plan.leadsync"


def applied(clerk: Clerk) -> str:
    """Make a plan and carry it out; give the run's id."""
    planned(clerk)
    run_id: str = clerk.do("apply", "plan", "--json").json["run_id"]
    assert len(clerk.sent()) == 2
    return run_id


def changes(folder: Path) -> list[tuple[str, ...]]:
    """Read changes.csv without its header."""
    with (folder / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
        return [tuple(line) for line in csv.reader(file)][1:]


def test_a_plan_tells_people_what_would_change(clerk: Clerk) -> None:
    """By field, with examples and their places, and then what to do; nothing is sent."""
    begin(clerk)
    told = clerk.do(*PLAN, "--report-dir", "plan")
    assert (told.err, clerk.sent()) == ("", [])
    lines = told.out.splitlines()
    assert "notes: 1 changed, 1 cleared" in lines
    assert '    leads.csv!2: "old" -> "new"' in lines
    assert '    leads.csv!4: "gone" -> nothing' in lines
    assert "Tier: 1 changed" in lines
    assert '    leads.csv!4: "Silver" -> "Gold"' in lines
    assert "Nothing was sent. 2 rows would change their lead, 1 nothing." in lines
    assert "1 value would be cleared in Keen." in lines
    assert lines[-3:] == [
        "Report: plan/results.csv",
        "Changes, 3 lines: plan/changes.csv, and the same as changes.xlsx",
        "To send it: leadsync apply plan/plan.leadsync",
    ]
    assert max(map(len, lines)) <= 80


def test_a_plan_is_written_for_people_and_for_apply(clerk: Clerk) -> None:
    """A table as CSV and as a workbook, the plan file, and the report of a run; without --report-dir beside it."""
    planned(clerk)
    assert {path.name for path in (clerk.folder / "plan").iterdir()} == FILES
    first, third = lead_id(0), lead_id(2)
    assert sorted(changes(clerk.folder / "plan")) == [
        ("leads.csv", "2", first, "notes", "old", "new", "changes"),
        ("leads.csv", "4", third, "Tier", "Silver", "Gold", "changes"),
        ("leads.csv", "4", third, "notes", "gone", "", "clears"),
    ]
    clerk.do(*PLAN)
    (run,) = (clerk.state / "runs").iterdir()
    assert {path.name for path in run.iterdir()} == FILES


def test_a_plan_for_programs(clerk: Clerk) -> None:
    """`--json` prints one object, with numbers, fields, examples, and where all is written."""
    begin(clerk)
    plan = clerk.do(*PLAN, "--json", "--report-dir", "plan").json
    assert (plan["rows_read"], plan["rows_changing"], plan["rows_unchanged"]) == (3, 2, 1)
    assert plan["values"] == {"changes": 2, "fills": 0, "clears": 1, "cannot_be_undone": 0}
    notes, tier = sorted(plan["fields"], key=lambda field: str(field["name"] == "Tier"))
    assert [(each["place"], each["old"], each["new"]) for each in notes["examples"]] == [
        ("leads.csv!4", "gone", ""),
        ("leads.csv!2", "old", "new"),
    ]
    assert (tier["key"], tier["examples"][0]["lead_id"]) == (clerk.keen.property_ids["Tier"], lead_id(2))
    assert (plan["statuses"], plan["exit_code"]) == ({"unchanged": 1, "not_sent": 2}, 0)
    assert (plan["stopped_because"], plan["warning"]) == (None, None)
    assert [plan["plan"], plan["changes_csv"], plan["changes_xlsx"]] == [
        "plan/plan.leadsync",
        "plan/changes.csv",
        "plan/changes.xlsx",
    ]
    assert (plan["left_out"][0]["status"], plan["left_out"][0]["place"]) == ("unchanged", "leads.csv!3")


def test_a_quiet_plan_speaks_up_only_where_something_is_wrong(clerk: Clerk) -> None:
    """Then with exit 1, on standard error, with the place of the report; what can be sent is planned."""
    begin(clerk)
    fine = clerk.do(*PLAN, "--quiet")
    assert (fine.out, fine.err) == ("", "")
    clerk.source("Anna,new,", "Nobody,x,", leads=[0, 99])
    wrong = clerk.do(*PLAN, "--quiet", "--report-dir", "plan", code=1)
    assert wrong.out == ""
    assert "1 row would change their lead, 0 nothing; 1 needs a look." in wrong.err
    assert "Report: plan/results.csv" in wrong.err
    told = clerk.do(*PLAN, code=1).out
    assert "lead_not_found, 1 row, such as leads.csv!3:" in told
    assert "leadsync explain CODE" in told
    clerk.do("apply", "plan")
    assert clerk.sent() == [{"lead_id": lead_id(0), "notes": "new"}]


def test_a_plan_that_keen_stops_can_not_be_applied(clerk: Clerk) -> None:
    """Exit 3 with the reason; no plan is written, nor offered to be sent, and an earlier one is gone."""
    planned(clerk)
    clerk.keen.sandbox.faults = Faults(chances={"401": 1.0}, action="get_lead_by_id")
    told = clerk.do(*PLAN, "--report-dir", "plan", code=3).out
    assert "STOPPED: " in told
    assert "leadsync apply" not in told
    plan = clerk.do(*PLAN, "--json", "--report-dir", "plan", code=3).json
    assert (plan["exit_code"], plan["plan"]) == (3, None)
    assert plan["stopped_because"]
    assert clerk.do(*PLAN, "--quiet", code=3).err.count("STOPPED: ") == 1
    assert "There is no plan" in clerk.do("apply", "plan", code=2).err


def test_a_plan_tells_what_a_sync_would_ask(clerk: Clerk) -> None:
    """A guard stops no plan, and its question stands in what is told and in the JSON."""
    begin(clerk)
    path = clerk.folder / "m.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("max_cleared: 100%, ", ""), encoding="utf-8")
    assert "A sync would ask before the first row: 1 of the 3 rows to be sent would clear" in clerk.do(*PLAN).out
    assert "would clear a value" in clerk.do(*PLAN, "--json").json["warning"]


@pytest.mark.parametrize(
    ("source", "mapping"), [("nowhere.csv", "m.yaml"), ("leads.csv", "nowhere.yaml"), ("m.yaml", "leads.csv")]
)
def test_a_plan_needs_its_source_and_its_mapping(clerk: Clerk, source: str, mapping: str) -> None:
    """Exit 2 and a sentence, also with --json; no run is kept."""
    begin(clerk)
    for json in ((), ("--json",)):
        ended = clerk.at_keen("plan", source, "--mapping", mapping, *json)
        assert (ended.code, ended.out) == (2, "")
        assert "Traceback" not in ended.err
    assert clerk.runs() == []


def test_what_nobody_sees_is_made_visible_in_a_plan(clerk: Clerk) -> None:
    """A value of Keen's may hold what would steer a terminal, or what would be a formula in a table."""
    clerk.put(0, first_name="\x1b[31mred", notes="=1+1")
    clerk.source(f"Anna,{'long ' * 40},")
    told = clerk.do(*PLAN, "--report-dir", "plan").out
    assert "\x1b" not in told
    assert '"\\x1b[31mred" -> "Anna"' in told
    assert max(len(line) for line in told.splitlines()) <= 80
    assert ("'=1+1", "changes") in {(line[4], line[6]) for line in changes(clerk.folder / "plan")}
    with zipfile.ZipFile(clerk.folder / "plan" / "changes.xlsx") as book:
        assert not [name for name in book.namelist() if b"<f>" in book.read(name)]


@pytest.mark.parametrize("name", ["plan", "plan/plan.leadsync"])
def test_a_plan_is_applied_by_its_file_or_its_folder(clerk: Clerk, name: str) -> None:
    """What is sent is what was shown, and no more; source and mapping may be gone by then."""
    planned(clerk)
    (clerk.folder / "leads.csv").unlink()
    (clerk.folder / "m.yaml").unlink()
    told = clerk.do("apply", name, "--canary", "1")
    assert (told.err, too_wide(told.out)) == ("", [])
    assert "Every row was fine." in told.out
    tier = {"property_definitions_id": clerk.keen.property_ids["Tier"], "value": "Gold"}
    assert clerk.sent() == [
        {"lead_id": lead_id(0), "notes": "new"},
        {"lead_id": lead_id(2), "notes": "", "properties": [tier]},
    ]
    assert clerk.held(2) == {"first_name": "Carl", "Tier": "Gold"}


def test_an_apply_for_programs_and_a_quiet_one(clerk: Clerk) -> None:
    """The summary as JSON; applied again all is unchanged, of which a quiet run says nothing."""
    planned(clerk)
    summary = clerk.do("apply", "plan", "--json", "--report-dir", "out").json
    assert (summary["statuses"], summary["exit_code"], summary["source"]) == ({"updated": 2}, 0, "plan/plan.leadsync")
    assert {path.name for path in (clerk.folder / "out").iterdir()} == {"results.csv", "retry.csv", "summary.json"}
    clerk.sent()
    again = clerk.do("apply", "plan", "--quiet")
    assert (again.out, again.err, clerk.sent()) == ("", "", [])
    assert clerk.do("apply", "plan", "--json").json["statuses"] == {"unchanged": 2}


def test_a_trial_apply_looks_again_and_sends_nothing(clerk: Clerk) -> None:
    """It tells what would still be sent, with a canary too; what moved since is told as left alone."""
    planned(clerk)
    clerk.put(0, first_name="Anna", notes="edited")
    told = clerk.do("apply", "plan", "--dry-run").out
    assert "changed_since_plan, 1 row, such as leads.csv!2:" in told
    assert 'notes ("edited")' in told
    assert "Nothing was sent. 1 row would change their lead, 0 nothing." in told
    assert too_wide(told) == []
    content = clerk.do("apply", "plan", "--dry-run", "--canary", "2", "--json", "--report-dir", "out").json
    assert (content["rows_changing"], content["codes"]) == (1, {"planned": 1, "changed_since_plan": 1})
    assert (content["exit_code"], content["plan"]) == (0, None)
    quiet = clerk.do("apply", "plan", "--dry-run", "--quiet")
    assert (quiet.out, quiet.err) == ("", "")
    assert clerk.sent() == []
    assert [(run["kind"], run["dry_run"]) for run in clerk.runs()] == [("plan", True), *[("apply", True)] * 3]


def test_what_moved_since_the_plan_is_left_alone_and_told(clerk: Clerk) -> None:
    """Exit 0, as nothing went wrong; the verdict counts it, and the report has Keen's value."""
    planned(clerk)
    clerk.put(0, first_name="Anna", notes="edited")
    told = clerk.do("apply", "plan").out
    assert "No row went wrong. In 1 row values of Keen's were left alone." in told
    assert clerk.held(0)["notes"] == "edited"


def test_an_apply_in_which_rows_go_wrong_ends_with_1(clerk: Clerk) -> None:
    """A lead that was deleted since is rejected, and the others are sent."""
    planned(clerk)
    clerk.keen.world._leads.pop(lead_id(0))
    told = clerk.do("apply", "plan", code=1).out
    assert "lead_not_found" in told
    assert "1 row needs a look." in told
    assert len(clerk.sent()) == 1


def test_a_canary_that_fails_ends_an_apply_with_3(clerk: Clerk) -> None:
    """What was not sent can be resumed."""
    planned(clerk)
    clerk.keen.sandbox.faults = Faults(chances={"stored_otherwise": 1.0}, action="update_lead")
    told = clerk.do("apply", "plan", "--canary", "1", code=3).out
    assert "STOPPED: 1 of the first 1 rows did not end in Keen as they were sent" in told
    assert len(clerk.sent()) == 1
    clerk.keen.sandbox.faults = Faults()
    assert clerk.do("resume", "--json", code=1).json["statuses"] == {"updated": 1, "rejected": 1}


def _edited(plan: Path) -> None:
    plan.write_bytes(gzip.compress(gzip.decompress(plan.read_bytes()).replace(b"new", b"own")))


def _cut(plan: Path) -> None:
    plan.write_bytes(plan.read_bytes()[:-20])


def _another(plan: Path) -> None:
    plan.write_text("version: 1\n", encoding="utf-8")


def _gone(plan: Path) -> None:
    plan.unlink()


@pytest.mark.parametrize("spoil", [_edited, _cut, _another, _gone])
def test_a_plan_that_is_none_any_more_is_refused(clerk: Clerk, spoil: Callable[[Path], None]) -> None:
    """Edited, cut, another file, gone: exit 2 and one sentence, trial or not; nothing is sent, and no run is kept."""
    spoil(planned(clerk))
    for more in ((), ("--json",), ("--dry-run",), ("--quiet",)):
        assert "plan" in clerk.do("apply", "plan/plan.leadsync", *more, code=2).err
    assert clerk.sent() == []
    assert [run["kind"] for run in clerk.runs()] == ["plan"]


def test_a_plan_is_for_the_company_that_was_looked_at(clerk: Clerk) -> None:
    """Another key or another address: exit 2, before anything is asked."""
    planned(clerk)
    before = clerk.keen.sandbox.stats.calls
    for more in ((), ("--json",), ("--dry-run",)):
        refused = clerk.do("apply", "plan", *more, code=2, LEADSYNC_API_KEY=OTHER_KEY)
        assert refused.err.startswith("plan/plan.leadsync was made with another API key")
        assert OTHER_KEY not in refused.err
        refused = clerk.do("apply", "plan", *more, code=2, LEADSYNC_BASE_URL="http://127.0.0.1:9/keen")
        assert refused.err.startswith("plan/plan.leadsync was made at another address")
    assert clerk.keen.sandbox.stats.calls == before


def test_an_undo_shows_its_plan_and_needs_somebody_to_agree(clerk: Clerk) -> None:
    """Without a terminal and without --yes: exit 3, nothing is sent, and nothing of it lies about."""
    run_id = applied(clerk)
    told = clerk.do("undo", "last", code=3)
    assert '    leads.csv!2: "new" -> "old"' in told.out.splitlines()
    assert '    leads.csv!4: nothing -> "gone"' in told.out.splitlines()
    assert "2 rows would change their lead" in told.out
    assert too_wide(told.out) == []
    assert told.err == f"Nobody agreed, so nothing was sent: say leadsync undo {run_id} --yes if it is meant.\n"
    quiet = clerk.do("undo", run_id, "--quiet", code=3)
    assert (quiet.out, quiet.err) == ("", told.err)
    assert clerk.sent() == []
    assert not list(clerk.state.rglob("undo.leadsync"))
    assert [(run["kind"], run["dry_run"]) for run in clerk.runs()][2:] == [("undo", True)] * 2


def test_a_trial_undo_tells_what_would_be_put_back(clerk: Clerk) -> None:
    """Exit 0; the table of changes goes where the report goes."""
    applied(clerk)
    told = clerk.do("undo", "last", "--dry-run", "--report-dir", "out")
    assert told.err == ""
    assert "Report: out/results.csv" in told.out
    assert {path.name for path in (clerk.folder / "out").iterdir()} == FILES - {"plan.leadsync"}
    assert {line[3:6] for line in changes(clerk.folder / "out")} == {
        ("notes", "new", "old"),
        ("notes", "", "gone"),
        ("Tier", "Gold", "Silver"),
    }
    assert clerk.do("undo", "last", "--dry-run", "--yes", "--json").json["rows_changing"] == 2
    quiet = clerk.do("undo", "last", "--dry-run", "--quiet")
    assert (quiet.out, quiet.err) == ("", "")
    assert clerk.sent() == []


def test_an_undo_puts_back_what_was_there(clerk: Clerk) -> None:
    """Then Keen is as before; the plan of the undo is kept with its run, so that it could go on."""
    run_id = applied(clerk)
    told = clerk.do("undo", "last", "--yes", "--report-dir", "out")
    assert told.err == ""
    assert "updated (reverted)     2" in told.out
    assert told.out.endswith("Every row was fine.\nReport: out/results.csv\n")
    assert clerk.held(0) == {"first_name": "Anna", "notes": "old"}
    assert clerk.held(2) == {"first_name": "Carl", "notes": "gone", "Tier": "Silver"}
    run = clerk.runs()[-1]
    assert (run["kind"], run["undoes"], run["can_be_undone"]) == ("undo", run_id, True)
    assert (clerk.state / "runs" / run["run_id"] / "undo.leadsync").exists()


def test_a_property_that_cannot_be_undone_is_told_beforehand(clerk: Clerk) -> None:
    """In the plan of the undo, in its verdict, and in what the undo ends with."""
    clerk.put(0, first_name="Anna")
    clerk.source("Berta,,Gold")
    clerk.do("sync", "leads.csv", "--mapping", "m.yaml", "--keep-before")
    told = clerk.do("undo", "last", "--yes").out
    assert "cannot_be_undone, 1 row, such as leads.csv!2:" in told
    assert "1 value cannot be undone" in told
    assert "In 1 row values cannot be undone." in told
    assert too_wide(told) == []
    assert clerk.held(0) == {"first_name": "Anna", "Tier": "Gold"}


def test_an_undo_prints_json_wherever_it_ends(clerk: Clerk) -> None:
    """One object: the plan of the undo where it ends before anything is sent, else the summary of its run."""
    run_id = applied(clerk)
    assert clerk.do("undo", "last", "--json", "--dry-run").json["rows_changing"] == 2
    unasked = clerk.do("undo", "last", "--json", code=3)
    assert unasked.json["values"] == {"changes": 2, "fills": 1, "clears": 0, "cannot_be_undone": 0}
    assert unasked.err.startswith("Nobody agreed")
    for faults in (Faults(chances={"401": 1.0}), Faults(chances={"401": 1.0}, action="get_lead_by_id")):
        clerk.keen.sandbox.faults = faults
        stopped = clerk.do("undo", "last", "--yes", "--json", code=3).json
        assert (stopped["exit_code"], stopped["rows_changing"], stopped["changes_csv"]) == (3, 0, None)
        assert stopped["stopped_because"]
    clerk.keen.sandbox.faults = Faults()
    assert clerk.sent() == []
    summary = clerk.do("undo", "last", "--yes", "--json").json
    assert (summary["statuses"], summary["codes"]) == ({"updated": 2}, {"reverted": 2})
    clerk.sent()
    nothing = clerk.do("undo", run_id, "--yes", "--json").json
    assert (nothing["rows_changing"], nothing["exit_code"], clerk.sent()) == (0, 0, [])


def test_an_undo_that_is_stopped_can_be_resumed(clerk: Clerk) -> None:
    """Exit 3, and `resume` puts back the rest."""
    applied(clerk)
    clerk.keen.sandbox.faults = Faults(chances={"401": 1.0}, action="update_lead")
    stopped = clerk.do("undo", "last", "--yes", "--json", code=3).json
    assert stopped["statuses"] == {"not_sent": 2}
    clerk.keen.sandbox.faults = Faults()
    assert clerk.do("resume", "--json").json["codes"] == {"reverted": 2}
    assert clerk.held(0) == {"first_name": "Anna", "notes": "old"}


def test_what_was_edited_since_is_kept_by_an_undo(clerk: Clerk) -> None:
    """Where nothing is left to put back it says so and ends with 0, without a question and without a run that sends."""
    applied(clerk)
    clerk.put(0, first_name="Anna", notes="edited")
    clerk.put(2, first_name="Carl", notes="edited", Tier="Bronze")
    told = clerk.do("undo", "last")
    assert "kept, 2 rows, such as leads.csv!2:" in told.out
    assert 'Left as it is in Keen: notes ("edited").' in told.out
    assert "Nothing was sent. 0 rows would change their lead" in told.out
    assert told.err == ""
    assert clerk.sent() == []
    assert not [run for run in clerk.runs() if run["kind"] == "undo" and not run["dry_run"]]


def test_last_is_the_last_run_that_wrote_something(clerk: Clerk) -> None:
    """Plans, trials, rehearsals and runs that changed nothing are passed over; an undo is a run, and can be undone."""
    run_id = applied(clerk)
    clerk.do(*PLAN)
    clerk.do("apply", "plan", "--dry-run")
    clerk.do("apply", "plan")
    clerk.do("sync", "leads.csv", "--mapping", "m.yaml", "--dry-run")
    clerk.do("sync", "leads.csv", "--mapping", "m.yaml", "--sandbox", "--yes")
    undone = clerk.do("undo", "last", "--yes", "--json").json
    assert undone["source"] == f"undo of {run_id}"
    again = clerk.do("undo", "last", "--yes", "--json").json
    assert again["source"] == f"undo of {undone['run_id']}"
    assert (clerk.held(0)["notes"], clerk.held(2)) == ("new", {"first_name": "Carl", "Tier": "Gold"})


def test_what_cannot_be_undone_is_refused_with_the_reason(clerk: Clerk) -> None:
    """No such run, no before-images, a trial, a rehearsal, another key or address: exit 2, and nothing is sent."""
    run_id = applied(clerk)
    clerk.source("Anna,newer,")
    sync = ("sync", "leads.csv", "--mapping", "m.yaml", "--yes", "--json")
    plain = clerk.do(*sync).json["run_id"]
    trial = clerk.do(*sync, "--dry-run").json["run_id"]
    rehearsal = clerk.do(*sync, "--sandbox").json["run_id"]
    reasons = {
        "20260101-000000-none": "There is no run 20260101-000000-none in ",
        plain: f"Run {plain} did not keep what its leads held before",
        "last": f"Run {plain} did not keep what its leads held before",
        trial: f"Run {trial} sent nothing",
        rehearsal: f"Run {rehearsal} was sent to an embedded sandbox",
    }
    clerk.sent()
    for name, reason in reasons.items():
        for more in ((), ("--json",), ("--dry-run",)):
            assert clerk.do("undo", name, "--yes", *more, code=2).err.startswith(reason)
    refused = clerk.do("undo", run_id, "--yes", code=2, LEADSYNC_API_KEY=OTHER_KEY)
    assert refused.err.startswith(f"Run {run_id} was sent with another API key")
    refused = clerk.do("undo", run_id, "--yes", code=2, LEADSYNC_BASE_URL="http://127.0.0.1:9/keen")
    assert refused.err.startswith(f"Run {run_id} was sent to {clerk.keen.sandbox.url}")
    assert clerk.sent() == []
    assert not list(clerk.state.rglob("undo.leadsync"))


def test_while_another_run_holds_the_state_folder_nobody_plans_or_undoes(clerk: Clerk) -> None:
    """Exit 4 with who holds it; to look at earlier runs is allowed."""
    applied(clerk)
    with hold(clerk.state):
        for command in (PLAN, ("apply", "plan"), ("apply", "plan", "--dry-run"), ("undo", "last", "--yes")):
            assert str(clerk.state) in clerk.do(*command, code=4).err
        assert len(clerk.runs()) == 2
        clerk.do("runs", "show", "last")
        clerk.do("history", lead_id(0))
    assert clerk.sent() == []


@pytest.fixture
def terminal() -> Iterator[tuple[int, IO[bytes]]]:
    """Give a terminal: the side of whoever sits there, and that of the process."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "r+b", buffering=0) as file:
        yield ours, file
    os.close(ours)


@pytest.mark.parametrize(("answer", "code", "notes"), [("y", 0, "old"), ("n", 3, "new"), ("", 3, "new")])
def test_at_a_terminal_an_undo_asks(
    clerk: Clerk,
    keen: Keen,
    mother: Mother,
    environment: dict[str, str],
    terminal: tuple[int, IO[bytes]],
    answer: str,
    code: int,
    notes: str,
) -> None:
    """Whatever is not a yes is a no."""
    applied(clerk)
    ours, theirs = terminal
    os.write(ours, f"{answer}\n".encode())
    given = {"LEADSYNC_API_KEY": keen.sandbox.api_key, "LEADSYNC_BASE_URL": keen.sandbox.url, "LEADSYNC_RATE": "5000"}
    arguments = ("undo", "last")
    running = mother.start(
        *arguments, folder=clerk.folder, environment=environment | given, stdin=theirs, stderr=theirs
    )
    out, _ = running.communicate()
    assert running.wait() == code, out
    assert clerk.held(0)["notes"] == notes
    assert b"Put these values back? [y/N]" in os.read(ours, 65536)
