from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from fsrs import Rating

from bot.core.reviews.model import Card, review
from tests.builders import NOON, a_user
from tests.databases import MakeUnitOfWork

CARD = review(None, "a/b", Rating.Good, NOON)
LATER = review(CARD, "a/b", Rating.Again, CARD.due)
ELSEWHERE = timezone(timedelta(hours=14))


def test_a_card_comes_back_as_it_was_kept(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        uow.cards.put(learner, replace(CARD, due=CARD.due.astimezone(ELSEWHERE)))
        uow.commit()
    with unit_of_work() as uow:
        assert uow.cards.get(learner, "a/b") == CARD
        assert uow.cards.get(learner, "a/c") is None
        assert uow.cards.get(learner + 1, "a/b") is None


def test_a_later_card_takes_the_place_of_an_earlier_one(unit_of_work: MakeUnitOfWork) -> None:
    other = replace(CARD, question_id="a/a")
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        for card in (CARD, other, LATER):
            uow.cards.put(learner, card)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.cards.of_learner(learner) == (other, LATER)


@pytest.mark.parametrize(
    ("of_gone", "of_kept", "left"),
    [(LATER, CARD, LATER), (CARD, LATER, LATER), (CARD, replace(CARD, lapses=1), "kept")],
)
def test_of_two_cards_of_one_question_the_one_reviewed_later_is_left(
    unit_of_work: MakeUnitOfWork, of_gone: Card, of_kept: Card, left: Card | str
) -> None:
    with unit_of_work() as uow:
        kept, gone = (uow.learners.register(a_user(name), NOON).id for name in ("kept", "gone"))
        uow.cards.put(gone, of_gone)
        uow.cards.put(kept, of_kept)
        uow.cards.put(gone, replace(CARD, question_id="only/gone"))
        uow.cards.put(kept, replace(CARD, question_id="only/kept"))
        uow.learners.merge(gone, kept)
        uow.commit()
    with unit_of_work() as uow:
        both, *alone = uow.cards.of_learner(kept)
        assert both == (of_kept if left == "kept" else left)
        assert [card.question_id for card in alone] == ["only/gone", "only/kept"]
        assert uow.cards.of_learner(gone) == ()
