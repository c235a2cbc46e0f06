"""The repository of review cards."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.reviews.model import Card
from bot.core.reviews.ports import Cards
from bot.storage.account_merge import better_stays
from bot.storage.engine import utc
from bot.storage.orm import CardRow


class SqlCards(Cards):
    """The learners' memory of questions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def get(self, learner_id: int, question_id: str) -> Card | None:
        row = self._session.get(CardRow, (learner_id, question_id))
        return None if row is None else _card(row)

    @override
    def put(self, learner_id: int, card: Card) -> None:
        self._session.merge(
            CardRow(
                learner_id=learner_id,
                question_id=card.question_id,
                stability=card.stability,
                difficulty=card.difficulty,
                due=card.due,
                last_review=card.last_review,
                reviews=card.reviews,
                lapses=card.lapses,
            )
        )
        self._session.flush()

    @override
    def of_learner(self, learner_id: int) -> tuple[Card, ...]:
        theirs = select(CardRow).where(CardRow.learner_id == learner_id)
        return tuple(map(_card, self._session.scalars(theirs.order_by(CardRow.question_id))))


def _card(row: CardRow) -> Card:
    return Card(
        question_id=row.question_id,
        stability=row.stability,
        difficulty=row.difficulty,
        due=utc(row.due),
        last_review=utc(row.last_review),
        reviews=row.reviews,
        lapses=row.lapses,
    )


MERGES = (
    # The later review saw the memory as it is now, whichever account it came from.
    better_stays(
        CardRow.learner_id,
        CardRow.question_id,
        better=lambda one, other: one.last_review > other.last_review,
    ),
)
