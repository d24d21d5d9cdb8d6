"""The report: what became of every row, for people and for programs."""

from leadsync.report.summary import summary_json
from leadsync.report.write import write_report

__all__ = ["summary_json", "write_report"]
