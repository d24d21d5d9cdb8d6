"""The log, as a process writes it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from conftest import CHANNEL, Ended, Keen, lead_id

from leadsync.sandbox import Faults

WriteLog: TypeAlias = Callable[..., str]

BEGIN = """
import asyncio, logging, sys, threading, warnings
import structlog
from leadsync.cli.logs import configure_log
from leadsync.cli.options import LogFormat
warnings.simplefilter("default")
configure_log(LogFormat(sys.argv[1]), debug=sys.argv[2] == "debug")
log = structlog.get_logger("test")
"""


@pytest.fixture
def write_log(leadsync: Callable[..., Ended]) -> WriteLog:
    """Run a script that logs, in a process of its own; give its standard error."""

    def write(script: str, log_format: str = "json", level: str = "info") -> str:
        ended = leadsync(log_format, level, script=BEGIN + script)
        assert (ended.code, ended.out) == (0, ""), ended.err
        return ended.err

    return write


def lines_of(text: str) -> list[dict[str, Any]]:
    """Read JSON lines, as a program does that splits at line feeds only."""
    assert text.endswith("\n")
    return [json.loads(line) for line in text.removesuffix("\n").split("\n")]


ODD = "a\nb\rc\x1b[31m\x00\x85\u2028\u2029\ud800 æ"


def test_a_json_line_is_one_line_whatever_is_in_it(write_log: WriteLog) -> None:
    """Line breaks of every kind, control characters, halves of letters, bytes: all ASCII, and nothing is lost."""
    text = write_log(f"log.info('odd', text={ODD!r}, **{{{ODD!r}: 1}}, names=[{ODD!r}], raw=b'\\n\\xff')")
    assert text.isascii()
    assert len(text.splitlines()) == 1
    (line,) = lines_of(text)
    assert (line["text"], line["names"], line[ODD], line["raw"]) == (ODD, [ODD], 1, "b'\\n\\xff'")


def test_a_console_line_is_one_line_and_paints_nothing(write_log: WriteLog) -> None:
    """A file's name may hold codes that a terminal obeys."""
    text = write_log(f"log.warning('odd', sheet={ODD!r})", "console")
    assert len(text.splitlines()) == 1
    assert "\x1b" not in text


def test_a_command_that_hardly_logs_logs_what_libraries_say_all_the_same(leadsync: Callable[..., Ended]) -> None:
    """A warning comes once, and as it would otherwise: without what follows the bracket."""
    script = (
        "import logging, warnings\n"
        "from leadsync.cli.late_log import configure_log_late\n"
        "warnings.simplefilter('default')\n"
        "configure_log_late(debug=False)\n"
        "logging.getLogger('some.library').warning('it failed (a secret)')\n"
        "logging.getLogger('some.library').info('too little to tell')\n"
        "warnings.warn('old ways', UserWarning)\n"
    )
    ended = leadsync(script=script)
    assert (ended.code, ended.out) == (0, ""), ended.err
    first, second = ended.err.splitlines()
    assert "library_warning" in first
    assert "it failed" in first
    assert "secret" not in first
    assert "py.warnings" in second


def test_lines_of_several_threads_do_not_mix(write_log: WriteLog) -> None:
    """The journal's thread and the reader's log too."""
    script = (
        "def write(): [log.info('x', n=n, text='y' * 500) for n in range(200)]\n"
        "threads = [threading.Thread(target=write) for _ in range(4)]\n"
        "[t.start() for t in threads]; [t.join() for t in threads]"
    )
    assert len(lines_of(write_log(script))) == 800


CRASH = """
def send(key, row):
    raise ValueError("broken")
try:
    send("marked-key", "marked-lead")
except ValueError:
    log.error("crashed", exc_info=True)
"""


@pytest.mark.parametrize("level", ["info", "debug"])
def test_an_exception_in_a_json_log_is_one_string_without_locals(write_log: WriteLog, level: str) -> None:
    """The traceback's lines, and not what the variables held."""
    (line,) = lines_of(write_log(CRASH, level=level))
    assert line["exception"].startswith("Traceback (most recent call last):\n")
    assert line["exception"].endswith("ValueError: broken")
    assert "marked" not in json.dumps(line).replace('send(\\"marked-key\\", \\"marked-lead\\")', "")


def test_an_exception_in_a_console_log_shows_no_locals(write_log: WriteLog) -> None:
    """Not the pretty traceback either."""
    text = write_log(CRASH, "console", "debug")
    assert "ValueError: broken" in text
    assert "marked" not in text.replace('send("marked-key", "marked-lead")', "")


def test_levels(write_log: WriteLog) -> None:
    """JSON from info, console from warning, everything with --debug."""
    script = "log.debug('a'); log.info('b'); log.warning('c')"
    assert [line["event"] for line in lines_of(write_log(script))] == ["b", "c"]
    assert [line["event"] for line in lines_of(write_log(script, level="debug"))] == ["a", "b", "c"]
    assert len(write_log(script, "console").splitlines()) == 1


LIBRARIES = """
import httpx, httpcore
for name in ("httpx", "httpcore.http11", "aiohttp.client", "asyncio", "anything"):
    logging.getLogger(name).debug("headers: X-Api-Key: marked-key")
    logging.getLogger(name).info("HTTP Request: POST https://hc-ping.com/marked-uuid")
httpx_level = logging.getLogger("httpx").isEnabledFor(logging.INFO)
assert not httpx_level
"""


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_what_the_libraries_say_below_warning_is_not_logged_even_with_debug(
    write_log: WriteLog, log_format: str
) -> None:
    """Whole addresses are what httpx names at info, and headers what httpcore shows at debug."""
    assert write_log(LIBRARIES, log_format, "debug") == ""


TASK = """
import aiohttp, multidict, yarl
headers = multidict.CIMultiDictProxy(multidict.CIMultiDict({"X-Api-Key": "marked-key"}))
url = yarl.URL("https://x.example/")
async def fail():
    raise aiohttp.ClientResponseError(aiohttp.RequestInfo(url, "POST", headers, url), ())
async def main():
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(lambda lead: 1 / 0, "marked-lead")
    await asyncio.sleep(0)
asyncio.run(main())
"""


@pytest.mark.parametrize("level", ["info", "debug"])
def test_what_the_libraries_warn_of_is_an_event_without_what_it_is_about(write_log: WriteLog, level: str) -> None:
    """The reprs of tasks and arguments stay out, and of aiohttp's exceptions, which show the key."""
    text = write_log(TASK, level=level)
    assert "marked" not in text.replace('"marked-lead")', "")
    told = {(line["event"], line["level"], line["library"], line["message"], line["error"]) for line in lines_of(text)}
    assert told == {
        ("library_error", "error", "asyncio", "Exception in callback main.<locals>.<lambda>", "ZeroDivisionError"),
        ("library_error", "error", "asyncio", "Task exception was never retrieved", "ClientResponseError"),
    }
    assert [("exception" in line) for line in lines_of(text)] == [level == "debug"] * 2


def test_a_warning_of_python_is_an_event_too(write_log: WriteLog) -> None:
    """A library's warning breaks no reader of JSON lines."""
    (line,) = lines_of(write_log("warnings.warn('openpyxl does not know this')"))
    assert (line["event"], line["library"]) == ("library_warning", "py.warnings")
    assert "openpyxl does not know this" in line["message"]


def test_every_event_of_a_run_has_its_run_and_its_row(
    at_keen: Callable[..., Ended], keen: Keen, tmp_path: Path
) -> None:
    """Where it is about a row: also sheet and row number, whichever worker met it."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text(f"version: 1\nchannel: {CHANNEL}\nlead: {{id: Id}}\nfields: {{first_name: Name}}\n")
    rows = [f"{lead_id(n)},N{n}" for n in range(10)]
    source = tmp_path / "leads.csv"
    source.write_text("\n".join(["Id,Name", *rows, ""]))
    keen.sandbox.faults = Faults(chances={"500": 1.0}, first=3, action="update_lead")
    ended = at_keen("sync", source, "-m", mapping, "--json", "--log-format", "json", "--debug")
    lines = lines_of(ended.err)
    assert {line["run"] for line in lines} == {ended.json["run_id"]}
    assert all({"event", "level", "timestamp"} <= line.keys() for line in lines)
    troubled = [line for line in lines if line["event"] == "call_troubled"]
    assert len(troubled) == 3
    assert {line["sheet"] for line in troubled} == {"leads.csv"}
    assert {line["row"] for line in troubled} <= set(range(2, 12))
