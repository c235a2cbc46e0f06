"""Streaks over years and zones as a plain calendar tells them, on a real database."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.core.accounts.model import Learner, LearnerSettings
from bot.core.accounts.service import Accounts
from bot.core.streaks.consequences import record_active_day
from bot.core.streaks.model import DayKind, Streak
from bot.core.streaks.outages import Outage
from bot.core.streaks.service import Streaks
from bot.storage.unit_of_work import SqlUnitOfWork
from knowledge.bank import QuestionBank
from tests.builders import a_grade, a_user
from tests.core.samples import ANSWER, DRIFT
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

ADA = a_user()
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Pacific/Kiritimati",
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SLOW = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
START = datetime(2011, 6, 1, tzinfo=UTC)
"""Two years from here hold the date that Apia skipped, a 29 February and changes of all clocks."""

moments = st.integers(0, 2 * 366 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
daily = st.lists(st.integers(-9 * 60, 9 * 60), min_size=20, max_size=60).map(
    lambda late: [START + 30 * DAY * 6 + n * DAY + timedelta(minutes=m) for n, m in enumerate(late)]
)
histories = st.lists(moments, max_size=40) | daily


def learner_in(uow: SqlUnitOfWork, zone: str | None, day_starts: int = 4) -> Learner:
    learner = uow.learners.register(ADA, START)
    uow.learners.set_settings(learner.id, LearnerSettings(zone, day_starts))
    found = uow.learners.get(learner.id)
    assert found is not None
    return found


def answer(uow: SqlUnitOfWork, learner: Learner, at: datetime, bank: QuestionBank) -> None:
    attempt = uow.attempts.add(uow.asks.add(learner.id, DRIFT, at), ANSWER, at)
    graded = uow.attempts.record_grade(attempt.id, a_grade(DRIFT), at)
    assert graded is not None
    record_active_day(uow, graded, bank.get(DRIFT), at)


def plain_day(at: datetime, zone: str) -> date:
    """The date on the wall four hours ago; Apia's skipped date was the end of the one before."""
    day = (at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) - 4 * HOUR).date()
    return date(2011, 12, 29) if (zone, day) == ("Pacific/Apia", date(2011, 12, 30)) else day


def plain_streak(answered: set[date], today: date, skipped: Iterable[date]) -> tuple[int, int, int]:
    """Current, longest, freezes: the rules in a row, as somebody tells them."""
    current = longest = freezes = run = 0
    for day in _calendar(answered, today):
        if day in answered:
            current, run = current + 1, run + 1
            longest = max(longest, current)
            if run % 7 == 0 and freezes < 2:
                freezes += 1
        elif day not in skipped and day < today:
            run = 0
            if freezes:
                freezes -= 1
            else:
                current = 0
    return current, longest, freezes


def _calendar(answered: set[date], today: date) -> Iterator[date]:
    day, last = min(answered, default=today), max(answered | {today})
    while day <= last:
        yield day
        day += DAY


def _in_a_row_until(today: date, answered: set[date]) -> int:
    """Count without a freeze: none ever lowers a streak."""
    day, count = max(answered | {today}), 0
    while day in answered or day >= today:
        count += day in answered
        day -= DAY
    return count


def of(uow: SqlUnitOfWork, now: datetime, learner: Learner) -> Streak:
    return Streaks(lambda: uow, FixedClock(now)).of(uow, learner, now)


@SLOW
@given(history=histories, zone=st.sampled_from(ZONES), later=st.integers(-72, 72))
@example([datetime(2012, 2, day, 12, tzinfo=UTC) for day in (28, 29)], "Europe/Berlin", 24)
@example([datetime(2011, 12, day, 8, tzinfo=UTC) for day in (28, 29, 31)], "Pacific/Apia", 0)
def test_the_streak_is_what_a_plain_calendar_says(
    bank: QuestionBank,
    unit_of_work: MakeUnitOfWork,
    history: list[datetime],
    zone: str,
    later: int,
):
    """`later` moves the clock from the last answer, backwards too."""
    now = max(history, default=START) + later * HOUR
    with unit_of_work() as uow:
        learner = learner_in(uow, zone)
        for at in history:
            answer(uow, learner, at, bank)
        found = of(uow, now, learner)

    days, today = {plain_day(at, zone) for at in history}, plain_day(now, zone)
    skipped = {date(2011, 12, 30)} if zone == "Pacific/Apia" else set()
    assert (found.current, found.longest, found.freezes) == plain_streak(days, today, skipped)
    assert found.answered_today == (today in days)
    assert found.current >= _in_a_row_until(today, days)


@SLOW
@given(
    history=daily,
    zone=st.sampled_from(ZONES),
    start=st.integers(0, 70 * 24),
    hours=st.integers(1, 100),
)
def test_an_outage_never_lowers_a_streak(
    bank: QuestionBank,
    unit_of_work: MakeUnitOfWork,
    history: list[datetime],
    zone: str,
    start: int,
    hours: int,
):
    began = history[0] + start * HOUR
    with unit_of_work() as uow:
        learner = learner_in(uow, zone)
        for at in history[::2] + history[20:]:
            answer(uow, learner, at, bank)
        before = of(uow, max(history) + DAY, learner)
        uow.outages.add(Outage(began, began + hours * HOUR))
        after = of(uow, max(history) + DAY, learner)

    assert after.current >= before.current
    assert {day.date for day in after.ledger} == {day.date for day in before.ledger}


@SLOW
@given(
    moves=st.lists(
        st.tuples(st.integers(60, 200), st.sampled_from((*ZONES, "Pacific/Honolulu"))), max_size=6
    ),
    gaps=st.lists(st.integers(8, 16), min_size=45, max_size=45),
)
def test_who_answers_each_day_wherever_they_move_misses_none(
    bank: QuestionBank, unit_of_work: MakeUnitOfWork, moves: list[tuple[int, str]], gaps: list[int]
):
    """Answers at most 16 h apart, moves at least 60 h apart: no day counts as missed or frozen."""
    clock = FixedClock(datetime(2026, 5, 4, 10, tzinfo=UTC))
    steps = _in_time(clock.at, moves, gaps)
    with unit_of_work() as uow:
        accounts = Accounts(lambda: _Within(uow), clock)
        learner_in(uow, "Europe/Berlin")
        for at, zone in steps:
            clock.at = at
            if zone:
                accounts.change_settings(ADA, zone=zone)
            else:
                learner = uow.learners.find(ADA)
                assert learner
                answer(uow, learner, at, bank)
        learner = uow.learners.find(ADA)
        assert learner
        found = of(uow, clock.at, learner)

    kinds = {day.kind for day in found.ledger}
    assert not kinds & {DayKind.MISSED, DayKind.FREEZE}
    assert found.current == sum(day.kind is DayKind.ANSWERED for day in found.ledger)


def _in_time(
    start: datetime, moves: list[tuple[int, str]], gaps: list[int]
) -> list[tuple[datetime, str | None]]:
    steps: list[tuple[datetime, str | None]] = []
    at = start
    for gap in gaps:
        at += gap * HOUR
        steps.append((at, None))
    end, at = at, start
    for gap, zone in moves:
        at += gap * HOUR + timedelta(minutes=7)
        if at < end:
            steps.append((at, zone))
    return sorted(steps, key=lambda step: step[0])


class _Within:
    """A transaction of a use case within that of a test, which undoes it."""

    def __init__(self, uow: SqlUnitOfWork) -> None:
        self._uow = uow

    def __enter__(self) -> SqlUnitOfWork:
        return _Open(self._uow)

    def __exit__(self, *_: object) -> None:
        self._uow._session.flush()


class _Open:
    def __init__(self, uow: SqlUnitOfWork) -> None:
        self._uow = uow

    def __getattr__(self, name: str) -> object:
        return getattr(self._uow, name)

    def commit(self) -> None:
        self._uow._session.flush()
