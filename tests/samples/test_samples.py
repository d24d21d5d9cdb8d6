"""The samples: made by their generator, made up, and in the form that their CRMs write."""

import csv
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_data"
HUBSPOT = SAMPLES / "hubspot_contacts.csv"
PIPEDRIVE = SAMPLES / "pipedrive_people.xlsx"
DANSK = SAMPLES / "dansk_crm_kunder.csv"
ADDRESS = re.compile(r"[^\s@<>;\"]+@[^\s@<>;\"]+")
EXAMPLE = re.compile(r"@([\w-]+\.)*example\.(com|org|net)", re.IGNORECASE)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the generator into an empty folder."""
    folder = tmp_path_factory.mktemp("made")
    command = [sys.executable, str(Path(__file__).parent / "make_samples.py"), str(folder)]
    # With lxml installed openpyxl would write the same XML in other bytes.
    subprocess.run(command, check=True, env=os.environ | {"OPENPYXL_LXML": "False"})
    return folder


def cells(path: Path) -> list[list[str]]:
    """Read a sample with nothing of leadsync, as text."""
    if path == PIPEDRIVE:
        sheet = openpyxl.load_workbook(path)["People"]
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    dialect = {HUBSPOT: ("utf-8", ","), DANSK: ("cp1252", ";")}[path]
    with path.open(encoding=dialect[0], newline="") as file:
        return list(csv.reader(file, delimiter=dialect[1], strict=True))


def parts(path: Path) -> dict[str, tuple[tuple[int, ...], bytes]]:
    """Give a workbook's parts with their times; how zlib packed them is its own affair."""
    with zipfile.ZipFile(path) as book:
        return {part.filename: (part.date_time, book.read(part)) for part in book.infolist()}


def test_each_sample_is_what_its_generator_makes(made: Path) -> None:
    """Nobody edits a sample by hand, and there are no others."""
    names = {"hubspot_contacts.csv", "pipedrive_people.xlsx", "dansk_crm_kunder.csv"}
    assert {path.name for path in made.iterdir()} == {path.name for path in SAMPLES.iterdir()} == names
    for path in (HUBSPOT, DANSK):
        assert path.read_bytes() == (made / path.name).read_bytes(), path.name
    assert parts(PIPEDRIVE) == parts(made / PIPEDRIVE.name)


@pytest.mark.parametrize("path", [HUBSPOT, PIPEDRIVE, DANSK], ids=lambda path: path.name)
def test_a_sample_holds_between_200_and_1000_rows_and_one_blank_one(path: Path) -> None:
    """Large enough to look like an export, small enough to read."""
    header, *rows = cells(path)
    assert 200 <= len(rows) <= 1000
    assert all(len(row) == len(header) for row in rows)
    assert sum(not any(row) for row in rows) == 1


@pytest.mark.parametrize("path", [HUBSPOT, PIPEDRIVE, DANSK], ids=lambda path: path.name)
def test_every_address_is_below_an_example_domain(path: Path) -> None:
    """Whoever sends by mistake reaches nobody; what ends at the @ is one of the faults put in."""
    found = [address for row in cells(path) for cell in row for address in ADDRESS.findall(cell)]
    assert len(found) > 200
    assert [address for address in found if not EXAMPLE.fullmatch(address[address.rindex("@") :])] == []


@pytest.mark.parametrize("path", [HUBSPOT, PIPEDRIVE, DANSK], ids=lambda path: path.name)
def test_a_cell_that_a_spreadsheet_would_take_for_a_formula_is_there(path: Path) -> None:
    """Reports must carry such a cell as text."""
    assert any(cell.startswith(("=", "+ ", "- ")) for row in cells(path) for cell in row)


def test_hubspot_is_utf_8_with_every_cell_quoted() -> None:
    """As HubSpot writes it, with its own headers and dates."""
    content = HUBSPOT.read_bytes()
    assert content.startswith(b'"Record ID","First Name","Last Name","Email","Phone Number","Contact owner",')
    assert b"\r" not in content
    assert "Kjær".encode() in content
    assert re.search(rb'"20\d\d-\d\d-\d\d \d\d:\d\d"', content)


def test_the_danish_list_is_cp1252_with_crlf_and_line_breaks_within_cells() -> None:
    """As Danish Excel writes it; the same bytes are no UTF-8."""
    content = DANSK.read_bytes()
    assert content.startswith("Kundenr.;Virksomhed;CVR-nr.;Fornavn;Efternavn;E-mail;".encode("cp1252"))
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    text = content.decode("cp1252")
    assert "Lefèvre" in text
    assert "Günther" in text
    assert re.search(r";\d{1,3}\.\d{3},\d\d;", text)
    assert text.count("\r\n") == 401
    assert text.count("\n") > 401


def test_the_workbook_has_excels_own_numbers_dates_and_booleans() -> None:
    """Types and formats, not texts that look like them."""
    sheet = openpyxl.load_workbook(PIPEDRIVE)["People"]
    header = [cell.value for cell in sheet[1]]
    kinds = {
        header[column]: {cell.data_type for cell in cells[1:] if cell.value is not None}
        for column, cells in enumerate(sheet.iter_cols())
    }
    assert kinds["Person - ID"] == {"n"}
    assert kinds["Person - Keen Legacy ID"] == {"n", "s"}
    assert kinds["Person - Person created"] == {"d"}
    assert kinds["Person - Reference customer"] == {"b"}
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:W251"
