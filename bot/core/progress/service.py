"""The use cases about how a learner is doing: told in words, shown as a picture."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.core.accounts.model import Learner, PlatformUser, zone_chosen
from bot.core.calendar.days import local_day
from bot.core.commands import (
    Command,
    Group,
    Kind,
    Parameter,
    Request,
    Syntax,
    Values,
    where_given,
)
from bot.core.communities.model import Place
from bot.core.figures import Picture, ProgressFigures, Theme, TopicFigures
from bot.core.ports import Clock, Paints
from bot.core.progress import words as progress_words
from bot.core.progress.charts import by_day, calendar_of, glance_of, means_of, missed_of, trend_of
from bot.core.progress.model import AnswerLine, Progress, progress_of
from bot.core.progress.parsing import ALL_TOPICS, is_all, read_order, topic_of
from bot.core.progress.standing import Standing
from bot.core.progress.topics import GRADES_READ, Subject, topic_figures, untried
from bot.core.questions.autocomplete import Suggestion, topic_suggestions
from bot.core.rate_limits.model import Cost
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank
from knowledge.question import Topic


class ProgressReports:
    """Tell and show how a learner is doing."""

    def __init__(
        self,
        bank: QuestionBank,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        painter: Callable[[], Paints],
        standing: Standing | None = None,
    ) -> None:
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._painter = painter
        self._standing = standing or Standing()

    def commands(self) -> tuple[Command, ...]:
        """Return the entry for the command table."""
        return (
            Command(
                "progress",
                "see how you are doing, in all or in one topic, in words or as a picture",
                self.run,
                (
                    Parameter(
                        "topic",
                        "One topic, question by question; everything, unless you choose one",
                        complete=self._topics,
                    ),
                    Parameter(
                        "picture", "With a picture of topics, trend and calendar, or not", Kind.FLAG
                    ),
                    Parameter("file", "The file that the picture goes to", Kind.PATH),
                ),
                Group.STANDING,
                syntax=Syntax("[topic] [picture [FILE]]", self._read),
                costs=where_given("picture", Cost.PICTURE),
            ),
        )

    def run(self, request: Request) -> Reply:
        """Tell the progress, or hand out its picture.

        Raises:
            UnknownTopic: the topic is none.
            PictureUnavailable: it could not be drawn.
        """
        user, place, about = request.user, request.place, request.text("topic")
        at_length = is_all(about)
        topic = None if at_length else topic_of(about, self._bank)
        if not request.flag("picture"):
            told = self.tell(user, topic, place)
            return replace(told, brief=()) if at_length else told
        if topic is not None or at_length:
            picture = self.picture(user, topic=topic, place=place)
            return progress_words.pictured(picture, request.text("file"))
        return progress_words.at_a_glance(self.glance(user), request.text("file"))

    def _read(self, typed: str) -> Values:
        order = read_order(typed, self._bank)
        whole = ALL_TOPICS if order.at_length else ""
        given = {"topic": order.topic.id if order.topic else whole, "file": order.file}
        return {name: value for name, value in given.items() if value} | (
            {"picture": True} if order.picture else {}
        )

    def _topics(
        self, _user: PlatformUser, _place: Place | None, typed: str, most: int
    ) -> tuple[Suggestion, ...]:
        return topic_suggestions(self._bank, typed, most)

    def tell(
        self, user: PlatformUser, topic: Topic | None = None, place: Place | None = None
    ) -> Reply:
        """Show the record and the figures in words, or those of one topic."""
        if topic is not None:
            return progress_words.topic_progress(topic, self.topic_figures(user, topic, place))
        record, figures = self._known_of(user)
        return progress_words.progress_in_words(record, self._bank, figures)

    def topic_figures(
        self, user: PlatformUser, topic: Topic, place: Place | None = None
    ) -> TopicFigures:
        """Return what the learner knows of a topic, of own questions those asked in the place."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            community = uow.communities.find(user.platform, place.community) if place else None
            asked = self._bank.asked_in(community.id) if community else tuple(self._bank)
            about = tuple(question for question in asked if question.topic == topic.id)
            subject = Subject(topic, about, self._bank)
            learner = uow.learners.find(user)
            if learner is None:
                return untried(subject, now.date())
            return topic_figures(uow, learner, subject, now)

    def figures(self, user: PlatformUser) -> ProgressFigures:
        """Return what a picture of the learner's progress shows."""
        return self._known_of(user)[1]

    def picture(
        self,
        user: PlatformUser,
        theme: Theme = Theme.DARK,
        topic: Topic | None = None,
        place: Place | None = None,
    ) -> Picture:
        """Return the picture of the learner's progress, with the words that stand in for it.

        Raises:
            PictureUnavailable: it could not be drawn.
        """
        figures = self.topic_figures(user, topic, place) if topic else self.figures(user)
        return self._painter().paint(figures, theme)

    def glance(self, user: PlatformUser, theme: Theme = Theme.DARK) -> Picture:
        """Return the wide picture of five figures, which a phone shows in a message.

        Raises:
            PictureUnavailable: it could not be drawn.
        """
        return self._painter().paint(glance_of(*self._known_of(user)), theme)

    def _known_of(self, user: PlatformUser) -> tuple[Progress, ProgressFigures]:
        now = self._clock.now()
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            if learner is None:
                return progress_of((), self._bank), ProgressFigures(now.date(), 0)
            lines = uow.history.lines(learner.id)
            figures = self._figures(uow, learner, lines, now)
        record = progress_of(lines, self._bank)
        return record, replace(figures, topics=means_of(record, self._bank))

    def _figures(
        self, uow: UnitOfWork, learner: Learner, lines: tuple[AnswerLine, ...], now: datetime
    ) -> ProgressFigures:
        chosen = learner.settings
        zone = zone_chosen(chosen)
        today = local_day(now, zone, chosen.day_starts)
        joined = local_day(learner.joined_at, zone, chosen.day_starts)
        days = by_day(lines, zone, chosen.day_starts, now)
        streak = self._standing.streak(uow, learner, now)
        return ProgressFigures(
            today=today,
            answers=len(lines),
            streak=streak.days,
            trend=trend_of(days),
            calendar=calendar_of(days, streak.kinds, joined, today),
            forecast=self._standing.forecast(uow, learner, now),
            missed=missed_of(uow.history.latest_grades(learner.id, GRADES_READ)),
        )
