from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, text

from bot.core.communities.model import Membership, Role, Visibility
from bot.core.errors import StorageError
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.builders import NOON, a_user
from tests.databases import MakeUnitOfWork

LATER = NOON + timedelta(days=1)


def a_membership(uow: SqlUnitOfWork, role: Role | None = None) -> Membership:
    community = uow.communities.register("discord", "guild", "ML club", NOON)
    learner = uow.learners.register(a_user(), NOON)
    return uow.memberships.join(community.id, learner.id, "Ada", role, NOON)


def test_a_community_is_created_once_and_found_again(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        assert uow.communities.find("discord", "1") is None
        made = uow.communities.register("discord", "1", "ML club", NOON)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.communities.register("discord", "1", "", LATER) == made
        assert uow.communities.find("discord", "1") == uow.communities.get(made.id) == made
        assert uow.communities.register("slack", "1", "ML team", NOON).id != made.id
        assert uow.communities.get(made.id + 99) is None
    assert (made.name, made.created_at, made.left_at, made.staff_ranked) == (
        "ML club",
        NOON,
        None,
        True,
    )


def test_what_hosts_choose_is_kept(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        made = uow.communities.register("discord", "1", "ML club", NOON)
        chosen = replace(
            made, staff_ranked=False, retention_days=30, seasons_start=date(2026, 9, 1)
        )
        uow.communities.update(chosen)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.communities.get(made.id) == chosen


def test_a_community_that_left_keeps_its_first_departure_until_it_is_back(
    unit_of_work: MakeUnitOfWork,
) -> None:
    with unit_of_work() as uow:
        made = uow.communities.register("discord", "1", "ML club", NOON)
        uow.communities.leave(made.id, NOON)
        uow.communities.leave(made.id, LATER)
        uow.commit()
    with unit_of_work() as uow:
        left = uow.communities.get(made.id)
        assert left is not None
        assert left.left_at == NOON
        back = uow.communities.register("discord", "1", "ML circle", LATER)
        assert back == replace(made, name="ML circle")


def test_channels_belong_to_their_community(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        one, other = (uow.communities.register("discord", n, n, NOON) for n in "12")
        channel = uow.channels.register(one.id, "7", "drift", NOON)
        assert uow.channels.register(other.id, "7", "drift", NOON).id != channel.id
        assert uow.channels.register(one.id, "7", "", LATER) == channel
        assert uow.channels.find(one.id, "7") == uow.channels.get(channel.id) == channel
        assert uow.channels.find(one.id, "8") is None
        uow.channels.leave(channel.id, LATER)
        uow.commit()
    with unit_of_work() as uow:
        left = uow.channels.get(channel.id)
        assert left == replace(channel, left_at=LATER)
        assert uow.channels.register(one.id, "7", "shift", LATER) == replace(channel, name="shift")


def test_somebody_new_is_a_member_whom_nobody_sees(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        made = a_membership(uow)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.memberships.get(made.community_id, made.learner_id) == made
        assert uow.memberships.get(made.community_id, made.learner_id + 1) is None
        assert uow.memberships.of_learner(made.learner_id) == (made,)
    assert (made.role, made.visibility, made.shares_answers) == (
        Role.MEMBER,
        Visibility.UNASKED,
        False,
    )


@pytest.mark.parametrize("visibility", Visibility)
def test_what_others_may_see_is_kept(unit_of_work: MakeUnitOfWork, visibility: Visibility) -> None:
    with unit_of_work() as uow:
        made = a_membership(uow)
        chosen = replace(made, visibility=visibility, shares_answers=True)
        uow.memberships.update(chosen)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.memberships.get(made.community_id, made.learner_id) == chosen


def test_name_and_role_are_as_last_seen_and_choices_stay(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        made = a_membership(uow, Role.STAFF)
        uow.memberships.update(replace(made, visibility=Visibility.HIDDEN))
        uow.commit()
    key = (made.community_id, made.learner_id)
    with unit_of_work() as uow:
        seen = uow.memberships.join(*key, "", None, LATER)
        assert seen == replace(made, role=Role.STAFF, visibility=Visibility.HIDDEN)
        seen = uow.memberships.join(*key, "Countess", Role.MEMBER, LATER)
        assert (seen.display_name, seen.role, seen.joined_at) == ("Countess", Role.MEMBER, NOON)


def test_who_left_is_back_when_seen_again(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        made = a_membership(uow)
        key = (made.community_id, made.learner_id)
        uow.memberships.leave(*key, LATER)
        assert uow.memberships.get(*key) == replace(made, left_at=LATER)
        assert uow.memberships.join(*key, "Ada", None, LATER) == made


def test_where_an_answer_was_given_is_kept_and_outlives_the_place(
    engine: Engine, unit_of_work: MakeUnitOfWork
) -> None:
    with unit_of_work() as uow:
        member = a_membership(uow)
        channel = uow.channels.register(member.community_id, "7", "drift", NOON)
        ask = uow.asks.add(
            member.learner_id,
            "a/b",
            NOON,
            community_id=member.community_id,
            channel_id=channel.id,
        )
        attempt = uow.attempts.add(ask, "answer", NOON)
        uow.commit()
    assert (attempt.community_id, attempt.channel_id) == (member.community_id, channel.id)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM communities"))
    with unit_of_work() as uow:
        assert uow.channels.get(channel.id) is None
        assert uow.memberships.of_learner(member.learner_id) == ()
        kept_ask, kept = uow.asks.get(ask.id), uow.attempts.get(attempt.id)
    assert kept_ask == replace(ask, community_id=None, channel_id=None)
    assert kept == replace(attempt, community_id=None, channel_id=None)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE communities SET retention_days = 0",
        "UPDATE memberships SET role = 'king'",
        "UPDATE memberships SET visibility = 'loud'",
        "UPDATE learners SET day_starts = 13",
        "UPDATE learners SET reviews_a_day = 0",
    ],
)
def test_the_database_refuses_impossible_values(
    engine: Engine, unit_of_work: MakeUnitOfWork, change: str
) -> None:
    with unit_of_work() as uow:
        a_membership(uow)
        uow.commit()
    with engine.begin() as connection, pytest.raises(StorageError, match=r"(?i)check constraint"):
        connection.execute(text(change))
