"""Notifications, as a webhook on the other side of a socket gets them."""

import logging
import platform
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import typer
from conftest import Ended, Keen, lead_id
from listening import SECRET, Listener, listening
from office import Office
from structlog.testing import capture_logs

from leadsync.cli import notify
from leadsync.cli.doctor.settings import look_at_notify
from leadsync.cli.notify import Told, notifying, telling
from leadsync.codes import CATALOGUE, Code
from leadsync.errors import MappingError, SettingsError, StateHeldError
from leadsync.records import Status, Summary
from leadsync.settings import Settings, load_settings
from leadsync.sync.job import RunResult

FINE = "Anna,anna@example.com"
BAD = "Bo,zqleadmark at example"
"""No address, in column C."""


@pytest.fixture
def hook() -> Iterator[Listener]:
    """Serve a webhook."""
    with listening() as listener:
        yield listener


@pytest.fixture
def office(keen: Keen, tmp_path: Path) -> Office:
    """Give an office with a mapping of two fields."""
    office = Office(keen, tmp_path)
    office.mapping("{first_name: First, email: {column: E-mail, check: email}}")
    return office


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Wait shortly between tries, and have no settings of this machine."""
    monkeypatch.setattr(notify, "_PAUSE", 0.001)
    monkeypatch.chdir(tmp_path)


def settings_of(office: Office, hook: Listener, **more: object) -> Settings:
    """Give settings with the webhook."""
    return load_settings(state_dir=office.state, notify=hook.url, **more)


def night(office: Office, settings: Settings, *rows: str) -> RunResult:
    """Sync rows, and end as the command does."""
    told = Told("m.yaml")
    with suppress(typer.Exit), notifying(settings, "sync", told):
        result = office.sync(office.source("First,E-mail", list(rows)))
        told.summary = result.summary
        raise typer.Exit(result.summary.exit_code)
    return result


def test_a_message_answers_what_happened_and_what_to_do(office: Office, hook: Listener) -> None:
    """Exit code and mapping; verdict, numbers, report and machine; and the codes with their remedies."""
    result = night(office, settings_of(office, hook), FINE, BAD)
    (heard,) = hook.heard
    files = (result.report_dir / name for name in ("report.html", "results.csv"))
    report = next(file for file in files if file.exists())
    assert (heard["title"], heard["type"]) == (f"leadsync sync: exit 1, {office.folder / 'm.yaml'}", "warning")
    assert heard["message"].splitlines() == [
        "1 row needs a look.",
        f"run {result.summary.run_id}: 2 rows: 1 updated, 1 invalid.",
        f"Report: {report}",
        f"Host: {platform.node()}",
        f"invalid_email, 1 row: {CATALOGUE[Code.INVALID_EMAIL].remedy}",
    ]


def test_a_message_holds_lead_data_only_where_that_is_asked_for(office: Office, hook: Listener) -> None:
    """With details each code has an example, which quotes the cell; a key is in neither."""
    night(office, settings_of(office, hook), FINE, BAD)
    night(office, settings_of(office, hook, notify_details=True), FINE, BAD)
    without, with_details = (heard["title"] + heard["message"] for heard in hook.heard)
    assert "zqleadmark" not in without
    assert lead_id(1) not in without
    assert "leads.csv!C3: " in with_details
    assert "zqleadmark" in with_details
    assert office.key not in without + with_details


def test_people_hear_of_failures_only_unless_they_want_more(office: Office, hook: Listener) -> None:
    """A good night is told of with `always` alone."""
    for on in ("failure", "change", "always"):
        night(office, settings_of(office, hook, notify_on=on), FINE)
    assert [heard["type"] for heard in hook.heard] == ["success"]
    assert "Every row was fine." in hook.heard[0]["message"]


def test_a_change_is_another_exit_code_than_that_of_the_night_before(office: Office, hook: Listener) -> None:
    """Bad rows are told of in the first night, the end of them in the first good one; trials lie between them."""
    settings = settings_of(office, hook, notify_on="change")
    for rows in ([FINE], [FINE, BAD], [FINE, BAD], [FINE], [FINE]):
        night(office, settings, *rows)
        office.sync(office.source("First,E-mail", [BAD] if rows == [FINE] else [FINE]), dry_run=True)
    assert [heard["title"].partition(",")[0] for heard in hook.heard] == [
        "leadsync sync: exit 1", "leadsync sync: exit 0",
    ]  # fmt: skip


def test_the_first_run_of_a_job_is_news_where_it_fails(office: Office, hook: Listener) -> None:
    """Another file is another job: that its nights were bad before is not known."""
    settings = settings_of(office, hook, notify_on="change")
    night(office, settings, BAD)
    assert len(hook.heard) == 1
    with notifying(settings, "sync", Told("m.yaml")) as told:
        told.summary = office.sync(office.source("First,E-mail", [FINE], name="others.csv")).summary
    assert len(hook.heard) == 1


@pytest.mark.parametrize("on", ["failure", "change", "always"])
@pytest.mark.parametrize(
    ("error", "says"),
    [
        (MappingError("m.yaml:3:1: anna@example.com is no field."), "exit 2: the mapping cannot be used"),
        (StateHeldError("Something of anna@example.com."), "exit 4: another run holds the state folder"),
        (KeyboardInterrupt(), "exit 130: interrupted"),
    ],
    ids=["mapping", "held", "Ctrl-C"],
)
def test_what_fails_before_there_is_a_run_is_told(
    office: Office, hook: Listener, on: str, error: BaseException, says: str
) -> None:
    """With the kind of trouble; its message may quote a file, and stays here."""
    with (
        pytest.raises(type(error)) as raised,
        notifying(settings_of(office, hook, notify_on=on), "sync", Told("m.yaml")),
    ):
        raise error
    assert raised.value is error
    (heard,) = hook.heard
    assert heard["type"] == "failure"
    assert "anna" not in str(heard)
    code, sentence = says.split(": ")
    assert heard["title"] == f"leadsync sync: {code}, m.yaml"
    assert heard["message"].startswith(sentence)


def test_trials_tell_nobody(office: Office, hook: Listener) -> None:
    """Neither where that is known beforehand, nor where it turns out, as when a trial is resumed."""
    settings = settings_of(office, hook, notify_on="always")
    for told in (Told("m.yaml", is_trial=True), Told("m.yaml")):
        with suppress(typer.Exit), notifying(settings, "sync", told):
            told.is_trial = True
            raise typer.Exit(1)
    assert hook.heard == []


def test_a_health_check_and_people_are_told_alike(office: Office, hook: Listener) -> None:
    """One command, two kinds of listeners; what the health check gets is not JSON, so it is told by another one."""
    with (
        pytest.raises(SettingsError, match="ping is not a web address"),
        telling(settings_of(office, hook, ping="nowhere"), "sync", Told("m.yaml")),
    ):
        pytest.fail("the command began")
    assert hook.heard == []
    with telling(settings_of(office, hook, notify_on="always"), "sync", Told("m.yaml")):
        pass
    assert hook.heard[0]["message"].startswith("done.")


@pytest.mark.parametrize(
    ("code", "sentence", "is_told"),
    [
        (Code.KEEN_DOWN, "Keen did not work. The last trouble: anna@example.com.", False),
        (Code.SOURCE_BROKEN, "leads.csv holds anna@example.com.", False),
        (Code.TOO_MANY_FAILURES, "50 of 100 rows went wrong.", True),
    ],
)
def test_why_a_run_was_stopped_is_told_in_our_own_words(code: Code, sentence: str, is_told: bool) -> None:
    """What may quote Keen or a source gives way to the catalogue."""
    rows = {Status.NOT_SENT: 3}
    summary = Summary("r", (), "m.yaml", "", "", 0.0, 3, rows, {code: 3}, 0, 0, 3, 0, stopped_because=sentence)
    assert notify._verdict(summary) == f"STOPPED: {sentence if is_told else CATALOGUE[code].meaning}"


def warnings_of(logs: list[Any]) -> list[tuple[str, int, str]]:
    """Give scheme, place and reason of each warning, which hold nothing else of an address."""
    assert SECRET not in str(logs)
    logs = [log for log in logs if log["log_level"] == "warning"]
    assert all(log["event"] == "notify_failed" for log in logs)
    return [(log["service"], log["address"], log["reason"]) for log in logs]


def test_a_passing_fault_is_tried_once_more(office: Office, hook: Listener) -> None:
    """503 and then 200: nothing to be said."""
    hook.statuses = [503]
    with capture_logs() as logs:
        night(office, settings_of(office, hook), BAD)
    assert (len(hook.heard), warnings_of(logs)) == (2, [])


def test_who_cannot_be_told_fails_no_run_and_keeps_nobody_else_from_it(
    office: Office, hook: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    """One warning for each; apprise, which logs addresses, is silent."""
    caplog.set_level(logging.DEBUG)
    with socket.create_server(("127.0.0.1", 0)) as server:
        away = f"json://127.0.0.1:{server.getsockname()[1]}/{SECRET}"
    with listening() as refusing:
        refusing.statuses = [404] * 2
        settings = load_settings(state_dir=office.state, notify=[away, refusing.url, hook.url])
        with capture_logs() as logs:
            assert night(office, settings, BAD).summary.exit_code == 1
    assert warnings_of(logs) == [("json", 1, "it was not taken"), ("json", 2, "it was not taken")]
    assert len(hook.heard) == 1
    assert [record for record in caplog.records if record.name == "apprise"] == []


def test_a_service_that_hangs_delays_the_end_by_the_time_out_only(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes the connection, and answers nothing."""
    monkeypatch.setattr(notify, "_TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"json://127.0.0.1:{server.getsockname()[1]}/{SECRET}?rto=1"
        with capture_logs() as logs:
            night(office, load_settings(state_dir=office.state, notify=url), BAD)
    assert warnings_of(logs) == [("json", 1, "no answer in time")]


@pytest.mark.parametrize(
    "url",
    ["nosuch://secret", "slack://secret", "https://example.com/secret", "secret", "json://[::1/secret", "json://"],
)
def test_an_address_that_nobody_knows_is_refused_before_anything_happens(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The sentence shows how one looks, and nothing of what was given but its scheme."""
    settings = load_settings(notify=["json://127.0.0.1", url] if "://" in url else url)
    with (
        pytest.raises(SettingsError, match=r"none that apprise knows.*mailto://") as raised,
        notifying(settings, "sync", Told("m.yaml")),
    ):
        pytest.fail("the command began")
    assert "secret" not in str(raised.value) + caplog.text
    assert ("Address 2 of 2" in str(raised.value)) is ("://" in url)


def test_without_apprise_a_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra; who notifies nobody needs none."""
    monkeypatch.setitem(sys.modules, "apprise", None)
    with notifying(load_settings(), "sync", Told("m.yaml")):
        pass
    with (
        pytest.raises(SettingsError, match=r"needs apprise.*pip install 'leadsync\[notify\]'"),
        notifying(load_settings(notify="json://127.0.0.1"), "sync", Told("m.yaml")),
    ):
        pytest.fail("the command began")


@pytest.mark.parametrize(
    ("given", "urls"),
    [
        ("slack://a/b/c", ["slack://a/b/c"]),
        (" slack://a/b/c,mailto://u:p@example.com?to=x@example.com,y@example.com\n json://h ,",
         ["slack://a/b/c", "mailto://u:p@example.com?to=x@example.com,y@example.com", "json://h"]),
        (["json://a", "json://b"], ["json://a", "json://b"]),
        ("", []),
    ],
)  # fmt: skip
def test_addresses_are_separated_by_blanks_and_commas(given: str | list[str], urls: list[str]) -> None:
    """Where another one begins: within an address a comma is its own."""
    settings = load_settings(notify=given)
    assert settings.notify_urls == urls
    assert not any(url in repr(settings) for url in urls)


def test_settings_that_cannot_be_used_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what they may be."""
    monkeypatch.setenv("LEADSYNC_NOTIFY_ON", "sometimes")
    monkeypatch.setenv("LEADSYNC_NOTIFY_DETAILS", "perhaps")
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert str(raised.value).splitlines() == [
        "LEADSYNC_NOTIFY_ON must be 'failure', 'change' or 'always'.",
        "LEADSYNC_NOTIFY_DETAILS must be true or false.",
    ]


def test_the_doctor_looks_at_the_addresses() -> None:
    """Offline, so that it can tell that they can be read, and no more."""
    levels = {
        url: [finding.level.value for finding in look_at_notify(load_settings(notify=url))]
        for url in ("json://127.0.0.1/secret", "nosuch://secret", "")
    }
    assert list(levels.values()) == [["ok"], ["error"], []]
    (finding,) = look_at_notify(load_settings(notify="json://127.0.0.1/secret"))
    assert "json://…" in finding.message
    assert "secret" not in finding.message


def test_each_command_that_sends_tells_how_it_ended(
    at_keen: Callable[..., Ended], office: Office, hook: Listener
) -> None:
    """`sync`, `resume`, `apply`, `undo`: with what the environment says, or their own options."""
    source, told = office.source("First,E-mail", [FINE, "Cleo,cleo@example.com"]), {"LEADSYNC_NOTIFY": hook.url}
    of_source = ("--mapping", "m.yaml", "--quiet")
    assert at_keen("plan", source, *of_source, "--report-dir", "plan", **told).code == 0
    assert at_keen("apply", "plan", "--quiet", "--notify", hook.url, "--notify-on", "always").code == 0
    assert at_keen("undo", "last", "--yes", "--quiet", "--notify-on", "always", **told).code == 0
    office.source("First,E-mail", [FINE, BAD])
    ended = at_keen("sync", source, *of_source, "--max-failures", "0", "--notify-details", **told)
    assert ended.code == 3
    assert SECRET not in ended.err
    assert at_keen("resume", "--quiet", LEADSYNC_NOTIFY_DETAILS="1", **told).code == 1
    titles = [heard["title"].split(", ")[0] for heard in hook.heard]
    assert titles == [
        "leadsync apply: exit 0", "leadsync undo: exit 0", "leadsync sync: exit 3", "leadsync resume: exit 1",
    ]  # fmt: skip
    assert "STOPPED: 1 of 2 rows went wrong" in hook.heard[2]["message"]
    assert "zqleadmark" in hook.heard[2]["message"]
    assert "zqleadmark" in hook.heard[3]["message"]


def test_an_address_that_cannot_be_used_sends_nothing(
    at_keen: Callable[..., Ended], office: Office, keen: Keen
) -> None:
    """Exit code 2, and one sentence."""
    source = office.source("First,E-mail", [FINE])
    ended = at_keen("sync", source, "--mapping", "m.yaml", "--notify", f"slack://{SECRET}")
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)
    assert SECRET not in ended.err
    assert not keen.sandbox.calls
