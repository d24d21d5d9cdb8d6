"""The JSON Schema that editors complete mappings by."""

import json
import re
from typing import Any

import pytest
from ruamel.yaml import YAML

from leadsync.mapping import mapping_schema

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


def fits(schema: dict[str, Any], value: Any, root: dict[str, Any]) -> bool:
    """Tell whether a value fits a JSON Schema, as far as ours goes."""
    if "$ref" in schema:
        return fits(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], value, root)
    for word, enough in (("anyOf", any), ("oneOf", lambda found: sum(found) == 1)):
        if word in schema:
            return bool(enough([fits(choice, value, root) for choice in schema[word]]))
    kinds: dict[str, Any] = {
        "string": str,
        "integer": int,
        "number": float,
        "boolean": bool,
        "object": dict,
        "array": list,
        "null": type(None),
    }
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(isinstance(value, (int, float) if kind == "number" else kinds[kind]) for kind in types):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return False
    if isinstance(value, list):
        return all(fits(schema["items"], item, root) for item in value)
    if isinstance(value, dict):
        known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        below = {key: known.get(key, others) for key in value}
        return set(schema.get("required", [])) <= set(value) and all(
            fits(part, value[key], root) if isinstance(part, dict) else part for key, part in below.items()
        )
    return True


def as_json(text: str) -> Any:
    """Read YAML as an editor does: numbers and booleans are such, keys are text."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text)))


@pytest.mark.parametrize("text", [LONG, SHORT])
def test_a_mapping_that_loads_fits_the_schema(bench: Any, text: str) -> None:
    """Long and short forms are known to the editor, numbers and booleans where a text is meant as well."""
    bench.load(text)
    assert fits(mapping_schema(), as_json(text), mapping_schema())


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
    assert not fits(mapping_schema(), as_json(text), mapping_schema())


def test_every_key_is_described() -> None:
    """An editor shows what each key is for; null is offered only for NULL, as a text that counts as blank."""
    schema = mapping_schema()
    parts = [schema, *schema["$defs"].values()]
    assert all("description" in key for part in parts for key in part["properties"].values())
    for part in parts:
        part["properties"].pop("blanks", None)
    assert not re.search("'null'|: None", str(schema))
