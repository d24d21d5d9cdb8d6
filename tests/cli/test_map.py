"""`leadsync map`: from a file to a mapping that can be used; and a source whose mapping nobody names."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Ended, lead_id

from leadsync.mapping import load_mapping, schema_text

SAMPLE = ROOT / "sample_data" / "hubspot_contacts.csv"
COLUMNS = "Keen Lead ID,E-Mail-Adresse,Vorname,Nachname,Firma,Telefon,Ort"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Write a German list of ten leads."""
    rows = [
        f"{lead_id(number)},a{number}@a.example.com,Jürgen,Müller,Bäcker {number} GmbH,+49 30 901820{number:02},Berlin"
        for number in range(10)
    ]
    path = tmp_path / "kunden.csv"
    path.write_text("\n".join([COLUMNS, *rows, ""]), encoding="utf-8")
    return path


def test_a_file_becomes_a_mapping_that_can_be_used(table: Path, tmp_path: Path, leadsync: Callable[..., Ended]) -> None:
    """Sure columns are active with their evidence above them, others are named as left out; the file is private."""
    ended = leadsync("map", table.name, "-o", "mappings/kunden.yaml")
    assert ended.code == 0, ended.err
    assert ended.out == ""
    assert ended.err.splitlines()[0] == "7 columns of kunden.csv: 6 mapped, 0 doubtful, 1 left out."
    path = tmp_path / "mappings" / "kunden.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[0] == "# yaml-language-server: $schema=mapping.schema.json"
    assert (
        '  # 99%: "Vorname" is German for first name; all values are given names\n  first_name: {column: Vorname'
        in text
    )
    assert "phone: {column: Telefon, phone: {region: DE}}" in text
    assert '#   "Ort": ' in text
    assert "Müller" not in text
    mapping = load_mapping(path)
    assert mapping.source.encoding == "utf-8"
    assert mapping.source.delimiter == ","
    assert [field.target.name for field in mapping.fields] == [
        "email",
        "first_name",
        "last_name",
        "phone",
        "company_name",
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.with_name("mapping.schema.json").read_text(encoding="utf-8") == schema_text()


def test_help_tells_what_goes_with_a_file_and_which_other_commands_there_are(leadsync: Callable[..., Ended]) -> None:
    """Whoever asks `map` for help need not know that a command of the group does it."""
    told = leadsync("map", "--help").out
    assert "Usage: leadsync map [OPTIONS]" in told
    assert "--split-names" in told
    assert "\n  explain " in told
    assert "propose" not in told


def test_a_mapping_that_is_there_is_not_replaced(table: Path, tmp_path: Path, leadsync: Callable[..., Ended]) -> None:
    """Somebody may have worked on it."""
    (tmp_path / "m.yaml").write_text("mine", encoding="utf-8")
    ended = leadsync("map", table.name, "-o", "m.yaml")
    assert ended.code == 2
    assert "m.yaml is there already" in ended.err
    assert (tmp_path / "m.yaml").read_text(encoding="utf-8") == "mine"
    ended = leadsync("map", table.name, "-o", "m.yaml", "--overwrite", "--quiet")
    assert (ended.code, ended.out, ended.err) == (0, "", "")


def test_without_a_file_to_write_the_mapping_is_printed(table: Path, leadsync: Callable[..., Ended]) -> None:
    """And only that, on standard output."""
    ended = leadsync("map", table.name, "--quiet")
    assert ended.code == 0
    assert ended.out.startswith("# yaml-language-server")
    assert ended.err == ""


def test_without_a_lead_the_mapping_must_be_completed(tmp_path: Path, leadsync: Callable[..., Ended]) -> None:
    """The exit code says so, and a comment where the column's name belongs."""
    (tmp_path / "a.csv").write_text("Email,Fornavn\na@b.example.com,Søren\n", encoding="utf-8")
    ended = leadsync("map", "a.csv")
    assert ended.code == 1
    assert "#lead: {id: COLUMN}" in ended.out
    assert "cannot be used yet" in ended.err


def test_what_is_doubtful_is_a_comment(tmp_path: Path, leadsync: Callable[..., Ended]) -> None:
    """A header that nobody knows above e-mail addresses is no e-mail address for sure."""
    rows = "\n".join(f"{lead_id(n)},x{n}@b.example.com,Ja" for n in range(8))
    (tmp_path / "a.csv").write_text(f"Keen Lead ID,Feld 7,Fornavn\n{rows}\n", encoding="utf-8")
    ended = leadsync("map", "a.csv")
    assert "  #email: {column: Feld 7, transform: trim, check: email}" in ended.out
    assert ended.err.startswith("3 columns of a.csv: ")


def test_a_header_below_a_preamble_is_found(table: Path, tmp_path: Path, leadsync: Callable[..., Ended]) -> None:
    """Exports begin with a title more often than not."""
    (tmp_path / "b.csv").write_text(f"Kundenliste 2026\n\n{table.read_text(encoding='utf-8')}", encoding="utf-8")
    ended = leadsync("map", "b.csv", "-o", "b.yaml")
    assert ended.code == 0, ended.err
    assert load_mapping(tmp_path / "b.yaml").source.header_row == 3


def test_full_names_are_split_only_when_asked(tmp_path: Path, leadsync: Callable[..., Ended]) -> None:
    """The last word is the last name then, and a name of one word a first name."""
    names = ["Anna Maria Holm", "Søren Dahl", "Cher", "Mette Lund", "Lars Bo Juhl"]
    rows = "\n".join(f"{lead_id(n)},{name}" for n, name in enumerate(names))
    (tmp_path / "a.csv").write_text(f"Keen Lead ID,Navn\n{rows}\n", encoding="utf-8")
    assert "  #first_name: {column: Navn" in leadsync("map", "a.csv").out
    assert leadsync("map", "a.csv", "--split-names", "-o", "m.yaml").code == 0
    ended = leadsync("sync", "a.csv", "--mapping", "m.yaml", "--sandbox", "--json", "--report-dir", "r")
    assert ended.json["statuses"] == {"updated": 5}


def test_properties_of_the_channel_are_candidates(tmp_path: Path, leadsync: Callable[..., Ended]) -> None:
    """By name and type; the emulator's channel stands in for Keen's."""
    rows = "\n".join(f'{lead_id(n)},"1.{n}00,50",Gold,Vorwärts' for n in range(1, 9))
    (tmp_path / "a.csv").write_text(f"Keen Lead ID,Deal size,tier,Motto\n{rows}\n", encoding="utf-8")
    ended = leadsync("map", "a.csv", "--sandbox", "-o", "m.yaml")
    text = (tmp_path / "m.yaml").read_text(encoding="utf-8")
    assert ended.code == 0, ended.err
    assert "channel: Acme Corp Partnership" in text
    assert '  Deal size: {column: Deal size, type: number, thousands: "."}' in text
    assert '  decimal: ","' in text
    assert "  Tier: tier" in text


def test_the_schema_is_printed_as_it_is_shipped(leadsync: Callable[..., Ended]) -> None:
    """For an editor that wants it elsewhere."""
    ended = leadsync("map", "schema")
    assert json.loads(ended.out)["required"] == ["version", "lead"]
    assert ended.out == (ROOT / "mappings" / "mapping.schema.json").read_text(encoding="utf-8")


def test_the_mapping_that_fits_is_found(table: Path, tmp_path: Path, leadsync: Callable[..., Ended]) -> None:
    """And told; where several fit, or none, nothing is guessed."""
    assert leadsync("map", table.name, "-o", "mappings/kunden.yaml", "--quiet").code == 0
    ended = leadsync("sync", table.name, "--sandbox", "--json")
    assert (ended.code, ended.json["mapping"], ended.err) == (0, "mappings/kunden.yaml", "")
    ended = leadsync("check", table.name)
    assert "Mapping: mappings/kunden.yaml, the only one whose columns are all there." in ended.err
    (tmp_path / "other.csv").write_text("A,B\n1,2\n", encoding="utf-8")
    ended = leadsync("plan", "other.csv")
    assert ended.code == 2
    assert "mappings/kunden.yaml does not fit: other.csv lacks 6 of its columns." in ended.err
    (tmp_path / "mappings" / "again.yml").write_bytes((tmp_path / "mappings" / "kunden.yaml").read_bytes())
    ended = leadsync("sync", table.name, "--sandbox")
    assert ended.code == 2
    assert "2 mappings fit the columns of kunden.csv: mappings/again.yml and mappings/kunden.yaml." in ended.err
    assert "read only once" in leadsync("check", "-").err
