"""The use cases of a mock interview as a whole: begin, pause, resume, stop.

Interviews are private: their answers count in no community.
"""

from collections.abc import Callable
from typing import Final

from bot.core.accounts.model import PlatformUser
from bot.core.commands import Command, Group, Kind, Parameter, Request, Syntax
from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.interviews import words as interviews_words
from bot.core.interviews.errors import InterviewRunning
from bot.core.interviews.guard import unfinished
from bot.core.interviews.model import Interview, InterviewState, ended, paused, resumed
from bot.core.interviews.parsing import Order, ordered, read_interview
from bot.core.interviews.report import InterviewReports
from bot.core.interviews.rules import MOST_QUESTIONS, plan
from bot.core.interviews.screen import InterviewScreen, needed
from bot.core.ports import Clock
from bot.core.practice.model import AskState
from bot.core.questions.banks import Banks
from bot.core.questions.errors import UnknownTopic
from bot.core.rate_limits.model import Cost
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank

STEPS: Final = {
    "pause": "Pause",
    "resume": "Resume",
    "stop": "Stop and report",
    "report": "Report of the last one",
    "report picture": "Report as a picture",
}

PARAMETERS: Final = (
    Parameter("topics", "Topics to be interviewed about, separated by spaces"),
    Parameter("questions", "How many questions", Kind.INTEGER, most=MOST_QUESTIONS),
    Parameter(
        "step",
        "Pause, resume or stop the interview under way, or see the report of the last one",
        Kind.CHOICE,
        STEPS,
    ),
    Parameter("file", "The file that the picture goes to", Kind.PATH),
)


def _costs(request: Request) -> Cost | None:
    return Cost.PICTURE if request.text("step") == "report picture" else None


class Interviews:
    """Hold mock interviews, one for each learner at a time."""

    def __init__(
        self,
        bank: QuestionBank,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        screen: InterviewScreen,
        reports: InterviewReports,
        banks: Banks | None = None,
    ) -> None:
        self._bank = bank
        self._banks = banks
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._screen = screen
        self._reports = reports

    def commands(self) -> tuple[Command, ...]:
        """Return the entry for the command table."""
        return (
            Command(
                "interview",
                "a mock interview: questions without a word in between, and a report at the end",
                self.run,
                PARAMETERS,
                Group.PRACTICE,
                asks=True,
                syntax=Syntax(
                    "[topics] [number] | pause | resume | stop | report [picture [FILE]]",
                    read_interview,
                ),
                costs=_costs,
            ),
        )

    def run(self, request: Request) -> Reply:
        """Begin an interview, or pause, resume, stop or report on one.

        Raises:
            CoachError: as the use case behind the step does.
        """
        user = request.user
        match request.text("step"):
            case "pause":
                return self.pause(user)
            case "resume":
                return self.resume(user)
            case "stop":
                return self.stop(user)
            case "report":
                return self._reports.tell(user)
            case "report picture":
                return self._reports.draw(user, request.text("file"))
        return self.start(user, request.text("topics"), request.number("questions"), request.place)

    def start(
        self,
        user: PlatformUser,
        topics: str = "",
        questions: int | None = None,
        place: Place | None = None,
    ) -> Reply:
        """Begin an interview about these topics; without any order, go on with one under way.

        Raises:
            UnknownTopic: some of the words name no topic, or there is no question about it.
            OutOfRange: the number of questions is too small or too large.
            InterviewRunning: one is under way, and another was ordered.
        """
        order = ordered(topics, questions, self._bank)
        bank = self._banks.at(user, place).bank if self._banks else self._bank
        with self._unit_of_work() as uow:
            learner = register_presence(uow, user, place, self._clock.now()).learner
            earlier = unfinished(uow, learner.id, self._clock.now())
            if earlier is not None and (topics or questions is not None):
                raise InterviewRunning
            interview = resumed(earlier) if earlier else self._plan(uow, learner.id, order, bank)
            interview = self._screen.show(uow, interview)
            ask_id = self._screen.ask_id(uow, interview)
            uow.commit()
        if earlier is not None:
            return self._screen.reply(interview, interviews_words.interview_goes_on(), ask_id)
        begun = interviews_words.interview_begins(len(interview.question_ids), order.questions)
        return self._screen.reply(interview, begun, ask_id)

    def pause(self, user: PlatformUser) -> Reply:
        """Stop the clock until the learner resumes; what they type meanwhile is not taken.

        Raises:
            NoInterview: none is under way.
        """
        with self._unit_of_work() as uow:
            interview = needed(uow, user, self._clock.now())
            if interview.state is InterviewState.RUNNING:
                interview = paused(interview, self._clock.now())
                uow.interviews.update(interview)
                uow.commit()
        return self._screen.reply(interview)

    def resume(self, user: PlatformUser) -> Reply:
        """Show again what is being asked, and let the clock run.

        Raises:
            NoInterview: none is under way.
        """
        with self._unit_of_work() as uow:
            interview = self._screen.show(uow, resumed(needed(uow, user, self._clock.now())))
            ask_id = self._screen.ask_id(uow, interview)
            uow.commit()
        return self._screen.reply(interview, interviews_words.interview_goes_on(), ask_id)

    def stop(self, user: PlatformUser) -> Reply:
        """End the interview before its end, and report on what was answered.

        Raises:
            NoInterview: none is under way.
        """
        with self._unit_of_work() as uow:
            interview = needed(uow, user, self._clock.now())
            asks = uow.asks.of_interview(interview.id)
            if asks and asks[-1].state is AskState.OPEN:  # it takes no answer any more
                uow.asks.update(asks[-1].id, AskState.SKIPPED, asks[-1].hints)
            interview = ended(interview, self._clock.now())
            uow.interviews.update(interview)
            uow.commit()
        return self._screen.reply(interview, interviews_words.interview_stops())

    def _plan(
        self, uow: UnitOfWork, learner_id: int, order: Order, bank: QuestionBank
    ) -> Interview:
        """Record a new interview of questions that rise in difficulty for this learner."""
        now = self._clock.now()
        candidates = [q for q in bank if q.topic in order.topics or not order.topics]
        if not candidates:
            everything = tuple(topic.id for topic in self._bank.topics)
            raise UnknownTopic(" ".join(order.topics), everything)
        skill, difficulty = uow.elos.skills(learner_id), uow.elos.difficulties()
        seed = (learner_id, now.isoformat())
        planned = plan(candidates, order.questions, skill, difficulty, seed)
        return uow.interviews.add(learner_id, tuple(question.id for question in planned), now)
