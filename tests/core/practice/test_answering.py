from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import AnswerRejected, GradingBusy, GradingUnavailable
from bot.core.practice.errors import AnswerTooLong, EmptyAnswer, NoOpenQuestion, TooManyWaiting
from bot.core.practice.model import MAX_ANSWER_CHARACTERS, MOST_WAITING, AskState
from bot.core.reply import Score
from grading.errors import GraderBusy, ModelUnavailable
from grading.grade import Band
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_user
from tests.core.samples import ANSWER, DRIFT, Table, a_grade_of, text_of
from tests.fakes import FakeGrader

NO_MODEL = ModelUnavailable("tiny", "no such file")
BUSY = GraderBusy(128)


def test_an_answer_is_stored_and_gets_its_score(bank: QuestionBank):
    grade = a_grade_of(bank.get(DRIFT), score=0.8, band=Band.GOOD)
    table = Table(bank, FakeGrader(grade))
    table.ask("drift")

    reply = table.answer()

    (attempt,) = table.attempts
    assert (attempt.answer, attempt.submitted_at, attempt.grade) == (ANSWER, NOON, grade)
    assert any(isinstance(block, Score) and block.value == 0.8 for block in reply.blocks)
    assert reply.question_id == DRIFT
    assert table.database.asks[1].state is AskState.ANSWERED


def test_an_answer_of_somebody_unknown_is_refused(table: Table):
    with pytest.raises(NoOpenQuestion):
        table.answer()

    assert table.attempts == []


def test_an_answer_after_skipping_is_refused(table: Table):
    table.ask("drift")
    table.coach.skip(table.user)

    with pytest.raises(NoOpenQuestion):
        table.answer()

    assert table.attempts == []


def test_an_answer_goes_to_the_question_asked_last(table: Table):
    table.ask("drift")
    table.ask("lime")

    table.answer()

    assert table.attempts[0].question_id == "interpretability/lime"


def test_an_answer_goes_to_the_learners_own_question(table: Table):
    other = a_user("43", display_name="Grace")
    table.ask("drift")
    table.coach.ask(other, "lime")

    table.answer()

    assert table.attempts[0].question_id == DRIFT


@pytest.mark.parametrize(
    "text", ["", " ", "   \n\t ", "🙂🎉", "\x00", "\ud800", "—…!", "___", "\u200b\u2060", "\x1b"]
)
def test_an_answer_without_a_word_is_refused_and_given_back(table: Table, text: str):
    table.ask("drift")

    with pytest.raises(EmptyAnswer) as refused:
        table.answer(text)

    assert refused.value.text == text
    assert table.attempts == []


def test_an_empty_answer_leaves_the_question_open(table: Table):
    table.ask("drift")
    with pytest.raises(EmptyAnswer):
        table.answer("")

    table.answer(ANSWER)

    assert table.attempts[0].question_id == DRIFT


@pytest.mark.parametrize("text", ["a", "7", "é", "漢", "x" * MAX_ANSWER_CHARACTERS])
def test_an_answer_of_one_up_to_the_most_characters_is_graded(table: Table, text: str):
    table.ask("drift")

    table.answer(text)

    assert table.grader.graded == [(DRIFT, text)]


@pytest.mark.parametrize("text", ["x" * 4001, "a word " * 100_000, " " * 4001, "🙂" * 4001])
def test_an_answer_with_too_many_characters_is_refused_and_given_back(table: Table, text: str):
    table.ask("drift")

    with pytest.raises(AnswerTooLong) as refused:
        table.answer(text)

    assert refused.value.text == text
    assert table.attempts == []


@pytest.mark.parametrize("text", ["dr\x00ift", "\x00drift", "dr\ud800ift", "drift\udfff"])
def test_what_no_database_can_hold_is_left_out_of_the_stored_answer(table: Table, text: str):
    table.ask("drift")

    table.answer(text)

    assert table.attempts[0].answer == "drift"


def test_an_answer_is_committed_before_it_is_graded(table: Table):
    seen = []
    table.grader.meanwhile = lambda: seen.extend(table.attempts)
    table.ask("drift")

    table.answer()

    assert [(attempt.answer, attempt.is_pending) for attempt in seen] == [(ANSWER, True)]


def test_an_answer_that_cannot_be_graded_is_kept(bank: QuestionBank):
    table = Table(bank, FakeGrader(NO_MODEL))
    table.ask("drift")

    with pytest.raises(GradingUnavailable, match="no such file"):
        table.answer()

    assert [(a.answer, a.is_pending) for a in table.attempts] == [(ANSWER, True)]


def test_an_answer_to_a_busy_grader_is_kept_and_graded_when_it_has_time(bank: QuestionBank):
    grade = a_grade_of(bank.get(DRIFT), score=0.8, band=Band.GOOD)
    table = Table(bank, FakeGrader(BUSY, grade))
    table.ask("drift")

    with pytest.raises(GradingBusy):
        table.answer()

    assert [(a.answer, a.is_pending) for a in table.attempts] == [(ANSWER, True)]
    (reply,) = table.coach.grade_pending(table.user)
    assert ANSWER in text_of(reply)
    assert table.attempts[0].grade == grade


def test_a_busy_grader_is_not_asked_for_one_owing_grade_after_another(bank: QuestionBank):
    grade = a_grade_of(bank.get(DRIFT))
    table = Table(bank, FakeGrader(BUSY, BUSY, BUSY, grade, BUSY, grade))
    for text in ("first", "second", "third"):
        table.ask("drift")
        with pytest.raises(GradingBusy):
            table.answer(text)

    assert len(table.coach.grade_pending(table.user)) == 1

    assert len(table.grader.graded) == 5
    assert [attempt.is_pending for attempt in table.attempts] == [False, True, True]
    assert len(table.coach.grade_pending(table.user)) == 2


def test_an_answer_is_kept_when_grading_fails_in_an_unknown_way(bank: QuestionBank):
    table = Table(bank, FakeGrader(RuntimeError("bug")))
    table.ask("drift")

    with pytest.raises(RuntimeError, match="bug"):
        table.answer()

    assert [(a.answer, a.is_pending) for a in table.attempts] == [(ANSWER, True)]


def test_a_pending_grade_is_completed_later_and_told_to_its_owner(bank: QuestionBank):
    grade = a_grade_of(bank.get(DRIFT), score=0.8, band=Band.GOOD)
    table = Table(bank, FakeGrader(NO_MODEL, grade))
    table.ask("drift")
    with pytest.raises(GradingUnavailable):
        table.answer()
    table.clock.pass_by(timedelta(hours=1))

    (reply,) = table.coach.grade_pending(table.user)

    assert table.attempts[0].grade == grade
    assert table.attempts[0].graded_at == NOON + timedelta(hours=1)
    assert ANSWER in text_of(reply)
    assert bank.get(DRIFT).prompt in text_of(reply)
    assert not table.coach.has_pending()
    assert table.coach.grade_pending(table.user) == ()


def test_a_pending_grade_is_completed_but_not_told_to_anybody_else(bank: QuestionBank):
    table = Table(bank, FakeGrader(NO_MODEL, a_grade_of(bank.get(DRIFT))))
    table.ask("drift")
    with pytest.raises(GradingUnavailable):
        table.answer()

    replies = table.coach.grade_pending(a_user("43", display_name="Grace"))

    assert replies == ()
    assert not table.attempts[0].is_pending


def test_a_grade_stays_pending_while_grading_is_unavailable(bank: QuestionBank):
    table = Table(bank, FakeGrader(NO_MODEL))
    table.ask("drift")
    with pytest.raises(GradingUnavailable):
        table.answer()

    replies = table.coach.grade_pending(table.user)

    assert replies == ()
    assert table.coach.has_pending()


def test_an_attempt_that_fails_in_an_unknown_way_does_not_keep_the_others_from_their_grade(
    bank: QuestionBank,
):
    grade = a_grade_of(bank.get(DRIFT))
    table = Table(bank, FakeGrader(NO_MODEL, NO_MODEL, RuntimeError("bug"), grade))
    for text in ("first", "second"):
        table.ask("drift")
        with pytest.raises(GradingUnavailable):
            table.answer(text)

    replies = table.coach.grade_pending(table.user)

    assert [attempt.is_pending for attempt in table.attempts] == [True, False]
    assert len(replies) == 1


def test_an_attempt_whose_question_has_gone_waits_and_the_others_are_graded(bank: QuestionBank):
    table = Table(bank, FakeGrader(NO_MODEL))
    for about in ("lime", "drift"):
        table.ask(about)
        with pytest.raises(GradingUnavailable):
            table.answer()
    fewer = QuestionBank(bank.topics, [q for q in bank if q.slug != "lime"])
    later = Table(fewer, FakeGrader(a_grade_of(bank.get(DRIFT))), database=table.database)

    replies = later.coach.grade_pending(later.user)

    assert [reply.question_id for reply in replies] == [DRIFT]
    assert [attempt.is_pending for attempt in later.attempts] == [True, False]


def test_the_first_of_two_gradings_of_one_attempt_stays(bank: QuestionBank):
    ours = a_grade_of(bank.get(DRIFT), score=0.1, band=Band.WEAK)
    theirs = a_grade_of(bank.get(DRIFT), score=0.9, band=Band.STRONG)
    table = Table(bank, FakeGrader(ours))

    def another_process_grades() -> None:
        with table.database.unit_of_work() as uow:
            uow.attempts.record_grade(1, theirs, NOON)
            uow.commit()

    table.grader.meanwhile = another_process_grades
    table.ask("drift")

    reply = table.answer()

    assert table.attempts[0].grade == theirs
    assert any(isinstance(block, Score) and block.value == 0.9 for block in reply.blocks)


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [(0.25, 0.75, "up from 25 %"), (0.75, 0.25, "down from 75 %"), (0.5, 0.5, "same as last time")],
)
def test_a_retry_is_compared_with_last_time(
    bank: QuestionBank, before: float, now: float, words: str
):
    grades = [a_grade_of(bank.get(DRIFT), score=score) for score in (before, now)]
    table = Table(bank, FakeGrader(*grades))
    table.ask("drift")
    first = table.answer()

    second = table.answer()

    assert "last time" not in text_of(first)
    assert words in text_of(second)


def test_an_answer_to_another_question_is_not_compared(table: Table):
    table.ask("drift")
    table.answer()
    table.ask("lime")

    reply = table.answer()

    assert "last time" not in text_of(reply)


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(), max_size=200) | st.text(st.characters(categories=["Cs"])))
def test_whatever_is_answered_is_stored_as_text_or_given_back_whole(bank: QuestionBank, text: str):
    table = Table(bank)
    table.ask("drift")

    rejected = None
    try:
        table.answer(text)
    except AnswerRejected as refused:
        rejected = refused.text

    stored = [attempt.answer for attempt in table.attempts]
    assert (rejected, len(stored)) in {(text, 0), (None, 1)}
    assert all("\x00" not in answer and answer.encode("utf-8") for answer in stored)


def test_of_one_learner_twenty_answers_may_wait_and_the_next_is_given_back(table: Table):
    taken = []
    for number in range(MOST_WAITING):
        table.ask("drift")
        taken.append(table.coach.take_answer(table.user, f"{ANSWER} {number}"))
    table.ask("drift")

    with pytest.raises(TooManyWaiting) as refused:
        table.answer(ANSWER)

    assert refused.value.text == ANSWER
    assert len(table.attempts) == MOST_WAITING
    other = a_user("43", display_name="Grace")
    table.coach.ask(other, "drift")
    table.coach.submit_answer(other, ANSWER)
    taken[0]()
    table.answer("Now it is taken.")
    assert table.attempts[-1].answer == "Now it is taken."
