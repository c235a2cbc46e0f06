"""Decisions are read for training only of those who are there and have not hidden themselves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.core.appeals.model import AppealState, Decided
from bot.core.communities.model import Role, Visibility
from bot.storage.repositories import SqlDecidedAppeals
from bot.storage.unit_of_work import SqlUnitOfWork
from grading.grade import PointStatus
from tests.builders import NOON, a_grade, a_user
from tests.databases import units_of

LATER = NOON + timedelta(days=3)
ANSWER = "An alert goes off."


def an_appeal(
    uow: SqlUnitOfWork, who: str, state: AppealState = AppealState.ACCEPTED, point: str = "alert"
) -> int:
    """Return the learner of an appeal that is in this state."""
    community = uow.communities.register("discord", "guild", "Guild", NOON).id
    learner = uow.learners.register(a_user(who, display_name=who.title()), NOON).id
    uow.memberships.join(community, learner, f"{who} there", Role.MEMBER, NOON)
    ask = uow.asks.add(learner, "a/b", NOON, community_id=community)
    attempt = uow.attempts.add(ask, ANSWER, NOON).id
    uow.attempts.record_grade(attempt, a_grade("a/b"), NOON)
    made = uow.appeals.add(learner, attempt, community, "a/b", point, ANSWER, NOON)
    if state is not AppealState.OPEN:
        uow.appeals.decide(made.id, state, LATER)
    return learner


def test_decisions_are_read_with_answer_status_and_names(every_engine: Engine) -> None:
    appeals, unit_of_work = SqlDecidedAppeals(every_engine), units_of(every_engine)
    known = a_grade("a/b").points[0]
    with unit_of_work() as uow:
        an_appeal(uow, "ada", point=known.id)
        an_appeal(uow, "bob", AppealState.DECLINED, "unknown")
        an_appeal(uow, "cy", AppealState.OPEN)
        an_appeal(uow, "di", AppealState.WITHDRAWN)
        assert appeals.since() == ()  # it neither waits nor sees what is not committed
        uow.commit()

    ada = Decided("a/b", known.id, ANSWER, True, known.status, frozenset({"Ada", "ada there"}))
    bob = Decided("a/b", "unknown", ANSWER, False, None, frozenset({"Bob", "bob there"}))
    assert appeals.since() == appeals.since(LATER) == (ada, bob)
    assert isinstance(ada.status, PointStatus)
    assert appeals.since(LATER + timedelta(seconds=1)) == ()


def _hides(uow: SqlUnitOfWork, learner: int) -> None:
    (member,) = uow.memberships.of_learner(learner)
    uow.memberships.update(replace(member, visibility=Visibility.HIDDEN))


def _leaves(uow: SqlUnitOfWork, learner: int) -> None:
    (member,) = uow.memberships.of_learner(learner)
    uow.memberships.leave(member.community_id, learner, NOON)


def _is_deleted(uow: SqlUnitOfWork, learner: int) -> None:
    uow.records.delete(learner)


def _lets_answers_fade(uow: SqlUnitOfWork, _learner: int) -> None:
    assert uow.upkeep.fade_answers(0, 99, LATER, 1, NOON).count == 1


def _loses_the_coach(uow: SqlUnitOfWork, learner: int) -> None:
    (member,) = uow.memberships.of_learner(learner)
    uow.communities.leave(member.community_id, NOON)


@pytest.mark.parametrize(
    "happens", [_hides, _leaves, _is_deleted, _lets_answers_fade, _loses_the_coach]
)
def test_whoever_opted_out_or_has_gone_is_not_among_them(
    every_engine: Engine, happens: Callable[[SqlUnitOfWork, int], None]
) -> None:
    appeals, unit_of_work = SqlDecidedAppeals(every_engine), units_of(every_engine)
    with unit_of_work() as uow:
        learner = an_appeal(uow, "ada")
        uow.commit()
    assert len(appeals.since()) == 1
    with unit_of_work() as uow:
        happens(uow, learner)
        uow.commit()
    assert appeals.since() == ()
