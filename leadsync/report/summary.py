"""`summary.json`: a run in numbers."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import orjson

from leadsync.codes import Code
from leadsync.records import Damage, FollowUp, Level, Status, Summary


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
        "times_slowed": summary.times_slowed,
        "slowest": summary.slowest,
        "slowed_because": summary.slowed_because,
        "read_as": summary.read_as,
        "fed_from": [
            {**asdict(each), "became": {str(status): rows for status, rows in each.became.items()}}
            for each in summary.fed_from
        ],
        "workbook_notes": summary.workbook_notes,
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def summary_from(content: Mapping[str, Any], sources: tuple[str, ...]) -> Summary:
    """Read what `summary_json` wrote, today or in an earlier leadsync, whose summaries had less in them.

    `sources` are those of the run; in the JSON they are one text.
    """
    return Summary(
        run_id=content["run_id"],
        sources=sources,
        mapping=content["mapping"],
        started_at=content["started_at"],
        finished_at=content["finished_at"],
        duration_s=content["duration_s"],
        rows_read=content["rows_read"],
        statuses={Status(status): count for status, count in content["statuses"].items()},
        codes={Code(code): count for code, count in content["codes"].items()},
        requests=content["requests"],
        retries=content["retries"],
        exit_code=content["exit_code"],
        unaccounted=content["unaccounted"],
        stopped_because=content["stopped_because"],
        dry_run=content.get("dry_run", False),
        times_slowed=content.get("times_slowed", 0),
        slowest=content.get("slowest"),
        slowed_because=content.get("slowed_because", ""),
        damages=tuple(_damage(damage) for damage in content.get("damage", ())),
        hidden_rows=content.get("hidden_rows", 0),
        hidden_are_skipped=content.get("hidden_rows_are") == "skipped",
        cleared_rows=content.get("cleared_rows", 0),
        read_as=tuple(content.get("read_as", ())),
        fed_from=tuple(_follow_up(follow_up) for follow_up in content.get("fed_from", ())),
        workbook_notes=tuple(content.get("workbook_notes", ())),
    )


def _damage(content: Mapping[str, Any]) -> Damage:
    told = {"code": Code(content["code"]), "level": Level(content["level"]), "cells": tuple(content["cells"])}
    return Damage(**{**content, **told})


def _follow_up(content: Mapping[str, Any]) -> FollowUp:
    became = {Status(status): count for status, count in content["became"].items()}
    return FollowUp(**{**content, "became": became})
