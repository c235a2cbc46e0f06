"""How a group did with a daily question, put together when it closes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.calendar.days import zone_of
from bot.core.communities.model import Membership, Visibility
from bot.core.daily.composite import Composite, Contribution, best_answers, composite
from bot.core.daily.plan import Plan
from bot.core.daily.post import DailyPost
from bot.core.daily.selection import coming_days, pick, pool_of
from bot.core.insights.statistics import MissedPoint, distribution, most_missed
from bot.core.practice.model import Attempt
from bot.core.unit_of_work import UnitOfWork
from grading.grade import Band
from knowledge.bank import QuestionBank
from knowledge.question import Question

LEAST_TO_COMPARE = 3
"""How a group did is told of so many learners at least: of two, each would know the other's."""


@dataclass(frozen=True)
class Teaser:
    """The topic of the next question, and when it comes on the wall of the channel."""

    topic: str
    at: datetime


@dataclass(frozen=True)
class Results:
    """What a channel is told at the close.

    `bands` and `missed` are None of fewer than LEAST_TO_COMPARE learners. `names` holds the names
    of the learners quoted who agreed to be named; the others stay nameless. `owing` counts the
    answers that have no grade yet.
    """

    question: Question
    post: DailyPost
    learners: int
    owing: int
    bands: tuple[tuple[Band, int], ...] | None
    missed: MissedPoint | None
    composite: Composite
    best: tuple[Contribution, ...]
    names: Mapping[int, str]
    teaser: Teaser | None

    @property
    def quoted(self) -> tuple[int, ...]:
        """Return who is quoted, each once."""
        best = [each.learner_id for each in self.best]
        return tuple(
            dict.fromkeys((*best, *(each.learner_id for each in self.composite.sentences)))
        )


def results_of(
    uow: UnitOfWork, post: DailyPost, plan: Plan, bank: QuestionBank, now: datetime
) -> Results:
    """Return the results of a post; each learner counts once, with their first answer.

    Only those are quoted who agreed to it, are still there, and answered before the close.
    """
    question = bank.get(post.question_id or "")
    everything = uow.attempts.of_post(post.id)
    answers = [each for each in everything if _counts(each, post)]
    firsts: dict[int, Attempt] = {}
    for each in answers:
        firsts.setdefault(each.learner_id, each)
    grades = [each.grade for each in firsts.values() if each.grade is not None]
    members = _who_may_be_quoted(uow, post, firsts)
    quoted = [
        _contribution(each)
        for each in answers
        if each.learner_id in members and each.answer and _is_ranked(uow, each)
    ]
    enough = len(grades) >= LEAST_TO_COMPARE
    return Results(
        question=question,
        post=post,
        learners=len(grades),
        owing=sum(each.is_pending for each in everything),
        bands=distribution(grade.score for grade in grades) if enough else None,
        missed=most_missed(grades) if enough else None,
        composite=composite(question, quoted),
        best=best_answers(quoted),
        names={
            learner_id: member.display_name
            for learner_id, member in members.items()
            if member.visibility is Visibility.NAMED and member.display_name
        },
        teaser=_teaser(uow, plan, bank, now),
    )


def _counts(attempt: Attempt, post: DailyPost) -> bool:
    on_time = attempt.submitted_at < post.closes_at
    return attempt.grade is not None and not attempt.assisted and on_time


def _is_ranked(uow: UnitOfWork, attempt: Attempt) -> bool:
    """Tell whether an answer is somebody's own, and no host has taken it off the boards."""
    scored = uow.points.get(attempt.id)
    return scored is None or scored.unranked is None


def _who_may_be_quoted(
    uow: UnitOfWork, post: DailyPost, firsts: Mapping[int, Attempt]
) -> dict[int, Membership]:
    channel = uow.channels.get(post.channel_id)
    if channel is None:
        return {}
    members = (uow.memberships.get(channel.community_id, learner_id) for learner_id in firsts)
    return {
        member.learner_id: member
        for member in members
        if member is not None and member.shares_answers and member.left_at is None
    }


def _contribution(attempt: Attempt) -> Contribution:
    assert attempt.grade is not None  # noqa: S101 only graded ones count
    return Contribution(attempt.id, attempt.learner_id, attempt.answer, attempt.grade)


def _teaser(uow: UnitOfWork, plan: Plan, bank: QuestionBank, now: datetime) -> Teaser | None:
    coming = coming_days(uow, plan, now, 1)
    if not coming:
        return None
    (day, at), had = coming[0], uow.posts.had(plan.channel_id)
    question = pick(pool_of(uow, plan, bank), had, plan.channel_id, day)
    return Teaser(question.topic, at.astimezone(zone_of(plan.schedule.zone)))
