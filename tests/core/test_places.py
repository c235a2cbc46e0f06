from dataclasses import replace
from datetime import timedelta

from bot.core.communities.model import Membership, Place, Role, Visibility
from tests.builders import NOON, a_user
from tests.core.samples import Table

CLUB = Place("guild", "7", community_name="ML club", channel_name="drift", role=Role.STAFF)


def test_the_first_question_in_a_place_makes_it_known(table: Table):
    table.ask("drift", CLUB)

    database = table.database
    (community,), (channel,) = database.communities.values(), database.channels.values()
    assert (community.platform, community.external_id) == ("discord", "guild")
    assert (community.name, community.created_at) == ("ML club", NOON)
    assert (channel.community_id, channel.external_id, channel.name) == (1, "7", "drift")
    assert list(database.memberships.values()) == [
        Membership(1, 1, "Ada", NOON, role=Role.STAFF, visibility=Visibility.UNASKED)
    ]


def test_later_questions_make_nothing_twice_and_keep_names_up_to_date(table: Table):
    table.ask("drift", CLUB)
    table.clock.pass_by(timedelta(days=1))
    table.user = a_user(display_name="Countess")
    table.ask("lime", replace(CLUB, community_name="ML circle", channel_name="", role=None))

    database = table.database
    assert [community.name for community in database.communities.values()] == ["ML circle"]
    assert [channel.name for channel in database.channels.values()] == ["drift"]
    assert list(database.memberships.values()) == [
        Membership(1, 1, "Countess", NOON, role=Role.STAFF)
    ]


def test_an_answer_knows_where_it_was_asked(table: Table):
    table.ask("drift", CLUB)
    table.answer()
    table.ask("lime", replace(CLUB, channel=""))
    table.answer()
    table.ask("fine-tuning")
    table.answer()

    places = [(attempt.community_id, attempt.channel_id) for attempt in table.attempts]
    assert places == [(1, 1), (1, None), (None, None)]
    assert [attempt.first for attempt in table.attempts] == [True, True, True]


def test_the_same_id_on_two_platforms_is_two_communities(table: Table):
    table.ask("drift", CLUB)
    table.coach.ask(a_user(platform="slack"), "drift", CLUB)

    platforms = [community.platform for community in table.database.communities.values()]
    assert platforms == ["discord", "slack"]


def test_without_a_place_there_is_no_community(table: Table):
    table.ask("drift")

    assert table.database.communities == table.database.memberships == {}
