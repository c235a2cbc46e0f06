"""Points on leaderboards: earned by the first answer to a posted question, once.

What an answer earned is kept with the answer, and summed by learner for each day, week, month,
season and all time, for the channel and for its community. Both change in one transaction.
"""

from dataclasses import replace
from datetime import datetime

from bot.core.communities.model import Visibility
from bot.core.daily.post import DailyPost
from bot.core.leaderboard import words
from bot.core.leaderboard.model import Scored, Unranked, points_of
from bot.core.practice.model import Ask, Attempt, Purpose
from bot.core.reply import Block
from bot.core.unit_of_work import UnitOfWork
from grading.gates import COPIED_LENGTH_SHARE, MAX_OTHERS, is_copied_answer
from grading.grade import Flag, Grade
from knowledge.question import Question


def award_points(uow: UnitOfWork, attempt: Attempt, question: Question, now: datetime) -> None:
    """Give points for the learner's first unassisted answer to a posted question; a Consequence.

    It counts for the day of the post, and only if it came before the close, when the reference is
    shown to all. A near copy earns its points too, but they are not ranked. What was no try leaves
    all of that to the next answer.
    """
    ask = uow.asks.get(attempt.ask_id)
    if attempt.grade is None or attempt.assisted or ask is None:
        return
    post = _post_of(uow, ask)
    if post is None or ask.community_id is None or attempt.submitted_at >= post.closes_at:
        return
    first_id = uow.points.first_attempt(post.id, attempt.learner_id)
    if first_id != attempt.id:
        if not attempt.counts:
            _award_next(uow, first_id, question, now)
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
            unranked=_unranked(uow, attempt, attempt.grade, post),
        )
    )


def _award_next(uow: UnitOfWork, first_id: int | None, question: Question, now: datetime) -> None:
    """Give points for an answer that was graded while an earlier one, which is no try, was not."""
    first = uow.attempts.get(first_id) if first_id is not None else None
    if first is not None and first.grade is not None and uow.points.get(first.id) is None:
        award_points(uow, first, question, now)


def recompute_points(uow: UnitOfWork, attempt: Attempt, grade: Grade) -> None:
    """Correct the points of an answer that has been graded anew, in the caller's transaction.

    An answer that earned none before, because it was not the first, earns none now; whether it is
    ranked stays as it was.
    """
    scored = uow.points.get(attempt.id)
    if scored is not None:
        uow.points.update(replace(scored, points=points_of(grade.score, scored.weight)))


def remark_on_points(uow: UnitOfWork, attempt: Attempt) -> tuple[Block, ...]:
    """Tell what an answer earned or why it is not ranked, and ask for consent once; a Remark.

    Of a later answer it tells only that it is better than the first.
    """
    ask = uow.asks.get(attempt.ask_id)
    post = None if ask is None else _post_of(uow, ask)
    scored = None if post is None else uow.points.of_post(post.id, attempt.learner_id)
    if scored is None or attempt.grade is None:
        return ()
    if scored.attempt_id == attempt.id:
        return words.points_earned(scored, asked=_is_to_be_asked(uow, scored))
    first = uow.attempts.get(scored.attempt_id)
    if first is None or first.grade is None or attempt.assisted:
        return ()
    better = attempt.grade.score > first.grade.score
    return words.improved(first.grade.score) if better else ()


def _is_to_be_asked(uow: UnitOfWork, scored: Scored) -> bool:
    """Whether this is the learner's first answer in a community where they were not asked yet."""
    member = uow.memberships.get(scored.community_id, scored.learner_id)
    if member is None or member.visibility is not Visibility.UNASKED:
        return False
    return uow.points.count(scored.community_id, scored.learner_id) == 1


def _post_of(uow: UnitOfWork, ask: Ask) -> DailyPost | None:
    if ask.purpose is not Purpose.DAILY or ask.post_id is None:
        return None
    return uow.posts.get(ask.post_id)


def _unranked(uow: UnitOfWork, attempt: Attempt, grade: Grade, post: DailyPost) -> Unranked | None:
    if uow.asks.looked_up(attempt, post.due_at):
        return Unranked.LOOKED_UP
    if Flag.COPIED_REFERENCE in grade.flags:
        return Unranked.COPIED_REFERENCE
    lengths = (
        int(len(attempt.answer) * COPIED_LENGTH_SHARE**2),
        int(len(attempt.answer) / COPIED_LENGTH_SHARE**2) + 1,
    )
    others = uow.points.earlier_answers(post.id, attempt, lengths, MAX_OTHERS)
    return Unranked.COPIED_ANSWER if is_copied_answer(attempt.answer, others) else None
