import pytest

from bot.core.practice.ratings import Elo
from tests.builders import NOON, a_user
from tests.databases import MakeUnitOfWork

ROUGH, SURE = Elo(1712.5, 180.25), Elo(1480.125, 90.5)


def test_ratings_come_back_as_they_were_kept(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        assert (uow.elos.skills(learner), uow.elos.difficulties()) == ({}, {})
        uow.elos.put_skill(learner, "monitoring", SURE)
        uow.elos.put_difficulty("monitoring/concept-drift", ROUGH)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.elos.skills(learner) == {"monitoring": SURE}
        assert uow.elos.skills(learner + 1) == {}
        assert uow.elos.difficulties() == {"monitoring/concept-drift": ROUGH}


def test_a_later_rating_takes_the_place_of_an_earlier_one(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        for elo in (ROUGH, SURE):
            uow.elos.put_skill(learner, "monitoring", elo)
            uow.elos.put_difficulty("a/b", elo)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.elos.skills(learner) == {"monitoring": SURE}
        assert uow.elos.difficulties() == {"a/b": SURE}


@pytest.mark.parametrize(
    ("of_gone", "of_kept", "left"),
    [
        (SURE, ROUGH, SURE),
        (ROUGH, SURE, SURE),
        (Elo(1300, 90), Elo(1400, 90), Elo(1400, 90)),
    ],
)
def test_of_two_ratings_in_one_topic_the_less_uncertain_is_left(
    unit_of_work: MakeUnitOfWork, of_gone: Elo, of_kept: Elo, left: Elo
) -> None:
    with unit_of_work() as uow:
        kept, gone = (uow.learners.register(a_user(name), NOON).id for name in ("kept", "gone"))
        uow.elos.put_skill(gone, "both", of_gone)
        uow.elos.put_skill(kept, "both", of_kept)
        uow.elos.put_skill(gone, "theirs", ROUGH)
        uow.elos.put_skill(kept, "ours", ROUGH)
        uow.learners.merge(gone, kept)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.elos.skills(kept) == {"both": left, "ours": ROUGH, "theirs": ROUGH}
        assert uow.elos.skills(gone) == {}


def test_a_question_keeps_its_rating_when_a_learner_goes(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        uow.elos.put_skill(learner, "monitoring", SURE)
        uow.elos.put_difficulty("a/b", SURE)
        uow.records.delete(learner)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.elos.skills(learner) == {}
        assert uow.elos.difficulties() == {"a/b": SURE}
