"""The .xls kind: binary records in a compound file."""
