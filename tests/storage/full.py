"""A database with a row in every table. A new table needs its line here: the tests miss it."""

from datetime import timedelta

from fsrs import Rating
from sqlalchemy import update

from bot.core.champions.model import Champion, ChampionPlan
from bot.core.daily.retries import Admitted
from bot.core.flags.model import FlagKind
from bot.core.leaderboard.model import Scored
from bot.core.notifications.model import FlagHandled
from bot.core.own_questions.model import OwnState
from bot.core.plans.model import StudyPlan
from bot.core.ports import HandledState
from bot.core.practice.model import Ask
from bot.core.practice.ratings import Elo
from bot.core.reviews.model import review
from bot.core.streaks.outages import Outage
from bot.core.streaks.timezone_changes import Days, TimezoneChange
from bot.storage.orm import AskRow, AttemptRow
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.builders import NOON, a_grade, a_plan, a_post, a_user
from tests.databases import MakeUnitOfWork
from tests.drafts import DRAFT

ANSWER = "It’s “how many” of the hits are real — naïve, I know 🙂\n\tσ > 0"


def fill(unit_of_work: MakeUnitOfWork) -> int:
    """Put a row into every table; return the id of the learner that most are about.

    The newest rows are deleted again, so that the last ids are higher than those of any row.
    """
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user("Ada"), NOON)
        ask = uow.asks.add(learner.id, "a/b", NOON)
        attempt = uow.attempts.add(ask, ANSWER, NOON)
        uow.attempts.record_grade(
            attempt.id, a_grade(score=1 / 3), NOON + timedelta(microseconds=7)
        )
        fill_the_rest(uow, learner.id, ask, attempt.id)
        gone = uow.learners.register(a_user("Grace"), NOON)
        uow.attempts.add(uow.asks.add(gone.id, "a/b", NOON), "gone", NOON)
        uow.deletions.note(gone.id, NOON)
        uow.records.delete(gone.id)
        uow.commit()
    return learner.id


def fill_the_rest(uow: SqlUnitOfWork, learner: int, ask: Ask, attempt: int) -> None:
    """Put a row into every table beside those of learners, accounts, asks and attempts."""
    community = uow.communities.register("discord", "guild", "ML club", NOON)
    channel = uow.channels.register(community.id, "7", "drift", NOON)
    uow.memberships.join(community.id, learner, "Ada", None, NOON)
    uow.contributions.put(community.id, DRAFT, OwnState.ACTIVE, learner, NOON)
    uow.link_codes.put(learner, "digest", NOON)
    uow.link_codes.add_try(learner, NOON)
    uow.deletion_codes.put(learner, "digest", NOON)
    uow.cards.put(learner, review(None, "a/b", Rating.Good, NOON))
    uow.elos.put_skill(learner, "a", Elo())
    uow.elos.put_difficulty("a/b", Elo())
    uow.handled.put("slack:event:1", HandledState.DONE, NOON)
    uow.installations.put("slack", "T1", "sealed", NOON)
    answered = uow.attempts.get(attempt)
    assert answered is not None
    uow.own_views.turn(answered, "share", NOON)
    uow.activity_days.add(learner, NOON.date(), attempt)
    uow.zone_moves.add(learner, TimezoneChange(NOON, Days(), Days("Europe/Malta")))
    uow.heartbeats.note("service", NOON)
    uow.outages.add(Outage(NOON - timedelta(hours=1), NOON))
    uow.reminders.note(learner, NOON.date())
    uow.study_plans.put(StudyPlan(learner, "", 1, 5, NOON.date()))
    uow.plans.put(a_plan(channel.id, host_learner_id=learner))
    uow.audit.add(community.id, learner, "exclude", "answer 1", NOON)
    post = a_post(uow, channel.id)
    uow.admissions.put(post.id, learner, Admitted(at=NOON))
    uow.points.add(Scored(attempt, learner, community.id, channel.id, post.id, post.day, 1.0, 7))
    uow.champions.put(ChampionPlan(community.id, "9", NOON.date(), learner))
    uow.champions.add(Champion(community.id, NOON.date(), learner, "9"))
    uow.exclusions.put(community.id, learner, learner, "copies", NOON)
    uow.held.add(ask, "hello", NOON)
    interview = uow.interviews.add(learner, ("a/b",), NOON)
    uow.flags.put(learner, "a/b", FlagKind.WRONG, "", NOON, community.id)
    about = (community.id, "a/b", "point", "A whole sentence.")
    appeal = uow.appeals.add(learner, attempt, *about, NOON)
    uow.accepted.add(*about, NOON, appeal.id)
    uow.regrades.add(community.id, "a/b", NOON)
    uow.notices.add(learner, FlagHandled(question="Why?"), NOON, community.id)
    session = uow._session
    place = {"community_id": community.id, "channel_id": channel.id}
    session.execute(update(AskRow).values(interview_id=interview.id, post_id=post.id, **place))
    session.execute(update(AttemptRow).values(**place))
