"""The client of Keen's API: actions, classification of answers, pace, retries. It knows nothing of spreadsheets."""

from leadsync.keen.client import KeenClient, Traffic
from leadsync.keen.directory import Channel, Directory
from leadsync.keen.options import KEEN_URL, ClientOptions
from leadsync.keen.pace import Pace
from leadsync.keen.pool import LegacyLead, LegacyLeads, Pool

__all__ = [
    "KEEN_URL",
    "Channel",
    "ClientOptions",
    "Directory",
    "KeenClient",
    "LegacyLead",
    "LegacyLeads",
    "Pace",
    "Pool",
    "Traffic",
]
