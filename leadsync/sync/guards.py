"""Guards: what must not happen without somebody who agrees to it."""

from leadsync.mapping import Mapping
from leadsync.sync.problems import Count


def clearing_guard(count: Count, mapping: Mapping) -> str | None:
    """Say that more rows than the mapping allows would clear a value in Keen; None where they are few enough."""
    if count.cleared <= mapping.max_cleared * count.sendable:
        return None
    return (
        f"{count.cleared:,} of the {count.sendable:,} rows to be sent would clear a value in Keen "
        f"({'; '.join(count.clearing)}{'; …' if count.cleared > len(count.clearing) else ''}), and the mapping "
        f"allows {mapping.max_cleared * 100:.3g}% of them unasked: look at the blank cells; say --yes if they are "
        "meant, or set `rules: {max_cleared: …}`."
    )
