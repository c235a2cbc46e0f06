"""What every platform does alike: run what somebody wants, and say what came of it as a Reply.

A platform translates what a person did into a call here, in a thread that may wait, and shows the
outcome. Every error becomes words here and nowhere else: a refusal its own sentence, a refused text
is given back, and what only operators can mend is an apology with a reference that finds it in the
log.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from bot.core.accounts.model import PlatformUser
from bot.core.accounts.service import Accounts
from bot.core.coach.answers import Begin
from bot.core.coach.commands import with_help
from bot.core.coach.late_grades import LateGrades
from bot.core.coach.service import Coach
from bot.core.commands import Command, Request, guarded
from bot.core.communities.model import Place
from bot.core.communities.presence import Departures
from bot.core.daily.answering import DailyPractice
from bot.core.daily.setup import DailyPlans
from bot.core.errors import (
    AnswerRejected,
    CoachError,
    DeliveredBefore,
    GradingUnavailable,
    OperatorError,
)
from bot.core.leaderboard.visibility import VisibilitySettings
from bot.core.limited_commands import limited
from bot.core.measuring import Meter
from bot.core.notifications.service import Notices
from bot.core.overview.service import Overviews
from bot.core.platform_times import PlatformTimes
from bot.core.practice.parsing import Wish, wish_of
from bot.core.rate_limits.errors import AnswersTooFast
from bot.core.rate_limits.service import RateLimits
from bot.core.reply import Action, Paragraph, Quote, Reply
from bot.core.text_commands import ordered, table_of
from bot.core.words.errors import QUESTION_REMOVED, unexpected
from knowledge.bank import QuestionBank
from knowledge.errors import UnknownQuestion

log = logging.getLogger(__name__)

Act = Callable[[], Reply]


COMMANDS_OF: Final = {
    Wish.HELP: "help",
    Wish.NEXT: "ask",
    Wish.PAUSE: "interview pause",
    Wish.RESUME: "interview resume",
}
"""The commands that grant a wish."""


NEED_MODEL: Final = ("grade", "appeals accept", "questions add", "questions edit")
"""Commands that wait for the model, as `ask` does with words that are no name."""


class About(NamedTuple):
    """An ask, the daily question of a channel, or a question for anybody who likes to try it.

    Without any of them it is the learner's current question.
    """

    ask_id: int | None = None
    post_id: int | None = None
    question_id: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What a use case came to.

    `draft` is the text of an answer that was not taken, so that nobody has to write it twice;
    `stored` says of a refusal that the answer is kept, and its grade follows.
    """

    reply: Reply
    draft: str | None = None
    stored: bool = False


@dataclass(frozen=True)
class Services:
    """The use cases that platforms offer.

    `grades_at_once` is how many answers of each platform a cluster has work for; 0 where this
    program grades.
    """

    coach: Coach
    bank: QuestionBank
    commands: tuple[Command, ...]
    accounts: Accounts
    daily: DailyPractice
    plans: DailyPlans
    departures: Departures
    late_grades: LateGrades
    notices: Notices
    overviews: Overviews
    visibility: VisibilitySettings
    meter: Meter
    times: PlatformTimes
    rate_limits: RateLimits
    grades_at_once: int


class FrontDesk:
    """Run use cases for people, whichever platform they come from."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.coach = services.coach
        self.bank = services.bank
        self.meter = services.meter
        self.times = services.times
        self._rate_limits = services.rate_limits
        every = with_help(services.commands)
        self.commands = table_of(guarded(limited(each, self._rate_limits)) for each in every)

    def needs_model(self, line: str) -> bool:
        """Tell whether a line of the command table may have to wait for the model."""
        name, _, rest = line.strip().partition(" ")
        if name == Action.ASK:
            return bool(rest) and not (self.bank.topic_named(rest) or self.bank.named(rest))
        return any(f"{line.strip()} ".startswith(f"{each} ") for each in NEED_MODEL)

    def ask_id(self, user: PlatformUser, place: Place | None, about: About) -> int | None:
        """Return the ask that is meant, made where somebody answers what stands there for all.

        None stands for their last.

        Raises:
            CoachError: the question has gone, or has to wait.
        """
        if about.ask_id is not None:
            return about.ask_id
        if about.post_id is not None:
            return self.services.daily.begin(user, place, about.post_id).id
        if about.question_id is not None:
            return self.coach.ask(user, about.question_id, place).ask_id
        return None

    def take(
        self,
        user: PlatformUser,
        place: Place | None,
        about: About,
        text: str,
        delivery: str = "",
        owed_to: str = "",
    ) -> Act:
        """Store an answer in milliseconds; return what grades it.

        Who answers a question that was put to somebody else, or that they put aside, is asked it.
        `delivery` names what the platform may deliver more than once, `owed_to` where the reply is
        to be shown by whoever comes after this program.

        Raises:
            CoachError: it is not stored, or DeliveredBefore: it was delivered before.
        """
        self._unless_too_fast(user, place, text, delivery)
        begin = self._begin(user, place, about)
        grade = self.coach.take_answer(user, text, about.ask_id, delivery, begin, owed_to)
        self.meter.answer_taken(user.platform)
        return grade

    def hear(
        self,
        user: PlatformUser,
        place: Place | None,
        about: About,
        text: str,
        delivery: str = "",
        owed_to: str = "",
    ) -> Act:
        """Take what somebody wrote in a conversation; return what answers it.

        A wish such as "next" or "help" is granted. An answer is stored in milliseconds, as by
        `take`; what may be none is held, and its author is asked.

        Raises:
            CoachError: as `take` does.
        """
        wish = wish_of(text)
        if wish is None:
            self._unless_too_fast(user, place, text, delivery)
            begin = self._begin(user, place, about)
            taken = user, text, about.ask_id, delivery, begin, owed_to
            going_on = self.coach.take_answer(*taken, said=True)
            self.meter.answer_taken(user.platform)
            return going_on
        self.coach.heard(delivery, owed_to)
        return lambda: self._grant(wish, user, place, about)

    def about_thread(self, platform: str, place: Place | None, thread: str) -> About:
        """Return what is asked above a thread: a daily question, or nothing that is known."""
        return About(post_id=self.services.daily.in_thread(platform, place, thread))

    def _grant(self, wish: Wish, user: PlatformUser, place: Place | None, about: About) -> Reply:
        if wish is Wish.STOP:
            return self.coach.stop(user)
        if wish in {Wish.HINT, Wish.SKIP}:
            return self.act(Action(wish.value), user, place, about)
        meant = self.ordered(COMMANDS_OF[wish], user, place)
        return self.coach.stop(user) if meant is None else meant[0].run(meant[1])

    def _unless_too_fast(
        self, user: PlatformUser, place: Place | None, text: str, delivery: str
    ) -> None:
        """Let pass an answer within the limits.

        Raises:
            AnswersTooFast: it is one too many.
            DeliveredBefore: it would be, but it was delivered before and is stored.
        """
        try:
            self._rate_limits.answer(user, place, text)
        except AnswersTooFast:
            self.coach.unless_delivered(delivery)
            raise

    def _begin(self, user: PlatformUser, place: Place | None, about: About) -> Begin | None:
        """Return what makes the ask of somebody who answers what was not put to them alone."""
        ask_id, post_id, question_id = about
        if post_id is not None and ask_id is None:
            return lambda uow: self.services.daily.begin_in(uow, user, place, post_id)
        if question_id is None or (ask_id is not None and question_id not in self.bank):
            return None
        return lambda uow: self.coach.begin(uow, user, question_id, place)

    def outcome(self, act: Act, answer: str | None = None) -> Outcome:
        """Return what a use case came to.

        Where it was about an `answer` that is not stored, the text is given back.
        """
        try:
            return Outcome(act())
        except Exception as problem:  # noqa: BLE001 whatever it is, the person hears of it
            return refused(problem, answer)

    def act(self, action: Action, user: PlatformUser, place: Place | None, about: About) -> Reply:
        """Do what the button of an action says.

        Raises:
            CoachError: as the use case does.
        """
        on_ask = {
            Action.HINT: self.coach.hint,
            Action.REVEAL: self.coach.reveal,
            Action.SKIP: self.coach.skip,
        }.get(action)
        if on_ask is not None:
            return on_ask(user, self.ask_id(user, place, about))
        return self.commands[action.value].run(Request(user, place))

    def ordered(
        self, line: str, user: PlatformUser, place: Place | None
    ) -> tuple[Command, Request] | None:
        """Return the command that a line names and the request that it makes, None for no command.

        Raises:
            CoachError: what stands behind the name cannot be read.
        """
        return ordered(self.commands, line, user, place)

    def news(self, user: PlatformUser) -> tuple[Reply, ...]:
        """Return what happened while the learner was not there; nothing where that fails."""
        try:
            return self.services.notices.waiting(user)
        except CoachError:
            log.exception("the news of a learner could not be read")
            return ()

    def note(self, departure: Callable[[Departures], None]) -> None:
        """Note a departure; what cannot be noted is noticed at the next post."""
        try:
            departure(self.services.departures)
        except CoachError:
            log.exception("a departure could not be noted")

    def not_shown(self, user: PlatformUser, ask_id: int | None) -> None:
        """Keep the grade of an answer for the next occasion."""
        try:
            self.services.late_grades.not_shown(user, ask_id)
        except CoachError:
            log.exception("news of a grade could not be kept; /feedback shows it")


def refused(problem: Exception, answer: str | None = None) -> Outcome:
    """Return what somebody is told of an error; an `answer` that is not stored is given back."""
    stored = isinstance(problem, GradingUnavailable | DeliveredBefore)
    if isinstance(problem, AnswerRejected):
        answer = problem.text
    choices = problem.choices if isinstance(problem, CoachError) else ()
    reply = Reply((Paragraph(sentence_for(problem)),), choices=choices)
    if answer is None or stored:
        return Outcome(reply, stored=stored)
    return Outcome(replace(reply, blocks=(*reply.blocks, Quote(answer))), draft=answer)


def sentence_for(problem: Exception) -> str:
    """Return what somebody is told of an error, on one line; what is our fault is logged."""
    if isinstance(problem, UnknownQuestion):
        return QUESTION_REMOVED
    if isinstance(problem, CoachError) and not isinstance(problem, OperatorError):
        return problem.sentence
    reference = secrets.token_hex(3)
    log.error("unexpected error %s", reference, exc_info=problem)
    return unexpected(reference)
