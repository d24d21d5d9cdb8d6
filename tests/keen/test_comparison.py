"""Is an update stored as it was sent? Against the sandbox's rules, and against answers of every odd shape."""

from collections.abc import Mapping
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadsync.keen.comparison import Difference, differences
from leadsync.sandbox import World, rules

LEAD = "11111111-1111-4111-8111-111111111111"
KEY = "a-key"
SIZE = "dddddddd-0000-4000-8000-000000000001"
TIER = "dddddddd-0000-4000-8000-000000000002"

_SURVIVES = 2**53
"""Whole numbers up to here survive a server that has 64-bit floats only."""

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_numbers = st.integers(-_SURVIVES, _SURVIVES) | st.floats(allow_nan=False, allow_infinity=False)
_json = st.recursive(
    st.none() | st.booleans() | _numbers | _text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_text, inner, max_size=3),
    max_leaves=8,
)
_values = _text | _numbers | st.booleans() | st.lists(_json, max_size=3) | st.dictionaries(_text, _json, max_size=3)
_ids = st.sampled_from([SIZE, TIER, SIZE.upper(), TIER.upper()])
_properties = st.lists(st.fixed_dictionaries({"property_definitions_id": _ids, "value": _values}), max_size=4)
_fields = st.dictionaries(st.sampled_from(rules.STANDARD_FIELDS), _text, max_size=4)


def body(properties: Any = None, **fields: Any) -> dict[str, Any]:
    """Make the body of an `update_lead`."""
    named = [{"property_definitions_id": name, "value": value} for name, value in (properties or {}).items()]
    return {"action": "update_lead", "lead_id": LEAD, **fields, **({"properties": named} if named else {})}


def answered(values: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """Make the lead of an answer."""
    listed = [{"id": "x", "property_definitions_id": name, "value": value} for name, value in values.items()]
    return {"id": LEAD, **dict.fromkeys(rules.STANDARD_FIELDS), **fields, "property_values": listed}


def stored_by_sandbox(request: Mapping[str, Any]) -> Any:
    """Let the sandbox carry out an update as it would arrive; give the lead it answers with, as it would arrive."""
    world = World()
    company = world.add_company("Northwind", key=KEY)
    channel = world.add_channel("Acme", creator=company)
    for name in (SIZE, TIER):
        world.add_definition(channel, name, definition_id=name)
    before = dict.fromkeys(rules.STANDARD_FIELDS, "before")
    world.add_lead(channel, lead_id=LEAD, fields=before, properties={SIZE: "before"})
    answer = rules.answer(world, KEY, rules.parse(orjson.dumps(request)))
    assert answer.status == 200, answer.body
    return orjson.loads(orjson.dumps(answer.body))["lead"]


@given(fields=_fields, properties=_properties)
def test_what_the_sandbox_stores_of_any_update_is_no_difference(
    fields: dict[str, str], properties: list[dict[str, Any]]
) -> None:
    """Whatever the values, the case of the ids, and how often a property is named."""
    request = {**body(**fields), "properties": properties}
    if fields or properties:
        assert differences(request, stored_by_sandbox(request)) == []


@given(fields=_fields, properties=_properties, lead=st.dictionaries(_text, _json, max_size=3), values=_json)
def test_no_answer_is_too_odd_to_be_compared(
    fields: dict[str, str], properties: list[dict[str, Any]], lead: dict[str, Any], values: Any
) -> None:
    """Nothing is raised."""
    request = {**body(**fields), "properties": properties}
    for found in differences(request, {**lead, "property_values": values}), differences(request, lead):
        assert all(isinstance(difference, Difference) for difference in found)


@given(fields=_fields, properties=_properties, spoilt=st.sampled_from(["email", SIZE]), other=_text)
def test_a_value_that_is_stored_otherwise_is_found(
    fields: dict[str, str], properties: list[dict[str, Any]], spoilt: str, other: str
) -> None:
    """That value, and no other."""
    sent = f"{other}!"
    named = {"property_definitions_id": SIZE, "value": sent}
    request = {**body(**{**fields, "email": sent}), "properties": [*properties, named]}
    lead = stored_by_sandbox(request)
    if spoilt == "email":
        lead["email"] = other
    else:
        (value,) = (value for value in lead["property_values"] if value["property_definitions_id"] == SIZE)
        value["value"] = other
    assert differences(request, lead) == [Difference(spoilt, sent, other)]


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        (12.5, "12.5"),
        (12.5, "12.50"),
        (1, "1.0"),
        (1.0, "1"),
        (1e21, "1e+21"),
        (10**21, "1e+21"),
        (-0.0, "0"),
        (0, "-0"),
        (1.5e-7, "0.00000015"),
        (9007199254740993, "9007199254740993"),
        (True, "true"),
        (False, "false"),
        ("12.50", "12.50"),
        ("", ""),
        ("", None),
        ([3.807604836207066e16], "[38076048362070660]"),
        ({"a": [1, 2.0], "b": None}, '{"b": null, "a": [1.0, 2]}'),
        ([], "[]"),
        # A server that answers with typed values holds the same.
        (12.5, 12.5),
        (True, True),
        ("12", 12),
        (["a"], ["a"]),
    ],
)
def test_the_same_value_written_otherwise_is_no_difference(sent: Any, stored: Any) -> None:
    """Numbers by value, JSON by what it says."""
    assert differences(body({SIZE: sent}), answered({SIZE: stored})) == []


@pytest.mark.parametrize(
    ("sent", "stored", "told"),
    [
        (12.5, "12,5", ("12.5", "12,5")),
        (12, " 12", ("12", " 12")),
        (12, "1_2", ("12", "1_2")),
        (12, "nan", ("12", "nan")),
        (1, "true", ("1", "true")),
        (1, True, ("1", "true")),
        (12, None, ("12", "")),
        (9007199254740993, "9007199254740992", ("9007199254740993", "9007199254740992")),
        (True, "1", ("true", "1")),
        (True, "True", ("true", "True")),
        ("12.50", "12.5", ("12.50", "12.5")),
        ("Gold", "gold", ("Gold", "gold")),
        ("Gold ", "Gold", ("Gold ", "Gold")),
        ("", "Gold", ("", "Gold")),
        ([9007199254740993], "[9007199254740992]", ("[9007199254740993]", "[9007199254740992]")),
        ({"a": 1}, '{"a": true}', ('{"a":1}', '{"a": true}')),
        ({"a": True}, '{"a": 1}', ('{"a":true}', '{"a": 1}')),
        ({"a": 1}, '{"a": 1, "b": 2}', ('{"a":1}', '{"a": 1, "b": 2}')),
        ([1, 2], "[2, 1]", ("[1,2]", "[2, 1]")),
        ([1], "[1", ("[1]", "[1")),
        ([], "{}", ("[]", "{}")),
        ([], None, ("[]", "")),
    ],
)
def test_another_value_is_a_difference_with_both_texts(sent: Any, stored: Any, told: tuple[str, str]) -> None:
    """Strictly: no blank, no case and no digit is forgiven."""
    assert differences(body({SIZE: sent}), answered({SIZE: stored})) == [Difference(SIZE, *told)]


@pytest.mark.parametrize("stored", ["", None])
def test_a_field_that_was_cleared_may_come_back_as_nothing(stored: str | None) -> None:
    """Keen does not say whether `""` is kept or becomes null."""
    assert differences(body(notes=""), answered({}, notes=stored)) == []
    assert differences(body(notes=""), {"id": LEAD}) == []


def test_a_field_that_the_answer_leaves_out_was_not_stored() -> None:
    """Shown as nothing."""
    assert differences(body(notes="Call back"), {"id": LEAD}) == [Difference("notes", "Call back", "")]
    assert differences(body(notes="Call"), answered({}, notes=7)) == [Difference("notes", "Call", "7")]


def test_a_text_field_that_comes_back_as_a_number_holds_the_same() -> None:
    """A register number is digits."""
    assert differences(body(business_id="12345678"), answered({}, business_id=12345678)) == []


@pytest.mark.parametrize("values", [None, [], {}, "Gold", 7, [None], [[]], [{}], [{"property_definitions_id": 7}]])
def test_property_values_that_cannot_be_read_are_a_difference(values: Any) -> None:
    """And no crash."""
    expected = [Difference(SIZE, "12.5", "")]
    assert differences(body({SIZE: 12.5}), {"id": LEAD, "property_values": values}) == expected
    assert differences(body({SIZE: 12.5}), {"id": LEAD}) == expected


def test_a_value_nested_too_deep_to_show_is_a_difference() -> None:
    """An answer made to break its reader does not."""
    deep = orjson.loads(b"[" * 1000 + b"]" * 1000)
    (difference,) = differences(body({SIZE: "Gold"}), answered({SIZE: deep}))
    assert difference.stored == "(a value nested too deep to show)"
    assert differences(body({SIZE: [[1]]}), answered({SIZE: deep}))


def test_ids_are_the_same_in_either_case() -> None:
    """The difference names the id as it was sent."""
    assert differences(body({SIZE.upper(): "Gold"}), answered({SIZE: "Gold"})) == []
    found = differences(body({SIZE.upper(): "Gold"}), answered({SIZE: "Silver"}))
    assert found == [Difference(SIZE.upper(), "Gold", "Silver")]


def test_what_was_not_sent_is_not_compared() -> None:
    """Other fields and properties of the lead are its own."""
    lead = answered({SIZE: "Gold", TIER: "A"}, email="ann@example.com", notes="Old")
    assert differences(body({SIZE: "Gold"}, email="ann@example.com"), lead) == []
