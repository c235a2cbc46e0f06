"""The use cases: what a learner can do with the coach, whichever platform they come from.

Each takes primitives, works in short transactions and returns a Reply, or raises a CoachError
that has its sentence. How answers are taken and graded is in `practice.answering`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.core.accounts.model import PlatformUser
from bot.core.coach import words
from bot.core.coach.learner_state import learner_state
from bot.core.communities.model import Place
from bot.core.communities.presence import Presence, register_presence
from bot.core.deduplication import mark_done, mark_owed
from bot.core.interviews import words as interviews_words
from bot.core.interviews.answers import InterviewAnswers
from bot.core.interviews.guard import unfinished, unless_examined, unless_interviewed
from bot.core.plans.today import planned_now
from bot.core.ports import Clock
from bot.core.practice import hint_words, question_words
from bot.core.practice import words as practice_words
from bot.core.practice.answering import Answering, Remark, checked, current
from bot.core.practice.errors import NoOpenQuestion, NotHeld
from bot.core.practice.hints import hints_for
from bot.core.practice.model import Ask, AskState, Attempt, Purpose
from bot.core.practice.parsing import is_doubtful
from bot.core.practice.selection import Choice, Why, choose
from bot.core.progress import words as progress_words
from bot.core.progress.model import AnswerLine, latest_verdicts, progress_of
from bot.core.progress.parsing import topic_of
from bot.core.questions.banks import Banks, SearchableBank
from bot.core.questions.errors import UnknownTopic
from bot.core.reply import Paragraph, Reply
from bot.core.reviews.consequences import lapse_card
from bot.core.unit_of_work import UnitOfWork
from grading.text import storable
from knowledge.bank import QuestionBank
from knowledge.question import Question

Begin = Callable[[UnitOfWork], Ask]
"""Puts a question to somebody in the transaction in which their answer is stored."""


class _Choice(NamedTuple):
    """The question to ask, why it was chosen unless the learner named it, and the last answer."""

    question: Question
    why: Why | None
    last: Attempt | None


class _Noted(NamedTuple):
    """What goes on from an answer, and the number under which it is stored, where it is new."""

    going_on: Callable[[], Reply]
    attempt_id: int = 0


class Coach:
    """Ask, answer, hint, reveal, skip and progress for one learner at a time."""

    def __init__(
        self,
        bank: QuestionBank,
        answering: Answering,
        banks: Banks,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        interview: InterviewAnswers,
        remarks: Sequence[Remark] = (),
    ) -> None:
        self._bank = bank
        self._answering = answering
        self._interview = interview
        self._banks = banks
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._remarks = tuple(remarks)

    def welcome(self, user: PlatformUser) -> Reply:
        """Greet the learner with what is known of them and the question that is still open."""
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            if learner is None:
                return words.first_welcome(self._bank)
            ask = uow.asks.latest(learner.id)
            progress = progress_of(uow.history.lines(learner.id), self._bank)
        interview = self._interview.reminder(user)
        if interview is not None:
            return interviews_words.led(
                words.welcome_back(learner, progress, None).blocks[:1], interview
            )
        still_open = self._open_question(ask)
        reply = words.welcome_back(learner, progress, still_open)
        return replace(reply, ask_id=ask.id) if ask and still_open else reply

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

    def submit_answer(self, user: PlatformUser, text: str, ask_id: int | None = None) -> Reply:
        """Store an answer, grade it, and give feedback.

        Raises:
            CoachError: as `take_answer` does, and what it returns.
        """
        return self.take_answer(user, text, ask_id)()

    def take_answer(
        self,
        user: PlatformUser,
        text: str,
        ask_id: int | None = None,
        delivery: str = "",
        begin: Begin | None = None,
        owed_to: str = "",
        *,
        said: bool = False,
    ) -> Callable[[], Reply]:
        """Store the answer to an ask of the learner in milliseconds; return what grades it.

        Without an id the ask is the one that `begin` makes, else the current one, as with hints,
        reveals and skips. Where the ask that is named takes no answer of theirs, `begin` makes one.
        All of that is one transaction, which goes before others. Platforms say
        that they took an answer once this has returned, and call what it returns where it keeps
        nobody else waiting: that gives feedback or, in an interview, shows what is next. It raises
        GradingUnavailable where the grade has to follow later, GradingBusy in a moment.

        `delivery` names what the platform may deliver more than once; with `owed_to`, in its own
        words, it is noted to whom the reply is owed, behind the number of the answer. What was
        `said` in a conversation need not be an answer: where that is in doubt, the text is held
        instead, and what is returned asks.

        Raises:
            EmptyAnswer: no word is in it.
            AnswerTooLong: it has more than MAX_ANSWER_CHARACTERS characters.
            NoOpenQuestion: nothing was asked, or it was skipped.
            InterviewPaused: the question belongs to an interview that is paused.
            DeliveredBefore: the same delivery is stored already.
        """
        checked(text)
        with self._answering.storing() as uow:
            mark_done(uow, delivery, self._clock.now())
            try:
                asked = begin(uow).id if begin and ask_id is None else ask_id
                noted = self._note(uow, user, text, asked, said=said)
            except NoOpenQuestion:
                if begin is None or ask_id is None:
                    raise
                noted = self._note(uow, user, text, begin(uow).id, said=said)
            if owed_to:
                mark_owed(uow, delivery, f"{noted.attempt_id} {owed_to}", self._clock.now())
            uow.commit()
        return noted.going_on

    def reply_owed(self, user: PlatformUser, attempt_id: int) -> Reply:
        """Return the reply to an answer that nobody has seen: its feedback, graded now if need be.

        In an interview it is what is on the screen.

        Raises:
            GradingUnavailable: the grade has to follow later.
        """
        with self._unit_of_work() as uow:
            attempt = uow.attempts.get(attempt_id)
            learner = uow.learners.find(user)
        if attempt is None or learner is None or attempt.learner_id != learner.id:
            return self.welcome(user)
        if attempt.question_id not in self._bank:
            return self.welcome(user)
        return self._feedback(attempt if attempt.grade else self._answering.grade(attempt))

    def settle_held(self, user: PlatformUser, held_id: int, *, grade: bool) -> Reply:
        """Grade a text that was held as the answer to what was asked then, or forget it.

        Raises:
            NotHeld: the learner has no such text.
            CoachError: as `take_answer` does, and what it returns; then the text is held on.
        """
        with self._answering.storing() as uow:
            learner = uow.learners.find(user)
            held = uow.held.take(held_id, learner.id) if learner else None
            if held is None:
                raise NotHeld
            noted = self._note(uow, user, held.text, held.ask_id) if grade else None
            ask = uow.asks.get(held.ask_id)
            uow.commit()
        if noted is not None:
            return noted.going_on()
        return words.forgotten(self._open_question(ask), held.ask_id)

    def heard(self, delivery: str) -> None:
        """Note that something that is no answer was delivered.

        Raises:
            DeliveredBefore: it was before.
        """
        with self._answering.storing() as uow:
            mark_done(uow, delivery, self._clock.now())
            uow.commit()

    def stop(self, user: PlatformUser) -> Reply:
        """Answer somebody who says stop: with what an interview offers, else that nothing runs."""
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            interview = unfinished(uow, learner.id, self._clock.now()) if learner else None
            ask = uow.asks.latest(learner.id) if learner else None
        if interview is not None:
            return interviews_words.interview_to_stop(paused=interview.is_paused)
        return words.nothing_to_stop(self._open_question(ask), ask.id if ask else None)

    def _note(
        self,
        uow: UnitOfWork,
        user: PlatformUser,
        text: str,
        ask_id: int | None,
        *,
        said: bool = False,
    ) -> _Noted:
        if said and (asks := self._hold(uow, user, text, ask_id)) is not None:
            return _Noted(asks)
        going_on = self._interview.note(uow, user, text, ask_id)
        if going_on is not None:
            return _Noted(going_on)
        attempt = self._answering.note(uow, user, text, ask_id)
        return _Noted(lambda: self._feedback(self._answering.grade(attempt)), attempt.id)

    def _hold(
        self, uow: UnitOfWork, user: PlatformUser, text: str, ask_id: int | None
    ) -> Callable[[], Reply] | None:
        """Hold a text that may be no answer, and return what asks; None for an answer."""
        running = self._interview.at(uow, user, ask_id)
        ask = running or current(uow, user, ask_id)
        question = self._bank.get(ask.question_id) if ask.question_id in self._bank else None
        if question is None or not is_doubtful(text, question):
            return None
        if ask.interview_id is not None and not running:
            return None  # an interview that is paused takes nothing, and says so
        held = uow.held.add(ask, storable(text), self._clock.now())
        return lambda: words.shall_i_grade(held, question)

    def hint(self, user: PlatformUser, ask_id: int | None = None) -> Reply:
        """Give the next step of the hint ladder, the weightiest missing point first.

        The ladder ends with the statement of each point. Answers that come later still count as
        the learner's own, with `hints_used` to tell; only `reveal` makes them assisted.

        Raises:
            NoOpenQuestion: nothing was asked, or it was skipped.
            NoHelpInInterview: an interview is under way.
        """
        with self._unit_of_work() as uow:
            ask = current(uow, user, ask_id)
            unless_examined(uow, ask, self._clock.now(), named=ask_id is not None)
            graded = [each for each in uow.attempts.of_ask(ask.id) if each.grade is not None]
            question = self._bank.get(ask.question_id)
            steps = hints_for(question, graded[-1] if graded else None, ask.hints)
            if steps.next is not None:
                uow.asks.update(ask.id, ask.state, steps.position)
                uow.commit()
        return replace(hint_words.hint(question, steps), ask_id=ask.id)

    def reveal(self, user: PlatformUser, ask_id: int | None = None) -> Reply:
        """Show the reference answer; answers that come later no longer count as known.

        Without an answer before it, the question counts as not recalled and soon comes back.

        Raises:
            NoOpenQuestion: nothing was asked, or it was skipped.
            NoHelpInInterview: an interview is under way.
        """
        with self._unit_of_work() as uow:
            ask = current(uow, user, ask_id)
            unless_examined(uow, ask, self._clock.now(), named=ask_id is not None)
            lapse_card(uow, ask, self._clock.now())
            uow.asks.update(ask.id, AskState.REVEALED, ask.hints)
            uow.commit()
        return replace(question_words.reveal(self._bank.get(ask.question_id)), ask_id=ask.id)

    def skip(self, user: PlatformUser, ask_id: int | None = None) -> Reply:
        """Put the current question aside; in a running interview, go on without an answer.

        Raises:
            NoOpenQuestion: nothing was asked, or it was skipped already.
        """
        interview = self._interview.skip(user, ask_id)
        if interview is not None:
            return interview
        with self._unit_of_work() as uow:
            ask = current(uow, user, ask_id)
            uow.asks.update(ask.id, AskState.SKIPPED, ask.hints)
            uow.commit()
        return question_words.skipped(self._bank.get(ask.question_id))

    def progress(self, user: PlatformUser) -> Reply:
        """Show how far the learner has come, topic by topic."""
        return progress_words.progress(progress_of(self._lines(user), self._bank), self._bank)

    def topics(self, user: PlatformUser, place: Place | None = None, words: str = "") -> Reply:
        """List the topics, or the questions of one asked here, with what the learner answered.

        Raises:
            UnknownTopic: the words name no topic.
        """
        bank = self._banks.at(user, place).bank
        topic = topic_of(words, bank)
        latest = latest_verdicts(self._lines(user))
        scores = {each: latest[each].score for each in latest}
        if topic is None:
            return question_words.topics(bank, scores)
        return question_words.questions_of(topic, bank, scores)

    def grade_pending(self, user: PlatformUser) -> tuple[Reply, ...]:
        """Complete every grade that is owing, from an earlier run or because the grader was busy.

        Return the feedback for this user, but none on answers in interviews: their report has it.
        While the grader is still busy, the rest stays owing.
        """
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
        graded = tuple(self._answering.grade_pending())
        mine = [a for a in graded if learner is not None and a.learner_id == learner.id]
        with self._unit_of_work() as uow:
            asks = [uow.asks.get(attempt.ask_id) for attempt in mine]
        mine = [a for a, ask in zip(mine, asks, strict=True) if ask and ask.interview_id is None]
        return tuple(self._feedback(attempt, late=True) for attempt in mine)

    def feedback_on(self, attempt: Attempt) -> Reply:
        """Give again the feedback on a graded attempt, with all its details."""
        return replace(self._feedback(attempt), details=None)

    def has_pending(self) -> bool:
        """Whether a grade is owed to anybody."""
        return self._answering.has_pending()

    def _lines(self, user: PlatformUser) -> tuple[AnswerLine, ...]:
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            return uow.history.lines(learner.id) if learner else ()

    def _open_question(self, ask: Ask | None) -> Question | None:
        if ask is None or ask.state is not AskState.OPEN or ask.question_id not in self._bank:
            return None
        return self._bank.get(ask.question_id)

    def _feedback(self, attempt: Attempt, *, late: bool = False) -> Reply:
        with self._unit_of_work() as uow:
            of_this = attempt.learner_id, attempt.question_id
            previous = uow.attempts.last_graded(*of_this, before_id=attempt.id)
            remarks = [block for remark in self._remarks for block in remark(uow, attempt)]
        question = self._bank.get(attempt.question_id)
        reply = practice_words.feedback(question, self._bank, attempt, previous, late=late)
        asked = [
            each for block in remarks if isinstance(block, Paragraph) for each in block.choices
        ]
        return replace(
            reply,
            blocks=(*reply.blocks[: reply.details], *remarks, *reply.blocks[reply.details :]),
            details=(reply.details or 0) + len(remarks),
            choices=(*asked, *reply.choices),
        )
