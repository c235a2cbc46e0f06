"""A learner's reviews on one day: what is due within the daily limit, and what is ahead. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.accounts.model import LearnerSettings, days_of
from bot.core.reviews.model import Card, due_cards, due_on


@dataclass(frozen=True)
class Agenda:
    """What a day brings.

    Attributes:
        today: the learner's local day.
        due: what the daily limit leaves of the reviews that are due, the most pressing first.
        held_back: how many more are due, for which the limit leaves no room.
        done: how many reviews were done today.
        ahead: what is not due yet, the soonest first.
        next_due: the first later day on which something is due; what is held back is due tomorrow.
    """

    today: date
    due: tuple[Card, ...] = ()
    held_back: int = 0
    done: int = 0
    ahead: tuple[Card, ...] = ()
    next_due: date | None = None


def agenda(cards: Iterable[Card], settings: LearnerSettings, now: datetime) -> Agenda:
    """Return the learner's agenda at a moment.

    A card that was new today was learnt, not reviewed, and uses up nothing of the limit.
    """
    cards, day_of = tuple(cards), days_of(settings)
    today = day_of(now)
    done = sum(card.reviews > 1 and day_of(card.last_review) == today for card in cards)
    due = due_cards(cards, today, day_of, settings.reviews_a_day, done)
    days = {card.question_id: due_on(card, day_of) for card in cards}
    ahead = [card for card in cards if days[card.question_id] > today]
    ahead.sort(key=lambda card: (days[card.question_id], card.question_id))
    held_back = len(cards) - len(ahead) - len(due)
    tomorrow = today + timedelta(days=1)
    soonest = days[ahead[0].question_id] if ahead else None
    return Agenda(
        today=today,
        due=due,
        held_back=held_back,
        done=done,
        ahead=tuple(ahead),
        next_due=tomorrow if held_back else soonest,
    )
