"""The port of plans."""

from typing import Protocol

from bot.core.plans.model import StudyPlan


class StudyPlans(Protocol):
    """The plans of learners, one each at most."""

    def get(self, learner_id: int) -> StudyPlan | None:
        """Return the learner's plan, or None."""
        ...

    def put(self, plan: StudyPlan) -> None:
        """Keep the plan in place of an earlier one of the learner."""
        ...

    def remove(self, learner_id: int) -> None:
        """Forget the learner's plan, if there is one."""
        ...
