"""How long it takes to propose a mapping for a stranger's file."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from measure import Line, Sample, alternate, median, run, spread

PANDAS = "import sys, pandas; pandas.read_csv(sys.argv[1], dtype=str)"


def proposing(source: Callable[[str, int], str], folder: Path, rows: int, repeats: int) -> Iterator[Line]:
    """Propose a mapping for files of 12 and of 40 columns, a whole process each; the same for a file of one row."""
    for columns, kind in ((12, "csv"), (40, "wide.csv")):
        many, one = source(kind, rows), source(kind, 1)

        def propose(path: str) -> Sample:
            command = ["-m", "leadsync", "map", path, "-o", str(folder / "proposed.yaml"), "--overwrite"]
            return run([sys.executable, *command, "--offline", "--yes"])

        def read(path: str) -> Sample:
            return run([sys.executable, "-c", PANDAS, path])

        ours, start, bare = alternate(
            repeats,
            lambda propose=propose, path=many: propose(path),
            lambda propose=propose, path=one: propose(path),
            lambda read=read, path=many: read(path),
        )
        ratio = f"{median(ours) / median(bare):.2f}"
        name = f"map {rows:,} rows x {columns}, whole process"
        yield Line(name, spread(ours), f"pandas.read_csv {spread(bare)}", ratio, "leadsync <= 1 s")
        yield Line("the same, one row", spread(start), "", "")
