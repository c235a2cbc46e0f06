"""The composition root: settings in, wired objects out. Nothing else constructs.

Nothing here loads a model: the encoder does that when the first text is embedded, and the second
opinion when it is first asked.
"""

import atexit
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.clock import SystemClock
from bot.core.account_commands import AccountCommands
from bot.core.accounts import Accounts
from bot.core.answering import Answering
from bot.core.coach import Coach
from bot.core.commands import Command
from bot.core.housekeeping import Housekeeping
from bot.core.insights import Insights
from bot.core.interview_answers import InterviewAnswers
from bot.core.interview_report import InterviewReports
from bot.core.interview_screen import InterviewScreen
from bot.core.interviews import Interviews
from bot.core.lookup import QuestionLookup
from bot.core.notices import Notices
from bot.core.own_question_commands import OwnQuestionCommands
from bot.core.own_questions import OwnQuestions, tell_author
from bot.core.playing import play
from bot.core.ports import Clock, OwnQuestionSource, QuestionFinder, UnitOfWork
from bot.core.ports.standing import Standing
from bot.core.privacy import Privacy
from bot.core.privacy_commands import PrivacyCommands
from bot.core.progressing import Progressing
from bot.core.remembering import remember
from bot.core.retention import Terms
from bot.core.reviews import Reviews
from bot.core.shelves import CommunityShelves, EveryBank
from bot.core.standing import Sources
from bot.platforms.terminal.files import TerminalFiles
from bot.settings import Settings
from grading.corpus import Corpus
from grading.encoder import SentenceTransformerEncoder
from grading.grader import Grader
from grading.search import QuestionSearch, WiderSearch
from grading.second_opinion import NliModel
from knowledge.bank import QuestionBank
from knowledge.loader import load_bank
from knowledge.question import Question

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.pictures.painter import Painter
    from bot.storage.traces import LocalTraces


@dataclass(frozen=True)
class Application:
    """The parts of a coach with these settings, each made when first asked for, and once."""

    settings: Settings

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
        return SystemClock()

    @cached_property
    def encoder(self) -> SentenceTransformerEncoder:
        """The model that makes vectors.

        What serves many people at once grades with `grader.reading_with(BatchingEncoder(encoder))`.
        """
        return SentenceTransformerEncoder(self.settings.model, self.settings.precision)

    @cached_property
    def corpus(self) -> Corpus:
        """The questions as vectors."""
        return Corpus(self.shipped, self.encoder, self.settings.vectors)

    @cached_property
    def grader(self) -> Grader:
        """The grader with the shipped coefficients, and a second opinion where one is named."""
        name = self.settings.nli_model
        return Grader(self.corpus, second_opinion=NliModel(name) if name else None)

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

        from bot.storage.unit_of_work import SqlUnitOfWork

        sessions = sessionmaker(self.engine)
        return lambda: SqlUnitOfWork(sessions)

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
        consequences = (remember, play)
        return Answering(self.bank, self.grader, self.unit_of_work, self.clock, consequences)

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
            self.search,
            self.unit_of_work,
            self.clock,
            InterviewAnswers(
                self.bank, self.answering, self.unit_of_work, self.clock, self.interview_screen
            ),
            self.shelves,
        )

    @cached_property
    def own_questions(self) -> OwnQuestions:
        """The use cases of communities' own questions."""
        return OwnQuestions(
            self.shipped, self.finder_among, self.unit_of_work, self.clock, tell=tell_author
        )

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
        return Standing(skills=sources.skills, forecast=sources.forecast)

    @cached_property
    def reviews(self) -> Reviews:
        """The use cases of reviews."""
        return Reviews(self.bank, self.unit_of_work, self.clock)

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
    def files(self) -> TerminalFiles:
        """Where files for a person at the terminal go."""
        return TerminalFiles()

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """What a person can ask for by name, beside asking and answering."""
        return (
            *AccountCommands(self.accounts).commands(),
            *self.reviews.commands(),
            *self.interviews.commands(),
            *self.progressing.commands(),
            *OwnQuestionCommands(self.own_questions, self.files, self.insights).commands(),
            *self.insights.commands(),
            *PrivacyCommands(self.privacy, self.files).commands(),
        )
