"""Workbooks: values by calamine, and what it does not tell of a cell by a scan of our own."""
