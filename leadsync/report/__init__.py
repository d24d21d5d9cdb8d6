"""The report: what became of every row, for people and for programs."""

from leadsync.report.summary import summary_json
from leadsync.report.write import check_folder, write_report

__all__ = ["check_folder", "summary_json", "write_report"]
