"""`leadsync map check` and `leadsync map explain`: a mapping kept up, and shown for what it does."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CHANNEL, Ended, lead_id

MAPPING = f"""version: 1
channel: {CHANNEL}
lead: {{id: Keen Lead ID}}
fields:
  email: {{column: E-mail, check: email}}  # who it is
properties: {{Tier: Tier}}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Write a mapping, and an export in which a column is called otherwise, one is new and one says nothing."""
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "m.yaml").chmod(0o640)
    rows = [f"{lead_id(number)},p{number}@p.example.com,Gold,{number},x" for number in range(8)]
    rows += [f"{lead_id(8)},nobody,Gold,8,x", ",,,,"]
    text = "\n".join(["Keen Lead ID,Mail,Tier,Deal size,Ref", *rows, ""])
    (tmp_path / "leads.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_changed_export_is_told_with_the_change(desk: Path, leadsync: Callable[..., Ended]) -> None:
    """The findings go to standard error, a diff to standard output, and nothing is changed."""
    ended = leadsync("map", "check", "m.yaml", "leads.csv")
    assert ended.code == 1
    assert ended.out.splitlines()[:2] == ["--- m.yaml", "+++ m.yaml"]
    assert "+  email: {column: Mail, check: email}  # who it is" in ended.out
    assert ended.err.splitlines()[0] == "m.yaml and leads.csv: 1 column is missing."
    assert 'm.yaml:5:19: "E-mail", for email, is missing: it is "Mail" now' in ended.err
    assert "p1@p" not in ended.out + ended.err
    assert all(len(line) <= 80 for line in ended.err.splitlines())
    assert (desk / "m.yaml").read_text(encoding="utf-8") == MAPPING
    brief = leadsync("map", "check", "m.yaml", "leads.csv", "--quiet", "--json")
    assert len(brief.err.splitlines()) == 1
    assert brief.json["missing"][0]["may_be"][0]["header"] == "Mail"
    assert brief.json["diff"] == ended.out


def test_the_change_can_be_written(desk: Path, leadsync: Callable[..., Ended]) -> None:
    """The file keeps its mode, a link stays one, and then there is nothing to do."""
    (desk / "link.yaml").symlink_to("m.yaml")
    ended = leadsync("map", "check", "link.yaml", "leads.csv", "--write")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err.splitlines()[-1] == "link.yaml is changed."
    assert (desk / "link.yaml").is_symlink()
    assert stat.S_IMODE((desk / "m.yaml").stat().st_mode) == 0o640
    assert (desk / "m.yaml").read_text(encoding="utf-8") == MAPPING.replace("E-mail", "Mail")
    ended = leadsync("map", "check", "m.yaml", "leads.csv", "--quiet")
    assert (ended.code, ended.out, ended.err) == (0, "", "")


def test_with_a_key_new_columns_may_go_to_properties(desk: Path, at_keen: Callable[..., Ended]) -> None:
    """The channel's definitions are asked for, unless nobody is to be asked."""
    ended = at_keen("map", "check", "m.yaml", "leads.csv")
    assert ended.code == 1
    assert "+properties: {Tier: Tier, Deal size: {column: Deal size, type: number}}" in ended.out
    ended = at_keen("map", "check", "m.yaml", "leads.csv", "--offline")
    assert "Deal size: {" not in ended.out


def test_columns_that_stand_elsewhere_are_not_missing(desk: Path, leadsync: Callable[..., Ended]) -> None:
    """Where a title stands above the header, the mapping is right but for the row."""
    text = (desk / "leads.csv").read_text(encoding="utf-8").replace(",Mail,", ",E-mail,")
    (desk / "leads.csv").write_text(f"Leads of Acme,,,,\n{text}", encoding="utf-8")
    ended = leadsync("map", "check", "m.yaml", "leads.csv")
    assert (ended.code, ended.out) == (1, "")
    assert "declare `source: {header_row: 2}`" in " ".join(ended.err.split())


@pytest.mark.parametrize("arguments", [("none.yaml", "leads.csv"), ("m.yaml", "none.csv"), ("leads.csv", "leads.csv")])
def test_what_cannot_be_used_is_told(desk: Path, leadsync: Callable[..., Ended], arguments: tuple[str, str]) -> None:
    """With the exit code 2, and nothing on standard output."""
    ended = leadsync("map", "check", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Traceback" not in ended.err


def test_a_mapping_is_explained_with_the_first_rows(desk: Path, leadsync: Callable[..., Ended]) -> None:
    """In words, and as the bodies that would be sent; or why a row is not."""
    (desk / "m.yaml").write_text(MAPPING.replace("E-mail", "Mail"), encoding="utf-8")
    ended = leadsync("map", "explain", "m.yaml", "leads.csv", "--rows", "10")
    assert ended.code == 0, ended.err
    assert '  email: the column "Mail"; a text that is no e-mail address makes the row\n' in ended.out
    assert f"leads.csv!2 is sent: email and 1 property of lead\n{lead_id(0)}." in ended.out
    body = json.loads(ended.out.partition(f"{lead_id(0)}.\n")[2].partition("leads.csv!3")[0])
    assert body == {
        "action": "update_lead",
        "lead_id": lead_id(0),
        "email": "p0@p.example.com",
        "properties": [{"property_definitions_id": '<id of "Tier">', "value": "Gold"}],
    }
    assert 'leads.csv!10 is invalid, and nothing is sent of it: Mail: "nobody"' in ended.out
    assert "leads.csv!11 is skipped, and nothing is sent of it: Every cell of the row is" in ended.out
    words = ended.out.partition("The first rows of")[0]
    assert all(len(line) <= 80 for line in words.splitlines())


def test_a_mapping_is_explained_with_its_last_source(desk: Path, leadsync: Callable[..., Ended]) -> None:
    """Where it was used before and the source is still there; else it is said how to see rows."""
    (desk / "m.yaml").write_text(MAPPING.replace("E-mail", "Mail"), encoding="utf-8")
    ended = leadsync("map", "explain", "m.yaml")
    assert ended.out.splitlines()[-1] == "See what it makes of rows: leadsync map explain m.yaml SOURCE"
    leadsync("sync", "leads.csv", "--mapping", "m.yaml", "--dry-run", "--quiet")
    ended = leadsync("map", "explain", "m.yaml", "--rows", "1")
    assert "the last with this mapping" in " ".join(ended.out.split())
    assert "leads.csv!2 is sent" in ended.out
    (desk / "leads.csv").unlink()
    assert "explain m.yaml SOURCE" in leadsync("map", "explain", "m.yaml").out
