"""What a plan brings on a day: its areas, the questions not seen yet, and those that suit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.accounts.model import Learner, days_of
from bot.core.plans.model import (
    MOST_NEW_A_DAY,
    PlanDay,
    StudyPlan,
    day_of_plan,
    days_left_for,
    is_over,
    new_today,
)
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank
from knowledge.question import Question


@dataclass(frozen=True)
class Today:
    """A day of a plan for a learner.

    Attributes:
        plan: the plan.
        day: what the day is for.
        unseen: the questions of its areas that the learner never answered, within the level.
        new: how many of them suit today; those answered today already count.
        done: how many questions of its areas were first answered today.
        answered: how many questions of the whole plan the learner answered.
        questions: how many there are.
        coming: what the next days are for.
    """

    plan: StudyPlan
    day: PlanDay
    unseen: tuple[Question, ...] = ()
    new: int = 0
    done: int = 0
    answered: int = 0
    questions: int = 0
    coming: tuple[PlanDay, ...] = ()


def weights_of(plan: StudyPlan, bank: QuestionBank) -> dict[str, int]:
    """Return how much of each topic a plan has, in the bank's order; without a role all alike.

    Topics without a question of the level are left out; where that leaves none, it is empty.
    """
    track = bank.track_named(plan.track) if plan.track else None
    asked = {each.topic for each in bank if plan.easiest <= each.difficulty <= plan.hardest}
    shares: Mapping[str, int] = track.topics if track else {t.id: 1 for t in bank.topics}
    return {t.id: shares[t.id] for t in bank.topics if t.id in shares and t.id in asked}


def questions_of(plan: StudyPlan, bank: QuestionBank, areas: Sequence[str]) -> tuple[Question, ...]:
    """Return the questions of some areas within the level of a plan."""
    return tuple(
        each
        for each in bank
        if each.topic in areas and plan.easiest <= each.difficulty <= plan.hardest
    )


def today_of(
    uow: UnitOfWork,
    plan: StudyPlan,
    bank: QuestionBank,
    today: date,
    day_of: Callable[[datetime], date],
    ahead: int = 0,
) -> Today | None:
    """Return what a plan brings today; None where it is over, or nothing of it is in the bank."""
    weights = weights_of(plan, bank)
    if not weights or is_over(plan, today):
        return None
    day = day_of_plan(plan, weights, today)
    firsts: dict[str, date] = {}
    for line in uow.history.lines(plan.learner_id):
        firsts.setdefault(line.question_id, day_of(line.submitted_at))
    of_day = questions_of(plan, bank, day.areas)
    whole = questions_of(plan, bank, tuple(weights))
    unseen = tuple(each for each in of_day if each.id not in firsts)
    done = sum(firsts.get(each.id) == today for each in of_day)
    new = 0
    for area in day.areas:
        open_before = sum(
            each.topic == area and firsts.get(each.id, today) == today for each in of_day
        )
        new += new_today(open_before, days_left_for(plan, weights, area, today))
    days = (day_of_plan(plan, weights, each) for each in _days_after(plan, today, ahead))
    return Today(
        plan,
        day,
        unseen,
        max(0, min(new, MOST_NEW_A_DAY) - done) if unseen else 0,
        done,
        sum(each.id in firsts for each in whole),
        len(whole),
        tuple(days),
    )


def planned_now(
    uow: UnitOfWork, learner: Learner | None, bank: QuestionBank, now: datetime
) -> tuple[Question, ...]:
    """Return what the learner never answered of today's areas; nothing without a plan."""
    plan = None if learner is None else uow.study_plans.get(learner.id)
    if learner is None or plan is None:
        return ()
    weights, day = weights_of(plan, bank), days_of(learner.settings)(now)
    if not weights or is_over(plan, day):
        return ()
    answered = uow.attempts.answered(learner.id)
    of_day = questions_of(plan, bank, day_of_plan(plan, weights, day).areas)
    return tuple(each for each in of_day if each.id not in answered)


def _days_after(plan: StudyPlan, today: date, count: int) -> tuple[date, ...]:
    days = (today + timedelta(days=ahead) for ahead in range(1, count + 1))
    end = plan.interview_on
    return tuple(day for day in days if end is None or day < end)
