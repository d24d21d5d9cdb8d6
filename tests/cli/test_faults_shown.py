"""A mapping that cannot be used, as it is shown: each fault in its line, with a caret under the place."""

import os
import pty
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Ended, Keen
from rich.cells import cell_len
from warm.client import Mother

from leadsync.cli.faults import told
from leadsync.errors import Fault, MappingError, SetupError, SourceError, Spot
from leadsync.mapping import bind, load_mapping

HEAD = "version: 1\nlead: {id: Lead ID}\n"

SHOWN = """\
error: "colum" is not a key that can stand here
  --> mappings/x.yaml:12:11
   |
12 |   email: {colum: E-mail}
   |           ^^^^^ did you mean "column"?

1 error in mappings/x.yaml; nothing was sent."""

MANY = """version: 1
lead: {id: Lead ID}
fields:
  email: {column: E, to: crm}
  phone: {column: P, phone: {region: Denmark}}
  notes: A

  email: B
  phone: C
"""

SHOWN_MANY = """\
error: "to" is not a key that can stand here
 --> x.yaml:4:22
  |
4 |   email: {column: E, to: crm}
  |                      ^^
  |
  = help: the keys are "column", "template", "value", "transform", "lookup",
          "otherwise", "type", "decimal", "thousands", "percent", "currency",
          "true", "false", "format", "phone", "check", "on_blank", "blanks",
          "required" and "policy".

error: "Denmark" is not a region
 --> x.yaml:5:38
  |
5 |   phone: {column: P, phone: {region: Denmark}}
  |                                      ^^^^^^^
  |
  = help: it is the two letters of a country, such as DK.

error: "email" stands here a second time; the first is on line 4
 --> x.yaml:8:3
  |
4 |   email: {column: E, to: crm}
  |   ----- the first
...
8 |   email: B
  |   ^^^^^ keep one

error: "phone" stands here a second time; the first is on line 5
 --> x.yaml:9:3
  |
5 |   phone: {column: P, phone: {region: Denmark}}
  |   ----- the first
...
9 |   phone: C
  |   ^^^^^ keep one

4 errors in x.yaml; nothing was sent."""

SHOWN_MISSING = """\
error: there is no column "E-mail"
 --> x.yaml:4:10
  |
4 |   email: E-mail
  |          ^^^^^^ did you mean "Email"?

error: there is no column "Owner"
 --> x.yaml:5:39
  |
5 |   notes: {template: '{Notes} (owner:  {Owner})'}
  |                                       ^^^^^^^

note: leads.csv: the mapping names columns that are not there.
note: The columns there are "Lead ID", "Email" and "Notes". Correct the mapping,
      or say with source.header_row which row holds the names.
note: Row 3 holds them.
2 errors in x.yaml; nothing was sent."""


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Give what is shown of the faults of a text."""
    monkeypatch.chdir(tmp_path)

    def shown(text: str) -> str:
        Path("x.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(MappingError) as caught:
            load_mapping(Path("x.yaml"))
        return told(caught.value).plain

    return shown


def test_the_readme_shows_a_mistake_as_it_is_shown() -> None:
    """Its block is what the test below sees, in a file of another name."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"```text\n{SHOWN.replace('mappings/x.yaml', 'mappings/contacts.yaml')}\n```" in readme


def test_a_fault_is_shown_as_a_compiler_shows_it() -> None:
    """The file, the line, a caret under the place, and the nearest right word."""
    spot = Spot("mappings/x.yaml", 12, 11, 5, "  email: {colum: E-mail}")
    fault = Fault(spot, '"colum" is not a key that can stand here.', 'Did you mean "column"?')
    assert told(SetupError.of([fault])).plain == SHOWN


def test_all_faults_are_shown_and_counted(shown: Callable[[str], str]) -> None:
    """What there is no room for beside the caret stands below; of two that clash, both are shown."""
    assert shown(MANY) == SHOWN_MANY


def test_a_column_that_is_not_there_is_shown_in_the_mapping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words that somebody adds to an error are shown after its faults."""
    monkeypatch.chdir(tmp_path)
    Path("x.yaml").write_text(
        f"{HEAD}fields:\n  email: E-mail\n  notes: {{template: '{{Notes}} (owner:  {{Owner}})'}}\n"
    )
    mapping = load_mapping(Path("x.yaml"))
    with pytest.raises(SourceError) as caught:
        bind(mapping, ["Lead ID", "Email", "Notes"], "leads.csv")
    longer = SourceError(f"{caught.value.message}\nRow 3 holds them.")
    longer.__cause__ = caught.value
    assert told(longer).plain == SHOWN_MISSING


@pytest.mark.parametrize("before", ["x" * 90, "日本" * 30, "e\u0301" * 100, "\t" * 20, "\u202e\x07" * 9, "æ" * 40, ""])
@pytest.mark.parametrize("after", ["y" * 90, "語" * 60, "\u200b" * 20, ""])
def test_the_caret_stands_under_the_place_whatever_is_before_it(before: str, after: str) -> None:
    """Letters of two cells, of none, tabs and what nobody sees; a long line is cut on both sides of the place."""
    line = f"{before} colum: {after}"
    fault = Fault(Spot("x.yaml", 1234, len(before) + 2, 5, line), "this is wrong.", 'Did you mean "column"?')
    said = told(SetupError.of([fault])).plain
    assert all(cell_len(each) <= 80 for each in said.splitlines())
    assert all(character.isprintable() for character in said.replace("\n", ""))
    source, marks = said.splitlines()[3:5]
    at = cell_len(marks[: marks.index("^")])
    assert cell_len(source[: source.index("colum")]) == at
    assert marks.rstrip().endswith('^^^^^ did you mean "column"?')


def test_a_line_of_a_million_characters_is_cut_at_once() -> None:
    """A place is shown where it is; the rest costs nothing."""
    faults = [Fault(Spot("x.yaml", 1, at, 9, "[" * 1_000_000), "wrong.") for at in (1, 500_000, 1_000_000)]
    lines = [line for line in told(SetupError.of(faults)).plain.splitlines() if line.startswith("1 | ")]
    assert [(line[4] == "…", line[-1] == "…", len(line) <= 80) for line in lines] == [
        (False, True, True),
        (True, True, True),
        (True, False, True),
    ]


def test_a_mapping_that_cannot_be_used_is_shown_and_nothing_is_sent(
    at_keen: Callable[..., Ended], keen: Keen, tmp_path: Path
) -> None:
    """By a pipe there is no colour; a fault in the key's own line shows nothing of it."""
    (tmp_path / "leads.csv").write_text("Lead ID,Email\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(f"{HEAD}fields: {{emial: Email}}\napi_key: {keen.sandbox.api_key}\n")
    ended = at_keen("sync", "leads.csv", "--mapping", "m.yaml", FORCE_COLOR="1")
    assert (ended.code, ended.out, keen.updates()) == (2, "", [])
    assert '3 | fields: {emial: Email}\n  |          ^^^^^ did you mean "email"?\n' in ended.err
    assert "4 | api_key: ****" in ended.err
    assert ended.err.endswith("\n2 errors in m.yaml; nothing was sent.\n")
    assert keen.sandbox.api_key not in ended.err
    assert "\x1b" not in ended.err


def test_a_missing_column_is_shown_with_the_row_that_holds_it(
    at_keen: Callable[..., Ended], keen: Keen, tmp_path: Path
) -> None:
    """The place in the mapping, what is in the source, and where the columns are."""
    (tmp_path / "leads.csv").write_text("Export,of today\n,\nLead ID,Email\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(f"{HEAD}fields: {{email: Email}}\n")
    ended = at_keen("sync", "leads.csv", "--mapping", "m.yaml")
    assert (ended.code, ended.out, keen.updates()) == (2, "", [])
    assert "3 | fields: {email: Email}\n  |                 ^^^^^\n" in ended.err
    assert "note: Row 3 holds them: declare `source: {header_row: 3}`.\n2 errors in m.yaml" in ended.err


@pytest.mark.parametrize(
    ("variables", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_at_a_terminal_the_error_is_coloured_unless_nobody_wants_it(
    mother: Mother, environment: dict[str, str], tmp_path: Path, variables: dict[str, str], *, is_coloured: bool
) -> None:
    """With the escape codes taken out it is the same text."""
    (tmp_path / "leads.csv").write_text("Lead ID,Email\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(f"{HEAD}fields: {{emial: Email}}\n")
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "r+b", buffering=0) as terminal:
        given = environment | {"TERM": "xterm", "LEADSYNC_API_KEY": "x"} | variables
        arguments = ("check", "leads.csv", "--mapping", "m.yaml")
        running = mother.start(*arguments, folder=tmp_path, environment=given, stderr=terminal)
        running.communicate()
        assert running.wait() == 2
        said = os.read(ours, 65536).decode()
    os.close(ours)
    assert ("\x1b[" in said) == is_coloured
    plain = re.sub(r"\x1b\[[0-9;]*m", "", said).replace("\r\n", "\n")
    assert plain.startswith('error: "emial" is not a standard field of Keen; a custom property goes under\n')
    assert plain.endswith('^^^^^ did you mean "email"?\n\n1 error in m.yaml; nothing was sent.\n')
