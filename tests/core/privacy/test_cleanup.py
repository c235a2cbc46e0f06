"""What was kept for long enough goes, and nothing else; on real databases."""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.ports import HandledState
from bot.core.privacy.cleanup import Housekeeping, Tidied
from bot.core.privacy.model import DEPARTURE_DAYS, EVENT_DAYS, Terms
from grading.grade import PointResult
from tests.builders import NOON, a_grade, a_user, attempts_of
from tests.core.samples import DRIFT
from tests.databases import MakeUnitOfWork

ADA = a_user("A")
THERE, ELSEWHERE = Place("guild", "channel"), Place("other", "channel")
WORDS = "The relation changed, I wrote."


class House:
    """A database, its age given by the test, and what keeps it tidy."""

    def __init__(self, unit_of_work: MakeUnitOfWork) -> None:
        self.unit_of_work = unit_of_work
        self.cleared: list[tuple[datetime, bool]] = []

    def clear(self, before: datetime, *, dry_run: bool) -> int:
        self.cleared.append((before, dry_run))
        return 3

    def tidy(self, answer_days: int | None = None, **options: Any) -> Tidied:
        terms = Terms(answer_days)
        return Housekeeping(self.unit_of_work, terms, self, batch=2).run(NOON, **options)

    def answer(self, days_ago: float, place: Place | None = None, *, graded: bool = True) -> int:
        at = NOON - timedelta(days=days_ago)
        with self.unit_of_work() as uow:
            here = register_presence(uow, ADA, place, at)
            where = {"community_id": here.community_id, "channel_id": here.channel_id}
            ask = uow.asks.add(here.learner.id, DRIFT, at, **where)
            attempt = uow.attempts.add(ask, WORDS, at)
            if graded:
                uow.attempts.record_grade(attempt.id, quoting(WORDS), at)
            uow.commit()
        return attempt.id

    def keep_for(self, days: int, place: Place = THERE) -> None:
        with self.unit_of_work() as uow:
            community = uow.communities.register("discord", place.community, "", NOON)
            uow.communities.update(type(community)(**{**vars(community), "retention_days": days}))
            uow.commit()

    def left(self, days_ago: float, place: Place = THERE, *, only_ada: bool = False) -> None:
        at = NOON - timedelta(days=days_ago)
        with self.unit_of_work() as uow:
            here = register_presence(uow, ADA, place, at)
            assert here.community_id
            if only_ada:
                uow.memberships.leave(here.community_id, here.learner.id, at)
            else:
                uow.communities.leave(here.community_id, at)
            uow.commit()

    def texts(self) -> list[str]:
        return [attempt.answer for attempt in self.attempts()]

    def attempts(self) -> Any:
        with self.unit_of_work() as uow:
            return attempts_of(uow, 1)

    def places(self) -> tuple[bool, bool, int]:
        """Return whether the community and its channel are there, and Ada's memberships."""
        with self.unit_of_work() as uow:
            return (
                uow.communities.get(1) is not None,
                uow.channels.get(1) is not None,
                len(uow.memberships.of_learner(1)),
            )


def quoting(words: str) -> Any:
    grade = a_grade(DRIFT)
    (hit,) = grade.misconceptions
    return grade.model_copy(
        update={
            "points": tuple(point.model_copy(update={"evidence": words}) for point in grade.points),
            "misconceptions": (hit.model_copy(update={"evidence": words}),),
        }
    )


@pytest.fixture
def house(every_unit_of_work: MakeUnitOfWork) -> House:
    return House(every_unit_of_work)


def test_answers_are_kept_where_nobody_set_a_time(house: House):
    house.answer(10_000)

    assert house.tidy().answers == 0
    assert house.texts() == [WORDS]


def test_an_old_answer_loses_its_text_and_quotes_and_keeps_its_score(house: House):
    house.answer(91)
    house.answer(89)

    assert house.tidy(90).answers == 1

    old, new = house.attempts()
    assert (old.answer, new.answer) == ("", WORDS)
    assert WORDS not in old.grade.model_dump_json()
    assert old.grade.score == new.grade.score
    assert [states(point) for point in old.grade.points] == [
        states(point) for point in new.grade.points
    ]
    assert old.grade.misconceptions[0].text == new.grade.misconceptions[0].text


def states(point: PointResult) -> tuple[str, str, float]:
    return point.id, point.status, point.credit


def test_a_community_keeps_answers_shorter_or_longer_than_the_operator(house: House):
    house.keep_for(10)
    house.keep_for(200, ELSEWHERE)
    for place in (THERE, ELSEWHERE, None):
        house.answer(100, place)

    assert house.tidy(90).answers == 2
    assert house.texts() == ["", WORDS, ""]


def test_a_communitys_time_counts_where_the_operator_keeps_everything(house: House):
    house.keep_for(10)
    house.answer(11, THERE)
    house.answer(11)

    house.tidy()

    assert house.texts() == ["", WORDS]


def test_an_old_answer_that_never_got_a_grade_goes_whole(house: House):
    house.answer(100, graded=False)
    kept = house.answer(1, graded=False)

    assert house.tidy(90).answers == 1
    assert [attempt.id for attempt in house.attempts()] == [kept]


def test_a_second_run_finds_nothing_to_do(house: House):
    for _ in range(5):
        house.answer(100)
    house.left(31)

    first, second = house.tidy(90), house.tidy(90)

    assert (first.answers, first.communities) == (5, 1)
    assert second == Tidied(copies=3)


def test_a_dry_run_counts_and_changes_nothing(house: House):
    for _ in range(5):
        house.answer(100)
    house.left(31)
    house.left(31, ELSEWHERE, only_ada=True)

    told = house.tidy(90, dry_run=True)

    assert told == Tidied(answers=5, communities=1, memberships=1, copies=3)
    assert house.texts() == [WORDS] * 5
    assert house.places()[:2] == (True, True)
    assert house.tidy(90) == told
    assert [dry for _, dry in house.cleared] == [True, False]


@pytest.mark.parametrize(
    ("days", "gone"), [(DEPARTURE_DAYS - 1, False), (DEPARTURE_DAYS + 1, True)]
)
def test_a_community_goes_a_month_after_it_left_and_progress_stays(
    house: House, days: int, gone: bool
):
    house.answer(100, THERE)
    house.left(days)

    house.tidy()

    assert house.places() == ((False, False, 0) if gone else (True, True, 1))
    (attempt,) = house.attempts()
    assert attempt.grade is not None
    assert attempt.answer == WORDS
    assert (attempt.community_id is None) is gone


@pytest.mark.parametrize("what", ["a community that left", "old answers", "a member who left"])
def test_nobody_waits_longer_however_much_goes(
    unit_of_work: MakeUnitOfWork, what: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.storage.repositories.upkeep.WINDOW", 2)
    most = []
    for answers in (6, 30):
        house = House(unit_of_work)
        for _ in range(answers):
            house.answer(100, THERE)
        if what != "old answers":
            house.left(31, only_ada=what == "a member who left")
        changes: list[int] = []
        terms = Terms(90 if what == "old answers" else None)
        counting = partial(CountingUnit, unit_of_work, changes)
        Housekeeping(counting, terms, house, batch=2).run(NOON)
        most.append(max(changes))

    assert most[0] == most[1] > 0


class CountingUnit:
    """A transaction that tells how many rows it changed, those that went with others included."""

    def __init__(self, unit_of_work: MakeUnitOfWork, changes: list[int]) -> None:
        self._uow = unit_of_work()
        self._changes = changes

    def __enter__(self) -> Any:
        uow = self._uow.__enter__()
        self._began = self._changed()
        return uow

    def _changed(self) -> int:
        found = self._uow._session.connection().connection.driver_connection
        assert isinstance(found, sqlite3.Connection)
        return found.total_changes

    def __exit__(self, *error: Any) -> None:
        self._changes.append(self._changed() - self._began)
        self._uow.__exit__(*error)


def test_a_large_community_goes_as_a_small_one_does(house: House):
    for _ in range(5):
        house.answer(100, THERE)
        house.answer(100, ELSEWHERE)
    house.left(31)

    assert house.tidy().communities == 1

    assert [attempt.community_id is None for attempt in house.attempts()] == [True, False] * 5
    assert len(house.texts()) == 10
    assert house.places() == (False, False, 1)


def test_texts_do_not_outlive_the_community_that_set_a_time_for_them(house: House):
    house.keep_for(365)
    house.answer(50, THERE)
    house.left(31)

    house.tidy()

    assert house.texts() == [""]


def test_a_membership_goes_a_month_after_its_learner_left(house: House):
    house.answer(100, THERE)
    house.answer(100, ELSEWHERE)
    house.left(31, only_ada=True)

    assert house.tidy().memberships == 1
    assert house.places() == (True, True, 1)


def test_a_run_that_was_killed_is_completed_by_the_next(house: House):
    for _ in range(7):
        house.answer(100)
    housekeeping = Housekeeping(dying(house.unit_of_work, 2), Terms(90), house, batch=2)
    with pytest.raises(KeyboardInterrupt):
        housekeeping.run(NOON)
    assert house.texts().count("") == 4

    assert house.tidy(90).answers == 3
    assert set(house.texts()) == {""}


def dying(unit_of_work: MakeUnitOfWork, units: int) -> Callable[[], Any]:
    left = iter(range(units))

    def make() -> Any:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return unit_of_work()

    return make


def test_events_are_forgotten_when_no_platform_delivers_them_again(
    unit_of_work: MakeUnitOfWork,
) -> None:
    house = House(unit_of_work)
    with unit_of_work() as uow:
        for days in (1, EVENT_DAYS + 1):
            uow.handled.put(str(days), HandledState.DONE, NOON - timedelta(days=days))
        uow.commit()
    assert house.tidy(dry_run=True).events == 1
    assert house.tidy().events == 1
    assert house.tidy().events == 0
    with unit_of_work() as uow:
        assert uow.handled.get("1") is not None
