"""From what somebody wants to a Reply: the command table, and every error as a sentence."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.core.accounts.model import PlatformUser
from bot.core.accounts.service import Accounts
from bot.core.coach.late_grades import LateGrades
from bot.core.coach.service import Coach
from bot.core.commands import Command
from bot.core.communities.model import Place
from bot.core.daily.answering import DailyPractice
from bot.core.daily.setup import DailyPlans
from bot.core.errors import AnswerRejected, CoachError, StorageError
from bot.core.leaderboard.visibility import VisibilitySettings
from bot.core.notifications.service import Notices
from bot.core.overview.service import Overviews
from bot.core.reply import Action, Choice, Paragraph, Quote, Reply
from bot.core.words.errors import sentence_of
from bot.platforms.apology import apology
from bot.platforms.slack import form_words
from bot.platforms.slack import words as slack_words
from bot.platforms.slack.buttons import BRING, SET_UP, SETTINGS, Target
from bot.platforms.slack.dialect import Dialect
from bot.platforms.slack.orders import Order, read
from bot.platforms.slack.people import Person
from bot.platforms.slack.words import (
    BOARD_CHOICES,
    FEEDBACK_CHOICES,
    mistyped,
    slack_help,
    what_to_flag,
)
from bot.platforms.tray import Laid, tray
from knowledge.bank import QuestionBank
from knowledge.errors import KnowledgeError

PRACTICE: Final = ("ask", "answer", "hint", "reveal", "skip", "progress", "topics", "setup", "help")
"""The commands of practice, in the order of help; all others come from the command table."""

OFFERS: Final = {
    "leaderboard": BOARD_CHOICES,
    "settings": (Choice(form_words.SETTINGS, SETTINGS),),
    "questions": (Choice(form_words.BRING, BRING),),
}
"""What is offered below a command that is typed alone."""

log = logging.getLogger(__name__)

Act = Callable[[], Reply]


@dataclass(frozen=True)
class Around:
    """The use cases around practice; a desk does without those that are not there."""

    notices: Notices | None = None
    owed: LateGrades | None = None
    daily: DailyPractice | None = None
    plans: DailyPlans | None = None
    overviews: Overviews | None = None
    accounts: Accounts | None = None
    seeing: VisibilitySettings | None = None


@dataclass(frozen=True)
class Outcome:
    """What a use case came to."""

    reply: Reply
    files: tuple[Laid, ...] = ()


class Desk:
    """Carry out what people want."""

    def __init__(
        self,
        coach: Coach,
        bank: QuestionBank,
        commands: Iterable[Command],
        command: str = "/coach",
        around: Around | None = None,
    ) -> None:
        around = around or Around()
        self.coach = coach
        self._notices = around.notices
        self._owed = around.owed
        self._daily = around.daily
        self.plans = around.plans
        self.overviews = around.overviews
        self.accounts = around.accounts
        self.seeing = around.seeing
        self.bank = bank
        self.commands = tuple(commands)
        self._table = {each.name: each for each in self.commands}
        self.names = tuple(dict.fromkeys((*PRACTICE, *self._table)))
        self.dialect = Dialect.of(command, self.names)

    def order(self, text: str) -> Order:
        """Return what was ordered; the name of a topic or a question alone asks for it."""
        order = read(text, self.names)
        words = f"{order.name} {order.rest}".strip()
        if not order.known and (self.bank.topic_named(words) or self.bank.named(words)):
            return Order("ask", words)
        return order

    def carry_out(self, order: Order, person: Person) -> Reply:
        """Do what was ordered; an answer is taken and graded at once.

        Raises:
            CoachError: as the use case does.
        """
        if not order.known:
            return mistyped(self.dialect.command, order.name, order.meant, order.rest)
        if order == Order("flag", ""):
            return what_to_flag()
        if order.name in self._table:
            reply = self._table[order.name].run(person.user, person.place, order.rest)
            offers = (
                OFFERS.get(order.name, ()) if order.name == "leaderboard" or not order.rest else ()
            )
            return replace(reply, choices=(*reply.choices, *offers))
        return self._practise(order, person)

    def ask_of(self, user: PlatformUser, place: Place, target: Target) -> int | None:
        """Return the ask that is meant: of a daily question, the learner's own.

        Raises:
            CoachError: the daily question is gone, or an interview comes first.
        """
        if target.ask_id is None and target.post_id is not None and self._daily is not None:
            return self._daily.begin(user, place, target.post_id).id
        return target.ask_id

    def news(self, user: PlatformUser) -> Reply | None:
        """Return what happened while somebody was not there, in one message, None if nothing."""
        try:
            found = self._notices.waiting(user) if self._notices else ()
        except CoachError:
            log.exception("the news of a learner could not be read")
            return None
        blocks = tuple(block for one in found for block in one.blocks)
        choices = tuple(choice for one in found for choice in one.choices)
        return replace(found[-1], blocks=blocks, choices=choices) if found else None

    def not_shown(self, user: PlatformUser, ask_id: int | None) -> None:
        """Keep the grade of an answer for the next occasion."""
        try:
            if self._owed is not None:
                self._owed.not_shown(user, ask_id)
        except CoachError:
            log.exception("news of a grade could not be kept")

    def act(self, action: Action, target: Target, person: Person) -> Reply:
        """Do what the button of an action says.

        Raises:
            CoachError: as the use case does.
        """
        about = {
            Action.HINT: self.coach.hint,
            Action.REVEAL: self.coach.reveal,
            Action.SKIP: self.coach.skip,
        }.get(action)
        if about is not None:
            return about(person.user, self.ask_of(person.user, person.place, target))
        return self.carry_out(Order(action.value, ""), person)

    def outcome(self, act: Act, brought: Sequence[Laid] = ()) -> Outcome:
        """Return what came of it, given what was brought: a reply, and the files that were made."""
        with tray(brought) as files:
            reply = self.explained(act)
        return Outcome(reply, tuple(files))

    def explained(self, act: Act) -> Reply:
        """Return the reply, or the sentence for what went wrong; a refused text is given back."""
        try:
            return self._with_offers(act())
        except AnswerRejected as problem:
            return Reply((Paragraph(sentence_of(problem)), Quote(problem.text)))
        except StorageError as problem:
            return apology(problem)
        except (CoachError, KnowledgeError) as problem:
            return Reply((Paragraph(sentence_of(problem)),))
        except Exception as problem:  # noqa: BLE001 whatever it is, the person gets an answer
            return apology(problem)

    def refusal(self, problem: CoachError) -> str:
        """Return what stands beside a field of a form whose value was not taken."""
        if isinstance(problem, StorageError):
            blocks = apology(problem).blocks
            return "".join(block.text for block in blocks if isinstance(block, Paragraph))
        return self.dialect.spoken(sentence_of(problem))

    def given_back(self, problem: Exception, text: str) -> Reply:
        """Return why an answer was not stored, with its text, which nobody should write twice."""

        def refuse() -> Reply:
            raise problem

        reply = self.explained(refuse)
        if isinstance(problem, AnswerRejected):
            return reply
        return replace(reply, blocks=(*reply.blocks, Quote(text)))

    def _with_offers(self, reply: Reply) -> Reply:
        """Offer below feedback what can be said against it."""
        if not {Action.RETRY, Action.HINT} <= set(reply.actions):
            return reply
        offers = (one for one in FEEDBACK_CHOICES if one.words in self.names)
        return replace(reply, choices=(*reply.choices, *offers))

    def _practise(self, order: Order, person: Person) -> Reply:
        user, coach = person.user, self.coach
        practice: dict[str, Act] = {
            "ask": lambda: coach.ask(user, order.rest, person.place),
            "answer": lambda: coach.submit_answer(user, order.rest),
            "hint": lambda: coach.hint(user),
            "reveal": lambda: coach.reveal(user),
            "skip": lambda: coach.skip(user),
            "progress": lambda: coach.progress(user),
            "topics": lambda: coach.topics(user),
            "setup": lambda: form_for(form_words.SET_UP_BY_FORM, slack_words.SET_UP, SET_UP),
        }
        show_help: Act = lambda: slack_help(self.dialect.command, self.commands)  # noqa: E731
        return practice.get(order.name, show_help)()


def form_for(text: str, label: str, opening: str) -> Reply:
    """Return an offer of a form, where Slack lets none be opened at once."""
    return Reply((Paragraph(text),), choices=(Choice(label, opening),))
