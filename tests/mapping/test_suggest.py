"""What is proposed for columns, what is sure of it, and what is found out about a source."""

from collections.abc import Sequence

import pytest

from leadsync.mapping.dates import date_step
from leadsync.mapping.suggest import Column, Definition, Goal, Proposal, Suggestion, settle, suggest
from leadsync.mapping.suggest.registers import is_register_number, is_vat_number
from leadsync.mapping.suggest.shapes import shape_of
from leadsync.mapping.suggest.spec import Form
from leadsync.records import column_letters

UUIDS = [f"10000000-0000-4000-8000-{number:012d}" for number in range(12)]
EMAILS = [f"person{number}@firma.example.dk" for number in range(12)]
PHONES = [f"{number}1 {number}2 33 4{number}" for number in (2, 3, 4, 5, 6, 7)] * 2
GIVEN = ["Søren", "Mette", "Lars", "Anna", "Jens", "Karen"] * 2
FAMILY = ["Nielsen", "Jensen", "Hansen", "Møller", "Lund", "Holm"] * 2


def columns(**named: Sequence[str]) -> list[Column]:
    """Make columns of headers and values; `_` stands for a blank in a header."""
    return [
        Column(place, column_letters(place), name.replace("_", " "), values)
        for place, (name, values) in enumerate(named.items())
    ]


def goals(suggestion: Suggestion) -> list[str]:
    """Give what is proposed for each column: the goal, with a question mark where it is doubtful, or a dash."""
    return [_told(proposal) for proposal in suggestion.proposals]


def _told(proposal: Proposal) -> str:
    return "-" if proposal.chosen is None else f"{proposal.chosen.goal}{'' if proposal.is_sure else '?'}"


def test_headers_and_values_agree() -> None:
    """Where both say the same, there is no doubt."""
    found = suggest(columns(Keen_Lead_ID=UUIDS, Mail=EMAILS, Fornavn=GIVEN, Efternavn=FAMILY, Telefon=PHONES))
    assert goals(found) == ["lead.id", "email", "first_name", "last_name", "phone"]


def test_values_that_are_something_else_refute_a_header() -> None:
    """A column called e-mail that holds numbers is none, and makes the others doubtful that nothing proves."""
    found = suggest(columns(Keen_Lead_ID=UUIDS, Mail=["17"] * 12, Virksomhed=["Kasse"] * 12, Fornavn=GIVEN))
    assert goals(found) == ["lead.id", "-", "company_name?", "first_name"]


def test_of_several_numbers_the_main_one_is_meant() -> None:
    """A mobile number comes after a telephone number, and does not take its place unseen where that holds others."""
    assert goals(suggest(columns(Mobil=PHONES, Telefon=PHONES))) == ["-", "phone"]
    assert goals(suggest(columns(Mobil=PHONES, Telefon=[""] * 12))) == ["phone", "-"]
    assert goals(suggest(columns(Mobil=PHONES, Telefon=EMAILS)))[0] == "phone?"


def test_columns_that_cannot_be_told_apart_are_left_out() -> None:
    """A mapping knows columns by their headers."""
    two = [*columns(Email=EMAILS), Column(1, "B", "EMAIL", EMAILS), Column(2, "C", "email ", EMAILS)]
    found = suggest(two)
    assert goals(found) == ["-", "-", "-"]
    assert "columns are called so" in found.proposals[1].why
    assert suggest([Column(0, "A", " ", EMAILS)]).proposals[0].why == "it has no header"


def test_a_uuid_of_another_system_is_never_the_lead_for_sure() -> None:
    """Dynamics 365 has such ids too."""
    (contact,) = suggest([Column(0, "A", "(Do Not Modify) Contact", UUIDS)]).proposals
    assert not contact.is_sure


def test_a_lead_is_known_by_one_id() -> None:
    """The one that is sure goes first, Keen's UUID before the legacy id."""
    numbers = [str(1000 + number) for number in range(12)]
    assert goals(suggest(columns(Keen_Legacy_ID=numbers, Keen_Lead_ID=UUIDS))) == ["-", "lead.id"]
    assert goals(suggest(columns(Keen_Legacy_ID=numbers, Lead_ID=UUIDS))) == ["lead.legacy_id", "-"]


def test_properties_are_known_by_name_and_type() -> None:
    """A property that is a number takes no words; a name that is only much alike is doubtful."""
    definitions = [Definition("1", "Deal size", "number"), Definition("2", "Tier", "select")]
    amounts = ["1.234,50", "12,00"] * 6
    found = suggest(columns(Deal_size=amounts, Customer_Tier=["Gold", "Silver"] * 6), definitions)
    assert goals(found) == ["properties.Deal size", "properties.Tier?"]
    assert goals(suggest(columns(Deal_size=GIVEN), definitions)) == ["-"]
    assert found.decimal is not None
    assert found.decimal.value == ","


def test_what_a_person_chose_counts() -> None:
    """A goal that is chosen for a column is taken from the one that had it."""
    found = suggest(columns(Mobil=PHONES, Telefon=PHONES, Fornavn=GIVEN))
    assert goals(settle(found, {0: Goal("fields", "phone"), 2: None})) == ["phone", "-", "-"]


@pytest.mark.parametrize(
    ("texts", "form", "order"),
    [
        (["31-12-2025", "01-02-2026"], "dd-mm-yyyy", "dmy"),
        (["31.12.2025 08:15", "1.2.2026 23:59"], "d.m.yyyy hh:mm", "dmy"),
        (["12/31/2025", "1/2/2026"], "m/d/yyyy", "mdy"),
        (["2025-12-31T10:00:00", "2026-01-02T11:30:00"], "yyyy-mm-ddThh:mm:ss", "ymd"),
        (["01-02-2026", "03-04-2026"], "", ""),
        (["31-12-2025", "12-31-2025"], "", ""),
    ],
)
def test_the_form_of_dates_is_told_where_they_prove_it(texts: list[str], form: str, order: str) -> None:
    """And then it reads every one of them; 01-02-2026 alone proves nothing."""
    shape = shape_of(Column(0, "A", "Dato", texts))
    assert (shape.date_format, shape.date_order) == (form, order)
    if form:
        assert all(date_step(form, None).read(text) for text in texts)


def test_the_country_of_numbers_needs_evidence() -> None:
    """Eight digits are Danish and Norwegian: addresses, words and the headers' language tell; else nobody does."""
    danish = ["32 12 34 56", "40 11 22 33", "86 12 34 56", "33 14 15 16"]
    bare = suggest([Column(0, "A", "Phone", danish), Column(1, "B", "Email", ["a@b.example.com"] * 4)])
    assert bare.region is None
    told = suggest([Column(0, "A", "Phone", danish), Column(1, "B", "Email", ["a@b.dk"] * 4)])
    assert told.region is not None
    assert told.region.value == "DK"
    assert "b.dk" not in told.region.why


@pytest.mark.parametrize(
    "text", ["10150817", "556056-6258", "974 760 673", "0403.170.701", "732 829 320", "HRB 86891", "A28015865"]
)
def test_register_numbers_are_known(text: str) -> None:
    """By their check digits, where a register has them."""
    assert is_register_number(text)


def test_a_wrong_check_digit_is_no_register_number() -> None:
    """And a country's letters make a VAT number."""
    assert not is_register_number("10150818")
    assert is_vat_number("DE811569869")
    assert not is_vat_number("10150817")


def test_placeholders_do_not_spoil_a_column() -> None:
    """N/A is as good as blank."""
    shape = shape_of(Column(0, "A", "Mail", [*EMAILS, "N/A", "-", ""]))
    assert shape.filled == 12
    assert shape.share(Form.EMAIL) == 1


def test_numbers_of_a_code_that_countries_share_are_those_of_their_own() -> None:
    """+44 is Britain's, but Guernsey's and Jersey's too, of which nobody asks: such a number upsets nothing."""
    found = suggest(columns(Phone=["+44 1481 256789", "+44 1534 234567", "+44 20 7946 0018", "020 7946 0018"] * 3))
    assert found.region is not None
    assert found.region.value == "GB"
