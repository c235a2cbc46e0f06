"""Repositories of practice: asks and attempts."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.errors import StorageError
from bot.core.practice.model import Ask, AskedAt, AskState, Attempt, Purpose, counts
from bot.core.practice.ports import Asks, Attempts
from bot.storage.account_merge import Merge, moved
from bot.storage.engine import place_of, utc
from bot.storage.locks import Subject, hold
from bot.storage.orm import AskRow, AttemptRow
from bot.storage.programs import program_of
from bot.storage.repositories.examined import examined
from grading.grade import Grade

AT_A_TIME = 8
"""Answers read when the newest are looked at: more than are looked at as a rule."""


class SqlAsks(Asks):
    """The questions that were put to learners."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def add(
        self,
        learner_id: int,
        question_id: str,
        at: datetime,
        *,
        purpose: Purpose = Purpose.PRACTICE,
        community_id: int | None = None,
        channel_id: int | None = None,
        interview_id: int | None = None,
        post_id: int | None = None,
    ) -> Ask:
        row = AskRow(
            learner_id=learner_id,
            question_id=question_id,
            asked_at=at,
            state=AskState.OPEN.value,
            hints=0,
            purpose=purpose.value,
            community_id=community_id,
            channel_id=channel_id,
            interview_id=interview_id,
            post_id=post_id,
        )
        self._session.add(row)
        self._session.flush()
        return _ask(row)

    @override
    def get(self, ask_id: int) -> Ask | None:
        row = self._session.get(AskRow, ask_id)
        return None if row is None else _ask(row)

    @override
    def latest(self, learner_id: int) -> Ask | None:
        of_learner = select(AskRow).where(AskRow.learner_id == learner_id)
        row = self._session.scalar(of_learner.order_by(AskRow.id.desc()).limit(1))
        return None if row is None else _ask(row)

    @override
    def asked(self, learner_id: int) -> tuple[AskedAt, ...]:
        narrow = select(AskRow.question_id, AskRow.asked_at).where(AskRow.learner_id == learner_id)
        found = self._session.execute(narrow.order_by(AskRow.id))
        return tuple(AskedAt(question_id, utc(at)) for question_id, at in found)

    @override
    def of_interview(self, interview_id: int) -> tuple[Ask, ...]:
        rows = select(AskRow).where(AskRow.interview_id == interview_id).order_by(AskRow.id)
        return tuple(map(_ask, self._session.scalars(rows)))

    @override
    def of_post(self, post_id: int, learner_id: int) -> Ask | None:
        theirs = (AskRow.post_id == post_id, AskRow.learner_id == learner_id)
        rows = select(AskRow).where(*theirs).order_by(AskRow.id.desc()).limit(1)
        row = self._session.scalar(rows)
        return None if row is None else _ask(row)

    @override
    def looked_up(self, attempt: Attempt, since: datetime) -> bool:
        shown = (
            AskRow.learner_id == attempt.learner_id,
            AskRow.question_id == attempt.question_id,
            AskRow.id != attempt.ask_id,
            AskRow.asked_at.between(since, attempt.submitted_at),
            AskRow.state == AskState.REVEALED.value,
        )
        return bool(self._session.scalar(select(exists().where(*shown))))

    @override
    def update(self, ask_id: int, state: AskState, hints: int) -> None:
        self._session.execute(
            update(AskRow).where(AskRow.id == ask_id).values(state=state.value, hints=hints)
        )


class SqlAttempts(Attempts):
    """The answers and their grades."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def add(self, ask: Ask, answer: str, at: datetime) -> Attempt:
        assisted = ask.state is AskState.REVEALED
        row = AttemptRow(
            ask_id=ask.id,
            learner_id=ask.learner_id,
            question_id=ask.question_id,
            answer=answer,
            submitted_at=at,
            hints_used=ask.hints,
            assisted=assisted,
            first=not assisted and not self._answered(ask.learner_id, ask.question_id),
            community_id=ask.community_id,
            channel_id=ask.channel_id,
            begun_by=program_of(self._session),
        )
        self._session.add(row)
        self._session.flush()
        return self._attempt(row)

    @override
    def get(self, attempt_id: int) -> Attempt | None:
        row = self._session.get(AttemptRow, attempt_id)
        return None if row is None else self._attempt(row)

    @override
    def record_grade(self, attempt_id: int, grade: Grade, at: datetime) -> Attempt | None:
        return self._put_grade(attempt_id, grade, at, AttemptRow.graded_at.is_(None))

    @override
    def replace_grade(self, attempt_id: int, grade: Grade, at: datetime) -> Attempt | None:
        return self._put_grade(attempt_id, grade, at, AttemptRow.graded_at.is_not(None))

    def _put_grade(
        self, attempt_id: int, grade: Grade, at: datetime, before: ColumnElement[bool]
    ) -> Attempt | None:
        self._lock(attempt_id)
        stored = self._session.scalar(
            update(AttemptRow)
            .where(AttemptRow.id == attempt_id, before)
            .values(
                score=grade.score,
                band=grade.band.value,
                grade=grade.model_dump_json(),
                grader_version=grade.grader.version,
                model=grade.grader.model,
                graded_at=at,
                begun_by=None,
                counts=counts(grade),
                first=AttemptRow.first & counts(grade),
            )
            .returning(AttemptRow.id)
        )
        if stored is None:
            return None
        if not counts(grade):
            self._hand_on(attempt_id)
        return self._attempt(self._session.get_one(AttemptRow, stored, populate_existing=True))

    def _lock(self, attempt_id: int) -> None:
        """Keep others from what a grade changes: its learner, and how hard its question is."""
        whose = select(AttemptRow.learner_id, AttemptRow.question_id)
        found = self._session.execute(whose.where(AttemptRow.id == attempt_id)).one_or_none()
        if found is not None:
            hold(self._session, Subject.LEARNER, found.learner_id)
            hold(self._session, Subject.QUESTION, found.question_id)

    def _hand_on(self, attempt_id: int) -> None:
        """Make the next answer that still waits for its grade the first, where none is by now."""
        attempt = self._session.get_one(AttemptRow, attempt_id)
        theirs = (
            AttemptRow.learner_id == attempt.learner_id,
            AttemptRow.question_id == attempt.question_id,
            AttemptRow.counts,
        )
        row = self._session.scalar(
            select(AttemptRow).where(*theirs).order_by(AttemptRow.id).limit(1)
        )
        if row is not None and row.graded_at is None and not row.assisted:
            row.first = True
            self._session.flush()

    @override
    def pending(self) -> tuple[Attempt, ...]:
        waiting = select(AttemptRow).where(AttemptRow.graded_at.is_(None))
        rows = self._session.scalars(waiting.order_by(AttemptRow.id))
        return tuple(self._attempt(row) for row in rows)

    @override
    def waiting(self, learner_id: int) -> int:
        theirs = AttemptRow.graded_at.is_(None), AttemptRow.learner_id == learner_id
        return self._session.scalar(select(func.count()).where(*theirs)) or 0

    @override
    def graded(self, ask_id: int) -> int:
        answers = (AttemptRow.ask_id == ask_id, AttemptRow.assisted.is_(False), AttemptRow.counts)
        count = select(func.count()).where(*answers, AttemptRow.graded_at.is_not(None))
        return self._session.scalar(count) or 0

    @override
    def graded_at_question(
        self, community_id: int, question_id: str, after_id: int, most: int
    ) -> tuple[Attempt, ...]:
        there = select(AttemptRow).where(
            AttemptRow.community_id == community_id,
            AttemptRow.question_id == question_id,
            AttemptRow.id > after_id,
            AttemptRow.graded_at.is_not(None),
            AttemptRow.answer != "",
        )
        rows = self._session.scalars(there.order_by(AttemptRow.id).limit(most))
        return tuple(self._attempt(row) for row in rows)

    @override
    def of_ask(self, ask_id: int) -> tuple[Attempt, ...]:
        rows = select(AttemptRow).where(AttemptRow.ask_id == ask_id).order_by(AttemptRow.id)
        return tuple(self._attempt(row) for row in self._session.scalars(rows))

    @override
    def of_post(self, post_id: int, learner_id: int | None = None) -> tuple[Attempt, ...]:
        posted = AskRow.post_id == post_id, AttemptRow.counts
        theirs = select(AttemptRow).join(AskRow).where(*posted)
        if learner_id is not None:
            theirs = theirs.where(AskRow.learner_id == learner_id)
        rows = self._session.scalars(theirs.order_by(AttemptRow.id))
        return tuple(self._attempt(row) for row in rows)

    @override
    def newest_graded(self, learner_id: int) -> Iterator[Attempt]:
        graded = AttemptRow.learner_id == learner_id, AttemptRow.graded_at.is_not(None), ~examined()
        newest = select(AttemptRow).where(*graded).order_by(AttemptRow.id.desc()).limit(AT_A_TIME)
        rows = self._session.scalars(newest).all()
        while rows:
            yield from map(self._attempt, rows)
            rows = self._session.scalars(newest.where(AttemptRow.id < rows[-1].id)).all()

    @override
    def last_graded(
        self, learner_id: int, question_id: str, before_id: int | None = None
    ) -> Attempt | None:
        theirs = [
            AttemptRow.learner_id == learner_id,
            AttemptRow.question_id == question_id,
            AttemptRow.graded_at.is_not(None),
            AttemptRow.counts,
            ~examined(),
        ]
        if before_id is not None:
            theirs.append(AttemptRow.id < before_id)
        last = select(AttemptRow).where(*theirs).order_by(AttemptRow.id.desc()).limit(1)
        row = self._session.scalar(last)
        return None if row is None else self._attempt(row)

    @override
    def owing(self, learner_id: int) -> frozenset[str]:
        waiting = AttemptRow.learner_id == learner_id, AttemptRow.graded_at.is_(None)
        return frozenset(self._session.scalars(select(AttemptRow.question_id).where(*waiting)))

    @override
    def answered(self, learner_id: int) -> frozenset[str]:
        tries = AttemptRow.learner_id == learner_id, AttemptRow.counts
        theirs = select(AttemptRow.question_id).where(*tries)
        return frozenset(self._session.scalars(theirs.distinct()))

    def _answered(self, learner_id: int, question_id: str) -> bool:
        theirs = (
            AttemptRow.learner_id == learner_id,
            AttemptRow.question_id == question_id,
            AttemptRow.counts,
        )
        return bool(self._session.scalar(select(exists().where(*theirs))))

    def _attempt(self, row: AttemptRow) -> Attempt:
        return Attempt(
            id=row.id,
            ask_id=row.ask_id,
            learner_id=row.learner_id,
            question_id=row.question_id,
            answer=row.answer,
            submitted_at=utc(row.submitted_at),
            hints_used=row.hints_used,
            assisted=row.assisted,
            first=row.first,
            counts=row.counts,
            community_id=row.community_id,
            channel_id=row.channel_id,
            grade=None if row.grade is None else stored_grade(self._session, row.id, row.grade),
            graded_at=None if row.graded_at is None else utc(row.graded_at),
            begun_by=row.begun_by,
        )


def stored_grade(session: Session, attempt_id: int, stored: str) -> Grade:
    """Return the grade of an attempt as it was stored.

    Raises:
        StorageError: this version cannot read it.
    """
    try:
        return Grade.model_validate_json(stored)
    except ValidationError as error:
        reason = f"the grade of attempt {attempt_id} cannot be read by this version"
        raise StorageError(place_of(session.get_bind().engine.url), reason) from error


def _ask(row: AskRow) -> Ask:
    return Ask(
        id=row.id,
        learner_id=row.learner_id,
        question_id=row.question_id,
        asked_at=utc(row.asked_at),
        state=AskState(row.state),
        hints=row.hints,
        purpose=Purpose(row.purpose),
        community_id=row.community_id,
        channel_id=row.channel_id,
        interview_id=row.interview_id,
        post_id=row.post_id,
    )


def _move_attempts(session: Session, gone_id: int, kept_id: int) -> None:
    """Give the attempts over and tell anew which was the first at each question."""
    both = AttemptRow.learner_id.in_((gone_id, kept_id))
    session.execute(update(AttemptRow).where(both).values(learner_id=kept_id, first=False))
    first_ids = (
        select(func.min(AttemptRow.id))
        .where(AttemptRow.learner_id == kept_id, AttemptRow.counts)
        .group_by(AttemptRow.question_id)
    )
    session.execute(
        update(AttemptRow)
        .where(AttemptRow.id.in_(first_ids), AttemptRow.assisted.is_(False))
        .values(first=True)
        .execution_options(synchronize_session=False)
    )


MERGES = (moved(AskRow.learner_id), Merge(AttemptRow.learner_id, _move_attempts))
