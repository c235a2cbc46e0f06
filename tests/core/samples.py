"""Grades, attempts and a whole coach for tests of the core; and a reply's words as one text."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import timedelta
from enum import Enum
from typing import Any

from bot.core.accounts.model import PlatformUser
from bot.core.coach.service import Coach
from bot.core.command_refs import spoken
from bot.core.commands import Command
from bot.core.communities.model import Place
from bot.core.figures import Figures, Picture, Theme
from bot.core.interviews.answers import InterviewAnswers
from bot.core.interviews.report import InterviewReports
from bot.core.interviews.screen import InterviewScreen
from bot.core.ports import Clock
from bot.core.practice.answering import Answering, Remark
from bot.core.practice.consequences import update_ratings
from bot.core.practice.model import Attempt
from bot.core.questions.banks import Banks
from bot.core.reply import Reply
from bot.core.reviews.consequences import update_card
from bot.core.text_commands import ordered, table_of
from bot.core.words.alt_text import alt_text
from grading.grade import Band, Flag, Grade, GraderId, MisconceptionHit, PointResult, PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import KeyPoint, PointRole, Question
from tests.builders import NOON, a_user
from tests.fakes import FakeFinder, FakeGrader, FixedClock
from tests.memory import InMemoryDatabase

DRIFT = "monitoring/concept-drift"
ANSWER = "The relationship between inputs and target changes."


class Studio:
    """A painter that draws nothing."""

    def paint(self, figures: Figures, theme: Theme = Theme.DARK) -> Picture:
        return Picture(b"PNG", alt_text(figures), f"report-{theme}.png")


def screen_of(
    bank: QuestionBank, answering: Answering, unit_of_work: Callable[[], Any], clock: Clock
) -> tuple[InterviewScreen, InterviewReports]:
    """What shows interviews, with its reports."""
    reports = InterviewReports(bank, answering, unit_of_work, clock, Studio)
    return InterviewScreen(bank, clock, reports), reports


def coach_of(
    bank: QuestionBank,
    answering: Answering,
    unit_of_work: Callable[[], Any],
    clock: Clock,
    finder: FakeFinder | None = None,
    remarks: Sequence[Remark] = (),
) -> Coach:
    """A coach over these parts; interviews are among them."""
    screen, _ = screen_of(bank, answering, unit_of_work, clock)
    interview = InterviewAnswers(bank, answering, unit_of_work, clock, screen)
    banks = Banks(bank, finder or FakeFinder())
    return Coach(bank, answering, banks, unit_of_work, clock, interview, remarks)


@dataclass
class Table:
    """A coach with its parts at hand and a learner who sits down with it."""

    bank: QuestionBank
    grader: FakeGrader = field(default_factory=FakeGrader)
    finder: FakeFinder = field(default_factory=FakeFinder)
    database: InMemoryDatabase = field(default_factory=InMemoryDatabase)
    clock: FixedClock = field(default_factory=FixedClock)
    user: PlatformUser = field(default_factory=a_user)

    @property
    def answering(self) -> Answering:
        consequences = (update_card, update_ratings)
        unit_of_work: Any = self.database.unit_of_work  # it has what answering needs
        return Answering(self.bank, self.grader, unit_of_work, self.clock, consequences)

    @property
    def coach(self) -> Coach:
        unit_of_work = self.database.unit_of_work
        return coach_of(self.bank, self.answering, unit_of_work, self.clock, self.finder)

    def ask(self, about: str = "", place: Place | None = None) -> Reply:
        return self.coach.ask(self.user, about, place)

    def answer(self, text: str = ANSWER) -> Reply:
        return self.coach.submit_answer(self.user, text)

    @property
    def attempts(self) -> list[Attempt]:
        return list(self.database.attempts.values())


def a_grade_of(
    question: Question,
    statuses: Mapping[str, PointStatus] | None = None,
    *,
    score: float = 0.5,
    band: Band = Band.PARTIAL,
    flags: tuple[Flag, ...] = (),
    misconceptions: tuple[MisconceptionHit, ...] = (),
    closest: str | None = None,
) -> Grade:
    """A grade over all points of a question; those not named are missed."""
    statuses = statuses or {}
    return Grade(
        question_id=question.id,
        score=score,
        band=band,
        points=tuple(
            _point(point.id, point.statement, point.weight, statuses.get(point.id))
            for point in question.key_points
        ),
        misconceptions=misconceptions,
        flags=flags,
        closest_question=closest,
        grader=GraderId(version="1", model="fake"),
    )


def _point(name: str, text: str, weight: float, status: PointStatus | None) -> PointResult:
    status = status or PointStatus.MISSED
    return PointResult(
        id=name,
        text=text,
        weight=weight,
        status=status,
        credit={PointStatus.COVERED: 1.0, PointStatus.PARTIAL: 0.5}.get(status, 0.0),
        evidence=None if status is PointStatus.MISSED else f"what I said about {name}",
    )


def an_attempt(
    question_id: str,
    score: float | None = 0.5,
    *,
    number: int = 1,
    assisted: bool = False,
    band: Band = Band.PARTIAL,
) -> Attempt:
    """A graded attempt; without a score, one whose grade is pending."""
    at = NOON + timedelta(minutes=number)
    grade = None
    if score is not None:
        identity = GraderId(version="1", model="fake")
        grade = Grade(question_id=question_id, score=score, band=band, points=(), grader=identity)
    return Attempt(
        id=number,
        ask_id=number,
        learner_id=1,
        question_id=question_id,
        answer=ANSWER,
        submitted_at=at,
        assisted=assisted,
        grade=grade,
        graded_at=None if grade is None else at,
    )


def taken(
    answering: Answering, user: PlatformUser, text: str, ask_id: int | None = None
) -> Attempt:
    """Store an answer and grade it."""
    with answering.storing() as uow:
        attempt = answering.note(uow, user, text, ask_id)
        uow.commit()
    return answering.grade(attempt)


def typed(
    commands: Iterable[Command], line: str, user: PlatformUser, place: Place | None = None
) -> Reply:
    """Return what a command says to a line that somebody typed, without its slash."""
    asked = ordered(table_of(commands), line, user, place)
    assert asked is not None, f"no command is called so: {line}"
    command, request = asked
    return command.run(request)


def text_of(reply: Reply) -> str:
    """Return every word of a reply as a terminal says it, a text a line."""
    return spoken("\n".join(_texts(reply.blocks)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and not isinstance(value, Enum):
        yield from (value,) if value else ()
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for each in value:
            yield from _texts(each)


def is_shown(question: Question, point: KeyPoint, statuses: Mapping[str, PointStatus]) -> bool:
    """Whether feedback shows a point: a missed one only where it matters next."""
    missed = [p for p in question.essential if statuses[p.id] is PointStatus.MISSED]
    made = sum(statuses[p.id] is PointStatus.COVERED for p in question.essential)
    if question.enough is not None and made >= question.enough:
        missed = []
    if statuses[point.id] is not PointStatus.MISSED:
        return True
    return point in missed if point.role is PointRole.ESSENTIAL else not missed
