"""A platform for tests of the daily question: it keeps what arrives, and fails or dies on order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import select

from bot.core.accounts.model import PlatformUser
from bot.core.coach.service import Coach
from bot.core.commands import Command
from bot.core.communities.attendance import Attendance
from bot.core.communities.model import Place
from bot.core.communities.presence import Presence, register_presence
from bot.core.daily.answering import DailyPractice
from bot.core.daily.commands import daily_commands
from bot.core.daily.discussions import remark_on_discussion
from bot.core.daily.engine import DailyEngine, DailyPlanner
from bot.core.daily.plan import Plan
from bot.core.daily.post import DailyPost
from bot.core.daily.poster import PostRunner
from bot.core.daily.setup import DailyPlans
from bot.core.errors import Undeliverable
from bot.core.interviews.service import Interviews
from bot.core.leaderboard.consequences import award_points, remark_on_points
from bot.core.ports import Address
from bot.core.practice.answering import Answering
from bot.core.questions.banks import Banks
from bot.core.reply import Reply
from bot.core.streaks.consequences import record_active_day
from bot.storage.orm import DailyPostRow
from grading.grade import Grade
from knowledge.bank import QuestionBank
from tests.builders import a_user
from tests.core.samples import coach_of, screen_of, text_of, typed
from tests.databases import MakeUnitOfWork
from tests.fakes import FakeFinder, FakeGrader, FixedClock, Registrar


class Killed(BaseException):
    """The program dies here and now: nothing catches it."""


@dataclass
class Message:
    """A message in a channel."""

    to: Address
    message: Reply
    marker: str
    at: datetime
    ping_role: str = ""
    below: str = ""
    edits: list[Reply] = field(default_factory=list)


@dataclass
class Channels:
    """All channels of a platform; `trouble` is called before and after each act takes effect."""

    now: Callable[[], datetime]
    trouble: Callable[[str], None] = lambda _: None
    act: Callable[[Address], None] = lambda _: None
    messages: dict[str, Message] = field(default_factory=dict)
    threads: dict[str, str] = field(default_factory=dict)
    discussions: dict[str, Message] = field(default_factory=dict)
    admitted: list[tuple[str, str]] = field(default_factory=list)
    unwelcome: dict[str, Undeliverable] = field(default_factory=dict)
    broken: dict[str, Undeliverable] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    looked: int = 0
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def serves(self, community: str) -> bool:
        return community not in self.elsewhere

    def post(self, to: Address, message: Reply, marker: str, ping_role: str = "") -> str:
        return self._add("post", Message(to, message, marker, self.now(), ping_role))

    def reply(self, to: Address, message_id: str, message: Reply, marker: str) -> str:
        assert message_id in self.messages
        return self._add("reply", Message(to, message, marker, self.now(), below=message_id))

    def find(self, to: Address, marker: str, since: datetime) -> str | None:
        self.looked += 1
        self._before("find", to)
        found = [
            message_id
            for message_id, each in self.messages.items()
            if each.marker == marker and each.to == to and each.at >= since
        ]
        self.trouble("after find")
        return found[0] if found else None

    def open_thread(self, to: Address, message_id: str, name: str) -> None:
        self._before("open_thread", to)
        assert message_id in self.messages
        self.threads.setdefault(message_id, name)
        self.trouble("after open_thread")

    def open_discussion(
        self, to: Address, name: str, first: Reply, marker: str, since: datetime
    ) -> str:
        self._before("open_discussion", to)
        assert name
        begun = [
            number
            for number, each in self.discussions.items()
            if each.marker == marker and each.at >= since
        ]
        discussion = begun[0] if begun else f"private-{len(self.discussions) + 1}"
        self.discussions.setdefault(discussion, Message(to, first, marker, self.now()))
        self.trouble("after open_discussion")
        return discussion

    def admit(self, to: Address, discussion_id: str, person: str) -> None:
        self._before("admit", to)
        assert discussion_id in self.discussions
        if person in self.unwelcome:
            raise self.unwelcome[person]
        self.admitted.append((discussion_id, person))
        self.trouble("after admit")

    def edit(self, to: Address, message_id: str, message: Reply) -> None:
        self._before("edit", to)
        self.messages[message_id].edits.append(message)
        self.trouble("after edit")

    def tell(self, community: str, person: str, message: Reply) -> None:
        raise AssertionError(f"nobody writes to {person} of {community}: {message}")

    def of(self, channel: str) -> list[Message]:
        """Return the questions that were posted to a channel, without what stands below them."""
        return [
            each for each in self.messages.values() if each.to.channel == channel and not each.below
        ]

    def results(self, channel: str) -> list[Message]:
        return [
            each for each in self.messages.values() if each.to.channel == channel and each.below
        ]

    def _add(self, act: str, message: Message) -> str:
        self._before(act, message.to)
        message_id = str(next(self._numbers))
        self.messages[message_id] = message
        self.trouble(f"after {act}")
        return message_id

    def _before(self, act: str, to: Address) -> None:
        self.act(to)
        self.trouble(f"before {act}")
        if to.channel in self.broken:
            raise self.broken[to.channel]


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
        self.registrar = Registrar()
        attendance = Attendance(self.unit_of_work, self.clock, {"discord": self.registrar})
        self.engine = DailyEngine(
            DailyPlanner(*parts, platforms), PostRunner(*parts, platforms, "desk", attendance)
        )
        self.plans, self.practice = DailyPlans(*parts, {"discord"}), DailyPractice(*parts)
        self.commands = daily_commands(bank, self.practice, self.plans)

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
        banks = Banks(self.bank, FakeFinder())
        parts = (self.bank, self.unit_of_work, self.clock, screen, reports, banks)
        return next(each for each in Interviews(*parts).commands() if each.name == "interview")

    def run(self, words: str = "", user: PlatformUser = ADA, place: Place | None = HERE) -> Reply:
        """Type /daily."""
        return typed(self.commands, f"daily {words}", user, place)

    def host(self, words: str, place: Place | None = HOSTED) -> str:
        """Type /daily as somebody who may manage the community, and return what is said."""
        return text_of(self.run(words, HEDY, place))

    def pass_by(self, time: timedelta, every: timedelta = timedelta(minutes=30)) -> None:
        """Let time pass, while the engine looks now and then."""
        until = self.clock.at + time
        while self.clock.at < until:
            self.clock.pass_by(min(every, until - self.clock.at))
            self.engine.poll()

    def skip_to(self, year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> None:
        """Set the clock, while no program runs."""
        self.clock.at = datetime(year, month, day, hour, minute, tzinfo=UTC)

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
