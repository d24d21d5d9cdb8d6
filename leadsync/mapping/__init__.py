"""The mapping room: a YAML file that says which columns become which values, and the translation by it.

Knows nothing of HTTP, nor of files of leads.
"""

from leadsync.mapping.bind import BoundField, BoundMapping, bind
from leadsync.mapping.load import load_mapping
from leadsync.mapping.pipeline import CLEARED
from leadsync.mapping.schema import mapping_schema
from leadsync.mapping.spec import ColumnName, Field, LeadColumn, Mapping
from leadsync.mapping.translate import lead_ids, translate

__all__ = [
    "CLEARED",
    "BoundField",
    "BoundMapping",
    "ColumnName",
    "Field",
    "LeadColumn",
    "Mapping",
    "bind",
    "lead_ids",
    "load_mapping",
    "mapping_schema",
    "translate",
]
