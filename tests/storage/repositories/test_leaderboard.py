"""What answers earn, its sums, and the boards over them, on real databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.calendar.periods import Period
from bot.core.communities.model import Role, Visibility
from bot.core.leaderboard.model import BoardKey, Unranked
from bot.core.leaderboard.model import Row as BoardRow
from tests.builders import NOON
from tests.core.leaderboard.oracle import Tally, own_rank, page, ranked, window
from tests.databases import MakeUnitOfWork
from tests.storage.repositories.club import TODAY, Club

FREE = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_points_count_on_the_boards_of_the_channel_and_of_the_community(
    unit_of_work: MakeUnitOfWork,
):
    with unit_of_work() as uow:
        club = Club(uow)
        ada, bob = club.member("Ada"), club.member("Bob")
        club.earn(ada, 60, club.post(channel=0))
        lime = club.post(channel=1)
        club.earn(bob, 80, lime)
        club.earn(ada, 50, lime)
        for period in Period:
            assert club.board(club.key(period)) == [(1, ada, 110), (2, bob, 80)]
            assert club.board(club.key(period, 0)) == [(1, ada, 60)]
            assert club.board(club.key(period, 1)) == [(1, bob, 80), (2, ada, 50)]


def test_each_period_has_its_own_points(unit_of_work: MakeUnitOfWork):
    days = {
        TODAY: {"day", "week", "month", "season", "all_time"},
        TODAY - timedelta(1): {"month", "season", "all_time"},  # a Sunday
        TODAY + timedelta(1): {"week", "month", "season", "all_time"},
        date(2026, 10, 31): {"season", "all_time"},
        date(2026, 9, 30): {"all_time"},
    }
    with unit_of_work() as uow:
        club = Club(uow)
        ada = club.member("Ada")
        for number, day in enumerate(days):
            club.earn(ada, 10**number, club.post(day))
        for period in Period:
            expected = sum(10**n for n, day in enumerate(days) if period.value in days[day])
            assert club.board(club.key(period)) == [(1, ada, expected)]


def test_seasons_that_begin_elsewhere_are_summed_anew(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        club = Club(uow)
        ada = club.member("Ada")
        club.earn(ada, 1, club.post(date(2026, 10, 14)))
        club.earn(ada, 10, club.post(date(2026, 10, 15)))
        club.earn(ada, 100, club.post(TODAY), Unranked.HOST)
        uow.communities.update(replace(club.community, seasons_start=date(2026, 1, 15)))
        key = BoardKey(club.id, None, Period.SEASON, date(2026, 10, 15))
        assert club.board(key) == [(1, ada, 10)]
        assert club.sums() == club.recomputed()


@pytest.mark.parametrize("visibility", [Visibility.HIDDEN, Visibility.UNASKED])
def test_who_does_not_show_leaves_no_gap(unit_of_work: MakeUnitOfWork, visibility: Visibility):
    with unit_of_work() as uow:
        club = Club(uow)
        ada, bob, eve = club.member("Ada"), club.member("Bob", visibility), club.member("Eve")
        post = club.post()
        for learner, points in ((ada, 90), (bob, 80), (eve, 70)):
            club.earn(learner, points, post)
        assert club.board() == [(1, ada, 90), (2, eve, 70)]
        own = club.own(bob)
        assert own is not None
        assert (own.rank, own.points, own.of) == (2, 80, 3)
        own = club.own(eve)
        assert own is not None
        assert (own.rank, own.points, own.of) == (2, 70, 2)
        assert club.own(club.member("Nobody")) is None


def test_bots_leavers_and_the_excluded_stand_nowhere_and_staff_as_the_community_says(
    unit_of_work: MakeUnitOfWork,
):
    with unit_of_work() as uow:
        club = Club(uow)
        ada, gone, out = club.member("Ada"), club.member("Gone"), club.member("Out")
        bot, staff = club.member("Bot", role=Role.BOT), club.member("Staff", role=Role.STAFF)
        post = club.post()
        for learner in (ada, gone, out, bot, staff):
            club.earn(learner, 50, post)
        uow.memberships.leave(club.id, gone, NOON)
        uow.exclusions.put(club.id, out, ada, "", NOON)
        assert club.board() == [(1, ada, 50), (1, staff, 50)]
        uow.communities.update(replace(club.community, staff_ranked=False))
        assert club.board() == [(1, ada, 50)]
        assert uow.exclusions.remove(club.id, out)
        assert club.board() == [(1, ada, 50), (1, out, 50)]


tallies = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(Visibility)), min_size=1, max_size=12
)


@FREE
@given(people=tallies, own=st.integers(0, 11), number=st.integers(1, 9), size=st.integers(1, 6))
def test_boards_are_those_of_the_pure_rules(
    unit_of_work: MakeUnitOfWork,
    people: list[tuple[int, Visibility]],
    own: int,
    number: int,
    size: int,
):
    with unit_of_work() as uow:
        club = Club(uow)
        post = club.post()
        all_of_them = []
        for name, (points, visibility) in enumerate(people):
            learner = club.member(f"L{name}", visibility)
            club.earn(learner, points, post)
            all_of_them.append(Tally(learner, points, f"L{name}", visibility))
        me = all_of_them[own % len(all_of_them)].learner_id
        rows = ranked(all_of_them)
        expected = page(rows, number, size)
        found = uow.boards.page(club.key(), number, size, me)
        around = uow.boards.around(club.key(), me, 3, 3)
    assert found.rows == expected.rows
    assert found.of == around.of == len(rows)
    assert around.rows == tuple(r for r in window(rows, me) if isinstance(r, BoardRow))
    assert around.own == found.own == own_rank(all_of_them, me)


acts = st.lists(
    st.tuples(
        st.sampled_from(["earn", "regrade", "exclude", "include", "delete", "merge", "season"]),
        st.integers(0, 3),
        st.integers(0, 5),
        st.integers(0, 150),
    ),
    max_size=12,
)


@FREE
@given(acts=acts)
def test_sums_always_equal_what_was_earned(
    unit_of_work: MakeUnitOfWork, acts: list[tuple[str, int, int, int]]
):
    with unit_of_work() as uow:
        club = Club(uow)
        posts = [club.post(TODAY - timedelta(20 * n), n % 2) for n in range(6)]
        people = [club.member(f"L{n}") for n in range(4)]
        for act, who, which, points in acts:
            learner = people[who % len(people)]
            scored = uow.points.of_post(posts[which], learner)
            match act:
                case "earn" if scored is None:
                    club.earn(learner, points, posts[which])
                case "regrade" if scored:
                    uow.points.update(replace(scored, points=points))
                case "exclude" if scored:
                    uow.points.update(replace(scored, unranked=Unranked.HOST))
                case "include" if scored:
                    uow.points.update(replace(scored, unranked=None))
                case "delete" if len(people) > 2:
                    uow.records.delete(learner)
                    people.remove(learner)
                case "merge" if len(people) > 2:
                    other = people[(who + 1) % len(people)]
                    uow.learners.merge(learner, other)
                    people.remove(learner)
                case "season":
                    start = date(2026, 1, 1 + points % 28)
                    uow.communities.update(replace(club.community, seasons_start=start))
            assert club.sums() == club.recomputed(), act


def test_of_two_linked_accounts_the_earlier_answer_to_a_post_counts(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        club = Club(uow)
        ada, lovelace = club.member("Ada"), club.member("Lovelace")
        post = club.post()
        first = club.earn(lovelace, 40, post)
        club.earn(ada, 90, post)
        uow.learners.merge(lovelace, ada)
        assert uow.points.latest(club.id, ada, 10) == (replace(first, learner_id=ada),)
        assert club.board() == [(1, ada, 40)]


def test_the_first_unassisted_answer_is_found_among_all(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        club = Club(uow)
        ada, bob = club.member("Ada"), club.member("Bob")
        post = club.post()
        assert uow.points.first_attempt(post, ada) is None
        club.answer(bob, post)
        first = club.answer(ada, post)
        club.answer(ada, post)
        assert uow.points.first_attempt(post, ada) == first.id


def test_earlier_answers_are_those_of_others_with_a_text(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        club = Club(uow)
        ada, bob, eve = (club.member(name) for name in ("Ada", "Bob", "Eve"))
        post, other = club.post(), club.post(channel=1)
        club.answer(bob, post, "of Bob")
        club.answer(bob, other, "elsewhere")
        club.answer(eve, post, "of Eve")
        club.answer(eve, post, "much longer than that")
        club.answer(eve, post, "")
        mine = club.answer(ada, post, "of Ada")
        club.answer(bob, post, "too late")
        assert uow.points.earlier_answers(post, mine, (3, 9), 5) == ("of Eve", "of Bob")
        assert uow.points.earlier_answers(post, mine, (3, 9), 1) == ("of Eve",)


def test_what_is_not_ranked_and_who_is_excluded_is_listed_newest_first(
    unit_of_work: MakeUnitOfWork,
):
    with unit_of_work() as uow:
        club = Club(uow)
        ada, bob = club.member("Ada"), club.member("Bob")
        post = club.post()
        first = club.earn(ada, 40, post, Unranked.COPIED_ANSWER)
        second = club.earn(bob, 90, post, Unranked.HOST)
        assert uow.points.unranked(club.id, 5) == ((second, "Bob"), (first, "Ada"))
        assert uow.points.count(club.id, ada) == 1
        assert club.board() == []
        uow.exclusions.put(club.id, ada, bob, "copies", NOON)
        uow.exclusions.put(club.id, bob, ada, "too", NOON + timedelta(1))
        assert [e.name for e in uow.exclusions.of_community(club.id, 5)] == ["Bob", "Ada"]
        found = uow.exclusions.get(club.id, ada)
        assert found is not None
        assert (found.name, found.reason) == ("Ada", "copies")


def test_people_are_found_by_name_whatever_its_case(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        club, other = Club(uow), Club(uow, "other")
        ada, zoe = club.member("Ada"), club.member("Zoë")
        other.member("Bob")
        assert [p.learner_id for p in uow.exclusions.named(club.id, "ADA", 3)] == [ada]
        assert [p.learner_id for p in uow.exclusions.named(club.id, "Zoë", 3)] == [zoe]
        assert uow.exclusions.named(club.id, "Bob", 3) == ()
