"""`leadsync check`: tells whether a file can be sent, and sends nothing."""

import sys
from collections.abc import Mapping
from typing import Annotated

import typer

from leadsync.cli.options import (
    Debug,
    Encoding,
    Json,
    Limit,
    MappingFile,
    Quiet,
    ReportDir,
    ReportFormats,
    Sheet,
    Sources,
    Yes,
)


def check(
    sources: Sources,
    *,
    mapping: MappingFile = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
    limit: Limit = None,
    report_dir: ReportDir = None,
    report_formats: ReportFormats = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask Keen nothing, though there is a key: channel and properties neither.")
    ] = False,
    yes: Yes = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Tell whether a file can be sent; nothing is.

    All is looked at that a run would look at before the first row: every cell, what has damaged the columns on their
    way, duplicates; with a key also the channel and the types of its properties. The exit code is 0 where every row
    can be sent, 1 where some cannot, 2 where the mapping or the file cannot be used, 3 where a run would stop first,
    as far as the file tells (what changed since the last run a check does not know).
    """
    import asyncio

    import orjson

    from leadsync.cli.console import Display, check_headline, print_check
    from leadsync.cli.formats import chosen_formats, formats_of
    from leadsync.cli.inputs import inputs_of
    from leadsync.cli.logs import configure_log
    from leadsync.cli.memory import spare_the_collector
    from leadsync.cli.options import LogFormat
    from leadsync.cli.streams import output_may_fail
    from leadsync.report.formats import TABLES
    from leadsync.settings import load_settings
    from leadsync.sync.check import check as check_job
    from leadsync.sync.job import Control
    from leadsync.sync.prepare import prepare

    configure_log(LogFormat.CONSOLE, debug=debug)
    inputs = inputs_of(sources, mapping, sheet=sheet, encoding=encoding, limit=limit, quiet=quiet or as_json)
    settings = None if offline else load_settings()
    spare_the_collector()
    control = Control()
    formats = TABLES
    if report_dir:
        names = load_settings(report_formats=report_formats).report_formats
        formats = formats_of(chosen_formats([names]))
    with prepare(inputs) as work, Display(control.tally, shown=not (quiet or as_json), sending=False):
        types: Mapping[str, str] = {}
        if settings and settings.has_key:
            from leadsync.sync.introduce import ask_properties  # a check without a key needs nothing of HTTP

            # Somebody sits and waits, and can ask again.
            options = settings.client_options(patience=min(settings.patience, 10.0))
            types = asyncio.run(ask_properties(options, work.mapping)).types
        result = check_job(work, control, types, report_dir, agreed=yes, formats=formats)
    with output_may_fail():
        if as_json:
            print(orjson.dumps(result, option=orjson.OPT_INDENT_2).decode())
        elif not quiet:
            print_check(result, report_dir)
        elif result.exit_code:
            print(check_headline(result), file=sys.stderr)
    raise typer.Exit(result.exit_code)
