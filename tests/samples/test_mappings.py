"""The sample mappings: each loads, fits its sample, and finds the faults that were put there."""

from collections import Counter
from pathlib import Path

import pytest

from leadsync.codes import Code
from leadsync.loader import open_source
from leadsync.mapping import bind, load_mapping, translate
from leadsync.records import JsonValue, Translation

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = {"hubspot": "hubspot_contacts.csv", "pipedrive": "pipedrive_people.xlsx", "dansk_crm": "dansk_crm_kunder.csv"}
DEFINITION = "019dc3f6-1790-7298-932b-90a7ee4ba10c"


def translated(name: str) -> Translation:
    """Read a sample as its mapping declares it, and translate all of it."""
    mapping = load_mapping(ROOT / "mappings" / f"{name}.yaml")
    with open_source(str(ROOT / "sample_data" / SAMPLES[name]), mapping.source) as source:
        bound = bind(mapping, source.headers, source.name)
        (chunk,) = source.chunks(0)
        return translate(bound, chunk)


def row(translation: Translation, number: int) -> dict[str, JsonValue]:
    """Give what a row sends, by target; counted from 0."""
    sent = {target.name: values[number] for target, values in translation.columns.items()}
    return {name: value for name, value in sent.items() if value is not None}


def test_each_mapping_has_its_sample() -> None:
    """A mapping without a sample would be tried by nobody."""
    assert {path.name for path in (ROOT / "mappings").glob("*.yaml")} == {f"{name}.yaml" for name in SAMPLES}


def test_hubspots_first_contacts_are_translated_as_written() -> None:
    """Words are looked up, types are read, and blanks send nothing."""
    translation = translated("hubspot")
    assert translation.leads[0] == "5b21ab57-55af-4c2c-87f8-df314cbbf7a1"
    assert row(translation, 0) == {
        "email": "nanna.rosenkilde@westbrook-energy.example.com",
        "first_name": "Nanna",
        "last_name": "Rosenkilde",
        "company_name": "Westbrook Energy Ltd",
        "phone": "+4537476536",
        "business_id": "83726150912",
        "referring_employee": "Freja Lindqvist (HubSpot)",
        "source": "HubSpot",
        "Status in HubSpot": "Open",
        "Lifecycle stage": "Lead",
        "Expected deal size": 27100.0,
        "Newsletter": True,
        "Created in HubSpot": "2023-08-09T15:54:00",
        "Job title": "Sales Director",
    }
    assert row(translation, 3)["Last form answers"] == {"topic": "partnership", "seats": 111}


def test_pipedrives_first_people_keep_excels_numbers_dates_and_booleans() -> None:
    """A whole number has no `.0`, and a blank note clears the one in Keen, as the mapping says."""
    translation = translated("pipedrive")
    assert translation.leads[:3] == ["40211", "40218", "40225"]
    assert row(translation, 0) == {
        "email": "aase.groen@aeroeskov-foods.example.net",
        "first_name": "Åse",
        "last_name": "Grøn",
        "phone": "+493023125032",
        "company_name": "Ærøskov Foods Ltd",
        "referring_employee": "Mads Eskildsen",
        "source": "Pipedrive",
        "notes": "",
        "Temperature": "Won",
        "Annual value": 172000.5,
        "Won deals": 2,
        "Reference customer": False,
        "Currency": "DKK",
        "Marketing consent": "no",
        "Pipedrive reference": "P-1200",
    }


def test_the_danish_lists_first_customers_keep_their_letters_commas_and_zeros() -> None:
    """cp1252, decimal commas, dates by day and month, a CVR number with a leading zero."""
    translation = translated("dansk_crm")
    assert row(translation, 0) == {
        "email": "henrik.van-der-meer@larkfield-bogtryk.example.org",
        "first_name": "Henrik",
        "last_name": "van der Meer",
        "phone": "+4537787340",
        "referring_employee": "Gitte Mørk",
        "source": "Dansk CRM",
        "company_name": "Larkfield Bogtryk I/S",
        "business_id": "54706916",
        "notes": "Mødt på håndværkermessen, meget positiv over for samarbejdet. Rabatten må ikke nævnes.",
        "Omsætning": 1211925.0,
        "Antal ansatte": 237,
        "Kunde siden": "2019-06-28",
        "Seneste kontakt": "2026-01-02",
        "Aktiv": True,
        "Segment": "Vækstkunde",
        DEFINITION: "10023",
        "Adresse": "Åvænget 26, 9000 Aalborg",
    }
    assert row(translation, 1)["business_id"] == "01148068"
    assert "\n" in str(row(translation, 1)["notes"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "hubspot",
            {
                Code.MISSING_LEAD_ID: 2,
                Code.INVALID_LEAD_ID: 2,
                Code.INVALID_EMAIL: 2,
                Code.INVALID_PHONE: 1,
                Code.NOT_IN_LOOKUP: 1,
                Code.INVALID_DATE: 1,
                Code.INVALID_JSON: 1,
                Code.INVALID_NUMBER: 1,
            },
        ),
        (
            "pipedrive",
            {
                Code.MISSING_LEAD_ID: 1,
                Code.INVALID_LEGACY_ID: 2,
                Code.INVALID_EMAIL: 2,
                Code.INVALID_PHONE: 1,
                Code.REQUIRED_BLANK: 1,
                Code.INVALID_NUMBER: 1,
                Code.INVALID_DATE: 1,
            },
        ),
        (
            "dansk_crm",
            {
                Code.MISSING_LEAD_ID: 1,
                Code.INVALID_LEAD_ID: 3,
                Code.INVALID_EMAIL: 3,
                Code.INVALID_DATE: 2,
                Code.INVALID_NUMBER: 2,
                Code.INVALID_PATTERN: 1,
                Code.INVALID_BOOLEAN: 1,
            },
        ),
    ],
)
def test_the_faults_put_into_a_sample_are_found_and_no_others(name: str, expected: dict[Code, int]) -> None:
    """Between two and four rows of a hundred are invalid, one is blank, and each fault is named with its cell."""
    translation = translated(name)
    found = [issue for issues in translation.issues.values() for issue in issues]
    assert Counter(issue.code for issue in found) == expected
    assert all(issue.cell is not None for issue in found)
    assert 0.02 <= len(translation.issues) / len(translation.chunk) <= 0.04
    assert [issue.code for issue in translation.skipped.values()] == [Code.BLANK_ROW]


@pytest.mark.parametrize("name", SAMPLES)
def test_one_lead_stands_in_two_rows_of_each_sample(name: str) -> None:
    """So that each of the rules for duplicates has something to do."""
    counts = Counter(lead for lead in translated(name).leads if lead)
    assert [count for count in counts.values() if count > 1] == [2]
