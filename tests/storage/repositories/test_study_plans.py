from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.errors import StorageError
from bot.core.plans.model import StudyPlan
from tests.builders import NOON, a_user
from tests.databases import MakeUnitOfWork

DAY = NOON.date()


def test_a_learner_has_one_plan_at_most(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        assert uow.study_plans.get(learner) is None
        first = StudyPlan(learner, "ml-engineer", 2, 4, DAY, DAY + timedelta(days=9))
        uow.study_plans.put(first)
        assert uow.study_plans.get(learner) == first
        second = replace(first, track="", interview_on=None)
        uow.study_plans.put(second)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.study_plans.get(learner) == second
        uow.study_plans.remove(learner)
        uow.study_plans.remove(learner)
        assert uow.study_plans.get(learner) is None


def test_levels_out_of_order_are_refused(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        with pytest.raises(StorageError):
            uow.study_plans.put(StudyPlan(learner, "", 4, 2, DAY))


def test_the_plan_of_who_is_kept_stays_when_accounts_are_linked(
    unit_of_work: MakeUnitOfWork,
) -> None:
    with unit_of_work() as uow:
        gone, kept, third = (
            uow.learners.register(a_user(name), NOON).id for name in ("gone", "kept", "third")
        )
        uow.study_plans.put(StudyPlan(gone, "ml-engineer", 2, 4, DAY))
        uow.learners.merge(gone, kept)
        plan = uow.study_plans.get(kept)
        assert plan == StudyPlan(kept, "ml-engineer", 2, 4, DAY)
        uow.study_plans.put(StudyPlan(third, "", 1, 5, DAY))
        uow.learners.merge(third, kept)
        assert uow.study_plans.get(kept) == plan
