"""Every command of the README works as it stands there."""

import ast
import csv
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT
from listening import Listener, listening
from ruamel.yaml import YAML
from warm.client import SHELL, Mother

from leadsync.cli.main import app
from leadsync.codes import Code
from leadsync.journal import hold
from leadsync.mapping import load_mapping
from leadsync.mapping.checks import UUID_FORM
from leadsync.records import Status
from leadsync.sandbox import DEMO_KEY, EmbeddedSandbox, World, seed_from_source
from leadsync.settings import Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sh[^\n]*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
NIGHTLY = dict(
    re.findall(r"^```(env|cron|ini \S+|yaml workflow|python airflow)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
)
"""How the nightly sync is set up, by language and name of each block."""
MAIN_JOB = "leadsync sync sample_data/hubspot_contacts.csv --mapping mappings/hubspot.yaml"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder to write down which commands were started."""
    return tmp_path_factory.mktemp("started")


@pytest.fixture
def shell_environment(tmp_path: Path, started: Path, mother: Mother) -> dict[str, str]:
    """Give a folder like a checkout's, a `leadsync` on the path, and no setting of leadsync's.

    Each command is started by an interpreter of its own once; after that, by one that has loaded leadsync already.
    """
    for name in ("sample_data", "mappings"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    command = tmp_path / ".venv" / "bin" / "leadsync"
    command.write_text(
        f'#!/bin/sh\nif mkdir "{started}/$1" 2> /dev/null\nthen exec {sys.executable} -m leadsync "$@"\n'
        f'else exec {sys.executable} -IS {SHELL} {mother.place} "$@"\nfi\n',
        encoding="utf-8",
    )
    command.chmod(0o700)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEADSYNC_")}
    return kept | {"PATH": f"{tmp_path / '.venv' / 'bin'}:{kept['PATH']}", "PYTHONPATH": str(ROOT)}


def keen_for_hubspot(*, with_leads: bool = False) -> World:
    """Make a Keen that knows what mappings/hubspot.yaml names, and the leads of the sample or none of them."""
    mapping = load_mapping(ROOT / "mappings" / "hubspot.yaml")
    with (ROOT / "sample_data" / "hubspot_contacts.csv").open(encoding="utf-8-sig", newline="") as file:
        leads = dict.fromkeys(row["Keen Lead ID"].strip().lower() for row in csv.DictReader(file))
    known = [lead for lead in leads if UUID_FORM.fullmatch(lead)] if with_leads else []
    world = World()
    seed_from_source(
        world,
        lead_ids=known,
        legacy_ids=(),
        channel=mapping.channel,
        definitions=[(field.target.name, field.type) for field in mapping.properties],
        unknown_share=0,
        inaccessible_share=0,
        seed=1,
    )
    return world


def run(script: str, folder: Path, environment: dict[str, str]) -> int:
    """Run lines as a shell does; give the exit code of the last."""
    return subprocess.run(
        ["sh", "-c", script], cwd=folder, env=environment, stdin=subprocess.DEVNULL, timeout=120, check=False
    ).returncode


@pytest.mark.parametrize(
    ("kind", "script"),
    [block for block in BLOCKS if not block[0].endswith(("setup", "serve"))],
    ids=lambda text: text.splitlines()[0][:40],
)
def test_the_commands_of_the_readme_work(
    kind: str, script: str, tmp_path: Path, shell_environment: dict[str, str]
) -> None:
    """Each block is run in a shell; one that is to exit with 1 says so."""
    expected = 1 if "exit 1" in kind else 0
    with EmbeddedSandbox(keen_for_hubspot(with_leads="leads" in kind)) as sandbox:
        if any(word in kind for word in ("keen", "resume", "leads")):
            (tmp_path / "keen.key").write_text(DEMO_KEY + "\n", encoding="utf-8")
            shell_environment |= {"LEADSYNC_BASE_URL": sandbox.url, "LEADSYNC_RATE": "1000"}
            if "API_KEY_FILE" not in script:
                shell_environment["LEADSYNC_API_KEY_FILE"] = "keen.key"
        if "resume" in kind:
            assert run(f"{MAIN_JOB} --max-failures 0 --yes", tmp_path, shell_environment) == 3
        if "leads" in kind:
            run(f"{MAIN_JOB} --limit 1", tmp_path, shell_environment)
        assert run(script.replace("--rate 20", "--rate 1000"), tmp_path, shell_environment) == expected


@dataclass
class Night:
    """A machine with the folder that the README sets up, a Keen, and somebody who is told."""

    folder: Path
    environment: dict[str, str]
    listener: Listener

    def local(self, text: str) -> str:
        """Give a text of the README with this machine's folders in it."""
        return text.replace("/srv/crm", str(self.folder)).replace(
            "/var/lib/node_exporter", str(self.folder / "metrics")
        )

    def run(self, command: list[str], folder: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command, as what starts it at night does."""
        return subprocess.run(
            command, cwd=folder, env=self.environment | more, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip

    def must_be_told(self, log: str) -> None:
        """See that all was done that the set-ups promise: state, metrics, a log of JSON lines, and a message."""
        assert (self.folder / "state" / "journal.sqlite").exists()
        assert "leadsync_run_exit_code 1.0" in (self.folder / "metrics" / "leadsync.prom").read_text()
        events = [json.loads(line)["event"] for line in log.splitlines()]
        assert events[0] == "run_started"
        assert events[-2:] == ["run_finished", "run_needs_a_look"]
        (heard,) = self.listener.heard
        assert heard["title"] == "leadsync sync: exit 1, mappings/hubspot.yaml"
        assert str(self.folder / "state" / "runs") in heard["message"]


@pytest.fixture
def night(tmp_path: Path, shell_environment: dict[str, str]) -> Iterator[Night]:
    """Set up the folder as the README says; only that Keen and whoever is told are on this machine."""
    (tmp_path / "keen.key").write_text(DEMO_KEY + "\n", encoding="utf-8")
    (tmp_path / "metrics").mkdir()
    with EmbeddedSandbox(keen_for_hubspot(with_leads=True)) as sandbox, listening() as listener:
        here = {"LEADSYNC_BASE_URL": sandbox.url, "LEADSYNC_RATE": "1000", "LEADSYNC_NOTIFY": listener.url}
        night = Night(tmp_path, shell_environment | here, listener)
        (tmp_path / ".env").write_text(night.local(NIGHTLY["env"]), encoding="utf-8")
        yield night


def test_the_nightly_line_works_as_cron_runs_it(night: Night) -> None:
    """The line without its five fields, in the shell that cron uses; what is printed would be mailed."""
    fields = night.local(NIGHTLY["cron"]).strip().split(maxsplit=5)
    assert "%" not in fields[5]  # cron takes it for the end of the line
    ended = night.run(["sh", "-c", fields[5]])
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "leadsync exited with 1\n", "")
    night.must_be_told((night.folder / "leadsync.log").read_text())


def test_the_nightly_units_work_as_systemd_runs_them(night: Night) -> None:
    """Both are units that systemd knows, and the command is run without a shell in the folder of the unit."""
    units = {name: night.local(NIGHTLY[f"ini {name}"]) for name in ("leadsync.service", "leadsync.timer")}
    for name, text in units.items():
        (night.folder / name).write_text(text, encoding="utf-8")
    if shutil.which("systemd-analyze"):
        found = night.run(["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *units], night.folder)
        assert (found.returncode, found.stderr) == (0, "")
    service = ConfigParser(interpolation=None)
    service.read_string(units["leadsync.service"])
    ended = night.run(shlex.split(service["Service"]["ExecStart"]), Path(service["Service"]["WorkingDirectory"]))
    assert ended.returncode == 1
    night.must_be_told(ended.stderr)


def test_the_nightly_workflow_works_as_a_runner_runs_it(night: Night) -> None:
    """Each step by `bash -e`, in its folder and with the job's environment, secrets filled in."""
    workflow = YAML(typ="safe").load(NIGHTLY["yaml workflow"])
    assert set(workflow["on"]) == {"schedule", "workflow_dispatch"}
    (job,) = workflow["jobs"].values()
    secrets = {f"${{{{ secrets.{name} }}}}": value for name, value in night.environment.items()}
    (step,) = job["steps"]
    filled = {name: secrets[value] for name, value in job["env"].items()}
    ended = night.run(["bash", "-e", "-c", step["run"]], Path(night.local(step["working-directory"])), **filled)
    assert ended.returncode == 1
    night.must_be_told(ended.stderr)


def test_the_nightly_task_works_as_airflow_runs_it(night: Night) -> None:
    """Its bash_command by bash, in its folder; where another run holds the state folder, the task is skipped."""
    tree = ast.parse(NIGHTLY["python airflow"])
    (call,) = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and "Bash" in ast.unparse(node.func)]
    task = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    command, folder = ["bash", "-c", task["bash_command"]], Path(night.local(task["cwd"]))
    ended = night.run(command, folder)
    assert ended.returncode == 1
    night.must_be_told(ended.stderr)
    with hold(night.folder / "state"):
        assert night.run(command, folder).returncode == task["skip_on_exit_code"]


def test_the_emulator_serves_until_it_is_told_to_end(tmp_path: Path, shell_environment: dict[str, str]) -> None:
    """It says where it listens, and ends in good order."""
    (script,) = [script for kind, script in BLOCKS if kind.endswith("serve")]
    process = subprocess.Popen(
        ["sh", "-c", "exec " + script.strip() + " --port 0"],
        cwd=tmp_path,
        env=shell_environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    said = list(iter(process.stdout.readline, "Ctrl-C ends it.\n"))
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert "listens at http://127.0.0.1:" in said[0]
    assert "LEADSYNC_BASE_URL" in said[-1]
    assert process.returncode == 0


def test_the_readme_opens_with_two_commands_of_one_line() -> None:
    """The first runs the main job on the sample data, the second the tests."""
    first, second = [script for kind, script in BLOCKS if kind.endswith("setup")]
    assert README.index(first) < README.index(second) < README.index("## ")
    for script in (first, second):
        assert script.count("\n") == 1
        assert script.startswith("python3 -m venv .venv && ")
    assert "sample_data/" in first
    assert "--sandbox" in first
    assert second.endswith("-m pytest\n")


def test_the_readme_names_every_command() -> None:
    """A command that the README forgets is a command that nobody finds."""
    for command in (*app.registered_commands, *app.registered_groups):
        assert f"leadsync {command.name}" in README


def test_the_readme_names_every_status_and_only_codes_that_exist() -> None:
    """Its table of statuses is whole, and its examples are real."""
    for status in Status:
        assert f"| `{status}` |" in README
    for code in re.findall(r"leadsync explain (\w+)", README):
        assert code in list(Code)


def test_every_setting_is_in_the_table() -> None:
    """With the option of the same name where a command has one."""
    for name in Settings.model_fields:
        assert f"| `LEADSYNC_{name.upper()}` |" in README, name
