"""The parts of which pages are made: texts cut to size, and the geometry of charts."""

import pytest
from report.stories import a_timeline

from leadsync.records import Slot, Timeline
from leadsync.report.page.charts import Scale, parts, spaced
from leadsync.report.page.rendering import cut, duration, number
from leadsync.report.page.traffic import SESSIONS, traffic


def test_a_cut_says_how_much_there_was() -> None:
    """A text that fits stands as it is; one that does not is cut by what it weighs in the page."""
    assert cut("plain", 5) == "plain"
    assert cut("x" * 100, 10) == "xxxxxxxxxx… (cut: 100 characters)"
    assert cut("&&&", 10) == "&&… (cut: 3 characters)"
    assert cut("ø\u200b", 8) == r"ø\u200b"


def test_charts_tell_their_numbers_as_text() -> None:
    """Who cannot see a chart can read it."""
    timeline = Timeline(
        "2026-03-05T02:00:00Z", 2.0, [Slot(40, 0, 0, 0, 4.0, 0.3, 20.0), Slot(10, 5, 5, 1, 4.0, 1.5, 5.0)]
    )
    told = traffic([timeline])
    assert told is not None
    pace = "50 requests in 4.0 s: 12.5 a second on average, 20 at the fastest."
    assert [chart.told for chart in told.charts] == [
        f"{pace} At most 20 a second were let out, 5 at the lowest.",
        "A request took 0.16 s on average; the slowest 1.5 s.",
        "Keen pushed back or gave no answer 5 times, and refused what was asked 1 time; 5 requests were retries.",
    ]
    assert [when for when, _ in told.numbers] == ["2026-03-05 02:00:00", "2026-03-05 02:00:02"]


def test_sessions_stand_in_a_row_with_a_gap() -> None:
    """Each session has the width of its time, and the gap between two is the same however long it took."""
    told = traffic([a_timeline(30), a_timeline(10, start="2026-03-09T02:00:00Z")])
    assert told is not None
    first, second = told.sessions
    assert (first.begin, round(second.end, 6)) == (0, 100)
    assert round((first.end - first.begin) / (second.end - second.begin), 6) == 3
    assert told.charts[0].gaps == [(first.end, 2.5)]
    many = traffic([a_timeline(3)] * (SESSIONS + 5))
    assert many is not None
    assert (len(many.sessions), many.left_out) == (SESSIONS, 5)


@pytest.mark.parametrize(
    ("highest", "labels"),
    [
        (19.5, ["10", "20 x"]),
        (3, ["1", "2", "3 x"]),
        (0.0004, ["0.0002", "0.0004 x"]),
        (12_345, ["5,000", "10,000", "15,000 x"]),
        (0, ["0.5", "1 x"]),
    ],
)
def test_scales_end_with_round_numbers(highest: float, labels: list[str]) -> None:
    """The highest line is not below the highest value."""
    assert [line.label for line in Scale(highest, " x").grid()] == labels


def test_the_smallest_part_of_a_bar_can_be_seen() -> None:
    """One row of a million has its place, and the parts fill the bar."""
    divided = parts([("updated", 1_000_000), ("skipped", 0), ("invalid", 1)])
    assert [part.fill for part in divided] == ["updated", "invalid"]
    assert divided[1].width > 1
    assert round(divided[1].x + divided[1].width, 2) == 100


def test_labels_do_not_touch() -> None:
    """The first and the last label stay, and those between that have room."""

    def kept(*labels: tuple[float, str]) -> list[str]:
        return [tick.label for tick in spaced(labels)]

    assert kept((0, "02-03 10:01"), (10, "b"), (50, "c"), (99, "02-03 10:04")) == ["02-03 10:01", "c", "02-03 10:04"]
    assert kept((0, "02:00:01"), (33, "02:00:11"), (40, "x"), (67, "02:00:21"), (100, "02:00:31")) == [
        "02:00:01",
        "02:00:11",
        "02:00:21",
        "02:00:31",
    ]
    assert kept((0, "2026-02-03"), (10, "2026-02-04")) == ["2026-02-03"]
    assert kept() == []


@pytest.mark.parametrize(
    ("timelines", "labels"),
    [
        ([("2026-11-23T09:13:02Z", 35)], ["09:13:02", "09:13:13", "09:13:25", "09:13:37"]),
        ([("2026-11-23T09:13:02Z", 2)], ["09:13:02", "09:13:04"]),
        ([("2026-11-23T09:13:02Z", 30), ("2026-11-23T09:13:40Z", 5)], ["09:13:02", "09:13:45"]),
        ([("2026-11-22T23:59:50Z", 20)], ["11-22 23:59:50", "11-23 00:00:10"]),
        (
            [("2026-11-22T02:00:00Z", 900), ("2026-11-23T02:00:00Z", 900)],
            ["11-22 02:00", "11-23 02:00", "11-23 02:15"],
        ),
        ([("no time", 30)], ["+0 s", "+10 s", "+20 s", "+30 s"]),
    ],
    ids=["short", "two seconds", "resumed", "midnight", "two nights", "no time"],
)
def test_charts_say_when_they_begin_and_end(timelines: list[tuple[str, int]], labels: list[str]) -> None:
    """However short a run was: its first and its last moment stand below each chart, and no label twice."""
    told = traffic([a_timeline(seconds, 1.0, start) for start, seconds in timelines])
    assert told is not None
    for chart in told.charts:
        assert [tick.label for tick in chart.ticks] == labels


def test_times_and_numbers_are_written_for_people() -> None:
    """Seconds become minutes and hours, and numbers get thousands marks."""
    assert [duration(s) for s in (0.01, 0.4, 12, 252.4, 11_100)] == ["0 s", "0.4 s", "12 s", "4 min 12 s", "3 h 5 min"]
    assert [number(n) for n in (1_234_567, 0.123, 12.34, 123.4)] == ["1,234,567", "0.12", "12.3", "123"]
