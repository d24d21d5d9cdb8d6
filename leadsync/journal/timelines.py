"""How fast Keen was asked in each session of a run, and how it answered."""

from dataclasses import astuple

import orjson

from leadsync.journal.rows import Rows
from leadsync.records import Slot, Timeline


class Timelines(Rows):
    """Keeps a timeline for each session of a run in which anything was asked."""

    def add_timeline(self, run: int, timeline: Timeline) -> None:
        """Keep the timeline of a session that ends; one without slots tells nothing, and is not kept."""
        if not timeline.slots:
            return
        content = {
            "started_at": timeline.started_at,
            "width": timeline.width,
            "slots": [astuple(slot) for slot in timeline.slots],
        }
        self._db.execute(
            "INSERT INTO timelines SELECT ?, count(*), ? FROM timelines WHERE run = ?",
            (run, orjson.dumps(content).decode(), run),
        )

    def timelines(self, run: int) -> list[Timeline]:
        """Give the timelines of a run's sessions, the first one first; a session that was killed has none."""
        found = self._db.read("SELECT content FROM timelines WHERE run = ? ORDER BY session", (run,))
        told = [orjson.loads(content) for (content,) in found]
        return [Timeline(each["started_at"], each["width"], [Slot(*slot) for slot in each["slots"]]) for each in told]
