"""The repository of communities' own questions, and what reads them beside a transaction."""

from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Engine, Select, func, select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.errors import StorageError
from bot.core.own_questions.model import Contribution, OwnState
from bot.core.own_questions.ports import Contributions, OwnQuestionSource
from bot.storage.account_merge import moved
from bot.storage.engine import place_of, utc
from bot.storage.orm import CommunityRow, OwnQuestionRow
from bot.storage.reading import READING
from knowledge.own import QuestionDraft

_ASKED_ONCE = (OwnState.ACTIVE, OwnState.RETIRED)


class SqlContributions(Contributions):
    """The questions that communities brought along."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def get(self, community_id: int, slug: str) -> Contribution | None:
        row = self._row(community_id, slug)
        return None if row is None else self._contribution(row)

    @override
    def numbered(self, community_id: int, number: int) -> Contribution | None:
        row = self._session.get(OwnQuestionRow, number)
        here = row is not None and row.community_id == community_id
        return self._contribution(row) if row is not None and here else None

    @override
    def of_community(self, community_id: int, *states: OwnState) -> tuple[Contribution, ...]:
        theirs = OwnQuestionRow.community_id == community_id, OwnQuestionRow.state.in_(states)
        rows = self._session.scalars(_every().where(*theirs))
        return tuple(map(self._contribution, rows))

    def revision(self, community_id: int) -> int:
        """Return a number that grows with every change of the community's questions."""
        newest = select(func.max(OwnQuestionRow.revision))
        return self._session.scalar(newest.where(OwnQuestionRow.community_id == community_id)) or 0

    @override
    def put(
        self,
        community_id: int,
        draft: QuestionDraft,
        state: OwnState,
        author_id: int | None,
        at: datetime,
    ) -> Contribution:
        row = self._row(community_id, draft.slug)
        if row is None:
            row = OwnQuestionRow(
                community_id=community_id, slug=draft.slug, author_id=author_id, created_at=at
            )
        row.revision = self.revision(community_id) + 1
        row.document = draft.model_dump_json(exclude_defaults=True)
        row.state = state.value
        row.updated_at = at
        self._session.add(row)
        self._session.flush()
        # Not again a number of a question that went with whoever suggested it.
        row.revision = max(row.revision, row.id)
        self._session.flush()
        return self._contribution(row)

    @override
    def decide(self, number: int, state: OwnState, at: datetime) -> None:
        row = self._session.get_one(OwnQuestionRow, number)
        row.state, row.decided_at, row.updated_at = state.value, at, at
        row.revision = self.revision(row.community_id) + 1
        self._session.flush()

    def _row(self, community_id: int, slug: str) -> OwnQuestionRow | None:
        named = OwnQuestionRow.community_id == community_id, OwnQuestionRow.slug == slug
        return self._session.scalar(select(OwnQuestionRow).where(*named))

    def _contribution(self, row: OwnQuestionRow) -> Contribution:
        try:
            draft = QuestionDraft.model_validate_json(row.document)
        except ValidationError as error:
            reason = f"own question {row.id} cannot be read by this version"
            raise StorageError(place_of(self._session.get_bind().engine.url), reason) from error
        return Contribution(
            id=row.id,
            community_id=row.community_id,
            draft=draft,
            state=OwnState(row.state),
            author_id=row.author_id,
            created_at=utc(row.created_at),
            updated_at=utc(row.updated_at),
            decided_at=None if row.decided_at is None else utc(row.decided_at),
        )


class SqlOwnQuestionSource(OwnQuestionSource):
    """Own questions, read beside any transaction that is under way, without waiting for it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(**{READING: True})

    @override
    def community_id(self, platform: str, external_id: str) -> int | None:
        named = CommunityRow.platform == platform, CommunityRow.external_id == external_id
        with Session(self._engine) as session:
            return session.scalar(select(CommunityRow.id).where(*named))

    @override
    def revision(self, community_id: int) -> int:
        with Session(self._engine) as session:
            return SqlContributions(session).revision(community_id)

    @override
    def questions(self, community_id: int) -> tuple[Contribution, ...]:
        with Session(self._engine) as session:
            return SqlContributions(session).of_community(community_id, *_ASKED_ONCE)


def _every() -> Select[OwnQuestionRow]:
    return select(OwnQuestionRow).order_by(OwnQuestionRow.id)


MERGES = (moved(OwnQuestionRow.author_id),)
