"""Signs of life of the service, and the outages between them.

Whatever serves people calls `beat` at its start, before it serves anybody, and once a minute from
then on. Several processes on one database are one service: while any of them beats there is no
outage. A terminal serves nobody but the one at its keyboard and does not beat.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.core.ports import Clock
from bot.core.streaks.outages import Outage, outage_since
from bot.core.unit_of_work import UnitOfWork

SERVICE: Final = "service"
"""The kind of process that serves chat platforms."""

TOLERANCE: Final = timedelta(minutes=10)
"""An update or a restart takes less, and so little excuses no day."""


class Heartbeat:
    """Note that the service is there, and record when it was not."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        kind: str = SERVICE,
        tolerance: timedelta = TOLERANCE,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._kind = kind
        self._tolerance = tolerance

    def beat(self) -> Outage | None:
        """Note a sign of life; record and return the outage that it ends, if any.

        After a clock was ahead, what was noted of the future is set back to the present.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            last = uow.heartbeats.latest()
            outage = outage_since(last, now, self._tolerance) if last else None
            uow.outages.end_by(now)
            if outage:
                uow.outages.add(outage)
            uow.heartbeats.note(self._kind, now)
            uow.commit()
        return outage
