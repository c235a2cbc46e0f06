"""Repositories of appeals, of accepted wordings, and of what is graded again."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from bot.core.appealing import AcceptedWording, Appeal, AppealState
from bot.core.community import Role
from bot.core.ports.appeals import Regrade
from bot.storage.merging import moved
from bot.storage.orm import (
    AcceptedParaphraseRow,
    AppealRow,
    CommunityRow,
    MembershipRow,
    RegradeRow,
)
from bot.storage.repositories.moments import utc

_OPEN = AppealRow.state == AppealState.OPEN.value


class SqlAppeals:
    """The appeals of learners."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        learner_id: int,
        attempt_id: int,
        community_id: int,
        question_id: str,
        point_id: str,
        sentence: str,
        at: datetime,
    ) -> Appeal:
        """Keep a new appeal; its state is open."""
        row = AppealRow(
            learner_id=learner_id,
            attempt_id=attempt_id,
            community_id=community_id,
            question_id=question_id,
            point_id=point_id,
            sentence=sentence,
            made_at=at,
            state=AppealState.OPEN.value,
            reason="",
        )
        self._session.add(row)
        self._session.flush()
        return _appeal(row)

    def get(self, appeal_id: int) -> Appeal | None:
        """Return the appeal, or None when it is gone."""
        row = self._session.get(AppealRow, appeal_id)
        return None if row is None else _appeal(row)

    def standing(self, attempt_id: int, point_id: str) -> Appeal | None:
        """Return the appeal about a point of an attempt that was not withdrawn, or None."""
        row = self._session.scalar(
            select(AppealRow).where(
                AppealRow.attempt_id == attempt_id,
                AppealRow.point_id == point_id,
                AppealRow.state != AppealState.WITHDRAWN.value,
            )
        )
        return None if row is None else _appeal(row)

    def open_of(self, learner_id: int) -> tuple[Appeal, ...]:
        """Return the learner's open appeals, the oldest first."""
        theirs = select(AppealRow).where(AppealRow.learner_id == learner_id, _OPEN)
        return tuple(map(_appeal, self._session.scalars(theirs.order_by(AppealRow.id))))

    def open_in(self, community_id: int, most: int) -> tuple[Appeal, ...]:
        """Return the open appeals of a community, the oldest first."""
        there = select(AppealRow).where(AppealRow.community_id == community_id, _OPEN)
        rows = self._session.scalars(there.order_by(AppealRow.id).limit(most))
        return tuple(map(_appeal, rows))

    def decide(
        self,
        appeal_id: int,
        state: AppealState,
        at: datetime,
        by_learner_id: int | None = None,
        reason: str = "",
    ) -> bool:
        """End an open appeal; return False when it was not open."""
        decided = self._session.scalar(
            update(AppealRow)
            .where(AppealRow.id == appeal_id, _OPEN)
            .values(
                state=state.value, decided_at=at, decider_learner_id=by_learner_id, reason=reason
            )
            .returning(AppealRow.id)
        )
        return decided is not None

    def has_other_staff(self, community_id: int, learner_id: int) -> bool:
        """Whether somebody else is known to belong to the community's staff."""
        there = exists().where(
            MembershipRow.community_id == community_id,
            MembershipRow.learner_id != learner_id,
            MembershipRow.role == Role.STAFF.value,
            MembershipRow.left_at.is_(None),
        )
        return bool(self._session.scalar(select(there)))


class SqlAcceptedWordings:
    """What communities accept as wordings of key points."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        community_id: int,
        question_id: str,
        point_id: str,
        text: str,
        at: datetime,
        appeal_id: int | None = None,
    ) -> AcceptedWording:
        """Keep a wording; the same one of the same point is kept once."""
        row = self._session.scalar(
            select(AcceptedParaphraseRow).where(
                AcceptedParaphraseRow.community_id == community_id,
                AcceptedParaphraseRow.question_id == question_id,
                AcceptedParaphraseRow.point_id == point_id,
                AcceptedParaphraseRow.text == text,
            )
        )
        if row is None:
            row = AcceptedParaphraseRow(
                community_id=community_id,
                question_id=question_id,
                point_id=point_id,
                text=text,
                accepted_at=at,
                appeal_id=appeal_id,
            )
            self._session.add(row)
            self._session.flush()
        return _wording(row)

    def of_question(self, community_id: int, question_id: str) -> tuple[AcceptedWording, ...]:
        """Return what a community accepts for a question, the oldest first."""
        there = select(AcceptedParaphraseRow).where(
            AcceptedParaphraseRow.community_id == community_id,
            AcceptedParaphraseRow.question_id == question_id,
        )
        rows = self._session.scalars(there.order_by(AcceptedParaphraseRow.id))
        return tuple(map(_wording, rows))

    def every(self, community_id: int | None = None) -> tuple[AcceptedWording, ...]:
        """Return what communities accept, or one of them, by question and age."""
        query = select(AcceptedParaphraseRow)
        if community_id is not None:
            query = query.where(AcceptedParaphraseRow.community_id == community_id)
        order = (AcceptedParaphraseRow.question_id, AcceptedParaphraseRow.id)
        return tuple(map(_wording, self._session.scalars(query.order_by(*order))))

    def community_names(self) -> Mapping[int, str]:
        """Return the names of the communities that accept anything, by id."""
        rows = self._session.execute(
            select(CommunityRow.id, CommunityRow.name).where(
                CommunityRow.id.in_(select(AcceptedParaphraseRow.community_id))
            )
        )
        return {row.id: row.name for row in rows}


class SqlRegrades:
    """What is still to be graded again."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, community_id: int, question_id: str, at: datetime) -> Regrade:
        """Order that all answers in a community to a question are graded again."""
        row = RegradeRow(
            community_id=community_id, question_id=question_id, last_attempt_id=0, ordered_at=at
        )
        self._session.add(row)
        self._session.flush()
        return _regrade(row)

    def get(self, regrade_id: int) -> Regrade | None:
        """Return the order as it stands, or None when it is done or its community has gone."""
        row = self._session.get(RegradeRow, regrade_id)
        return None if row is None else _regrade(row)

    def pending(self) -> tuple[Regrade, ...]:
        """Return all orders, the oldest first."""
        rows = self._session.scalars(select(RegradeRow).order_by(RegradeRow.id))
        return tuple(map(_regrade, rows))

    def advance(self, regrade: Regrade, attempt_id: int) -> bool:
        """Note that an attempt is done; return False when the order no longer stands as given."""
        moved_on = self._session.scalar(
            update(RegradeRow)
            .where(
                RegradeRow.id == regrade.id,
                RegradeRow.last_attempt_id == regrade.last_attempt_id,
            )
            .values(last_attempt_id=attempt_id)
            .returning(RegradeRow.id)
        )
        return moved_on is not None

    def finish(self, regrade: Regrade) -> None:
        """Remove an order, unless it no longer stands as given."""
        self._session.execute(
            delete(RegradeRow).where(
                RegradeRow.id == regrade.id,
                RegradeRow.last_attempt_id == regrade.last_attempt_id,
            )
        )


def _appeal(row: AppealRow) -> Appeal:
    return Appeal(
        id=row.id,
        learner_id=row.learner_id,
        attempt_id=row.attempt_id,
        community_id=row.community_id,
        question_id=row.question_id,
        point_id=row.point_id,
        sentence=row.sentence,
        made_at=utc(row.made_at),
        state=AppealState(row.state),
        decided_at=None if row.decided_at is None else utc(row.decided_at),
        decided_by=row.decider_learner_id,
        reason=row.reason,
    )


def _wording(row: AcceptedParaphraseRow) -> AcceptedWording:
    return AcceptedWording(
        id=row.id,
        community_id=row.community_id,
        question_id=row.question_id,
        point_id=row.point_id,
        text=row.text,
        accepted_at=utc(row.accepted_at),
    )


def _regrade(row: RegradeRow) -> Regrade:
    return Regrade(row.id, row.community_id, row.question_id, row.last_attempt_id)


MERGES = (moved(AppealRow.learner_id), moved(AppealRow.decider_learner_id))
