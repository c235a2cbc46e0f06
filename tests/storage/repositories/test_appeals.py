from datetime import timedelta

import pytest

from bot.core.appeals.model import Appeal, AppealState
from bot.core.appeals.ports import Regrade
from bot.core.communities.model import Role
from bot.core.errors import StorageError
from bot.storage.unit_of_work import SqlUnitOfWork
from grading.grade import Band
from tests.builders import NOON, a_grade, a_user
from tests.databases import MakeUnitOfWork

LATER = NOON + timedelta(minutes=5)


def a_community(uow: SqlUnitOfWork, name: str = "guild") -> int:
    return uow.communities.register("discord", name, name.title(), NOON).id


def an_appeal(uow: SqlUnitOfWork, who: str = "ada", point: str = "alert") -> Appeal:
    learner, community = uow.learners.register(a_user(who), NOON).id, a_community(uow)
    ask = uow.asks.add(learner, "a/b", NOON, community_id=community)
    attempt = uow.attempts.add(ask, "An alert goes off.", NOON)
    return uow.appeals.add(learner, attempt.id, community, "a/b", point, "An alert goes off.", NOON)


def test_an_appeal_is_open_until_it_is_decided_once(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        made, other = an_appeal(uow), an_appeal(uow, "bob")
        assert uow.appeals.get(made.id) == made
        assert uow.appeals.open_in(made.community_id, 9) == (made, other)
        assert uow.appeals.open_in(made.community_id, 1) == (made,)
        assert uow.appeals.open_of(made.learner_id) == (made,)
        by = other.learner_id
        assert uow.appeals.decide(made.id, AppealState.DECLINED, LATER, by, "Too vague.")
        assert not uow.appeals.decide(made.id, AppealState.ACCEPTED, LATER, by)
        uow.commit()
    with unit_of_work() as uow:
        found = uow.appeals.get(made.id)
        assert found
        assert (found.state, found.decided_at, found.decided_by, found.reason) == (
            AppealState.DECLINED,
            LATER,
            by,
            "Too vague.",
        )
        assert uow.appeals.open_of(made.learner_id) == ()


def test_a_point_of_an_attempt_is_appealed_once_unless_withdrawn(
    unit_of_work: MakeUnitOfWork,
) -> None:
    with unit_of_work() as uow:
        made = an_appeal(uow)
        assert uow.appeals.standing(made.attempt_id, "alert") == made
        assert uow.appeals.standing(made.attempt_id, "retrain") is None
        uow.appeals.decide(made.id, AppealState.WITHDRAWN, LATER)
        assert uow.appeals.standing(made.attempt_id, "alert") is None
        key = (made.learner_id, made.attempt_id, made.community_id, "a/b", "alert")
        again = uow.appeals.add(*key, "An alert goes off.", LATER)
        assert uow.appeals.standing(made.attempt_id, "alert") == again
        with pytest.raises(StorageError):
            uow.appeals.add(*key, "An alert goes off.", LATER)


def test_a_host_who_goes_leaves_the_decision(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        made, host = an_appeal(uow), uow.learners.register(a_user("host"), NOON).id
        uow.appeals.decide(made.id, AppealState.ACCEPTED, LATER, host)
        text = uow.accepted.add(made.community_id, "a/b", "alert", "An alert.", LATER, made.id)
        uow.records.delete(host)
        found = uow.appeals.get(made.id)
        assert found
        assert (found.state, found.decided_by) == (AppealState.ACCEPTED, None)
        uow.records.delete(made.learner_id)
        assert uow.appeals.get(made.id) is None
        assert uow.accepted.of_question(made.community_id, "a/b") == (text,)


def test_other_staff_is_known_from_memberships(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        here = a_community(uow)
        ada, bob = (uow.learners.register(a_user(name), NOON).id for name in ("ada", "bob"))
        uow.memberships.join(here, ada, "Ada", Role.STAFF, NOON)
        uow.memberships.join(here, bob, "Bob", Role.MEMBER, NOON)
        assert not uow.appeals.has_other_staff(here, ada)
        assert uow.appeals.has_other_staff(here, bob)
        uow.memberships.leave(here, ada, NOON)
        assert not uow.appeals.has_other_staff(here, bob)


def test_wordings_belong_to_a_community_and_are_kept_once(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        here, there = a_community(uow), a_community(uow, "other")
        first = uow.accepted.add(here, "a/c", "alert", "One sentence.", NOON)
        second = uow.accepted.add(here, "a/b", "alert", "Another one.", NOON)
        theirs = uow.accepted.add(there, "a/b", "alert", "One sentence.", NOON)
        assert uow.accepted.add(here, "a/c", "alert", "One sentence.", LATER) == first
        assert uow.accepted.of_question(here, "a/b") == (second,)
        assert uow.accepted.every() == (second, theirs, first)
        assert uow.accepted.every(there) == (theirs,)
        assert uow.accepted.community_names() == {here: "Guild", there: "Other"}


def test_an_order_is_moved_on_by_one_at_a_time(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        here = a_community(uow)
        order = uow.regrades.add(here, "a/b", NOON)
        assert uow.regrades.pending() == (order,)
        assert uow.regrades.advance(order, 7)
        assert not uow.regrades.advance(order, 8)
        moved = Regrade(order.id, here, "a/b", 7)
        assert uow.regrades.get(order.id) == moved
        uow.regrades.finish(order)
        assert uow.regrades.pending() == (moved,)
        uow.regrades.finish(moved)
        assert uow.regrades.get(order.id) is None
        assert not uow.regrades.advance(moved, 9)


def test_what_is_graded_again_is_found_in_portions(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        here, learner = a_community(uow), uow.learners.register(a_user(), NOON).id
        ids = []
        for number, (question, where) in enumerate(
            [("a/b", here), ("a/b", None), ("a/c", here), ("a/b", here), ("a/b", here)]
        ):
            ask = uow.asks.add(learner, question, NOON, community_id=where)
            attempt = uow.attempts.add(ask, "" if number == 4 else "words", NOON)
            uow.attempts.record_grade(attempt.id, a_grade(question), NOON)
            ids.append(attempt.id)
        ask = uow.asks.add(learner, "a/b", NOON, community_id=here)
        pending = uow.attempts.add(ask, "words", NOON)

        found = uow.attempts.graded_at_question(here, "a/b", 0, 9)
        assert [attempt.id for attempt in found] == [ids[0], ids[3]]
        assert len(uow.attempts.graded_at_question(here, "a/b", 0, 1)) == 1
        assert uow.attempts.graded_at_question(here, "a/b", ids[3], 9) == ()

        better = a_grade("a/b", score=0.9, band=Band.STRONG)
        replaced = uow.attempts.replace_grade(ids[0], better, LATER)
        assert replaced
        assert (replaced.grade, replaced.graded_at) == (better, LATER)
        assert uow.attempts.replace_grade(pending.id, better, LATER) is None
        assert uow.attempts.replace_grade(pending.id + 1, better, LATER) is None
