"""Values for tests: complete and plausible; a test names only what it is about."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.core.accounts.model import PlatformUser
from bot.core.daily.plan import Plan
from bot.core.daily.post import DailyPost, PostState
from bot.core.daily.schedule import Schedule
from bot.core.practice.model import Attempt
from bot.core.progress.model import AnswerLine
from bot.core.unit_of_work import UnitOfWork
from grading.grade import Band, Grade, GraderId, MisconceptionHit, PointResult, PointStatus

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def a_user(
    external_id: str = "42",
    *,
    platform: str = "discord",
    team: str = "",
    display_name: str = "Ada",
) -> PlatformUser:
    return PlatformUser(platform, external_id, team, display_name)


def a_grade(
    question_id: str = "evaluation/precision", *, score: float = 0.7, band: Band = Band.GOOD
) -> Grade:
    return Grade(
        question_id=question_id,
        score=score,
        band=band,
        points=(
            PointResult(
                id="share",
                text="The share of predicted positives that are right.",
                weight=2,
                status=PointStatus.COVERED,
                credit=1,
                evidence="It is how many of the hits are “real”.",
            ),
        ),
        misconceptions=(
            MisconceptionHit(text="It is recall.", correction="It is not.", evidence="recall"),
        ),
        grader=GraderId(version="1", model="all-MiniLM-L6-v2"),
    )


def a_plan(channel_id: int = 1, **chosen: Any) -> Plan:
    """Every day at nine in Berlin, since long ago."""
    schedule = chosen.pop("schedule", Schedule("Europe/Berlin", time(9)))
    long_ago = date(2026, 1, 1)
    return Plan(
        channel_id, **({"began_on": long_ago, "after": long_ago} | chosen), schedule=schedule
    )


def a_study_channel(
    uow: UnitOfWork, platform: str, community: str, channel: str, name: str = "study", **chosen: Any
) -> int:
    """Store a channel with a daily question, and return its id."""
    found = uow.communities.register(platform, community, "Club", NOON)
    room = uow.channels.register(found.id, channel, name, NOON)
    uow.plans.put(a_plan(room.id, **chosen))
    return room.id


def a_post(uow: UnitOfWork, channel_id: int, day: date | None = None, **known: Any) -> DailyPost:
    """A question that was posted at nine in Berlin and is open for a day."""
    due = datetime.combine(day or NOON.date(), time(8), UTC)
    post = DailyPost(
        id=0,
        channel_id=channel_id,
        day=due.date(),
        question_id="a/b",
        state=PostState.SENT,
        due_at=due,
        send_by=due + timedelta(hours=15),
        closes_at=due + timedelta(days=1),
    )
    stored = uow.posts.add(replace(post, **known))
    assert stored is not None
    return stored


def attempts_of(uow: UnitOfWork, learner_id: int) -> tuple[Attempt, ...]:
    """All of the learner's attempts, the oldest first."""
    latest = uow.asks.latest(learner_id)
    asked = range(1, latest.id + 1) if latest else ()
    every = (each for ask_id in asked for each in uow.attempts.of_ask(ask_id))
    theirs = (each for each in every if each.learner_id == learner_id)
    return tuple(sorted(theirs, key=lambda each: each.id))


def lines_of(attempts: Iterable[Attempt]) -> list[AnswerLine]:
    """The attempts in short, as the history has them."""
    return [
        AnswerLine(
            each.question_id,
            each.submitted_at,
            each.assisted,
            each.grade.score if each.grade else None,
            each.grade.band if each.grade else None,
        )
        for each in attempts
    ]
