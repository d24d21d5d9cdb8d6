"""Guards before the first row: what must not happen without somebody who agrees."""

import pytest
from office import Office

from leadsync.codes import Code
from leadsync.sandbox import Faults
from leadsync.sync.job import Control

NAMES = [f"Anna {n},Note {n}" for n in range(40)]


def stopped(office: Office, *arguments: object, **job: object) -> tuple[int, str]:
    """Sync with nobody who agrees; give the exit code and why it stopped."""
    result = office.sync(*arguments, agreed=False, **job)
    return result.summary.exit_code, result.summary.stopped_because or ""


def good_run(office: Office, rules: str = "") -> None:
    """Sync 40 rows about as many leads, as on a good night."""
    for number in range(10, 40):
        office.keen.world.add_lead(office.keen.channel, lead_id=f"10000000-0000-4000-8000-{number:012d}")
    office.mapping("{first_name: Name, notes: Notes}", rules)
    assert stopped(office, office.source("Name,Notes", NAMES, leads=[*range(40)])) == (0, "")
    office.sent()


def test_an_empty_source_stops_the_run(office: Office) -> None:
    """An export that failed has a header and no rows; cron hears of it."""
    office.mapping("{first_name: Name}")
    source = office.source("Name", [])
    code, why = stopped(office, source)
    assert (code, "no rows" in why) == (3, True)
    assert office.sync(source, agreed=True).summary.exit_code == 0
    office.mapping("{first_name: Name}", "rules: {empty_source: allow}")
    assert stopped(office, source) == (0, "")


@pytest.mark.parametrize("rows", [19, 61])
def test_far_more_or_fewer_rows_stop_the_run(office: Office, rows: int) -> None:
    """Half of the rows of the recent good runs, or half more, is not a usual night."""
    good_run(office)
    few = office.source("Name,Notes", (NAMES * 2)[:rows], leads=[*range(40), *range(40)][:rows])
    code, why = stopped(office, few)
    assert (code, "recent good runs had 40" in why) == (3, True)
    assert office.sent() == []
    good = office.source("Name,Notes", NAMES[:21], leads=[*range(21)])
    assert stopped(office, good) == (0, "")


def test_a_part_of_a_source_or_a_report_is_not_held_against_whole_ones(office: Office) -> None:
    """`--limit`, and a report that is fed again, have few rows on purpose."""
    good_run(office)
    source = office.source("Name,Notes", NAMES, leads=[*range(40)])
    assert stopped(office, source, limit=5) == (0, "")
    report = office.source("Name,Notes,leadsync_row", ["Anna 0,Note 0,2"])
    assert stopped(office, report) == (0, "")
    assert stopped(office, office.source("Name,Notes", NAMES, leads=[*range(40)])) == (0, "")


def test_an_export_that_is_named_by_its_day_is_the_same_job(office: Office) -> None:
    """Digits in the name of a file do not count."""
    good_run(office)
    today = office.source("Name,Notes", NAMES[:5], name="leads.csv", leads=[*range(5)])
    for_day = today.rename(today.with_name("leads-2026-11-23.csv"))
    assert stopped(office, for_day) == (0, "")
    next_day = office.source("Name,Notes", NAMES, name="leads-2026-11-24.csv", leads=[*range(40)])
    assert stopped(office, next_day)[0] == 3


def test_a_column_that_is_newly_blank_stops_the_run(office: Office) -> None:
    """A column that had values and has none is a broken export; a blank never wipes, but nothing arrives either."""
    good_run(office)
    blank = office.source("Name,Notes", [f"Anna {n}," for n in range(40)], leads=[*range(40)])
    code, why = stopped(office, blank)
    assert (code, '"Notes"' in why) == (3, True)
    office.mapping("{first_name: Name, notes: Notes}", "rules: {blank_columns: allow}")
    assert stopped(office, blank) == (0, "")


def test_more_changes_than_the_mapping_allows_stop_the_run(office: Office) -> None:
    """Half of all rows at once is no usual night; another share can be set, and --yes agrees."""
    good_run(office)
    source = office.source("Name,Notes", [f"Bea {n},Note {n}" for n in range(40)], leads=[*range(40)])
    result = office.sync(source, agreed=False)
    assert (result.summary.exit_code, set(result.summary.codes)) == (
        3,
        {Code.TOO_MANY_CHANGED, Code.UNCHANGED} - {Code.UNCHANGED},
    )
    office.mapping("{first_name: Name, notes: Notes}", "rules: {max_changed: 100%}")
    assert stopped(office, source) == (0, "")


def test_more_invalid_rows_than_the_mapping_allows_stop_the_run(office: Office) -> None:
    """A file of which most rows cannot be sent is the wrong file, or has the wrong mapping."""
    office.mapping("{email: {column: E-mail, check: email}}")
    source = office.source("E-mail", ["nobody"] * 8 + ["anna@example.com"] * 2)
    code, why = stopped(office, source)
    assert (code, "8 of the 10 rows are invalid" in why) == (3, True)
    office.mapping("{email: {column: E-mail, check: email}}", "rules: {max_invalid: 80%}")
    assert stopped(office, source) == (1, "")


def test_a_person_is_asked_about_all_that_was_found_at_once(office: Office) -> None:
    """Whoever sits at a terminal says yes or no, once."""
    good_run(office)
    asked: list[str] = []

    def no(question: str) -> bool:
        asked.append(question)
        return False

    control = Control()
    control.agrees = no
    blank = office.source("Name,Notes", [f"Bea {n}," for n in range(10)], leads=[*range(10)])
    assert office.sync(blank, control=control, agreed=False).summary.exit_code == 3
    (question,) = asked
    assert "10 rows" in question
    assert '"Notes"' in question
    assert "differ from what was written" in question


def test_a_trial_run_tells_what_would_stop_a_run(office: Office) -> None:
    """It exits as the run would, and asks nobody."""
    good_run(office)
    few = office.source("Name,Notes", NAMES[:5], leads=[*range(5)])
    code, why = stopped(office, few, dry_run=True)
    assert (code, why.startswith("A run would stop before the first row")) == (3, True)


def test_what_was_stopped_is_no_good_run(office: Office) -> None:
    """A run that a guard has stopped, or a trial, is not what later ones are held against."""
    good_run(office)
    few = office.source("Name,Notes", NAMES[:5], leads=[*range(5)])
    for _ in range(6):
        assert stopped(office, few)[0] == 3
    assert stopped(office, office.source("Name,Notes", NAMES, leads=[*range(40)])) == (0, "")


def test_what_apply_or_undo_wrote_counts_for_the_guard_as_well(office: Office) -> None:
    """After an undo the same file would change everything again: somebody has to agree to that."""
    good_run(office)
    source = office.source("Name,Notes", [f"Bea {n},Note {n}" for n in range(40)], leads=[*range(40)])
    done = office.sync(source, keeps_before=True)
    assert stopped(office, source) == (0, "")
    office.undo(done)
    assert office.held(0)["first_name"] == "Anna 0"
    assert stopped(office, source)[0] == 3


def test_a_new_field_of_the_mapping_is_no_change_of_what_was_acknowledged(office: Office) -> None:
    """It is sent for every row, and no guard asks; nor about a field that was taken out."""
    good_run(office)
    source = office.source("Name,Notes", NAMES, leads=[*range(40)])
    office.mapping("{first_name: Name, source: {value: nightly}}")
    assert stopped(office, source) == (0, "")
    assert len(office.sent()) == 40


def test_an_empty_export_that_was_agreed_to_is_no_measure(office: Office) -> None:
    """The next whole file is as long as ever."""
    good_run(office)
    office.sync(office.source("Name,Notes", []), agreed=True)
    assert stopped(office, office.source("Name,Notes", NAMES, leads=[*range(40)])) == (0, "")


def test_what_is_never_cleared_is_no_clearing(office: Office) -> None:
    """A blank cell of a field with `policy: never_clear` clears nothing, and is not counted."""
    office.mapping("{first_name: Name, notes: {column: Notes, on_blank: clear, policy: never_clear}}")
    result = office.sync(office.source("Name,Notes", ["Anna,", "Bea,"]), agreed=False)
    assert (result.summary.exit_code, result.summary.cleared_rows) == (0, 0)


def test_what_full_would_clear_is_counted_as_well(office: Office) -> None:
    """`--full` sends the blanks that were acknowledged once, over whatever somebody typed since."""
    office.mapping("{first_name: Name, notes: {column: Notes, on_blank: clear}}")
    source = office.source("Name,Notes", ["Anna,"] * 10)
    office.sync(source)
    office.edit(0, notes="typed by a person")
    assert stopped(office, source, full=True)[0] == 3
    assert office.held(0)["notes"] == "typed by a person"


def test_a_report_that_was_mended_in_part_is_sent(office: Office) -> None:
    """That many of its rows are invalid is no news."""
    office.mapping("{email: {column: E-mail, check: email}}")
    rows = ["nobody"] * 12 + [f"anna{n}@example.com" for n in range(8)]
    report = office.source("E-mail,leadsync_row", [f"{row},{n}" for n, row in enumerate(rows)])
    assert stopped(office, report) == (1, "")


def test_a_path_that_is_spelt_otherwise_is_the_same_job(office: Office) -> None:
    """A guard is not passed by a dot in a path."""
    good_run(office)
    few = office.source("Name,Notes", NAMES[:5], leads=[*range(5)])
    other = few.parent / ".." / few.parent.name / few.name
    assert stopped(office, other)[0] == 3


def test_why_a_run_was_stopped_tells_nothing_of_the_cells(office: Office) -> None:
    """Cron mails the sentence: it names codes and columns, and no lead's values."""
    office.mapping("{email: {column: E-mail, check: email}}")
    _, why = stopped(office, office.source("E-mail", ["a secret"] * 10))
    assert "secret" not in why
    assert 'invalid_email, column "E-mail"' in why
    office.mapping("{notes: Notes}")
    office.keen.sandbox.faults = Faults(chances={"stored_otherwise": 1.0}, action="update_lead")
    _, why = stopped(office, office.source("Notes", ["a secret"] * 2), canary=1)
    assert "secret" not in why
    assert "not_stored_as_sent" in why
