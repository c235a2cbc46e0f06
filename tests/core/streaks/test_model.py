from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar.days import local_day
from bot.core.streaks.model import DayKind, Streak, streak

FIRST = date(2024, 2, 1)
TODAY = FIRST + timedelta(80)
offsets = st.integers(0, 80).map(lambda n: FIRST + timedelta(n))
dates = st.frozensets(offsets, max_size=81)
mostly = dates.map(lambda gaps: frozenset(FIRST + timedelta(n) for n in range(81)) - gaps)
histories = dates | mostly
few = st.frozensets(offsets, max_size=12)


def run(start: int, count: int) -> list[date]:
    return [FIRST + timedelta(n) for n in range(start, start + count)]


def kinds(result: Streak) -> list[DayKind]:
    return [day.kind for day in result.ledger]


@given(answers=histories, more=offsets, outages=few, empty=few)
def test_one_more_answered_day_never_shortens_a_streak(answers, more, outages, empty):
    before = streak(answers, TODAY, outages, empty)
    after = streak(answers | {more}, TODAY, outages, empty)

    assert after.longest >= before.longest
    assert after.current >= before.current


@given(answers=histories, more=offsets, outages=few)
def test_excusing_a_day_never_shortens_the_current_streak(answers, more, outages):
    before = streak(answers, TODAY, outages)

    assert streak(answers, TODAY, outages | {more}).current >= before.current
    assert streak(answers, TODAY, outages, {more}).current >= before.current


@given(answers=st.lists(offsets), outages=few, random=st.randoms())
def test_the_order_of_days_and_repeats_change_nothing(answers, outages, random):
    shuffled = answers + answers[:3]
    random.shuffle(shuffled)

    assert streak(shuffled, TODAY, outages) == streak(sorted(answers), TODAY, sorted(outages))


@given(answers=histories, outages=few, empty=few, today=offsets)
def test_the_ledger_has_each_date_once_and_explains_the_streak(answers, outages, empty, today):
    result = streak(answers, today, outages, empty)
    days = [day.date for day in result.ledger]

    assert 0 <= result.freezes <= 2
    assert result.current <= result.longest <= len(answers)
    if answers:
        last = max(today, *answers)
        assert days == [min(answers) + timedelta(n) for n in range(len(days))]
        assert days[-1] == last
        missed = [n for n, kind in enumerate(kinds(result)) if kind is DayKind.MISSED]
        since = kinds(result)[missed[-1] + 1 if missed else 0 :]
        assert result.current == since.count(DayKind.ANSWERED)
    else:
        assert result == Streak()


@pytest.mark.parametrize(
    ("count", "freezes"), [(1, 0), (6, 0), (7, 1), (13, 1), (14, 2), (21, 2), (35, 2)]
)
def test_seven_days_in_a_row_earn_a_freeze_and_two_are_held(count: int, freezes: int):
    assert streak(run(0, count), run(0, count)[-1]).freezes == freezes


def test_a_freeze_covers_a_missed_day_and_the_next_one_breaks():
    answers = run(0, 7)

    covered = streak(answers, FIRST + timedelta(8))
    broken = streak(answers, FIRST + timedelta(9))

    assert (covered.current, covered.freezes) == (7, 0)
    assert kinds(covered)[-2:] == [DayKind.FREEZE, DayKind.OPEN]
    assert (broken.current, broken.longest) == (0, 7)
    assert kinds(broken)[-3:] == [DayKind.FREEZE, DayKind.MISSED, DayKind.OPEN]


def test_the_first_missed_day_takes_the_freeze():
    result = streak(run(0, 7) + run(9, 1), FIRST + timedelta(9))

    assert kinds(result)[7:] == [DayKind.FREEZE, DayKind.MISSED, DayKind.ANSWERED]
    assert result.current == 1


def test_outages_and_days_without_a_question_cost_nothing():
    result = streak(run(0, 3) + run(5, 1), FIRST + timedelta(5), run(3, 1), run(4, 1))

    assert result.current == 4
    assert kinds(result)[3:5] == [DayKind.OUTAGE, DayKind.NO_QUESTION]


def test_today_breaks_nothing_until_it_is_over():
    result = streak(run(0, 3), FIRST + timedelta(3))

    assert result.current == 3
    assert not result.answered_today
    assert streak(run(0, 3), FIRST + timedelta(4)).current == 0


def test_two_local_dates_in_one_utc_day_are_two_days():
    zone = ZoneInfo("Pacific/Kiritimati")
    answers = [local_day(datetime(2024, 2, 29, h, tzinfo=UTC), zone) for h in (1, 20)]

    assert streak(answers, answers[-1]).current == 2


def test_a_date_lived_twice_after_a_move_west_counts_once():
    at = datetime(2024, 5, 6, 20, tzinfo=UTC)
    east, west = ZoneInfo("Pacific/Kiritimati"), ZoneInfo("America/New_York")
    answers = [local_day(at, east), local_day(at + timedelta(days=1), west)]

    assert streak(answers, answers[-1]).current == 1
    assert streak(answers[:1], local_day(at, west)).current == 1


def test_a_move_east_past_a_date_breaks_nothing():
    at = datetime(2024, 5, 6, 10, 30, tzinfo=UTC)
    west, east = ZoneInfo("Pacific/Pago_Pago"), ZoneInfo("Pacific/Kiritimati")
    before, after = local_day(at - timedelta(days=1), west), local_day(at, east)
    cut = {before + timedelta(days=n) for n in range(1, (after - before).days)}

    assert cut
    assert streak([before, after], after, outages=cut).current == 2
    assert streak([before, after], after).current == 1
