"""leadsync from Python: the pipeline of the command line, in a program that has its own console, log and event loop."""

import ast
import asyncio
import logging
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from inspect import iscoroutinefunction, signature
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import structlog
from conftest import CHANNEL, ROOT, Keen, lead_id
from pydantic import SecretStr

import leadsync
from leadsync import Progress, Result, Status, check, load_mapping, sync, sync_async
from leadsync import library as library_room
from leadsync.journal import Journal, hold
from leadsync.library.order import Order
from leadsync.sandbox import DEMO_KEY, EmbeddedSandbox, World, seed_from_source
from leadsync.sync.begin import JOURNAL
from leadsync.sync.resume import all_runs
from leadsync.sync.run import run

EXAMPLES = dict(
    re.findall(
        r"^```python (task|notebook|test)\n(.*?)^```",
        (ROOT / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)
ROWS = 10


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder with a source and a mapping, without settings, and leave structlog as it was found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEADSYNC_REPORT_FORMATS", "csv")
    for name in ("API_KEY", "API_KEY_FILE", "BASE_URL", "STATE_DIR"):
        monkeypatch.delenv(f"LEADSYNC_{name}", raising=False)
    rows = [f"{lead_id(number)},person-{number}@example.com" for number in range(ROWS)]
    Path("leads.csv").write_text("\n".join(["Id,Mail", *rows, ""]), encoding="utf-8")
    Path("m.yaml").write_text(
        f"version: 1\nchannel: {CHANNEL}\nlead: {{id: Id}}\nfields: {{email: {{column: Mail, check: email}}}}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(structlog._config, "_CONFIG", structlog._config._Configuration())


@pytest.fixture
def at_keen(keen: Keen) -> dict[str, Any]:
    """Give the arguments that lead to the sandbox of the `keen` fixture."""
    return {"api_key": keen.sandbox.api_key, "base_url": keen.sandbox.url, "rate": 5000}


def statuses(result: Result) -> list[str]:
    """Give the status of each row."""
    return [str(outcome.status) for outcome in result.outcomes()]


def test_a_run_from_python_sends_and_reports_as_the_command_does(keen: Keen, at_keen: dict[str, Any]) -> None:
    """The rows arrive, each has its outcome in the order of the source, and the report is written."""
    seen: list[Progress] = []
    with Path("leads.csv").open("a", encoding="utf-8") as file:
        file.write(f"{lead_id(0)},nobody\n")
    result = sync("leads.csv", Path("m.yaml"), **at_keen, on_progress=seen.append)
    assert [update["email"] for update in keen.updates()] == [f"person-{n}@example.com" for n in range(ROWS)]
    outcomes = list(result.outcomes())
    assert [outcome.position for outcome in outcomes] == [*range(ROWS + 1)]
    assert [str(outcome.status) for outcome in outcomes] == ["updated"] * ROWS + ["invalid"]
    assert (outcomes[3].lead_id, outcomes[-1].cell) == (lead_id(3), "leads.csv!B12")
    assert result.exit_code == 1
    assert result.run_id in str(result)
    assert (result.report_dir / "results.csv").exists()
    assert (seen[-1].rows_done, seen[-1].rows_inspected, seen[-1].rows_read) == (ROWS + 1,) * 3
    assert seen[-1].statuses == {Status.UPDATED: ROWS, Status.INVALID: 1}


def test_what_keen_acknowledged_is_not_sent_again(at_keen: dict[str, Any]) -> None:
    """The state folder remembers; a mapping that was read once does for several runs and sources."""
    mapping = load_mapping("m.yaml")
    Path("more.csv").write_text(f"Id,Mail\n{lead_id(0).upper()},other@example.com\n", encoding="utf-8")
    assert statuses(sync("leads.csv", mapping, **at_keen, limit=2)) == ["updated"] * 2
    again = sync("leads.csv", mapping, **at_keen, limit=2)
    assert [(o.status, o.position, o.lead_id) for o in again.outcomes()] == [
        (Status.UNCHANGED, 0, lead_id(0)),
        (Status.UNCHANGED, 1, lead_id(1)),
    ]
    both = sync(["more.csv", Path("leads.csv")], mapping, **at_keen, limit=2, full=True, keep_before=True)
    assert statuses(both) == ["updated"] * 2


def test_it_works_where_an_event_loop_runs(at_keen: dict[str, Any]) -> None:
    """As in a notebook: `sync` blocks the loop, `sync_async` lets it go on and tells it how far it is."""

    async def cells() -> tuple[Result, Result, list[Progress]]:
        seen: list[Progress] = []

        def tell(progress: Progress) -> None:
            asyncio.get_running_loop()
            seen.append(progress)

        blocking = sync("leads.csv", "m.yaml", **at_keen)
        return blocking, await sync_async("leads.csv", "m.yaml", **at_keen, on_progress=tell), seen

    blocking, awaited, seen = asyncio.run(cells())
    assert statuses(blocking) == ["updated"] * ROWS
    assert statuses(awaited) == ["unchanged"] * ROWS
    assert seen[-1].rows_done == ROWS


def once_some_rows_are_done(do: Callable[[], object]) -> Callable[[Progress], None]:
    """Give what does something once, when the first answers of a run are on the disk."""
    called: list[bool] = []

    def tell(progress: Progress) -> None:
        if progress.rows_done and not called:
            called.append(True)
            do()

    return tell


def must_have_ended_in_good_order(keen: Keen) -> None:
    """See that what was sent was waited for, that the report is written, and that the rest can be resumed."""
    (record,) = all_runs(Path(".leadsync"))
    assert record.is_open
    assert record.summary
    found = record.summary["statuses"]
    assert record.summary["exit_code"] == 130
    assert found["updated"] == len(keen.updates())
    assert found["updated"] + found["not_sent"] == ROWS
    assert (Path(".leadsync") / "runs" / record.id / "results.csv").exists()


def test_an_interrupt_finishes_what_is_in_flight_and_goes_on(keen: Keen, at_keen: dict[str, Any]) -> None:
    """Ctrl-C, in a terminal or of a notebook's kernel: KeyboardInterrupt comes when the report is written."""
    tell = once_some_rows_are_done(partial(signal.raise_signal, signal.SIGINT))
    with pytest.raises(KeyboardInterrupt) as raised:
        sync("leads.csv", "m.yaml", **at_keen | {"rate": 2}, on_progress=tell)
    must_have_ended_in_good_order(keen)
    (note,) = raised.value.__notes__
    assert "The run was interrupted (KeyboardInterrupt). Report: " in note


def test_a_cancelled_task_finishes_what_is_in_flight(keen: Keen, at_keen: dict[str, Any]) -> None:
    """The cancellation goes on when the report is written."""

    async def cancelled() -> bool:
        tasks: list[asyncio.Task[Result]] = []
        tell = once_some_rows_are_done(lambda: [task.cancel() for task in tasks])
        tasks.append(asyncio.create_task(sync_async("leads.csv", "m.yaml", **at_keen | {"rate": 2}, on_progress=tell)))
        await asyncio.wait(tasks)
        return tasks[0].cancelled()

    assert asyncio.run(cancelled())
    must_have_ended_in_good_order(keen)


def test_what_the_program_raises_meanwhile_goes_on_once_the_run_has_ended(keen: Keen, at_keen: dict[str, Any]) -> None:
    """Airflow raises its own exceptions from a signal handler; they are not ours to swallow."""

    def fail() -> None:
        raise LookupError("of the program")

    with pytest.raises(LookupError, match="of the program"):
        sync("leads.csv", "m.yaml", **at_keen | {"rate": 2}, on_progress=once_some_rows_are_done(fail))
    must_have_ended_in_good_order(keen)


def test_a_run_that_is_interrupted_before_it_began_leaves_nothing_behind(at_keen: dict[str, Any]) -> None:
    """There is nothing to resume, and no state folder."""

    async def cancelled() -> None:
        task = asyncio.create_task(sync_async("leads.csv", "m.yaml", **at_keen, sandbox=True))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert not Path(".leadsync").exists()


def test_a_check_can_be_interrupted(at_keen: dict[str, Any]) -> None:
    """It looks at no more rows."""
    lines = Path("leads.csv").read_text(encoding="utf-8").splitlines()
    Path("many.csv").write_text("\n".join([lines[0], *lines[1:] * 20_000]), encoding="utf-8")
    seen: list[Progress] = []

    def interrupt(progress: Progress) -> None:
        seen.append(progress)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("many.csv", "m.yaml", offline=True, on_progress=interrupt)
    assert len(seen) == 1


def test_a_check_tells_what_would_be_wrong_and_sends_nothing(keen: Keen, at_keen: dict[str, Any]) -> None:
    """With a key Keen is asked for the channel, and its refusal is an exception; offline nothing is asked."""
    Path("leads.csv").write_text(f"Id,Mail\n{lead_id(0)},nobody\n{lead_id(1)},a@example.com\n", encoding="utf-8")
    asked = {name: at_keen[name] for name in ("api_key", "base_url")}
    found = check("leads.csv", "m.yaml", **asked, report_dir="checked", report_formats=["csv"])
    assert (found.rows_read, found.sendable, found.invalid, found.exit_code) == (2, 1, 1, 1)
    assert Path("checked/results.csv").exists()
    assert not keen.updates()
    with pytest.raises(leadsync.StopRunError, match="key"):
        check("leads.csv", "m.yaml", **asked | {"api_key": "00000000-0000-4000-8000-000000000000"})
    calls = len(keen.sandbox.calls)
    assert check("leads.csv", "m.yaml", **asked, offline=True).sendable == 1
    assert len(keen.sandbox.calls) == calls


def test_a_guard_raises_nothing(at_keen: dict[str, Any]) -> None:
    """The result says why the run was stopped; `yes` agrees beforehand."""
    Path("leads.csv").write_text("Id,Mail\n", encoding="utf-8")
    stopped = sync("leads.csv", "m.yaml", **at_keen)
    assert stopped.exit_code == 3
    assert "no rows" in (stopped.summary.stopped_because or "")
    assert sync("leads.csv", "m.yaml", **at_keen, yes=True).exit_code == 0


def test_what_cannot_begin_raises_the_exceptions_of_leadsync(at_keen: dict[str, Any]) -> None:
    """Each kind has its class, and all of them one root."""
    with pytest.raises(leadsync.MappingError, match=r"none\.yaml"):
        sync("leads.csv", "none.yaml", **at_keen)
    with pytest.raises(leadsync.SourceError, match=r"none\.csv"):
        sync("none.csv", "m.yaml", **at_keen)
    with pytest.raises(leadsync.SettingsError, match="There is no API key"):
        sync("leads.csv", "m.yaml")
    for wrong in ({"rate": 0}, {"limit": 0}, {"canary": -1}, {"report_formats": "pdf"}, {"max_failures": "many"}):
        with pytest.raises(leadsync.SettingsError):
            sync("leads.csv", "m.yaml", **at_keen | wrong)
    with pytest.raises(leadsync.SettingsError, match="no source"):
        sync([], "m.yaml", **at_keen)
    with hold(Path("state")), pytest.raises(leadsync.StateHeldError):
        sync("leads.csv", "m.yaml", **at_keen, state_dir="state")
    assert issubclass(leadsync.SetupError, leadsync.LeadsyncError)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"api_key": 37001}, "api_key must be of the type str | SecretStr | None, not int."),
        ({"canary": "q"}, "canary must be of the type int, not str."),
        ({"limit": True}, "limit must be of the type int | None, not bool."),
        ({"sheet": []}, "sheet must be of the type str | int | None, not list."),
        ({"dry_run": "yes"}, "dry_run must be of the type bool, not str."),
        ({"on_progress": 3}, "on_progress must be of the type Callable[[Progress], None] | None, not int."),
        ({"timeout": float("nan")}, "--timeout cannot be used: it must be a number."),
    ],
)
def test_an_argument_of_a_wrong_type_is_one_sentence(at_keen: dict[str, Any], wrong: dict[str, Any], said: str) -> None:
    """Nothing is taken for what it is not, and no value is shown: it might be the key."""
    with pytest.raises(leadsync.SettingsError) as caught:
        sync("leads.csv", "m.yaml", **at_keen | wrong)
    assert str(caught.value) == said


def test_what_is_no_path_is_one_sentence() -> None:
    """Also where there is no run that it is an argument of."""
    with pytest.raises(leadsync.SettingsError, match=r"^source must be of the type str .*, not int\.$"):
        check(3, "m.yaml")  # type: ignore[arg-type]
    with pytest.raises(leadsync.SettingsError, match=r"^mapping must be of the type .*Mapping, not dict\.$"):
        check("leads.csv", {})  # type: ignore[arg-type]
    with pytest.raises(leadsync.SettingsError, match="path must be"):
        load_mapping(3)  # type: ignore[arg-type]


def test_arguments_go_before_the_environment_and_the_key_is_shown_nowhere(
    keen: Keen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key file of the environment gives way to a key that is given, which no repr shows."""
    monkeypatch.setenv("LEADSYNC_API_KEY_FILE", "there-is-none.key")
    monkeypatch.setenv("LEADSYNC_BASE_URL", keen.sandbox.url)
    key = SecretStr(keen.sandbox.api_key)
    result = sync("leads.csv", "m.yaml", api_key=key, rate=5000, max_failures=100, sheet=None, dry_run=True)
    assert statuses(result) == ["not_sent"] * ROWS
    order = Order("leads.csv", "m.yaml", api_key=keen.sandbox.api_key)
    settings = order.settings()
    assert keen.sandbox.api_key not in f"{order!r} {settings!r} {order.job(settings)!r} {result!r}"


def test_nothing_is_printed_and_the_log_is_the_programs(
    at_keen: dict[str, Any], capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Events have names and values, and neither keys nor lead data; they can be turned off as any logger's."""
    with caplog.at_level(logging.INFO, logger="leadsync"):
        result = sync("leads.csv", "m.yaml", **at_keen)
    ours = [record for record in caplog.records if record.name.startswith("leadsync")]
    assert [record.getMessage().split()[0] for record in ours] == ["run_started", "run_finished"]
    assert f"run='{result.run_id}'" in ours[1].getMessage()
    assert "updated=10" in ours[1].getMessage()
    assert DEMO_KEY not in caplog.text
    assert "person-" not in caplog.text
    caplog.clear()
    with caplog.at_level(logging.WARNING, logger="leadsync"):
        sync("leads.csv", "m.yaml", **at_keen)
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


def test_a_program_without_logging_hears_nothing() -> None:
    """Python would print warnings on standard error where nobody has set up logging; ours are not for there."""
    library_room.logs.settle_log()
    assert [type(handler) for handler in logging.getLogger("leadsync").handlers] == [logging.NullHandler]


def test_structlog_of_the_program_goes_on_as_before(at_keen: dict[str, Any], capfd: pytest.CaptureFixture[str]) -> None:
    """Where it was left alone its own events are printed; where it was set up, ours go the program's way."""
    sync("leads.csv", "m.yaml", **at_keen)
    structlog.get_logger("program").warning("of_the_program")
    structlog.get_logger().warning("without_a_name")
    out = capfd.readouterr().out
    assert "of_the_program" in out
    assert "without_a_name" in out
    with structlog.testing.capture_logs() as captured:
        structlog.configure(processors=structlog.get_config()["processors"])
        sync("leads.csv", "m.yaml", **at_keen)
    assert [event["event"] for event in captured] == ["run_started", "run_finished"]


def test_the_function_and_the_room_share_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was imported of the room before, `leadsync.sync` is the function, and a test can put another there."""
    assert isinstance(sys.modules["leadsync.sync"], ModuleType)
    assert leadsync.sync is sync
    assert callable(run)
    assert not iscoroutinefunction(sync)
    assert iscoroutinefunction(sync_async)
    assert [*signature(sync).parameters][:3] == ["source", "mapping", "sheet"]
    assert signature(sync).return_annotation is Result
    with monkeypatch.context() as patch:
        patch.setattr(leadsync, "sync", print)
        stand_in: object = leadsync.sync
        assert stand_in is print
    assert leadsync.sync is sync
    with pytest.raises(AttributeError, match="no attribute 'snyc'"):
        _ = leadsync.snyc  # type: ignore[attr-defined]  # likewise


def test_importing_leadsync_is_light() -> None:
    """The command line begins with it, and must not load what a run needs before it knows its command."""
    script = "import leadsync, sys; sys.exit(any(name in sys.modules for name in ('leadsync.library', 'pydantic')))"
    assert subprocess.run([sys.executable, "-c", script], env={"PYTHONPATH": str(ROOT)}, check=False).returncode == 0


def test_the_public_names_are_these() -> None:
    """The module, its types for editors, and the room behind it offer the same."""
    stub = ast.parse((ROOT / "leadsync" / "__init__.pyi").read_text(encoding="utf-8"))
    (listed,) = [ast.literal_eval(node.value) for node in stub.body if isinstance(node, ast.Assign)]
    assert listed == leadsync.__all__
    assert {*library_room.__all__, "__version__"} == {*leadsync.__all__}
    for name in leadsync.__all__:
        assert getattr(leadsync, name).__doc__
    assert {*leadsync.__all__} <= {*dir(leadsync)}
    assert (ROOT / "leadsync" / "py.typed").exists()


def test_outcomes_say_so_where_the_journal_has_gone(at_keen: dict[str, Any]) -> None:
    """The run was pruned, or its folder removed: an exception of ours, and no empty journal in its place."""
    result = sync("leads.csv", "m.yaml", **at_keen, state_dir="state")
    with Journal(Path("state") / JOURNAL) as journal:
        journal.remove([result.number])
    with pytest.raises(leadsync.StateError, match="does not know the run"):
        list(result.outcomes())
    shutil.rmtree("state")
    with pytest.raises(leadsync.StateError, match="does not know the run"):
        list(result.outcomes())
    assert not Path("state").exists()


@pytest.fixture
def crm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with the samples, and a Keen that takes every row at once."""
    for name in ("sample_data", "mappings"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.setenv("LEADSYNC_RATE", "5000")
    return tmp_path


def keen_for(mapping_file: Path) -> World:
    """Make a Keen with the channel and the properties of a mapping, and without leads."""
    mapping, world = load_mapping(mapping_file), World()
    seed_from_source(
        world,
        lead_ids=(),
        legacy_ids=(),
        channel=mapping.channel,
        definitions=[(each.target.name, each.type) for each in mapping.properties],
        unknown_share=0,
        inaccessible_share=0,
        seed=1,
    )
    return world


def test_the_task_of_the_readme_works(crm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Airflow calls the functions that it decorates; here a stand-in does. Leads that Keen does not know fail it."""
    airflow = ModuleType("airflow.sdk")
    variables = {"leadsync_api_key": DEMO_KEY}
    called_at_once = lambda **_: lambda function: function  # noqa: E731 - what both decorators do
    vars(airflow).update(dag=called_at_once, task=called_at_once, Variable=variables)
    monkeypatch.setitem(sys.modules, "airflow.sdk", airflow)
    example = EXAMPLES["task"].replace("/srv/crm", str(crm))
    with EmbeddedSandbox(keen_for(crm / "mappings" / "hubspot.yaml")) as sandbox:
        monkeypatch.setenv("LEADSYNC_BASE_URL", sandbox.url)
        with pytest.raises(RuntimeError, match=r"need a look\. Report: "):
            exec(compile(example, "README.md", "exec"), {})
    (record,) = all_runs(crm / "state")
    assert record.summary
    assert record.summary["statuses"] == {"invalid": 11, "rejected": 287, "skipped": 2}


def test_the_notebook_of_the_readme_works(
    crm: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cells may await."""
    code = compile(EXAMPLES["notebook"], "README.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    names: dict[str, Any] = {}
    with EmbeddedSandbox(keen_for(crm / "mappings" / "hubspot.yaml")) as sandbox:
        monkeypatch.setenv("LEADSYNC_BASE_URL", sandbox.url)
        monkeypatch.setenv("LEADSYNC_API_KEY", DEMO_KEY)
        asyncio.run(eval(code, names))
    frame = names["pd"].DataFrame(names["result"].outcomes())
    assert len(frame) == 5
    assert {"position", "status", "code", "message", "cell"} <= {*frame.columns}
    printed = capsys.readouterr().out
    assert "invalid_email" in printed
    assert "Progress(" in printed


def test_the_test_of_the_readme_passes(crm: Path) -> None:
    """Without a key and without a network."""
    names: dict[str, Any] = {}
    exec(compile(EXAMPLES["test"], "README.md", "exec"), names)
    names["test_the_export_fits_the_mapping"](crm / "state")
