"""Learners hear of what happened meanwhile, on a real database."""

from datetime import date

import pytest

from bot.core.errors import Undeliverable
from bot.core.notifications import words as notifications_words
from bot.core.notifications.model import AppealAccepted, AppealDeclined, FlagHandled, ScoreRaised
from bot.core.notifications.service import (
    LEASE,
    MOST_AT_ONCE,
    NO_ACCOUNT,
    SENT_WITHIN,
    Notices,
    for_each_account,
    tell,
)
from tests.builders import NOON, a_user
from tests.core.samples import text_of
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

ADA = a_user("ada")


class Post:
    """The notices of a database, and one learner who waits for them."""

    def __init__(self, unit_of_work: MakeUnitOfWork) -> None:
        self.unit_of_work = unit_of_work
        self.clock = FixedClock()
        self.notices = Notices(unit_of_work, self.clock)

    def tell(self, about: str) -> None:
        with self.unit_of_work() as uow:
            learner = uow.learners.register(ADA, NOON)
            tell(uow, learner.id, FlagHandled(question=about), self.clock.now())
            uow.commit()

    def heard(self) -> list[str]:
        return [text_of(reply) for reply in self.notices.waiting(ADA)]


@pytest.fixture
def post(unit_of_work: MakeUnitOfWork) -> Post:
    return Post(unit_of_work)


def test_what_waits_is_told_once_and_in_order(post: Post):
    post.tell("What is drift?")
    post.tell("What is LIME?")

    heard = post.heard()

    assert ["drift" in told for told in heard] == [True, False]
    assert "LIME" in heard[1]
    assert post.heard() == []


def test_somebody_new_hears_nothing(post: Post):
    assert post.notices.waiting(a_user("nobody")) == ()


def test_much_news_comes_in_portions(post: Post):
    for _ in range(MOST_AT_ONCE + 1):
        post.tell("What is drift?")

    assert [len(post.heard()) for _ in range(3)] == [MOST_AT_ONCE, 1, 0]


def test_what_was_sent_is_not_told_again(post: Post):
    post.tell("What is drift?")

    (delivery,) = post.notices.undelivered("discord")
    post.notices.delivered(delivery.id)

    assert "drift" in text_of(delivery.message)
    assert (delivery.user.external_id, delivery.community) == ("ada", "")
    post.clock.pass_by(LEASE)
    assert post.notices.undelivered("discord") == ()
    assert post.heard() == []


def test_a_sender_that_died_leaves_the_notice_to_the_next(post: Post):
    post.tell("What is drift?")
    (taken,) = post.notices.undelivered("discord")

    assert post.notices.undelivered("discord") == ()
    assert post.heard() == []
    post.clock.pass_by(LEASE)

    assert [each.id for each in post.notices.undelivered("discord")] == [taken.id]


def test_old_news_wait_for_the_learner(post: Post):
    post.tell("What is drift?")
    post.clock.pass_by(SENT_WITHIN)

    assert post.notices.undelivered("discord") == ()
    assert len(post.heard()) == 1


def test_nobody_is_told_who_has_gone(post: Post):
    post.tell("What is drift?")
    with post.unit_of_work() as uow:
        learner = uow.learners.find(ADA)
        assert learner
        uow.records.delete(learner.id)
        tell(uow, learner.id, FlagHandled(question="What is LIME?"), NOON)
        uow.commit()

    assert post.notices.undelivered("discord") == ()


def test_each_kind_of_news_says_what_happened():
    declined = AppealDeclined(question="Why?", point="Think of x.", reason="Too vague.")
    raised = ScoreRaised(question="Why?", answered_on=date(2026, 11, 3), before=0.55, after=0.716)

    assert "accepted" in text_of(
        notifications_words.notice(AppealAccepted(question="Why?", point="Think of x."))
    )
    assert "Too vague." in text_of(notifications_words.notice(declined))
    assert "reason" not in text_of(
        notifications_words.notice(declined.model_copy(update={"reason": ""}))
    )
    assert "answer of 3 November 2026 to “Why?” now scores 72 % instead of 55 %" in text_of(
        notifications_words.notice(raised)
    )


GONE, BUSY = Undeliverable("gone", permanent=True), Undeliverable("busy")


def reached(**accounts: Undeliverable | None) -> list[str]:
    done = []

    def act(account: str) -> None:
        if (problem := accounts[account]) is not None:
            raise problem
        done.append(account)

    for_each_account(accounts, act)
    return done


def test_every_account_is_reached_though_another_is_refused_for_good():
    assert reached(a=None, b=GONE, c=None) == ["a", "c"]


@pytest.mark.parametrize(
    ("accounts", "problem"),
    [
        ({"a": GONE}, GONE),
        ({"a": BUSY, "b": None}, BUSY),
        ({"a": BUSY, "b": GONE}, BUSY),
    ],
)
def test_what_may_go_well_another_time_is_told_apart(
    accounts: dict[str, Undeliverable | None], problem: Undeliverable
):
    with pytest.raises(Undeliverable) as caught:
        reached(**accounts)
    assert caught.value is problem


def test_nobody_can_be_reached_without_an_account():
    with pytest.raises(Undeliverable, match=NO_ACCOUNT) as caught:
        reached()
    assert caught.value.permanent
