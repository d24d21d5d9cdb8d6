"""`leadsync report`: made again, some of its rows, and the trend; what cannot be had is a sentence."""

import json
import stat

import pytest
from cli.conftest import Clerk


def test_a_report_is_made_again_in_the_formats_that_are_asked_for(clerk: Clerk) -> None:
    """The files are named, private, and nothing else is made."""
    clerk.do("sync", clerk.source("Anna,a,Gold", "Bo,b,Gold"), "--mapping", "m.yaml", "--report-dir", "r")
    done = clerk.do("report", "--format", "xlsx,HTML", "--format", "json", "--report-dir", "again", "--json").json
    assert [name.rpartition("/")[2] for name in done["files"]] == ["results.xlsx", "report.html", "summary.json"]
    made = sorted((clerk.folder / "again").iterdir())
    assert [path.name for path in made] == ["report.html", "results.xlsx", "summary.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}


def test_some_rows_are_told_of_as_some(clerk: Clerk) -> None:
    """Not as the verdict of the run; they go into a folder of their own."""
    clerk.do("sync", clerk.source("Anna,a,Gold", "Bo,b,Gold", leads=[0, 77]), "--mapping", "m.yaml", code=1)
    said = clerk.do("report", "last", "--status", "rejected", "--format", "csv").out
    assert "1 row of 2: those with status rejected." in said
    (folder,) = clerk.state.glob("runs/*/selected")
    assert json.loads((folder / "summary.json").read_bytes())["rows_read"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("last", "--status", "invald"), "invald is no status of a row. Did you mean invalid?"),
        (("last", "--code", "xyz"), "xyz is no code of a row. `leadsync explain` lists them."),
        (("last", "--format", "pdf"), "pdf is no format of a report. There are: csv, xlsx, html, json."),
        (("nope",), "There is no run nope in"),
        (("--since", "soon"), "--since soon is no age: write a number and h, d or w, such as 90d."),
        (("--since", "3d", "--format", "csv"), "--since knows the formats html and json."),
        (("last", "--since", "3d"), "--since tells of all runs: it goes with neither a RUN nor --status nor --code."),
    ],
)
def test_what_cannot_be_had_is_a_sentence(clerk: Clerk, arguments: tuple[str, ...], said: str) -> None:
    """With what to write instead."""
    clerk.do("sync", clerk.source("Anna,a,Gold"), "--mapping", "m.yaml", "--dry-run")
    assert said in clerk.do("report", *arguments, code=2).err


def test_formats_are_named_before_anything_is_sent(clerk: Clerk) -> None:
    """A slip of the hand costs no run."""
    source = clerk.source("Anna,a,Gold")
    said = clerk.do("sync", source, "--mapping", "m.yaml", "--report-formats", "csv,excel", code=2).err
    assert "excel is no format of a report. There are: csv, xlsx, html, json." in said
    assert clerk.keen.updates() == []


def test_the_trend_is_printed_and_written_as_a_page(clerk: Clerk) -> None:
    """As JSON too; runs of the last days, and none from before."""
    source = clerk.source("Anna,a,Gold", "Bo,b,Gold", leads=[0, 77])
    for _ in range(2):
        clerk.do("sync", source, "--mapping", "m.yaml", code=1)
    printed = clerk.do("report", "--since", "2d", "--format", "html", "--report-dir", "trend").out
    said = " ".join(printed.split())
    assert "2 runs since" in said
    assert "Most often: lead_not_found, 2 rows in 2 runs. 1 lead went wrong in more than one run." in said
    assert "<h1" in (clerk.folder / "trend" / "trend.html").read_text(encoding="utf-8")
    trend = clerk.do("report", "--since", "2d", "--json").json
    assert [run["rows_read"] for run in trend["runs"]] == [2, 2]
    assert trend["leads"][0]["runs"] == 2
