"""The throttle: finds out from the answers how many requests Keen takes, and sets the pace by it.

The law is TCP's, with a rate in place of a window: falls that multiply, climbs that are careful (RFC 5681).

429       The rate falls to 0.95 of what was accepted in the last second or two before the refused request: where the
          limit counts by the second, that is the limit. Everybody waits for Retry-After, or else until a full window
          of a second must have ended. A refusal within 3 s at a rate that was believed to be allowed means that the
          limit counts otherwise: it is believed to be 0.9 of that, or the average since the last refusal if more.
546, 503  The rate falls at once, by half of the share of such push-backs among the last answers (10 at least), and
          again after each second in which there were some (RFC 8257): one in a hundred costs next to nothing, all of
          them halve it.
Latency   If, for about a second, most answers take longer than 3 times the usual + 50 ms, the rate falls to 0.8: at
          most every 2 s, and never by latency alone below a quarter. What is usual is learnt over a minute.
Climb     Accepted answers raise the rate by the time between them: at most to the double in 5 s, and the slower the
          nearer it comes to the ceiling, or to 0.97 of the limit where one is believed in.
Probe     There the rate holds (10 s, or 20 times what a refusal makes us wait; the double after each probe in vain),
          and then grows as in CUBIC (RFC 9438): hardly at first, so that the limit costs a request or two, then faster.
Search    What is accepted within a fraction of a second may be a bucket's burst and tell nothing of the rate. So the
          first probe after that comes at once and grows quickly; if it finds what was believed, that was the limit.

The pace starts at its ceiling. A push-back of a request that started before the last fall tells nothing new.
"""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from leadsync.codes import Code
from leadsync.keen.pace import Pace

_log = structlog.get_logger("leadsync.keen")

_REASONS = {
    Code.RATE_LIMITED: "Keen asked for fewer requests (429)",
    Code.WORKER_LIMIT: "Keen ran out of memory or processor time (546)",
    Code.UNAVAILABLE: "Keen was not available (503)",
}
_SLOWER = "Keen answers more slowly than before"
_AT_CEILING = "the rate that was set"
_AT_LIMIT = "about as many requests as Keen takes"

_FEW = 10  # answers below which a share tells too little
_FLOOR = 0.1  # requests per second
_BELOW, _PLATEAU = 0.95, 0.97  # of the limit: where a refusal leads, and where the rate holds
_SOON, _CUT = 3.0, 0.9  # seconds; of what was accepted
_BURST = 0.6  # of the rate: a limit that accepted less in its first second may have been a bucket's
_SAME = 0.1  # how far two findings of one limit may lie apart
_LONG = 30.0  # seconds without a refusal after which the limit is forgotten, once the ceiling is reached
_DOUBLING = 5.0 / math.log(2)
_SEARCH, _COARSE, _FINE = 2.0, 6.0, 15.0  # seconds in which a probe raises the rate by the factor e
_HOLD, _LONGEST_HOLD, _HOLD_PER_WAIT = 10.0, 120.0, 20.0
_SLOW_FACTOR, _SLOW_MORE, _MANY = 3.0, 0.05, 10  # of the usual; seconds; answers that make a usual
_MOST, _SLOW_FALL, _SLOW_EVERY = 0.5, 0.8, 2.0  # of the answers; of the rate; seconds
_WINDOW, _MARGIN = 1.0, 0.02  # seconds; requests travel at unequal speeds


@dataclass(slots=True)
class _Refusal:
    """A 429 that made the rate fall."""

    started: float
    span: float  # seconds before it over which the accepted requests are counted
    rate: float
    believed: float
    average: float  # accepted requests per second since the refusal before
    probe: float
    soon: bool  # after the last refusal
    sure: bool = True
    taken: int = 0  # requests that started after it and were accepted


class Throttle:
    """Sets the rate of a pace by what Keen answers: whoever gets an answer tells it by `note`."""

    def __init__(self, pace: Pace, clock: Callable[[], float] = time.monotonic) -> None:
        self.fell_at = -math.inf  # a push-back of a request that started before it is stale
        self.reason = _AT_CEILING  # why the rate is what it is, for people
        self.changes, self.fell_because = 0, ""  # falls so far, and why the last one
        self._pace, self._clock = pace, clock
        self._floor = min(pace.ceiling, _FLOOR)
        self._lowest = self._told = pace.rate
        self._noted_at = clock()
        self._limit = math.inf  # requests per second that Keen is believed to take
        self._probe, self._probe_at, self._vain, self._began = _FINE, math.inf, 0, math.inf
        self._accepted: deque[float] = deque()  # when the accepted requests of the last seconds started
        self._refusal: _Refusal | None = None
        self._settling = False  # since a refusal, only requests from before it were answered
        self._counted_from, self._answers, self._pushed = 0.0, 0, 0
        self._pushed_by = Code.UNAVAILABLE
        self._sent = math.inf  # answers per second, the last time that a whole second was counted
        self._usual, self._learnt, self._slow, self._before_slow = 0.0, 0, 0.0, 0.0

    @property
    def rate(self) -> float:
        """Give the requests per second that may start now."""
        return self._pace.rate

    @property
    def lowest(self) -> float:
        """Give the lowest rate so far."""
        return min(self._lowest, self.rate)

    def note(
        self, code: Code, *, accepted: bool, started: float, seconds: float, retry_after: float | None = None
    ) -> None:
        """Take in one answer.

        `code` is the verdict's; `accepted` says that Keen itself answered, for or against the row; `started` is the
        clock's time when the request went out, `seconds` how long its answer took, `retry_after` what it asks for.
        """
        now, resumed = self._clock(), self._pace.paused_until
        passed = max(0.0, now - max(self._noted_at, resumed))
        self._noted_at, self._began = now, min(self._began, started)
        if accepted:
            self._remember(started)
        if retry_after and code in _REASONS:
            self._pace.pause(retry_after)
        if started <= self.fell_at:
            if accepted and self._settling:
                self._settle()
            return
        if self._settling and code is not Code.RATE_LIMITED:
            self._resume(now)
        if not self._answers:
            self._counted_from = now
        self._answers += 1
        if code is Code.RATE_LIMITED:
            self._refused(now, started, max(resumed, self._began), retry_after)
        elif code in _REASONS:
            self._pushed, self._pushed_by = self._pushed + 1, code
            self._count(now, at_once=now - self.fell_at >= 1.0)
        else:
            self._count(now)
            self._time(now, min(passed, 1.0), seconds, accepted=accepted)
            if accepted and self._pace.rate < self._pace.ceiling and self._slow <= _MOST:
                self._climb(now, min(passed, 5.0))

    def _remember(self, started: float) -> None:
        self._accepted.append(started)
        while self._accepted[0] < started - 3 * _WINDOW:
            self._accepted.popleft()
        if self._refusal and started > self._refusal.started:
            self._refusal.taken += 1

    def _refused(self, now: float, started: float, resumed: float, retry_after: float | None) -> None:
        """Fall to what Keen takes (429)."""
        rate, last = self._pace.rate, self._refusal
        since = started - last.started if last else math.inf
        self._vain += self._probe == _FINE and self._limit < rate
        average = last.taken / max(_WINDOW, since) if last else 0.0
        span = min(2 * _WINDOW, max(_WINDOW, started - resumed))
        self._refusal = _Refusal(started, span, rate, self._limit, average, self._probe, since < _SOON)
        self._settling = True
        self._settle()
        if retry_after is None:
            # A second has parts of two windows at most, so the one that is full has run for half of what it took.
            self._pace.pause(_WINDOW + _MARGIN - self._accepted_per_second(span) / (2 * rate))
        self._fall(now, self._pace.rate, _REASONS[Code.RATE_LIMITED])

    def _settle(self) -> None:
        """Work out the limit, again whenever one more answer to a request from before the refusal comes in."""
        refusal = self._refusal
        assert refusal is not None
        found = self._accepted_per_second(refusal.span)
        refusal.sure, self._probe = True, _FINE
        if not found:
            refusal.sure, self._pace.rate = False, max(self._floor, refusal.rate / 2)
            return
        if refusal.soon and refusal.rate <= refusal.believed:
            found = max(refusal.average, _CUT * found)
        elif refusal.believed == math.inf:
            refusal.sure = found >= _BURST * refusal.rate
            self._probe = _FINE if refusal.sure else _SEARCH
        elif refusal.probe < _FINE:
            last = self._accepted_per_second(_WINDOW)
            if abs(last - refusal.believed) <= _SAME * refusal.believed:
                found = last
            elif refusal.probe == _SEARCH:
                refusal.sure, self._probe = False, _COARSE
        else:  # whole requests were counted: where there are few, the rate that was reached tells more
            found = max(found, min(_PLATEAU * refusal.rate, found + 1 / refusal.span))
        self._limit, self._pace.rate = found, max(self._floor, _BELOW * found)

    def _resume(self, now: float) -> None:
        """Go on after a refusal: the limit is known as well as it will be."""
        self._settling, self._probe_at, wait = False, now, self._pace.paused_until - self.fell_at
        if self._refusal and self._refusal.sure:
            self._probe_at += min(_LONGEST_HOLD, max(_HOLD, _HOLD_PER_WAIT * wait) * 2 ** max(0, self._vain - 1))
        self._tell(self.reason, news=False)

    def _accepted_per_second(self, span: float) -> float:
        last = self._refusal.started if self._refusal else 0.0
        return sum(last - span < started <= last for started in self._accepted) / span

    def _count(self, now: float, *, at_once: bool = False) -> None:
        """Fall by the share of push-backs in a second of answers (546, 503)."""
        length = now - self._counted_from
        if length < 1.0 and not at_once:
            return
        share, rate = self._pushed / max(self._answers, _FEW), self._pace.rate
        if length >= 1.0:
            self._sent = self._answers / length
        self._answers = self._pushed = 0
        if share:
            used = rate if self._sent > rate / 2 else self._sent  # a rate that is hardly used is no measure (RFC 7661)
            self._fall(now, used * (1 - share / 2), _REASONS[self._pushed_by])

    def _time(self, now: float, passed: float, seconds: float, *, accepted: bool) -> None:
        """Fall if most answers are slow. Each counts by the time since the last, so that a stall of ours is one."""
        bound = _SLOW_FACTOR * self._usual + _SLOW_MORE if self._learnt >= _MANY else math.inf
        self._slow += min(passed, 0.125) * ((seconds > bound) - self._slow)
        if accepted:
            self._learnt += 1
            self._usual += max(1 / self._learnt, passed / 60) * (min(seconds, bound) - self._usual)
        if self._slow > _MOST and now - self.fell_at >= _SLOW_EVERY:
            rate = self._pace.rate
            self._before_slow = max(self._before_slow, rate)
            self._fall(now, min(rate, max(_SLOW_FALL * rate, self._before_slow / 4)), _SLOWER)

    def _climb(self, now: float, passed: float) -> None:
        rate, ceiling = self._pace.rate, self._pace.ceiling
        plateau = min(ceiling, _PLATEAU * self._limit)
        sure = self._refusal is None or self._refusal.sure
        if rate < plateau and (sure or rate < 0.8 * plateau):
            step = min(rate / _DOUBLING, 0.2 * (plateau - rate) + 0.01 * plateau) * passed
            self._pace.rate = min(plateau, rate + step)
            if rate < 0.9 * plateau:
                self._probe_at = max(self._probe_at, now + 5.0)
            elif self._pace.rate == plateau < ceiling:
                self._tell(_AT_LIMIT, news=self.reason != _AT_LIMIT)
        elif now > self._probe_at:
            self._pace.rate = rate * (1 + min(1.0, 3 * (now - self._probe_at) ** 2 / self._probe**3) * passed)
        if self._pace.rate >= self._before_slow:
            self._before_slow = 0.0
        if self._pace.rate >= ceiling:
            if self._refusal and now - self._refusal.started > _LONG:
                self._limit, self._vain = math.inf, 0
            self._tell(_AT_CEILING, news=self.reason != _AT_CEILING)

    def _fall(self, now: float, rate: float, reason: str) -> None:
        self.fell_at, self.changes, self.fell_because = now, self.changes + 1, reason
        self._answers, self._pushed, self._slow = 0, 0, 0.0
        self._lowest = self.lowest
        self._pace.rate = max(self._floor, rate)
        self._tell(reason, news=self._settling)

    def _tell(self, reason: str, *, news: bool) -> None:
        """Log a change that is news, or one of more than a tenth: small steps would flood the log."""
        if news or not 0.9 * self._told < self.rate < 1.1 * self._told:
            self.reason, self._told = reason, self.rate
            _log.info("pace_changed", rate=round(self.rate, 2), reason=reason)
