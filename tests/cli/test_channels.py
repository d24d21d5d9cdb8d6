"""`leadsync channels`: what a person sees of them, and lines of a mapping that are read as they stand."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CHANNEL, Ended, Keen

from leadsync.cli.snippet import channel_lines, print_channels
from leadsync.keen.directory import Channel, Definition, Directory
from leadsync.mapping import load_mapping, property_types
from leadsync.mapping.keen_types import NAMES, KeenType

AWKWARD = (
    *("Deal size", "Antal ansatte", "no", "null", "2026", "1e3", "a: b", "a #b", "#1", "- a", "{a}", "[a]", "*a", "&a"),
    *("!a", "%a", "@a", "`a", "'a'", '"a"', "a\\b", "c\nd", "e\tf", "g\x85h", "i\u2028j", "k\ufeffl", " m ", "a:", "?"),
    *("<<", "~", "=", "|", ">", "n, o", "日本語", "😀", "channel", "x" * 200),
)


def uuid(number: int) -> str:
    """Give an id."""
    return f"019dc3f6-1790-7298-932b-{number:012d}"


def channel(*properties: tuple[str, str], title: str = CHANNEL) -> Channel:
    """Make a channel with properties of names and types; their ids are numbered."""
    return Channel(uuid(0), title, [Definition(uuid(n), *both) for n, both in enumerate(properties, 1)])


def named_in(lines: str, folder: Path) -> tuple[str | None, list[str]]:
    """Read lines as a mapping; give what its channel and its properties are called, each by name or id."""
    path = folder / "m.yaml"
    path.write_text(f"version: 1\nlead: {{id: Id}}\nfields: {{email: E-mail}}\n{lines}", encoding="utf-8")
    mapping = load_mapping(path)
    return mapping.channel, [field.definition_id or field.target.name for field in mapping.properties]


def lines_of(one: Channel, *others: Channel) -> str:
    """Give the lines for a channel, among others of the key."""
    return channel_lines(one, Directory([one, *others]))


def test_a_channel_is_a_table_and_lines_for_a_mapping(
    at_keen: Callable[..., Ended], keen: Keen, tmp_path: Path
) -> None:
    """The lines can be copied as they are printed: a run with them finds its channel and its properties."""
    ended = at_keen("channels")
    assert (ended.code, ended.err) == (0, "")
    title, header, *rows = ended.out.splitlines()[:4]
    assert title == f"{CHANNEL}  ({keen.channel.id})"
    assert header.split() == ["property", "type", "id"]
    assert [row.split() for row in rows] == [
        ["Deal", "size", "number", keen.property_ids["Deal size"]],
        ["Tier", "select", keen.property_ids["Tier"]],
    ]
    lines = ended.out[ended.out.index("# In a mapping") :]
    assert lines == (
        "# In a mapping, with columns of your file in the place of COLUMN:\n"
        f"channel: {CHANNEL}\nproperties:\n  Deal size: {{column: COLUMN, type: number}}\n  Tier: COLUMN\n"
    )
    fields = "version: 1\nlead: {id: Id}\nfields: {email: E-mail}\n"
    (tmp_path / "m.yaml").write_text(fields + lines.replace("COLUMN", "Size", 2).replace("COLUMN", "Tier"))
    row = "10000000-0000-4000-8000-000000000000,anna@example.com,7,Gold"
    (tmp_path / "leads.csv").write_text(f"Id,E-mail,Size,Tier\n{row}\n")
    assert at_keen("sync", "leads.csv", "--mapping", "m.yaml", "--yes").code == 0
    (update,) = keen.updates()
    sent = {each["property_definitions_id"]: each["value"] for each in update["properties"]}
    assert sent == {keen.property_ids["Deal size"]: 7, keen.property_ids["Tier"]: "Gold"}


def test_one_channel_alone(at_keen: Callable[..., Ended], keen: Keen) -> None:
    """By its name or its id; a wrong name is told with the nearest right one."""
    company = keen.world.company_of(keen.sandbox.api_key)
    assert company
    other = keen.world.add_channel("Harbour Street Partners", creator=company)
    shown = at_keen("channels").out
    assert CHANNEL in shown
    assert "Harbour Street Partners" in shown
    for name in (other.title, other.id):
        ended = at_keen("channels", "--channel", name, "--json")
        assert [each["title"] for each in ended.json["channels"]] == [other.title]
    ended = at_keen("channels", "--channel", "Harbor Street Partners")
    assert (ended.code, ended.out) == (2, "")
    assert 'Did you mean "Harbour Street Partners"?' in ended.err


def test_channels_as_json(at_keen: Callable[..., Ended], keen: Keen, tmp_path: Path) -> None:
    """Everything that the table has, and the lines."""
    ended = at_keen("channels", "--json")
    (told,) = ended.json["channels"]
    assert (told["id"], told["title"]) == (keen.channel.id, CHANNEL)
    ids = keen.property_ids
    assert told["definitions"] == [
        {"id": ids["Deal size"], "name": "Deal size", "type": "number"},
        {"id": ids["Tier"], "name": "Tier", "type": "select"},
    ]
    assert named_in(told["snippet"], tmp_path) == (CHANNEL, ["Deal size", "Tier"])


def test_a_key_without_channels_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing else is."""
    print_channels(Directory([]), Directory([]))
    assert capsys.readouterr().out == "The key's company reaches no channel.\n"


def test_a_name_that_yaml_would_misread_is_quoted(tmp_path: Path) -> None:
    """Whatever somebody calls a property or a channel, the lines name it."""
    assert '  "no": COLUMN\n' in lines_of(channel(("no", "text")))
    made = channel(*((name, "text") for name in AWKWARD))
    assert named_in(lines_of(made), tmp_path) == (CHANNEL, list(AWKWARD))
    for title in AWKWARD:
        assert named_in(lines_of(channel(("Tier", "text"), title=title)), tmp_path)[0] == title


def test_what_a_name_cannot_tell_is_named_by_its_id(tmp_path: Path) -> None:
    """Two of one name, none at all, and names that look like an id; a comment says which it is."""
    made = channel(("Twin", "text"), ("twin ", "number"), ("", "text"), (uuid(99), "text"), ("Tier", "select"))
    lines = lines_of(made, channel(title=CHANNEL))
    assert named_in(lines, tmp_path) == (uuid(0), [uuid(1), uuid(2), uuid(3), uuid(4), "Tier"])
    assert lines.startswith(f"channel: {uuid(0)}  # {CHANNEL}\n")
    for comment in (
        "Twin, by its id, as 2 have this name, or nearly this",
        "by its id, as it has no name",
        "as its name looks like one",
    ):
        assert comment in lines
    assert lines_of(channel(title="")) == f"channel: {uuid(0)}  # it has no name\n"


@pytest.mark.parametrize("kind", property_types._FAMILIES)
def test_each_type_has_the_form_that_it_wants(kind: KeenType, tmp_path: Path) -> None:
    """Of whatever type that a run checks, the value that the lines make is one that the check lets through."""
    made = channel(*((f"of {name}", name.upper()) for name in NAMES[kind].split()))
    named_in(lines_of(made), tmp_path)
    fitting = property_types._FAMILIES[kind].types
    assert {field.type for field in load_mapping(tmp_path / "m.yaml").properties} <= fitting


def test_ids_are_whole_and_lines_fit(capsys: pytest.CaptureFixture[str]) -> None:
    """80 columns, whatever the names are; control characters do not reach the terminal."""
    made = channel(
        ("A name that goes on and on " * 5, "select"), ("日本語の名前" * 8, "t" * 40), ("a\x1b[31mb", "text")
    )
    print_channels(Directory([made]), Directory([made]))
    out = capsys.readouterr().out
    table = out[: out.index("# In a mapping")]
    assert all(re.search(rf"{uuid(number)}$", table, re.MULTILINE) for number in (1, 2, 3))
    assert max(map(len, table.splitlines())) <= 80
    assert "\x1b" not in out
