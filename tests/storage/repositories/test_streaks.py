"""Answered days, moves and the life of the service, on each database."""

from datetime import date, timedelta

from bot.core.streaks.outages import Outage
from bot.core.streaks.timezone_changes import Days, TimezoneChange
from bot.storage.repositories.streaks import MOST_MOVES
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.builders import NOON, a_user
from tests.databases import MakeUnitOfWork

HOUR = timedelta(hours=1)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
EAST, WEST = Days("Asia/Kolkata"), Days("America/New_York", 0)


def an_answer(uow: SqlUnitOfWork, learner_id: int) -> int:
    return uow.attempts.add(uow.asks.add(learner_id, "a/b", NOON), "An answer.", NOON).id


def test_a_day_is_kept_once_with_its_first_answer(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        mine = uow.learners.register(a_user(), NOON).id
        first, second = an_answer(uow, mine), an_answer(uow, mine)
        for day, attempt in ((TUESDAY, second), (MONDAY, first), (MONDAY, second)):
            uow.activity_days.add(mine, day, attempt)
        uow.commit()
    with unit_of_work() as uow:
        assert list(uow.activity_days.of_learner(mine).items()) == [
            (MONDAY, first),
            (TUESDAY, second),
        ]
        assert uow.activity_days.of_learner(mine + 1) == {}


def test_days_and_moves_of_both_accounts_are_one_learners(unit_of_work: MakeUnitOfWork) -> None:
    moves = [TimezoneChange(NOON + n * HOUR, EAST, WEST) for n in range(2)]
    with unit_of_work() as uow:
        kept = uow.learners.register(a_user("kept"), NOON).id
        gone = uow.learners.register(a_user("gone"), NOON).id
        answers = {learner: an_answer(uow, learner) for learner in (kept, gone)}
        uow.activity_days.add(kept, MONDAY, answers[kept])
        uow.activity_days.add(gone, MONDAY, answers[gone])
        uow.activity_days.add(gone, TUESDAY, answers[gone])
        uow.zone_moves.add(kept, moves[0])
        uow.zone_moves.add(gone, moves[1])
        uow.learners.merge(gone, kept)
        uow.commit()
    with unit_of_work() as uow:
        days = uow.activity_days.of_learner(kept)
        assert days == {MONDAY: answers[kept], TUESDAY: answers[gone]}
        assert uow.zone_moves.of_learner(kept) == tuple(moves)


def test_moves_come_back_as_noted_the_latest_of_very_many(unit_of_work: MakeUnitOfWork) -> None:
    moves = [TimezoneChange(NOON - n * HOUR, Days(), WEST) for n in range(MOST_MOVES + 3)]
    with unit_of_work() as uow:
        mine = uow.learners.register(a_user(), NOON).id
        for move in moves:
            uow.zone_moves.add(mine, move)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.zone_moves.of_learner(mine) == tuple(moves[3:])


def test_a_learner_takes_days_and_moves_along(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        mine = uow.learners.register(a_user(), NOON).id
        uow.activity_days.add(mine, MONDAY, an_answer(uow, mine))
        uow.zone_moves.add(mine, TimezoneChange(NOON, EAST, WEST))
        uow.records.delete(mine)
        assert uow.activity_days.of_learner(mine) == {}
        assert uow.zone_moves.of_learner(mine) == ()


def test_the_latest_sign_of_life_of_any_kind_counts(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        assert uow.heartbeats.latest() is None
        uow.heartbeats.note("discord", NOON)
        uow.heartbeats.note("slack", NOON + HOUR)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.heartbeats.latest() == NOON + HOUR
        uow.heartbeats.note("discord", NOON)
        assert uow.heartbeats.latest() == NOON


def test_outages_are_read_from_a_moment_on(unit_of_work: MakeUnitOfWork) -> None:
    old, new = Outage(NOON - 9 * HOUR, NOON - 5 * HOUR), Outage(NOON - 2 * HOUR, NOON)
    with unit_of_work() as uow:
        uow.outages.add(new)
        uow.outages.add(old)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.outages.since(NOON - 9 * HOUR) == (old, new)
        assert uow.outages.since(NOON - 5 * HOUR) == (new,)
        assert uow.outages.since(NOON) == ()


def test_outages_end_when_somebody_serves(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        for start in (-9, -2, 0, 3):
            uow.outages.add(Outage(NOON + start * HOUR, NOON + (start + 4) * HOUR))
        uow.outages.end_by(NOON)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.outages.since(NOON - 9 * HOUR) == (
            Outage(NOON - 9 * HOUR, NOON - 5 * HOUR),
            Outage(NOON - 2 * HOUR, NOON),
        )
