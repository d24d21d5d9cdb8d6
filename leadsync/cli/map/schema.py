"""`leadsync map schema`: the JSON Schema of a mapping, by which editors complete and check it."""

import sys


def schema() -> None:
    """Print the JSON Schema of a mapping.

    `leadsync map SOURCE -o FILE` writes it beside the mapping, whose first line names it for editors.
    """
    from leadsync.cli.streams import output_may_fail
    from leadsync.mapping import schema_text

    with output_may_fail():
        sys.stdout.write(schema_text())
