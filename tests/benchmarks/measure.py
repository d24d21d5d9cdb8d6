"""Running processes and measuring them: wall time, peak memory, medians of alternating runs."""

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# On macOS ru_maxrss is in bytes, elsewhere in kilobytes.
MAXRSS_PER_MB = 1024 * 1024 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Sample:
    """One whole process: seconds of wall time, peak memory in MB."""

    seconds: float
    peak_mb: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what was measured, its figures, and the ratio against what it aims at."""

    name: str
    ours: str
    against: str
    ratio: str
    aim: str = "for the record"


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Sample:
    """Run a command to its end; where it fails, stop the benchmarks with what it said."""
    with tempfile.TemporaryFile() as output:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | dict(environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace")[-2000:]
            sys.exit(f"{' '.join(command)}\nended with {process.returncode}:\n{said}")
    return Sample(seconds, usage.ru_maxrss / MAXRSS_PER_MB)


def run_until(command: Sequence[str], made: Path, environment: Mapping[str, str]) -> Sample:
    """Run a command until a file is made, then end it; give the time until then."""
    begun = time.time()
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | dict(environment), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    while not made.exists() and process.poll() is None:
        time.sleep(0.05)
    process.kill()
    process.wait()
    if not made.exists():
        sys.exit(f"{' '.join(command)}\nended with {process.returncode}")
    return Sample(made.stat().st_mtime - begun)


def alternate(times: int, *runs: Callable[[], Sample]) -> list[list[Sample]]:
    """Run A B A B …, so that a slow minute of the machine falls on all of them; give the samples of each."""
    samples: list[list[Sample]] = [[] for _ in runs]
    for _ in range(times):
        for one, kept in zip(runs, samples, strict=True):
            kept.append(one())
    return samples


def median(samples: Sequence[Sample]) -> float:
    """Give the median of the seconds."""
    return statistics.median(sample.seconds for sample in samples)


def less(samples: Sequence[Sample], seconds: float) -> list[Sample]:
    """Give the samples without a fixed time, such as that of starting up."""
    return [replace(sample, seconds=sample.seconds - seconds) for sample in samples]


def spread(samples: Sequence[Sample], digits: int = 2) -> str:
    """Write seconds as `median (min-max)`."""
    seconds = [sample.seconds for sample in samples]
    return f"{statistics.median(seconds):.{digits}f} s ({min(seconds):.{digits}f}-{max(seconds):.{digits}f})"


def per_second(samples: Sequence[Sample], count: int) -> str:
    """Write requests per second as `median (min-max)`."""
    rates = [count / sample.seconds for sample in samples]
    return f"{statistics.median(rates):,.0f}/s ({min(rates):,.0f}-{max(rates):,.0f})"


@contextlib.contextmanager
def server(latency: float = 0.0, first_update: Path | None = None) -> Iterator[str]:
    """Serve the fast Keen in a process of its own; give its URL. It makes a file when the first update arrives."""
    command = [sys.executable, str(HERE / "server.py"), "--latency", str(latency)]
    if first_update:
        command += ["--first-update", str(first_update)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            port = process.stdout.readline().strip()
            yield f"http://127.0.0.1:{port}/functions/v1/keen-api"
        finally:
            process.terminate()


def print_table(lines: Sequence[Line]) -> None:
    """Print the lines in columns as wide as their widest cell."""
    head = Line("what", "leadsync", "against", "ratio", "aim")
    cells = [[line.name, line.ours, line.against, line.ratio, line.aim] for line in (head, *lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(5)]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
