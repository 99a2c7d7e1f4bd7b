"""Finds out how many requests a minute a server allows that nobody has told, from what it refuses, and keeps below it.

A server that counts refuses when a minute is full, so how much the last minute held is its limit. It is not tried
again at once, as halving and growing slots would: the pace stays a little below, and after a quiet minute grows again,
slowly at first. Refusals at random are no limit: what such a one seems to be is soon refuted, and not believed for a
while.
"""

from collections import deque

_MINUTE = 60.0
_PACE = 0.95
"""The part of the limit that is used."""
_LEAST = 20
"""Requests that a minute must hold before its end may be a limit: what refuses earlier may refuse at random."""
_RARE = 10
"""So many times more requests than bursts of refusals a minute holds where the server is one that counts."""
_TOLERANCE = 1.02
"""More answers than that times the limit in a minute refute it."""
_STEP, _STEP_EVERY, _NEAR = 0.01, 10.0, 1.1
"""By how much the pace grows at each step, and the seconds between two. From that part of the limit on, which is not it
any more, steps double. Steps are small because a server that counts from minute to minute refuses at its end only."""
_NO_LIMIT = 16.0
"""A pace of that many times the limit that is not refused shows that there is none any more."""
_DOUBT, _LONGEST_DOUBT = 60.0, 960.0
"""Seconds for which no limit is believed after one was refuted, doubled each time."""


class FoundLimit:
    """What one server allows a minute, as far as it is known; times are seconds of any one clock."""

    def __init__(self, now: float) -> None:
        self.per_minute: int | None = None
        self._admitted: dict[object, float] = {}  # what was sent in the last minute and not refused, in order
        self._answered: deque[float] = deque()  # when those of them were sent that were answered since
        self._refused: deque[float] = deque()
        self._doubt, self._doubted_until = _DOUBT, now
        self._found_at = self._filled_at = self._grown_at = now
        self._pace, self._step, self._level = _PACE, _STEP, 0.0

    def wait(self, now: float) -> float:
        """Seconds until the next request may be sent."""
        self._grow(now)
        if self.per_minute is None:
            return 0
        rate = self._pace * self.per_minute / _MINUTE
        # While the full minute empties, one at a time looks whether there is room: many would all be refused.
        most = 1.0 if now - self._found_at < _MINUTE else max(1.0, rate)
        self._level = min(most, self._level + rate * (now - self._filled_at))
        self._filled_at = now
        return max(0.0, (1 - self._level) / rate)

    def send(self, request: object, now: float) -> None:
        self._forget_the_minute_before(now)
        self._admitted[request] = now
        self._level -= 1

    def answer(self, request: object, now: float) -> None:
        """The server did not refuse a request."""
        if request in self._admitted:
            self._answered.append(self._admitted[request])
        if self.per_minute is None or len(self._answered) <= self.per_minute * _TOLERANCE + 1:
            return
        if self._pace > _PACE:
            self.per_minute = len(self._answered)
        else:
            self._refute(now)

    def refuse(self, request: object, now: float, *, is_news: bool) -> None:
        """The server refused a request. It is no news of one that was sent together with another that was refused."""
        sent = self._admitted.pop(request, now)
        count = len(self._admitted)
        if is_news:
            self._refused.append(now)
        if self.per_minute is None:
            if is_news and now >= self._doubted_until and self._is_credible(count):
                self._find(count, now)
        elif not is_news:
            if sent <= self._found_at:  # so the minute held one less
                self.per_minute = count
                if not self._is_credible(count):
                    self._refute(now)
        elif self._pace > _PACE:
            self._find(count, now)
            self._doubt = _DOUBT
        elif now - self._found_at > _MINUTE:
            self._refute(now)

    def _is_credible(self, count: int) -> bool:
        return count >= max(_LEAST, _RARE * (len(self._refused) - 1))

    def _find(self, count: int, now: float) -> None:
        self.per_minute = max(1, count)
        self._pace, self._step = _PACE, _STEP
        self._found_at = self._filled_at = self._grown_at = now
        self._level = -(1 - _PACE) * self.per_minute  # the minute is full, and must empty that far first

    def _refute(self, now: float) -> None:
        self.per_minute = None
        self._doubted_until = now + self._doubt
        self._doubt = min(2 * self._doubt, _LONGEST_DOUBT)

    def _grow(self, now: float) -> None:
        if self.per_minute and now - self._found_at > _MINUTE and now - self._grown_at >= _STEP_EVERY:
            self._pace *= 1 + self._step
            self._step = _STEP if self._pace < _NEAR else min(2 * self._step, 1.0)
            self._grown_at = now
            if self._pace > _NO_LIMIT:
                self.per_minute = None

    def _forget_the_minute_before(self, now: float) -> None:
        while self._admitted and next(iter(self._admitted.values())) <= now - _MINUTE:
            del self._admitted[next(iter(self._admitted))]
        for times in (self._answered, self._refused):
            while times and times[0] <= now - _MINUTE:
                times.popleft()
