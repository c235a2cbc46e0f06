"""Choose a question for a learner and put it to them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.core.accounts.model import PlatformUser
from bot.core.coach.learner_state import learner_state
from bot.core.communities.model import Place
from bot.core.communities.presence import Presence, register_presence
from bot.core.interviews.guard import unless_interviewed
from bot.core.plans.today import planned_now
from bot.core.ports import Clock
from bot.core.practice import question_words
from bot.core.practice.model import Ask, Attempt, Purpose
from bot.core.practice.selection import Choice, Why, choose
from bot.core.progress.model import latest_verdicts
from bot.core.progress.parsing import topic_of
from bot.core.questions.banks import Banks, SearchableBank
from bot.core.questions.errors import UnknownTopic
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank
from knowledge.question import Question


class _Choice(NamedTuple):
    """The question to ask, why it was chosen unless the learner named it, and the last answer."""

    question: Question
    why: Why | None
    last: Attempt | None


class Asking:
    """What can be asked of a learner, and asking it."""

    def __init__(
        self,
        bank: QuestionBank,
        banks: Banks,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
    ) -> None:
        self._bank = bank
        self._banks = banks
        self._unit_of_work = unit_of_work
        self._clock = clock

    def ask(self, user: PlatformUser, about: str = "", place: Place | None = None) -> Reply:
        """Put a question to the learner: about a topic, by name, by free words, or the next one.

        The answer to it counts where it was asked: in this place, or in private.

        Raises:
            UnknownTopic: nothing in the bank is near the words.
            GradingUnavailable: free words need the model, and it cannot be loaded or is busy.
            InterviewRunning: an interview is, and comes first.
        """
        now = self._clock.now()
        searchable = self._banks.at(user, place)
        chosen = self._choose(user, about, now, searchable)
        due = chosen.why is Why.DUE
        purpose = Purpose.REVIEW if due else Purpose.PRACTICE
        with self._unit_of_work() as uow:
            here = register_presence(uow, user, place, now)
            unless_interviewed(uow, here.learner.id, now)
            ask = self._put(uow, here, chosen.question, purpose)
            uow.commit()
        reply = question_words.question(chosen.question, searchable.bank, chosen.last, due=due)
        return replace(reply, ask_id=ask.id)

    def begin(
        self, uow: UnitOfWork, user: PlatformUser, question_id: str, place: Place | None = None
    ) -> Ask:
        """Put a question that stands before everybody to a learner who is about to answer it.

        An interview goes on meanwhile: the answer comes by this ask.

        Raises:
            UnknownTopic: the question has gone, or is not asked here.
        """
        question = self._banks.at(user, place).bank.named(question_id)
        if question is None:
            raise UnknownTopic(question_id)
        here = register_presence(uow, user, place, self._clock.now())
        return self._put(uow, here, question)

    def peek(self, user: PlatformUser, about: str = "", place: Place | None = None) -> Question:
        """Return the question that `ask` would put to the learner, without putting it.

        Raises:
            UnknownTopic: nothing in the bank is near the words.
            GradingUnavailable: free words need the model, and it cannot be loaded or is busy.
        """
        searchable = self._banks.at(user, place)
        return self._choose(user, about, self._clock.now(), searchable).question

    def bank_at(self, user: PlatformUser, place: Place | None = None) -> QuestionBank:
        """Return the questions that the learner may be asked there, to choose from by name."""
        return self._banks.at(user, place).bank

    def topics(self, user: PlatformUser, place: Place | None = None, words: str = "") -> Reply:
        """List the topics, or the questions of one asked here, with what the learner answered.

        Raises:
            UnknownTopic: the words name no topic.
        """
        bank = self._banks.at(user, place).bank
        topic = topic_of(words, bank)
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            latest = latest_verdicts(uow.history.lines(learner.id) if learner else ())
        scores = {each: latest[each].score for each in latest}
        if topic is None:
            return question_words.topics(bank, scores)
        return question_words.questions_of(topic, bank, scores)

    def _put(
        self,
        uow: UnitOfWork,
        here: Presence,
        question: Question,
        purpose: Purpose = Purpose.PRACTICE,
    ) -> Ask:
        return uow.asks.add(
            here.learner.id,
            question.id,
            self._clock.now(),
            purpose=purpose,
            community_id=here.community_id,
            channel_id=here.channel_id,
        )

    def _choose(
        self, user: PlatformUser, about: str, now: datetime, searchable: SearchableBank
    ) -> _Choice:
        """Choose from all or from a topic by the rules of selection, else by name or free words."""
        about = about.strip().strip("\"'“”").strip()
        bank = searchable.bank
        topic = bank.topic_named(about)
        candidates = bank.by_topic(topic.id) if topic else () if about else tuple(bank)
        why = None
        if candidates:
            question, why = self._by_plan(user, now, candidates, bank if not about else None)
        else:
            question = searchable.about(about)
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            last = uow.attempts.last_graded(learner.id, question.id) if learner else None
        return _Choice(question, why, last)

    def _by_plan(
        self,
        user: PlatformUser,
        now: datetime,
        candidates: Sequence[Question],
        bank: QuestionBank | None,
    ) -> Choice:
        """Choose by the rules of selection; what is new, from the areas of today's plan.

        `bank` is what the plan draws from, None where the learner named a topic.
        """
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            known = learner_state(uow, learner, self._bank, now)
            planned = planned_now(uow, learner, bank, now) if bank else ()
        choice = choose(candidates, known)
        return choose(planned, known) if planned and choice.why is not Why.DUE else choice
