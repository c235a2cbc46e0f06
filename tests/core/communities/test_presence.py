"""Who removes the coach is left in peace, and has everything again when it comes back."""

from datetime import timedelta

from bot.core.communities.model import Channel, Community, Place
from bot.core.communities.presence import Departures, register_presence
from bot.core.notifications.model import ChannelGone
from tests.builders import NOON, a_plan, a_user
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

LATER = NOON + timedelta(days=1)


def there(uow_of: MakeUnitOfWork) -> None:
    with uow_of() as uow:
        register_presence(uow, a_user(), Place("guild", "study", "ML club", "study"), NOON)
        uow.commit()


def found(uow_of: MakeUnitOfWork) -> tuple[Community, Channel]:
    with uow_of() as uow:
        community = uow.communities.find("discord", "guild")
        assert community is not None
        channel = uow.channels.find(community.id, "study")
        assert channel is not None
    return community, channel


def test_a_community_leaves_and_comes_back(unit_of_work: MakeUnitOfWork):
    there(unit_of_work)
    departures = Departures(unit_of_work, FixedClock(LATER))

    departures.community("discord", "guild")
    assert found(unit_of_work)[0].left_at == LATER

    departures.back("discord", "guild", "ML club 2")
    community, _ = found(unit_of_work)
    assert (community.left_at, community.name) == (None, "ML club 2")


def test_a_channel_goes(unit_of_work: MakeUnitOfWork):
    there(unit_of_work)

    Departures(unit_of_work, FixedClock(LATER)).channel("discord", "guild", "study")

    community, channel = found(unit_of_work)
    assert (community.left_at, channel.left_at) == (None, LATER)


def test_whoever_set_up_a_question_hears_that_its_channel_is_gone(unit_of_work: MakeUnitOfWork):
    there(unit_of_work)
    departures, (_, channel) = Departures(unit_of_work, FixedClock(LATER)), found(unit_of_work)
    with unit_of_work() as uow:
        learner = uow.learners.find(a_user())
        assert learner is not None
        uow.plans.put(a_plan(channel.id, host_learner_id=learner.id))
        uow.commit()

    departures.channel("discord", "guild", "study")
    departures.channel("discord", "guild", "study")

    with unit_of_work() as uow:
        (told,) = uow.notices.waiting(learner.id, LATER, 9)
    assert told.news == ChannelGone(channel="study")


def test_what_was_never_heard_of_is_not_written_down(unit_of_work: MakeUnitOfWork):
    departures = Departures(unit_of_work, FixedClock(LATER))

    departures.back("discord", "stranger", "Elsewhere")
    departures.community("discord", "stranger")
    departures.channel("discord", "stranger", "study")

    with unit_of_work() as uow:
        assert uow.communities.find("discord", "stranger") is None
