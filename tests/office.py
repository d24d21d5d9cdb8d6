"""A sandbox, a folder with mappings and sources, and whatever commands do with them, all in this process."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import CHANNEL, Keen, lead_id, read_report
from pydantic import SecretStr
from syncing import sync

from leadsync.sandbox import DEMO_KEY
from leadsync.sync.job import Control, Inputs, Job, RunResult, SourceFile
from leadsync.sync.plan_feed import PlanFeed
from leadsync.sync.planning import PlanResult
from leadsync.sync.planning import plan as make_plan
from leadsync.sync.prepare import prepare
from leadsync.sync.resume import find_run, head_of, inputs_of, past_of, past_of_plan
from leadsync.sync.run import run
from leadsync.sync.source_feed import SourceFeed
from leadsync.sync.undo import begin_undo, run_to_undo


@dataclass
class Office:
    """Syncs, plans, applies and undoes against the sandbox of the `keen` fixture."""

    keen: Keen
    folder: Path
    key: str = DEMO_KEY
    told: int = 0
    """Updates that `sent` has given."""

    @property
    def state(self) -> Path:
        """Give the state folder."""
        return self.folder / "state"

    def mapping(self, fields: str, more: str = "", *, lead: str = "id: Id") -> None:
        """Write the mapping."""
        text = f"version: 1\nchannel: {CHANNEL}\nlead: {{{lead}}}\nfields: {fields}\n{more}\n"
        (self.folder / "m.yaml").write_text(text, encoding="utf-8")

    def source(self, header: str, rows: list[str], name: str = "leads.csv", leads: list[int] | None = None) -> Path:
        """Write a source whose first column is the lead's: one of the ten leads for each row in turn, or as given."""
        numbers = leads if leads is not None else [n % 10 for n in range(len(rows))]
        lines = [f"Id,{header}", *(f"{lead_id(n)},{row}" for n, row in zip(numbers, rows, strict=True)), ""]
        path = self.folder / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def sync(self, *sources: Path, control: Control | None = None, **job: Any) -> RunResult:
        """Sync sources."""
        with prepare(self._inputs(sources, job.pop("limit", None))) as work:
            return asyncio.run(sync(work, self.job(**job), control or Control()))

    def resume(self, *, accept_changes: bool = False, run_id: str | None = None, **job: Any) -> RunResult:
        """Go on with the last run, or with one of that id."""
        record = find_run(self.state, run_id)
        head = head_of(record)
        if head.carries_out_a_plan:
            feed, past = past_of_plan(record, self.job(keeps_before=True, **job))
            return asyncio.run(run(feed, self.job(keeps_before=True, **job), Control(), past))
        with prepare(inputs_of(head, self.state)) as work:
            given = self.job(keeps_before=head.keeps_before, **job)
            assert given.company
            url, key_print = given.company
            past = past_of(record, work, url, accept_changes=accept_changes, key_print=key_print)
            return asyncio.run(sync(work, given, Control(), past))

    def plan(self, *sources: Path, control: Control | None = None, **job: Any) -> PlanResult:
        """Make a plan."""
        with prepare(self._inputs(sources)) as work:
            return asyncio.run(make_plan(SourceFeed(work), self.job(**job), control or Control()))

    def apply(self, plan: Path, *, control: Control | None = None, **job: Any) -> RunResult:
        """Carry out a plan."""
        feed = PlanFeed(plan)
        given = self.job(keeps_before=True, **job)
        feed.must_be_for(given)
        return asyncio.run(run(feed, given, control or Control()))

    def undo(self, done: RunResult, **job: Any) -> RunResult:
        """Undo a run, without asking."""
        given = self.job(keeps_before=True, **job)
        with begin_undo(run_to_undo(self.state, done.summary.run_id), given) as (path, ready):
            asyncio.run(make_plan(PlanFeed(path), self.job(), Control(), keeps_plan=False))
            return asyncio.run(run(PlanFeed(path), ready, Control()))

    def job(self, *, agreed: bool = True, rate: float = 10_000.0, tries: int = 5, url: str = "", **more: Any) -> Job:
        """Give the way a run is done; agreed to, as most tests are not about guards."""
        address = {"base_url": url} if url else {}
        options = self.keen.options(api_key=SecretStr(self.key), rate=rate, tries=tries, **address)
        return Job(self.state, options, agreed=agreed, **more)

    def results(self, result: RunResult) -> list[tuple[str, str]]:
        """Give status and code of each row."""
        return [(row["leadsync_status"], row["leadsync_code"]) for row in self.report(result)]

    def report(self, result: RunResult) -> list[dict[str, str]]:
        """Read results.csv."""
        return read_report(result.report_dir / "results.csv")

    def sent(self) -> list[dict[str, Any]]:
        """Give what was sent since this was last asked, without the action: the bodies of the updates, in order."""
        bodies = [{key: value for key, value in body.items() if key != "action"} for body in self.keen.updates()]
        first, self.told = self.told, len(bodies)
        return bodies[first:]

    def held(self, number: int) -> dict[str, str]:
        """Give what Keen holds of a lead, properties by name."""
        lead = self.keen.world.lead(lead_id(number))
        assert lead
        names = {found: name for name, found in self.keen.property_ids.items()}
        return {**lead.fields, **{names[key]: value for key, value in lead.properties.items()}}

    def edit(self, number: int, **fields: str) -> None:
        """Change standard fields of a lead in Keen, as a person does."""
        lead = self.keen.world.lead(lead_id(number))
        assert lead
        lead.fields = {**lead.fields, **fields}

    def _inputs(self, sources: tuple[Path, ...], limit: int | None = None) -> Inputs:
        return Inputs([SourceFile(str(source)) for source in sources], self.folder / "m.yaml", limit=limit)
