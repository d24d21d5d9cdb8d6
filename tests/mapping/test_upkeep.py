"""A mapping kept up with its export: what is renamed, missing and new, and the change that is proposed."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from leadsync.mapping import bind, parse_mapping
from leadsync.mapping.suggest import Column, Definition, suggest
from leadsync.mapping.upkeep import Upkeep, upkeep
from leadsync.records import column_letters

PATH = Path("m.yaml")
LEADS = tuple(f"019dc3f6-1790-7298-932b-{number:012x}" for number in range(9))
MAILS = tuple(f"{name}@firma.example.com" for name in ("ida", "bo", "liv", "per", "ulla", "jan", "eva", "ole", "kim"))
NAMES = ("Søren", "Mette", "Lars", "Anne", "Jens", "Hanne", "Peter", "Karen", "Ole")
TIERS = ("Gold", "Silver", "Bronze") * 3
PHONES = tuple(f"+45 20 12 34 {number:02}" for number in range(50, 59))
TEXT = """# What Acme exports.
version: 1
channel: C
lead: {id: Keen Lead ID}    # the lead

fields:
  # Checked.
  email: {column: 'E-mail', check: email}   # who it is
  first_name: Fornavn

properties:
  Tier:
    column: Tier   # three words
    lookup: {Gold: A, Silver: B, Bronze: C}
  Hello: {template: "Hej {Fornavn}, {{du}}"}
"""
COLUMNS = {"Keen Lead ID": LEADS, "E-mail": MAILS, "Fornavn": NAMES, "Tier": TIERS}


def columns_of(values: dict[str, Sequence[str]]) -> list[Column]:
    """Make the columns of a source."""
    return [Column(place, column_letters(place), header, cells) for place, (header, cells) in enumerate(values.items())]


def looked(
    values: dict[str, Sequence[str]], text: str = TEXT, definitions: Sequence[Definition] = (), path: Path = PATH
) -> Upkeep:
    """Hold a mapping against a source; what is proposed can be loaded and fits it, and nothing is left to do then."""
    columns = columns_of(values)
    suggestion = suggest(columns, definitions)
    found = upkeep(parse_mapping(path, text.encode()), text.encode(), suggestion)
    if found.text is not None:
        changed = parse_mapping(path, found.text.encode())
        bind(changed, list(values), "x.csv")
        again = upkeep(changed, found.text.encode(), suggestion)
        assert not again.needs_something, again
    return found


def renamed(**names: str) -> dict[str, Sequence[str]]:
    """Give the columns with some of them called otherwise."""
    by_word = {name.replace(" ", "_").replace("-", "_"): name for name in COLUMNS}
    new = {by_word[word]: name for word, name in names.items()}
    return {new.get(name, name): values for name, values in COLUMNS.items()}


def changes(found: Upkeep) -> list[str]:
    """Give the lines that the diff takes out and puts in."""
    lines = found.diff.splitlines()
    return [line for line in lines if line[0] in "+-" and not line.startswith(("+++", "---"))]


def test_a_mapping_that_fits_needs_nothing() -> None:
    """Case and spaces in headers change nothing."""
    found = looked(renamed(E_mail="e-MAIL ", Tier="TIER"))
    assert not found.needs_something
    assert (found.missing, found.new, found.text, found.diff) == ([], [], None, "")


def test_a_renamed_column_is_renamed_where_it_stands() -> None:
    """In its quotes, in templates too; comments and layout stay."""
    found = looked(renamed(E_mail="Mailadresse", Fornavn="First name"))
    assert changes(found) == [
        "-  email: {column: 'E-mail', check: email}   # who it is",
        "-  first_name: Fornavn",
        "+  email: {column: 'Mailadresse', check: email}   # who it is",
        "+  first_name: First name",
        '-  Hello: {template: "Hej {Fornavn}, {{du}}"}',
        '+  Hello: {template: "Hej {First name}, {{du}}"}',
    ]
    mail = found.missing[0]
    assert (mail.name, mail.place, mail.used_for, mail.change) == ("E-mail", "m.yaml:8:19", ["email"], "renamed")
    assert mail.rename
    assert mail.rename.column.letter == "B"


def test_the_leads_column_is_renamed_only_with_uuids() -> None:
    """Without them it is named, and no change is proposed: a mapping without a lead is none."""
    assert changes(looked(renamed(Keen_Lead_ID="Keen ID"))) == [
        "-lead: {id: Keen Lead ID}    # the lead",
        "+lead: {id: Keen ID}    # the lead",
    ]
    numbers = renamed(Keen_Lead_ID="Keen ID") | {"Keen ID": [str(number) for number in range(9)]}
    found = looked(numbers)
    assert [(each.name, each.rename, each.change) for each in found.missing] == [("Keen Lead ID", None, "none")]
    assert found.text is None


def test_values_decide_where_names_do_not() -> None:
    """What a lookup can read, and no other column has, is the column of that lookup."""
    found = looked({**renamed(Tier="Customer tier"), "Town": NAMES})
    assert changes(found) == ["-    column: Tier   # three words", "+    column: Customer tier   # three words"]
    found = looked({**renamed(Tier="Customer tier"), "Customer tier": NAMES})
    assert found.missing[0].rename is None
    assert "+  #Tier:" in changes(found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("First Name", "Last Name"),
        ("Shipping City", "Billing City"),
        ("Phone 1", "Phone 2"),
        ("Mobile Phone", "Phone"),
        ("Created", "Modified"),
        ("Is male", "Is female"),
        ("E-mail", "E-mail of assistant"),
    ],
)
def test_a_neighbour_is_no_new_name(old: str, new: str) -> None:
    """What is nearly alike and something else is never taken for it, though the values would fit."""
    text = f"version: 1\nlead: {{id: Keen Lead ID}}\nfields: {{notes: N, source: {old}}}\n"
    found = looked({"Keen Lead ID": LEADS, "N": NAMES, new: ["some text"] * 9}, text)
    assert found.missing[0].rename is None
    assert "\n# fields: {source: " not in text
    assert f"+#fields: {{source: {old}}}" in changes(found)


def test_two_that_may_be_it_are_a_doubt() -> None:
    """Where two columns are as like, a person must say; what uses the name is a comment until then."""
    found = looked({**renamed(E_mail="Mailadresse"), "Mail": MAILS})
    assert [each.column.header for each in found.missing[0].renames] == ["Mailadresse", "Mail"]
    assert found.missing[0].change == "commented_out"
    assert changes(found)[:3] == [
        "-  email: {column: 'E-mail', check: email}   # who it is",
        '+  # The source has no column "E-mail" any more; perhaps it is "Mailadresse" now (95%).',
        "+  #email: {column: 'E-mail', check: email}   # who it is",
    ]


def test_what_uses_a_missing_column_becomes_a_comment() -> None:
    """All lines of it, with the reason above; of a section of which nothing is left, the key too."""
    found = looked({"Keen Lead ID": LEADS, "E-mail": MAILS, "Fornavn": NAMES})
    assert '+  # The source has no column "Tier" any more.' in changes(found)
    assert "+  #  lookup: {Gold: A, Silver: B, Bronze: C}" in changes(found)
    found = looked({"Keen Lead ID": LEADS, "E-mail": MAILS})
    assert "+#properties:" in changes(found)
    assert "+  #first_name: Fornavn" in changes(found)


def test_a_mapping_that_would_send_nothing_is_not_proposed() -> None:
    """It could not be loaded."""
    found = looked({"Keen Lead ID": LEADS, "Umbrella": NAMES})
    assert len(found.missing) == 3
    assert found.text is None


def test_a_new_column_is_added_where_it_surely_goes() -> None:
    """At the end of its section with the evidence; a property as its type wants it; what is doubtful is a comment."""
    values = {**COLUMNS, "Telefon": PHONES, "Deal size": ["1.234,50"] * 9, "Amount": ["7"] * 9}
    definitions = [Definition("d1", "Deal size", "number"), Definition("d2", "Amount paid", "number")]
    found = looked(values, definitions=definitions)
    assert [(str(each.goal), each.change) for each in found.new if each.goal] == [
        ("phone", "added"),
        ("properties.Deal size", "added"),
    ]
    assert "+  phone: {column: Telefon, phone: {region: DK}}" in changes(found)
    assert '+  Deal size: {column: Deal size, type: number, decimal: ",", thousands: "."}' in changes(found)
    assert changes(found)[0].startswith('+  # 99%: "Telefon" is ')


def test_a_new_column_that_would_be_refused_is_a_comment() -> None:
    """Here nothing tells the day from the month, so no form of the dates can be declared for it."""
    definitions = [Definition("d1", "Renewal", "date")]
    found = looked({**COLUMNS, "Renewal": ["03-04-2026", "05-06-2026", "01-02-2026"] * 3}, definitions=definitions)
    assert [each.change for each in found.new] == ["added_as_comment"]
    assert "+  #Renewal: {column: Renewal, type: date}" in changes(found)


def test_a_new_column_for_what_is_sent_already_is_only_told() -> None:
    """The mapping's own column for the goal stays."""
    found = looked({**COLUMNS, "Given name": NAMES, "By": ["Aarhus"] * 9})
    assert [each.goal for each in found.new] == [None, None]
    assert not found.needs_something


@pytest.mark.parametrize(
    "comment",
    [
        '# Left out:\n#   "Telefon": nobody calls',
        "  #phone: Telefon",
        "  # phone: {column: Telefon, phone: {region: DK}}",
        "# not used: Mobil, telefon, Fax",
        "# Left out, because it is long and has to be wrapped somewhere: 'Tele\u00adfon' and \"Telefon\".",
    ],
)
def test_what_a_comment_names_is_not_new(comment: str) -> None:
    """Somebody has decided about it."""
    assert not looked({**COLUMNS, "Telefon": PHONES}, f"{TEXT}{comment}\n").needs_something


def test_what_is_only_like_a_word_of_a_comment_is_new() -> None:
    """Prose is no list of columns."""
    found = looked({**COLUMNS, "Telefon": PHONES}, f"{TEXT}# Every Telefon number was checked; telefonbog.\n")
    assert [str(each.goal) for each in found.new] == ["phone"]


def test_sections_in_braces_are_changed_in_their_line() -> None:
    """Entries come and go within the braces, and comments stand above."""
    text = "version: 1\nlead: {id: L}\nfields: {first_name: Fornavn, source: Kilde} # all\n"
    found = looked({"L": LEADS, "Fornavn": NAMES, "Telefon": PHONES}, text)
    assert changes(found) == [
        "-fields: {first_name: Fornavn, source: Kilde} # all",
        '+# The source has no column "Kilde" any more.',
        "+#fields: {source: Kilde}",
        *[line for line in changes(found) if "% " in line or "%:" in line],
        "+fields: {first_name: Fornavn, phone: {column: Telefon, phone: {region: DK}}} # all",
    ]


def test_names_are_quoted_as_they_need() -> None:
    """A header may hold whatever YAML means something by."""
    found = looked({"Keen Lead ID": LEADS, '"E-mail": {}': MAILS, "Fornavn": NAMES, "Tier": TIERS})
    assert """email: {column: '"E-mail": {}', check: email}""" in (found.text or "")
    found = looked(renamed(E_mail="'Email'", Fornavn="Fornavn:"))
    assert "  email: {column: \"'Email'\", check: email}" in (found.text or "")
    assert '  first_name: "Fornavn:"' in (found.text or "")


def test_a_header_with_braces_cannot_stand_in_a_template() -> None:
    """So nothing is proposed, and the rename is told."""
    found = looked(renamed(Fornavn="{Fornavn}"))
    assert found.missing[0].rename
    assert (found.missing[0].change, found.text) == ("none", None)


def test_aliases_and_odd_layouts_are_left_to_a_person_or_changed_rightly() -> None:
    """An anchor keeps its name; whatever cannot be changed soundly is not proposed."""
    text = "version: 1\nlead: {id: L}\nfields:\n  notes: &n {column: &c 'Note text'}\n  source: *n\n"
    found = looked({"L": LEADS, "Note-Text": NAMES}, text)
    assert "+  notes: &n {column: &c 'Note-Text'}" in changes(found)
    found = looked({"L": LEADS, "Note-Text": NAMES}, "{version: 1, lead: {id: L}, fields: {notes: Note text}}\n")
    assert (len(found.missing), found.text) == (1, None)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["m.yaml", "a b/m.yaml"])
@pytest.mark.parametrize("ends", [True, False])
def test_the_diff_can_be_applied_by_patch(tmp_path: Path, ending: str, name: str, ends: bool) -> None:
    """Whatever the line ends are, and where the last one is missing."""
    text = TEXT.replace("\n", ending)
    text = text if ends else text.rstrip()
    values: dict[str, Any] = renamed(E_mail="Email", Tier="Category")
    found = looked({**values, "Category": NAMES}, text, path=Path(name))
    at = tmp_path / name
    at.parent.mkdir(exist_ok=True)
    at.write_bytes(text.encode())
    subprocess.run(["patch", "-p0", "--binary"], cwd=tmp_path, input=found.diff.encode(), check=True, stdout=-3)
    assert at.read_bytes().decode() == found.text


def test_a_byte_order_mark_stays() -> None:
    """Some editors write one."""
    text = "\ufeff" + TEXT
    found = looked(renamed(E_mail="Email"), text)
    assert (found.text or "").startswith("\ufeff# What")


def test_names_that_fit_several_columns_are_told() -> None:
    """They cannot be told apart, and no change of the mapping helps."""
    columns = [*columns_of(COLUMNS), Column(4, "E", "TIER ", TIERS), Column(5, "F", " tier", TIERS)]
    columns[3] = Column(3, "D", "tier", TIERS)
    found = upkeep(parse_mapping(PATH, TEXT.encode()), TEXT.encode(), suggest(columns))
    assert found.ambiguous == ['m.yaml:13:13: "Tier" fits several columns: D and E and F.']
    assert (found.needs_something, found.text) == (True, None)
