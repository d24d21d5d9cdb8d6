"""What the page and the summary sheet say of a run: no sentence contradicts another, and each leads somewhere."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from report.stories import RUN, a_bad_run, a_good_run, a_problem, a_stopped_run, a_summary, a_trend, examples_of, lead
from report.test_page import Seen

from leadsync.codes import CATALOGUE, Code
from leadsync.records import Damage, Example, Level, Outcome, RunPoint, Status
from leadsync.report.about import About
from leadsync.report.page import page, trend_page
from leadsync.report.problems import Fault, Problem
from leadsync.report.words import has_sent, next_steps, status_meaning

WARNING = Damage(Code.PLACEHOLDER, Level.WARNING, "Mail", 2, 0.9, ("Leads!C4",), "Say `source: {blanks: [N/A]}`.")


def a_run(*found: tuple[Status, Code, int], exit_code: int = 1, stopped: str | None = None) -> About:
    """Make a run of these rows."""
    examples = [Example(status, code, rows, "A message.", "Leads!7") for status, code, rows in found]
    return About(a_summary(examples, exit_code, stopped), examples)


def steps_of(about: About) -> str:
    """Give what is to be done."""
    return " ".join(f"{step.text} {step.command}".strip() for step in next_steps(about))


def text_of(about: About, problems: Sequence[Problem] = ()) -> str:
    """Give what can be read in a run's page."""
    return Seen(page(about, problems, len(problems))).text


def test_a_part_of_a_report_does_not_speak_for_the_run() -> None:
    """It says which rows it has and of which run, keeps the run's exit code as a fact, and asks nothing of anybody."""
    about, problems = a_bad_run(16)
    selection = "16 rows of 9,000: those with status invalid."
    note = "A note about the workbook."
    part = replace(about, selection=selection, summary=replace(about.summary, workbook_notes=(selection, note)))
    text = text_of(part, problems)
    assert next_steps(part) == []
    assert text.count(selection) == 2  # the title and the heading
    assert f"A part of the report of run {RUN}." in text
    assert "Exit code of the run 1: The run came to its end" in text
    assert "Rows in this report" in text
    assert f"About results.xlsx {note}" in text
    assert "All of the run, not only these rows." in text
    for said in ("What to do Mend", "Rows read", "Needs a look", " Exit code 1", "✓ Fine"):
        assert said not in text
    assert "What to do Mend" in text_of(about, problems)
    assert 'class="top part"' in page(part, problems, 16).decode()


def test_an_undo_names_the_run_that_it_undoes_once() -> None:
    """Its source is called an undo too, and is not told of as an undo of an undo."""
    good = a_good_run()
    summary = replace(good.summary, sources=(f"undo of {RUN}",))
    text = text_of(replace(good, kind="undo", undoes=RUN, summary=summary))
    assert f"leadsync · Undo of run {RUN} Every row was fine." in text


def test_rows_are_mended_where_they_can_be() -> None:
    """Cells in the report, refused rows by what their codes say, and ragged ones in the file that they came from."""
    found = (Status.INVALID, Code.INVALID_EMAIL, 3), (Status.INVALID, Code.RAGGED_ROW, 2)
    about = a_run(*found, (Status.REJECTED, Code.LEAD_NOT_FOUND, 4))
    assert [step.text.partition(":")[0] for step in next_steps(replace(about, files=("results.xlsx",)))] == [
        "Mend 3 rows",
        "2 rows have more or fewer cells than the header",
        "Keen refused 4 rows",
    ]
    ragged = a_run((Status.INVALID, Code.RAGGED_ROW, 1))
    assert steps_of(ragged) == "1 row has more or fewer cells than the header: mend it in the file that it came from."
    assert "Mend 3 rows in the source" in steps_of(replace(about, kind="check"))
    assert steps_of(replace(about, kind="undo")).startswith("Look at 9 rows below")


@pytest.mark.parametrize(
    ("about", "is_sent"),
    [
        (a_run((Status.UPDATED, Code.UPDATED, 3)), True),
        (replace(a_run((Status.UPDATED, Code.UPDATED, 3)), kind="plan"), False),
        (a_run((Status.NOT_SENT, Code.TOO_MANY_INVALID, 3), exit_code=3, stopped="Too many."), False),
        (a_run((Status.NOT_SENT, Code.DRY_RUN, 3)), False),
    ],
    ids=["run", "plan", "guard", "dry-run"],
)
def test_a_warning_does_not_say_that_something_was_sent_where_nothing_was(about: About, *, is_sent: bool) -> None:
    """What a warning means for its cells is told of what was done, or of what would be."""
    about = replace(about, summary=replace(about.summary, damages=(WARNING,)))
    assert has_sent(about) is is_sent
    assert ("the cells were sent all the same." in steps_of(about)) is is_sent
    assert ("when their rows are sent, such cells are sent all the same." in steps_of(about)) is not is_sent
    assert ("warning: sent all the same when the row is" in text_of(about)) is not is_sent


@pytest.mark.parametrize("code", [code for code in Code if "leadsync resume" in CATALOGUE[code].remedy])
def test_one_command_goes_on_with_a_run(code: Code) -> None:
    """The remedy does not give it too: without the state folder it would not be the same."""
    about = replace(a_run((Status.NOT_SENT, code, 9), exit_code=3, stopped="Stopped."), resume="leadsync resume --x y")
    told = steps_of(about).replace("`", "")
    first, _, rest = told.partition("Go on with the run.")
    if CATALOGUE[code].remedy.startswith(("Make", "Wait", "Check", "Look")):
        assert "leadsync resume" not in first
        assert "go on as below" in first
    assert rest.count("leadsync resume --x y") == 1


def test_a_run_that_only_has_to_go_on_says_one_thing() -> None:
    """Nothing but the command stands there after an interruption."""
    about = replace(a_run((Status.NOT_SENT, Code.INTERRUPTED, 9), exit_code=130, stopped="Ctrl-C."), resume="resume X")
    assert steps_of(about).startswith("Go on with the run.")
    assert "Say `leadsync resume`." in steps_of(replace(about, resume=""))


def test_rows_that_were_not_sent_say_why() -> None:
    """Where the reason is the same for all of them it stands there, else the reasons that there can be."""
    about, _ = a_stopped_run()
    assert status_meaning(about, Status.NOT_SENT) == CATALOGUE[Code.KEEN_DOWN].meaning
    assert "it was a trial run" not in text_of(about)
    both = a_run((Status.NOT_SENT, Code.KEEN_DOWN, 2), (Status.NOT_SENT, Code.HELD_BACK, 1))
    assert "it was a trial run" in text_of(both)


def test_our_own_sentences_show_code_as_code() -> None:
    """No grave accent is left in what was found out about the source, or in why rows were not sent."""
    summary = replace(a_summary([]), damages=(WARNING,))
    held = replace(
        a_problem(0).outcome, status=Status.NOT_SENT, code=Code.HELD_BACK, message="`leadsync resume` sends."
    )
    content = page(About(summary, []), [replace(a_problem(0), outcome=held)], 1).decode()
    assert "Say <code>source: {blanks: [N/A]}</code>." in content
    assert "<code>leadsync resume</code> sends." in content


@pytest.mark.parametrize("code", [Code.NOT_CALCULATED, Code.ERROR_VALUE, Code.MERGED_CELL])
def test_a_cell_that_holds_a_formula_is_not_called_blank(code: Code) -> None:
    """Nothing was read in it, but something is there, or covers it; an error is shown as it was read."""
    outcome = Outcome(0, Status.INVALID, code, "A message.", lead(0), "Leads!C4")
    problem = Problem("Leads", 4, "Leads!4", lead(0), outcome, [Fault("C4", "Mail", ""), Fault("D4", "Phone", "#N/A")])
    text = text_of(a_good_run(), [problem])
    assert "C4 Mail : no value D4 Phone : #N/A" in text
    blank = replace(problem, outcome=replace(outcome, code=Code.REQUIRED_BLANK))
    assert "C4 Mail : blank" in text_of(a_good_run(), [blank])


def test_a_long_message_is_whole_where_there_are_few() -> None:
    """The list of the fields that stay as they are is not cut in the middle; of many rows it is."""
    fields = ", ".join(f'"Field number {number}"' for number in range(100))
    message = f"{fields}: Keen held no value before, and no action of Keen's removes one, so ours stays."
    outcome = Outcome(0, Status.SKIPPED, Code.CANNOT_BE_UNDONE, message, lead(0))
    problem = Problem("Leads", 4, "Leads!4", lead(0), outcome, [])
    examples = [Example(Status.SKIPPED, Code.CANNOT_BE_UNDONE, 9, message, "Leads!4")]
    about = About(a_summary(examples), examples, kind="undo")
    assert text_of(about, [problem] * 9).count(message) == 10
    assert text_of(about, [problem] * 900).count(message) == 1


def a_days_runs() -> list[RunPoint]:
    """Make three runs of one day."""
    hours = ("07:30", "09:13", "18:45")
    return [
        replace(run, run_id=f"run-{hour}", started_at=f"2026-11-23T{hour}:07Z")
        for run, hour in zip(a_trend(3).runs, hours, strict=True)
    ]


def test_runs_of_one_day_are_told_apart() -> None:
    """The time of day stands below the charts, and where a run is named."""
    content = trend_page(replace(a_trend(3), runs=a_days_runs()))
    text = Seen(content).text
    assert content.count(b">11-23 07:30</text>") == content.count(b">11-23 18:45</text>") == 3
    assert b">2026-11-23</text>" not in content
    assert "in the run of 2026-11-23 18:45." in text
    assert b">2026-02-03</text>" in trend_page(a_trend())


def test_the_place_of_a_lead_says_in_which_run_it_was() -> None:
    """A place is one of some file of some run: which, and when, stands there."""
    runs = a_days_runs()
    trend = a_trend(3)
    leads = [replace(trend.leads[0], place="Leads!41", last_at=runs[1].started_at)]
    trend = replace(trend, runs=runs, leads=leads, columns=[])
    assert "2026-11-23 09:13:07 UTC : Leads!41 in run run-09:13" in Seen(trend_page(trend)).text
    twice = [runs[1], replace(runs[1], run_id="other"), runs[2]]
    assert "in run" not in Seen(trend_page(replace(trend, runs=twice, columns=[]))).text.partition("Leads!41")[2][:30]


def test_every_code_of_a_run_is_told_with_its_first_message() -> None:
    """Many codes share the room for examples: each still has its own."""
    examples = examples_of([a_problem(number) for number in range(8)], 3)
    text = text_of(About(a_summary(examples, 1), examples))
    assert all(" ".join(each.message.split()) in text for each in examples)
