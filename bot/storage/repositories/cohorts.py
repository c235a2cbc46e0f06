"""The repository of what many answered."""

from sqlalchemy import ColumnElement, Engine, func, select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.communities.model import Role
from bot.core.insights.ports import Cohorts
from bot.core.insights.statistics import Graded
from bot.storage.orm import AttemptRow, MembershipRow
from bot.storage.reading import READING
from bot.storage.repositories.attempts import stored_grade


class SqlCohorts(Cohorts):
    """First unassisted graded answers of many learners.

    They are thousands at times: nobody waits while they are read.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(**{READING: True})

    @override
    def everywhere(self, most: int) -> tuple[Graded, ...]:
        return self._first_answers(most)

    @override
    def of_community(self, community_id: int, most: int) -> tuple[Graded, ...]:
        members = select(MembershipRow.learner_id).where(
            MembershipRow.community_id == community_id,
            MembershipRow.left_at.is_(None),
            MembershipRow.role != Role.BOT.value,
        )
        there = AttemptRow.community_id == community_id, AttemptRow.learner_id.in_(members)
        return self._first_answers(most, *there)

    def _first_answers(self, most: int, *where: ColumnElement[bool]) -> tuple[Graded, ...]:
        tries = AttemptRow.assisted.is_(False), AttemptRow.counts
        graded = AttemptRow.graded_at.is_not(None), *tries
        first = func.min(AttemptRow.id).label("id")
        ids = (
            select(first)
            .where(*graded, *where)
            .group_by(AttemptRow.learner_id, AttemptRow.question_id)
            .order_by(first.desc())
            .limit(most)
            .subquery()
        )
        narrow = select(AttemptRow.id, AttemptRow.learner_id, AttemptRow.grade)
        ordered = narrow.join(ids, ids.c.id == AttemptRow.id).order_by(AttemptRow.id)
        with Session(self._engine) as session:
            return tuple(
                Graded(learner_id, stored_grade(session, attempt_id, grade))
                for attempt_id, learner_id, grade in session.execute(ordered)
                if grade is not None
            )
