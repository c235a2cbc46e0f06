from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.core.errors import StorageError
from bot.core.notifications.model import (
    MOST_QUOTED,
    AppealAccepted,
    AppealDeclined,
    FlagHandled,
    News,
    Portion,
    ScoreRaised,
)
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.builders import NOON, a_user
from tests.databases import MakeUnitOfWork

LATER = NOON + timedelta(minutes=5)
LONG_AGO = NOON - timedelta(days=7)
WHY = FlagHandled(question="Why?")
ALL = (
    WHY,
    AppealAccepted(question="Why?", point="Think of x."),
    AppealDeclined(question="Why?", point="Think of x.", reason="It is too vague."),
    ScoreRaised(question="Why?", answered_on=date(2026, 11, 23), before=0.55, after=0.72),
)


def leased(uow: SqlUnitOfWork, platform: str = "discord", most: int = 10) -> list[tuple[int, str]]:
    found = uow.notices.lease(platform, NOON, LATER, LONG_AGO, Portion(most, 9))
    return [(each.notice.id, each.user.external_id) for each in found]


@pytest.mark.parametrize("news", ALL, ids=lambda news: news.kind)
def test_news_come_back_as_they_were_kept(unit_of_work: MakeUnitOfWork, news: News) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        here = uow.communities.register("discord", "guild", "", NOON).id
        kept = uow.notices.add(learner, news, NOON, here)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.notices.waiting(learner, NOON, 9) == (kept,)
    assert (kept.news, kept.community_id, kept.delivered_at) == (news, here, None)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(max_size=3000))
def test_whatever_people_wrote_fits_into_news(unit_of_work: MakeUnitOfWork, words: str) -> None:
    news = AppealDeclined(question=words, point=words, reason=words)
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        uow.notices.add(learner, news, NOON)
        (found,) = uow.notices.waiting(learner, NOON, 9)
    assert found.news == news
    assert len(news.reason) <= MOST_QUOTED
    assert len(news.reason.splitlines()) <= 1


def test_what_was_delivered_waits_no_more(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        other = uow.learners.register(a_user("other"), NOON).id
        ours = [uow.notices.add(learner, WHY, NOON).id for _ in range(3)]
        uow.notices.add(other, WHY, NOON)
        uow.notices.delivered(ours[:1], NOON)
        uow.notices.delivered(ours[:1], LATER)
        assert [notice.id for notice in uow.notices.waiting(learner, NOON, 9)] == ours[1:]
        assert [notice.id for notice in uow.notices.waiting(learner, NOON, 1)] == ours[1:2]


def test_two_senders_never_take_the_same(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user("A"), NOON).id
        ours = [uow.notices.add(learner, WHY, NOON).id for _ in range(3)]
        uow.commit()
    with unit_of_work() as uow:
        assert leased(uow, most=2) == [(ours[0], "A"), (ours[1], "A")]
        uow.commit()
    with unit_of_work() as uow:
        assert leased(uow) == [(ours[2], "A")]
        assert uow.notices.waiting(learner, NOON, 9) == ()
        again = uow.notices.lease("discord", LATER, LATER, LONG_AGO, Portion(9, 9))
        assert [each.notice.id for each in again] == ours


def test_a_platform_takes_what_it_can_send(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        both = uow.learners.register(a_user("D"), NOON).id
        for name, team in (("U1", "T1"), ("U2", "T2")):
            theirs = uow.learners.register(a_user(name, platform="slack", team=team), NOON).id
            uow.learners.merge(theirs, both)
        guild = uow.communities.register("discord", "guild", "", NOON).id
        team = uow.communities.register("slack", "T2", "", NOON).id
        private, there, here = (
            uow.notices.add(both, WHY, NOON, at).id for at in (None, team, guild)
        )
        alone = uow.learners.register(a_user("me", platform="terminal"), NOON).id
        uow.notices.add(alone, WHY, NOON)
        old = uow.notices.add(both, WHY, LONG_AGO).id
        uow.commit()
    with unit_of_work() as uow:
        assert leased(uow, "discord") == [(private, "D"), (here, "D")]
        found = uow.notices.lease("slack", LATER, LATER, LONG_AGO, Portion(9, 9))
        assert [(each.notice.id, each.user, each.community) for each in found] == [
            (private, a_user("U1", platform="slack", team="T1", display_name=""), ""),
            (there, a_user("U2", platform="slack", team="T2", display_name=""), "T2"),
        ]
        assert old in [notice.id for notice in uow.notices.waiting(both, NOON, 9)]


def test_what_was_told_long_ago_goes_batch_by_batch(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        ids = [uow.notices.add(learner, WHY, LONG_AGO).id for _ in range(5)]
        uow.notices.delivered(ids[:3], LONG_AGO)
        uow.notices.delivered(ids[3:4], NOON)
        first = uow.upkeep.drop_notices(0, 2, NOON)
        assert (first.count, first.last_id) == (2, ids[1])
        last = uow.upkeep.drop_notices(ids[1], 2, NOON)
        assert (last.count, last.last_id) == (1, None)
        assert [notice.id for notice in uow.notices.waiting(learner, NOON, 9)] == ids[4:]


def test_news_that_this_version_does_not_know_are_named(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        uow.notices.add(learner, WHY, NOON)
        session = uow._session
        session.execute(text("""UPDATE notices SET payload = '{"kind": "later"}'"""))
        session.expire_all()
        with pytest.raises(StorageError, match="cannot be read by this version"):
            uow.notices.waiting(learner, NOON, 9)


def test_each_community_has_its_share_of_a_portion(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        ada = uow.learners.register(a_user("A"), NOON).id
        bob = uow.learners.register(a_user("B"), NOON).id
        loud = uow.communities.register("discord", "loud", "", NOON).id
        calm = uow.communities.register("discord", "calm", "", NOON).id
        many = [uow.notices.add(ada, WHY, NOON, loud).id for _ in range(5)]
        few = [uow.notices.add(ada, WHY, NOON, calm).id, uow.notices.add(bob, WHY, NOON).id]
        uow.commit()
    with unit_of_work() as uow:
        found = uow.notices.lease("discord", NOON, LATER, LONG_AGO, Portion(4, 3))
        assert [each.notice.id for each in found] == [many[0], *few, many[1]]
        found = uow.notices.lease("discord", NOON, LATER, LONG_AGO, Portion(9, 2))
        assert [each.notice.id for each in found] == many[2:4]
