"""The policies of fields: what a person edited in Keen is left alone where the mapping says so."""

import pytest
from conftest import lead_id
from office import Office

from leadsync.sandbox import Faults


def test_a_field_is_filled_only_where_keen_has_nothing(office: Office) -> None:
    """`fill_if_blank`: what Keen holds stays, and stands in the report."""
    office.mapping("{first_name: Name, notes: {column: Notes, policy: fill_if_blank}}")
    office.edit(0, notes="a colleague's")
    result = office.sync(office.source("Name,Notes", ["Anna,ours", "Bea,ours"]))
    assert office.results(result) == [("updated", "kept_keen_value"), ("updated", "updated")]
    assert (office.held(0)["notes"], office.held(1)["notes"]) == ("a colleague's", "ours")
    message = office.report(result)[0]["leadsync_message"]
    assert "notes" in message
    assert "a colleague's" in message


def test_what_we_wrote_may_be_written_over_and_what_somebody_edited_not(office: Office) -> None:
    """`only_if_ours`: as long as Keen holds what we last wrote, the next value goes there."""
    office.mapping("{notes: {column: Notes, policy: only_if_ours}}")
    office.sync(office.source("Notes", ["one", "one"]))
    office.edit(1, notes="edited")
    result = office.sync(office.source("Notes", ["two", "two"]))
    assert office.results(result) == [("updated", "updated"), ("skipped", "kept_keen_value")]
    assert (office.held(0)["notes"], office.held(1)["notes"]) == ("two", "edited")
    assert result.summary.exit_code == 0


def test_without_a_ledger_only_blank_values_are_ours(office: Office) -> None:
    """A ledger that is gone makes nothing of Keen's ours."""
    office.mapping("{notes: {column: Notes, policy: only_if_ours}}")
    office.sync(office.source("Notes", ["one"]))
    (office.state / "journal.sqlite").unlink()
    assert office.results(office.sync(office.source("Notes", ["two"]))) == [("skipped", "kept_keen_value")]


def test_a_value_that_keen_holds_already_is_ours_from_then_on(office: Office) -> None:
    """A row that says what Keen holds is unchanged, and is not asked about again."""
    office.mapping("{notes: {column: Notes, policy: only_if_ours}}")
    office.edit(0, notes="same")
    source = office.source("Notes", ["same"])
    assert office.results(office.sync(source)) == [("unchanged", "unchanged")]
    again = office.sync(source)
    assert (office.results(again), again.summary.requests) == ([("unchanged", "unchanged")], 1)


@pytest.mark.parametrize(("held", "statuses"), [("Keen's", {"skipped": 1}), ("", {"unchanged": 1})])
def test_a_value_is_never_cleared(office: Office, held: str, statuses: dict[str, int]) -> None:
    """`never_clear`: a blank cell of a field that would be cleared leaves Keen's value."""
    office.mapping("{first_name: Name, notes: {column: Notes, on_blank: clear, policy: never_clear}}")
    office.edit(0, notes=held)
    assert office.sync(office.source("Name,Notes", [","])).summary.statuses == statuses
    assert office.held(0)["notes"] == held


def test_a_value_that_is_not_blank_needs_no_look(office: Office) -> None:
    """`never_clear` asks Keen only where something would be cleared."""
    office.mapping("{notes: {column: Notes, policy: never_clear}}")
    office.edit(0, notes="before")
    assert office.sync(office.source("Notes", ["after"])).summary.requests == 2
    assert office.held(0)["notes"] == "after"


def test_what_was_kept_back_is_asked_for_again_the_next_night(office: Office) -> None:
    """Once the person has emptied the field in Keen, ours goes there."""
    office.mapping("{notes: {column: Notes, policy: fill_if_blank}}")
    office.edit(0, notes="a colleague's")
    source = office.source("Notes", ["ours"])
    assert office.results(office.sync(source)) == [("skipped", "kept_keen_value")]
    office.edit(0, notes="")
    assert office.results(office.sync(source)) == [("updated", "updated")]


def test_a_policy_of_a_property_is_told_by_its_name(office: Office) -> None:
    """Properties have policies too; the report names them as the mapping does."""
    office.mapping("{first_name: Name}", "properties: {Tier: {column: Tier, policy: fill_if_blank}}")
    lead = office.keen.world.lead(lead_id(0))
    assert lead
    lead.properties = {office.keen.property_ids["Tier"]: "Silver"}
    result = office.sync(office.source("Name,Tier", ["Anna,Gold"]))
    assert office.held(0)["Tier"] == "Silver"
    assert "Tier" in office.report(result)[0]["leadsync_message"]
    assert office.sent() == [{"lead_id": lead_id(0), "first_name": "Anna"}]


def test_what_somebody_edits_before_a_failed_row_is_resumed_is_left_alone(office: Office) -> None:
    """The lead is looked at again: what came in between is seen."""
    office.mapping("{notes: {column: Notes, policy: only_if_ours}}")
    office.sync(office.source("Notes", ["one"]))
    office.keen.sandbox.faults = Faults(chances={"500": 1.0}, action="update_lead")
    failed = office.sync(office.source("Notes", ["two"]))
    assert failed.summary.statuses == {"failed": 1}
    office.edit(0, notes="edited")
    office.keen.sandbox.faults = Faults()
    assert office.results(office.resume()) == [("skipped", "kept_keen_value")]
    assert office.held(0)["notes"] == "edited"


@pytest.mark.parametrize("lead", ["id: Id", "legacy_id: Old"])
def test_rows_that_share_their_lead_are_ours_among_themselves(office: Office, lead: str) -> None:
    """What the first row writes is no edit of somebody's to the second, also where a legacy id is new to us."""
    office.mapping("{notes: {column: Notes, policy: only_if_ours}}", lead=lead)
    path = office.folder / "two.csv"
    path.write_text(f"Id,Old,Notes\n{lead_id(0)},1000,first\n{lead_id(0)},1000,second\n", encoding="utf-8")
    assert office.results(office.sync(path)) == [("updated", "updated")] * 2
    assert office.held(0)["notes"] == "second"


@pytest.mark.parametrize("fault", ["500:keen", "400:keen", "429", "504", "drop_before", "drop_after"])
def test_what_was_ours_stays_ours_after_trouble(office: Office, fault: str) -> None:
    """A row that was refused, failed or got no answer does not make a stranger's of the value that we wrote."""
    office.mapping("{notes: {column: Notes, policy: only_if_ours}}")
    office.sync(office.source("Notes", ["one"]))
    office.keen.sandbox.faults = Faults(chances={fault: 1.0}, action="update_lead")
    office.sync(office.source("Notes", ["two"]), tries=1)
    office.keen.sandbox.faults = Faults()
    assert office.results(office.sync(office.source("Notes", ["three"]))) == [("updated", "updated")]
    assert office.held(0)["notes"] == "three"


def test_what_an_undo_put_back_is_a_persons_again(office: Office) -> None:
    """That we wrote it last does not make it ours."""
    office.edit(0, notes="a person's")
    office.mapping("{notes: Notes}")
    office.undo(office.sync(office.source("Notes", ["ours"]), keeps_before=True))
    office.mapping("{notes: {column: Notes, policy: only_if_ours}}")
    assert office.results(office.sync(office.source("Notes", ["next"]))) == [("skipped", "kept_keen_value")]
