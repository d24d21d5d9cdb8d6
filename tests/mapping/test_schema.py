"""The JSON Schema that editors complete mappings by."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from conftest import ROOT
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from leadsync.mapping import mapping_schema, schema_text

LONG = """version: 1
name: All forms
channel: C
source: {sheet: 2, header_row: 3, encoding: cp1252, delimiter: ;, decimal: ",", date_order: dmy,
  skip_footer: 1, stop_at_blank: true, hidden_rows: skip, blanks: [NULL, N/A, 0]}
lead: {legacy_id: L}
fields:
  email: {column: E, transform: [trim, {replace: a, with: b}], check: [email, {length: {max: 5}}]}
  phone: {column: P, phone: {region: DK}, required: true, policy: fill_if_blank}
  notes: {template: "{N}", on_blank: clear, transform: trim, check: {one_of: [1, x]}}
properties:
  Ok: {column: O, type: boolean, true: [Ja, 1], false: Nej}
  Tier: {column: T, lookup: {A: 1}, otherwise: {value: none}, blanks: NULL}
  Size: {column: S, type: number, percent: fraction, currency: [kr, "$"], blanks: []}
rules: {duplicates: last, max_cleared: 2.5%, max_changed: 100%, max_invalid: 0%, max_row_change: 1000%,
  empty_source: allow, blank_columns: stop}
damage: {mojibake: warning, one_value: off, repeated_lead: off}
"""
SHORT = "version: 1\nlead: {id: Lead}\nfields: {email: E-mail}\n"


EDITOR = Draft202012Validator(mapping_schema())
BASE = {"version": 1, "channel": "C", "lead": {"id": "L"}, "fields": {"notes": "N"}}
AROUND: dict[str, dict[str, Any]] = {
    "decimal": {"type": "number"},
    "thousands": {"type": "number", "decimal": ","},
    "percent": {"type": "number"},
    "currency": {"type": "number"},
    "true": {"type": "boolean"},
    "false": {"type": "boolean"},
    "format": {"type": "date"},
    "otherwise": {"lookup": {"a": "b"}},
}
"""What must stand beside some keys of a field."""
PLACES: dict[str, Callable[[str, Any], dict[str, Any]]] = {
    "MappingPart": lambda key, value: {key: value},
    "SourcePart": lambda key, value: {"source": {key: value}},
    "LeadPart": lambda key, value: {"lead": {key: value}},
    "FieldsPart": lambda key, value: {"fields": {key: value}},
    "RulesPart": lambda key, value: {"rules": {key: value}},
    "DamagePart": lambda key, value: {"damage": {key: value}},
    "FieldPart": lambda key, value: field({**AROUND.get(key, {}), key: value}),
    "CheckPart": lambda key, value: field({"check": {key: value}}),
    "LengthPart": lambda key, value: field({"check": {"length": {key: value}}}),
    "ReplacePart": lambda key, value: field({"transform": {"replace": "(a)", "with": "b", key: value}}),
    "OtherwisePart": lambda key, value: field({"lookup": {"a": "b"}, "otherwise": {key: value}}),
    "PhonePart": lambda key, value: field({"phone": {key: value}}),
}
"""For each part of the schema, where one of its keys stands in a mapping."""


def field(keys: dict[str, Any]) -> dict[str, Any]:
    """Give a property with some keys, and a column where these are no source of a value."""
    return {"properties": {"P": keys if keys.keys() & {"template", "value"} else {"column": "A", **keys}}}


def keys_of_schema() -> list[tuple[str, str, dict[str, Any]]]:
    """Give all keys: the part that they belong to, their name, and what the schema says of them."""
    schema = mapping_schema()
    parts = {"MappingPart": schema, **schema["$defs"]}
    return [(name, key, about) for name, part in parts.items() for key, about in part["properties"].items()]


def fits(value: Any) -> bool:
    """Tell whether a mapping, as an editor reads it, is valid by the schema."""
    return EDITOR.is_valid(value)


def as_json(text: str) -> Any:
    """Read YAML as an editor does: numbers and booleans are such, keys are text."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text)))


@pytest.mark.parametrize("text", [LONG, SHORT])
def test_a_mapping_that_loads_fits_the_schema(bench: Any, text: str) -> None:
    """Long and short forms are known to the editor, numbers and booleans where a text is meant as well."""
    bench.load(text)
    assert fits(as_json(text))


@pytest.mark.parametrize(
    "wrong",
    [
        "email: E-mail|emial: E-mail",
        "version: 1|version: 2",
        "id: Lead|id: [Lead]",
        "email: E-mail|email: {column: E-mail, policy: sometimes}",
        "version: 1|version: 1\nrules: {blank_columns: no}",
        "version: 1|version: 1\nrules: {max_row_change: 50}",
    ],
)
def test_a_mapping_that_is_refused_does_not_fit(bench: Any, wrong: str) -> None:
    """What loading refuses for its shape, the editor marks."""
    text = SHORT.replace(*wrong.split("|"))
    bench.faults(text)
    assert not fits(as_json(text))


@pytest.mark.parametrize(("part", "key", "about"), [pytest.param(*of, id=".".join(of[:2])) for of in keys_of_schema()])
def test_every_key_is_described_and_its_examples_work(bench: Any, part: str, key: str, about: dict[str, Any]) -> None:
    """An editor shows what each key is for, with examples that can be copied: leadsync and the schema take them."""
    assert about["description"]
    assert about["examples"]
    for example in about["examples"]:
        mapping = BASE | PLACES[part](key, example)
        bench.load(json.dumps(mapping))
        assert fits(mapping)


def test_null_is_offered_for_blanks_alone() -> None:
    """There NULL is a text that counts as blank; anywhere else it would be a key without a value."""
    schema = mapping_schema()
    for part in [schema, *schema["$defs"].values()]:
        part["properties"].pop("blanks", None)
    assert not re.search("'null'|: None", str(schema))


def test_the_schema_that_is_shipped_is_the_one_of_this_leadsync() -> None:
    """`leadsync map schema > mappings/mapping.schema.json` brings it up to date."""
    text = (ROOT / "mappings" / "mapping.schema.json").read_text(encoding="utf-8")
    assert text == schema_text()
    Draft202012Validator.check_schema(json.loads(text))
    assert "$id" not in json.loads(text)


@pytest.mark.parametrize("name", ["hubspot", "pipedrive", "dansk_crm"])
def test_editors_find_the_schema_of_the_sample_mappings(name: str) -> None:
    """The first line names it, and it finds nothing wrong."""
    text = (ROOT / "mappings" / f"{name}.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=mapping.schema.json\n")
    assert fits(as_json(text))
