"""Look first, then send, and back again: plan, apply, undo."""

import csv
import gzip
from pathlib import Path

import pytest
from conftest import lead_id
from office import Office

from leadsync.codes import Code
from leadsync.errors import SettingsError, SourceError, StopRunError
from leadsync.plan import Change, ChangeKind, PlanChunk, PlannedRow, read_head, read_plan, write_plan
from leadsync.sandbox import Faults
from leadsync.sync.job import Control
from leadsync.sync.plan_feed import PlanFeed
from leadsync.sync.undo import run_to_undo

FIELDS = "{first_name: Name, notes: Notes}"


def planned(office: Office, rows: list[str], **job: object) -> Path:
    """Make a plan of rows of names and notes, and give its file."""
    office.mapping(FIELDS)
    result = office.plan(office.source("Name,Notes", rows), **job)
    assert result.path
    return result.path


def test_a_plan_tells_what_would_change_and_sends_nothing(office: Office) -> None:
    """By field with examples; the rows that change nothing; the leads that cannot be reached; what would be cleared."""
    office.edit(0, first_name="Anna", notes="old")
    office.edit(1, first_name="Bea", notes="note")
    office.mapping("{first_name: Name, notes: {column: Notes, on_blank: clear}}")
    source = office.source("Name,Notes", ["Anna,new", "Bea,note", "Carl,", "Dora,x"], leads=[0, 1, 1, 99])
    result = office.plan(source)
    assert office.results(result.run) == [
        ("not_sent", "planned"),
        ("unchanged", "unchanged"),
        ("not_sent", "planned"),
        ("rejected", "lead_not_found"),
    ]
    assert office.sent() == []
    tally = result.tally
    assert {each.name: dict(each.kinds) for each in tally.fields} == {
        "first_name": {ChangeKind.CHANGES: 1},
        "notes": {ChangeKind.CHANGES: 1, ChangeKind.CLEARS: 1},
    }
    assert (tally.unchanged, tally.rows, tally.rows_read) == (1, 2, 4)
    assert result.changes
    with result.changes.csv.open(encoding="utf-8-sig", newline="") as file:
        lines = [(line["leadsync_row"], line["field"], line["old"], line["new"]) for line in csv.DictReader(file)]
    assert lines == [("2", "notes", "old", "new"), ("4", "first_name", "Bea", "Carl"), ("4", "notes", "note", "")]


def test_apply_sends_exactly_what_was_planned(office: Office) -> None:
    """The fields that change, of the rows that change something; then Keen holds what was shown."""
    office.edit(0, first_name="Anna")
    plan = planned(office, ["Anna,new", "Bea,note"])
    result = office.apply(plan)
    assert office.results(result) == [("updated", "updated")] * 2
    assert office.sent() == [
        {"lead_id": lead_id(0), "notes": "new"},
        {"lead_id": lead_id(1), "first_name": "Bea", "notes": "note"},
    ]
    report = office.report(result)
    assert [(row["leadsync_row"], row["Name"]) for row in report] == [("2", "Anna"), ("3", "Bea")]


def test_a_value_that_moved_since_the_plan_is_left_alone(office: Office) -> None:
    """What somebody edited between plan and apply stays, and is told with Keen's value."""
    plan = planned(office, ["Anna,new", "Bea,note"])
    office.edit(0, notes="edited", first_name="edited too")
    office.edit(1, notes="edited")
    result = office.apply(plan)
    assert office.results(result) == [("skipped", "changed_since_plan"), ("updated", "changed_since_plan")]
    assert (office.held(0)["notes"], office.held(1)["notes"], office.held(1)["first_name"]) == (
        "edited",
        "edited",
        "Bea",
    )
    assert "edited" in office.report(result)[1]["leadsync_message"]


def test_a_plan_that_is_applied_twice_changes_nothing_the_second_time(office: Office) -> None:
    """All is as the plan says already."""
    plan = planned(office, ["Anna,new"])
    office.apply(plan)
    office.sent()
    again = office.apply(plan)
    assert (office.results(again), office.sent()) == ([("unchanged", "unchanged")], [])


def test_a_lead_that_was_deleted_since_the_plan_is_rejected(office: Office) -> None:
    """Merged or deleted: Keen says that there is no such lead, and so does the report."""
    plan = planned(office, ["Anna,new"])
    office.keen.world._leads.pop(lead_id(0))
    assert office.results(office.apply(plan)) == [("rejected", "lead_not_found")]


def test_a_plan_of_another_key_or_address_is_refused(office: Office) -> None:
    """What was looked at in one company is not sent to another."""
    plan = planned(office, ["Anna,new"])
    office.key = "11111111-1111-4111-8111-111111111111"
    with pytest.raises(SettingsError, match="another API key"):
        office.apply(plan)
    with pytest.raises(SettingsError, match="another address"):
        office.apply(plan, url="http://127.0.0.1:9/other")


def test_a_plan_that_was_edited_is_refused(office: Office) -> None:
    """What is applied is what was shown."""
    plan = planned(office, ["Anna,new"])
    plan.write_bytes(gzip.compress(gzip.decompress(plan.read_bytes()).replace(b"new", b"own")))
    with pytest.raises(SourceError):
        office.apply(plan)
    assert office.sent() == []


def test_a_plan_needs_no_source_any_more(office: Office) -> None:
    """The file says it all; the export and the mapping may be gone."""
    plan = planned(office, ["Anna,new"])
    (office.folder / "leads.csv").unlink()
    (office.folder / "m.yaml").unlink()
    assert office.apply(plan).summary.statuses == {"updated": 1}


def test_an_apply_that_was_stopped_goes_on(office: Office) -> None:
    """Applying is a run: what it did not reach is sent by `resume`."""
    plan = planned(office, ["Anna,new"])
    office.keen.sandbox.faults = Faults(chances={"500": 1.0}, action="update_lead")
    assert office.apply(plan).summary.statuses == {"failed": 1}
    office.keen.sandbox.faults = Faults()
    assert office.resume().summary.statuses == {"updated": 1}
    assert office.held(0)["notes"] == "new"


def test_a_plan_keeps_to_the_policies(office: Office) -> None:
    """What a policy keeps back is not in the plan, and is told of."""
    office.mapping("{first_name: Name, notes: {column: Notes, policy: fill_if_blank}}")
    office.edit(0, notes="Keen's")
    result = office.plan(office.source("Name,Notes", ["Anna,ours"]))
    assert result.path
    (chunk,) = read_plan(result.path)
    assert [change.key for change in chunk.rows[0].changes] == ["first_name"]
    assert "Keen's" in office.report(result.run)[0]["leadsync_message"]


def test_a_plan_that_is_interrupted_is_no_plan(office: Office) -> None:
    """Half of the leads looked at is no ground for a decision."""
    office.mapping(FIELDS)
    control = Control()
    control.stop(StopRunError("The run was interrupted (Ctrl-C).", Code.INTERRUPTED))
    result = office.plan(office.source("Name,Notes", ["Anna,new"]), control=control)
    assert (result.path, result.run.summary.exit_code) == (None, 130)


def test_a_plan_that_keen_stopped_half_way_is_no_plan(office: Office) -> None:
    """Keen goes down while the leads are read: nothing is written that could be applied."""
    office.mapping(FIELDS)
    office.keen.sandbox.faults = Faults(chances={"401": 1.0}, action="get_lead_by_id")
    folder = office.folder / "out"
    folder.mkdir()
    (folder / "plan.leadsync").write_bytes(b"of last time")
    result = office.plan(office.source("Name,Notes", ["Anna,new"]), report_dir=folder)
    assert (result.path, result.run.summary.exit_code) == (None, 3)
    assert not (folder / "plan.leadsync").exists()


def test_a_plan_of_rows_that_share_their_lead_is_applied_as_it_stands(office: Office) -> None:
    """The second row is planned over the first, and finds it when it is applied."""
    office.mapping("{notes: Notes}")
    result = office.plan(office.source("Notes", ["first", "second"], leads=[0, 0]))
    assert result.path
    assert office.results(office.apply(result.path)) == [("updated", "updated")] * 2
    assert office.held(0)["notes"] == "second"


def test_what_a_lost_try_wrote_is_undone_though_the_row_failed_in_the_end(office: Office) -> None:
    """The answer was lost, and then Keen was down: what the first session may have written goes back."""
    office.edit(0, notes="before")
    office.mapping("{notes: Notes}")
    office.keen.sandbox.faults = Faults(chances={"drop_after": 1.0}, first=1, action="update_lead")
    source = office.source("Notes", ["ours"])
    done = office.sync(source, keeps_before=True, tries=1)
    assert done.summary.statuses == {"unknown": 1}
    office.keen.sandbox.faults = Faults(chances={"500": 1.0}, action="get_lead_by_id")
    assert office.resume(tries=1).summary.statuses == {"failed": 1}
    office.keen.sandbox.faults = Faults()
    assert office.held(0)["notes"] == "ours"
    assert office.results(office.undo(done)) == [("updated", "reverted")]
    assert office.held(0)["notes"] == "before"


def test_an_undo_puts_back_what_was_there(office: Office) -> None:
    """Each field that still holds what we wrote; values that Keen did not have are blank again."""
    office.edit(0, first_name="Before", notes="old")
    done = office.apply(planned(office, ["Anna,new", "Bea,note"]))
    result = office.undo(done)
    assert office.results(result) == [("updated", "reverted")] * 2
    assert office.held(0) == {"first_name": "Before", "notes": "old"}
    assert office.held(1) == {"first_name": "", "notes": ""}


def test_what_was_edited_since_is_kept_by_an_undo(office: Office) -> None:
    """A field that somebody changed after the run is theirs."""
    office.edit(0, first_name="Before", notes="old")
    done = office.apply(planned(office, ["Anna,new", "Bea,note"]))
    office.edit(0, notes="edited since")
    office.edit(1, first_name="theirs", notes="theirs")
    result = office.undo(done)
    assert office.results(result) == [("updated", "kept"), ("skipped", "kept")]
    assert office.held(0) == {"first_name": "Before", "notes": "edited since"}
    assert "edited since" in office.report(result)[0]["leadsync_message"]


def test_an_undo_can_be_undone(office: Office) -> None:
    """It is a run like any other, and keeps what it writes over."""
    office.edit(0, first_name="Before", notes="old")
    undone = office.undo(office.apply(planned(office, ["Anna,new"])))
    office.undo(undone)
    assert office.held(0) == {"first_name": "Anna", "notes": "new"}


def test_a_property_that_had_no_value_cannot_be_undone(office: Office) -> None:
    """No action of Keen's removes a property's value; that is said, and all else is put back."""
    office.mapping("{first_name: Name}", "properties: {Tier: Tier}")
    office.edit(0, first_name="Before")
    done = office.sync(office.source("Name,Tier", ["Anna,Gold"]), keeps_before=True)
    result = office.undo(done)
    assert office.results(result) == [("updated", "cannot_be_undone")]
    assert office.held(0) == {"first_name": "Before", "Tier": "Gold"}
    assert '"Tier"' in office.report(result)[0]["leadsync_message"]


def test_a_run_that_wrote_a_lead_several_times_is_undone_to_its_beginning(office: Office) -> None:
    """All rows of a lead are taken back at once, to what it held before the first."""
    office.edit(0, first_name="Before")
    office.mapping("{first_name: Name, notes: Notes}")
    done = office.sync(office.source("Name,Notes", ["One,x", "Two,"], leads=[0, 0]), keeps_before=True)
    result = office.undo(done)
    assert (office.results(result), office.held(0)) == (
        [("updated", "reverted")],
        {"first_name": "Before", "notes": ""},
    )


def test_a_run_that_was_stopped_half_way_is_undone_as_far_as_it_came(office: Office) -> None:
    """Rows that were refused or never sent need no undo."""
    office.edit(0, first_name="Before 0")
    office.edit(1, first_name="Before 1")
    office.mapping("{first_name: Name}")
    source = office.source("Name", ["Anna", "Nobody", "Bea"], leads=[0, 99, 1])
    done = office.sync(source, keeps_before=True, canary=2)
    assert [status for status, _ in office.results(done)] == ["updated", "rejected", "not_sent"]
    result = office.undo(done)
    assert office.results(result) == [("updated", "reverted")]
    assert (office.held(0)["first_name"], office.held(1)["first_name"]) == ("Before 0", "Before 1")


@pytest.mark.parametrize("job", [{}, {"dry_run": True}])
def test_a_run_that_kept_nothing_cannot_be_undone(office: Office, job: dict[str, bool]) -> None:
    """A sync without --keep-before, or a trial."""
    office.mapping("{first_name: Name}")
    done = office.sync(office.source("Name", ["Anna"]), **job)
    with pytest.raises(SettingsError, match=r"cannot be undone|nothing to undo"):
        run_to_undo(office.state, done.summary.run_id)


def test_after_an_undo_the_next_sync_sends_again(office: Office) -> None:
    """The source still says what was undone; the ledger knows that Keen does not hold it."""
    office.mapping("{first_name: Name}")
    office.edit(0, first_name="Before")
    source = office.source("Name", ["Anna"])
    office.undo(office.sync(source, keeps_before=True))
    assert office.sync(source).summary.statuses == {"updated": 1}


def test_after_an_apply_the_next_sync_sends_nothing(office: Office) -> None:
    """What was applied is acknowledged."""
    plan = planned(office, ["Anna,new"])
    office.apply(plan)
    assert office.sync(office.source("Name,Notes", ["Anna,new"])).summary.statuses == {"unchanged": 1}


def test_a_canary_reads_the_first_updates_back(office: Office) -> None:
    """They are in Keen as they were sent, so the run goes on."""
    office.mapping("{first_name: Name}")
    result = office.sync(office.source("Name", ["Anna", "Bea", "Carl", "Dora"]), canary=2)
    assert (result.summary.statuses, result.summary.requests) == ({"updated": 4}, 1 + 4 + 2)


def test_a_canary_that_fails_stops_the_run(office: Office) -> None:
    """One of the first updates is not in Keen as it was sent: nothing more goes out."""
    office.mapping("{first_name: Name}")
    office.keen.sandbox.faults = Faults(chances={"stored_otherwise": 1.0}, action="update_lead")
    result = office.sync(office.source("Name", ["Anna", "Bea", "Carl", "Dora"]), canary=2)
    assert result.summary.exit_code == 3
    assert [status for status, _ in office.results(result)] == ["rejected", "rejected", "not_sent", "not_sent"]
    assert {code for _, code in office.results(result)[2:]} == {"canary_failed"}
    assert len(office.sent()) == 2


def test_a_canary_goes_on_until_enough_were_proven(office: Office) -> None:
    """Rows that were left alone prove nothing: the next ones are read back in their place."""
    plan = planned(office, ["Anna,one", "Bea,two", "Carl,three", "Dora,four"])
    for number in (0, 1):
        office.edit(number, first_name="edited", notes="edited")
    office.keen.sandbox.faults = Faults(chances={"stored_otherwise": 1.0}, action="update_lead")
    result = office.apply(plan, canary=1)
    assert [status for status, _ in office.results(result)] == ["skipped", "skipped", "rejected", "not_sent"]


def test_a_plan_is_made_at_the_pace(office: Office) -> None:
    """Every look counts as a request, as all others do."""
    office.mapping("{first_name: Name}")
    result = office.plan(office.source("Name", [f"Anna {n}" for n in range(10)]), rate=50.0)
    assert result.run.summary.requests == 11
    assert office.keen.sandbox.stats.max_starts_per_second <= 51


def test_a_feed_of_a_plan_asks_nobody(office: Office) -> None:
    """Whoever applies a plan has seen it: guards are for the plan, which tells of them."""
    plan = planned(office, ["Anna,new"])
    assert PlanFeed(plan).is_agreed


def test_a_plan_tells_of_guards_that_would_stop_a_run(office: Office) -> None:
    """It is made all the same; whoever applies it has seen that."""
    office.mapping(FIELDS)
    empty = office.plan(office.source("Name,Notes", []), agreed=False)
    assert (empty.run.summary.exit_code, "no rows" in empty.run.warning) == (0, True)


def test_an_undo_puts_back_what_a_person_wrote_between_two_tries(office: Office) -> None:
    """The first try did not arrive; what somebody typed then is what the second one wrote over."""
    office.edit(0, notes="first")
    office.mapping("{notes: Notes}")
    office.keen.sandbox.faults = Faults(chances={"504": 1.0}, action="update_lead")
    done = office.sync(office.source("Notes", ["ours"]), keeps_before=True, tries=1)
    assert done.summary.statuses == {"unknown": 1}
    office.keen.sandbox.faults = Faults()
    office.edit(0, notes="a person's")
    office.resume()
    office.undo(done)
    assert office.held(0)["notes"] == "a person's"


@pytest.mark.parametrize("key", ["action", "lead_id", "properties"])
def test_a_plan_of_somebodys_own_making_updates_leads_and_nothing_else(office: Office, key: str) -> None:
    """No field of a plan is anything but one of the nine, whatever its sum says."""
    plan = planned(office, ["Anna,new"])
    (chunk,) = read_plan(plan)
    row = PlannedRow(0, lead_id(0), [Change(key, "", "create_lead")])
    write_plan(plan, read_head(plan), [PlanChunk(chunk.chunk, [row])])
    with pytest.raises(SourceError, match="no field of a lead"):
        office.apply(plan)


def test_a_value_that_is_nested_without_end_is_refused(office: Office) -> None:
    """Before anything is sent."""
    plan = planned(office, ["Anna,new"])
    (chunk,) = read_plan(plan)
    deep: list[object] = []
    for _ in range(200):
        deep = [deep]
    change = Change(office.keen.property_ids["Tier"], "", deep)
    write_plan(plan, read_head(plan), [PlanChunk(chunk.chunk, [PlannedRow(0, lead_id(0), [change])])])
    with pytest.raises(SourceError, match="not as it was written"):
        office.apply(plan)
