"""CSV: bytes become text, text becomes records, records become rows."""
