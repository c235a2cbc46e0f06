"""When a question comes back: spaced repetition by FSRS. Pure.

The scheduler is py-fsrs with its published default weights (FSRS-6; Ye, Su and Cao 2022, "A
Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling"). It has no learning
steps, so every interval is whole days, and no fuzz, so the same reviews always give the same days.

A question is due on a day of the learner's, not at a moment: `DayOf` tells which day a moment
belongs to, with the learner's zone and the hour at which their day starts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import fsrs
from fsrs import Rating

from grading.grade import Band

DayOf = Callable[[datetime], date]
"""The learner's local day of a moment."""

DESIRED_RETENTION = 0.9
"""A question comes back when the chance of still knowing it has fallen to this, the default of
FSRS. At 0.95 it would come back after two fifths of the time, at 0.8 a fifth would be forgotten."""

LONGEST_INTERVAL = 365
"""Days until a question comes back at the latest: people prepare for interviews within a year."""

DAILY_LIMIT = 20
"""Reviews a day unless the learner chose otherwise: a free-text answer takes about two minutes."""

TELLING_HINTS = 2
"""The first step of the hint ladder only invites to say more; from this one on, something is
told."""

FORECAST_DAYS = 14

_SCHEDULER = fsrs.Scheduler(
    desired_retention=DESIRED_RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_INTERVAL,
    enable_fuzzing=False,
)
"""It is only read: reviewing copies the card."""

_RATINGS = {
    Band.STRONG: Rating.Easy,
    Band.GOOD: Rating.Good,
    Band.PARTIAL: Rating.Hard,
    Band.WEAK: Rating.Again,
    Band.NONE: Rating.Again,
}


@dataclass(frozen=True)
class Card:
    """What is remembered of one learner's memory of one question.

    `stability` is the number of days after which it is recalled with a chance of 90 %;
    `difficulty` is 1 (easy) to 10, for this learner. Both moments are in UTC, whole days apart.
    `reviews` counts every review, `lapses` those at which a question known before was forgotten.
    """

    question_id: str
    stability: float
    difficulty: float
    due: datetime
    last_review: datetime
    reviews: int = 1
    lapses: int = 0


def rating_of(band: Band, hints_used: int = 0, *, assisted: bool = False) -> Rating:
    """Return how well a question was recalled.

    By the band of the score: strong is Easy, good is Good, partial is Hard, less is Again. After an
    invitation to say more it is Good at best; after a hint that tells something, Hard at best. An
    assisted answer, and a reveal without one, is Again: whoever had to look had not recalled, and
    coming back tomorrow is what helps.

    One ask is one review: rate its first answer, or its reveal if that came first. Later answers
    to the same ask repeat what was just read.
    """
    if assisted:
        return Rating.Again
    best = Rating.Easy
    if hints_used:
        best = Rating.Good if hints_used < TELLING_HINTS else Rating.Hard
    return min(_RATINGS[band], best)


def review(card: Card | None, question_id: str, rating: Rating, now: datetime) -> Card:
    """Return the card after a review; without a card, the first one of the question.

    `now` is aware. A clock that went back counts as not having moved since the last review.
    """
    now = now.astimezone(UTC)
    if card is not None:
        now = max(now, card.last_review)
    reviewed, _ = _SCHEDULER.review_card(_to_fsrs(card, now), rating, now)
    known = card is not None and rating is Rating.Again
    return _from_fsrs(
        reviewed,
        question_id,
        reviews=(card.reviews if card else 0) + 1,
        lapses=(card.lapses if card else 0) + known,
    )


def practise(
    card: Card | None, question_id: str, rating: Rating, now: datetime, day_of: DayOf
) -> Card:
    """Return the card after an answer: reviewed if it was due, unchanged if it was ahead."""
    if card is not None and is_ahead(card, day_of(now), day_of):
        return card
    return review(card, question_id, rating, now)


def interval(card: Card) -> int:
    """Return the days between the last review and the next."""
    return round((card.due - card.last_review) / timedelta(days=1))


def due_on(card: Card, day_of: DayOf) -> date:
    """Return the learner's day on which the card is due.

    Days are counted from the local day of the last review, so that a change to or from summer
    time moves nothing.
    """
    return day_of(card.last_review) + timedelta(days=interval(card))


def is_ahead(card: Card, today: date, day_of: DayOf) -> bool:
    """Whether answering today would be ahead of schedule, and so must not reschedule."""
    return due_on(card, day_of) > today


def due_cards(
    cards: Iterable[Card],
    today: date,
    day_of: DayOf,
    limit: int = DAILY_LIMIT,
    done_today: int = 0,
) -> tuple[Card, ...]:
    """Return what is due today or overdue, as far as the daily limit goes.

    The longest overdue come first, and of those due on one day the least likely to be recalled.
    `done_today` counts the reviews that used up part of the limit already.
    """
    due = [(due_on(card, day_of), card) for card in cards]
    ready = [(day, card) for day, card in due if day <= today]
    ready.sort(key=lambda row: (row[0], retrievability(row[1], today, day_of), row[1].question_id))
    return tuple(card for _, card in ready[: max(0, limit - done_today)])


def retrievability(card: Card, today: date, day_of: DayOf) -> float:
    """Return the chance, in 0..1, that the question would be recalled today."""
    days = max(0, (today - day_of(card.last_review)).days)
    at = card.last_review + timedelta(days=days)
    return _SCHEDULER.get_card_retrievability(_to_fsrs(card, at), at)


def forecast(
    cards: Iterable[Card], today: date, day_of: DayOf, days: int = FORECAST_DAYS
) -> tuple[tuple[date, int], ...]:
    """Return how many cards are due on each of the next days; what is overdue counts as today."""
    counts = {today + timedelta(days=ahead): 0 for ahead in range(days)}
    for card in cards:
        day = max(due_on(card, day_of), today)
        if day in counts:
            counts[day] += 1
    return tuple(counts.items())


def _to_fsrs(card: Card | None, now: datetime) -> fsrs.Card:
    """Return the library's card; the number it wants is unused, since logs are not kept."""
    if card is None:
        return fsrs.Card(card_id=0, due=now)
    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Review,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due,
        last_review=card.last_review,
    )


def _from_fsrs(card: fsrs.Card, question_id: str, *, reviews: int, lapses: int) -> Card:
    if card.stability is None or card.difficulty is None or card.last_review is None:
        raise ValueError(f"the card of {question_id!r} was never reviewed")
    return Card(
        question_id=question_id,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due,
        last_review=card.last_review,
        reviews=reviews,
        lapses=lapses,
    )
