"""`leadsync check`: tells offline whether a file can be sent."""

import sys

import typer

from leadsync.cli.options import Debug, Json, Limit, MappingFile, Quiet, Sheet, Sources


def check(
    sources: Sources,
    mapping: MappingFile,
    *,
    sheet: Sheet = None,
    limit: Limit = None,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Tell offline whether a file can be sent.

    Nothing is sent and nothing is asked of Keen. The exit code is 0 where every row can be sent, 1 where
    some cannot, 2 where the mapping or the file cannot be used. The names of channel and properties are looked up
    by a run or a trial run with a key only.
    """
    import orjson

    from leadsync.cli.console import Display, check_headline, print_check
    from leadsync.cli.logs import configure_log
    from leadsync.cli.options import LogFormat
    from leadsync.cli.streams import output_may_fail
    from leadsync.sync.check import check as check_job
    from leadsync.sync.job import Inputs, SourceFile, Tally
    from leadsync.sync.prepare import prepare

    configure_log(LogFormat.CONSOLE, debug=debug)
    inputs = Inputs([SourceFile(name) for name in sources], mapping, sheet=sheet, limit=limit)
    tally = Tally()
    with prepare(inputs) as work, Display(tally, shown=not (quiet or as_json), sending=False):
        result = check_job(work, tally)
    with output_may_fail():
        if as_json:
            print(orjson.dumps(result, option=orjson.OPT_INDENT_2).decode())
        elif not quiet:
            print_check(result)
        elif result.exit_code:
            print(check_headline(result), file=sys.stderr)
    raise typer.Exit(result.exit_code)
