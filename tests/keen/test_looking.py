"""Rows whose leads are looked at before anything is sent: what is kept back, kept on the disk, and told."""

from collections.abc import Callable

import pytest
from conftest import Keen, lead_id
from desk import Desk

from leadsync.codes import Code
from leadsync.errors import StateError, StopRunError
from leadsync.keen.client import KeenClient
from leadsync.keen.handling import Handling, LegacyLead
from leadsync.keen.pool import Pool
from leadsync.records import Condition, Issue, JsonValue, Policy, Reading, Row, Status, Update
from leadsync.sandbox import Faults

LOOK, UPDATE = "get_lead_by_id", "update_lead"
FILL = Condition(Policy.FILL_IF_BLANK)


def ours(holds: JsonValue) -> Condition:
    """Ask that Keen still holds what we wrote."""
    return Condition(Policy.ONLY_IF_OURS, () if holds is None else (holds,))


def an_update(
    fields: dict[str, str],
    conditions: dict[str, Condition] | None = None,
    position: int = 0,
    number: int = 0,
    properties: tuple[tuple[str, JsonValue], ...] = (),
    remark: Issue | None = None,
) -> Update:
    """Make an update of a made-up lead."""
    row = Row(position, "Leads", position + 2)
    return Update(row, lead_id(number), fields, properties, conditions or {}, mark=77, remark=remark)


def test_a_row_without_conditions_is_sent_without_a_look(desk: Desk) -> None:
    """It costs what it always did: one request."""
    told = desk.send(an_update({"notes": "n"}))
    assert told.actions == [UPDATE]
    assert told.readings == []
    assert [(o.status, o.code, o.attempts) for o in told.outcomes] == [(Status.UPDATED, Code.UPDATED, 1)]


def test_only_what_its_policy_lets_go_is_sent_and_the_rest_is_told(desk: Desk) -> None:
    """Keen's own value stands in the message, by the property's name, and in the reading the rest with no mark."""
    tier = desk.keen.property_ids["Tier"]
    desk.handling = Handling(names={tier: "Tier"})
    desk.put(Tier="Gold", phone="12 34")
    told = desk.send(
        an_update({"notes": "n", "phone": "5"}, {tier: FILL, "phone": FILL}, properties=((tier, "Silver"),))
    )
    assert told.actions == [LOOK, UPDATE]
    assert desk.keen.updates() == [{"action": UPDATE, "lead_id": lead_id(0), "notes": "n"}]
    assert told.readings == [Reading(0, {"notes": "n"}, None, 0)]
    (outcome,) = told.outcomes
    assert (outcome.status, outcome.code, outcome.attempts) == (Status.UPDATED, Code.KEPT_KEEN_VALUE, 1)
    assert outcome.message == (
        'Keen acknowledged the update: notes. Left as it is in Keen: Tier ("Gold"), phone ("12 34").'
    )


def test_a_row_that_is_kept_back_whole_is_skipped(desk: Desk) -> None:
    """Nothing is sent, and a value that somebody has cleared in Keen is told as nothing."""
    desk.put(email="a@example.com")
    update = an_update({"email": "b@example.com", "phone": "1"}, {"email": FILL, "phone": ours("2")})
    told = desk.send(update)
    assert told.actions == [LOOK]
    assert told.readings == [Reading(0, {}, None, 0)]
    (outcome,) = told.outcomes
    assert (outcome.status, outcome.code, outcome.attempts) == (Status.SKIPPED, Code.KEPT_KEEN_VALUE, 1)
    assert outcome.message == 'Nothing was sent. Left as it is in Keen: email ("a@example.com"), phone (nothing).'


def test_a_lead_that_holds_everything_already_is_unchanged(desk: Desk) -> None:
    """No update goes out; what the row says stays what the ledger learns, mark and all."""
    desk.put(email="a@example.com")
    told = desk.send(an_update({"email": "a@example.com"}, {"email": FILL}))
    assert told.actions == [LOOK]
    assert told.readings == []
    (outcome,) = told.outcomes
    assert (outcome.status, outcome.code) == (Status.UNCHANGED, Code.UNCHANGED)
    assert outcome.message == "Keen holds these values already."


def test_what_a_lead_held_is_kept_before_its_update_goes_out(desk: Desk) -> None:
    """The values from before, of exactly the fields that are sent, while Keen has not been asked to change any."""
    size = desk.keen.property_ids["Deal size"]
    desk.handling = Handling(keeps_before=True)
    desk.put(email="a@example.com", source="fair", Deal_size="7")
    asked_by_then = []
    desk.on_reading = lambda *_: asked_by_then.append(len(desk.keen.updates()))
    told = desk.send(an_update({"email": "b@example.com", "phone": "1"}, properties=((size, 8),)))
    values = {"email": "b@example.com", "phone": "1", size: 8}
    assert told.readings == [Reading(0, values, {"email": "a@example.com", "phone": "", size: "7"}, 77)]
    assert asked_by_then == [0]
    assert told.outcomes[0].status is Status.UPDATED


def test_a_reading_that_cannot_be_kept_stops_the_run_before_its_update(desk: Desk) -> None:
    """No update goes out whose before-image is not on the disk."""
    desk.handling = Handling(keeps_before=True)

    def full(*_: object) -> None:
        raise StateError("The disk is full.")

    desk.on_reading = full
    with pytest.raises(ExceptionGroup) as caught:
        desk.send(an_update({"notes": "n"}), an_update({"notes": "n"}, position=1, number=1))
    assert caught.value.subgroup(StateError)
    assert desk.keen.updates() == []


def test_a_plan_looks_and_sends_nothing(desk: Desk) -> None:
    """What would change is in the reading with what Keen holds; what Keen holds already is not in it."""
    desk.handling = Handling(looks_only=True)
    desk.put(0, email="a@example.com", notes="n")
    desk.put(1, email="a@example.com")
    desk.put(2, phone="1")
    told = desk.send(
        an_update({"email": "b@example.com", "notes": "n", "phone": "1"}),
        an_update({"email": "a@example.com"}, position=1, number=1),
        an_update({"phone": "2", "email": "c@example.com"}, {"phone": FILL}, position=2, number=2),
        an_update({"phone": "2"}, position=3, number=99),
    )
    assert set(told.actions) == {LOOK}
    assert sorted(told.readings, key=lambda reading: reading.position) == [
        Reading(0, {"email": "b@example.com", "phone": "1"}, {"email": "a@example.com", "phone": ""}, 77),
        Reading(1, {"email": "a@example.com"}, {"email": "a@example.com"}, 77, frozenset({"email"})),
        Reading(2, {"email": "c@example.com"}, {"email": ""}, 0),
    ]
    assert [(o.status, o.code) for o in told.outcomes] == [
        (Status.NOT_SENT, Code.PLANNED),
        (Status.UNCHANGED, Code.UNCHANGED),
        (Status.NOT_SENT, Code.PLANNED),
        (Status.REJECTED, Code.LEAD_NOT_FOUND),
    ]
    assert 'phone ("1")' in told.outcomes[2].message


def test_a_plan_that_is_applied_leaves_alone_what_moved_since(desk: Desk) -> None:
    """The codes of apply; applied a second time, the plan finds everything done."""
    desk.handling = Handling(keeps_before=True, kept=Code.CHANGED_SINCE_PLAN)
    desk.put(0, email="a@example.com", phone="moved")
    update = an_update({"email": "b@example.com", "phone": "2"}, {"email": ours("a@example.com"), "phone": ours("1")})
    first = desk.send(update)
    assert (first.outcomes[0].status, first.outcomes[0].code) == (Status.UPDATED, Code.CHANGED_SINCE_PLAN)
    assert desk.fields() == {"email": "b@example.com", "phone": "moved"}
    again = desk.send(an_update({"email": "b@example.com"}, {"email": ours("a@example.com")}))
    assert (again.outcomes[0].status, again.outcomes[0].code) == (Status.UNCHANGED, Code.UNCHANGED)


def test_what_is_to_be_said_of_a_row_is_said_where_it_is_sent(desk: Desk) -> None:
    """An undo tells of the property that no action can take away, unless something was kept: that is more."""
    desk.handling = Handling(keeps_before=True, done=Code.REVERTED, kept=Code.KEPT)
    remark = Issue(Code.CANNOT_BE_UNDONE, "Tier had no value before.")
    desk.put(0, email="new@example.com")
    desk.put(1, email="new@example.com", phone="edited")
    desk.put(2, email="old@example.com")
    back = {"email": ours("new@example.com"), "phone": ours("2")}
    told = desk.send(
        an_update({"email": "old@example.com"}, back, remark=remark),
        an_update({"email": "old@example.com", "phone": "1"}, back, 1, 1, remark=remark),
        an_update({"email": "old@example.com"}, back, 2, 2, remark=remark),
        an_update({"email": "old@example.com"}, {"email": ours("")}, 3, 3),
        an_update({"email": "old@example.com"}, back, 4, 99, remark=remark),
    )
    assert [(o.status, o.code) for o in told.outcomes] == [
        (Status.UPDATED, Code.CANNOT_BE_UNDONE),
        (Status.UPDATED, Code.KEPT),
        (Status.UNCHANGED, Code.CANNOT_BE_UNDONE),
        (Status.UPDATED, Code.REVERTED),
        (Status.REJECTED, Code.LEAD_NOT_FOUND),
    ]
    said = "Tier had no value before."
    assert told.outcomes[1].message == (
        f'Keen acknowledged what was put back: email. {said} Left as it is in Keen: phone ("edited").'
    )
    assert said not in told.outcomes[4].message


def test_the_value_of_an_earlier_row_of_the_run_is_ours(desk: Desk) -> None:
    """Three rows of one lead, of which the ledger knows only what stood there before the run."""
    desk.handling = Handling(repeated=frozenset({lead_id(0)}))
    desk.put(email="a@example.com")
    names = ("b@example.com", "c@example.com", "a@example.com")
    told = desk.send(
        *(an_update({"email": name}, {"email": ours("a@example.com")}, place) for place, name in enumerate(names))
    )
    assert [o.status for o in told.outcomes] == [Status.UPDATED] * 3
    assert desk.fields() == {"email": "a@example.com"}


def test_a_plan_counts_on_the_earlier_rows_of_a_lead(desk: Desk) -> None:
    """The second row would change what the first would have put there, and the third changes it back."""
    desk.handling = Handling(looks_only=True, repeated=frozenset({lead_id(0)}))
    desk.put(email="a@example.com")
    names = ("b@example.com", "c@example.com", "c@example.com", "a@example.com")
    told = desk.send(*(an_update({"email": name}, position=place) for place, name in enumerate(names)))
    assert [reading.before for reading in told.readings] == [
        {"email": "a@example.com"},
        {"email": "b@example.com"},
        {"email": "c@example.com"},
        {"email": "c@example.com"},
    ]
    assert [o.code for o in told.outcomes] == [Code.PLANNED, Code.PLANNED, Code.UNCHANGED, Code.PLANNED]


def test_a_lead_that_is_not_ours_or_not_there_is_refused_by_the_look(desk: Desk) -> None:
    """As its update would have been: another company's channel, a deleted or merged lead."""
    other = desk.keen.world.add_channel("Other", creator=desk.keen.world.add_company("Other"))
    desk.keen.world.add_lead(other, lead_id=lead_id(50))
    told = desk.send(
        an_update({"notes": "n"}, {"notes": FILL}, 0, 50), an_update({"notes": "n"}, {"notes": FILL}, 1, 99)
    )
    assert set(told.actions) == {LOOK}
    assert [(o.status, o.code, o.http_status) for o in told.outcomes] == [
        (Status.REJECTED, Code.LEAD_NOT_ACCESSIBLE, 403),
        (Status.REJECTED, Code.LEAD_NOT_FOUND, 404),
    ]
    assert all(o.digest for o in told.outcomes)


def test_a_lead_that_is_deleted_between_the_look_and_the_update_is_refused(desk: Desk) -> None:
    """The update itself finds it gone."""
    desk.on_reading = lambda *_: desk.keen.world._leads.clear()
    desk.handling = Handling(keeps_before=True)
    told = desk.send(an_update({"notes": "n"}))
    assert told.actions == [LOOK, UPDATE]
    assert (told.outcomes[0].status, told.outcomes[0].code) == (Status.REJECTED, Code.LEAD_NOT_FOUND)


def test_an_edit_while_we_wait_for_another_try_is_seen(desk: Desk) -> None:
    """The first try of the update fails; before the second the lead is looked at again."""
    desk.handling = Handling(keeps_before=True)
    desk.put(email="a@example.com", notes="old")
    desk.keen.sandbox.faults = Faults(chances={"500": 1.0}, first=1, action=UPDATE)
    desk.on_answer = lambda action, _: desk.put(email="typed@example.com") if action == UPDATE else None
    update = an_update({"email": "b@example.com", "notes": "new"}, {"email": ours("a@example.com")})
    told = desk.send(update)
    assert told.actions == [LOOK, UPDATE, LOOK, UPDATE]
    assert desk.fields() == {"email": "typed@example.com", "notes": "new"}
    assert [(r.values, r.before, r.mark) for r in told.readings] == [
        (update.values, {"email": "a@example.com", "notes": "old"}, 77),
        ({"notes": "new"}, {"notes": "old"}, 0),
    ]
    (outcome,) = told.outcomes
    assert (outcome.code, outcome.attempts) == (Code.KEPT_KEEN_VALUE, 2)


def test_an_edit_while_keen_is_down_between_look_and_update_is_seen(desk: Desk) -> None:
    """An update that would have to wait for a Keen that is down does not: the lead is looked at again."""
    desk.put(email="a@example.com")
    desk.handling = Handling(keeps_before=True)

    def fall(reading: Reading, _: Pool, client: KeenClient) -> None:
        if len(desk.seen) == 1:
            client.breaker.failed("Keen is down.", Code.UNREACHABLE, seconds=0.0, at_once=True)
            desk.put(email="typed@example.com")

    desk.on_reading = fall
    told = desk.send(an_update({"email": "b@example.com"}, {"email": ours("a@example.com")}))
    assert told.actions == [LOOK, LOOK]
    assert told.outcomes[0].status is Status.SKIPPED
    assert desk.fields() == {"email": "typed@example.com"}


def test_a_try_whose_answer_was_lost_is_found_applied(desk: Desk) -> None:
    """The second look finds our values: the row is updated, sent once, and what stood there before is not forgotten."""
    desk.handling = Handling(keeps_before=True)
    desk.put(email="a@example.com")
    desk.keen.sandbox.faults = Faults(chances={"drop_after": 1.0}, first=1, action=UPDATE)
    told = desk.send(an_update({"email": "b@example.com"}))
    assert told.actions == [LOOK, UPDATE, LOOK]
    assert [reading.before for reading in told.readings] == [{"email": "a@example.com"}] * 2
    (outcome,) = told.outcomes
    assert (outcome.status, outcome.code, outcome.attempts) == (Status.UPDATED, Code.UPDATED, 2)
    assert outcome.message == "Keen holds the values: an earlier try was applied, though its answer did not come."


def test_a_lost_try_after_which_somebody_else_typed_is_not_sent_again(desk: Desk) -> None:
    """Nobody knows whether ours was there for a moment, and Keen's value is right by now."""
    desk.put(email="a@example.com")
    desk.keen.sandbox.faults = Faults(chances={"drop_after": 1.0}, first=1, action=UPDATE)
    desk.on_answer = lambda action, _: desk.put(email="typed@example.com") if action == UPDATE else None
    told = desk.send(an_update({"email": "b@example.com"}, {"email": ours("a@example.com")}))
    assert told.actions == [LOOK, UPDATE, LOOK]
    (outcome,) = told.outcomes
    assert (outcome.status, outcome.code) == (Status.SKIPPED, Code.KEPT_KEEN_VALUE)
    assert outcome.message.startswith("A try may have been applied, but its answer did not come")


def test_look_and_update_share_the_tries_of_a_row(desk: Desk) -> None:
    """Two looks that fail and two updates: four tries are told, and no fifth is made."""
    desk.options = {"tries": 4}
    faults = iter([LOOK, LOOK, UPDATE, UPDATE])
    desk.keen.sandbox.faults = Faults(chances={"500": 1.0}, first=2, action=next(faults))
    desk.on_answer = lambda action, _: _fail_updates(desk.keen) if len(desk.keen.sandbox.calls) == 3 else None
    told = desk.send(an_update({"notes": "n"}, {"notes": FILL}))
    assert told.actions == [LOOK, LOOK, LOOK, UPDATE, LOOK, UPDATE]
    (outcome,) = told.outcomes
    assert (outcome.status, outcome.code, outcome.attempts) == (Status.FAILED, Code.SERVER_ERROR, 4)
    assert outcome.message == "Keen had an error of its own (500, WORKER_ERROR). Given up after 4 tries."


def _fail_updates(keen: Keen) -> None:
    keen.sandbox.faults = Faults(chances={"500": 1.0}, action=UPDATE)


@pytest.mark.parametrize("fault", ["500", "502", "504_after", "546", "429", "drop_after", "html", "other_lead"])
def test_a_look_that_fails_for_good_leaves_the_row_failed_and_holds_back_the_next(desk: Desk, fault: str) -> None:
    """It was surely not sent, whatever the trouble; later rows of its lead wait for it, those of others do not."""
    desk.options = {"tries": 2}
    desk.keen.sandbox.faults = Faults(chances={fault: 1.0}, lead_id=lead_id(0), action=LOOK, retry_after="none")
    told = desk.send(
        an_update({"notes": "1"}, {"notes": FILL}),
        an_update({"notes": "2"}, position=1),
        an_update({"notes": "3"}, {"notes": FILL}, position=2, number=1),
    )
    assert [o.status for o in told.outcomes] == [Status.FAILED, Status.NOT_SENT, Status.UPDATED]
    assert told.outcomes[1].code is Code.HELD_BACK
    assert told.outcomes[0].attempts == 2
    assert told.outcomes[0].message.startswith("The lead could not be looked at: ")
    assert [body["lead_id"] for body in desk.keen.updates()] == [lead_id(1)]


def test_trouble_of_looks_is_survived(desk: Desk) -> None:
    """One look in three fails, and every row is sent once."""
    desk.options = {"tries": 20}
    desk.keen.sandbox.faults = Faults(seed=5, chances={"503:LOAD_FUNCTION_ERROR": 0.1, "drop_before": 0.1}, action=LOOK)
    rows = [an_update({"notes": str(n)}, {"notes": Condition(Policy.NEVER_CLEAR)}, n, n % 10) for n in range(60)]
    told = desk.send(*rows)
    assert {o.status for o in told.outcomes} == {Status.UPDATED}
    assert told.actions.count(UPDATE) == 60
    assert told.actions.count(LOOK) == 60 + told.client.traffic.retries > 60


def test_a_stop_between_look_and_update_sends_nothing(desk: Desk) -> None:
    """The row is not sent, and may be resumed."""
    desk.handling = Handling(keeps_before=True)
    desk.on_reading = lambda _, pool, __: pool.stop(StopRunError("Stopped by a test.", Code.INTERRUPTED))
    told = desk.send(an_update({"notes": "n"}), an_update({"notes": "n"}, position=1))
    assert told.actions == [LOOK]
    assert {(o.status, o.code) for o in told.outcomes} == {(Status.NOT_SENT, Code.INTERRUPTED)}


def test_a_look_that_is_abandoned_leaves_its_row_not_sent(desk: Desk) -> None:
    """A look changes nothing, so nobody need wonder whether it was applied."""
    desk.handling = Handling(keeps_before=True)
    desk.keen.sandbox.faults = Faults(chances={"hang_after": 1.0}, lead_id=lead_id(0))

    def abandon(_: str, pool: Pool) -> None:
        pool.stop(StopRunError("Stopped by a test.", Code.TERMINATED))
        pool.abandon()

    desk.on_answer = abandon
    told = desk.send(an_update({"notes": "n"}), an_update({"notes": "n"}, position=1, number=1))
    assert told.outcomes[0].status is Status.NOT_SENT


def test_an_abandoned_update_after_a_look_is_unknown(desk: Desk) -> None:
    """It went out, and no answer came."""
    desk.handling = Handling(keeps_before=True)
    desk.keen.sandbox.faults = Faults(chances={"hang_after": 1.0}, lead_id=lead_id(0), action=UPDATE)

    def abandon(action: str, pool: Pool) -> None:
        if action == UPDATE:
            pool.stop(StopRunError("Stopped by a test.", Code.TERMINATED))
            pool.abandon()

    desk.on_answer = abandon
    told = desk.send(an_update({"notes": "n"}), an_update({"notes": "n"}, position=1, number=1))
    assert (told.outcomes[0].status, told.outcomes[0].code) == (Status.UNKNOWN, Code.NO_ANSWER)


def test_a_refused_key_at_the_look_stops_everything(desk: Desk) -> None:
    """As at an update."""
    desk.keen.sandbox.faults = Faults(chances={"401:none": 1.0})
    told = desk.send(*(an_update({"notes": "n"}, {"notes": FILL}, n, n) for n in range(10)))
    assert {(o.status, o.code) for o in told.outcomes} == {(Status.NOT_SENT, Code.KEY_REFUSED)}
    assert told.stopped


def test_rows_that_wait_to_be_looked_at_again_hold_no_slot(desk: Desk) -> None:
    """Four rows whose updates fail wait for hours, and all others go past them through two slots."""
    desk.options = {"concurrency": 2, "backoff": 1e6, "longest_backoff": 1e6}
    desk.handling = Handling(keeps_before=True)
    desk.keen.sandbox.faults = Faults(chances={"500": 1.0}, first=4, action=UPDATE)
    for number in range(10, 40):
        desk.keen.world.add_lead(desk.keen.channel, lead_id=lead_id(number))

    def stop_after_the_last(_: str, pool: Pool) -> None:
        if len(desk.keen.updates()) == 40:
            pool.stop(StopRunError("Stopped by a test.", Code.INTERRUPTED))

    desk.on_answer = stop_after_the_last
    told = desk.send(*(an_update({"notes": "n"}, position=n, number=n) for n in range(40)))
    assert sorted(o.status for o in told.outcomes) == [Status.NOT_SENT] * 4 + [Status.UPDATED] * 36
    assert desk.keen.sandbox.stats.max_in_flight <= 2


def test_looks_count_towards_the_pace(desk: Desk, busiest_second: Callable[[Keen], int]) -> None:
    """By the emulator's own record, no second saw more than the rate, looks included."""
    desk.options = {"rate": 40.0}
    told = desk.send(*(an_update({"notes": "n"}, {"notes": FILL}, n, n) for n in range(10)))
    told = desk.send(*(an_update({"notes": "m"}, {"notes": ours("n")}, n, n) for n in range(10)))
    assert len(told.actions) == 40
    assert busiest_second(desk.keen) <= 41


def test_a_row_that_knows_its_lead_by_a_legacy_id_is_looked_at_as_well(desk: Desk) -> None:
    """First the id is looked up, then the lead."""

    class Remembered:
        async def find(self, _: str) -> LegacyLead | None:
            return None

        async def keep(self, *_: object) -> None:
            pass

    desk.legacy = Remembered()
    desk.put(3, notes="old")
    update = Update(Row(0, "Leads", 2), "1003", {"notes": "n"}, [], {"notes": FILL})
    told = desk.send(update)
    assert told.actions == ["get_lead_by_legacy_id", LOOK]
    assert (told.outcomes[0].status, told.outcomes[0].lead_id) == (Status.SKIPPED, lead_id(3))
