"""What may be sent, by what Keen holds: each policy against each kind of value."""

from collections.abc import Mapping

import pytest
from conftest import lead_id

from leadsync.keen.weighing import values_of, weigh, with_values
from leadsync.records import Condition, JsonValue, Policy, Row, Update

SIZE = "019dc3f6-1790-7298-932b-90a7ee4ba10c"
LEAD: dict[str, JsonValue] = {
    "id": lead_id(0),
    "email": "a@example.com",
    "phone": None,
    "notes": "",
    "property_values": [{"property_definitions_id": SIZE.upper(), "value": "12.50"}],
}


def an_update(values: Mapping[str, JsonValue], conditions: Mapping[str, Condition]) -> Update:
    """Make an update of standard fields and of one property."""
    fields = {name: str(value) for name, value in values.items() if name != SIZE}
    return Update(
        Row(0, "Leads", 2),
        lead_id(0),
        fields,
        [(SIZE, values[SIZE])] if SIZE in values else [],
        conditions,
    )


def test_what_keen_holds_is_told_as_text_and_nothing_as_nothing() -> None:
    """Null, "" and what is not there are the same; a property is found by its id in any case."""
    assert values_of(LEAD, ["email", "phone", "notes", "source", SIZE]) == {
        "email": "a@example.com",
        "phone": "",
        "notes": "",
        "source": "",
        SIZE: "12.50",
    }


@pytest.mark.parametrize("values", [None, "text", 5, [None, 5, {"value": "x"}, {"property_definitions_id": 7}]])
def test_no_answer_is_too_strange_to_be_read(values: JsonValue) -> None:
    """Whatever stands where the property values should, there are none."""
    assert values_of({"property_values": values}, [SIZE]) == {SIZE: ""}


@pytest.mark.parametrize(
    ("policy", "holds", "value", "held", "goes"),
    [
        (Policy.OVERWRITE, None, "new", "old", True),
        (Policy.FILL_IF_BLANK, None, "new", "", True),
        (Policy.FILL_IF_BLANK, None, "new", None, True),
        (Policy.FILL_IF_BLANK, None, "new", "old", False),
        (Policy.FILL_IF_BLANK, None, "old", "old", True),
        (Policy.FILL_IF_BLANK, None, "", "old", False),
        (Policy.ONLY_IF_OURS, "ours", "new", "ours", True),
        (Policy.ONLY_IF_OURS, "ours", "new", "theirs", False),
        (Policy.ONLY_IF_OURS, "ours", "new", "", False),
        (Policy.ONLY_IF_OURS, "ours", "theirs", "theirs", True),
        (Policy.ONLY_IF_OURS, None, "new", "", True),
        (Policy.ONLY_IF_OURS, None, "new", "theirs", False),
        (Policy.ONLY_IF_OURS, "", "new", None, True),
        (Policy.ONLY_IF_OURS, "", "new", "theirs", False),
        (Policy.NEVER_CLEAR, None, "new", "old", True),
        (Policy.NEVER_CLEAR, None, "", "old", False),
        (Policy.NEVER_CLEAR, None, "", "", True),
        (Policy.NEVER_CLEAR, None, "", None, True),
    ],
)
def test_a_policy_lets_a_value_go_or_keeps_it_back(
    policy: Policy, holds: JsonValue, value: str, held: JsonValue, goes: bool
) -> None:
    """What Keen holds already is never kept back; a value that somebody cleared is no longer ours."""
    weighed = weigh(an_update({"email": value}, {"email": Condition(policy, (holds,))}), {"email": held})
    assert weighed.update.fields == ({"email": value} if goes else {})
    assert weighed.kept == ({} if goes else {"email": held or ""})


@pytest.mark.parametrize(
    ("ours", "held", "is_ours"),
    [
        (12.5, "12.50", True),
        (12, "12", True),
        (12, "13", False),
        (True, "true", True),
        (True, "1", False),
        ({"b": 1, "a": [2]}, '{"a": [2.0], "b": 1}', True),
        (["x"], '["y"]', False),
        ("12.5", "12.50", False),
    ],
)
def test_ours_is_known_again_in_the_form_in_which_keen_stores_it(ours: JsonValue, held: str, is_ours: bool) -> None:
    """Numbers by value and JSON by content, as when Keen's answers are compared."""
    lead: dict[str, JsonValue] = {"property_values": [{"property_definitions_id": SIZE, "value": held}]}
    weighed = weigh(an_update({SIZE: "new"}, {SIZE: Condition(Policy.ONLY_IF_OURS, (ours,))}), lead)
    assert (weighed.update.properties == [(SIZE, "new")]) is is_ours


def test_what_has_no_condition_goes_and_the_rest_stays() -> None:
    """Only what is kept back leaves the update; its digest stays, so that the row is known again."""
    update = an_update({"email": "b@example.com", "notes": "n", SIZE: 7}, {SIZE: Condition(Policy.FILL_IF_BLANK)})
    weighed = weigh(update, LEAD)
    assert weighed.update.values == {"email": "b@example.com", "notes": "n"}
    assert weighed.before == {"email": "a@example.com", "notes": ""}
    assert weighed.kept == {SIZE: "12.50"}
    assert weighed.update.digest == update.digest
    assert not weighed.is_held


def test_a_lead_that_holds_everything_needs_nothing() -> None:
    """A number counts as held whatever its digits, and nothing as held where nothing is to be."""
    weighed = weigh(an_update({"email": "a@example.com", "phone": "", SIZE: 12.5}, {}), LEAD)
    assert weighed.is_held
    assert weighed.held == {"email", "phone", SIZE}
    assert not weigh(an_update({"email": "a@example.com", "phone": "1"}, {}), LEAD).is_held


def test_what_this_run_wrote_is_ours_too() -> None:
    """Two rows of one lead: the second finds the value of the first, and what was ours before counts as well."""
    update = an_update({"email": "c@example.com"}, {"email": Condition(Policy.ONLY_IF_OURS, ("a@example.com",))})
    assert not weigh(update, LEAD, {"email": "b@example.com"}).kept
    assert not weigh(update, {"email": "b@example.com"}, {"email": "b@example.com"}).kept
    assert weigh(update, {"email": "d@example.com"}, {"email": "b@example.com"}).kept


def test_a_lead_is_told_as_it_would_be_with_other_values() -> None:
    """Standard fields and properties alike, and the lead itself is not touched."""
    there = with_values(LEAD, {"email": "b@example.com", SIZE: 7})
    assert values_of(there, ["email", "notes", SIZE]) == {"email": "b@example.com", "notes": "", SIZE: "7"}
    assert values_of(LEAD, ["email", SIZE]) == {"email": "a@example.com", SIZE: "12.50"}
