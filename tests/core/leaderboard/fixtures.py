"""A study channel for tests of points and boards: posts, answers with chosen scores, words."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.core.accounts.model import PlatformUser
from bot.core.communities.attendance import Attendance
from bot.core.communities.model import Place, Role, Visibility
from bot.core.communities.presence import Presence, register_presence
from bot.core.daily.post import DailyPost
from bot.core.leaderboard.consequences import award_points, remark_on_points
from bot.core.leaderboard.exclusions import Exclusions
from bot.core.leaderboard.service import Boards
from bot.core.leaderboard.visibility import VisibilitySettings
from bot.core.practice.answering import Answering
from bot.core.practice.model import AskState, Attempt, Purpose
from bot.core.reply import Reply
from grading.grade import Flag, Grade
from knowledge.bank import QuestionBank
from knowledge.question import Question
from tests.builders import NOON, a_post, a_user
from tests.core.samples import DRIFT, Studio, a_grade_of, text_of, typed
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock, Registrar

TODAY = NOON.date()

HERE = Place("guild", "drift", "ML club", "drift", Role.MEMBER)
THERE = replace(HERE, channel="lime", channel_name="lime")
HOST = replace(HERE, host=True)

LONG = (
    "The relationship between the inputs and the target has changed since training, so I watch the "
    "error on labels as they arrive and retrain on recent data when it rises for good."
)
"""An answer of thirty words: long enough to be told from a copy."""


class Marks:
    """A grader that gives the score which the test chose last."""

    def __init__(self) -> None:
        self.score = 0.7
        self.flags: tuple[Flag, ...] = ()

    def grade(self, question: Question, _answer: str) -> Grade:
        return a_grade_of(question, score=self.score, flags=self.flags)


@dataclass
class Room:
    """A community with its use cases."""

    bank: QuestionBank
    unit_of_work: MakeUnitOfWork
    clock: FixedClock = field(default_factory=FixedClock)

    def __post_init__(self) -> None:
        self.marks, self.studio = Marks(), Studio()
        self.files: dict[str, bytes] = {}
        self.registrar = Registrar()
        self.attendance = Attendance(self.unit_of_work, self.clock, {"discord": self.registrar})
        self.boards = Boards(self.unit_of_work, self.clock, lambda: self.studio, self.attendance)
        self.seeing = VisibilitySettings(self.unit_of_work, self.clock)
        self.hosts = Exclusions(self.unit_of_work, self.clock)

    def answering(self) -> Answering:
        consequences = (award_points,)
        return Answering(self.bank, self.marks, self.unit_of_work, self.clock, consequences)

    def person(self, name: str) -> PlatformUser:
        return a_user(name.casefold(), display_name=name)

    def arrive(self, name: str, place: Place = HERE) -> Presence:
        with self.unit_of_work() as uow:
            here = register_presence(uow, self.person(name), place, self.clock.now())
            uow.commit()
        return here

    def post(self, day: date = TODAY, place: Place = HERE, weight: float = 1.0) -> DailyPost:
        channel = self.arrive("host", place).channel_id
        assert channel is not None
        with self.unit_of_work() as uow:
            post = a_post(uow, channel, day, question_id=DRIFT, weight=weight)
            uow.commit()
        return post

    def answer(  # noqa: PLR0913 what may matter about an answer, all but two by name
        self,
        name: str,
        post: DailyPost | None,
        score: float = 0.7,
        text: str = "Something changes.",
        *,
        purpose: Purpose = Purpose.DAILY,
        revealed: bool = False,
        flags: tuple[Flag, ...] = (),
        pending: bool = False,
    ) -> Attempt:
        here = self.arrive(name)
        answering = self.answering()
        with self.unit_of_work() as uow:
            ask = uow.asks.add(
                here.learner.id,
                DRIFT,
                self.clock.now(),
                purpose=purpose,
                community_id=here.community_id,
                channel_id=post.channel_id if post else here.channel_id,
                post_id=post.id if post else None,
            )
            if revealed:
                ask = replace(ask, state=AskState.REVEALED)
            attempt = answering.store(uow, ask, text)
            uow.commit()
        self.marks.score, self.marks.flags = score, flags
        return attempt if pending else answering.grade(attempt)

    def said_of(self, attempt: Attempt) -> str:
        with self.unit_of_work() as uow:
            return text_of(Reply(remark_on_points(uow, attempt)))

    def shows(self, *names: str, how: Visibility = Visibility.NAMED) -> None:
        for name in names:
            self.seeing.show_as(self.person(name), HERE, how)

    def board(self, name: str, words: str = "", place: Place | None = HERE) -> str:
        line = f"leaderboard {words}"
        reply = typed(self.boards.commands(), line, self.person(name), place)
        self.files |= {file.name: file.content for file in reply.files}
        return text_of(reply)

    def ranks(self, name: str = "host") -> list[tuple[int, str, float]]:
        rows = self.boards.board(self.person(name), HERE).figures.rows
        return [(row.rank, row.name, row.points) for row in rows]

    def host(self, act: str, words: str = "", place: Place | None = HOST) -> str:
        return text_of(typed(self.hosts.commands(), f"{act} {words}", self.person("Hanna"), place))

    def days_pass(self, days: int) -> None:
        self.clock.pass_by(timedelta(days=days))
