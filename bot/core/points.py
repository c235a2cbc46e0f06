"""Points on leaderboards: earned by the first answer to a posted question, once.

What an answer earned is kept with the answer, and summed by learner for each day, week, month,
season and all time, for the channel and for its community. Both change in one transaction.
"""

from dataclasses import replace
from datetime import datetime

from bot.core.attempt import Ask, Attempt, Purpose
from bot.core.daily import DailyPost
from bot.core.leaderboard import points_of
from bot.core.ports import UnitOfWork
from bot.core.scored import Scored, Unranked
from grading.gates import COPIED_LENGTH_SHARE, MAX_OTHERS, is_copied_answer
from grading.grade import Flag, Grade
from knowledge.question import Question


def award_points(uow: UnitOfWork, attempt: Attempt, _question: Question, _now: datetime) -> None:
    """Give points for the learner's first unassisted answer to a posted question; a Consequence.

    It counts for the day of the post, and only if it came before the close, when the reference is
    shown to all. A near copy earns its points too, but they are not ranked.
    """
    ask = uow.asks.get(attempt.ask_id)
    if attempt.grade is None or attempt.assisted or ask is None:
        return
    post = _post_of(uow, ask)
    if post is None or ask.community_id is None or attempt.submitted_at >= post.closes_at:
        return
    if uow.points.first_attempt(post.id, attempt.learner_id) != attempt.id:
        return
    uow.points.add(
        Scored(
            attempt_id=attempt.id,
            learner_id=attempt.learner_id,
            community_id=ask.community_id,
            channel_id=post.channel_id,
            post_id=post.id,
            day=post.day,
            weight=post.weight,
            points=points_of(attempt.grade.score, post.weight),
            unranked=_copied(uow, attempt, attempt.grade, post.id),
        )
    )


def recount(uow: UnitOfWork, attempt: Attempt, grade: Grade) -> None:
    """Correct the points of an answer that has been graded anew, in the caller's transaction.

    An answer that earned none before, because it was not the first, earns none now; whether it is
    ranked stays as it was.
    """
    scored = uow.points.get(attempt.id)
    if scored is not None:
        uow.points.update(replace(scored, points=points_of(grade.score, scored.weight)))


def _post_of(uow: UnitOfWork, ask: Ask) -> DailyPost | None:
    if ask.purpose is not Purpose.DAILY or ask.post_id is None:
        return None
    return uow.posts.get(ask.post_id)


def _copied(uow: UnitOfWork, attempt: Attempt, grade: Grade, post_id: int) -> Unranked | None:
    if Flag.COPIED_REFERENCE in grade.flags:
        return Unranked.COPIED_REFERENCE
    lengths = (
        int(len(attempt.answer) * COPIED_LENGTH_SHARE**2),
        int(len(attempt.answer) / COPIED_LENGTH_SHARE**2) + 1,
    )
    others = uow.points.earlier_answers(post_id, attempt, lengths, MAX_OTHERS)
    return Unranked.COPIED_ANSWER if is_copied_answer(attempt.answer, others) else None
