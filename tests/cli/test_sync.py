"""`leadsync sync` as a person or cron meets it: a process, real files, a sandbox behind a socket."""

import datetime as dt
import json
import os
import platform
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import CHANNEL, Ended, Keen, lead_id, read_report
from warm.client import Mother, Running

from leadsync.sandbox import Faults

MAPPING = f"""
version: 1
channel: {CHANNEL}
lead: {{id: Keen Lead ID}}
fields:
  email: {{column: E-mail, transform: [trim, lower], check: email}}
  first_name: First name
properties:
  Deal size: {{column: Amount, type: number, decimal: ","}}
"""


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    """Write a mapping."""
    path = tmp_path / "m.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def write_csv(path: Path, rows: list[str]) -> Path:
    """Write a source with the mapping's columns."""
    path.write_text("\n".join(["Keen Lead ID,E-mail,First name,Amount", *rows, ""]), encoding="utf-8")
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Write a source with every kind of row."""
    return write_csv(
        tmp_path / "leads.csv",
        [
            f'{lead_id(0)},Anna@Example.com,Anna,"12,50"',
            f"{lead_id(1)},not an address,Bo,",
            ",c@example.com,Cecilie,",
            ",,,",
            f"{lead_id(99)},e@example.com,Erik,",
            f"{lead_id(2)},,,",
            f"{lead_id(3)},f@example.com,00123,many",
        ],
    )


def test_every_row_gets_an_answer(
    at_keen: Callable[..., Ended], keen: Keen, source: Path, mapping: Path, tmp_path: Path
) -> None:
    """Each row of the source stands in results.csv once, in order, with status, code, reason and cell."""
    ended = at_keen("sync", source, "--mapping", mapping, "--report-dir", tmp_path / "report")
    assert ended.code == 1
    rows = read_report(tmp_path / "report" / "results.csv")
    told = [(r["leadsync_row"], r["leadsync_status"], r["leadsync_code"], r["leadsync_cell"]) for r in rows]
    assert told == [
        ("2", "updated", "updated", ""),
        ("3", "invalid", "invalid_email", "leads.csv!B3"),
        ("4", "invalid", "missing_lead_id", "leads.csv!A4"),
        ("5", "skipped", "blank_row", ""),
        ("6", "rejected", "lead_not_found", ""),
        ("7", "skipped", "nothing_to_update", ""),
        ("8", "invalid", "invalid_number", "leads.csv!D8"),
    ]
    assert list(rows[0]) == [
        "leadsync_sheet", "leadsync_row", "leadsync_lead_id", "leadsync_status", "leadsync_code", "leadsync_message",
        "leadsync_cell", "leadsync_http_status", "leadsync_attempts", "Keen Lead ID", "E-mail", "First name", "Amount",
            "leadsync_run", "leadsync_escaped",
    ]  # fmt: skip
    assert [r["First name"] for r in rows] == ["Anna", "Bo", "Cecilie", "", "Erik", "", "00123"]
    assert rows[4]["leadsync_http_status"] == "404"
    assert all(r["leadsync_message"] for r in rows)
    assert keen.updates()[0] == {
        "action": "update_lead",
        "lead_id": lead_id(0),
        "email": "anna@example.com",
        "first_name": "Anna",
        "properties": [{"property_definitions_id": keen.property_ids["Deal size"], "value": 12.5}],
    }
    retry = read_report(tmp_path / "report" / "retry.csv")
    assert [r["leadsync_row"] for r in retry] == ["3", "4", "6", "8"]


def test_the_summary_adds_up(at_keen: Callable[..., Ended], source: Path, mapping: Path, tmp_path: Path) -> None:
    """summary.json and --json are the same, and every row is counted once."""
    ended = at_keen("sync", source, "--mapping", mapping, "--report-dir", tmp_path / "report", "--json")
    summary = ended.json
    assert summary == json.loads((tmp_path / "report" / "summary.json").read_text())
    assert summary["statuses"] == {"updated": 1, "skipped": 2, "invalid": 3, "rejected": 1}
    assert sum(summary["statuses"].values()) == sum(summary["codes"].values()) == summary["rows_read"] == 7
    assert (summary["unaccounted"], summary["exit_code"], ended.code) == (0, 1, 1)
    assert (summary["source"], summary["mapping"]) == (str(source), str(mapping))
    assert summary["requests"] == 3  # the channels, and two rows
    assert summary["stopped_because"] is None


def test_a_run_without_problems_exits_with_0(
    at_keen: Callable[..., Ended], mapping: Path, tmp_path: Path, keen: Keen
) -> None:
    """Updated and skipped rows are no problems; --quiet then says nothing at all."""
    source = write_csv(tmp_path / "fine.csv", [f"{lead_id(n)},n{n}@example.com,N,1" for n in range(5)] + [",,,"])
    ended = at_keen("sync", source, "-m", mapping, "--quiet")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert len(keen.updates()) == 5


def test_a_blank_never_wipes(at_keen: Callable[..., Ended], keen: Keen, mapping: Path, tmp_path: Path) -> None:
    """A blank cell is not sent, so Keen's value stays."""
    keen.world.add_lead(keen.channel, lead_id=lead_id(50), fields={"email": "keep@example.com", "first_name": "Old"})
    source = write_csv(tmp_path / "blank.csv", [f"{lead_id(50)},,New,", f"{lead_id(50)}, ,Newer,"])
    assert at_keen("sync", source, "-m", mapping).code == 0
    assert [sorted(update) for update in keen.updates()] == [["action", "first_name", "lead_id"]] * 2
    lead = keen.world.lead(lead_id(50))
    assert lead
    assert (lead.fields["email"], lead.fields["first_name"]) == ("keep@example.com", "Newer")


def test_a_repaired_report_can_be_fed_again(
    at_keen: Callable[..., Ended], keen: Keen, source: Path, mapping: Path, tmp_path: Path
) -> None:
    """retry.csv, with the bad cells mended, is a source for the same mapping; its helper columns are ignored."""
    at_keen("sync", source, "-m", mapping, "--report-dir", tmp_path / "first")
    retry = tmp_path / "first" / "retry.csv"
    text = retry.read_text(encoding="utf-8-sig")
    text = text.replace(",not an address,", ",bo@example.com,").replace(",many", ',"7,5"')
    retry.write_text(text, encoding="utf-8-sig")
    ended = at_keen("sync", retry, "-m", mapping, "--report-dir", tmp_path / "second", "--json")
    assert ended.json["statuses"] == {"updated": 2, "invalid": 1, "rejected": 1}
    assert [update.get("email") for update in keen.updates()[-3:]] != []
    rows = read_report(tmp_path / "second" / "results.csv")
    assert list(rows[0]).count("leadsync_row") == 1
    assert [row["leadsync_cell"] for row in rows] == ["", "retry.csv!J3", "", ""]


def test_several_sources_and_standard_input(
    at_keen: Callable[..., Ended], keen: Keen, mapping: Path, tmp_path: Path
) -> None:
    """Files are read one after another; each row keeps its own file and row number."""
    one = write_csv(tmp_path / "one.csv", [f"{lead_id(0)},a@example.com,A,"])
    two = tmp_path / "two.xlsx"
    book = openpyxl.Workbook()
    assert book.active
    book.active.title = "Leads"
    book.active.append(["First name", "Keen Lead ID", "E-mail", "Amount"])
    book.active.append(["Bo", lead_id(1), "b@example.com", 3.5])
    book.save(two)
    piped = f"Keen Lead ID;E-mail;First name;Amount\n{lead_id(2)};c@example.com;Cecilie;\n".encode()
    report = tmp_path / "report"
    ended = at_keen("sync", one, two, "-", "-m", mapping, "--report-dir", report, "--json", stdin=piped)
    assert ended.code == 0
    rows = read_report(report / "results.csv")
    assert [(row["leadsync_sheet"], row["leadsync_row"], row["leadsync_status"]) for row in rows] == [
        ("one.csv", "2", "updated"),
        ("Leads", "2", "updated"),
        ("stdin", "2", "updated"),
    ]
    assert sorted(update["first_name"] for update in keen.updates()) == ["A", "Bo", "Cecilie"]


def write_typed_workbook(path: Path) -> Path:
    """Write a workbook as Danish Excel keeps it: numbers and dates as such, and some typed as text."""
    book = openpyxl.Workbook()
    assert book.active
    book.active.title = "Leads"
    for row in (
        ["Id", "Amount", "Since", "Active"],
        [lead_id(0), 1.234, dt.date(2026, 3, 5), True],
        [lead_id(1), "1.234", "05-03-2026", "ja"],
        [lead_id(2), 1234.5, dt.datetime(2026, 3, 5), False],
        [lead_id(3), 12, "2026-03-05", "nej"],
    ):
        book.active.append(row)
    book.save(path)
    return path


DANISH = f"""
version: 1
channel: {CHANNEL}
source: {{decimal: ",", date_order: dmy}}
lead: {{id: Id}}
fields:
  notes: {{column: Since, type: date}}
  source: {{column: Active, type: boolean, "true": [ja], "false": [nej]}}
properties:
  Deal size: {{column: Amount, type: number, thousands: "."}}
"""


def test_a_workbooks_own_numbers_and_dates_need_no_declaration(
    at_keen: Callable[..., Ended], keen: Keen, tmp_path: Path
) -> None:
    """1.234 in a number cell is not one thousand, whatever marks the texts of the column are written with."""
    mapping = tmp_path / "danish.yaml"
    mapping.write_text(DANISH, encoding="utf-8")
    source = write_typed_workbook(tmp_path / "typed.xlsx")
    ended = at_keen("sync", source, "-m", mapping, "--report-dir", tmp_path / "r", "--json")
    assert ended.json["codes"] == {"updated": 3, "invalid_date": 1}
    sent = {update["lead_id"]: update for update in keen.updates()}
    assert [sent[lead_id(n)]["properties"][0]["value"] for n in range(3)] == [1.234, 1234, 1234.5]
    assert [(sent[lead_id(n)]["notes"], sent[lead_id(n)]["source"]) for n in range(3)] == [
        ("2026-03-05", "true"), ("2026-03-05", "true"), ("2026-03-05", "false"),
    ]  # fmt: skip


def test_a_report_remembers_what_was_a_number(at_keen: Callable[..., Ended], keen: Keen, tmp_path: Path) -> None:
    """Fed again, 1.234 is still not one thousand; a cell that was edited is read as the mapping declares."""
    mapping = tmp_path / "danish.yaml"
    mapping.write_text(DANISH, encoding="utf-8")
    source = write_typed_workbook(tmp_path / "typed.xlsx")
    at_keen("sync", source, "-m", mapping, "--report-dir", tmp_path / "r", "--dry-run")
    results = tmp_path / "r" / "results.csv"
    text = results.read_text(encoding="utf-8-sig").replace(",2026-03-05,nej", ",05-03-2026,nej")
    results.write_text(text.replace(",12,05-03", ',"7,5",05-03'), encoding="utf-8-sig")
    ended = at_keen("sync", results, "-m", mapping, "--json", "--concurrency", 1)
    assert ended.json["codes"] == {"updated": 4}
    values = [update["properties"][0]["value"] for update in keen.updates()]
    assert values == [1.234, 1234, 1234.5, 7.5]


def test_a_report_remembers_numbers_also_where_headers_differ_in_case(
    at_keen: Callable[..., Ended], keen: Keen, tmp_path: Path
) -> None:
    """The number stands in a column of the report that is spelt as in the first source."""
    mapping = tmp_path / "danish.yaml"
    mapping.write_text(DANISH, encoding="utf-8")
    first = tmp_path / "first.csv"
    first.write_text(f"ID;AMOUNT;SINCE;ACTIVE\n{lead_id(4)};2.000;bad;ja\n", encoding="utf-8")
    report = tmp_path / "r"
    at_keen(
        "sync", first, write_typed_workbook(tmp_path / "t.xlsx"), "-m", mapping, "--report-dir", report, "--dry-run"
    )
    at_keen("sync", report / "results.csv", "-m", mapping, "--concurrency", 1)
    assert [update["properties"][0]["value"] for update in keen.updates()] == [1.234, 1234, 1234.5]


def test_a_row_with_too_many_cells_stays_refused(
    at_keen: Callable[..., Ended], keen: Keen, mapping: Path, tmp_path: Path
) -> None:
    """Its cells may be shifted: retry.csv keeps the surplus, and does not make a sound row of it."""
    source = write_csv(tmp_path / "wide.csv", [f"{lead_id(0)},a@example.com,A,1,more,and more", f"{lead_id(1)},,B,2"])
    ended = at_keen("check", source, "-m", mapping)
    assert ended.code == 1
    assert "ragged_row, 1 row: wide.csv!E2" in ended.out
    at_keen("sync", source, "-m", mapping, "--report-dir", tmp_path / "r")
    assert read_report(tmp_path / "r" / "retry.csv")[0]["leadsync_form"] == '{"surplus":["more","and more"]}'
    again = at_keen("sync", tmp_path / "r" / "retry.csv", "-m", mapping, "--json")
    assert again.json["codes"] == {"ragged_row": 1}
    assert len(keen.updates()) == 1


def test_a_report_does_not_overwrite_its_own_source(
    at_keen: Callable[..., Ended], keen: Keen, source: Path, mapping: Path, tmp_path: Path
) -> None:
    """The rows to repair would be gone."""
    at_keen("sync", source, "-m", mapping, "--report-dir", tmp_path / "r")
    before = (tmp_path / "r" / "retry.csv").read_bytes()
    sent = len(keen.updates())
    ended = at_keen("sync", tmp_path / "r" / "retry.csv", "-m", mapping, "--report-dir", tmp_path / "r")
    assert ended.code == 2
    assert "overwrite its own source" in ended.err
    assert (tmp_path / "r" / "retry.csv").read_bytes() == before
    assert len(keen.updates()) == sent


def test_quiet_is_not_silent_when_something_is_wrong(
    at_keen: Callable[..., Ended], source: Path, mapping: Path
) -> None:
    """Cron mails what is printed: how it ended, and where the report is."""
    ended = at_keen("sync", source, "-m", mapping, "--quiet")
    assert (ended.code, ended.out) == (1, "")
    assert "4 rows need a look." in ended.err
    assert "retry.csv" in ended.err
    stopped = at_keen("sync", source, "-m", mapping, "--quiet", LEADSYNC_API_KEY="no-such-key")
    assert "STOPPED: Keen refused the API key" in stopped.err
    checked = at_keen("check", source, "-m", mapping, "--quiet")
    assert (checked.code, checked.out) == (1, "")
    assert "3 are invalid" in checked.err


def test_sheets_of_the_same_name_are_told_apart(at_keen: Callable[..., Ended], mapping: Path, tmp_path: Path) -> None:
    """Two files of one name, in two folders: the report says which is which."""
    sources = []
    for number, folder in enumerate(("monday", "tuesday")):
        (tmp_path / folder).mkdir()
        sources.append(write_csv(tmp_path / folder / "leads.csv", [f"{lead_id(number)},bad,A,"]))
    at_keen("sync", *sources, "-m", mapping, "--report-dir", tmp_path / "r")
    cells = [row["leadsync_cell"] for row in read_report(tmp_path / "r" / "results.csv")]
    assert cells == [f"'[{source}]leads.csv'!B2" for source in sources]


def test_a_dry_run_sends_nothing(
    at_keen: Callable[..., Ended], keen: Keen, source: Path, mapping: Path, tmp_path: Path
) -> None:
    """Everything is done but sending; with a key, channel and properties are looked up as well."""
    ended = at_keen("sync", source, "-m", mapping, "--dry-run", "--report-dir", tmp_path / "r", "--json")
    assert ended.json["statuses"] == {"skipped": 2, "invalid": 3, "not_sent": 2}
    assert ended.code == 1
    assert [call.action for call in keen.sandbox.calls] == ["get_channels"]
    assert len(read_report(tmp_path / "r" / "retry.csv")) == 3


def test_a_dry_run_needs_no_key(leadsync: Callable[..., Ended], source: Path, mapping: Path) -> None:
    """Without a key nothing is asked of Keen."""
    ended = leadsync("sync", source, "-m", mapping, "--dry-run", "--json")
    assert (ended.json["requests"], ended.code) == (0, 1)


def test_a_limit_reads_only_the_first_rows(
    at_keen: Callable[..., Ended], keen: Keen, source: Path, mapping: Path
) -> None:
    """--limit 2 is for a first careful look."""
    assert at_keen("sync", source, "-m", mapping, "--limit", 2, "--json").json["rows_read"] == 2
    assert len(keen.updates()) == 1


@pytest.mark.parametrize(("rule", "sent"), [("each", ["A", "B", "C"]), ("last", ["B", "C"]), ("error", ["B"])])
def test_rows_about_one_lead_follow_the_rule(
    at_keen: Callable[..., Ended], keen: Keen, mapping: Path, tmp_path: Path, rule: str, sent: list[str]
) -> None:
    """each: all in order; last: only the last; error: none of them."""
    mapping.write_text(MAPPING + f"rules: {{duplicates: {rule}}}\n", encoding="utf-8")
    rows = [f"{lead_id(0)},,A,", f"{lead_id(1)},,B,", f"{lead_id(0).upper()},,C,"]
    ended = at_keen("sync", write_csv(tmp_path / "d.csv", rows), "-m", mapping, "--json", "--concurrency", 1)
    assert [update["first_name"] for update in keen.updates()] == sent
    codes = {
        "each": {"updated": 3},
        "last": {"updated": 2, "superseded": 1},
        "error": {"updated": 1, "duplicate_lead": 2},
    }
    assert ended.json["codes"] == codes[rule]


def test_legacy_ids_are_resolved(at_keen: Callable[..., Ended], keen: Keen, tmp_path: Path) -> None:
    """The lead's UUID is looked up, once for each id, and stands in the report."""
    mapping = tmp_path / "legacy.yaml"
    mapping.write_text("version: 1\nlead: {legacy_id: Id}\nfields: {first_name: Name}\n", encoding="utf-8")
    source = tmp_path / "legacy.csv"
    source.write_text("Id,Name\n1001,A\n1001,B\n4711,C\nx,D\n", encoding="utf-8")
    ended = at_keen("sync", source, "-m", mapping, "--report-dir", tmp_path / "r", "--json")
    assert ended.json["codes"] == {"updated": 2, "lead_not_found": 1, "invalid_legacy_id": 1}
    assert ended.json["requests"] == 5
    assert [row["leadsync_lead_id"] for row in read_report(tmp_path / "r" / "results.csv")] == [lead_id(1)] * 2 + [
        "",
        "",
    ]
    assert [update["first_name"] for update in keen.updates()] == ["A", "B"]


def test_a_refused_key_stops_the_run(
    at_keen: Callable[..., Ended], source: Path, mapping: Path, tmp_path: Path, keen: Keen
) -> None:
    """Exit 3; no update goes out; what could have been sent is not_sent, and the rest is told as ever."""
    report = tmp_path / "r"
    ended = at_keen("sync", source, "-m", mapping, "--report-dir", report, LEADSYNC_API_KEY="no-such-key")
    assert ended.code == 3
    assert "Keen refused the API key" in ended.out
    assert keen.sandbox.stats.calls == 1
    statuses = json.loads((report / "summary.json").read_text())["statuses"]
    assert statuses == {"not_sent": 7}
    assert {row["leadsync_code"] for row in read_report(report / "retry.csv")} >= {"key_refused"}


def test_a_key_that_is_withdrawn_stops_the_run(
    at_keen: Callable[..., Ended], mapping: Path, tmp_path: Path, keen: Keen
) -> None:
    """A 401 in the middle of a run stops it at once."""
    keen.sandbox.faults = Faults(chances={"401:none": 1.0}, action="update_lead")
    source = write_csv(tmp_path / "many.csv", [f"{lead_id(n % 10)},,N{n}," for n in range(500)])
    ended = at_keen("sync", source, "-m", mapping, "--json")
    assert (ended.code, ended.json["exit_code"]) == (3, 3)
    assert ended.json["statuses"] == {"not_sent": 500}
    assert keen.sandbox.stats.calls <= 1 + 8


@pytest.fixture
def begin(keen: Keen, start: Callable[..., Running]) -> Callable[..., Running]:
    """Start the command line against the sandbox, and do not wait for it."""

    def begin(*arguments: object, **more: Any) -> Running:
        return start(*arguments, **(at(keen) | more))

    return begin


def at(keen: Keen) -> dict[str, str]:
    """Give the settings of a run against the sandbox."""
    return {
        "LEADSYNC_API_KEY": keen.sandbox.api_key,
        "LEADSYNC_BASE_URL": keen.sandbox.url,
        "LEADSYNC_RATE": "500",
    }


def start_interpreter(
    environment: dict[str, str], *arguments: object, stdin: Any = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start the command line with an interpreter of its own, whose ways with signals are Python's."""
    command = [sys.executable, "-W", "error", "-m", "leadsync", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.parametrize(
    ("number", "code", "name"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_a_signal_finishes_what_is_in_flight(
    keen: Keen, environment: dict[str, str], mapping: Path, tmp_path: Path, number: int, code: int, name: str
) -> None:
    """Ctrl-C and SIGTERM: the answers on their way come in, the report is written, the rest is not_sent."""
    keen.sandbox.faults = Faults(latency=0.05)
    source = write_csv(tmp_path / "many.csv", [f"{lead_id(n % 10)},,N{n}," for n in range(400)])
    given = ("sync", source, "-m", mapping, "--report-dir", tmp_path / "r", "--json")
    process = start_interpreter(environment | at(keen), *given)
    wait_for(lambda: keen.sandbox.stats.calls > 20)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    summary = json.loads(out)
    assert (process.returncode, summary["exit_code"]) == (code, code)
    assert err.decode().strip() == "Stopping: what is on its way is finished first. Ctrl-C again waits no longer."
    statuses = summary["statuses"]
    assert statuses["updated"] + statuses["not_sent"] == 400
    assert statuses["updated"] == sum(call.applied for call in keen.sandbox.calls)
    assert summary["codes"][name] == statuses["not_sent"]
    assert len(read_report(tmp_path / "r" / "results.csv")) == 400


def test_a_stop_waits_for_no_pace(keen: Keen, begin: Callable[..., Running], mapping: Path, tmp_path: Path) -> None:
    """At one request in a thousand seconds, Ctrl-C ends the run at once all the same."""
    source = write_csv(tmp_path / "many.csv", [f"{lead_id(n % 10)},,N{n}," for n in range(100)])
    process = begin("sync", source, "-m", mapping, "--json", "--rate", "0.001")
    wait_for(lambda: keen.sandbox.stats.calls == 1)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate()
    assert process.returncode == 130
    assert json.loads(out)["statuses"] == {"not_sent": 100}


def test_an_interrupted_beginning_is_an_interruption(
    keen: Keen, begin: Callable[..., Running], mapping: Path, source: Path
) -> None:
    """Ctrl-C while Keen does not answer the first question: exit 130, every row told."""
    keen.sandbox.faults = Faults(chances={"hang_before": 1.0})
    process = begin("sync", source, "-m", mapping, "--json", "--tries", "1")
    wait_for(lambda: keen.sandbox.stats.calls == 1)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate()
    assert process.returncode == 130
    assert json.loads(out)["statuses"] == {"not_sent": 7}


def test_a_second_signal_waits_no_longer(
    keen: Keen, begin: Callable[..., Running], mapping: Path, tmp_path: Path
) -> None:
    """Rows whose answer was not waited for are unknown: they may have been applied."""
    keen.sandbox.faults = Faults(chances={"hang_after": 1.0}, action="update_lead")
    source = write_csv(tmp_path / "many.csv", [f"{lead_id(n % 10)},,N{n}," for n in range(5_050)])
    process = begin("sync", source, "-m", mapping, "--json", "--concurrency", 3)
    wait_for(lambda: keen.sandbox.stats.calls == 4)
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)  # two signals at once are one signal
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate()
    assert process.returncode == 130
    assert json.loads(out)["statuses"] == {"unknown": 3, "not_sent": 5_047}


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something has happened; a minute at most."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)


def test_two_runs_do_not_share_a_state_folder(
    keen: Keen, begin: Callable[..., Running], at_keen: Callable[..., Ended], mapping: Path, tmp_path: Path
) -> None:
    """The second run ends with exit 4 and says who holds the folder."""
    keen.sandbox.faults = Faults(latency=0.2)
    source = write_csv(tmp_path / "many.csv", [f"{lead_id(n % 10)},,N{n}," for n in range(400)])
    first = begin("sync", source, "-m", mapping, "--json")
    try:
        wait_for(lambda: keen.sandbox.stats.calls > 1)
        second = at_keen("sync", source, "-m", mapping)
        assert second.code == 4
        assert f"process {first.pid}, since 20" in second.err
    finally:
        first.kill()
        first.communicate()
    keen.sandbox.faults = Faults()
    assert at_keen("sync", source, "-m", mapping, "--quiet").code == 0


def test_the_files_are_for_their_owner_only(
    at_keen: Callable[..., Ended], source: Path, mapping: Path, tmp_path: Path
) -> None:
    """Everything that is written stands in the state and report folders, 0600, in folders of 0700."""
    before = set(tmp_path.rglob("*"))
    at_keen("sync", source, "-m", mapping, "--report-dir", tmp_path / "report" / "of" / "today", umask=0)
    at_keen("sync", source, "-m", mapping, umask=0)
    written = set(tmp_path.rglob("*")) - before
    assert {path.relative_to(tmp_path).parts[0] for path in written} == {"state", "report"}
    for path in written:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_the_key_is_nowhere(
    at_keen: Callable[..., Ended], source: Path, mapping: Path, tmp_path: Path, keen: Keen
) -> None:
    """Not in the output, not in a file, also with --debug and with faults."""
    keen.sandbox.faults = Faults(chances={"500": 0.3, "drop_after": 0.3})
    ended = at_keen("sync", source, "-m", mapping, "--debug", "--log-format", "json", LEADSYNC_TRIES="2")
    texts = [ended.out.encode(), ended.err.encode()]
    texts += [path.read_bytes() for path in (tmp_path / "state").rglob("*") if path.is_file()]
    assert len(texts) > 4
    assert not any(keen.sandbox.api_key.encode() in text for text in texts)
    assert "example.com" not in ended.err


def test_what_a_server_says_shows_no_key_and_no_escapes(
    leadsync: Callable[..., Ended], raw_server: Callable[..., int], source: Path, mapping: Path, tmp_path: Path
) -> None:
    """A proxy that echoes the key, or sends codes that paint a terminal, is not passed on as it is."""
    key = "8f14e45f-ceea-467f-a9d2-5b1f0c3a7e21"
    answer = f"HTTP/1.1 401 No\r\nsb-error-code: UNAUTHORIZED_{key}\x1b[31m\r\nContent-Length: 0\r\n\r\n"
    port = raw_server(answer.encode())
    url = f"http://127.0.0.1:{port}/x"
    ended = leadsync("sync", source, "-m", mapping, LEADSYNC_API_KEY=key, LEADSYNC_BASE_URL=url)
    assert ended.code == 3
    texts = [ended.out, ended.err] + [path.read_text() for path in (tmp_path / "state").rglob("*.csv")]
    assert len(texts) == 4
    assert not any(key in text or "\x1b" in text for text in texts)


@pytest.mark.parametrize(
    ("stream", "is_full"), [("stdout", False), ("stdout", True), ("stderr", False), ("stderr", True)]
)
def test_output_that_cannot_be_written_changes_nothing(
    mother: Mother,
    keen: Keen,
    environment: dict[str, str],
    mapping: Path,
    tmp_path: Path,
    stream: str,
    is_full: bool,
) -> None:
    """A closed or full standard output or error: the run is what it is, and so is its exit code."""
    source = write_csv(tmp_path / "fine.csv", [f"{lead_id(n)},,N{n}," for n in range(5)])
    with Path("/dev/full").open("wb") as full:
        bad: dict[str, Any] = {stream: full} if is_full else {"closed": [stream]}
        given = ("sync", source, "-m", mapping, "--log-format", "json")
        process = mother.start(*given, folder=tmp_path, environment=environment | at(keen), **bad)
    out, _ = process.communicate()
    assert process.returncode == 0
    assert b"run_started" not in out
    assert len(keen.updates()) == 5


def test_a_sentence_that_cannot_be_written_changes_no_exit_code(
    mother: Mother, environment: dict[str, str], mapping: Path, tmp_path: Path
) -> None:
    """What went wrong is told by the exit code at least, where the log's disk is full."""
    with Path("/dev/full").open("wb") as full:
        given = ("check", tmp_path / "gone.csv", "-m", mapping)
        process = mother.start(*given, folder=tmp_path, environment=environment, stderr=full)
    process.communicate()
    assert process.returncode == 2


def test_a_process_without_any_output_is_what_it_is(
    keen: Keen, environment: dict[str, str], mapping: Path, tmp_path: Path
) -> None:
    """Both streams are closed before Python starts, as some launchers do."""
    source = write_csv(tmp_path / "fine.csv", [f"{lead_id(n)},,N{n}," for n in range(5)])
    command = f"{sys.executable} -m leadsync sync {source} -m {mapping} --log-format json >&- 2>&-"
    ended = subprocess.run(
        ["sh", "-c", command],
        env=environment | at(keen),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0
    assert len(keen.updates()) == 5


def test_an_old_temporary_file_is_not_followed(
    at_keen: Callable[..., Ended], source: Path, mapping: Path, tmp_path: Path
) -> None:
    """A link that lies where we write takes nothing of ours outside the report folder."""
    (tmp_path / "r").mkdir()
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "r" / ".results.csv.part").symlink_to(tmp_path / "victim")
    at_keen("sync", source, "-m", mapping, "--report-dir", tmp_path / "r")
    assert (tmp_path / "victim").read_text() == "mine"
    assert not (tmp_path / "r" / "results.csv").is_symlink()


def test_a_file_name_that_is_not_utf8_is_no_fault(at_keen: Callable[..., Ended], mapping: Path, tmp_path: Path) -> None:
    """It is shown with its odd bytes as numbers."""
    source = write_csv(tmp_path / os.fsdecode(b"x\xff.csv"), [f"{lead_id(0)},bad,N,"])
    ended = at_keen("sync", os.fsencode(source), "-m", mapping, "--json")
    assert (ended.code, ended.err) == (1, "")
    assert ended.json["source"].endswith("x\\xff.csv")


def test_a_later_row_that_is_not_sent_supersedes_nothing(
    at_keen: Callable[..., Ended], keen: Keen, mapping: Path, tmp_path: Path
) -> None:
    """With `duplicates: last`, the last row that can be sent is the one."""
    mapping.write_text(MAPPING + "rules: {duplicates: last}\n", encoding="utf-8")
    rows = [f"{lead_id(0)},,A,", f"{lead_id(0)},,B,", f"{lead_id(0)},,,", f"{lead_id(0)},bad,D,"]
    ended = at_keen("sync", write_csv(tmp_path / "d.csv", rows), "-m", mapping, "--json")
    assert ended.json["codes"] == {"superseded": 1, "updated": 1, "nothing_to_update": 1, "invalid_email": 1}
    assert [update["first_name"] for update in keen.updates()] == ["B"]


def test_one_property_under_two_names_is_refused(
    at_keen: Callable[..., Ended], keen: Keen, mapping: Path, source: Path
) -> None:
    """By name and by id: Keen would get two values for one property."""
    size = keen.property_ids["Deal size"]
    mapping.write_text(MAPPING + f'  " {size.upper()} ": First name\n', encoding="utf-8")
    ended = at_keen("sync", source, "-m", mapping)
    assert ended.code == 2
    assert "are the same property" in " ".join(ended.err.split())
    assert not keen.updates()


def test_headers_that_differ_in_case_share_a_column_of_the_report(
    at_keen: Callable[..., Ended], keen: Keen, mapping: Path, tmp_path: Path
) -> None:
    """The mapping takes `E-mail` and `e-mail` for one; in retry.csv they are one column."""
    one = write_csv(tmp_path / "one.csv", [f"{lead_id(0)},bad,A,"])
    two = tmp_path / "two.csv"
    two.write_text(f"keen lead id,e-mail,first name,amount\n{lead_id(1)},worse,B,\n", encoding="utf-8")
    at_keen("sync", one, two, "-m", mapping, "--report-dir", tmp_path / "r")
    rows = read_report(tmp_path / "r" / "retry.csv")
    assert [row["E-mail"] for row in rows] == ["bad", "worse"]
    assert "e-mail" not in rows[0]


def test_json_log_lines_carry_the_run_and_the_row(
    at_keen: Callable[..., Ended], source: Path, mapping: Path, keen: Keen
) -> None:
    """Each line is JSON with a fixed event name."""
    keen.sandbox.faults = Faults(chances={"503": 1.0}, first=1, action="update_lead")
    ended = at_keen("sync", source, "-m", mapping, "--json", "--log-format", "json")
    lines = [json.loads(line) for line in ended.err.splitlines()]
    events = [line["event"] for line in lines]
    assert (events[0], events[-1]) == ("run_started", "run_finished")
    assert {line["run"] for line in lines} == {ended.json["run_id"]}
    troubled, answered = (lines[events.index(event)] for event in ("call_troubled", "row_answered"))
    assert (troubled["sheet"], troubled["row"], troubled["code"]) == ("leads.csv", 2, "unavailable")
    assert (answered["sheet"], answered["row"], answered["code"]) == ("leads.csv", 6, "lead_not_found")


def test_a_keen_that_cannot_be_reached_is_waited_for_and_then_the_run_can_be_resumed(
    at_keen: Callable[..., Ended], source: Path, mapping: Path
) -> None:
    """A router that restarts at night costs minutes, not the night; a wrong address is named."""
    dead = {"LEADSYNC_BASE_URL": "http://127.0.0.1:9/x", "LEADSYNC_PATIENCE": "0.5"}
    ended = at_keen("sync", source, "-m", mapping, "--json", **dead)
    assert ended.code == 3
    assert ended.json["codes"]["keen_down"] == ended.json["statuses"]["not_sent"] == 7
    assert "could not be reached" in ended.json["stopped_because"]
    assert "leadsync resume" in ended.json["stopped_because"]


def bad(name: str, *arguments: str, says: str, **variables: str) -> Any:
    """Describe a command that cannot be used."""
    return pytest.param(arguments, variables, says, id=name)


@pytest.mark.parametrize(
    ("arguments", "variables", "says"),
    [
        bad("no file", "gone.csv", says="gone.csv"),
        bad("a folder", ".", says="folder"),
        bad("empty file", "empty.csv", says="empty"),
        bad("no such column", "other.csv", says='no column "Keen Lead ID"'),
        bad("no such sheet", "book.xlsx", "--sheet", "Leds", says="Leds"),
        bad("no such sheet number", "book.xlsx", "--sheet", "9", says="9"),
        bad("a broken workbook", "broken.xlsx", says="broken.xlsx"),
        bad("no mapping", "leads.csv", "-m", "gone.yaml", says="gone.yaml"),
        bad("no key", "leads.csv", says="LEADSYNC_API_KEY", LEADSYNC_API_KEY=""),
        bad("no key file", "leads.csv", says="key file", LEADSYNC_API_KEY="", LEADSYNC_API_KEY_FILE="gone"),
        bad("no such host", "leads.csv", says="not a URL", LEADSYNC_BASE_URL="https://a..invalid/x"),
        bad(
            "no certificates",
            "leads.csv",
            says="SSL_CERT_FILE",
            LEADSYNC_BASE_URL="https://keen.invalid/x",
            SSL_CERT_FILE="/gone",
        ),
        bad("no such user", "leads.csv", "--state-dir", "~nobody-of-that-name/x", says="no such user"),
        bad("plain http", "leads.csv", says="in the clear", LEADSYNC_BASE_URL="http://example.com/x"),
        bad("rate of nothing", "leads.csv", "--rate", "0", says="--rate must be above 0"),
        bad("a rate that is no number", "leads.csv", says="LEADSYNC_RATE", LEADSYNC_RATE="fast"),
        bad("no workers", "leads.csv", "--concurrency", "0", says="--concurrency must be at least 1"),
        bad("no such option", "leads.csv", "--ratee", "5", says="--rate"),
        bad("report folder is a file", "leads.csv", "--report-dir", "leads.csv", says="report folder"),
        bad("state folder is a file", "leads.csv", "--state-dir", "leads.csv", says="state folder"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(
    at_keen: Callable[..., Ended],
    keen: Keen,
    source: Path,
    mapping: Path,
    tmp_path: Path,
    arguments: tuple[str, ...],
    variables: dict[str, str],
    says: str,
) -> None:
    """Exit 2, nothing sent, no traceback, and what to do."""
    (tmp_path / "empty.csv").touch()
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 and then nothing")
    book = openpyxl.Workbook()
    book.save(tmp_path / "book.xlsx")
    given = arguments if "-m" in arguments else (*arguments, "-m", str(mapping))
    ended = at_keen("sync", *given, **variables)
    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err
    assert "Traceback" not in ended.err
    assert not keen.updates()


def test_a_wrong_channel_or_property_is_found_before_anything_is_sent(
    at_keen: Callable[..., Ended], keen: Keen, source: Path, mapping: Path
) -> None:
    """Exit 2, with the nearest right word."""
    mapping.write_text(MAPPING.replace("Deal size", "Deal sise"), encoding="utf-8")
    ended = at_keen("sync", source, "-m", mapping)
    assert ended.code == 2
    assert '^^^^^^^^^ did you mean "Deal size"?' in ended.err
    mapping.write_text(MAPPING.replace(CHANNEL, "Acme Corp Partnerships"), encoding="utf-8")
    ended = at_keen("sync", source, "-m", mapping)
    assert ended.code == 2
    assert f'did you mean "{CHANNEL}"?' in ended.err
    assert not keen.updates()


def test_a_quote_that_is_never_closed_is_found_before_anything_is_sent(
    at_keen: Callable[..., Ended], mapping: Path, tmp_path: Path
) -> None:
    """However far below it stands: exit 2, and the line is named."""
    rows = [f"{lead_id(n % 10)},,N{n}," for n in range(12_000)]
    source = write_csv(tmp_path / "long.csv", [*rows, f'{lead_id(1)},,"never closed,', *rows[:10]])
    ended = at_keen("sync", source, "-m", mapping, "--json", "--concurrency", 32)
    assert ended.code == 2  # an odd number of quotation marks is seen when the file is opened
    assert "line 12002" in ended.err


def test_a_source_that_breaks_off_is_refused_before_anything_is_sent(
    at_keen: Callable[..., Ended], keen: Keen, mapping: Path, tmp_path: Path
) -> None:
    """The line of the break is named, and nothing was sent of the 3,000 rows before it."""
    rows = [f"{lead_id(n % 10)},,N{n}," for n in range(3_000)]
    source = write_csv(tmp_path / "long.csv", [*rows, f'{lead_id(1)},,"x"y,', *rows[:10]])
    ended = at_keen("sync", source, "-m", mapping)
    assert ended.code == 2
    assert "line 3002" in ended.err
    assert not keen.updates()


def test_a_keen_that_does_not_answer_the_first_question_sends_nothing(
    at_keen: Callable[..., Ended], keen: Keen, source: Path, mapping: Path
) -> None:
    """Exit 3, and no word of an update that may have been applied."""
    keen.sandbox.faults = Faults(chances={"504": 1.0})
    ended = at_keen("sync", source, "-m", mapping, "--json", LEADSYNC_TRIES="2", LEADSYNC_PATIENCE="0.5")
    assert (ended.code, ended.json["codes"].get("keen_down")) == (3, 7)
    assert "applied" not in ended.json["stopped_because"]
    assert not keen.updates()


def test_the_sandbox_needs_no_key_and_no_network(leadsync: Callable[..., Ended], source: Path, mapping: Path) -> None:
    """--sandbox holds the leads that the source names, and says what it leaves out."""
    ended = leadsync("sync", source, "-m", mapping, "--sandbox", "--rate", 1000)
    assert ended.code == 1
    assert "nothing leaves this machine" in ended.out
    assert "updated" in ended.out


def test_the_sandbox_is_never_given_the_users_key(
    at_keen: Callable[..., Ended], keen: Keen, source: Path, mapping: Path
) -> None:
    """With --sandbox nothing goes to the configured address."""
    assert at_keen("sync", source, "-m", mapping, "--sandbox", "--quiet").code == 1
    assert not keen.sandbox.calls


def test_the_console_output_is_plain_and_narrow(at_keen: Callable[..., Ended], source: Path, mapping: Path) -> None:
    """In a log file there is no colour, no progress bar, and no table wider than 80 columns."""
    ended = at_keen("sync", source, "-m", mapping)
    assert "\x1b" not in ended.out
    tables = [line for line in ended.out.splitlines() if "/" not in line]
    assert max(map(len, tables)) <= 80
    assert "invalid_email" in ended.out
    assert "results.csv" in ended.out
    assert ended.err == ""


def test_a_pipe_can_be_tried_against_the_sandbox(leadsync: Callable[..., Ended], mapping: Path) -> None:
    """Standard input is read once, and yet the sandbox holds the leads that it names."""
    piped = f"Keen Lead ID,E-mail,First name,Amount\n{lead_id(0)},a@example.com,A,\n".encode()
    ended = leadsync("sync", "-", "-m", mapping, "--sandbox", "--json", stdin=piped)
    assert (ended.code, ended.json["statuses"]) == (0, {"updated": 1})


def test_waiting_for_standard_input_can_be_interrupted(
    environment: dict[str, str], keen: Keen, mapping: Path, tmp_path: Path
) -> None:
    """Ctrl-C ends a command that waits for input that never comes."""
    if platform.machine() != "x86_64":
        pytest.skip("the number of the system call is another one")
    reader, writer = os.pipe()
    with open(reader, "rb") as silent:  # noqa: PTH123 - a pipe's end has no path
        process = start_interpreter(environment | at(keen), "sync", "-", "-m", mapping, stdin=silent)
        # It reads (system call 0) from standard input (file 0).
        wait_for(lambda: Path(f"/proc/{process.pid}/syscall").read_text().startswith("0 0x0 "))
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    os.close(writer)
    assert process.returncode == 130
