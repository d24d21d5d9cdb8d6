"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Sources: TypeAlias = Annotated[
    list[str], typer.Argument(metavar="SOURCE", help="CSV or Excel files; - is standard input (CSV).")
]
MappingFile: TypeAlias = Annotated[
    Path, typer.Option("--mapping", "-m", metavar="FILE", help="The YAML file that says which column goes where.")
]
Sheet: TypeAlias = Annotated[
    str | None, typer.Option(metavar="SHEET", help="Name or number of the sheet; overrules the mapping.")
]
Limit: TypeAlias = Annotated[int | None, typer.Option(min=1, metavar="N", help="Read only the first N rows.")]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and only that.")]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing unless something is wrong.")]
Debug: TypeAlias = Annotated[bool, typer.Option("--debug", help="Log everything, and show tracebacks.")]


class LogFormat(StrEnum):
    """How log lines look."""

    CONSOLE = "console"
    JSON = "json"
