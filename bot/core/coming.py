"""The days on which a channel will get its question, as far as nothing is changed."""

from datetime import date, datetime

from bot.core.daily import Plan, PostState
from bot.core.ports.unit_of_work import UnitOfWork
from bot.core.schedule import upcoming

_TAKEN = 2
"""So many of the days ahead may have their question already, after a move between zones."""


def coming_days(
    uow: UnitOfWork, plan: Plan, now: datetime, count: int
) -> tuple[tuple[date, datetime], ...]:
    """Return the next days with a question and when it is due; none while paused.

    A day that has a record already is not asked again, though its time was moved.
    """
    latest = uow.posts.latest(plan.channel_id, tuple(PostState))
    taken = max(plan.after, latest.day) if latest else plan.after
    days = upcoming(now, plan.schedule, count + _TAKEN)
    return tuple((day, at) for day, at in days if day > taken)[:count]
