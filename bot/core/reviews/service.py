"""The use case of reviews: what is due today, one question after the other."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from bot.core.accounts.model import Learner, PlatformUser, days_of
from bot.core.commands import Command, Group, Kind, Parameter, Request
from bot.core.communities.model import Place
from bot.core.communities.presence import Presence, register_presence
from bot.core.interviews.guard import unless_interviewed
from bot.core.ports import Clock
from bot.core.practice import question_words
from bot.core.practice.model import AskState, Purpose
from bot.core.reply import Reply
from bot.core.reviews import words as reviews_words
from bot.core.reviews.agenda import Agenda, agenda
from bot.core.reviews.model import Card, due_on
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank


class _Desk(NamedTuple):
    """What lies before a learner: their day, and whether they have any card."""

    learner: Learner
    day: Agenda
    cards: bool


class Reviews:
    """Bring back what a learner is about to forget.

    A question that has gone from the bank is passed over; its card stays, should it return.
    """

    def __init__(
        self, bank: QuestionBank, unit_of_work: Callable[[], UnitOfWork], clock: Clock
    ) -> None:
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock

    def commands(self) -> tuple[Command, ...]:
        """Return the entry for the command table."""
        return (
            Command(
                "review",
                "what is due for review today; ahead of schedule if you like",
                self.run,
                (
                    Parameter(
                        "ahead",
                        "Practise what is not due yet; the schedule stays as it is",
                        Kind.FLAG,
                    ),
                ),
                Group.PRACTICE,
                asks=True,
            ),
        )

    def run(self, request: Request) -> Reply:
        """Ask the next review, or what is not due yet."""
        ask = self.ahead if request.flag("ahead") else self.next
        return ask(request.user, request.place)

    def next(self, user: PlatformUser, place: Place | None = None) -> Reply:
        """Ask the most pressing review that is due, or say when the next one is.

        Raises:
            InterviewRunning: an interview is, and comes first.
        """
        desk, asked = self._first(user, place, lambda day: day.due, Purpose.REVIEW)
        if asked is not None:
            return reviews_words.review(asked, len(desk.day.due) - 1)
        return (
            reviews_words.nothing_due(desk.day) if desk.cards else reviews_words.nothing_to_review()
        )

    def ahead(self, user: PlatformUser, place: Place | None = None) -> Reply:
        """Ask what is due soonest of all that is not due yet; the schedule stays as it is.

        Raises:
            InterviewRunning: an interview is, and comes first.
        """
        desk, asked = self._first(user, place, lambda day: day.ahead, Purpose.PRACTICE)
        if asked is not None:
            due = due_on(desk.day.ahead[0], days_of(desk.learner.settings))
            return reviews_words.review_ahead(asked, due, desk.day.today)
        return reviews_words.nothing_ahead() if desk.cards else reviews_words.nothing_to_review()

    def _first(
        self,
        user: PlatformUser,
        place: Place | None,
        choose: Callable[[Agenda], tuple[Card, ...]],
        purpose: Purpose,
    ) -> tuple[_Desk, Reply | None]:
        """Ask the question of the first card that is chosen, None where none is."""
        with self._unit_of_work() as uow:
            here = register_presence(uow, user, place, self._clock.now())
            unless_interviewed(uow, here.learner.id, self._clock.now())
            desk = self._desk(uow, here)
            cards, reply = choose(desk.day), None
            if cards:
                question = self._bank.get(cards[0].question_id)
                last = uow.attempts.last_graded(here.learner.id, question.id)
                due = purpose is Purpose.REVIEW
                reply = replace(
                    question_words.question(question, self._bank, last, due=due),
                    ask_id=self._ask(uow, here, cards[0], purpose),
                )
            uow.commit()
        return desk, reply

    def _desk(self, uow: UnitOfWork, here: Presence) -> _Desk:
        """Return what lies before the learner; what was asked today comes behind the rest.

        An answer whose grade is owing takes a place of the daily limit, and its question is not
        asked again before.
        """
        settings, now = here.learner.settings, self._clock.now()
        cards = [c for c in uow.cards.of_learner(here.learner.id) if self._bank.asks(c.question_id)]
        owing = uow.attempts.owing(here.learner.id)
        day, day_of = agenda(cards, settings, now), days_of(settings)
        asked = enumerate(uow.asks.asked(here.learner.id))
        today = {each.question_id: rank for rank, each in asked if day_of(each.at) == day.today}

        def in_turn(cards: Iterable[Card]) -> tuple[Card, ...]:
            open_ones = (card for card in cards if card.question_id not in owing)
            return tuple(sorted(open_ones, key=lambda card: today.get(card.question_id, -1)))

        day = replace(day, due=in_turn(day.due), ahead=in_turn(day.ahead))
        return _Desk(here.learner, day, bool(cards))

    def _ask(self, uow: UnitOfWork, here: Presence, card: Card, purpose: Purpose) -> int:
        """Ask the question of a card, unless it is open already; return the id of the ask."""
        latest = uow.asks.latest(here.learner.id)
        if latest and latest.question_id == card.question_id and latest.state is AskState.OPEN:
            return latest.id
        ask = uow.asks.add(
            here.learner.id,
            card.question_id,
            self._clock.now(),
            purpose=purpose,
            community_id=here.community_id,
            channel_id=here.channel_id,
        )
        return ask.id
