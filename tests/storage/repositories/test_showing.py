"""Who stands on boards is kept with their points, and boards are read off an index by it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from bot.core.community import Role, Visibility
from tests.builders import NOON
from tests.databases import MakeUnitOfWork
from tests.storage.repositories.club import TODAY, Club

FREE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

changes = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["earn", "off", "on", "leave", "forget", "delete"]), st.none()),
        st.tuples(st.just("see"), st.sampled_from(Visibility)),
        st.tuples(st.just("join"), st.none() | st.sampled_from(Role)),
        st.tuples(st.just("staff"), st.booleans()),
        st.tuples(st.just("merge"), st.integers(1, 3)),
        st.tuples(st.just("season"), st.integers(1, 28)),
    ).flatmap(lambda act: st.tuples(st.just(act), st.integers(0, 3))),
    max_size=16,
)


@FREE
@given(changes=changes)
def test_points_always_know_whether_their_learner_is_shown(
    unit_of_work: MakeUnitOfWork, changes: list[tuple[tuple[str, Any], int]]
):
    with unit_of_work() as uow:
        club = Club(uow)
        people = [club.member(f"L{n}") for n in range(4)]
        for number, person in enumerate(people):
            club.earn(person, number, club.post(TODAY - timedelta(number)))
        for number, ((act, how), who) in enumerate(changes, start=1):
            learner = people[who % len(people)]
            _change(club, people, learner, act, how, TODAY + timedelta(number))
            assert club.shown() == {each: {club.shows(each)} for each in club.shown()}, act
            assert club.sums() == club.recomputed(), act


def _change(  # noqa: C901 one case an act
    club: Club, people: list[int], learner: int, act: str, how: Any, day: date
) -> None:
    uow, member = club.uow, club.uow.memberships.get(club.id, learner)
    match act:
        case "earn":
            club.earn(learner, 5, club.post(day))
        case "off":
            uow.exclusions.put(club.id, learner, people[0], "", NOON)
        case "on":
            uow.exclusions.remove(club.id, learner)
        case "see" if member:
            uow.memberships.update(replace(member, visibility=how))
        case "join":
            uow.memberships.join(club.id, learner, "", how, NOON)
        case "leave":
            uow.memberships.leave(club.id, learner, NOON)
        case "forget":
            uow.upkeep.drop_memberships(0, 10, NOON + timedelta(1))
        case "staff":
            uow.communities.update(replace(club.community, staff_ranked=how))
        case "season":
            uow.communities.update(replace(club.community, seasons_start=date(2026, 1, how)))
        case "delete" if len(people) > 2:
            uow.records.delete(learner)
            people.remove(learner)
        case "merge" if len(people) > 2:
            other = people[(people.index(learner) + how) % len(people)]
            if other != learner:
                uow.learners.merge(learner, other)
                people.remove(learner)


def test_boards_are_read_off_an_index_without_sorting(database: Path):
    engine = make_engine(database)
    plans: list[str] = []

    def explain(connection: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> None:
        if "points" in sql:
            steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
            plans.extend(step.detail for step in steps)

    with units_of(engine)() as uow:
        club = Club(uow)
        ada = club.member("Ada")
        club.earn(ada, 7, club.post())
        event.listen(uow._session.connection(), "before_cursor_execute", explain)
        uow.boards.around(club.key(), ada, 3, 3)
        uow.boards.page(club.key(), 1, 10, ada)
    engine.dispose()
    of_points = [plan for plan in plans if " points " in plan]
