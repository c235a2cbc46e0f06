from datetime import timedelta

from sqlalchemy import Engine

from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.daily.post import PostState
from bot.core.measuring import Backlog
from bot.storage.repositories.backlog import SqlBacklog
from tests.builders import NOON, a_grade, a_plan, a_post, a_user
from tests.databases import units_of


def test_what_waits_since_when_and_recent_days_by_state(every_engine: Engine) -> None:
    backlog, unit_of_work, today = SqlBacklog(every_engine), units_of(every_engine), NOON.date()
    assert backlog.since(today) == Backlog()
    with unit_of_work() as uow:
        here = register_presence(uow, a_user(), Place("guild", "ml"), NOON)
        for hours in range(3):
            ask = uow.asks.add(here.learner.id, "a/b", NOON)
            attempt = uow.attempts.add(ask, "x y", NOON - timedelta(hours=hours))
        uow.attempts.record_grade(attempt.id, a_grade("a/b"), NOON)
        channel = here.channel_id or 0
        uow.plans.put(a_plan(channel))
        for days, state in enumerate((PostState.SENT, PostState.FAILED, PostState.CLOSED)):
            a_post(uow, channel, today - timedelta(days=days), state=state)
        uow.commit()

    found = backlog.since(today - timedelta(days=1))

    assert found == Backlog(2, NOON - timedelta(hours=1), {"sent": 1, "failed": 1})
