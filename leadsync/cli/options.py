"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer


class LogFormat(StrEnum):
    """How log lines look."""

    CONSOLE = "console"
    JSON = "json"


class When(StrEnum):
    """When people are told how a command ended."""

    FAILURE = "failure"
    CHANGE = "change"
    ALWAYS = "always"


Sources: TypeAlias = Annotated[
    list[str], typer.Argument(metavar="SOURCE", help="CSV or Excel files; - is standard input (CSV).")
]
MappingFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--mapping", "-m", metavar="FILE", help="The YAML file that says which column goes where [the one that fits]."
    ),
]
Sheet: TypeAlias = Annotated[
    str | None, typer.Option(metavar="SHEET", help="Name or number of the sheet; overrules the mapping.")
]
Encoding: TypeAlias = Annotated[
    str | None, typer.Option(metavar="NAME", help="How a CSV file is encoded, such as cp1252; overrules the mapping.")
]
Limit: TypeAlias = Annotated[int | None, typer.Option(min=1, metavar="N", help="Read only the first N rows.")]
Rate: TypeAlias = Annotated[
    float | None, typer.Option(metavar="R", help="Requests per second at most, retries and look-ups included [10].")
]
Concurrency: TypeAlias = Annotated[int | None, typer.Option(metavar="N", help="Requests in flight at most [8].")]
Tries: TypeAlias = Annotated[int | None, typer.Option(metavar="N", help="Tries for one call at most [5].")]
Timeout: TypeAlias = Annotated[float | None, typer.Option(metavar="S", help="Seconds to wait for one answer [60].")]
Patience: TypeAlias = Annotated[
    float | None, typer.Option(metavar="S", help="Seconds to wait for a Keen that is down [600].")
]
MaxFailures: TypeAlias = Annotated[
    str | None, typer.Option(metavar="N|P%", help="Stop when more rows go wrong, or a greater share of them.")
]
StateDir: TypeAlias = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Where the journal and the reports are kept [.leadsync].")
]
ReportDir: TypeAlias = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Where the report goes [STATE_DIR/runs/RUN].")
]
ReportFormats: TypeAlias = Annotated[
    str | None, typer.Option(metavar="LIST", help="Which files the report has [csv,xlsx,html,json].")
]
MetricsFile: TypeAlias = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write Prometheus text to a file, every few seconds and at the end.")
]
Ping: TypeAlias = Annotated[
    str | None, typer.Option(metavar="URL", help="Call a health check at URL/start, URL, or URL/fail.")
]
Notify: TypeAlias = Annotated[
    list[str] | None, typer.Option(metavar="URL", help="Tell people how it ended: an address as apprise reads them.")
]
NotifyOn: TypeAlias = Annotated[
    When | None, typer.Option(help="Tell of failures, where the exit code is another one, or of every end [failure].")
]
NotifyDetails: TypeAlias = Annotated[
    bool, typer.Option("--notify-details", help="Tell an example of each code with it, which may hold lead data.")
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and only that.")]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing unless something is wrong.")]
LogFormatOption: TypeAlias = Annotated[LogFormat, typer.Option("--log-format", help="How log lines look.")]
Yes: TypeAlias = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")]
Debug: TypeAlias = Annotated[bool, typer.Option("--debug", help="Log everything, and show tracebacks.")]
Full: TypeAlias = Annotated[bool, typer.Option("--full", help="Send rows that did not change, too.")]
KeepBefore: TypeAlias = Annotated[
    bool, typer.Option("--keep-before", help="Read each lead first and keep its values, so that it can be undone.")
]
Canary: TypeAlias = Annotated[
    int, typer.Option(min=0, metavar="N", help="Read the first N updates back, and go on only if all are as sent.")
]
