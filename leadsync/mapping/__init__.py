"""The mapping room: a YAML file that says which columns become which values, and the translation by it.

Knows nothing of HTTP, nor of files of leads.
"""

from leadsync.mapping.bind import BoundField, BoundMapping, bind
from leadsync.mapping.cells import as_declared, filled_columns
from leadsync.mapping.evidence import Evidence, with_marks
from leadsync.mapping.load import load_mapping, parse_mapping
from leadsync.mapping.marking import row_marks
from leadsync.mapping.pipeline import CLEARED
from leadsync.mapping.property_types import check_property_types
from leadsync.mapping.schema import mapping_schema, schema_text
from leadsync.mapping.spec import ColumnName, Field, LeadColumn, Mapping
from leadsync.mapping.translate import cleared_rows, in_order, lead_ids, translate, translate_rows

__all__ = [
    "CLEARED",
    "BoundField",
    "BoundMapping",
    "ColumnName",
    "Evidence",
    "Field",
    "LeadColumn",
    "Mapping",
    "as_declared",
    "bind",
    "check_property_types",
    "cleared_rows",
    "filled_columns",
    "in_order",
    "lead_ids",
    "load_mapping",
    "mapping_schema",
    "parse_mapping",
    "row_marks",
    "schema_text",
    "translate",
    "translate_rows",
    "with_marks",
]
