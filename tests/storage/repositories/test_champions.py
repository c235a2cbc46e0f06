"""Champions on real databases."""

from dataclasses import replace
from datetime import date

from bot.core.champions.model import Champion, ChampionPlan, Holding
from bot.core.communities.model import Place, Visibility
from bot.core.communities.presence import register_presence
from bot.core.daily.post import PostState
from bot.core.unit_of_work import UnitOfWork
from tests.builders import NOON, a_post, a_user
from tests.databases import MakeUnitOfWork

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
HELD = {Holding.HELD}


def join(uow: UnitOfWork, name: str, seen: Visibility = Visibility.NAMED) -> tuple[int, int]:
    """Return the community and the learner."""
    here = register_presence(
        uow, a_user(name.casefold(), display_name=name), Place("guild", "drift"), NOON
    )
    assert here.membership is not None
    uow.memberships.update(replace(here.membership, visibility=seen))
    return here.membership.community_id, here.learner.id


def test_a_choice_is_kept_and_found_where_the_coach_still_is(every_unit_of_work: MakeUnitOfWork):
    with every_unit_of_work() as uow:
        community, ada = join(uow, "Ada")
        plan = ChampionPlan(community, "77", NOVEMBER, ada, NOVEMBER, "the role is gone")
        assert uow.champions.plan(community) is None
        uow.champions.put(replace(plan, role="76"))
        uow.champions.put(plan)
        assert uow.champions.plan(community) == plan
        assert uow.champions.plans({"discord"}) == (plan,)
        assert uow.champions.plans({"slack"}) == ()
        uow.communities.leave(community, NOON)
        assert uow.champions.plans({"discord"}) == ()


def test_a_role_moves_on_only_from_where_it_was_seen(every_unit_of_work: MakeUnitOfWork):
    with every_unit_of_work() as uow:
        community, ada = join(uow, "Ada")
        champion = Champion(community, NOVEMBER, ada, "77")
        uow.champions.add(champion)
        uow.champions.add(champion)
        assert uow.champions.move(champion, Holding.HELD)
        assert not uow.champions.move(champion, Holding.LEAVING)
        held = replace(champion, holding=Holding.HELD)
        assert uow.champions.holding(community, HELD, 9) == (held,)
        uow.champions.add(champion)
        assert uow.champions.holding(community, HELD, 9) == (held,)


def test_who_loses_a_role_comes_before_who_gets_one(every_unit_of_work: MakeUnitOfWork):
    with every_unit_of_work() as uow:
        community, ada = join(uow, "Ada")
        gets = Champion(community, NOVEMBER, ada, "77")
        loses = Champion(community, DECEMBER, ada, "77", Holding.LEAVING)
        for champion in (gets, loses):
            uow.champions.add(champion)
        moving = {Holding.DUE, Holding.LEAVING}
        assert uow.champions.holding(community, moving, 9) == (loses, gets)
        assert uow.champions.holding(community, moving, 1) == (loses,)


def test_only_who_shows_a_name_and_is_there_and_on_the_board_is_named(
    every_unit_of_work: MakeUnitOfWork,
):
    with every_unit_of_work() as uow:
        people = [
            join(uow, name, seen)
            for name, seen in {
                "Ada": Visibility.NAMED,
                "Bob": Visibility.ANONYMOUS,
                "Eve": Visibility.HIDDEN,
                "Joe": Visibility.NAMED,
                "Kim": Visibility.NAMED,
            }.items()
        ]
        community, ids = people[0][0], [learner for _, learner in people]
        for learner in ids:
            uow.champions.add(Champion(community, NOVEMBER, learner, "77"))
        uow.memberships.leave(community, ids[3], NOON)
        uow.exclusions.put(community, ids[4], ids[0], "copies", NOON)
        assert uow.champions.names(community, NOVEMBER) == ("Ada",)
        assert uow.champions.names(community, DECEMBER) == ()
        uncovered = uow.champions.uncovered(community)
        assert sorted(each.learner_id for each in uncovered) == sorted(ids[1:])


def test_two_champions_who_become_one_are_one(every_unit_of_work: MakeUnitOfWork):
    with every_unit_of_work() as uow:
        community, ada = join(uow, "Ada")
        _, other = join(uow, "Ada too")
        uow.champions.put(ChampionPlan(community, "77", NOVEMBER, other))
        for learner in (ada, other):
            uow.champions.add(Champion(community, NOVEMBER, learner, "77", Holding.HELD))
        uow.champions.add(Champion(community, DECEMBER, other, "77", Holding.HELD))
        uow.learners.merge(other, ada)
        found = uow.champions.holding(community, HELD, 9)
        assert [(each.month, each.learner_id) for each in found] == [
            (NOVEMBER, ada),
            (DECEMBER, ada),
        ]
        plan = uow.champions.plan(community)
        assert plan is not None
        assert plan.host_learner_id == ada


def test_a_question_is_waited_for_until_it_should_have_closed(every_unit_of_work: MakeUnitOfWork):
    with every_unit_of_work() as uow:
        community, _ = join(uow, "Ada")
        channel = uow.channels.register(community, "drift", "", NOON).id
        post = a_post(uow, channel, date(2026, 11, 30))
        assert uow.posts.any_open(community, DECEMBER, NOON)
        assert not uow.posts.any_open(community, post.day, NOON)
        assert not uow.posts.any_open(community + 1, DECEMBER, NOON)
        assert not uow.posts.any_open(community, DECEMBER, post.closes_at)
        uow.posts.update(replace(post, state=PostState.CLOSED))
        assert not uow.posts.any_open(community, DECEMBER, NOON)
