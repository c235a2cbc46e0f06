"""Two learners become one: nothing is lost, and no table is forgotten."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, inspect, select, text

from bot.core.accounts.model import LearnerSettings
from bot.core.communities.model import Role, Visibility
from bot.core.practice.model import AskState
from bot.storage.account_merge import forgotten, moved_unless_there
from bot.storage.orm import Base, MembershipRow
from bot.storage.repositories import MERGES
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.builders import NOON, a_grade, a_user, attempts_of
from tests.databases import MakeUnitOfWork

LATER = NOON + timedelta(days=1)
ON_DISCORD, ON_SLACK = a_user("D"), a_user("S", platform="slack", team="T")


def columns_of_learners() -> set[str]:
    """Every column that refers to a learner, by its foreign key or by its name."""
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("learner_id")
        or any(key.column.table.name == "learners" for key in column.foreign_keys)
    }


def test_every_column_that_refers_to_a_learner_has_one_rule() -> None:
    named = [merge.name for merge in MERGES]
    assert sorted(named) == sorted(columns_of_learners())


def test_every_reference_in_the_database_has_a_rule(engine: Engine) -> None:
    inspector = inspect(engine)
    references = {
        f"{table}.{column}"
        for table in inspector.get_table_names()
        for key in inspector.get_foreign_keys(table)
        if key["referred_table"] == "learners"
        for column in key["constrained_columns"]
    }
    assert references == {merge.name for merge in MERGES}


def two_learners(uow: SqlUnitOfWork) -> tuple[int, int]:
    """The one who goes, and the one who is kept."""
    kept = uow.learners.register(ON_DISCORD, LATER)
    gone = uow.learners.register(ON_SLACK, NOON)
    return gone.id, kept.id


def answer(uow: SqlUnitOfWork, learner_id: int, question: str, *, shown: bool = False) -> int:
    ask = uow.asks.add(learner_id, question, NOON)
    state = AskState.REVEALED if shown else AskState.OPEN
    return uow.attempts.add(replace(ask, state=state), question, NOON).id


def test_one_learner_is_left_with_both_accounts(
    engine: Engine, unit_of_work: MakeUnitOfWork
) -> None:
    with unit_of_work() as uow:
        gone, kept = two_learners(uow)
        uow.learners.merge(gone, kept)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.learners.get(gone) is None
        on_discord, on_slack = uow.learners.find(ON_DISCORD), uow.learners.find(ON_SLACK)
    assert on_discord == on_slack
    assert on_discord is not None
    assert (on_discord.id, on_discord.joined_at) == (kept, NOON)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM learners")) == 1


def test_a_zone_comes_along_only_where_none_was_chosen(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        gone, kept = two_learners(uow)
        uow.learners.set_settings(gone, LearnerSettings("Asia/Kolkata", 0, 5, reminders=True))
        uow.learners.merge(gone, kept)
        learner = uow.learners.get(kept)
        assert learner is not None
        assert learner.settings == LearnerSettings(zone="Asia/Kolkata")
        third = uow.learners.register(a_user("third"), NOON)
        uow.learners.set_settings(third.id, LearnerSettings("Europe/Berlin"))
        uow.learners.merge(third.id, kept)
        learner = uow.learners.get(kept)
        assert learner is not None
        assert learner.settings.zone == "Asia/Kolkata"


def test_asks_and_attempts_come_along_with_their_grades(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        gone, kept = two_learners(uow)
        numbers = [answer(uow, gone, "a/b"), answer(uow, kept, "a/c"), answer(uow, gone, "a/d")]
        uow.attempts.record_grade(numbers[0], a_grade(), NOON)
        uow.learners.merge(gone, kept)
        uow.commit()
    with unit_of_work() as uow:
        attempts = attempts_of(uow, kept)
        assert [attempt.id for attempt in attempts] == numbers
        assert attempts[0].grade == a_grade()
        assert [asked.question_id for asked in uow.asks.asked(kept)] == ["a/b", "a/c", "a/d"]


def test_the_first_attempt_at_a_question_is_told_anew(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        gone, kept = two_learners(uow)
        answer(uow, gone, "both")
        answer(uow, kept, "both")
        answer(uow, gone, "shown", shown=True)
        answer(uow, kept, "shown")
        answer(uow, gone, "alone")
        uow.learners.merge(gone, kept)
        attempts = attempts_of(uow, kept)
    assert [(attempt.answer, attempt.first) for attempt in attempts] == [
        ("both", True),
        ("both", False),
        ("shown", False),
        ("shown", False),
        ("alone", True),
    ]


def test_memberships_come_along_and_the_stricter_choice_stays(
    unit_of_work: MakeUnitOfWork,
) -> None:
    with unit_of_work() as uow:
        gone, kept = two_learners(uow)
        both, only = (uow.communities.register("discord", n, n, NOON) for n in "12")
        ours = uow.memberships.join(both.id, kept, "Ada", None, LATER)
        uow.memberships.update(replace(ours, visibility=Visibility.NAMED, shares_answers=True))
        theirs = uow.memberships.join(both.id, gone, "Lovelace", Role.STAFF, NOON)
        uow.memberships.update(replace(theirs, visibility=Visibility.HIDDEN))
        alone = uow.memberships.join(only.id, gone, "Lovelace", None, NOON)
        uow.learners.merge(gone, kept)
        uow.commit()
    with unit_of_work() as uow:
        first, second = uow.memberships.of_learner(kept)
        assert uow.memberships.of_learner(gone) == ()
    assert first == replace(
        ours, role=Role.STAFF, visibility=Visibility.HIDDEN, joined_at=NOON, shares_answers=False
    )
    assert second == replace(alone, learner_id=kept)


def test_codes_and_wrong_tries_of_both_are_settled(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        gone, kept = two_learners(uow)
        for learner_id in (gone, kept):
            uow.link_codes.put(learner_id, f"code of {learner_id}", LATER)
            uow.link_codes.add_try(learner_id, NOON)
        uow.learners.merge(gone, kept)
        assert uow.link_codes.take(f"code of {gone}", NOON) is None
        assert uow.link_codes.take(f"code of {kept}", NOON) == kept
        assert uow.link_codes.tries(kept, NOON - timedelta(hours=1)) == (NOON, NOON)


def memberships_by(uow: SqlUnitOfWork, learner_id: int) -> list[Any]:
    return [(m.community_id, m.display_name) for m in uow.memberships.of_learner(learner_id)]


def test_a_rule_may_keep_what_is_there(unit_of_work: MakeUnitOfWork) -> None:
    rule = moved_unless_there(MembershipRow.learner_id, MembershipRow.community_id).rule
    with unit_of_work() as uow:
        gone, kept = two_learners(uow)
        both, only = (uow.communities.register("discord", n, n, NOON).id for n in "12")
        uow.memberships.join(both, kept, "kept", None, NOON)
        uow.memberships.join(both, gone, "gone", None, NOON)
        uow.memberships.join(only, gone, "gone", None, NOON)
        rule(uow._session, gone, kept)
        uow._session.expire_all()
        assert memberships_by(uow, kept) == [(both, "kept"), (only, "gone")]
        assert memberships_by(uow, gone) == []


def test_a_rule_may_forget(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        gone, kept = two_learners(uow)
        for learner_id in (gone, kept):
            community = uow.communities.register("discord", "1", "ML club", NOON)
            uow.memberships.join(community.id, learner_id, "Ada", None, NOON)
        forgotten(MembershipRow.learner_id).rule(uow._session, gone, kept)
        left = uow._session.scalars(select(MembershipRow.learner_id)).all()
        assert left == [kept]
