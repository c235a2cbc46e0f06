from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.coach import words as coach_words
from bot.core.practice import question_words
from bot.core.practice import words as practice_words
from bot.core.reply import Action, Reply
from grading.grade import Band, Flag, MisconceptionHit, OpinionOutcome, PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import Question
from tests.core.samples import ANSWER, DRIFT, a_grade_of, an_attempt, is_shown, text_of


def feedback(bank: QuestionBank, question: Question, **grade: object) -> Reply:
    attempt = an_attempt(question.id)
    graded = type(attempt)(**{**vars(attempt), "grade": a_grade_of(question, **grade)})
    return practice_words.feedback(question, bank, graded, None)


@pytest.mark.parametrize("flag", Flag)
def test_every_flag_has_a_remark_of_its_own(bank: QuestionBank, flag: Flag):
    question = bank.get(DRIFT)
    plain = text_of(feedback(bank, question, score=0, band=Band.NONE))

    flagged = text_of(feedback(bank, question, score=0, band=Band.NONE, flags=(flag,)))

    others = {
        text_of(feedback(bank, question, score=0, band=Band.NONE, flags=(other,)))
        for other in Flag
        if other is not flag
    }
    assert flagged != plain
    assert flagged not in others


@pytest.mark.parametrize(
    "outcome", [each for each in OpinionOutcome if each is not OpinionOutcome.ANSWERED]
)
def test_a_second_opinion_that_was_not_had_is_told_in_one_quiet_line(
    bank: QuestionBank, outcome: OpinionOutcome
):
    question = bank.get(DRIFT)
    attempt = an_attempt(question.id)
    grade = a_grade_of(question).model_copy(update={"second_opinion": outcome})

    reply = practice_words.feedback(question, bank, replace(attempt, grade=grade), None)

    told = [each for each in reply.blocks if "second opinion" in str(each)]
    assert [each.quiet for each in told] == [True]
    assert told[0].text.endswith("so this is the grader's own view.")


@pytest.mark.parametrize("outcome", [None, OpinionOutcome.ANSWERED])
def test_nothing_is_said_where_no_second_opinion_is_missing(
    bank: QuestionBank, outcome: OpinionOutcome | None
):
    question = bank.get(DRIFT)
    grade = a_grade_of(question).model_copy(update={"second_opinion": outcome})
    attempt = replace(an_attempt(question.id), grade=grade)

    reply = practice_words.feedback(question, bank, attempt, None)

    assert "second opinion" not in text_of(reply)


def test_not_knowing_is_met_with_a_hint(bank: QuestionBank):
    question = bank.get(DRIFT)

    reply = text_of(feedback(bank, question, score=0, band=Band.NONE, flags=(Flag.DONT_KNOW,)))

    assert question.key_points[0].hint in reply


def test_an_answer_to_another_question_is_told_which(bank: QuestionBank):
    question = bank.get(DRIFT)
    other = bank.get("interpretability/lime")

    reply = text_of(
        feedback(bank, question, score=0, band=Band.NONE, flags=(Flag.OFF_TOPIC,), closest=other.id)
    )

    assert other.prompt in reply
    assert f"/ask {other.slug}" in reply


def test_a_covered_point_shows_its_statement_and_the_learners_sentence(bank: QuestionBank):
    question = bank.get(DRIFT)
    covered = {"retrain": PointStatus.COVERED}

    reply = text_of(feedback(bank, question, statuses=covered))

    assert question.point("retrain").statement in reply
    assert "what I said about retrain" in reply


def test_a_partly_made_point_shows_the_sentence_and_asks_for_precision(bank: QuestionBank):
    question = bank.get(DRIFT)

    reply = text_of(feedback(bank, question, statuses={"retrain": PointStatus.PARTIAL}))

    assert "what I said about retrain" in reply
    assert "Be more precise." in reply


@pytest.mark.parametrize(("score", "band"), [(0, Band.NONE), (0.4, Band.PARTIAL)])
def test_a_contradicted_point_shows_the_sentence_and_the_truth(
    bank: QuestionBank, score: float, band: Band
):
    question = bank.get(DRIFT)
    statuses = {"retrain": PointStatus.CONTRADICTED}

    reply = text_of(feedback(bank, question, statuses=statuses, score=score, band=band))

    assert "what I said about retrain" in reply
    assert question.point("retrain").statement in reply
    assert "What is wrong" in reply


def test_a_misconception_shows_the_sentence_and_the_correction(bank: QuestionBank):
    question = bank.get(DRIFT)
    hit = MisconceptionHit(text="It is recall.", correction="It is not.", evidence="It is recall")

    reply = text_of(feedback(bank, question, misconceptions=(hit,)))

    assert "It is recall" in reply
    assert "It is not." in reply


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_missed_point_is_told_as_a_hint_and_never_by_its_statement(
    bank: QuestionBank, data: st.DataObject
):
    question = data.draw(st.sampled_from(tuple(bank)))
    statuses = {p.id: data.draw(st.sampled_from(PointStatus)) for p in question.key_points}

    reply = text_of(feedback(bank, question, statuses=statuses))

    for point in question.key_points:
        missed = statuses[point.id] is PointStatus.MISSED
        assert (point.statement in reply) is not missed
        assert not missed or is_shown(question, point, statuses) == (point.hint in reply)
        assert missed or f"what I said about {point.id}" in reply


def test_the_one_improvement_named_is_the_weightiest_lost_point(bank: QuestionBank):
    question = bank.get(DRIFT)
    statuses = {"changed-relationship": PointStatus.COVERED}

    reply = text_of(feedback(bank, question, statuses=statuses))

    assert f"Next: add a sentence. {question.point('retrain').hint}" in reply
    asked_next = next(f.ask for f in question.follow_ups if f.point == "retrain")
    assert asked_next in reply


def test_a_little_credit_is_not_called_none(bank: QuestionBank):
    question = bank.get(DRIFT)
    statuses = {"retrain": PointStatus.PARTIAL}

    reply = text_of(feedback(bank, question, statuses=statuses, score=0.09, band=Band.NONE))

    assert "hardly any credit yet" in reply
    assert "Hardly any of the answer is there yet." in reply
    none = text_of(feedback(bank, question, statuses={}, score=0, band=Band.NONE))
    assert "no credit yet" in none
    assert "That doesn't answer the question yet." in none


def test_a_full_answer_has_nothing_to_improve(bank: QuestionBank):
    question = bank.get(DRIFT)
    statuses = {point.id: PointStatus.COVERED for point in question.key_points}

    reply = text_of(feedback(bank, question, statuses=statuses, score=1, band=Band.STRONG))

    assert "Next: " not in reply
    assert "Strong answer" in reply


def test_feedback_names_something_to_read(bank: QuestionBank):
    for question in bank:
        reply = text_of(feedback(bank, question))

        assert question.sources[0].title in reply


def test_feedback_offers_what_to_do_next(bank: QuestionBank):
    reply = feedback(bank, bank.get(DRIFT))

    assert {Action.RETRY, Action.REVEAL, Action.ASK} <= set(reply.actions)


def test_the_same_input_gets_the_same_words(bank: QuestionBank):
    for question in bank:
        once = (
            feedback(bank, question),
            question_words.reveal(question),
            coach_words.first_welcome(bank),
        )
        again = (
            feedback(bank, question),
            question_words.reveal(question),
            coach_words.first_welcome(bank),
        )

        assert once == again


def test_late_feedback_repeats_the_question_and_the_answer(bank: QuestionBank):
    question = bank.get(DRIFT)
    attempt = an_attempt(DRIFT)
    graded = type(attempt)(**{**vars(attempt), "grade": a_grade_of(question)})

    reply = text_of(practice_words.feedback(question, bank, graded, None, late=True))

    assert question.prompt in reply
    assert ANSWER in reply
