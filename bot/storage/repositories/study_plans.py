"""The repository of study plans."""

from sqlalchemy import delete
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.plans.model import StudyPlan
from bot.core.plans.ports import StudyPlans
from bot.storage.account_merge import moved_unless_there
from bot.storage.orm import StudyPlanRow


class SqlStudyPlans(StudyPlans):
    """The plans of learners."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def get(self, learner_id: int) -> StudyPlan | None:
        row = self._session.get(StudyPlanRow, learner_id)
        if row is None:
            return None
        return StudyPlan(
            row.learner_id, row.track, row.easiest, row.hardest, row.began_on, row.interview_on
        )

    @override
    def put(self, plan: StudyPlan) -> None:
        self._session.merge(StudyPlanRow(**vars(plan)))
        self._session.flush()

    @override
    def remove(self, learner_id: int) -> None:
        self._session.execute(delete(StudyPlanRow).where(StudyPlanRow.learner_id == learner_id))
        self._session.expire_all()


MERGES = (moved_unless_there(StudyPlanRow.learner_id),)
