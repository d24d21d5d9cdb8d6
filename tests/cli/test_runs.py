"""`leadsync runs` and `leadsync runs prune`: what the state folder knows, and how it forgets."""

import json
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from conftest import Ended, Keen, lead_id
from warm.client import Running

from leadsync.journal import Journal, RunHead, SourceHead, Usage
from leadsync.sandbox import Faults

NOW = datetime.now(UTC)
FINE = {"statuses": {"updated": 2, "skipped": 1}, "exit_code": 0, "stopped_because": None}
STOPPED = {"statuses": {"updated": 2, "not_sent": 1}, "exit_code": 3, "stopped_because": "Keen was down."}


def begun(state: Path, run_id: str, days_ago: int, summary: dict[str, Any] | None, **changes: Any) -> None:
    """Put a run of some days ago into the state folder: its record, its report, a copy of what came by a pipe."""
    report, copy = state / "runs" / run_id, state / "inputs" / f"{run_id}-1.csv"
    for folder in (report, copy.parent):
        folder.mkdir(parents=True, exist_ok=True)
    (report / "results.csv").write_text("a report")
    copy.write_text("a copy")
    began = (NOW - timedelta(days=days_ago)).isoformat(timespec="seconds").replace("+00:00", "Z")
    head = RunHead(
        run_id, began, (SourceHead("-", str(copy), "", True),), "m.yaml", "/srv/m.yaml", "", "https://example.com",
        str(report), **changes,
    )  # fmt: skip
    with Journal(state / "journal.sqlite") as journal:
        number = journal.begin(head)
        if summary:
            journal.finish(number, json.dumps(summary | {"run_id": run_id, "finished_at": began}).encode(), Usage())


def test_runs_are_listed_with_how_they_ended(leadsync: Callable[..., Ended], tmp_path: Path) -> None:
    """The last one last; one can see which may be resumed, and `--json` tells a program the same."""
    state = tmp_path / "state"
    nothing = leadsync("runs")
    assert (nothing.code, nothing.err) == (0, "")
    assert nothing.out == "There is no run here yet; --state-dir names another folder.\n"
    assert not state.exists()  # to look makes no folder
    begun(state, "20261101-000000-aaaa", 9, FINE)
    begun(state, "20261102-000000-bbbb", 8, STOPPED)
    begun(state, "20261103-000000-cccc", 7, None)
    begun(state, "20261104-000000-dddd", 6, {**STOPPED, "exit_code": 0, "dry_run": True}, dry_run=True)
    listed = leadsync("runs")
    assert (listed.code, listed.err) == (0, "")
    told = " ".join(listed.out.split())
    assert told.index("aaaa") < told.index("bbbb") < told.index("cccc") < told.index("dddd")
    assert "exit 0: 2 updated, 1 skipped" in told
    assert max(map(len, listed.out.splitlines())) <= 80
    assert listed.out.count("resumed") == 2
    assert "trial run" in told
    as_json = leadsync("runs", "--json")
    runs = as_json.json
    assert [run["run_id"][-4:] for run in runs] == ["aaaa", "bbbb", "cccc", "dddd"]
    assert [run["can_be_resumed"] for run in runs] == [False, True, True, False]
    assert [run["exit_code"] for run in runs] == [0, 3, None, 0]
    assert [run["statuses"] for run in runs[:3]] == [FINE["statuses"], STOPPED["statuses"], None]
    assert (runs[1]["source"], runs[1]["mapping"], runs[1]["stopped_because"]) == ("-", "m.yaml", "Keen was down.")
    assert [run["dry_run"] for run in runs] == [False, False, False, True]


def test_old_runs_are_forgotten_with_all_that_was_kept_of_them(leadsync: Callable[..., Ended], tmp_path: Path) -> None:
    """Their reports and the copies of what they read; younger runs stay. A wrong age forgets nothing."""
    state = tmp_path / "state"
    begun(state, "old-stopped", 91, STOPPED)
    begun(state, "old-killed", 91, None)
    begun(state, "young", 89, FINE)
    refused = leadsync("runs", "prune", "--older-than", "ninety days")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "--older-than ninety days is no age: write a number and h, d or w, such as 90d.\n"
    assert len(list((state / "runs").iterdir())) == 3
    pruned = leadsync("runs", "prune", "--older-than", "90d")
    assert (pruned.code, pruned.err) == (0, "")
    assert pruned.out.startswith("2 runs forgotten")
    assert [path.name for path in (state / "runs").iterdir()] == ["young"]
    assert [path.name for path in (state / "inputs").iterdir()] == ["young-1.csv"]
    with Journal(state / "journal.sqlite") as journal:
        assert [run.id for run in journal.runs()] == ["young"]


def test_while_a_run_goes_on_nobody_resumes_it_or_takes_it_away(
    at_keen: Callable[..., Ended], keen: Keen, start: Callable[..., Running], tmp_path: Path
) -> None:
    """Exit 4 with who holds the folder and since when; to look is allowed. The run does not notice."""
    (tmp_path / "m.yaml").write_text("version: 1\nlead: {id: Id}\nfields: {first_name: Name}\n", encoding="utf-8")
    rows = [f"{lead_id(n % 10)},N{n}" for n in range(60)]
    (tmp_path / "leads.csv").write_text("\n".join(["Id,Name", *rows, ""]), encoding="utf-8")
    keen.sandbox.faults = Faults(latency=0.2)
    given = {"LEADSYNC_API_KEY": keen.sandbox.api_key, "LEADSYNC_BASE_URL": keen.sandbox.url, "LEADSYNC_RATE": "2"}
    process = start("sync", "leads.csv", "-m", "m.yaml", "--json", **given)
    try:
        until = time.monotonic() + 60
        while keen.sandbox.stats.calls < 2:
            assert time.monotonic() < until
            time.sleep(0.005)
        for command in (("resume",), ("runs", "prune", "--older-than", "0h")):
            held = at_keen(*command)
            assert (held.code, held.out) == (4, "")
            assert f"(process {process.pid}, since 20" in held.err
        (run,) = at_keen("runs", "--json").json
        assert (run["exit_code"], run["statuses"]) == (None, None)
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate()
    finally:
        process.kill()
        process.wait()
    summary = json.loads(out)
    assert (process.returncode, summary["exit_code"], summary["run_id"]) == (143, 143, run["run_id"])
