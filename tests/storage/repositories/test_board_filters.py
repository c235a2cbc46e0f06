"""Who stands on boards is kept with their points, and boards are read off an index by it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event

from bot.core.calendar.periods import Period
from bot.core.communities.model import Role, Visibility
from bot.storage.engine import make_engine
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.builders import NOON
from tests.databases import MakeUnitOfWork, units_of
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


@dataclass
class Watched:
    """A club in an SQLite file, and how SQLite finds what is asked of it."""

    uow: SqlUnitOfWork

    def __post_init__(self) -> None:
        self.club, self.steps = Club(self.uow), list[str]()
        self.ada = self.club.member("Ada")
        self.club.earn(self.ada, 7, self.club.post())
        connection = self.uow._session.connection()
        event.listen(connection, "before_cursor_execute", self._explain)

    def _explain(
        self, connection: Connection, _cursor: Any, statement: str, values: Any, *_: Any
    ) -> None:
        if "points" in statement and not statement.startswith("EXPLAIN"):
            steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            self.steps += [step.detail for step in steps]


@pytest.fixture
def watched(database: Path) -> Iterator[Watched]:
    engine = make_engine(database)
    with units_of(engine)() as uow:
        yield Watched(uow)
    engine.dispose()


def test_boards_are_read_off_an_index_in_its_order(watched: Watched):
    club = watched.club
    watched.uow.boards.around(club.key(), watched.ada, 3, 3)
    watched.uow.boards.page(club.key(Period.ALL_TIME, 0), 2, 10, watched.ada)
    ranges = [step for step in watched.steps if "ix_points_shown" in step]
    own = [step for step in watched.steps if " points " in step and step not in ranges]
    assert len(ranges) > len(own) == 2
    assert all("COVERING INDEX" in step and "AND shown=?" in step for step in ranges)
    assert all("PRIMARY KEY (learner_id=? AND community_id=?" in step for step in own)
    assert not any("TEMP B-TREE" in step for step in watched.steps)
    assert not any(step.startswith(("SCAN points", "SCAN memberships")) for step in watched.steps)


def test_showing_somebody_touches_no_points_of_others(watched: Watched):
    watched.uow.memberships.leave(watched.club.id, watched.ada, NOON)
    of_points = [step for step in watched.steps if " points " in step]
    assert len(of_points) == 1
    assert of_points[0].endswith("USING PRIMARY KEY (learner_id=? AND community_id=?)")
