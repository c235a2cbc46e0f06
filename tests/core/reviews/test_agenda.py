"""What a day brings, by the learner's own days, over two years with every kind of clock change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from fsrs import Rating
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.accounts.model import LearnerSettings, days_of
from bot.core.calendar.days import local_day, start_of
from bot.core.reviews.agenda import Agenda, agenda
from bot.core.reviews.model import Card, due_on, interval, practise, review
from tests.builders import NOON

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia")
"""Among them a change of half an hour, a zone half an hour off, and a date that was skipped."""

TWO_YEARS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2011, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
living = st.builds(LearnerSettings, zone=st.sampled_from(ZONES), day_starts=st.integers(0, 12))
A_MOMENT = timedelta(microseconds=1)


def a_card(name: str, days_ago: int, every: int, reviews: int = 1) -> Card:
    last = NOON - timedelta(days=days_ago)
    return Card(name, 5.0, 5.0, last + timedelta(days=every), last, reviews)


def ids(cards: tuple[Card, ...]) -> list[str]:
    return [card.question_id for card in cards]


@settings(max_examples=400, deadline=None)
@given(chosen=living, at=TWO_YEARS, rating=st.sampled_from(Rating))
def test_a_question_is_due_from_the_first_moment_of_its_day_and_not_before(
    chosen: LearnerSettings, at: datetime, rating: Rating
):
    card = review(None, "a/b", rating, at)
    zone, day_of = ZoneInfo(chosen.zone or ""), days_of(chosen)
    day = day_of(at) + timedelta(days=interval(card))
    begins = start_of(day, zone, chosen.day_starts)

    assert due_on(card, day_of) == day
    assert ids(agenda([card], chosen, begins).due) == ["a/b"]
    before = agenda([card], chosen, begins - A_MOMENT)
    assert (before.due, ids(before.ahead), before.next_due) == ((), ["a/b"], day)


@settings(max_examples=200, deadline=None)
@given(chosen=living, at=TWO_YEARS, rating=st.sampled_from(Rating))
def test_reviews_at_the_first_and_the_last_moment_of_a_day_come_back_on_one_day(
    chosen: LearnerSettings, at: datetime, rating: Rating
):
    zone, day_of = ZoneInfo(chosen.zone or ""), days_of(chosen)
    day = local_day(at, zone, chosen.day_starts)
    early = start_of(day, zone, chosen.day_starts)
    late = start_of(day + timedelta(days=1), zone, chosen.day_starts) - A_MOMENT

    first, last = (due_on(review(None, "a/b", rating, moment), day_of) for moment in (early, late))

    assert first == last


@settings(max_examples=100, deadline=None)
@given(
    chosen=living,
    start=TWO_YEARS,
    steps=st.lists(st.tuples(st.integers(0, 72), st.sampled_from(Rating)), min_size=1, max_size=40),
)
def test_however_somebody_practises_only_what_is_due_moves(
    chosen: LearnerSettings, start: datetime, steps: list[tuple[int, Rating]]
):
    card, now, day_of = None, start, days_of(chosen)
    for hours, rating in steps:
        now += timedelta(hours=hours)
        was_due = card is None or bool(agenda([card], chosen, now).due)
        after = practise(card, "a/b", rating, now, day_of)
        assert (after != card) == was_due
        assert due_on(after, day_of) > day_of(now) or not was_due
        card = after


def test_the_limit_counts_what_was_reviewed_today_and_not_what_was_learnt():
    cards = [
        a_card("done", 0, 9, reviews=2),
        a_card("learnt", 0, 2),
        *(a_card(f"due/{number}", 5, 4) for number in range(4)),
    ]

    day = agenda(cards, LearnerSettings(reviews_a_day=3), NOON)

    assert (len(day.due), day.held_back, day.done) == (2, 2, 1)
    assert ids(day.ahead) == ["learnt", "done"]
    assert day.next_due == NOON.date() + timedelta(days=1)


def test_nothing_is_held_back_while_the_limit_has_room():
    cards = [a_card("due", 5, 4), a_card("later", 0, 6)]

    day = agenda(cards, LearnerSettings(), NOON)

    assert (ids(day.due), day.held_back) == (["due"], 0)
    assert day.next_due == NOON.date() + timedelta(days=6)


def test_a_limit_that_was_lowered_today_brings_nothing_more():
    cards = [a_card(f"done/{n}", 0, 9, reviews=2) for n in range(5)] + [a_card("due", 5, 4)]

    day = agenda(cards, LearnerSettings(reviews_a_day=2), NOON)

    assert (day.due, day.held_back, day.done) == ((), 1, 5)


def test_somebody_without_cards_has_an_empty_day():
    assert agenda([], LearnerSettings(), NOON) == Agenda(NOON.date())


def test_the_most_overdue_comes_first_then_what_is_least_likely_recalled():
    cards = [a_card("b", 4, 2), a_card("c", 9, 2), a_card("a", 3, 1)]

    assert ids(agenda(cards, LearnerSettings(), NOON).due) == ["c", "b", "a"]
