"""The repository of ratings."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.practice.ports import Elos
from bot.core.practice.ratings import Elo
from bot.storage.account_merge import better_stays
from bot.storage.orm import LearnerEloRow, QuestionEloRow


class SqlElos(Elos):
    """The ratings of learners by topic, and of questions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def skills(self, learner_id: int) -> dict[str, Elo]:
        theirs = select(LearnerEloRow).where(LearnerEloRow.learner_id == learner_id)
        rows = self._session.scalars(theirs.order_by(LearnerEloRow.topic))
        return {row.topic: Elo(row.value, row.deviation) for row in rows}

    @override
    def put_skill(self, learner_id: int, topic: str, elo: Elo) -> None:
        row = LearnerEloRow(
            learner_id=learner_id, topic=topic, value=elo.value, deviation=elo.deviation
        )
        self._session.merge(row)
        self._session.flush()

    @override
    def difficulties(self) -> dict[str, Elo]:
        rows = self._session.scalars(select(QuestionEloRow).order_by(QuestionEloRow.question_id))
        return {row.question_id: Elo(row.value, row.deviation) for row in rows}

    @override
    def put_difficulty(self, question_id: str, elo: Elo) -> None:
        row = QuestionEloRow(question_id=question_id, value=elo.value, deviation=elo.deviation)
        self._session.merge(row)
        self._session.flush()


MERGES = (
    # Two estimates of one person: the less uncertain rests on more answers. They are not pooled,
    # because both may have played the same questions, and then would count them twice.
    better_stays(
        LearnerEloRow.learner_id,
        LearnerEloRow.topic,
        better=lambda one, other: one.deviation < other.deviation,
    ),
)
