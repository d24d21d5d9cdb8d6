"""Made-up runs, as the page tells of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from leadsync.codes import Code
from leadsync.records import (
    BAD,
    Damage,
    Example,
    FailingColumn,
    FailingLead,
    FollowUp,
    Level,
    Outcome,
    RunPoint,
    Slot,
    Status,
    Summary,
    Timeline,
    Trend,
)
from leadsync.report.about import About, FieldChange, FieldChanges
from leadsync.report.problems import Fault, Problem

RUN = "20260305T020012Z-7k2m"
FAULTS = (
    (Status.INVALID, Code.INVALID_EMAIL, "E-mail", "anna.example.com", "is no e-mail address", None),
    (Status.INVALID, Code.AMBIGUOUS_NUMBER, "Amount", "1.234", "can be read as 1234 or as 1.234", None),
    (Status.INVALID, Code.MISSING_LEAD_ID, "Keen Lead ID", "", "is blank, so nobody can tell which lead it is", None),
    (Status.INVALID, Code.NOT_IN_LOOKUP, "Tier", "Platin", "has no entry in the lookup", None),
    (Status.REJECTED, Code.LEAD_NOT_FOUND, "", "", "Keen has no lead with this id", 404),
    (Status.REJECTED, Code.INVALID_PROPERTY, "", "", "Keen refused the property Deal size", 400),
    (Status.FAILED, Code.RATE_LIMITED, "", "", "Keen asked for fewer requests 5 times", 429),
    (Status.UNKNOWN, Code.NO_ANSWER, "", "", "The update went out, and no whole answer came within 30 s", None),
)


def lead(number: int) -> str:
    """Give the id of a lead."""
    return f"5b21ab57-55af-4c2c-87f8-{number:012d}"


def a_problem(number: int) -> Problem:
    """Make a row to look at, of all kinds in turn."""
    status, code, column, text, what, http = FAULTS[number % len(FAULTS)]
    row = 17 + number * 3
    letters = "ABCDEF"[number % 6]
    cell = f"Leads!{letters}{row}" if column else ""
    message = f'{column}: "{text}" {what}.' if column else f"{what}."
    named = "" if code is Code.MISSING_LEAD_ID else lead(number)
    outcome = Outcome(row, status, code, message, named, cell, http, 5 if http == 429 else 1)
    faults = [Fault(f"{letters}{row}", column, text)] if column else []
    return Problem("Leads", row, f"Leads!{row}", named, outcome, faults)


def some_problems(rows: int) -> list[Problem]:
    """Make rows to look at."""
    return [a_problem(number) for number in range(rows)]


def examples_of(
    problems: Sequence[Problem], fine: int, not_sent: int = 0, stop: Code = Code.KEEN_DOWN
) -> list[Example]:
    """Count what became of a run's rows."""
    examples: dict[Code, Example] = {}
    if fine:
        message = "Keen acknowledged the update."
        examples[Code.UPDATED] = Example(Status.UPDATED, Code.UPDATED, fine, message, "Leads!2")
        examples[Code.BLANK_ROW] = Example(Status.SKIPPED, Code.BLANK_ROW, 4, "The row is blank.", "Leads!60")
        message = "Keen acknowledged these values earlier."
        examples[Code.UNCHANGED] = Example(Status.UNCHANGED, Code.UNCHANGED, fine * 3, message, "Leads!3")
    if not_sent:
        examples[stop] = Example(Status.NOT_SENT, stop, not_sent, "The run was stopped.", "Leads!900")
    for problem in problems:
        outcome = problem.outcome
        known = examples.get(outcome.code)
        place = outcome.cell or problem.place
        examples[outcome.code] = (
            replace(known, count=known.count + 1)
            if known
            else Example(outcome.status, outcome.code, 1, outcome.message, place)
        )
    return list(examples.values())


def a_summary(examples: Sequence[Example], exit_code: int = 0, stopped_because: str | None = None) -> Summary:
    """Make the summary of a run."""
    statuses: dict[Status, int] = {}
    codes: dict[Code, int] = {}
    for each in examples:
        statuses[each.status] = statuses.get(each.status, 0) + each.count
        codes[each.code] = codes.get(each.code, 0) + each.count
    rows = sum(statuses.values())
    return Summary(
        RUN,
        ("exports/hubspot_contacts.xlsx",),
        "mappings/hubspot.yaml",
        "2026-03-05T02:00:12Z",
        "2026-03-05T02:04:24Z",
        252.4,
        rows,
        statuses,
        codes,
        5_120,
        74,
        exit_code,
        0,
        stopped_because,
    )


def a_timeline(slots: int = 126, width: float = 2.0, start: str = "2026-03-05T02:00:12Z") -> Timeline:
    """Make a session in which Keen pushes back in the middle of it."""
    made = []
    for number in range(slots):
        is_trouble = slots // 3 < number < slots // 2
        pace = 8.0 + number % 5 if is_trouble else 20.0
        requests = int(pace * width) - number % 3
        if number == slots // 2:
            made.append(Slot())
            continue
        refused = requests // 4 if is_trouble else 0
        mean = (0.42 if is_trouble else 0.11) + (number % 7) / 100
        made.append(Slot(requests, refused, refused, number % 11 == 0, requests * mean, mean * 3.1, pace))
    return Timeline(start, width, made)


def a_good_run() -> About:
    """Make a nightly sync with which all is well."""
    examples = examples_of([], 1_204)
    return About(a_summary(examples), examples, who="cron@crm-1", base_url="https://api.example.com/keen", timelines=[
        replace(a_timeline(60, 1.0), slots=[replace(s, refused=0, retries=0) for s in a_timeline(60, 1.0).slots])
    ])  # fmt: skip


def a_bad_run(rows: int = 240) -> tuple[About, list[Problem]]:
    """Make a sync with many rows to look at, of a report that was fed again."""
    problems = some_problems(rows)
    examples = examples_of(problems, 4_000)
    summary = replace(
        a_summary(examples, 1),
        times_slowed=4,
        slowest=8.0,
        slowed_because="Keen answered 429 (too many requests).",
        damages=(
            Damage(
                Code.LEADING_ZEROS_LOST,
                Level.WARNING,
                "Postal code",
                212,
                0.94,
                ("Leads!H4", "Leads!H9", "Leads!H17"),
                "212 of 5,000 numbers in Postal code have 4 digits, all others have 5.",
            ),
        ),
        hidden_rows=12,
        cleared_rows=3,
        read_as=('The delimiter ";" was found by evidence; declare it with source: {delimiter: ";"}.',),
        fed_from=(FollowUp("20260304T020009Z-1x9c", 40, 14, {Status.UPDATED: 12, Status.INVALID: 2}, 3),),
        workbook_notes=("The sheet Charts has 2 pictures, which results.xlsx does not have.",),
    )
    shown = [
        FieldChange(f"Leads!{row}", lead(row), field, before, after)
        for row, field, before, after in (
            (2, "phone", "+45 12 34 56 78", "+45 87 65 43 21"),
            (3, "email", "anna@example.com", "anna.berg@example.com"),
            (5, "Deal size", "", "125000"),
            (9, "notes", "Call again in May", ""),
        )
    ]
    changes = FieldChanges({"phone": 812, "email": 340, "Deal size": 96, "notes": 12}, shown)
    return About(summary, examples, who="anna@ops-7", timelines=[a_timeline()], changes=changes), problems


def a_stopped_run() -> tuple[About, list[Problem]]:
    """Make a sync that Keen's downtime has stopped, in its third session."""
    problems = some_problems(5)
    examples = examples_of(problems, 300, not_sent=8_120)
    reason = "Keen was down for 10 minutes (503). 8,120 rows were not sent; say `leadsync resume` when it works again."
    starts = ("2026-03-05T02:00:12Z", "2026-03-05T07:30:00Z", "2026-03-06T02:10:00Z")
    timelines = [a_timeline(slots, 4.0, start) for slots, start in zip((40, 15, 90), starts, strict=True)]
    resume = f"leadsync resume {RUN} --state-dir /srv/leadsync"
    return About(a_summary(examples, 3, reason), examples, resume=resume, timelines=timelines), problems


def a_trend(nights: int = 30) -> Trend:
    """Make a month of nightly runs, with a stopped one, a killed one, and a column that never gets better."""
    begin = datetime(2026, 2, 3, 2, 0, 5, tzinfo=UTC)
    runs = []
    for night in range(nights):
        started = (begin + timedelta(days=night)).isoformat().replace("+00:00", "Z")
        bad = {Code.INVALID_EMAIL: 3 + night % 4, Code.LEAD_NOT_FOUND: night % 3, Code.RATE_LIMITED: 40 * (night == 12)}
        codes = {code: rows for code, rows in bad.items() if rows and night % 6} | {Code.UNCHANGED: 9_000 + 40 * night}
        codes[Code.UPDATED] = 300 + 90 * (night % 5)
        statuses = {Status.UNCHANGED: codes[Code.UNCHANGED], Status.UPDATED: codes[Code.UPDATED]}
        for code, status in (
            (Code.INVALID_EMAIL, Status.INVALID),
            (Code.LEAD_NOT_FOUND, Status.REJECTED),
            (Code.RATE_LIMITED, Status.FAILED),
        ):
            if codes.get(code):
                statuses[status] = codes[code]
        exit_code: int | None = 1 if any(status in BAD for status in statuses) else 0
        stopped = None
        if night == 17:
            exit_code, stopped = 3, "Keen was down for 10 minutes (503)."
            codes[Code.KEEN_DOWN] = statuses[Status.NOT_SENT] = 5_000
            codes[Code.UNCHANGED] = statuses[Status.UNCHANGED] = 4_100
        if night == 23:
            exit_code = None
        took = 210.0 + 17 * (night % 7) + 600 * (night == 12)
        name = f"{started[:10].replace('-', '')}T020005Z-{night:04d}"
        rows = sum(statuses.values())
        source = ("exports/hubspot_contacts.xlsx",)
        runs.append(RunPoint(name, started, source, "mappings/hubspot.yaml", "sync", rows, statuses, codes, took, 5_000, 60, exit_code, stopped))  # fmt: skip # noqa: E501 - one call
    first, last = runs[1].started_at, runs[-1].started_at
    leads = [
        FailingLead(lead(n), 20 - n, Code.LEAD_NOT_FOUND, f"Leads!{40 + n}", first, last) for n in range(min(6, nights))
    ]
    columns = [FailingColumn("E-mail", Code.INVALID_EMAIL, 25, 112, last)]
    return Trend("2026-02-03T00:00:00Z", "2026-03-05T08:00:00Z", runs, leads, columns)
