"""The choice of a discussion through its migration, up and down, with rows."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from bot.core.daily.plan import Discussion
from bot.storage.engine import make_engine
from tests.builders import NOON, a_plan, a_post
from tests.databases import units_of
from tests.storage.test_history import config

OPEN_TO_ANSWERS = "a92d5e07c1b4"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/coach.sqlite3"
    return str(request.getfixturevalue("empty_server_database"))


def test_a_choice_survives_and_what_was_private_is_never_opened_to_everybody(url: str) -> None:
    command.upgrade(config(url), "head")
    engine = make_engine(url)
    with units_of(engine)() as uow:
        club = uow.communities.register("discord", "guild", "ML club", NOON)
        channels = [uow.channels.register(club.id, kind, kind, NOON) for kind in Discussion]
        for channel, kind in zip(channels, Discussion, strict=True):
            uow.plans.put(a_plan(channel.id, discussion=kind))
        post = a_post(uow, channels[0].id, private=True, discussion_id="77")
        uow.commit()
    engine.dispose()

    command.downgrade(config(url), f"{OPEN_TO_ANSWERS}-1")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT thread FROM daily_plans ORDER BY channel_id"))
        assert [bool(thread) for (thread,) in found] == [False, True, False]
        assert connection.scalar(text("SELECT count(*) FROM daily_posts")) == 1
    engine.dispose()

    command.upgrade(config(url), "head")
    with units_of(engine)() as uow:
        plans = [uow.plans.get(channel.id) for channel in channels]
        found = uow.posts.get(post.id)
    engine.dispose()
    kinds = [plan.discussion for plan in plans if plan]
    assert kinds == [Discussion.NONE, Discussion.OPEN, Discussion.NONE]
    assert found is not None
    assert (found.private, found.discussion_id) == (False, "")
