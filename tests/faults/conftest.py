"""A Keen to be broken, runs against it, and what is true of every run, however Keen breaks."""

import asyncio
import csv
import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import orjson
import pytest
from conftest import (  # type: ignore[attr-defined]  # mypy takes this file for the one of that name above it
    CHANNEL,
    lead_id,
    read_report,
)
from pydantic import SecretStr
from syncing import sync
from warm.client import Mother

from leadsync.keen.options import ClientOptions
from leadsync.sandbox import DEMO_KEY, Call, EmbeddedSandbox, World
from leadsync.sync.job import Control, Inputs, Job, SourceFile
from leadsync.sync.prepare import prepare

SETTINGS: Mapping[str, Any] = {
    "rate": 5000.0,
    "concurrency": 8,
    "tries": 5,
    "timeout": 5.0,
    "connect_timeout": 1.0,
    "backoff": 0.001,
    "patience": 30.0,
}
"""Of every run, unless it says otherwise; by the names of ClientOptions."""


@dataclass(frozen=True)
class Ran:
    """A run that has ended."""

    exit_code: int
    summary: Mapping[str, Any]
    rows: list[dict[str, str]]
    """The lines of results.csv."""

    @property
    def statuses(self) -> Counter[tuple[str, str]]:
        """Count the rows by status and code."""
        return Counter((row["leadsync_status"], row["leadsync_code"]) for row in self.rows)

    @property
    def told(self) -> str:
        """Say what became of the run."""
        return f"exit {self.exit_code}, {dict(self.statuses)}, stopped because: {self.summary['stopped_because']}"


@dataclass(frozen=True)
class Bench:
    """A folder with a source of so many rows and its mapping, and a sandbox with the leads, not yet served."""

    folder: Path
    sandbox: EmbeddedSandbox
    count: int
    settings: Mapping[str, Any]

    @property
    def updates(self) -> list[Call]:
        """Give the updates that arrived."""
        return [call for call in self.sandbox.calls if call.action == "update_lead"]

    def run(self, url: str = "") -> Ran:
        """Do a run in this process."""
        options = ClientOptions(
            api_key=SecretStr(DEMO_KEY), base_url=url or self.sandbox.url, **{**SETTINGS, **self.settings}
        )
        inputs = Inputs((SourceFile(str(self.folder / "leads.csv")),), self.folder / "m.yaml")
        job = Job(self.folder / "state", options, self.folder / "report")
        with prepare(inputs) as work:
            result = asyncio.run(sync(work, job, Control()))
        return self._ran(result.summary.exit_code)

    def run_process(self, mother: Mother, url: str = "") -> Ran:
        """Do a run by the command line, in a process of its own."""
        given = {f"LEADSYNC_{name.upper()}": str(value) for name, value in {**SETTINGS, **self.settings}.items()}
        where = {"LEADSYNC_API_KEY": DEMO_KEY, "LEADSYNC_BASE_URL": url or self.sandbox.url}
        command = "sync leads.csv --mapping m.yaml --json --state-dir state --report-dir report"
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("LEADSYNC_") and not name.upper().endswith("_PROXY")
        }
        process = mother.start(*command.split(), folder=self.folder, environment=kept | given | where)
        out, err = process.communicate()
        exit_code, said = process.wait(), err.decode()
        assert "Traceback" not in said, said
        assert (self.folder / "report" / "summary.json").exists(), f"exit {exit_code} without a report: {said}"
        ran = self._ran(exit_code)
        assert orjson.loads(out) == ran.summary
        return ran

    def _ran(self, exit_code: int) -> Ran:
        report = self.folder / "report"
        return Ran(exit_code, orjson.loads((report / "summary.json").read_bytes()), read_report(report / "results.csv"))

    def check_what_is_always_true(self, ran: Ran) -> None:
        """Hold a report against the sandbox's own record (DESIGN, invariants 1, 2 and 5)."""
        assert [row["Lead"] for row in ran.rows] == [lead_id(number) for number in range(self.count)]
        assert ran.summary["unaccounted"] == 0
        assert sum(ran.summary["statuses"].values()) == ran.summary["rows_read"] == self.count
        assert ran.exit_code == ran.summary["exit_code"]
        applied = {call.lead_id for call in self.updates if call.applied}
        arrived = Counter(call.lead_id for call in self.updates)
        for row in ran.rows:
            lead, status, code = row["Lead"], row["leadsync_status"], row["leadsync_code"]
            if status == "updated":
                assert self._holds(row), f"{lead} is {status}, but Keen does not hold its values"
            elif status in ("failed", "not_sent"):
                assert lead not in applied, f"{lead} is {status}, but the update was applied"
            elif code == "not_stored_as_sent":
                assert lead in applied, f"{lead} was not even applied"
                assert not self._holds(row), f"{lead} is {code}, but Keen holds its values"
            elif status == "unknown":
                assert arrived[lead], f"{lead} is {status}, but was never sent"
            assert int(row["leadsync_attempts"]) >= arrived[lead], f"{lead} was tried more often than is told"
        assert self.sandbox.stats.max_in_flight <= SETTINGS["concurrency"]
        assert self.sandbox.stats.unknown_fields == 0
        assert ran.summary["requests"] >= self.sandbox.stats.calls

    def _holds(self, row: Mapping[str, str]) -> bool:
        lead = self.sandbox.world.lead(row["Lead"])
        assert lead
        return lead.fields["first_name"] == row["First name"] and [*lead.properties.values()] == [row["Tier"]]


@pytest.fixture(scope="module")
def make_bench(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Bench]:
    """Give a way to make a bench with so many rows, and with settings of its own; from any thread."""
    parent, numbers = tmp_path_factory.mktemp("runs"), count()

    def make(rows: int, settings: Mapping[str, Any] | None = None) -> Bench:
        folder = parent / str(next(numbers))
        folder.mkdir()
        world = World()
        channel = world.add_channel(CHANNEL, creator=world.add_company("Acme", key=DEMO_KEY))
        tier = world.add_definition(channel, "Tier").id
        for number in range(rows):
            world.add_lead(channel, lead_id=lead_id(number), fields={"first_name": "Old"}, properties={tier: "Old"})
        with (folder / "leads.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["Lead", "First name", "Tier"])
            writer.writerows([lead_id(number), f"New {number}", f"Gold {number}"] for number in range(rows))
        mapping = f"version: 1\nchannel: {CHANNEL}\nlead: {{id: Lead}}\n"
        mapping += "fields:\n  first_name: First name\nproperties:\n  Tier: Tier\n"
        (folder / "m.yaml").write_text(mapping, encoding="utf-8")
        return Bench(folder, EmbeddedSandbox(world), rows, settings or {})

    return make
