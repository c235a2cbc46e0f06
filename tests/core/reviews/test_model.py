from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from fsrs import Rating
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.reviews.model import (
    LONGEST_INTERVAL,
    Card,
    DayOf,
    due_cards,
    due_on,
    forecast,
    interval,
    is_ahead,
    practise,
    rating_of,
    retrievability,
    review,
)
from grading.grade import Band
from tests.builders import NOON
from tests.core.samples import DRIFT

TODAY = NOON.date()
ratings = st.sampled_from(Rating)
moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda n: NOON + timedelta(minutes=n))


def in_zone(name: str, day_starts: int = 4) -> DayOf:
    zone = ZoneInfo(name)
    return lambda moment: (
        moment.astimezone(zone).replace(tzinfo=None) - timedelta(hours=day_starts)
    ).date()


def utc_day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def a_card(name: str, days_ago: int, every: int, stability: float = 5.0) -> Card:
    """A card that was reviewed some days ago and comes back after `every` days."""
    last = NOON - timedelta(days=days_ago)
    return Card(name, stability, 5.0, last + timedelta(days=every), last)


@pytest.mark.parametrize(
    ("band", "hints", "assisted", "rating"),
    [
        (Band.STRONG, 0, False, Rating.Easy),
        (Band.GOOD, 0, False, Rating.Good),
        (Band.PARTIAL, 0, False, Rating.Hard),
        (Band.WEAK, 0, False, Rating.Again),
        (Band.NONE, 0, False, Rating.Again),
        (Band.STRONG, 1, False, Rating.Good),
        (Band.STRONG, 2, False, Rating.Hard),
        (Band.GOOD, 1, False, Rating.Good),
        (Band.GOOD, 7, False, Rating.Hard),
        (Band.WEAK, 3, False, Rating.Again),
        (Band.STRONG, 0, True, Rating.Again),
    ],
)
def test_a_rating_follows_the_score_and_the_help(
    band: Band, hints: int, assisted: bool, rating: Rating
):
    assert rating_of(band, hints, assisted=assisted) is rating


@given(band=st.sampled_from(Band), fewer=st.integers(0, 20), more=st.integers(0, 20))
def test_more_help_never_rates_better(band: Band, fewer: int, more: int):
    fewer, more = sorted((fewer, more))

    assert rating_of(band, more) <= rating_of(band, fewer)


def test_the_first_review_makes_a_card_that_comes_back_after_whole_days():
    card = review(None, DRIFT, Rating.Good, NOON)

    assert (card.question_id, card.reviews, card.lapses) == (DRIFT, 1, 0)
    assert card.last_review == NOON
    assert card.due - card.last_review == timedelta(days=2)


def test_a_better_first_answer_comes_back_later():
    intervals = [interval(review(None, DRIFT, rating, NOON)) for rating in Rating]

    assert intervals == sorted(intervals)
    assert intervals[0] == 1
    assert intervals[-1] > intervals[1]


def test_what_is_recalled_on_time_comes_back_later_each_time():
    card = review(None, DRIFT, Rating.Good, NOON)
    intervals = [interval(card)]
    for _ in range(4):
        card = review(card, DRIFT, Rating.Good, card.due)
        intervals.append(interval(card))

    assert all(later > earlier for earlier, later in pairwise(intervals))


def test_what_is_forgotten_comes_back_tomorrow_or_soon_and_counts_as_a_lapse():
    card = review(None, DRIFT, Rating.Easy, NOON)
    forgotten = review(card, DRIFT, Rating.Again, card.due)

    assert interval(forgotten) < interval(card)
    assert (forgotten.lapses, forgotten.reviews) == (1, 2)


def test_failing_a_question_never_known_is_no_lapse():
    assert review(None, DRIFT, Rating.Again, NOON).lapses == 0


def test_a_moment_in_another_zone_is_the_same_moment():
    east = NOON.astimezone(timezone(timedelta(hours=14)))

    assert review(None, DRIFT, Rating.Good, east) == review(None, DRIFT, Rating.Good, NOON)


def test_a_clock_that_went_back_moves_no_review_into_the_past():
    card = review(None, DRIFT, Rating.Good, NOON)

    again = review(card, DRIFT, Rating.Good, NOON - timedelta(days=3))

    assert again.last_review == NOON
    assert again.due > NOON


@settings(max_examples=100, deadline=None)
@given(steps=st.lists(st.tuples(ratings, st.integers(0, 400 * 24)), min_size=1, max_size=15))
def test_every_history_gives_the_same_bounded_card_twice(steps: list[tuple[Rating, int]]):
    cards = []
    for _ in range(2):
        card, now = None, NOON
        for rating, hours in steps:
            now += timedelta(hours=hours)
            card = review(card, DRIFT, rating, now)
        cards.append(card)

    card = cards[0]
    assert cards[0] == cards[1]
    assert card is not None
    assert 1 <= interval(card) <= LONGEST_INTERVAL
    assert card.due == card.last_review + timedelta(days=interval(card))
    assert card.stability > 0
    assert 1 <= card.difficulty <= 10
    assert card.reviews == len(steps)
    assert card.lapses < len(steps)


def test_practice_ahead_of_schedule_changes_nothing():
    card = review(None, DRIFT, Rating.Easy, NOON)
    early = card.due - timedelta(days=1)

    assert is_ahead(card, utc_day(early), utc_day)
    assert practise(card, DRIFT, Rating.Again, early, utc_day) == card


def test_practice_on_the_day_it_is_due_reschedules_even_at_an_earlier_hour():
    card = review(None, DRIFT, Rating.Easy, NOON)
    morning = card.due - timedelta(hours=6)

    practised = practise(card, DRIFT, Rating.Good, morning, utc_day)

    assert practised.last_review == morning
    assert practised.reviews == 2


def test_practice_of_a_new_question_makes_its_card():
    assert practise(None, DRIFT, Rating.Good, NOON, utc_day).reviews == 1


ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Kiritimati",
]


@pytest.mark.parametrize("zone", ZONES)
@settings(max_examples=60, deadline=None)
@given(moment=moments, rating=ratings)
def test_the_day_it_is_due_is_the_day_of_the_review_and_the_interval(
    zone: str, moment: datetime, rating: Rating
):
    day_of = in_zone(zone)
    card = review(None, DRIFT, rating, moment)

    day = due_on(card, day_of)

    assert (day - day_of(moment)).days == interval(card)
    assert not is_ahead(card, day, day_of)
    assert is_ahead(card, day - timedelta(days=1), day_of)


def test_the_end_of_summer_time_moves_no_due_day():
    berlin = in_zone("Europe/Berlin")
    late = datetime(2026, 10, 24, 2, 30, tzinfo=UTC)  # 04:30 on the 24th; the 25th has 25 hours
    card = Card(DRIFT, 5.0, 5.0, late + timedelta(days=2), late)

    assert berlin(card.due) == date(2026, 10, 25)
    assert due_on(card, berlin) == date(2026, 10, 26)


def test_the_longest_overdue_come_first_then_the_least_likely_known():
    cards = [
        a_card("t/due-today-firm", 10, 10, stability=30),
        a_card("t/overdue", 9, 2),
        a_card("t/due-today-weak", 2, 2, stability=0.5),
        a_card("t/not-yet", 1, 2),
    ]

    due = due_cards(cards, TODAY, utc_day)

    assert [c.question_id for c in due] == ["t/overdue", "t/due-today-weak", "t/due-today-firm"]


def test_what_was_reviewed_today_counts_against_the_daily_limit():
    cards = [a_card(f"t/q{number}", 5 + number, 2) for number in range(6)]

    assert len(due_cards(cards, TODAY, utc_day, limit=4)) == 4
    assert len(due_cards(cards, TODAY, utc_day, limit=4, done_today=3)) == 1
    assert due_cards(cards, TODAY, utc_day, limit=4, done_today=9) == ()


many_cards = st.lists(
    st.builds(a_card, st.just("t/q"), st.integers(0, 60), st.integers(1, 60), st.floats(0.1, 400)),
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(cards=many_cards, limit=st.integers(0, 30), done=st.integers(0, 30))
def test_only_what_is_due_is_given_and_never_more_than_the_limit(
    cards: list[Card], limit: int, done: int
):
    due = due_cards(cards, TODAY, utc_day, limit, done)

    assert len(due) <= max(0, limit - done)
    assert all(due_on(card, utc_day) <= TODAY for card in due)
    days = [due_on(card, utc_day) for card in due]
    assert days == sorted(days)


@settings(max_examples=60, deadline=None)
@given(cards=many_cards)
def test_the_forecast_counts_every_card_of_its_days_once(cards: list[Card]):
    days = forecast(cards, TODAY, utc_day, days=14)

    assert [day for day, _ in days] == [TODAY + timedelta(days=n) for n in range(14)]
    last = TODAY + timedelta(days=13)
    assert sum(count for _, count in days) == sum(due_on(c, utc_day) <= last for c in cards)
    assert days[0][1] == len(due_cards(cards, TODAY, utc_day, limit=99))


def test_a_memory_fades_and_is_at_the_desired_retention_when_it_is_due():
    card = review(None, DRIFT, Rating.Easy, NOON)
    shares = [retrievability(card, TODAY + timedelta(days=n), utc_day) for n in range(30)]

    assert shares[0] == 1.0
    assert shares == sorted(shares, reverse=True)
    assert shares[interval(card)] == pytest.approx(0.9, abs=0.02)
