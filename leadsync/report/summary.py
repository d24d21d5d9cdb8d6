"""`summary.json`: a run in numbers."""

from dataclasses import asdict

import orjson

from leadsync.records import Summary


def summary_json(summary: Summary) -> bytes:
    """Give the JSON of a summary (DESIGN section 7), indented, with a line break at its end."""
    content = {
        "run_id": summary.run_id,
        "source": ", ".join(summary.sources),
        "mapping": summary.mapping,
        "started_at": summary.started_at,
        "finished_at": summary.finished_at,
        "duration_s": round(summary.duration_s, 3),
        "rows_read": summary.rows_read,
        "statuses": {str(status): count for status, count in summary.statuses.items()},
        "codes": {str(code): count for code, count in summary.codes.items()},
        "requests": summary.requests,
        "retries": summary.retries,
        "exit_code": summary.exit_code,
        "unaccounted": summary.unaccounted,
        "stopped_because": summary.stopped_because,
        "dry_run": summary.dry_run,
        "damage": [asdict(damage) for damage in summary.damages],
        "hidden_rows": summary.hidden_rows,
        "hidden_rows_are": "skipped" if summary.hidden_are_skipped else "included",
        "cleared_rows": summary.cleared_rows,
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
