"""Mock interviews on real databases: no word in between, and a report on everything at the end."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.accounts.model import PlatformUser
from bot.core.coach.errors import NoFeedback
from bot.core.coach.late_grades import LateGrades
from bot.core.coach.service import Coach
from bot.core.communities.model import Place
from bot.core.deduplication import OWED
from bot.core.interviews.answers import ROOM_FOR_FOLLOW_UP
from bot.core.interviews.errors import (
    FollowUpTooLong,
    InterviewPaused,
    InterviewRunning,
    NoHelpInInterview,
    NoInterview,
    ReportNotReady,
)
from bot.core.interviews.model import Interview, InterviewState
from bot.core.interviews.report import InterviewReports
from bot.core.interviews.service import Interviews
from bot.core.limits import OutOfRange
from bot.core.overview.service import Overviews
from bot.core.practice.answering import Answering
from bot.core.practice.consequences import update_ratings
from bot.core.practice.errors import AnswerTooLong, EmptyAnswer, NoOpenQuestion
from bot.core.practice.model import MAX_ANSWER_CHARACTERS
from bot.core.progress.service import ProgressReports
from bot.core.questions.errors import UnknownTopic
from bot.core.reply import Quote, Reply, Score
from bot.core.reviews.consequences import update_card
from bot.core.reviews.service import Reviews
from bot.core.words.errors import sentence_of
from grading.errors import GraderBusy, ModelUnavailable
from grading.grade import Band, Flag, Grade, PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import Question
from tests.builders import a_user, attempts_of
from tests.core.samples import Studio, a_grade_of, coach_of, screen_of, text_of, typed
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

ADA = a_user(platform="terminal")
KNOWS, WONDERS = "I know all of it.", "I know some of it."


class HonestGrader:
    """Covers every point of an answer that says it knows all, the first point of any other."""

    def __init__(self) -> None:
        self.problem: Exception | None = None
        self.flags: tuple[Flag, ...] = ()
        self.meanwhile: Callable[[], None] = lambda: None

    def grade(self, question: Question, answer: str) -> Grade:
        self.meanwhile()
        if self.problem is not None:
            raise self.problem
        if self.flags:
            return a_grade_of(question, score=0.0, band=Band.NONE, flags=self.flags)
        known = question.key_points if KNOWS in answer else question.key_points[:1]
        score = len(known) / len(question.key_points)
        statuses = {point.id: PointStatus.COVERED for point in known}
        return a_grade_of(question, statuses, score=score, band=Band.GOOD)


class Room:
    """Interviews over a database; each use is that of a program that has just started."""

    def __init__(self, bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> None:
        self.bank = bank
        self.unit_of_work = unit_of_work
        self.clock = FixedClock()
        self.grader = HonestGrader()

    @property
    def _answering(self) -> Answering:
        consequences = (update_card, update_ratings)
        return Answering(self.bank, self.grader, self.unit_of_work, self.clock, consequences)

    @property
    def coach(self) -> Coach:
        return coach_of(self.bank, self._answering, self.unit_of_work, self.clock)

    @property
    def reports(self) -> InterviewReports:
        return screen_of(self.bank, self._answering, self.unit_of_work, self.clock)[1]

    def type(self, words: str, user: PlatformUser = ADA) -> Reply:
        screen, reports = screen_of(self.bank, self._answering, self.unit_of_work, self.clock)
        interviews = Interviews(self.bank, self.unit_of_work, self.clock, screen, reports)
        return typed(interviews.commands(), f"interview {words}", user)

    def answer(self, text: str = KNOWS, minutes: float = 2) -> Reply:
        self.clock.pass_by(timedelta(minutes=minutes))
        return self.coach.submit_answer(ADA, text)

    @property
    def interview(self) -> Interview:
        with self.unit_of_work() as uow:
            latest = uow.interviews.latest(1)
        assert latest is not None
        return latest

    @property
    def answers(self) -> list[str]:
        with self.unit_of_work() as uow:
            return [attempt.answer for attempt in attempts_of(uow, 1)]

    def lose(self, question_id: str | None) -> None:
        assert question_id is not None
        left = [each for each in self.bank if each.id != question_id]
        self.bank = QuestionBank(self.bank.topics, left)


@pytest.fixture
def room(bank: QuestionBank, every_unit_of_work: MakeUnitOfWork) -> Room:
    return Room(bank, every_unit_of_work)


def test_questions_come_one_after_the_other_and_the_report_at_the_end(room: Room):
    begun = room.type("monitoring 3")
    told = [text_of(begun), *(text_of(room.answer()) for _ in range(3))]

    assert "A mock interview of 3 questions." in told[0]
    assert "Question 1 of 3 · Monitoring and drift" in told[0]
    assert "Noted." in told[1]
    assert "Question 2 of 3" in told[1]
    assert "Question 3 of 3" in told[2]
    assert "Your report card" in told[3]
    assert "100 % overall in 3 questions; 6 min of answering." in told[3]
    assert room.interview.state is InterviewState.FINISHED


def test_difficulty_rises(room: Room):
    room.type("6")

    levels = [room.bank.get(each).difficulty for each in room.interview.question_ids]
    assert levels == sorted(levels)
    assert levels[0] < levels[-1]


def test_nothing_is_graded_aloud_or_revealed_until_the_end(room: Room):
    room.type("monitoring 2")
    told = text_of(room.answer(WONDERS)) + text_of(room.answer(WONDERS))

    question = room.bank.get(room.interview.question_ids[0])
    assert "%" not in told
    assert not any(point.statement in told for point in question.key_points)
    assert not any(point.hint in told for point in question.key_points)
    assert question.reference_answers.short not in told


def test_a_message_of_an_earlier_question_takes_no_answer_to_a_later_one(room: Room):
    first = room.type("monitoring 3").ask_id
    second = room.answer().ask_id

    with pytest.raises(NoOpenQuestion):
        room.coach.submit_answer(ADA, KNOWS, first)
    with pytest.raises(NoOpenQuestion):
        room.coach.skip(ADA, first)
    third = room.coach.submit_answer(ADA, KNOWS, second).ask_id

    assert first is not None
    assert (second, third) == (first + 1, first + 2)
    assert room.interview.position == 2


def test_what_was_asked_before_an_interview_can_still_be_answered_by_its_message(room: Room):
    before = room.coach.ask(ADA, "drift").ask_id
    room.type("monitoring 2")

    reply = room.coach.submit_answer(ADA, KNOWS, before)

    assert (reply.ask_id, room.interview.position) == (before, 0)
    assert any(isinstance(block, Score) and block.value == 1 for block in reply.blocks)


def test_the_message_of_a_paused_interview_says_that_it_is_paused(room: Room):
    shown = room.type("monitoring 2").ask_id
    room.type("pause")

    with pytest.raises(InterviewPaused):
        room.coach.submit_answer(ADA, KNOWS, shown)
    assert room.type("resume").ask_id == shown


def test_a_missed_point_is_followed_up_and_all_that_was_said_is_graded_as_one(room: Room):
    room.type("monitoring 1")
    question = room.bank.get(room.interview.question_ids[0])

    follow_up = text_of(room.answer(WONDERS))
    report = text_of(room.answer(KNOWS))

    assert "Question 1 of 1, followed up" in follow_up
    assert any(each.ask in follow_up for each in question.follow_ups)
    assert room.answers == [WONDERS, f"{WONDERS}\n\n{KNOWS}"]
    assert "(after the follow-up)" in report
    assert "Gaps" not in report
    assert "100 % overall in 1 question" in report


@pytest.mark.parametrize("text", ["I don't know.", "No idea, sorry", "Not sure. Some of it?"])
def test_not_knowing_more_takes_nothing_back(room: Room, text: str):
    room.type("monitoring 1")
    room.answer(WONDERS)

    report = text_of(room.answer(text))

    assert room.answers == [WONDERS]
    assert "Your report card" in report
    assert "Strengths" in report


def test_only_the_first_answer_moves_the_card_and_the_ratings(room: Room):
    room.type("monitoring 1")
    room.answer(WONDERS)
    with room.unit_of_work() as uow:
        before = uow.cards.of_learner(1), uow.elos.skills(1)

    room.answer(KNOWS)

    with room.unit_of_work() as uow:
        assert (uow.cards.of_learner(1), uow.elos.skills(1)) == before
    assert len(before[0]) == len(before[1]) == 1


def test_a_skipped_question_counts_as_nothing_known(room: Room):
    room.type("monitoring 2")
    skipped = text_of(room.coach.skip(ADA))

    report = text_of(room.answer())

    assert "Skipped." in skipped
    assert "Question 2 of 2" in skipped
    assert "50 % overall in 2 questions, 1 of them skipped" in report
    assert "Missing:" in report
    assert "Read:" in report


def test_a_skipped_follow_up_leaves_the_answer_as_it_was(room: Room):
    room.type("monitoring 1")
    room.answer(WONDERS)

    report = text_of(room.coach.skip(ADA))

    assert room.answers == [WONDERS]
    assert "skipped" not in report
    assert "Gaps" in report


def test_help_has_to_wait_for_the_end(room: Room):
    room.type("monitoring 1")
    for ask_for_help in (room.coach.hint, room.coach.reveal):
        with pytest.raises(NoHelpInInterview):
            ask_for_help(ADA)
    room.type("pause")
    with pytest.raises(NoHelpInInterview):
        room.coach.reveal(ADA)
    room.type("resume")
    room.answer()

    assert "In short" in text_of(room.coach.reveal(ADA))


def test_other_questions_wait_while_it_runs_and_come_in_a_pause(room: Room):
    room.type("monitoring 2")
    reviews = Reviews(room.bank, room.unit_of_work, room.clock)
    for other in (
        lambda: room.coach.ask(ADA, "lime"),
        lambda: reviews.next(ADA),
        lambda: reviews.ahead(ADA),
        lambda: room.type("deployment"),
    ):
        with pytest.raises(InterviewRunning):
            other()

    room.type("pause")
    room.coach.ask(ADA, "lime")
    assert "Score" not in text_of(room.coach.hint(ADA))
    assert "What earned credit" in text_of(room.answer())
    resumed = text_of(room.type("resume"))
    noted = text_of(room.answer())

    assert "Question 1 of 2" in resumed
    assert "Question 2 of 2" in noted
    with room.unit_of_work() as uow:
        lime = [a for a in attempts_of(uow, 1) if a.question_id == "interpretability/lime"]
    assert len(lime) == 1


def test_an_interview_that_is_left_alone_pauses_and_blocks_nothing(room: Room):
    room.type("monitoring 2")
    room.clock.pass_by(timedelta(hours=1, seconds=1))
    with pytest.raises(InterviewPaused) as refused:
        room.answer()
    assert [choice.words for choice in refused.value.choices] == [
        "interview resume",
        "interview stop",
    ]
    assert refused.value.text == KNOWS
    room.coach.ask(ADA, "lime")
    assert "What earned credit" in text_of(room.answer())
    assert "Question 1 of 2" in text_of(room.type("resume"))
    assert "Question 2 of 2" in text_of(room.answer(minutes=59))


class Killed(BaseException):
    """The end of a program, which nothing catches."""


@pytest.fixture
def between(room: Room) -> Room:
    """An interview whose program died between an answer and the next question."""

    def die() -> None:
        raise Killed

    room.type("monitoring 2")
    room.grader.meanwhile = die
    with pytest.raises(Killed):
        room.answer()
    room.grader.meanwhile = lambda: None
    return room


def test_an_interview_goes_on_after_a_program_that_died_between_two_questions(between: Room):
    given_back = text_of(between.answer(WONDERS))

    assert WONDERS in given_back
    assert "Question 2 of 2" in given_back
    assert "Question by question" in text_of(between.answer())


def test_a_program_that_owes_what_follows_an_answer_goes_on_with_its_follow_up(room: Room):
    owed = left_by_a_killed(room, WONDERS)

    assert "Question 1 of 2, followed up" in text_of(owed())
    assert "Question 1 of 2, followed up" in text_of(owed())
    assert "Question 2 of 2" in text_of(room.answer())


def test_a_program_that_owes_what_follows_a_follow_up_goes_on_behind_it(room: Room):
    room.type("monitoring 2")
    room.answer(WONDERS)

    assert "Question 2 of 2" in text_of(left_by_a_killed(room, WONDERS)())


def left_by_a_killed(room: Room, text: str) -> Callable[[], Reply]:
    """Return what another program does about an answer that a killed one has stored."""
    if not room.answers:
        room.type("monitoring 2")
    room.clock.pass_by(timedelta(minutes=2))
    room.coach.take_answer(ADA, text, delivery="a window", owed_to="where it was sent")
    with room.unit_of_work() as uow:
        ((_, event),) = uow.handled.begun(OWED)
    return lambda: room.coach.reply_owed(ADA, int(event.result.split()[0]))


def test_an_interview_that_nobody_takes_up_after_such_a_death_pauses_too(between: Room):
    with pytest.raises(InterviewRunning):
        between.coach.ask(ADA, "lime")

    between.clock.pass_by(timedelta(hours=1))

    between.coach.ask(ADA, "lime")
    assert between.interview.is_paused
    assert "Question 2 of 2" in text_of(between.type("resume"))


def test_a_refusal_in_an_interview_offers_ways_out(room: Room):
    room.type("monitoring 2")
    with pytest.raises(InterviewRunning) as refused:
        room.coach.ask(ADA, "lime")
    told = [choice.words for choice in refused.value.choices]
    assert told == ["interview resume", "interview pause", "interview stop"]
    for step in ("resume", "pause", "stop"):
        room.type(step)


def test_other_questions_are_helped_with_while_an_interview_runs(room: Room):
    room.type("monitoring 2")
    with room.unit_of_work() as uow:
        other = room.coach.begin(uow, ADA, "interpretability/lime")
        uow.commit()
    assert "hint" in text_of(room.coach.hint(ADA, other.id)).casefold()
    with pytest.raises(NoHelpInInterview):
        room.coach.hint(ADA)


def test_a_pause_stops_the_clock_and_takes_no_answer(room: Room):
    room.type("monitoring 1")
    room.clock.pass_by(timedelta(minutes=3))
    assert "the clock has stopped" in text_of(room.type("pause"))
    assert "paused" in text_of(room.type("pause"))
    room.clock.pass_by(timedelta(hours=9))

    with pytest.raises(InterviewPaused) as refused:
        room.answer()
    with pytest.raises(NoOpenQuestion):
        room.coach.skip(ADA)

    assert refused.value.text == KNOWS
    room.type("resume")
    assert "5 min of answering" in text_of(room.answer())


def test_it_can_be_stopped_with_a_report_on_what_was_answered(room: Room):
    room.type("monitoring 3")
    room.answer()

    report = text_of(room.type("stop"))

    assert "100 % overall in 1 question;" in report
    assert room.interview.state is InterviewState.ABANDONED
    with pytest.raises(NoOpenQuestion):
        room.answer()
    assert text_of(room.type("report")) in report


def test_one_that_was_stopped_at_once_has_nothing_to_report(room: Room):
    room.type("monitoring 3")

    assert "nothing to report" in text_of(room.type("stop"))
    assert "A mock interview of 2 questions" in text_of(room.type("deployment 2"))


@pytest.mark.parametrize("words", ["pause", "resume", "stop", "report", "report picture", "STOP"])
def test_without_an_interview_there_is_nothing_to_do(room: Room, words: str):
    with pytest.raises(NoInterview):
        room.type(words)


def test_the_report_comes_at_the_end_only(room: Room):
    room.type("monitoring 2")
    room.answer()

    with pytest.raises(ReportNotReady) as refused:
        room.type("report")

    assert "at its end" in sentence_of(refused.value)


def test_without_words_the_one_under_way_goes_on(room: Room):
    room.type("monitoring 2")
    room.answer()

    assert "Question 2 of 2" in text_of(room.type(""))
    room.type("pause")
    assert "Question 2 of 2" in text_of(room.type(""))
    assert room.interview.state is InterviewState.RUNNING


@pytest.mark.parametrize(
    ("words", "error"),
    [("pizza 3", UnknownTopic), ("monitoring 0", OutOfRange), ("21", OutOfRange)],
)
def test_what_cannot_be_ordered_begins_nothing(room: Room, words: str, error: type[Exception]):
    with pytest.raises(error):
        room.type(words)

    with room.unit_of_work() as uow:
        assert uow.learners.find(ADA) is None


def test_a_topic_without_questions_is_refused(room: Room):
    room.bank = QuestionBank(room.bank.topics, [q for q in room.bank if q.topic != "deployment"])

    with pytest.raises(UnknownTopic):
        room.type("deployment")


def test_fewer_questions_than_ordered_are_said(room: Room):
    count = len(room.bank.by_topic("deployment"))

    assert f"I have no more than {count} on this." in text_of(room.type("deployment 20"))


@pytest.mark.parametrize(("text", "error"), [("🙂", EmptyAnswer), ("x " * 2001, AnswerTooLong)])
def test_what_cannot_be_graded_is_given_back_and_the_question_stays(
    room: Room, text: str, error: type[Exception]
):
    room.type("monitoring 1")

    with pytest.raises(error):
        room.answer(text)

    assert room.answers == []
    assert "Question 1 of 1" in text_of(room.type(""))


def test_a_follow_up_that_is_too_long_beside_the_answer_is_given_back(room: Room):
    first = f"{WONDERS} {'So it is. ' * 250}".strip()
    room.type("monitoring 1")
    assert "followed up" in text_of(room.answer(first))

    with pytest.raises(FollowUpTooLong) as refused:
        room.answer("And more. " * 200)

    assert len(first) + len("\n\n") + refused.value.room == MAX_ANSWER_CHARACTERS
    assert "Your report card" in text_of(room.answer(KNOWS))


def test_an_answer_that_leaves_no_room_is_not_followed_up(room: Room):
    room.type("monitoring 1")

    told = room.answer(WONDERS + "x " * ((MAX_ANSWER_CHARACTERS - ROOM_FOR_FOLLOW_UP) // 2))

    assert "Your report card" in text_of(told)


def test_no_report_is_built_while_a_grade_is_owing(room: Room):
    room.type("monitoring 2")
    room.grader.problem = GraderBusy(128)

    noted = text_of(room.answer(WONDERS))
    over = text_of(room.answer())
    with pytest.raises(ReportNotReady) as refused:
        room.type("report")

    assert "Question 2 of 2" in noted  # nothing to follow up without a grade
    assert "The interview is over." in over
    assert "waits for 2 grades" in over
    assert refused.value.owing == 2
    room.grader.problem = None
    assert "in 2 questions" in text_of(room.type("report"))


def test_grades_that_come_late_are_told_by_the_report_alone(room: Room):
    room.type("monitoring 2")
    room.grader.problem = ModelUnavailable("tiny", "no such file")
    room.answer()
    room.grader.problem = None

    assert room.coach.grade_pending(ADA) == ()
    assert not room.coach.has_pending()
    assert "100 % overall in 2 questions" in text_of(room.answer())


def test_a_question_that_goes_before_its_turn_is_passed_over(room: Room):
    room.type("monitoring 3")
    room.lose(room.interview.question_ids[1])

    told = text_of(room.answer())
    report = text_of(room.answer())

    assert "Question 3 of 3" in told
    assert "100 % overall in 2 questions" in report


def test_an_answer_to_a_question_that_has_gone_is_given_back(room: Room):
    begun = room.type("monitoring 2")
    room.lose(begun.question_id)

    reply = room.answer()

    assert Quote(KNOWS) in reply.blocks
    assert "doesn't count" in text_of(reply)
    assert "Question 2 of 2" in text_of(reply)
    assert room.answers == []
    assert "in 1 question;" in text_of(room.answer())


def test_a_follow_up_whose_question_has_gone_ends_with_it(room: Room):
    begun = room.type("monitoring 2")
    room.answer(WONDERS)
    room.lose(begun.question_id)

    assert "Question 2 of 2" in text_of(room.answer())
    assert room.answers == [WONDERS]


def test_one_whose_questions_have_all_gone_ends(room: Room):
    room.type("deployment 20")
    for question in room.bank.by_topic("deployment"):
        room.lose(question.id)

    assert "nothing to report" in text_of(room.type(""))
    assert room.interview.state is InterviewState.FINISHED


def test_two_answers_at_the_same_instant_are_one_and_the_other_is_given_back(room: Room):
    room.type("monitoring 2")
    replies: list[Reply] = []
    inner = threading.Event()

    def second() -> None:
        if not inner.is_set():
            inner.set()
            replies.append(room.coach.submit_answer(ADA, "The same, sent twice."))

    room.grader.meanwhile = second
    replies.append(room.coach.submit_answer(ADA, WONDERS))

    assert room.answers == [WONDERS]
    assert Quote("The same, sent twice.") in replies[0].blocks
    assert all("Question 2 of 2" in text_of(reply) for reply in replies)
    assert room.interview.position == 1


def test_threads_that_answer_at_once_lose_nothing_and_answer_nothing_unseen(room: Room):
    room.type("monitoring 5")
    together = threading.Barrier(4)
    replies: list[Reply] = []

    def answer(number: int) -> None:
        together.wait(timeout=30)
        replies.append(room.coach.submit_answer(ADA, f"Answer {number}. {KNOWS}"))

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    given_back = sum(isinstance(block, Quote) for reply in replies for block in reply.blocks)
    assert len(room.answers) + given_back == len(replies) == 4
    assert len(room.answers) == room.interview.position
    with room.unit_of_work() as uow:
        asks = uow.asks.of_interview(room.interview.id)
        assert [len(uow.attempts.of_ask(ask.id)) for ask in asks[:-1]] == [1] * (len(asks) - 1)


def test_a_program_that_ends_between_an_answer_and_the_next_question_loses_nothing(room: Room):
    room.type("monitoring 2")

    def crash() -> None:
        raise RuntimeError("the power went")

    room.grader.meanwhile = crash
    with pytest.raises(RuntimeError):
        room.answer()
    room.grader.meanwhile = lambda: None

    welcome = text_of(room.coach.welcome(ADA))
    given_back = room.answer("What was the question?")

    assert "have an interview in progress" in welcome
    assert Quote("What was the question?") in given_back.blocks
    assert "Question 2 of 2" in text_of(given_back)
    report = text_of(room.answer())
    assert "100 % overall in 2 questions" in report
    assert room.answers == [KNOWS, KNOWS]


def test_a_new_start_shows_what_is_being_asked(room: Room):
    room.type("monitoring 2")
    room.answer(WONDERS)

    welcome = room.coach.welcome(ADA)

    assert "Welcome back, Ada" in text_of(welcome)
    assert "Question 1 of 2, followed up" in text_of(welcome)
    assert welcome.question_id == room.interview.question_ids[0]
    room.type("pause")
    assert "/interview resume" in text_of(room.coach.welcome(ADA))


def test_others_are_not_concerned(room: Room):
    bob = a_user("B")
    room.type("monitoring 2")

    room.coach.ask(bob, "lime")

    assert "What earned credit" in text_of(room.coach.submit_answer(bob, KNOWS))


def test_what_is_answered_after_the_end_is_practice_and_not_in_the_report(room: Room):
    room.type("monitoring 1")
    room.answer(WONDERS)
    report = text_of(room.answer(WONDERS))

    assert "What earned credit" in text_of(room.answer(KNOWS))
    assert text_of(room.type("report")) in report


def test_the_report_is_drawn_and_its_figures_are_those_of_the_words(room: Room):
    room.type("monitoring deployment 2")
    room.answer(WONDERS)
    room.coach.skip(ADA)
    words = text_of(room.answer())

    figures = room.reports.figures(ADA)
    drawn = room.type("report picture mine.png")

    assert f"{int(figures.overall * 100 + 0.5)} % overall" in words
    assert (figures.questions, figures.seconds) == (2, 240)
    assert {row.topic for row in figures.topics} == {
        "Monitoring and drift",
        room.bank.topic("deployment").title,
    }
    assert figures.gaps
    assert figures.study
    assert [(file.name, file.content) for file in drawn.files] == [("mine.png", b"PNG")]


def test_the_day_of_the_report_is_the_learners(room: Room):
    room.type("monitoring 1")
    with room.unit_of_work() as uow:
        learner = uow.learners.find(ADA)
        assert learner is not None
        uow.learners.set_settings(1, replace(learner.settings, zone="Pacific/Kiritimati"))
        uow.commit()
    room.clock.pass_by(timedelta(hours=6))
    room.type("resume")
    room.answer()

    assert room.reports.figures(ADA).date == room.clock.at.date() + timedelta(days=1)


def test_nobody_has_two_interviews_at_once(room: Room):
    together = threading.Barrier(3)
    outcomes: list[Any] = []

    def begin() -> None:
        together.wait(timeout=30)
        outcomes.append(room.type(""))

    threads = [threading.Thread(target=begin) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(outcomes) == 3
    with room.unit_of_work() as uow:
        assert uow.interviews.latest(1) == uow.interviews.get(1)
        assert len(uow.asks.asked(1)) == 1


def test_a_question_asked_in_an_interview_is_known_by_the_selection(room: Room):
    room.type("monitoring 1")
    room.answer()

    asked = room.coach.ask(ADA, "monitoring")

    assert asked.question_id not in room.interview.question_ids


def test_the_report_names_each_question_with_its_score_and_what_was_said(room: Room):
    room.type("monitoring 3")
    room.answer(WONDERS)
    room.answer(f"{KNOWS} And this.")
    room.grader.flags = (Flag.OFF_TOPIC,)
    room.answer("The kitchen is where we keep the cups and plates.")
    room.coach.skip(ADA)
    report = room.coach.skip(ADA)

    first, second, third = (room.bank.get(each).prompt for each in room.interview.question_ids)
    told = text_of(report)
    points = len(room.bank.get(room.interview.question_ids[0]).key_points)
    before = int(100 / points + 0.5)
    assert f"1. {first} — 100 %, {before} % before the follow-up" in told
    assert f"2. {second} — 0 %, off topic" in told
    assert f"3. {third} — skipped" in told
    quoted = [block.text for block in report.blocks if isinstance(block, Quote)]
    assert quoted == [
        f"{WONDERS} {KNOWS} And this.",
        "The kitchen is where we keep the cups and plates.",
    ]


def test_no_score_is_told_anywhere_while_an_interview_is_under_way(room: Room):
    room.type("monitoring 2")
    room.answer(WONDERS)
    progress = ProgressReports(room.bank, room.unit_of_work, room.clock, Studio)
    overviews = Overviews(room.bank, room.unit_of_work, room.clock)
    late = LateGrades(room.bank, room._answering, room.coach, room.unit_of_work, room.clock)
    topic = room.bank.topic("monitoring")

    def told() -> str:
        replies = (
            progress.tell(ADA),
            progress.tell(ADA, topic),
            overviews.show(ADA, Place("room", "room")),
            room.coach.topics(ADA, None, "monitoring"),
            room.coach.welcome(ADA),
        )
        return "\n".join(map(text_of, replies))

    for step in ("", "pause"):
        if step:
            room.type(step)
        assert "%" not in told()
        with pytest.raises(NoFeedback):
            typed(late.commands(), "feedback", ADA)

    room.type("stop")
    assert "%" in told()
