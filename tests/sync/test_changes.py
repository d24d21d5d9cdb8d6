"""Only what changed is sent: rows are held against what Keen acknowledged last."""

import pytest
from conftest import CHANNEL, lead_id
from office import Office

from leadsync.sandbox import DEMO_KEY, EmbeddedSandbox, Faults, World
from leadsync.sync.begin import JOURNAL

FIELDS = "{email: E-mail, first_name: Name}"
HEADER = "E-mail,Name"
ROWS = [f"anna{n}@example.com,Anna {n}" for n in range(5)]


def test_a_second_run_sends_nothing(office: Office) -> None:
    """Rows that Keen acknowledged as they are come out `unchanged`, and no request goes out but the key check."""
    office.mapping(FIELDS)
    source = office.source(HEADER, ROWS)
    assert office.sync(source).summary.statuses == {"updated": 5}
    again = office.sync(source)
    assert (again.summary.statuses, again.summary.requests, again.summary.exit_code) == ({"unchanged": 5}, 1, 0)
    assert office.results(again) == [("unchanged", "unchanged")] * 5
    assert [row["leadsync_lead_id"] for row in office.report(again)] == [lead_id(n) for n in range(5)]


def test_only_the_field_that_changed_is_sent(office: Office) -> None:
    """One cell is another: its row is sent, with that field alone; `--full` sends all there is."""
    office.mapping(FIELDS, "properties: {Tier: Tier}")
    office.sync(office.source(f"{HEADER},Tier", [f"{row},Gold" for row in ROWS]))
    office.sent()
    rows = [f"{row},Gold" for row in ROWS[:3]] + ["anna3@example.com,Anna,Gold", "anna4@example.com,Anna 4,Silver"]
    source = office.source(f"{HEADER},Tier", rows)
    assert office.sync(source).summary.statuses == {"updated": 2, "unchanged": 3}
    tier = {"property_definitions_id": office.keen.property_ids["Tier"], "value": "Silver"}
    assert office.sent() == [
        {"lead_id": lead_id(3), "first_name": "Anna"},
        {"lead_id": lead_id(4), "properties": [tier]},
    ]
    assert office.sync(source, full=True).summary.statuses == {"updated": 5}
    assert all(len(body) == 4 for body in office.sent())


def test_a_row_that_failed_or_was_rejected_is_tried_again(office: Office) -> None:
    """Whatever did not end well is sent by the next run, though its cells are the same."""
    office.mapping(FIELDS)
    source = office.source(HEADER, [*ROWS[:2], "new@example.com,New"], leads=[0, 1, 99])
    assert office.sync(source).summary.statuses == {"updated": 2, "rejected": 1}
    assert office.sync(source).summary.statuses == {"unchanged": 2, "rejected": 1}
    changed = office.source(HEADER, ["anna0@example.com,Other", ROWS[1]], leads=[0, 1])
    office.keen.sandbox.faults = Faults(chances={"500": 1.0}, action="update_lead")
    assert office.sync(changed).summary.statuses == {"failed": 1, "unchanged": 1}
    office.keen.sandbox.faults = Faults()
    assert office.sync(changed).summary.statuses == {"updated": 1, "unchanged": 1}


def test_a_row_without_an_answer_is_tried_again_though_the_file_went_back(office: Office) -> None:
    """It may have been applied: that the file says again what was acknowledged before proves nothing."""
    office.mapping(FIELDS)
    before = ROWS[:1]
    office.sync(office.source(HEADER, before))
    office.keen.sandbox.faults = Faults(chances={"drop_after": 1.0}, action="update_lead")
    assert office.sync(office.source(HEADER, ["other@example.com,Other"])).summary.statuses == {"unknown": 1}
    office.keen.sandbox.faults = Faults()
    assert office.held(0)["first_name"] == "Other"
    assert office.sync(office.source(HEADER, before)).summary.statuses == {"updated": 1}
    assert office.held(0)["first_name"] == "Anna 0"


def test_the_ledger_of_another_key_is_never_mixed_in(office: Office) -> None:
    """What was acknowledged to one company says nothing of another's leads."""
    office.mapping(FIELDS)
    source = office.source(HEADER, ROWS[:2])
    office.sync(source)
    company = office.keen.world.add_company("Other", key="11111111-1111-4111-8111-111111111111")
    office.keen.channel.partner = company.id
    office.key = "11111111-1111-4111-8111-111111111111"
    assert office.sync(source).summary.statuses == {"updated": 2}
    office.key = DEMO_KEY
    assert office.sync(source).summary.statuses == {"unchanged": 2}


def test_the_ledger_of_another_address_is_never_mixed_in(office: Office) -> None:
    """The same key at another Keen, such as a test system, begins with nothing."""
    office.mapping("{first_name: Name}")
    source = office.source("Name", ["Anna"])
    office.sync(source)
    world = World()
    channel = world.add_channel(CHANNEL, creator=world.add_company("Acme", key=DEMO_KEY))
    world.add_lead(channel, lead_id=lead_id(0))
    with EmbeddedSandbox(world) as other:
        assert office.sync(source, url=other.url).summary.statuses == {"updated": 1}


def test_a_new_field_of_the_mapping_is_sent_and_a_removed_one_left_alone(office: Office) -> None:
    """A mapping that was changed: of each row only what is new goes out."""
    office.mapping(FIELDS)
    source = office.source(f"{HEADER},Notes", [f"{row},Note" for row in ROWS])
    office.sync(source)
    office.sent()
    office.mapping("{email: E-mail, notes: Notes}")
    assert office.sync(source).summary.statuses == {"updated": 5}
    assert office.sent() == [{"lead_id": lead_id(n), "notes": "Note"} for n in range(5)]
    assert office.held(0)["first_name"] == "Anna 0"
    office.mapping("{email: E-mail}")
    assert office.sync(source).summary.statuses == {"unchanged": 5}


def test_what_is_written_otherwise_and_says_the_same_is_unchanged(office: Office) -> None:
    """Values are compared, not only cells: `1,50` under a decimal comma is the 1.5 of the night before."""
    office.mapping("{email: {column: E-mail, transform: lower}}", "properties: {Deal size: {column: S, type: number}}")
    office.sync(office.source("E-mail,S", ["Anna@example.com,1.5"]))
    office.mapping(
        "{email: {column: E-mail, transform: lower}}",
        'properties: {Deal size: {column: S, type: number, decimal: ","}}',
    )
    source = office.source("E-mail,S", ['ANNA@example.com,"1,50"'])
    assert office.sync(source).summary.statuses == {"unchanged": 1}
    assert office.sync(source).summary.statuses == {"unchanged": 1}


def test_a_ledger_that_was_deleted_by_hand_sends_everything_once(office: Office) -> None:
    """Without a memory every row is new; that does no harm."""
    office.mapping(FIELDS)
    source = office.source(HEADER, ROWS)
    office.sync(source)
    (office.state / JOURNAL).unlink()
    assert office.sync(source).summary.statuses == {"updated": 5}
    assert office.sync(source).summary.statuses == {"unchanged": 5}


def test_rows_that_share_their_lead_are_unchanged_together(office: Office) -> None:
    """They are sent in their order; the night after none is; where one of them changes, all are sent again."""
    office.mapping(FIELDS)
    rows = ["a@example.com,First", "b@example.com,Other", "c@example.com,Last"]
    source = office.source(HEADER, rows, leads=[0, 1, 0])
    assert office.sync(source).summary.statuses == {"updated": 3}
    assert office.held(0)["first_name"] == "Last"
    office.sent()
    assert office.sync(source).summary.statuses == {"unchanged": 3}
    changed = office.source(HEADER, ["a@example.com,Changed", *rows[1:]], leads=[0, 1, 0])
    assert office.sync(changed).summary.statuses == {"updated": 2, "unchanged": 1}
    assert [body["first_name"] for body in office.sent()] == ["Changed", "Last"]
    alone = office.source(HEADER, rows[:1], leads=[0])
    assert office.sync(alone).summary.statuses == {"updated": 1}
    assert office.held(0)["first_name"] == "First"


def test_the_last_of_several_rows_counts_alone_where_the_mapping_says_so(office: Office) -> None:
    """With `duplicates: last` the other rows are superseded, tonight as last night."""
    office.mapping(FIELDS, "rules: {duplicates: last}")
    source = office.source(HEADER, ["a@example.com,First", "c@example.com,Last"], leads=[0, 0])
    assert office.sync(source).summary.statuses == {"updated": 1, "skipped": 1}
    assert office.results(office.sync(source)) == [("skipped", "superseded"), ("unchanged", "unchanged")]


def test_a_lead_that_was_deleted_is_asked_for_every_night(office: Office) -> None:
    """A 404 makes the ledger forget the lead, so that a lead which comes back gets its values."""
    office.mapping("{first_name: Name}")
    office.sync(office.source("Name", ["Anna"]))
    gone = office.keen.world._leads.pop(lead_id(0))
    changed = office.source("Name", ["Bea"])
    assert office.results(office.sync(changed)) == [("rejected", "lead_not_found")]
    assert office.results(office.sync(changed)) == [("rejected", "lead_not_found")]
    office.keen.world._leads[lead_id(0)] = gone
    assert office.results(office.sync(office.source("Name", ["Anna"]))) == [("updated", "updated")]


def test_legacy_ids_are_asked_for_once(office: Office) -> None:
    """What a legacy id stands for is known from the run before, so an unchanged night asks nothing."""
    office.mapping("{first_name: Name}", lead="legacy_id: Old")
    path = office.folder / "old.csv"
    path.write_text("Old,Name\n1000,Anna\n1001,Bea\n", encoding="utf-8")
    assert office.sync(path).summary.requests == 1 + 2 + 2
    again = office.sync(path)
    assert (again.summary.statuses, again.summary.requests) == ({"unchanged": 2}, 1)
    path.write_text("Old,Name\n1000,Anna\n1001,Dora\n", encoding="utf-8")
    assert office.sync(path).summary.requests == 2


def test_a_report_that_is_fed_again_sends_only_what_was_mended(office: Office) -> None:
    """The rows of results.csv that are updated come out unchanged, the mended ones are sent."""
    office.mapping("{email: {column: E-mail, check: email}, first_name: Name}")
    first = office.sync(office.source(HEADER, [*ROWS[:3], "no address,Anna 3"]))
    assert first.summary.statuses == {"updated": 3, "invalid": 1}
    report = (first.report_dir / "results.csv").read_text(encoding="utf-8-sig")
    mended = office.folder / "mended.csv"
    mended.write_text(report.replace("no address", "anna3@example.com"), encoding="utf-8")
    assert office.sync(mended).summary.statuses == {"unchanged": 3, "updated": 1}


def test_a_trial_run_tells_what_is_unchanged_and_is_not_remembered(office: Office) -> None:
    """A dry run compares with the ledger and adds nothing to it."""
    office.mapping(FIELDS)
    source = office.source(HEADER, ROWS[:2])
    assert office.sync(source, dry_run=True).summary.statuses == {"not_sent": 2}
    assert office.sync(source).summary.statuses == {"updated": 2}
    assert office.sync(source, dry_run=True).summary.statuses == {"unchanged": 2}


def test_a_run_that_goes_on_keeps_what_was_unchanged(office: Office) -> None:
    """Rows that were unchanged when the run began have their final answer, and are counted once."""
    office.mapping(FIELDS)
    office.sync(office.source(HEADER, ROWS[:3]))
    office.keen.sandbox.faults = Faults(chances={"500": 1.0}, action="update_lead")
    first = office.sync(office.source(HEADER, ROWS))
    assert first.summary.statuses == {"unchanged": 3, "failed": 2}
    office.keen.sandbox.faults = Faults()
    assert office.resume().summary.statuses == {"unchanged": 3, "updated": 2}


def test_what_another_run_sent_meanwhile_is_unchanged_when_a_run_goes_on(office: Office) -> None:
    """A row whose values Keen has acknowledged since is not sent again."""
    office.mapping("{first_name: Name}")
    office.sync(office.source("Name", ["Anna"]))
    office.keen.sandbox.faults = Faults(chances={"500": 1.0}, action="update_lead")
    stopped = office.sync(office.source("Name", ["Bea"]))
    office.keen.sandbox.faults = Faults()
    office.sync(office.source("Name", ["Bea"], name="other.csv"))
    assert office.resume(run_id=stopped.summary.run_id).summary.statuses == {"unchanged": 1}


@pytest.mark.parametrize("cell", ["", "N/A"])
def test_a_cell_that_is_blank_now_leaves_the_row_unchanged(office: Office, cell: str) -> None:
    """A blank never wipes, so a row with less to say says nothing new."""
    office.mapping(FIELDS, "source: {blanks: [N/A]}")
    office.sync(office.source(HEADER, ["a@example.com,Anna"]))
    assert office.sync(office.source(HEADER, [f"a@example.com,{cell}"])).summary.statuses == {"unchanged": 1}


def test_the_same_cells_for_another_lead_are_not_taken_for_unchanged(office: Office) -> None:
    """What was acknowledged of one lead says nothing of another."""
    office.mapping(FIELDS)
    office.sync(office.source(HEADER, ROWS[:1], leads=[0]))
    assert office.sync(office.source(HEADER, ROWS[:1], leads=[1])).summary.statuses == {"updated": 1}
    assert office.sent()[-1]["lead_id"] == lead_id(1)


def test_the_sources_of_a_run_share_one_memory(office: Office) -> None:
    """Two files in one run: the rows of each are held against what both have written."""
    office.mapping(FIELDS)
    one = office.source(HEADER, ROWS[:2], name="one.csv", leads=[0, 1])
    other = office.source(HEADER, ROWS[2:4], name="other.csv", leads=[2, 3])
    assert office.sync(one, other).summary.statuses == {"updated": 4}
    other.write_text(other.read_text(encoding="utf-8").replace("Anna 3", "Bea"), encoding="utf-8")
    assert office.sync(one, other).summary.statuses == {"unchanged": 3, "updated": 1}
    assert office.sent()[-1] == {"lead_id": lead_id(3), "first_name": "Bea"}


def test_a_refused_row_among_several_of_a_lead_is_tried_again(office: Office) -> None:
    """That the last of them was acknowledged says nothing of the first."""
    office.mapping("{notes: Notes, phone: Phone}")
    source = office.source("Notes,Phone", ["one,", ",12345678"], leads=[0, 0])
    office.keen.sandbox.faults = Faults(chances={"400:keen": 1.0}, first=1, action="update_lead")
    assert office.sync(source).summary.statuses == {"rejected": 1, "updated": 1}
    office.keen.sandbox.faults = Faults()
    assert office.sync(source).summary.statuses == {"updated": 2}
    assert office.held(0)["notes"] == "one"
    assert office.sync(source).summary.statuses == {"unchanged": 2}


def test_many_rows_of_many_leads_are_told_apart(office: Office) -> None:
    """Each lead's rows are marked together, whatever stands between them."""
    office.mapping("{first_name: Name}")
    leads = [n % 7 if n % 3 else 9 for n in range(60)]
    source = office.source("Name", [f"N{n}" for n in range(60)], leads=leads)
    assert office.sync(source).summary.statuses == {"updated": 60}
    assert office.sync(source).summary.statuses == {"unchanged": 60}
    rows = [f"N{n}" for n in range(60)]
    rows[1] = "Other"
    again = office.sync(office.source("Name", rows, leads=leads))
    assert again.summary.statuses == {"updated": leads.count(1), "unchanged": 60 - leads.count(1)}
