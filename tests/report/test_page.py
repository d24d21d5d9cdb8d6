"""`report.html` and the page of a trend, as bytes: what stands in them, and what can never get in."""

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from report.stories import (
    a_bad_run,
    a_good_run,
    a_problem,
    a_stopped_run,
    a_summary,
    a_timeline,
    a_trend,
    examples_of,
    lead,
    some_problems,
)

from leadsync.codes import CATALOGUE, Code
from leadsync.records import Damage, Example, FollowUp, Level, Slot, Status, Timeline, Trend
from leadsync.report.about import About, FieldChange, FieldChanges
from leadsync.report.page import page, trend_page
from leadsync.report.problems import Fault, Problem
from leadsync.report.verdict import followed_up

MOST = 3_000_000
VOID = {"meta", "link", "br", "input", "wbr"}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</style><body onload=alert(1)>",
    "</title></textarea><iframe src=//example.com>",
    "{{ 7 * 7 }}{% for x in y %}",
    '=HYPERLINK("https://example.com")',
    "javascript:alert(1)",
    "a\x00b\x07c\u202egnp.exe\u200b\ud800",
    "]]><!-- -->",
    "`<b>bold</b>`",
)


class Seen(HTMLParser):
    """Reads a page as a strict reader: what is opened is closed."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.content: dict[str, str] = {}
        self.feed(content.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element of SVG that holds nothing."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note text."""
        if self._open and self._open[-1] in ("style", "script"):
            self.content[self._open[-1]] = data
        else:
            self.texts.append(data)

    @property
    def text(self) -> str:
        """Give what can be read."""
        return " ".join(" ".join(self.texts).split())


def hostile_run(text: str) -> tuple[About, list[Problem]]:
    """Put a text wherever a source, a mapping or Keen may bring one."""
    about, _ = a_bad_run(1)
    outcome = replace(a_problem(0).outcome, message=text, lead_id=text)
    problem = Problem(text, 2, text, text, outcome, [Fault(text, text, text)])
    summary = replace(
        about.summary,
        run_id=text,
        sources=(text, text),
        mapping=text,
        started_at=text,
        stopped_because=text,
        slowed_because=text,
        damages=(Damage(Code.MOJIBAKE, Level.ERROR, text, 1, 0.5, (text,), text),),
        read_as=(text,),
        fed_from=(FollowUp(text, 1, 1, {Status.UPDATED: 1}, None),),
        workbook_notes=(text,),
    )
    changes = FieldChanges({text: 1}, [FieldChange(text, text, text, text, text)])
    examples = [Example(Status.INVALID, Code.INVALID_EMAIL, 1, text, text)]
    timelines = [replace(a_timeline(), started_at=text)]
    return About(summary, examples, text, text, text, undoes=text, resume=text, timelines=timelines, changes=changes), [
        problem
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_source_becomes_a_part_of_the_page(text: str) -> None:
    """Whatever a text looks like, the page has the very same elements as with a harmless one, and shows the text."""
    harmless, hostile = (Seen(page(*hostile_run(each), 1)) for each in ("x" * len(text), text))
    assert [tag for tag, _ in hostile.tags if tag not in ("code", "time")] == [
        tag for tag, _ in harmless.tags if tag not in ("code", "time")
    ]
    assert [set(attributes) for _, attributes in hostile.tags if "on" in "".join(attributes)[:2]] == []
    assert text.isprintable() is False or " ".join(text.split()) in hostile.text


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_journal_becomes_a_part_of_a_trend(text: str) -> None:
    """The same holds for names of files and columns in the page of a trend."""

    def seen(text: str) -> Seen:
        trend = a_trend(3)
        runs = [replace(run, run_id=text, sources=(text,), mapping=text, stopped_because=text) for run in trend.runs]
        leads = [replace(trend.leads[0], lead_id=text, place=text)]
        columns = [replace(trend.columns[0], column=text)]
        return Seen(trend_page(Trend(trend.since, text, runs, leads, columns)))

    assert [tag for tag, _ in seen(text).tags] == [tag for tag, _ in seen("x").tags]


def test_what_nobody_sees_is_made_visible() -> None:
    """Characters that turn or hide what follows them stand there by their numbers."""
    about, problems = hostile_run(HOSTILE[8])
    content = page(about, problems, 1).decode()
    assert r"a\x00b\x07c\u202egnp.exe\u200b\ud800" in content
    assert not set(content) & set("\x00\x07\u202e\u200b")


@pytest.mark.parametrize("content", [page(*a_bad_run(9), 9), trend_page(a_trend())], ids=["run", "trend"])
def test_the_policy_lets_in_nothing_but_what_is_in_the_page(content: bytes) -> None:
    """The policy names the style sheet and the script by their digests, and all else is forbidden."""
    seen = Seen(content)
    policy = next(a["content"] for tag, a in seen.tags if a.get("http-equiv") == "Content-Security-Policy") or ""
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    def digest(text: str) -> str:
        return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["style-src"] == digest(seen.content["style"])
    assert rules.get("script-src") == (digest(seen.content["script"]) if "script" in seen.content else None)
    assert rules["img-src"] == "data:"
    assert not any("style" in attributes for _, attributes in seen.tags)


@pytest.mark.parametrize("content", [page(*a_bad_run(9), 9), trend_page(a_trend())], ids=["run", "trend"])
def test_a_page_is_one_file(content: bytes) -> None:
    """Links lead within the page; nothing is loaded from anywhere, and every place that is named is there."""
    seen = Seen(content)
    links = [value or "" for _, a in seen.tags for name, value in a.items() if name in ("href", "src", "xlink:href")]
    assert all(link.startswith("#") or link == "data:," for link in links)
    assert not re.search(rb"https?://|@import", content)
    ids = [a["id"] for _, a in seen.tags if "id" in a]
    assert len(set(ids)) == len(ids)
    named = [link[1:] for link in links if link.startswith("#")]
    for _, attributes in seen.tags:
        named += (attributes.get("aria-labelledby") or "").split()
        named += re.findall(r"url\(#([^)]+)\)", attributes.get("fill") or "")
    assert set(named) <= set(ids)


def test_a_reader_with_only_the_page_can_mend_every_row() -> None:
    """Each row is there with its place, cell, header, what was read, code, cause and remedy."""
    about, problems = a_bad_run(40)
    text = Seen(page(about, problems, 40)).text
    for problem in problems:
        outcome = problem.outcome
        told = [problem.place, outcome.code, " ".join(outcome.message.split())]
        told += [part for fault in problem.faults for part in (fault.address, fault.column, fault.text) if part]
        assert all(each in text for each in told)
        remedy = CATALOGUE[outcome.code].remedy.replace("`", "")
        assert "".join(remedy.split()) in "".join(text.split())


def test_the_first_words_say_what_happened_and_what_to_do() -> None:
    """The verdict, the exit code's meaning and the next steps stand before all else."""
    about, problems = a_stopped_run()
    text = Seen(page(about, problems, 5)).text
    order = [
        text.index("STOPPED: Keen was down for 10 minutes"),
        text.index("Exit code 3: The run was stopped before its end"),
        text.index("Wait until Keen works again"),
        text.index("leadsync resume 20260305T020012Z-7k2m --state-dir /srv/leadsync"),
        text.index("Mend 4 rows"),
        text.index("Keen refused 1 row"),
        text.index("What became of the rows"),
    ]
    assert order == sorted(order)


def test_a_good_run_asks_nothing_of_anybody() -> None:
    """Where every row was fine there is nothing to do, and nothing to look at."""
    text = Seen(page(a_good_run(), [], 0)).text
    assert "Every row was fine." in text
    assert "Nothing is to be done." in text
    assert "Rows to look at None." in text


@pytest.mark.parametrize(
    ("about", "told"),
    [
        (About(replace(a_summary([]), dry_run=True), []), "Trial run ( --dry-run ): nothing was sent."),
        (About(a_summary([]), [], kind="plan"), "Plan: leads were read in Keen; nothing was sent."),
        (About(a_summary([]), [], kind="check"), "Check: the source was only looked at; nothing was sent."),
        (About(a_summary([]), [], kind="undo", undoes="20260304T02-ab"), "leadsync · Undo of run 20260304T02-ab"),
        (About(a_summary([]), [], is_rehearsal=True), "Rehearsal: an emulator of Keen answered"),
    ],
    ids=["dry-run", "plan", "check", "undo", "rehearsal"],
)
def test_nobody_takes_a_rehearsal_for_a_run(about: About, told: str) -> None:
    """What was no ordinary run is called by its name before the verdict."""
    text = Seen(page(about, [], 0)).text
    assert told in text[: text.index("What to do")]


def test_codes_to_look_at_come_first() -> None:
    """Bad codes stand before what was left alone, that before what was not sent, and fine ones last."""
    problems = some_problems(1)
    examples = examples_of(problems, 10, not_sent=7)
    kept = Example(Status.SKIPPED, Code.KEPT_KEEN_VALUE, 3, "Keen's value was kept.", "Leads!8")
    examples.append(kept)
    content = page(About(a_summary(examples), examples), problems, 1).decode()
    codes = re.findall(r'<th scope="row"><code>(\w+)</code>', content)
    assert codes == ["invalid_email", "kept_keen_value", "keen_down", "unchanged", "updated", "blank_row"]
    assert 'href="#row-1" data-show="invalid_email"' in content


HEAVY = tuple(piece * (32_000 // len(piece)) for piece in ("'\U0001f600\u202e&", "`a`", "!1, ", "'"))
"""Texts that weigh most: by their characters, as code, as places, and as what is escaped."""


def worst_run(text: str = HEAVY[0]) -> tuple[About, list[Problem]]:
    """Make the heaviest run: everything as long and as many as can be."""
    about, [one] = hostile_run(text)
    outcome = replace(one.outcome, status=Status.NOT_SENT)
    problems = [replace(one, faults=list(one.faults) * 40, outcome=replace(outcome, code=code)) for code in Code]
    summary = replace(
        about.summary,
        sources=about.summary.sources * 500,
        damages=about.summary.damages * 500,
        fed_from=about.summary.fed_from * 500,
        read_as=about.summary.read_as * 500,
        workbook_notes=about.summary.workbook_notes * 500,
        statuses=dict.fromkeys(Status, 10),
    )
    examples = [replace(about.examples[0], code=code) for code in Code]
    changes = FieldChanges({f"{place}{text}": place + 1 for place in range(500)}, list(about.changes.shown) * 2_000)
    timelines = [a_timeline(240)] * 50
    about = replace(about, summary=summary, examples=examples, changes=changes, timelines=timelines)
    return about, problems * 40


@pytest.mark.parametrize("text", HEAVY, ids=["characters", "code", "places", "escaped"])
def test_no_run_makes_the_page_too_large(text: str) -> None:
    """Below 3 MB, however many rows there are and however long their texts; what was cut says so."""
    about, problems = worst_run(text)
    assert len(problems) > 1_000
    content = page(about, problems, 1_000_000)
    assert len(content) < MOST
    assert b"1,000,000 rows; 1,000 of them are here" in content
    assert f"(cut: {len(text):,} characters)".encode() in content
    assert len(page(about, problems[:100], 100)) < MOST


def test_no_trend_makes_its_page_too_large() -> None:
    """Ten years of nightly runs are below 3 MB as well."""
    trend = a_trend(7)
    text = HEAVY[0]
    codes = dict.fromkeys(Code, 5)
    statuses = dict.fromkeys(Status, 5)
    run = replace(
        trend.runs[0], sources=(text,) * 50, mapping=text, stopped_because=text, codes=codes, statuses=statuses
    )
    leads = [replace(trend.leads[0], lead_id=text, place=text)] * 500
    columns = [replace(trend.columns[0], column=text)] * 500
    content = trend_page(replace(trend, runs=[run] * 3_650, leads=leads, columns=columns))
    assert len(content) < MOST
    assert "3,400 earlier ones are counted above and not shown" in Seen(content).text


@pytest.mark.parametrize(
    "timelines", [[], [Timeline("2026-03-05T02:00:00Z", 1.0, [])], [Timeline("x", 1.0, [Slot()] * 3)]]
)
def test_without_a_timeline_a_sentence_says_why_there_is_no_chart(timelines: list[Timeline]) -> None:
    """No chart is drawn of nothing."""
    about = replace(a_good_run(), timelines=timelines)
    text = Seen(page(about, [], 0)).text
    assert "Nothing is known of the pace of this run over time" in text
    quiet = replace(about, summary=replace(about.summary, requests=0))
    assert "No request was sent to Keen." in Seen(page(quiet, [], 0)).text


@pytest.mark.parametrize("nights", [0, 1, 2, 30])
def test_a_trend_of_any_length_is_drawn(nights: int) -> None:
    """No run, one run, many runs."""
    trend = a_trend(30)
    text = Seen(trend_page(replace(trend, runs=trend.runs[:nights], leads=[], columns=[]))).text
    assert ("No run began since" in text) is (nights == 0)
    assert ("Runs over time" in text) is (nights > 0)


def test_a_trend_says_what_fails_night_after_night() -> None:
    """The verdict counts the runs, names the code of most of them, and the leads and columns that fail again."""
    text = Seen(trend_page(a_trend())).text
    assert "30 runs since 2026-02-03: 5 fine, 23 with rows to look at, 2 stopped or killed." in text
    assert "Most often: invalid_email, 114 rows in 25 runs." in text
    assert "6 leads and 1 column went wrong in more than one run." in text
    assert lead(0) in text


def test_a_report_that_was_fed_again_is_followed_up() -> None:
    """What became of the earlier run's problems stands there in the words of the command line."""
    about, problems = a_bad_run(2)
    assert followed_up(about.summary.fed_from[0]) in Seen(page(about, problems, 2)).text
