"""All looks, in the order in which they are told."""

from leadsync.cli.doctor.findings import Finding, Level, Look
from leadsync.cli.doctor.journal import look_at_runs, look_into_journal
from leadsync.cli.doctor.key import look_at_key
from leadsync.cli.doctor.mappings import look_at_mappings
from leadsync.cli.doctor.network import look_at_network
from leadsync.cli.doctor.settings import look_at_address, look_at_notify, look_at_versions
from leadsync.cli.doctor.state import look_at_disk, look_at_state_dir
from leadsync.settings import Settings

LOOKS: tuple[Look, ...] = (
    look_at_versions,
    look_at_key,
    look_at_address,
    look_at_network,
    look_at_notify,
    look_at_state_dir,
    look_at_disk,
    look_at_runs,
    look_into_journal,
    look_at_mappings,
)


def look_everywhere(settings: Settings, *, offline: bool) -> list[Finding]:
    """Give what all looks find; `offline` leaves the network alone."""
    looks = [_not_asked if offline and look is look_at_network else look for look in LOOKS]
    return [finding for look in looks for finding in _looked(look, settings)]


def _not_asked(_: Settings) -> list[Finding]:
    return [Finding(Level.OK, "The network was left alone (--offline): neither way, certificate nor clock is known.")]


def _looked(look: Look, settings: Settings) -> list[Finding]:
    """Give what a look finds, also where the system does not let it look."""
    try:
        return list(look(settings))
    except OSError as error:
        message = f"{error.filename} cannot be looked at ({error.strerror})."
        return [Finding(Level.ERROR, message, "Mend its permissions.")]
