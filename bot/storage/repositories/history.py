"""The repository of a learner's history as figures need it."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.progress.model import AnswerLine
from bot.core.progress.ports import History
from bot.storage.engine import utc
from bot.storage.orm import AttemptRow, OwnViewRow
from bot.storage.repositories.attempts import SqlAttempts
from bot.storage.repositories.examined import examined
from grading.grade import Band, Grade


class SqlHistory(History):
    """What a learner answered, in short."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def lines(self, learner_id: int) -> tuple[AnswerLine, ...]:
        row = AttemptRow
        claimed = select(func.count()).where(OwnViewRow.attempt_id == row.id)
        own = claimed.correlate(row).scalar_subquery()
        narrow = select(
            row.question_id, row.submitted_at, row.assisted, row.score, row.band, examined(), own
        )
        theirs = row.learner_id == learner_id, row.counts
        found = self._session.execute(narrow.where(*theirs).order_by(row.id))
        return tuple(
            AnswerLine(question, utc(at), assisted)
            if hidden or band is None
            else AnswerLine(question, utc(at), assisted, score, Band(band), claims)
            for question, at, assisted, score, band, hidden, claims in found
        )

    @override
    def latest_grades(
        self, learner_id: int, most: int, questions: Collection[str] | None = None
    ) -> tuple[Grade, ...]:
        theirs = [
            AttemptRow.learner_id == learner_id,
            AttemptRow.graded_at.is_not(None),
            AttemptRow.assisted.is_(False),
            AttemptRow.counts,
            ~examined(),
        ]
        if questions is not None:
            theirs.append(AttemptRow.question_id.in_(questions))
        newest = select(AttemptRow.id).where(*theirs).order_by(AttemptRow.id.desc()).limit(most)
        attempts = map(SqlAttempts(self._session).get, self._session.scalars(newest).all())
        return tuple(attempt.grade for attempt in attempts if attempt and attempt.grade)
