"""How fast leadsync is: one table, each line a ratio of two things measured in turn on the same machine.

    python tests/benchmarks/run.py [--only NAME] [--quick] [--concurrency N]

It needs an environment in which leadsync is installed. Nothing here is a test: a busy machine makes every time
longer, so only the ratios are worth comparing. Inputs are made in a temporary folder; the servers are on loopback. A
whole run takes about ten minutes, `--quick` about two.
"""

import argparse
import itertools
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from inputs import MAPPINGS
from inputs import rows as made_up_rows
from measure import (
    HERE,
    Line,
    Sample,
    alternate,
    less,
    median,
    per_second,
    print_table,
    run,
    run_until,
    server,
    spread,
)
from proposing import proposing
from server import CHANNEL_TITLE, PROPERTIES

from leadsync.sandbox import EmbeddedSandbox, Faults, World, seed_from_source

KEY = "00000000-0000-4000-8000-000000000000"
LEADSYNC = (sys.executable, "-m", "leadsync")
PANDAS = "import sys, pandas; pandas.read_csv(sys.argv[1], dtype=str)"
CALAMINE = """\
import sys, python_calamine
for _ in python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows(): pass
"""
OPENPYXL = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])"


@dataclass(slots=True)
class Bench:
    """The run's folder, inputs and sizes."""

    folder: Path
    quick: bool
    concurrency: int
    runs: Iterator[int] = field(default_factory=itertools.count)

    @property
    def repeats(self) -> int:
        """How many times each pair is run; more where a run is short."""
        return 1 if self.quick else 3

    def size(self, rows: int) -> int:
        """Give the number of rows to use: a tenth where the run is to be quick."""
        return rows // 10 if self.quick else rows

    def source(self, kind: str, rows: int) -> str:
        """Give an input of so many rows, made once."""
        path = self.folder / f"{rows}.{kind}"
        if not path.exists():
            run([sys.executable, str(HERE / "inputs.py"), kind, str(rows), str(path)])
        return str(path)

    def mapping(self, source: str) -> str:
        """Give the path of the mapping for a source."""
        kind = Path(source).suffix[1:]
        path = self.folder / f"{kind}.yaml"
        path.write_text(MAPPINGS[kind], encoding="utf-8")
        return str(path)

    def sync(
        self, source: str, url: str, rate: float, concurrency: int, key: str = KEY, formats: str = "csv,html,json"
    ) -> tuple[Sample, dict[str, float]]:
        """Sync a source with a state folder of its own; give the whole process and its summary."""
        state = self.folder / f"state{next(self.runs)}"
        report = state / "report"
        command = [
            *LEADSYNC,
            "sync",
            source,
            "--mapping",
            self.mapping(source),
            "--rate",
            f"{rate:g}",
            "--quiet",
            "--yes",
            "--report-formats",
            formats,
        ]
        command += ["--concurrency", str(concurrency), "--state-dir", str(state), "--report-dir", str(report)]
        sample = run(command, {"LEADSYNC_BASE_URL": url, "LEADSYNC_API_KEY": key})
        summary: dict[str, float] = json.loads((report / "summary.json").read_text(encoding="utf-8"))
        return sample, summary

    def check(self, source: str) -> Sample:
        """Check a source offline."""
        return run([*LEADSYNC, "check", source, "--mapping", self.mapping(source)])


def sending(bench: Bench) -> Iterator[Line]:
    """Send rows to a server that answers at once, against bare loops that do nothing else."""
    concurrency, rows = bench.concurrency, bench.size(20_000)
    some = rows // 10
    bare_httpx, bare_requests = str(HERE / "bare_httpx.py"), str(HERE / "bare_requests.py")
    with server() as url:

        def httpx(kind: str, source: str) -> Sample:
            return run([sys.executable, bare_httpx, kind, source, url, KEY, str(concurrency)])

        contenders: dict[str, tuple[Callable[[str], Sample], int]] = {
            "leadsync": (lambda source: bench.sync(source, url, 100_000, concurrency)[0], rows),
            "leadsync with results.xlsx": (
                lambda source: bench.sync(source, url, 100_000, concurrency, formats="csv,html,xlsx,json")[0],
                rows,
            ),
            "httpx-aiohttp": (lambda source: httpx("aiohttp", source), rows),
            f"plain httpx ({some:,} rows)": (lambda source: httpx("plain", source), some),
            f"requests, one at a time ({some:,} rows)": (
                lambda source: run([sys.executable, bare_requests, source, url, KEY]),
                some,
            ),
        }
        whole = alternate(
            bench.repeats,
            *(partial(job, bench.source("csv", count)) for job, count in contenders.values()),
        )
        start = alternate(bench.repeats, *(partial(job, bench.source("csv", 1)) for job, _ in contenders.values()))
    rest = [less(samples, median(begun)) for samples, begun in zip(whole, start, strict=True)]
    for what, times in (("whole process", whole), ("without start-up", rest)):
        for (other, (_, count)), theirs in zip(list(contenders.items())[1:], times[1:], strict=True):
            yield Line(
                f"send {rows:,} rows, concurrency {concurrency}, {what}",
                per_second(times[0], rows),
                f"{other} {per_second(theirs, count)}",
                f"{(rows / median(times[0])) / (count / median(theirs)):.2f}",
                ">= 0.6" if other == "httpx-aiohttp" else "for the record",
            )


def pace(bench: Bench) -> Iterator[Line]:
    """Keep a pace of 200 requests a second against a server that takes 100 ms for each."""
    rows, rate = bench.size(4_000), 200.0
    source = bench.source("csv", rows)
    with server(latency=0.1) as url:
        runs = [bench.sync(source, url, rate, 64) for _ in range(bench.repeats)]
    ideal = rows / rate
    phases = {
        "sending phase": [Sample(summary["duration_s"]) for _, summary in runs],
        "whole process": [sample for sample, _ in runs],
    }
    for what, samples in phases.items():
        name = f"{rows:,} rows at {rate:g}/s and 100 ms latency, {what}"
        aim = "<= 1.05" if what == "sending phase" else "for the record"
        yield Line(name, spread(samples), f"rows / rate {ideal:.2f} s", f"{median(samples) / ideal:.3f}", aim)
    for rate in (20, 500):
        yield _busiest_second(bench, rate)


def _busiest_second(bench: Bench, rate: int) -> Line:
    rows = bench.size(rate * 10)
    with _sandbox(rows, Faults(seed=1, chances={"drop_after": 0.03}, latency=0.02)) as sandbox:
        bench.sync(bench.source("csv", rows), sandbox.url, rate, 32, sandbox.api_key)
        most = sandbox.stats.max_starts_per_second
    return Line(f"{rows:,} rows at {rate}/s, some sent again", f"{most}", "busiest second", "", f"<= {rate + 1}")


def _sandbox(rows: int, faults: Faults) -> EmbeddedSandbox:
    world = World()
    seed_from_source(
        world,
        lead_ids=(row[0] for row in made_up_rows(rows)),
        legacy_ids=(),
        channel=CHANNEL_TITLE,
        definitions=list(PROPERTIES.items()),
        unknown_share=0,
        inaccessible_share=0,
        seed=1,
    )
    return EmbeddedSandbox(world, faults)


def unknown_limit(bench: Bench) -> Iterator[Line]:
    """Send at a rate above a limit that leadsync is not told of; by the emulator's own record of calls."""
    for limit, ceiling, retry_after in ((50, 200, "none"), (50, 200, "seconds"), (200, 500, "seconds")):
        rows = bench.size(limit * 60)
        source = bench.source("csv", rows)
        faults = Faults(rate_limit=limit, latency=0.05, latency_spread=0.02, retry_after=retry_after)
        with _sandbox(rows, faults) as sandbox:
            bench.sync(source, sandbox.url, ceiling, 32, sandbox.api_key)
            calls = [call for call in sandbox.calls if call.action == "update_lead"]
        used = rows / (calls[-1].arrived_at - calls[0].arrived_at) / limit
        refused = sum(call.status == 429 for call in calls) / len(calls)
        name = f"{rows:,} rows at {ceiling}/s against a limit of {limit}/s, Retry-After: {retry_after}"
        yield Line(name, f"{refused:.2%} refused", "limit used", f"{used:.3f}", ">= 0.9, < 2% refused")


def checking(bench: Bench, kind: str, rows: int, *, other: str, program: str, aim: str) -> Iterator[Line]:
    """Check a source, against a process that only reads it."""
    many, one = bench.source(kind, rows), bench.source(kind, 1)
    ours, bare = alternate(
        bench.repeats,
        lambda: bench.check(many),
        lambda: run([sys.executable, "-c", program, many]),
    )
    our_start, bare_start = alternate(
        bench.repeats,
        lambda: bench.check(one),
        lambda: run([sys.executable, "-c", program, one]),
    )
    name = f"check {rows:,} rows of {kind}"
    for what, mine, theirs in (
        ("whole process", ours, bare),
        ("without start-up", less(ours, median(our_start)), less(bare, median(bare_start))),
    ):
        ratio = f"{median(mine) / median(theirs):.2f}"
        yield Line(f"{name}, {what}", spread(mine), f"{other} {spread(theirs)}", ratio, aim)
    peak, bare_peak = (max(sample.peak_mb for sample in samples) for samples in (ours, bare))
    memory_aim = "<= 400 MB" if kind == "csv" else "for the record"
    yield Line(f"{name}, peak memory", f"{peak:.0f} MB", f"{bare_peak:.0f} MB", f"{peak / bare_peak:.2f}", memory_aim)


def csv_check(bench: Bench) -> Iterator[Line]:
    """Read and translate a CSV of a million rows of 12 columns."""
    return checking(bench, "csv", bench.size(1_000_000), other="pandas.read_csv(dtype=str)", program=PANDAS, aim="<= 6")


def xlsx_check(bench: Bench) -> Iterator[Line]:
    """Read and translate a workbook of 100,000 rows of 12 columns."""
    return checking(bench, "xlsx", bench.size(100_000), other="calamine iter_rows", program=CALAMINE, aim="<= 2")


def resuming(bench: Bench) -> Iterator[Line]:
    """Go on with a run that was killed when nine rows of ten were updated, until the first update goes out."""
    rows = bench.size(1_000_000)
    source = bench.source("csv", rows)
    made, state = bench.folder / "first-update", bench.folder / "nearly-done"
    samples = []
    with server(first_update=made) as url:
        run([sys.executable, str(HERE / "nearly_done.py"), source, bench.mapping(source), str(state), url, KEY])
        for _ in range(bench.repeats):
            copy = bench.folder / f"state{next(bench.runs)}"
            shutil.copytree(state, copy)
            command = [*LEADSYNC, "resume", "--state-dir", str(copy), "--quiet"]
            samples.append(run_until(command, made, {"LEADSYNC_BASE_URL": url, "LEADSYNC_API_KEY": KEY}))
            made.unlink()
            shutil.rmtree(copy)
    name = f"resume {rows:,} rows, 90% done, until the first update"
    yield Line(name, spread(samples), f"{rows:,} rows", f"{median(samples):.2f}", "<= 15 s")


def nightly(bench: Bench) -> Iterator[Line]:
    """Sync a file of which Keen acknowledged every row the night before; then one with another note in each 100th."""
    rows = bench.size(1_000_000)
    source = bench.source("csv", rows)
    changed, state = Path(source).with_suffix(".changed.csv"), bench.folder / "acknowledged"
    with Path(source).open(encoding="utf-8") as lines, changed.open("w", encoding="utf-8") as others:
        others.writelines(
            line.replace(",Owner ", ",Another owner ") if number % 100 == 1 else line
            for number, line in enumerate(lines)
        )
    with server() as url:
        run([sys.executable, str(HERE / "acknowledged.py"), source, bench.mapping(source), str(state), url, KEY])

        def again(name: str) -> Sample:
            Path(source).rename(bench.folder / "kept.csv")
            shutil.copy(name, source)
            copy = bench.folder / f"state{next(bench.runs)}"
            shutil.copytree(state, copy)
            command = [*LEADSYNC, "sync", source, "-m", bench.mapping(source), "--quiet", "--state-dir", str(copy)]
            sample = run([*command, "--rate", "100000"], {"LEADSYNC_BASE_URL": url, "LEADSYNC_API_KEY": KEY})
            shutil.rmtree(copy)
            (bench.folder / "kept.csv").replace(source)
            return sample

        same, some, bare = alternate(
            bench.repeats,
            lambda: again(str(bench.folder / "kept.csv")),
            lambda: again(str(changed)),
            lambda: run([sys.executable, "-c", PANDAS, source]),
        )
    for what, ours, aim in (("nothing changed", same, "<= 6"), ("1% changed, rate 100,000/s", some, "for the record")):
        ratio = f"{median(ours) / median(bare):.2f}"
        yield Line(f"nightly {rows:,} rows, {what}", spread(ours), f"pandas.read_csv {spread(bare)}", ratio, aim)
        peak = max(sample.peak_mb for sample in ours)
        yield Line("the same, peak memory", f"{peak:.0f} MB", "", "", "<= 500 MB")


def reporting(bench: Bench) -> Iterator[Line]:
    """Make the reports of a run once more: the tables of a million rows, and a page."""
    rows = bench.size(1_000_000)
    source, state = bench.source("csv", rows), _acknowledged(bench, bench.source("csv", rows))
    tables, page, checked, bare = alternate(
        bench.repeats,
        lambda: _report(state, "csv"),
        lambda: _report(state, "html"),
        lambda: bench.check(source),
        lambda: run([sys.executable, "-c", PANDAS, source]),
    )
    name = f"results.csv, retry.csv, summary.json of {rows:,} rows, whole process"
    for against, theirs, aim in (
        ("reading them: leadsync check", checked, "<= 0.5"),
        ("reading them: pandas.read_csv", bare, "for the record"),
    ):
        yield Line(name, spread(tables), f"{against} {spread(theirs)}", f"{median(tables) / median(theirs):.2f}", aim)
    yield Line("the same, peak memory", f"{max(sample.peak_mb for sample in tables):.0f} MB", "", "")
    (path,) = state.glob("runs/*/report.html")
    yield Line(f"report.html of {rows:,} rows, whole process", spread(page), f"{path.stat().st_size:,} bytes", "")


def workbook(bench: Bench) -> Iterator[Line]:
    """Give a workbook of 50,000 rows back, marked, against openpyxl that reads and writes it."""
    rows = bench.size(50_000)
    source = bench.source("xlsx", rows)
    state = _acknowledged(bench, source)
    target = str(bench.folder / "rewritten.xlsx")
    ours, bare = alternate(
        bench.repeats,
        lambda: _report(state, "xlsx"),
        lambda: run([sys.executable, "-c", OPENPYXL, source, target]),
    )
    name = f"results.xlsx of {rows:,} rows x 12, whole process"
    yield Line(name, spread(ours), f"openpyxl {spread(bare)}", f"{median(ours) / median(bare):.2f}", "<= 1.5")
    peak, bare_peak = (max(sample.peak_mb for sample in samples) for samples in (ours, bare))
    yield Line("the same, peak memory", f"{peak:.0f} MB", f"{bare_peak:.0f} MB", f"{peak / bare_peak:.2f}")


def _acknowledged(bench: Bench, source: str) -> Path:
    """Give the state folder after a run of which Keen acknowledged every row."""
    state = bench.folder / f"state{next(bench.runs)}"
    with server() as url:
        run([sys.executable, str(HERE / "acknowledged.py"), source, bench.mapping(source), str(state), url, KEY])
    return state


def _report(state: Path, kind: str) -> Sample:
    return run([*LEADSYNC, "report", "last", "--format", kind, "--state-dir", str(state)])


def start_up(bench: Bench) -> Iterator[Line]:
    """Print the help, against an interpreter that does nothing."""
    ours, bare = alternate(
        10,
        lambda: run([*LEADSYNC, "--help"]),
        lambda: run([sys.executable, "-c", "pass"]),
    )
    ratio = f"{median(ours) / median(bare):.1f}"
    yield Line("leadsync --help", spread(ours, 3), f"python -c pass {spread(bare, 3)}", ratio, "leadsync <= 0.3 s")


BENCHMARKS: dict[str, Callable[[Bench], Iterator[Line]]] = {
    "help": start_up,
    "send": sending,
    "pace": pace,
    "csv": csv_check,
    "xlsx": xlsx_check,
    "resume": resuming,
    "nightly": nightly,
    "report": reporting,
    "workbook": workbook,
    "limit": unknown_limit,
    "mapping": lambda bench: proposing(bench.source, bench.folder, bench.size(10_000), bench.repeats),
}


def main() -> None:
    """Run the benchmarks asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=BENCHMARKS, action="append", help="this one (may be repeated)")
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows, one run of each")
    parser.add_argument("--concurrency", type=int, default=32, help="workers of the sending benchmark")
    options = parser.parse_args()
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="leadsync-benchmarks-") as folder:
        bench = Bench(Path(folder), options.quick, options.concurrency)
        for name in options.only or BENCHMARKS:
            print(f"{name} …", file=sys.stderr, flush=True)
            lines += BENCHMARKS[name](bench)
    print("median (min-max); each pair was run in turn" + (", once" if options.quick else ""))
    print_table(lines)


if __name__ == "__main__":
    main()
