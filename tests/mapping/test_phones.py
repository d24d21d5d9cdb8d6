"""Phones: the quick way must not differ from phonenumbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadsync.mapping.phones import PhoneStep

REGIONS = ["DK", "NO", "SE", "DE", "FI", "FR", "NL", "ES", "PL", "IT", "GB", "US", "BE", "CH", "AT", "VA", "KZ", "AU"]


@settings(max_examples=400, deadline=None)
@given(
    region=st.sampled_from(REGIONS),
    lead=st.sampled_from(["", "+", "00", "0", "+45 ", "45", "+46", "0046 ", "+39 0", "+1 ", "1", "8", "+49 "]),
    digits=st.lists(st.sampled_from(["0", "1", "2", "3", "5", "7", "9", "4 ", "6 ", "8 ", "45"]), max_size=13),
)
def test_the_quick_way_agrees_with_phonenumbers(region: str, lead: str, digits: list[str]) -> None:
    """Whatever is written with digits, blanks and prefixes, in any region, comes out the same either way."""
    step = PhoneStep(region)
    text = lead + "".join(digits)
    assert step.stage(text) == step._parsed(text)


@pytest.mark.parametrize(
    ("region", "text"),
    [
        ("DK", "37 12 34 56"),
        ("DK", "+45 37123456"),
        ("SE", "701740605"),
        ("NO", "+47 40 00 00 00"),
        ("PL", "501234567"),
    ],
)
def test_plain_numbers_come_out_in_e164(region: str, text: str) -> None:
    """Numbers as people write them."""
    step = PhoneStep(region)
    assert step.stage(text) == step._parsed(text)
    assert str(step.stage(text)).startswith("+")
