"""The command line as a process that is killed, from outside or at a point, and what it leaves on the disk."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Self

from conftest import ROOT
from kill.seen import FINAL, Run, Session

from leadsync.sandbox import EmbeddedSandbox

RANDOM = "random"
"""Killed from outside when so many calls have arrived."""
MOMENT = "moment"
"""The same in a fork, which costs a fifth: killed some milliseconds after so many answers."""
EARLY = "early"
"""Killed within the first second or so, wherever it is then."""
_TOO_LONG = 120.0
"""Seconds for one process."""


class Mother:
    """The process whose forks are killed at named points (see `dying`)."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", Path(__file__).with_name("dying.py")],
            env=os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, **order: Any) -> int:
        """Run the command line in a fork; give its exit code."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        code = self._process.stdout.readline()
        assert code, "The process of tests/kill/dying.py has died: it tells why on standard error."
        return int(code)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._process.communicate(timeout=_TOO_LONG)


class Killable:
    """Starts the command line for a run, kills it, and looks at what it leaves."""

    def __init__(
        self, run: Run, sources: Sequence[Path], sandbox: EmbeddedSandbox, mother: Mother, random: Random
    ) -> None:
        self._run = run
        self._sources = sources
        self._sandbox = sandbox
        self._mother = mother
        self._random = random
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LEADSYNC_")}
        self._environment = kept | {
            "LEADSYNC_API_KEY": sandbox.api_key,
            "LEADSYNC_BASE_URL": sandbox.url,
            "LEADSYNC_STATE_DIR": str(run.state_dir),
            "LEADSYNC_RATE": "5000",
            "LEADSYNC_REPORT_FORMATS": "csv,json",
            "LEADSYNC_CONCURRENCY": str(run.scenario.concurrency),
            "LEADSYNC_BACKOFF": "0.001",
            "PYTHONPATH": str(ROOT),
        }

    def run(self, kill: str, share: float) -> Session:
        """Run one process until it is killed, or ends; the kill lets about such a share of the open rows pass."""
        last = self._run.sessions[-1] if self._run.sessions else None
        command = "resume" if last and last.has_begun else "sync"
        answered = sum(status in FINAL for status in last.statuses.values()) if last else 0
        rows = max(1, int(share * (len(self._run.lines) - answered)))
        is_piped = command == "sync" and self._run.scenario.is_piped
        arguments = self._sync_arguments() if command == "sync" else ["resume"]
        output = self._run.folder / f"{len(self._run.sessions)}.output"
        output.touch()
        files = [str(self._sources[0]) if is_piped else os.devnull, str(output), str(output)]
        if kill in (RANDOM, EARLY):
            code = self._kill_from_outside(arguments, files, kill, rows)
        else:
            code = self._mother.run(
                arguments=arguments,
                files=files,
                environment=self._environment,
                folder=str(self._run.folder),
                point=kill,
                times=self._times(kill, rows),
                delay=self._random.uniform(0, 0.02 if kill == MOMENT else 0.004),
            )
        return self._session(command, kill, code, output.read_text(encoding="utf-8", errors="replace"))

    def _sync_arguments(self) -> list[str]:
        scenario, folder = self._run.scenario, self._run.folder
        sources = ["-"] if scenario.is_piped else [str(source) for source in self._sources]
        report = ["--report-dir", str(folder / "report")] if scenario.has_report_dir else []
        return ["sync", *sources, "--mapping", str(folder / "mapping.yaml"), *report]

    def _times(self, kill: str, rows: int) -> int:
        """Tell at which time a point kills, so that it lets about so many rows pass."""
        if "commit" in kill:
            return max(1, rows // self._run.scenario.concurrency)
        if kill in ("answered", MOMENT):
            return rows
        most = {"results": len(self._run.lines), "rename": 3 if self._run.scenario.is_piped else 2, "after look-up": 9}
        return self._random.randint(1, most.get(kill, 1))

    def _kill_from_outside(self, arguments: Sequence[str], files: Sequence[str], kill: str, rows: int) -> int:
        """Kill `python -m leadsync` within its first second, or when some calls have arrived."""
        aim = self._sandbox.stats.calls + rows
        seconds = self._random.uniform(0, 1.5) if kill == EARLY else _TOO_LONG
        with _process(arguments, files, self._environment, self._run.folder) as process:
            end = time.monotonic() + seconds
            while process.poll() is None and time.monotonic() < end and self._sandbox.stats.calls < aim:
                time.sleep(0.001)
            process.kill()
        return process.returncode

    def _session(self, command: str, kill: str, code: int, said: str) -> Session:
        """Look at the disk as the next process will find it."""
        undo = self._run.state_dir / "journal.sqlite-journal"
        is_hot = undo.exists() and undo.stat().st_size > 0
        integrity, summaries, statuses = self._journaled()
        return Session(
            command=command,
            kill=kill,
            exit_code=code,
            statuses=statuses,
            has_begun=bool(summaries),
            has_finished=any(summaries),
            had_hot_journal=is_hot,
            integrity=integrity,
            report_is_whole=self._run.report_is_whole(),
            said=said[-300:],
        )

    def _journaled(self) -> tuple[str, list[str | None], Mapping[int, str]]:
        """Read a copy of the journal, so that the next process finds it untouched: what has to be undone included."""
        journal = self._run.state_dir / "journal.sqlite"
        if not journal.exists():
            return "ok", [], {}
        with TemporaryDirectory() as folder:
            for file in journal.parent.glob(f"{journal.name}*"):
                shutil.copy(file, folder)
            with closing(sqlite3.connect(Path(folder) / journal.name)) as database:
                (integrity,) = database.execute("PRAGMA integrity_check").fetchone()
                if not database.execute("PRAGMA user_version").fetchone()[0]:
                    return integrity, [], {}
                summaries = [summary for (summary,) in database.execute("SELECT summary FROM runs")]
                return integrity, summaries, dict(database.execute("SELECT position, status FROM outcomes"))


@contextmanager
def _process(
    arguments: Sequence[str], files: Sequence[str], environment: Mapping[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    with (
        Path(files[0]).open("rb") as stdin,
        Path(files[1]).open("ab") as output,
        subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "leadsync", *arguments],
            cwd=folder,
            env=environment,
            stdin=stdin,
            stdout=output,
            stderr=output,
        ) as process,
    ):
        yield process
