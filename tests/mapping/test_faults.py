"""A mapping that cannot be used: all faults at once, each a sentence with its place."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadsync.errors import Fault, MappingError
from leadsync.mapping import load_mapping

GOOD = """version: 1
name: HubSpot nightly export
channel: Acme Corp Partnership
source: {sheet: Leads, header_row: 1}
lead: {id: Keen Lead ID}
fields:
  email: {column: E-mail, transform: [trim, lower], check: email}
  phone: {column: Telefon, phone: {region: DK}}
  notes: {template: "{Notes} (owner: {Owner})", on_blank: skip}
  source: {value: CRM sync}
properties:
  Deal size: {column: Amount, type: number, decimal: ","}
  019dc3f6-1790-7298-932b-90a7ee4ba10c: {column: Tier, lookup: {A: Gold, B: Silver}, otherwise: error}
rules: {duplicates: each}
"""

BAD = """versio: 1
name:
source: {header_row: zero, encoding: utf9, decimal: ";"}
lead: {id: Keen Lead ID, legacy_id: Old}
fields:
  emial: E-mail
  email: {colum: E-mail, transform: [trimm]}
  email: E-post
  phone: {column: Phone, phone: {region: Denmark}, check: [{regex: "("}]}
  notes: {template: "{Notes (owner)", otherwise: skip}
  source: {value: "12x", type: integer}
  company_name: {template: {Company}}
  business_id: {column: CVR, value: x, decimal: ","}
properties:
  Deal size: {column: Amount, type: number, thousands: "."}
  deal  SIZE: Amount
  Created: {column: Created, type: date, format: dd-xx-yyyy}
  Blank: {column: A, required: true, on_blank: clear}
  Alias: *nowhere
"""

SAID = """x.yaml:1:1: "versio" is not a key that can stand here. Did you mean "version"?
x.yaml:2:1: "name" has no value. Give it one, or take the line out.
x.yaml:3:22: "header_row" must be a whole number, not "zero".
x.yaml:3:38: "utf9" is not a known encoding. Did you mean "utf-8"?
x.yaml:3:53: ";" is not a choice for "decimal". It is "." or ",".
x.yaml:4:7: "lead" takes exactly one of "id" and "legacy_id", with the name of a column.
x.yaml:6:3: "emial" is not a standard field of Keen; a custom property goes under "properties". Did you mean "email"?
x.yaml:7:11: "colum" is not a key that can stand here. Did you mean "column"?
x.yaml:7:38: "trimm" is not a choice for "transform". Did you mean "trim"?
x.yaml:8:3: "email" stands here a second time; the first is on line 7. Keep one.
x.yaml:9:42: "Denmark" is not a region. It is the two letters of a country, such as DK.
x.yaml:9:68: this is not a regular expression that Python reads (missing ), unterminated subpattern at position 0).
x.yaml:10:11: a brace stands alone here. A column is {Name}; a brace itself is {{ or }}.
x.yaml:10:39: "otherwise" belongs to a "lookup", and there is none.
x.yaml:11:19: "12x" is not a whole number, such as 1234.
x.yaml:12:28: "template" must be a text, not a mapping of keys to values; a text that begins with "{" must be in quotes.
x.yaml:13:30: "column" and "value" stand together, but a value has one source. Keep one of them.
x.yaml:13:40: "decimal" belongs to "type: number", and the type here is text.
x.yaml:15:3: "Deal size" is the name of a property, so the mapping needs "channel", its name or id.
x.yaml:15:45: "." is the decimal mark too (a point unless declared). Give "decimal" another mark.
x.yaml:16:3: "deal  SIZE" and "Deal size" (line 15) are one property. Keep one.
x.yaml:17:42: "dd-xx-yyyy" is no form of a date: "x" has no meaning there; use d, m, yyyy, hh and ss, or a % pattern.
x.yaml:18:38: "required" refuses a blank cell, and "on_blank: clear" sends it. Keep one of them.
x.yaml:19:10: the alias "*nowhere" has no anchor above it. Write the value out."""


def test_all_faults_are_told_at_once_in_order_of_place(bench: Any) -> None:
    """One reading is enough to mend a mapping."""
    assert "\n".join(bench.faults(BAD)) == SAID


def test_the_mapping_of_the_design_has_no_fault(bench: Any) -> None:
    """The example that the design gives can be used as it stands."""
    assert bench.load(GOOD).name == "HubSpot nightly export"


HEAD = "version: 1\nlead: {id: A}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", 'x.yaml: the mapping is empty. It begins with "version: 1".'),
        ("- a\n", 'x.yaml:1:1: the mapping must consist of keys and values, such as "version: 1".'),
        (b"version: 1\nname: caf\xe9\n", "x.yaml:2:10: the file is not UTF-8 text from here on. Save it as UTF-8."),
        ("a: 1\nb: \x01\n", "x.yaml:2:4: a character stands here that YAML does not allow. Delete it."),
        (
            "\tversion: 1\n",
            ("x.yaml:1:1: this is not valid YAML (found character tab that cannot start any token): "
            "indent with spaces, not with tabs."),
        ),
        (
            "name: a: b\n",
            ("x.yaml:1:8: this is not valid YAML (mapping values are not allowed here): "
            'a value with ": " in it must be in quotes, and keys must be in line.'),
        ),
        (HEAD + "---\na: b\n", "x.yaml:3:1: a second document begins here; a mapping is only one."),
        (HEAD, 'x.yaml:1:1: the mapping sends nothing. Give it "fields" or "properties".'),
        (HEAD.replace("1", "2") + "fields: {email: E}\n", ('x.yaml:1:10: this is version "2" of the mapping; '
         "this leadsync reads version 1.")),
        (HEAD + "fields: {email: !x E}\n", 'x.yaml:3:17: the tag "!x" has no meaning here. Take it out.'),
        (HEAD + "fields: {email: E, [a]: b}\n", "x.yaml:3:20: a key must be a text. Put it in quotes if it is one."),
        (HEAD + "fields: {email: &e {column: E}, phone: {column: P, <<: *e}}\n",
         'x.yaml:3:52: merge keys ("<<") are not read. Write the keys out.'),
        ("a: " + "[" * 30 + "]" * 30, "x.yaml:1:24: this is nested too deeply for a mapping."),
        (HEAD + "source: {sheet: 0}\nfields: {email: E}\n", "x.yaml:3:17: sheets are counted from 1."),
        (HEAD + "fields: {email: {column: E, value: ''}}\n", ('x.yaml:3:29: "column" and "value" stand together, '
         "but a value has one source. Keep one of them.")),
        (HEAD + "fields: {email: {value: ' '}}\n", ("x.yaml:3:25: this constant comes to nothing, "
         "so it would never be sent.")),
        (HEAD + "fields: {email: {check: email}}\n", ("x.yaml:3:10: this says not where its value comes from. "
         'Give it a "column", a "template" or a "value".')),
        (HEAD + "fields: {email: {template: E}}\n", ("x.yaml:3:18: this names no column in braces. "
         'For a constant, use "value".')),
        (HEAD + "fields: {email: {column: E, phone: {region: DK}, type: text}}\n", ('x.yaml:3:50: "phone" is a type '
         'by itself. Take "type" out.')),
        (HEAD + "fields: {email: {column: E, type: boolean, true: [Nej, 0]}}\n", ('x.yaml:3:44: "0" would mean both '
         "true and false. Give both lists.")),
        (HEAD + "fields: {email: {column: E, type: date, format: '%H:%M'}}\n", ('x.yaml:3:41: "%H:%M" is no form of '
         "a date: it must tell year, month and day.")),
        *((HEAD + f'fields: {{email: {{column: E, type: date, format: "{form}\\{half}"}}}}\n',
           f'x.yaml:3:41: "{form}\\{half}" is no form of a date: it holds a character that cannot stand in a text.')
          for form, half in (("%Y-%m-%d", "ud800"), ("yyyy-mm-dd", "ud800"))),
        (HEAD + "source: {header_row: 1048577}\nfields: {email: E}\n",
         'x.yaml:3:22: "header_row" must be 1048576 or less, not "1048577".'),
        (HEAD + f"source: {{header_row: {'9' * 5000}}}\nfields: {{email: E}}\n",
         'x.yaml:3:22: "header_row" must be a number of fewer digits, not "' + "9" * 39 + '…".'),
        *((HEAD + f"source: {{sheet: {mark}{digit * 5000}{mark}}}\nfields: {{email: E}}\n",
           "x.yaml:3:17: no sheet has so long a number or name; Excel's names have at most 31 characters.")
          for mark in ("", "'") for digit in ("9", "\u0663")),
        (HEAD + "fields: {email: {column: E, type: date, format: dd-mm}}\n", ('x.yaml:3:41: "dd-mm" is no form of '
         "a date: it must tell year, month and day.")),
        (HEAD + "fields: {email: {column: E, check: {regex: '[[:alpha:]]'}}}\n", ("x.yaml:3:44: this is not a regular "
         "expression that Python reads (Possible nested set at position 1).")),
        (HEAD + "fields: {email: {column: E, lookup: {'': x}}}\n", ("x.yaml:3:38: a blank cell never comes to the "
         'lookup. Use "on_blank".')),
        (HEAD + "fields: {email: {column: E, transform: {replace: a, with: '\\2'}}}\n", ('x.yaml:3:40: "with" does not '
         'fit "replace" (invalid group reference 2 at position 1).')),
        (HEAD + "fields: {email: {column: E, type: integer, percent: fraction}}\n", ("x.yaml:3:44: a fraction is no "
         'whole number. Say "type: number", or "percent: points".')),
        (HEAD + "fields: {email: {column: E, currency: kr}}\n", ('x.yaml:3:29: "currency" belongs to "type: number" '
         'or "type: integer", and the type here is text.')),
        (HEAD + "fields: {email: {column: E, type: number, currency: [kr, 1kr]}}\n", ('x.yaml:3:58: "1kr" is no mark '
         "of a currency. It is a text such as kr, DKK or €.")),
        (HEAD + "fields: {email: {column: E, blanks: [a, ]}}\nsource: {blanks: }\n", ('x.yaml:4:10: "blanks" has no '
         "value. Give it one, or take the line out.")),
        *((HEAD + f"fields: {{email: E}}\nrules: {{max_cleared: {share}}}\n", f"x.yaml:4:22: {said}")
          for share, said in (
              ("5", '"5" is no share of the rows. Write it like 5%; 0% always asks, and 100% never.'),
              ("none", '"none" is no share of the rows. Write it like 5%; 0% always asks, and 100% never.'),
              ("100.5%", '"100.5%" is more than all rows, which are 100%.'))),
        *((HEAD + f"fields: {{email: {{column: E, {keys}}}}}\n", f"x.yaml:3:{said}")
          for keys, said in (
              ("policy: overwirte", '37: "overwirte" is not a choice for "policy". Did you mean "overwrite"?'),
              ("policy: keep", ('37: "keep" is not a choice for "policy". It is "overwrite", "fill_if_blank", '
               '"only_if_ours" or "never_clear".')),
              ("polcy: overwrite", '29: "polcy" is not a key that can stand here. Did you mean "policy"?'),
              ("policy: ", '29: "policy" has no value. Give it one, or take the line out.'),
              ("policy: [overwrite]", ('37: "policy" must be "overwrite", "fill_if_blank", "only_if_ours" or '
               '"never_clear", not a list.')),
              ("on_blank: clear, policy: fill_if_blank", ('46: "on_blank: clear" empties a value, and '
               '"fill_if_blank" only fills. Keep one of them.')))),
        *((HEAD + f"fields: {{email: E}}\nrules: {{{rule}}}\n", f"x.yaml:4:{said}")
          for rule, said in (
              ("max_chnged: 5%", '9: "max_chnged" is not a key that can stand here. Did you mean "max_changed"?'),
              ("max_row_chnge: 5%", ('9: "max_row_chnge" is not a key that can stand here. '
               'Did you mean "max_row_change"?')),
              ("max_changed: 0.5", ('22: "0.5" is no share of the rows. Write it like 5%; 0% always asks, '
               "and 100% never.")),
              ("max_invalid: 101%", ('22: "101%" is no share of the rows. Write it like 5%; 0% always asks, '
               "and 100% never.")),
              ("max_row_change: -5%", '25: "-5%" is no share of the rows, from 0% to 1000%. Write it like 50%.'),
              ("max_row_change: 2000%", '25: "2000%" is no share of the rows, from 0% to 1000%. Write it like 50%.'),
              ("max_row_change: 1000.1%", '25: "1000.1%" is more than 1000%, the most that can be allowed.'),
              ("empty_source: alow", '23: "alow" is not a choice for "empty_source". Did you mean "allow"?'),
              ("blank_columns: true", '24: "true" is not a choice for "blank_columns". It is "stop" or "allow".'))),
        *((HEAD + f"fields: {{email: E}}\ndamage: {{{kind}}}\n", f"x.yaml:4:{said}")
          for kind, said in (
              ("mojibak: off", '10: "mojibak" is not a key that can stand here. Did you mean "mojibake"?'),
              ("mojibake: no", '20: "no" is not a choice for "mojibake". It is "error", "warning" or "off".'),
              ("one_value: warn", '21: "warn" is not a choice for "one_value". Did you mean "warning"?'),
              ("repeated_lead: error", ('25: this is "warning" or "off"; to refuse such rows, say '
               '"rules: {duplicates: error}".')))),
        (HEAD + "fields: {email: {column: E, check: {length: {min: 5, max: 2}}}}\n", ('x.yaml:3:45: "min" (5) is '
         'greater than "max" (2); no text fits.')),
    ],
)  # fmt: skip
def test_each_fault_is_one_sentence_with_its_place(bench: Any, text: str | bytes, said: str) -> None:
    """A mapping with one fault gives one line, which says what to do."""
    assert bench.faults(text) == [said]


MISSPELT = """vershun: 2
lead: {idd: A}
feilds:
  emial: {colum: E, transform: [{replac: a, wit: b, to: c}]}
  Deal size: {column: D, decimal: ","}
  phone:
    phon: {regoin: Denmark}
  last_nam:
propertys: {Tier: {column: T, chek: [{lenght: {mim: x}}]}}
api_key: {verison: hunter2}
"""


def test_what_stands_below_a_misspelt_key_is_looked_at_too(bench: Any) -> None:
    """Nobody mends a key only to be told of the next one; of a key that speaks of a secret no value is looked at."""
    assert [said.split(" is ")[0].removeprefix("x.yaml:") for said in bench.faults(MISSPELT)] == [
        *('1:1: "vershun"', "1:10: this", '2:8: "idd"', '3:1: "feilds"', '4:3: "emial"', '4:11: "colum"'),
        *('4:34: "replac"', '4:45: "wit"', '4:53: "to"', '5:3: "Deal size"', '7:5: "phon"', '7:12: "regoin"'),
        *('7:20: "Denmark"', '8:3: "last_nam" has no value. Give it one, or take the line out.', '8:3: "last_nam"'),
        *('9:1: "propertys"', '9:31: "chek"', '9:39: "lenght"', '9:48: "mim"'),
        *('9:53: "min" must be a whole number, not "x".', '10:1: "api_key"'),
    ]


def test_what_the_keys_of_a_misspelt_field_say_against_one_another_is_told(bench: Any) -> None:
    """It is a field, by whatever name."""
    said = bench.faults(HEAD + "fields: {emial: {column: E, value: x}, Deal size: {column: D, decimal: ','}}\n")
    assert [line.split(" is ")[0] for line in said] == [
        'x.yaml:3:10: "emial"',
        'x.yaml:3:29: "column" and "value" stand together, but a value has one source. Keep one of them.',
        'x.yaml:3:40: "Deal size"',
        """x.yaml:3:63: "decimal" belongs to "type: number", and the type here""",
    ]


def faults_of(bench: Any, text: str | bytes, name: str = "x.yaml") -> tuple[Fault, ...]:
    """Give the faults that the error of loading carries."""
    path = bench.folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(MappingError) as caught:
        load_mapping(path)
    assert caught.value.message.splitlines() == [str(fault) for fault in caught.value.faults]
    return caught.value.faults


def test_each_fault_knows_the_characters_that_are_meant_and_what_to_do(bench: Any) -> None:
    """A message has the place; who shows it in its line needs how long it is, and the first of two."""
    marked = [
        (fault.spot.text[fault.spot.column - 1 :][: fault.spot.length], fault.help) for fault in faults_of(bench, BAD)
    ]
    assert marked[:6] == [
        ("versio", 'Did you mean "version"?'),
        ("name", "Give it one, or take the line out."),
        ("zero", ""),
        ("utf9", 'Did you mean "utf-8"?'),
        ('";"', 'It is "." or ",".'),
        ("{id: Keen Lead ID, legacy_id: Old}", ""),
    ]
    twice = [(fault.earlier.line, fault.spot.line) for fault in faults_of(bench, BAD) if fault.earlier]
    assert twice == [(7, 8), (15, 16)]


KEY = "7c2f2f4e-0d5e-4f0e-9b3a-1f2e3d4c5b6a"
SOUND = HEAD + "fields: {email: E}\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (SOUND + f"api_key: {KEY}\n", ["api_key: " + "*" * 36]),
        (SOUND + f"Token: {{value: hunter2, {KEY}: x}}\n", None),
        (SOUND + f"{KEY}: x  # my secret\n", ["*" * 36 + ": *  * ** ******"]),
        (SOUND + f"source:\n  password:\n    - {KEY}\n  passwd: >-\n    hunter2\n", None),
        (SOUND + f"LEADSYNC_X={KEY}: x\n", ["LEADSYNC_X=" + "*" * 37 + " *"]),
        (SOUND + "name: {postgres://anna:hunter2@db.example.com/x: y}\n", None),
        (f"LEADSYNC_API_KEY={KEY}\n", [""]),
        (f"- {KEY}\n", [""]),
        (f"{KEY}\xe9".encode("latin-1"), [""]),
        (f'"{KEY}: x\n', [""]),
        (f"\x01{KEY}: x\n", [""]),
        (HEAD + "fields: {emial: Keyword}\n", ["fields: {emial: Keyword}"]),
        (SOUND + f"Authorization: {KEY}\n", ["Authorization: " + "*" * 36]),
        (SOUND + "source:\n  basic_auth:\n\n    # mine\n    one:\n      - hunter2\n", None),
        (SOUND + "api:\n- two\n- hunter2: 5\n", None),
        (HEAD + f"fields:\n  email: {{colum: {KEY}}}\n", ["  email: {colum: " + "*" * 36 + "}"]),
        (HEAD + f"fields:\n  email: {{column: E, check: {KEY}}}\n  {KEY}: {{column: F}}\n", None),
        (HEAD + f"fields: {{{KEY}: E}}\nproperties: {{KEEN: {{colum: {KEY}, type: {KEY}}}}}\n", None),
        (SOUND + f"source: {{encoding: https://user:hunter2@example.com, decimal: '{KEY}'}}\n", None),
        (SOUND + "source: {encoding: 'https://a-long-name-of-a-user:hunter2-and-some-more@example.com'}\n", None),
    ],
)
def test_nothing_that_is_shown_holds_a_secret(bench: Any, text: str | bytes, shown: list[str] | None) -> None:
    """Whoever names the wrong file, or puts the key into a mapping, finds neither in a log of the terminal."""
    faults = faults_of(bench, text)
    told = [text for fault in faults for text in (fault.spot.text, fault.sentence, fault.help)]
    assert not [text for text in told if KEY in text or "hunter2" in text]
    assert shown in (None, [fault.spot.text for fault in faults])


def test_the_ids_of_channels_and_properties_are_shown(bench: Any) -> None:
    """They are UUIDs as Keen's keys are, and whoever must mend a line has to find them in it."""
    text = f"channel: {KEY}\nproperties:\n  \"{KEY}\": {{colum: A}}\n  '{KEY}' : {{column: A}}\n"
    colum, *_, twice = faults_of(bench, HEAD + text)
    assert colum.spot.text == f'  "{KEY}": {{colum: A}}'
    assert twice.spot.text == f"  '{KEY}' : {{column: A}}"
    assert KEY in twice.sentence


def test_no_line_of_an_env_file_is_shown(bench: Any) -> None:
    """By its name it is one, whatever it looks like."""
    assert [fault.spot.text for fault in faults_of(bench, HEAD + "a: b\n", ".env")] == ["", ""]


def test_the_targets_of_a_mapping_know_their_places(bench: Any) -> None:
    """What Keen says of the channel and the properties is said at the place in the mapping."""
    mapping = bench.load(GOOD)
    assert mapping.channel_spot is not None
    spots = [mapping.channel_spot, mapping.lead.column.spot, *(field.spot for field in mapping.fields)]
    assert [(spot.line, spot.column, spot.length) for spot in spots] == [
        *((3, 10, 21), (5, 12, 12), (7, 3, 5), (8, 3, 5), (9, 3, 5), (10, 3, 6), (12, 3, 9), (13, 3, 36))
    ]


def test_an_alias_bomb_is_refused_before_it_is_expanded(bench: Any) -> None:
    """Ten lines that stand for a billion values cost nothing."""
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    assert bench.faults("\n".join(lines)) == ["x.yaml:5:5: this stands for more than 20,000 values; too many."]


def test_an_alias_of_what_it_lies_in_is_refused(bench: Any) -> None:
    """A value that holds itself has no end."""
    said = bench.faults(HEAD + "fields: &f {email: *f}\n")
    assert said == ['x.yaml:3:20: the alias "*f" lies within what it stands for. Write the value out.']


def test_a_path_that_is_no_file_is_one_sentence(tmp_path: Path) -> None:
    """A missing file and a folder are told apart."""
    with pytest.raises(MappingError, match="there is no such file"):
        load_mapping(tmp_path / "none.yaml")
    with pytest.raises(MappingError, match="this is a folder"):
        load_mapping(tmp_path)
    with pytest.raises(MappingError, match=r"cannot be read \(File name too long\)"):
        load_mapping(tmp_path / ("x" * 5000))
    (tmp_path / "large.yaml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(MappingError, match="larger than"):
        load_mapping(tmp_path / "large.yaml")


def test_a_name_that_is_not_utf_8_is_read_and_shown_as_text(tmp_path: Path) -> None:
    """The path stays the one that opens the file; messages hold what can be printed."""
    path = tmp_path / os.fsdecode(b"x\xff.yaml")
    with pytest.raises(MappingError, match=r"/x\\xff\.yaml: there is no such file"):
        load_mapping(path)
    path.write_text(HEAD)
    with pytest.raises(MappingError, match=r"/x\\xff\.yaml:1:1: the mapping sends nothing"):
        load_mapping(path)
    path.write_text(HEAD + "fields: {email: E}\n")
    mapping = load_mapping(path)
    assert (mapping.path, mapping.name) == (path, "x\\xff")
    assert mapping.lead.column.place == f"{tmp_path}/x\\xff.yaml:2:12"


@settings(deadline=None)
@given(junk=st.binary(max_size=200) | st.text(alphabet=":-[]{}&*!|>'\"%@#\n\t ,ab0\\xU~?", max_size=60).map(str.encode))
def test_no_bytes_whatever_give_anything_but_a_mapping_error(shared_bench: Callable[[], Any], junk: bytes) -> None:
    """No traceback reaches a user for any file."""
    assert all(line.startswith("x.yaml") for line in shared_bench().faults(junk))


@settings(deadline=None)
@given(
    at=st.integers(0, len(GOOD)),
    junk=st.sampled_from([*"{}[]:,'\"\n\t#&*!|-0~", " ", "\n  ", ""]),
    cut=st.integers(0, 9),
)
def test_a_damaged_mapping_is_loaded_or_refused(shared_bench: Callable[[], Any], at: int, junk: str, cut: int) -> None:
    """A slip of the finger anywhere gives lines with places, or a mapping."""
    path = shared_bench().folder / "x.yaml"
    path.write_text(GOOD[:at] + junk + GOOD[at + cut :], encoding="utf-8")
    try:
        load_mapping(path)
    except MappingError as error:
        lines = str(error).split("\n")
    else:
        lines = []
    assert all(line.startswith(f"{path}:") for line in lines)
