"""The .xlsb kind: binary records in a ZIP file."""
