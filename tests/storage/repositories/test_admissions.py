"""Who waits to be let into a discussion, on real databases."""

from datetime import timedelta

from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.daily.post import RETRY_AFTER, DailyPost, PostState, Thread
from bot.core.daily.retries import Admitted, Candidate
from bot.core.unit_of_work import UnitOfWork
from tests.builders import NOON, a_post, a_user
from tests.databases import MakeUnitOfWork

ADA, BOB = a_user("ada"), a_user("bob")
LONG = timedelta(seconds=RETRY_AFTER[-1])


def a_private_post(uow: UnitOfWork, **known: object) -> DailyPost:
    here = register_presence(uow, ADA, Place("guild", "drift"), NOON)
    return a_post(uow, here.channel_id or 0, **({"thread": Thread.OPEN, "private": True} | known))


def answer(uow: UnitOfWork, post: DailyPost, learner_id: int) -> None:
    uow.attempts.add(uow.asks.add(learner_id, "a/b", NOON, post_id=post.id), "An answer.", NOON)


def test_who_has_answered_and_is_not_in_yet_waits(every_unit_of_work: MakeUnitOfWork):
    with every_unit_of_work() as uow:
        post = a_private_post(uow)
        ada, bob = (uow.learners.register(user, NOON).id for user in (ADA, BOB))
        assert uow.admissions.awaited([post.id], NOON) == frozenset()

        answer(uow, post, ada)
        answer(uow, post, ada)
        uow.asks.add(bob, "a/b", NOON, post_id=post.id)

        assert uow.admissions.awaited([post.id], NOON) == {post.id}
        assert uow.admissions.waiting(post.id, NOON, 9) == (Candidate(ada),)
        answer(uow, post, bob)
        assert len(uow.admissions.waiting(post.id, NOON, 1)) == 1
        uow.admissions.put(post.id, ada, Admitted(at=NOON))
        uow.admissions.put(post.id, bob, Admitted(tries=1))
        assert uow.admissions.awaited([post.id], NOON) == frozenset()
        assert uow.admissions.waiting(post.id, NOON, 9) == ()


def test_who_failed_waits_until_it_is_time_and_a_clock_set_back_holds_nobody_up(
    every_unit_of_work: MakeUnitOfWork,
):
    with every_unit_of_work() as uow:
        post = a_private_post(uow)
        ada = uow.learners.register(ADA, NOON).id
        answer(uow, post, ada)
        uow.admissions.put(post.id, ada, Admitted(tries=2, next_try_at=NOON + LONG))

        assert uow.admissions.awaited([post.id], NOON) == frozenset()
        assert uow.admissions.waiting(post.id, NOON + LONG, 9) == (Candidate(ada, 2),)
        assert uow.admissions.awaited([post.id], NOON - LONG) == {post.id}


def test_nobody_waits_where_no_private_discussion_is_open(every_unit_of_work: MakeUnitOfWork):
    with every_unit_of_work() as uow:
        days = range(3)
        kinds = (
            {"private": False},
            {"thread": Thread.WANTED},
            {"state": PostState.CLOSED},
        )
        for day, known in zip(days, kinds, strict=True):
            post = a_private_post(uow, day=NOON.date() + timedelta(days=day), **known)
            answer(uow, post, uow.learners.register(ADA, NOON).id)
            assert uow.admissions.awaited([post.id], NOON) == frozenset()


def test_nothing_is_noted_of_who_has_gone(every_unit_of_work: MakeUnitOfWork):
    with every_unit_of_work() as uow:
        post = a_private_post(uow)
        ada = uow.learners.register(ADA, NOON).id
        answer(uow, post, ada)
        uow.records.delete(ada)
        uow.admissions.put(post.id, ada, Admitted(at=NOON))
        uow.admissions.put(post.id + 1, ada, Admitted(at=NOON))
        assert uow.admissions.waiting(post.id, NOON, 9) == ()


def test_two_learners_who_become_one_are_let_in_once(every_unit_of_work: MakeUnitOfWork):
    with every_unit_of_work() as uow:
        post = a_private_post(uow)
        ada, bob = (uow.learners.register(user, NOON).id for user in (ADA, BOB))
        answer(uow, post, ada)
        answer(uow, post, bob)
        uow.admissions.put(post.id, ada, Admitted(at=NOON))
        uow.admissions.put(post.id, bob, Admitted(at=NOON))
        uow.learners.merge(bob, ada)
        assert uow.admissions.waiting(post.id, NOON, 9) == ()
