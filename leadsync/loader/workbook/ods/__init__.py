"""The .ods kind: OpenDocument XML in a ZIP file."""
