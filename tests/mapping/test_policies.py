"""What the mapping says of Keen's own values, and of what must not happen unasked."""

from typing import Any

import pytest

from leadsync.records import Policy

HEAD = "version: 1\nlead: {id: A}\n"
PLAIN = HEAD + "fields: {email: E}\n"


@pytest.mark.parametrize("policy", list(Policy))
def test_a_field_says_when_its_value_takes_the_place_of_keens(bench: Any, policy: Policy) -> None:
    """Standard fields and properties alike, whether the value is a column's, a template's or a constant."""
    mapping = bench.load(
        f"version: 1\nchannel: C\nlead: {{id: A}}\nfields:\n  email: {{column: E, policy: {policy}}}\n"
        f"  notes: {{template: '{{N}}', policy: {policy}}}\n  source: {{value: CRM, policy: {policy}}}\n"
        f"properties:\n  Size: {{column: S, type: number, policy: {policy}}}\n"
    )
    assert [field.policy for field in mapping.fields] == [policy] * 4


def test_a_value_overwrites_unless_the_mapping_says_otherwise(bench: Any) -> None:
    """In the short form, and in the long one."""
    mapping = bench.load(HEAD + "fields: {email: E, notes: {column: N, on_blank: clear}}\n")
    assert [field.policy for field in mapping.fields] == [Policy.OVERWRITE] * 2


@pytest.mark.parametrize("policy", ["overwrite", "only_if_ours", "never_clear"])
def test_a_field_that_clears_can_be_guarded(bench: Any, policy: str) -> None:
    """`never_clear` beside `on_blank: clear` tells which blank cells stand against a value of Keen's."""
    (field,) = bench.load(HEAD + f"fields: {{email: {{column: E, on_blank: clear, policy: {policy}}}}}\n").fields
    assert (field.policy, field.pipeline.blank) == (policy, "")


def test_what_needs_consent_is_read_as_shares_of_the_rows(bench: Any) -> None:
    """Half of the rows unless declared; rows can become eleven times as many before nobody is asked."""
    mapping = bench.load(PLAIN + "rules: {max_changed: 12.5%, max_invalid: 0%, max_row_change: 1000%}\n")
    assert (mapping.max_changed, mapping.max_invalid, mapping.max_row_change) == (0.125, 0.0, 10.0)
    mapping = bench.load(PLAIN + "rules: {max_changed: 100%, max_row_change: 0.5%}\n")
    assert (mapping.max_changed, mapping.max_invalid, mapping.max_row_change) == (1.0, 0.5, 0.005)
    mapping = bench.load(PLAIN)
    assert (mapping.max_changed, mapping.max_invalid, mapping.max_row_change) == (0.5, 0.5, 0.5)


def test_an_empty_source_and_blank_columns_stop_a_run_unless_they_are_allowed(bench: Any) -> None:
    """Each has a rule of its own."""
    for text, allowed in (
        ("", (False, False)),
        ("rules: {empty_source: stop, blank_columns: stop}\n", (False, False)),
        ("rules: {empty_source: allow}\n", (True, False)),
        ("rules: {blank_columns: allow}\n", (False, True)),
    ):
        mapping = bench.load(PLAIN + text)
        assert (mapping.may_be_empty, mapping.may_have_blank_columns) == allowed
