from datetime import timedelta

import pytest
from sqlalchemy.exc import StatementError

from bot.core.accounts.model import LearnerSettings
from tests.builders import NOON, a_user
from tests.databases import MakeUnitOfWork


def test_an_unknown_account_has_no_learner(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        assert uow.learners.find(a_user()) is None


def test_a_registered_account_is_found_again(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.learners.find(a_user()) == learner
        assert uow.learners.register(a_user(), NOON + timedelta(days=1)) == learner
    assert (learner.display_name, learner.joined_at) == ("Ada", NOON)


def test_the_same_id_in_two_teams_is_two_people(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        users = [a_user("U1", platform="slack", team=team) for team in ("T1", "T2", "")]
        users.append(a_user("U1", platform="discord"))
        assert len({uow.learners.register(user, NOON).id for user in users}) == 4


def test_a_changed_display_name_is_kept_and_an_empty_one_is_not(
    unit_of_work: MakeUnitOfWork,
) -> None:
    with unit_of_work() as uow:
        uow.learners.register(a_user(display_name="Ada"), NOON)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.learners.register(a_user(display_name="Countess"), NOON).display_name
        uow.learners.register(a_user(display_name=""), NOON)
        uow.commit()
    with unit_of_work() as uow:
        found = uow.learners.find(a_user())
    assert found is not None
    assert found.display_name == "Countess"


def test_a_naive_datetime_is_refused(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow, pytest.raises(StatementError, match="naive"):
        uow.learners.register(a_user(), NOON.replace(tzinfo=None))


def test_somebody_new_has_the_settings_that_suit_most(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON)
        assert uow.learners.get(learner.id) == learner
        assert uow.learners.get(learner.id + 1) is None
    assert learner.settings == LearnerSettings(None, 4, 20, reminders=False)


def test_settings_are_kept(unit_of_work: MakeUnitOfWork) -> None:
    chosen = LearnerSettings("Asia/Kolkata", 0, 5, reminders=True)
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON)
        uow.learners.set_settings(learner.id, chosen)
        uow.commit()
    with unit_of_work() as uow:
        found = uow.learners.find(a_user())
    assert found is not None
    assert found.settings == chosen
