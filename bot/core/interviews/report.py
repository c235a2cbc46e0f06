"""The use case of the report: what an interview showed, once every answer has its grade."""

from collections.abc import Callable
from dataclasses import replace

from bot.core.accounts.model import LearnerSettings, PlatformUser, days_of
from bot.core.figures import Picture, ReportFigures, Theme, TopicScore
from bot.core.interviews import words as interviews_words
from bot.core.interviews.errors import NoInterview, ReportNotReady
from bot.core.interviews.model import Interview, ended
from bot.core.interviews.rules import Answered, ReportCard, report_card
from bot.core.ports import Clock, Paints
from bot.core.practice.answering import Answering
from bot.core.practice.model import Ask, AskState, Attempt
from bot.core.progress import words as progress_words
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank
from knowledge.question import Question


class InterviewReports:
    """Report on a learner's latest interview, in words and as a picture."""

    def __init__(
        self,
        bank: QuestionBank,
        answering: Answering,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        painter: Callable[[], Paints],
    ) -> None:
        self._bank = bank
        self._answering = answering
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._painter = painter

    def draw(self, user: PlatformUser, file: str = "") -> Reply:
        """Hand out the picture of the report.

        Raises:
            NoInterview: there was none.
            ReportNotReady: it is not over, or grades are owing.
            PictureUnavailable: it could not be drawn.
        """
        return progress_words.pictured(self.picture(user), file)

    def tell(self, user: PlatformUser) -> Reply:
        """Tell the report in words.

        Raises:
            NoInterview: there was none.
            ReportNotReady: it is not over, or grades are owing.
        """
        return self.of(self._latest(user))

    def of(self, interview: Interview) -> Reply:
        """Tell the report of an interview that is over.

        Raises:
            ReportNotReady: grades are owing.
        """
        return interviews_words.interview_report(self._card(interview), self._bank)

    def figures(self, user: PlatformUser) -> ReportFigures:
        """Return what a picture of the report shows.

        Raises:
            NoInterview: there was none.
            ReportNotReady: it is not over, or grades are owing.
        """
        interview = self._latest(user)
        card = self._card(interview)
        with self._unit_of_work() as uow:
            learner = uow.learners.get(interview.learner_id)
        day_of = days_of(learner.settings if learner else LearnerSettings())
        texts = interviews_words.report_texts(card, self._bank)
        return ReportFigures(
            date=day_of(interview.finished_at or interview.started_at),
            overall=card.overall or 0.0,
            questions=card.asked,
            seconds=card.seconds_active,
            topics=tuple(
                TopicScore(self._bank.topic(row.topic).title, row.score, row.questions)
                for row in card.topics
            ),
            strengths=texts.strengths,
            gaps=texts.gaps,
            study=texts.study,
        )

    def picture(self, user: PlatformUser, theme: Theme = Theme.DARK) -> Picture:
        """Return the picture of the report, with the words that stand in for it.

        Raises:
            NoInterview: there was none.
            ReportNotReady: it is not over, or grades are owing.
            PictureUnavailable: it could not be drawn.
        """
        return self._painter().paint(self.figures(user), theme)

    def _latest(self, user: PlatformUser) -> Interview:
        """Return the latest interview, ended where only its end was left to note."""
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            interview = uow.interviews.latest(learner.id) if learner else None
            if interview is None:
                raise NoInterview
            if not interview.is_over and interview.is_through:
                interview = ended(interview, self._clock.now())
                uow.interviews.update(interview)
                uow.commit()
        if not interview.is_over:
            raise ReportNotReady
        return interview

    def _card(self, interview: Interview) -> ReportCard:
        """Return the report; the grades that are owing are completed first."""
        answers = self._answers(interview)
        owing = [each for _, mine in answers for each in mine if each.is_pending]
        if owing:
            tuple(self._answering.complete(owing))
            answers = self._answers(interview)
            left = sum(each.is_pending for _, mine in answers for each in mine)
            if left:
                raise ReportNotReady(left)
        rows = (_answered(self._bank.get(ask.question_id), ask, mine) for ask, mine in answers)
        card = report_card(row for row in rows if row is not None)
        # The interview has kept the time itself, because a pause may fall into an answer.
        return replace(card, seconds_active=round(interview.active_seconds))

    def _answers(self, interview: Interview) -> list[tuple[Ask, tuple[Attempt, ...]]]:
        """Return what was asked and got through, with the answer and that to a follow-up.

        What has gone from the bank can neither be graded nor reported, and does not count.
        """
        through = set(interview.question_ids[: interview.position])
        with self._unit_of_work() as uow:
            return [
                (ask, _within(interview, question, uow.attempts.of_ask(ask.id)))
                for ask in uow.asks.of_interview(interview.id)
                if ask.question_id in self._bank and ask.question_id in through
                for question in (self._bank.get(ask.question_id),)
            ]


def _within(
    interview: Interview, question: Question, attempts: tuple[Attempt, ...]
) -> tuple[Attempt, ...]:
    """Return the answer and that to a follow-up; what came after the interview is practice."""
    end = interview.finished_at
    followed = any(each.ask in interview.follow_ups for each in question.follow_ups)
    later = [a for a in attempts[1:2] if followed and (end is None or a.submitted_at <= end)]
    return (*attempts[:1], *later)


def _answered(question: Question, ask: Ask, attempts: tuple[Attempt, ...]) -> Answered | None:
    """Return the row of the report; none where an answer was let go of before it was graded."""
    if attempts:
        later = attempts[1].grade if len(attempts) > 1 else None
        said = tuple(each.answer for each in attempts if each.answer)
        return Answered(question, attempts[0].grade, follow_up=later, answers=said[-1:])
    return Answered(question, None) if ask.state is AskState.SKIPPED else None
