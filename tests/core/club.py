"""A community with a daily question on a real database: its engine, its commands, its learners."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.core.accounts.model import PlatformUser
from bot.core.admitting import remark_on_discussion
from bot.core.announcing import Announcer
from bot.core.coach import Coach
from bot.core.commands import Command
from bot.core.communities.model import Place
from bot.core.communities.presence import Presence, register_presence
from bot.core.daily import DailyPost, Plan
from bot.core.daily_commands import DailyCommands
from bot.core.daily_engine import DailyEngine
from bot.core.daily_plans import DailyPlans
from bot.core.daily_practice import DailyPractice
from bot.core.interviews.service import Interviews
from bot.core.leaderboard.consequences import award_points, remark_on_points
from bot.core.posting import Posting
from bot.core.practice.answering import Answering
from bot.core.questions.banks import Shelves
from bot.core.reply import Reply
from bot.core.streaks.consequences import record_active_day
from bot.storage.orm import DailyPostRow
from grading.grade import Grade
from knowledge.bank import QuestionBank
from tests.builders import a_user
from tests.core.channels import Channels, Message
from tests.core.samples import coach_of, screen_of, text_of
from tests.databases import MakeUnitOfWork
from tests.fakes import FakeFinder, FakeGrader, FixedClock

MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
"""Monday, eight o'clock in Berlin."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HERE = Place("guild", "drift", "ML club", "drift")
HOSTED = replace(HERE, host=True)
HEDY, ADA, GRACE = (a_user(name.casefold(), display_name=name) for name in ("Hedy", "Ada", "Grace"))


class Club:
    """Everything around daily questions, wired as the application does."""

    def __init__(self, unit_of_work: MakeUnitOfWork, bank: QuestionBank) -> None:
        self.unit_of_work = unit_of_work
        self.clock = FixedClock(MORNING)
        self.grader = FakeGrader()
        self.channels = Channels(self.clock.now)
        self.use(bank)

    def use(self, bank: QuestionBank) -> None:
        """Start the program with these questions."""
        self.bank = bank
        platforms = {"discord": self.channels, "slack": self.channels}
        parts = (bank, self.unit_of_work, self.clock)
        self.engine = DailyEngine(Announcer(*parts, platforms), Posting(*parts, platforms, "desk"))
        self.plans, self.practice = DailyPlans(*parts, {"discord"}), DailyPractice(*parts)
        self.commands = DailyCommands(bank, self.practice, self.plans)

    @property
    def answering(self) -> Answering:
        consequences = (record_active_day, award_points)
        parts = (self.unit_of_work, self.clock, consequences)
        return Answering(self.bank, self.grader, *parts)

    @property
    def coach(self) -> Coach:
        parts = (self.bank, self.answering, self.unit_of_work, self.clock)
        return coach_of(*parts, remarks=(remark_on_points, remark_on_discussion))

    @property
    def interview(self) -> Command:
        screen, reports = screen_of(self.bank, self.answering, self.unit_of_work, self.clock)
        shelves = Shelves(self.bank, FakeFinder())
        parts = (self.bank, self.unit_of_work, self.clock, screen, reports, shelves)
        return next(each for each in Interviews(*parts).commands() if each.name == "interview")

    def run(self, words: str = "", user: PlatformUser = ADA, place: Place | None = HERE) -> Reply:
        """Type /daily."""
        (command,) = self.commands.commands()
        return command.run(user, place, words)

    def host(self, words: str, place: Place | None = HOSTED) -> str:
        """Type /daily as somebody who may manage the community, and return what is said."""
        return text_of(self.run(words, HEDY, place))

    def pass_by(self, time: timedelta, every: timedelta = timedelta(minutes=30)) -> None:
        """Let time pass, while the engine looks now and then."""
        until = self.clock.at + time
        while self.clock.at < until:
            self.clock.pass_by(min(every, until - self.clock.at))
            self.engine.poll()

    def skip_to(self, *parts: int) -> None:
        """Set the clock, while no program runs."""
        self.clock.at = datetime(*parts, tzinfo=UTC)

    def arrive(self, user: PlatformUser, place: Place | None = HERE) -> Presence:
        with self.unit_of_work() as uow:
            here = register_presence(uow, user, place, self.clock.now())
            uow.commit()
        return here

    def plan(self, place: Place = HERE) -> Plan | None:
        channel = self.arrive(HEDY, place).channel_id
        with self.unit_of_work() as uow:
            return uow.plans.get(channel or 0)

    def posts(self, place: Place = HERE) -> list[DailyPost]:
        """Return the records of the channel, by day."""
        channel = self.arrive(HEDY, place).channel_id
        with self.unit_of_work() as uow:
            ids = select(DailyPostRow.id).where(DailyPostRow.channel_id == channel)
            found = [uow.posts.get(post_id) for post_id in uow._session.scalars(ids)]
        return sorted((post for post in found if post), key=lambda post: post.day)

    def asked(self, place: Place = HERE) -> Sequence[Message]:
        """Return the questions that stand in the channel."""
        return self.channels.of(place.channel)

    def answer(
        self,
        user: PlatformUser,
        text: str = "Something changes.",
        grade: Grade | None = None,
        place: Place | None = HERE,
    ) -> Reply:
        """Answer what /daily asks."""
        ask_id = self.run("", user, place).ask_id
        assert ask_id is not None
        if grade is not None:
            self.grader.outcomes = (grade,)
        return self.coach.submit_answer(user, text, ask_id)
