"""`results.xlsx`: the user's own workbook with its bad cells marked, or a new one in the same form.

It brings openpyxl with it, which takes 0.2 s to import, so nobody imports it before there is something to write.
"""

from leadsync.report.workbook.results import ResultsWorkbook

__all__ = ["ResultsWorkbook"]
