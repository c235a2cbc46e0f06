"""The repository of what hosts decided about answers, for whoever teaches the grader."""

from datetime import datetime

from sqlalchemy import Engine, and_, select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.appeals.model import AppealState, Decided
from bot.core.appeals.ports import DecidedAppeals
from bot.core.communities.model import Visibility
from bot.storage.orm import AppealRow, AttemptRow, CommunityRow, LearnerRow, MembershipRow
from bot.storage.reading import READING
from bot.storage.repositories.attempts import stored_grade
from grading.grade import PointStatus

_DECIDED = (AppealState.ACCEPTED.value, AppealState.DECLINED.value)


class SqlDecidedAppeals(DecidedAppeals):
    """What hosts decided about answers.

    They may be thousands with their grades: nobody waits while they are read.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(**{READING: True})

    @override
    def since(self, moment: datetime | None = None) -> tuple[Decided, ...]:
        membership = and_(
            MembershipRow.community_id == AppealRow.community_id,
            MembershipRow.learner_id == AppealRow.learner_id,
        )
        query = (
            select(
                AppealRow.point_id,
                AppealRow.state,
                AttemptRow.id,
                AttemptRow.question_id,
                AttemptRow.answer,
                AttemptRow.grade,
                LearnerRow.display_name.label("learner"),
                MembershipRow.display_name.label("member"),
            )
            .join(AttemptRow, AttemptRow.id == AppealRow.attempt_id)
            .join(LearnerRow, LearnerRow.id == AppealRow.learner_id)
            .join(CommunityRow, CommunityRow.id == AppealRow.community_id)
            .join(MembershipRow, membership)
            .where(
                AppealRow.state.in_(_DECIDED),
                AttemptRow.answer != "",
                CommunityRow.left_at.is_(None),
                MembershipRow.left_at.is_(None),
                MembershipRow.visibility != Visibility.HIDDEN.value,
            )
            .order_by(AppealRow.id)
        )
        if moment is not None:
            query = query.where(AppealRow.decided_at >= moment)
        with Session(self._engine) as session:
            return tuple(
                Decided(
                    question_id=row.question_id,
                    point_id=row.point_id,
                    answer=row.answer,
                    accepted=row.state == AppealState.ACCEPTED.value,
                    status=_status(session, row.id, row.grade, row.point_id),
                    names=frozenset({row.learner, row.member} - {""}),
                )
                for row in session.execute(query)
            )


def _status(
    session: Session, attempt_id: int, grade: str | None, point_id: str
) -> PointStatus | None:
    if grade is None:
        return None
    points = stored_grade(session, attempt_id, grade).points
    return next((point.status for point in points if point.id == point_id), None)
