"""The .xlsx and .xlsm kind: Office Open XML in a ZIP file."""
