"""The composition root: settings in, wired objects out. Nothing else constructs.

Nothing here loads a model: the encoder does that when the first text is embedded, and the second
opinion when it is first asked.
"""

import atexit
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from bot.clock import StoppedClock, SystemClock
from bot.core.account_commands import AccountCommands
from bot.core.accounts import Accounts
from bot.core.announcing import Announcer
from bot.core.answering import Answering
from bot.core.appeal_commands import AppealCommands
from bot.core.appeals import Appeals
from bot.core.boards import Boards
from bot.core.coach import Coach
from bot.core.commands import Command
from bot.core.daily_commands import DailyCommands
from bot.core.daily_engine import DailyEngine
from bot.core.daily_plans import DailyPlans
from bot.core.daily_practice import DailyPractice
from bot.core.departures import Departures
from bot.core.exclusions import Exclusions
from bot.core.flags import Flags
from bot.core.grader_commands import GraderCommands
from bot.core.hearings import Hearings
from bot.core.heartbeat import Heartbeat
from bot.core.house_rules import HouseRules
from bot.core.housekeeping import Housekeeping
from bot.core.insights import Insights
from bot.core.interview_answers import InterviewAnswers
from bot.core.interview_report import InterviewReports
from bot.core.interview_screen import InterviewScreen
from bot.core.interviews import Interviews
from bot.core.keeping import keep_streak
from bot.core.learner import PlatformUser
from bot.core.lookup import QuestionLookup
from bot.core.notices import Notices
from bot.core.overviews import Overviews
from bot.core.owed import OwedGrades
from bot.core.own_question_commands import OwnQuestionCommands
from bot.core.own_questions import OwnQuestions
from bot.core.playing import play
from bot.core.points import award_points, recount, remark_on_points
from bot.core.ports import Clock, Messenger, OwnQuestionSource, QuestionFinder, UnitOfWork
from bot.core.ports.standing import Standing
from bot.core.posting import Posting
from bot.core.postman import Postman
from bot.core.privacy import Privacy
from bot.core.privacy_commands import PrivacyCommands
from bot.core.progressing import Progressing
from bot.core.quiet_days import quiet_days
from bot.core.regrading import Regrading, order_if_missed
from bot.core.remembering import remember
from bot.core.reminding import Reminding
from bot.core.reply import Reply
from bot.core.retention import Terms
from bot.core.reviews import Reviews
from bot.core.seeing import Seeing
from bot.core.shelves import CommunityShelves, EveryBank
from bot.core.standing import Sources
from bot.core.streaks import Streaks
from bot.core.variants import Variants
from bot.platforms.runner import Job, Platform
from bot.platforms.terminal.files import TerminalFiles
from bot.platforms.terminal.person import PLATFORM
from bot.platforms.terminal.room import TerminalRoom
from bot.platforms.tray import FilesByPlatform, TrayFiles
from bot.settings import Settings
from grading.batching import BatchingEncoder
from grading.corpus import Corpus
from grading.encoder import SentenceTransformerEncoder
from grading.grader import Grader
from grading.resemblance import Resemblance
from grading.search import QuestionSearch, WiderSearch
from grading.second_opinion import NliModel
from knowledge.bank import QuestionBank
from knowledge.loader import load_bank
from knowledge.question import Question

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.pictures.painter import Painter
    from bot.platforms.discord.platform import DiscordPlatform
    from bot.platforms.slack.platform import SlackPlatform
    from bot.storage.traces import LocalTraces

A_MINUTE, A_DAY = 60.0, 86_400.0
"""In seconds."""


@dataclass(frozen=True)
class Application:
    """The parts of a coach with these settings, each made when first asked for, and once."""

    settings: Settings
    serving: bool = False
    """Whether many people are served at once; then one thread runs the model for all of them."""
    at: datetime | None = None
    """The moment that it is, for ever; None for the system's time."""

    @cached_property
    def shipped(self) -> QuestionBank:
        """The questions that all communities share.

        Raises:
            InvalidBank: a question file has faults.
        """
        return load_bank(self.settings.knowledge)

    @cached_property
    def bank(self) -> EveryBank:
        """The same, with the own questions of communities by their ids.

        The database is opened when the first of these is looked for.

        Raises:
            InvalidBank: a question file has faults.
        """
        return EveryBank(self.shipped, lambda: self.own_question_source)

    @cached_property
    def shelves(self) -> CommunityShelves:
        """Which questions are asked where."""
        return CommunityShelves(self.bank, self.search, self.finder_among)

    def finder_among(self, more: Sequence[Question]) -> QuestionFinder:
        """Return a search over the shipped questions and some more."""
        return WiderSearch(self.search, self.corpus, more)

    @cached_property
    def clock(self) -> Clock:
        """The time."""
        return StoppedClock(self.at) if self.at else SystemClock()

    @cached_property
    def encoder(self) -> SentenceTransformerEncoder:
        """The model that makes vectors."""
        return SentenceTransformerEncoder(self.settings.model, self.settings.precision)

    @cached_property
    def corpus(self) -> Corpus:
        """The questions as vectors."""
        return Corpus(self.shipped, self.encoder, self.settings.vectors)

    @cached_property
    def grader(self) -> Grader:
        """The grader with the shipped coefficients, and a second opinion where one is named."""
        name = self.settings.nli_model
        grader = Grader(self.corpus, second_opinion=NliModel(name) if name else None)
        return grader.reading_with(BatchingEncoder(self.encoder)) if self.serving else grader

    @cached_property
    def search(self) -> QuestionSearch:
        """The search over the shipped questions."""
        return QuestionSearch(self.corpus)

    @cached_property
    def lookup(self) -> QuestionLookup:
        """From words to a question, without a database."""
        return QuestionLookup(self.bank, self.search)

    @cached_property
    def engine(self) -> "Engine":
        """The connections to an up-to-date database.

        Raises:
            StorageError: the database cannot be opened or upgraded.
        """
        from bot.storage.engine import make_engine
        from bot.storage.migrate import upgrade

        upgrade(self.settings.database_url, self.settings.backups)
        return make_engine(self.settings.database_url, self.settings.busy_seconds)

    @cached_property
    def unit_of_work(self) -> Callable[[], UnitOfWork]:
        """What makes a transaction over an up-to-date database.

        Raises:
            StorageError: the database cannot be opened or upgraded.
        """
        from sqlalchemy.orm import sessionmaker

        from bot.storage.engine import place_of
        from bot.storage.turns import Turns, UnitOfWorkInTurn

        engine, seconds = self.engine, self.settings.busy_seconds
        sessions, turns, place = sessionmaker(engine), Turns(), place_of(engine.url)
        return lambda: UnitOfWorkInTurn(sessions, turns, place, seconds)

    @cached_property
    def own_question_source(self) -> OwnQuestionSource:
        """What reads own questions beside any transaction.

        Raises:
            StorageError: the database cannot be opened or upgraded.
        """
        from bot.storage.repositories import SqlOwnQuestionSource

        return SqlOwnQuestionSource(self.engine)

    @cached_property
    def answering(self) -> Answering:
        """How answers are taken and graded, with everything that follows from a grade."""
        consequences = (remember, play, keep_streak, award_points, order_if_missed)
        return Answering(
            self.bank,
            self.grader,
            self.unit_of_work,
            self.clock,
            consequences,
            self.variants.of,
        )

    @cached_property
    def variants(self) -> Variants:
        """The questions as communities have them."""
        return Variants(self.unit_of_work)

    @cached_property
    def regrading(self) -> Regrading:
        """What grades earlier answers again; run it at the start and now and then."""
        return Regrading(
            self.bank, self.grader, self.unit_of_work, self.clock, self.variants.of, (recount,)
        )

    @cached_property
    def appeals(self) -> Appeals:
        """The use cases of appeals, for learners."""
        return Appeals(self.bank, self.unit_of_work, self.clock)

    @cached_property
    def hearings(self) -> Hearings:
        """The use cases of appeals, for hosts."""
        return Hearings(
            self.bank,
            self.unit_of_work,
            self.clock,
            Resemblance(self.corpus),
            self.regrading.run_pending,
        )

    @cached_property
    def flags(self) -> Flags:
        """The use cases of flags on questions."""
        return Flags(self.bank, self.unit_of_work, self.clock)

    @cached_property
    def coach(self) -> Coach:
        """The use cases of practice.

        Raises:
            StorageError: the database cannot be opened or upgraded.
            InvalidBank: a question file has faults.
        """
        return Coach(
            self.bank,
            self.answering,
            self.shelves,
            self.unit_of_work,
            self.clock,
            InterviewAnswers(
                self.bank, self.answering, self.unit_of_work, self.clock, self.interview_screen
            ),
            (remark_on_points, self.streaks.remark),
        )

    @cached_property
    def own_questions(self) -> OwnQuestions:
        """The use cases of communities' own questions."""
        return OwnQuestions(self.shipped, self.finder_among, self.unit_of_work, self.clock)

    @cached_property
    def insights(self) -> Insights:
        """The use cases of what many answers tell."""
        from bot.storage.repositories import SqlCohorts

        cohorts = SqlCohorts(self.engine)
        return Insights(self.bank, self.shelves, self.unit_of_work, cohorts)

    @cached_property
    def accounts(self) -> Accounts:
        """The use cases about accounts and settings."""
        return Accounts(self.unit_of_work, self.clock)

    @cached_property
    def painter(self) -> "Painter":
        """What draws; its process starts with the first picture and ends with this one."""
        from bot.pictures.painter import Painter
        from bot.pictures.worker import RenderProcess

        painter = Painter(RenderProcess())
        atexit.register(painter.close)
        return painter

    @cached_property
    def progressing(self) -> Progressing:
        """The use cases about how a learner is doing."""
        return Progressing(
            self.bank,
            self.unit_of_work,
            self.clock,
            lambda: self.painter,
            self.files,
            self.standing,
        )

    @cached_property
    def standing(self) -> Standing:
        """Where the figures beside the answers come from."""
        sources = Sources(self.bank)
        return Standing(
            skills=sources.skills, forecast=sources.forecast, streak=self.streaks.figures
        )

    @cached_property
    def reviews(self) -> Reviews:
        """The use cases of reviews."""
        return Reviews(self.bank, self.unit_of_work, self.clock)

    @cached_property
    def streaks(self) -> Streaks:
        """The use cases of streaks."""
        return Streaks(self.unit_of_work, self.clock, quiet_days(self.clock, {PLATFORM}))

    @cached_property
    def heartbeat(self) -> Heartbeat:
        """The sign of life of a service, given at its start and once a minute."""
        return Heartbeat(self.unit_of_work, self.clock)

    @cached_property
    def boards(self) -> Boards:
        """The use cases of leaderboards."""
        return Boards(self.unit_of_work, self.clock, lambda: self.painter, self.files)

    @cached_property
    def seeing(self) -> Seeing:
        """The use cases about what others see of a learner."""
        return Seeing(self.unit_of_work, self.clock)

    @cached_property
    def exclusions(self) -> Exclusions:
        """The use cases of hosts about who and what is ranked."""
        return Exclusions(self.unit_of_work, self.clock)

    @cached_property
    def interview_reports(self) -> InterviewReports:
        """The use cases of reports on interviews."""
        return InterviewReports(
            self.bank,
            self.answering,
            self.unit_of_work,
            self.clock,
            lambda: self.painter,
            self.files,
        )

    @cached_property
    def interview_screen(self) -> InterviewScreen:
        """What stands on the screen in an interview."""
        return InterviewScreen(self.bank, self.clock, self.interview_reports)

    @cached_property
    def interviews(self) -> Interviews:
        """The use cases of interviews as a whole."""
        return Interviews(
            self.bank,
            self.unit_of_work,
            self.clock,
            self.interview_screen,
            self.interview_reports,
            self.shelves,
        )

    @cached_property
    def terms(self) -> Terms:
        """How long things are kept."""
        return Terms(self.settings.retention_days)

    @cached_property
    def traces(self) -> "LocalTraces":
        """What lies outside of the tables."""
        from bot.storage.traces import LocalTraces

        settings = self.settings
        return LocalTraces(settings.database_url, settings.history, settings.backups)

    @cached_property
    def privacy(self) -> Privacy:
        """The use cases about what is known of a person."""
        return Privacy(self.unit_of_work, self.clock, self.terms, self.traces)

    @cached_property
    def housekeeping(self) -> Housekeeping:
        """What lets go of what was kept for long enough; run it at the start and once a day."""
        return Housekeeping(self.unit_of_work, self.terms, self.traces)

    @cached_property
    def notices(self) -> Notices:
        """The use case of what learners should hear of."""
        return Notices(self.unit_of_work, self.clock)

    @cached_property
    def daily_plans(self) -> DailyPlans:
        """The use cases of those who run a daily question."""
        return DailyPlans(self.bank, self.unit_of_work, self.clock)

    @cached_property
    def daily_practice(self) -> DailyPractice:
        """The use cases of those who answer a daily question."""
        return DailyPractice(self.bank, self.unit_of_work, self.clock)

    @cached_property
    def overviews(self) -> Overviews:
        """The use case of an overview at a glance."""
        return Overviews(self.bank, self.unit_of_work, self.clock)

    @cached_property
    def owed(self) -> OwedGrades:
        """What sees to it that late grades arrive."""
        return OwedGrades(self.bank, self.answering, self.coach, self.unit_of_work, self.clock)

    @cached_property
    def files(self) -> FilesByPlatform:
        """Where files for a person go: into a folder, or with a message."""
        return FilesByPlatform(
            {"terminal": TerminalFiles(), "discord": TrayFiles(), "slack": TrayFiles()}
        )

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """What a person can ask for by name, beside asking and answering."""
        return (
            *AccountCommands(self.accounts).commands(),
            *self.reviews.commands(),
            *self.interviews.commands(),
            *self.progressing.commands(),
            *self.flags.commands(),
            *AppealCommands(self.appeals, self.hearings, self.bank).commands(),
            *OwnQuestionCommands(self.own_questions, self.files, self.insights).commands(),
            *self.insights.commands(),
            *self.streaks.commands(),
            *self.owed.commands(),
            *DailyCommands(self.bank, self.daily_practice, self.daily_plans).commands(),
            *self.boards.commands(),
            *self.seeing.commands(),
            *self.exclusions.commands(),
            *HouseRules(self.unit_of_work, self.clock).commands(),
            *GraderCommands().commands(),
            *PrivacyCommands(self.privacy, self.files).commands(),
        )

    @cached_property
    def discord(self) -> "DiscordPlatform":
        """The coach on Discord."""
        from bot.platforms.discord.desk import Desk
        from bot.platforms.discord.platform import DiscordPlatform
        from bot.platforms.discord.registry import Registry

        desk = Desk(
            self.coach,
            self.bank,
            self.commands,
            self.notices,
            self.owed,
            self.daily_practice,
            self.daily_plans,
            Departures(self.unit_of_work, self.clock),
        )
        registry = Registry(self.settings.discord_commands)
        return DiscordPlatform(desk, registry, self.settings.discord)

    @cached_property
    def slack(self) -> "SlackPlatform":
        """The coach on Slack."""
        from bot.platforms.slack.desk import Around, Desk
        from bot.platforms.slack.platform import SlackPlatform

        settings = self.settings.slack
        desk = Desk(
            self.coach,
            self.bank,
            self.commands,
            settings.command,
            Around(self.notices, self.owed, self.daily_practice, self.daily_plans, self.overviews),
        )
        return SlackPlatform(desk, settings, self.unit_of_work, self.clock)

    @cached_property
    def messengers(self) -> dict[str, Messenger]:
        """What speaks first on each platform that is configured."""
        speaking: dict[str, Messenger] = {}
        if self.settings.discord.secret:
            speaking["discord"] = self.discord.messenger
        if self.settings.slack.is_set:
            speaking["slack"] = self.slack.messenger
        return speaking

    @cached_property
    def daily_engine(self) -> DailyEngine:
        """What keeps the daily questions of all channels going."""
        return self._engine_for(self.messengers)

    @cached_property
    def room(self) -> TerminalRoom:
        """Where the terminal posts."""
        return TerminalRoom(self.settings.room, self.clock.now)

    @cached_property
    def room_engine(self) -> DailyEngine:
        """What keeps the daily question of the terminal's room going."""
        return self._engine_for({PLATFORM: self.room})

    def _engine_for(self, messengers: dict[str, Messenger]) -> DailyEngine:
        unit_of_work, clock = self.unit_of_work, self.clock
        posting = Posting(self.bank, unit_of_work, clock, messengers, secrets.token_hex(8))
        return DailyEngine(Announcer(self.bank, unit_of_work, clock, messengers), posting)

    def news(self, user: PlatformUser) -> tuple[Reply, ...]:
        """Return what somebody at the terminal should hear: what concerns them, and the room."""
        self.room_engine.poll()
        return (*self.notices.waiting(user), *self.room.news())

    @cached_property
    def reminding(self) -> Reminding:
        """What reminds people of their reviews."""
        return Reminding(self.bank, self.unit_of_work, self.clock, self.messengers)

    @cached_property
    def postman(self) -> Postman:
        """What brings news to people who do not come by."""
        return Postman(self.notices, self.messengers)

    @cached_property
    def platforms(self) -> tuple[Platform, ...]:
        """The platforms that are configured."""
        discord = (self.discord,) if self.settings.discord.secret else ()
        return (*discord, *((self.slack,) if self.settings.slack.is_set else ()))

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What has to be done again and again while people are served."""
        return (
            Job("sign of life", A_MINUTE, self.heartbeat.beat),
            Job("warm-up", A_DAY, self.corpus.prepare),
            Job("housekeeping", A_DAY, lambda: self.housekeeping.run(self.clock.now())),
            Job("grades owing", A_MINUTE, self.owed.complete),
            Job("answers graded again", A_MINUTE, self.regrading.run_pending),
            Job("daily questions", self.settings.poll_seconds, self.daily_engine.poll),
            Job("reminders", 10 * A_MINUTE, self.reminding.remind),
            Job("news", A_MINUTE, self.postman.deliver),
        )


@dataclass(frozen=True)
class CommandTable(Application):
    """A coach whose commands are read, as for a manifest, and none is run: it opens no database."""

    @cached_property
    def engine(self) -> "Engine":
        """Connections to nothing, of which none is ever made."""
        from sqlalchemy import create_engine

        return create_engine("sqlite://")
