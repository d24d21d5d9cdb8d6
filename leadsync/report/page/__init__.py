"""`report.html`, and the page of a trend: one file each, which needs no network, and no script to be read.

Imported by nobody before a page is asked for: Jinja takes its time.
"""

from leadsync.report.page.run import page
from leadsync.report.page.trend import trend_page

__all__ = ["page", "trend_page"]
