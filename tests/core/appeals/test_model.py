import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.appeals.errors import (
    AppealRejected,
    NotYourSentence,
    SentenceUnfit,
    UnknownPoint,
    UnknownSentence,
)
from bot.core.appeals.model import (
    LONGEST,
    MOST_SENTENCES,
    SHORTEST,
    chosen_sentence,
    fitting_sentences,
    lost_point,
    lost_points,
    numbered_point,
    quoted_sentence,
)
from grading.grade import PointStatus
from knowledge.bank import QuestionBank
from tests.core.samples import DRIFT, a_grade_of

ANSWER = (
    "The relation moves away. OK. So an alarm rings\nwhen the error stays high; we retrain then!"
)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_points_without_full_credit_stand_as_in_the_feedback(bank: QuestionBank):
    question = bank.get(DRIFT)
    ids = [point.id for point in question.key_points]
    statuses = {
        ids[0]: PointStatus.CONTRADICTED,
        ids[1]: PointStatus.COVERED,
        ids[2]: PointStatus.PARTIAL,
    }
    grade = a_grade_of(question, statuses)

    assert [result.id for result in lost_points(grade)] == [ids[2], *ids[3:], ids[0]]
    assert numbered_point(grade, 1).id == ids[2]
    assert lost_point(grade, ids[0]).id == ids[0]
    for number in (0, len(ids), 10**9):
        with pytest.raises(UnknownPoint):
            numbered_point(grade, number)
    with pytest.raises(UnknownPoint):
        lost_point(grade, ids[1])


def test_sentences_that_could_be_wordings_are_offered():
    offered = fitting_sentences(ANSWER)

    assert offered[0] == "The relation moves away."
    assert "OK." not in offered
    assert chosen_sentence(ANSWER, "1") == "The relation moves away."
    for number in ("0", "99", "9" * 5000):
        with pytest.raises(UnknownSentence):
            chosen_sentence(ANSWER, number)


def test_a_part_of_the_answer_can_be_quoted_over_a_line_break():
    assert chosen_sentence(ANSWER, "“an alarm rings when the error”") == (
        "an alarm rings when the error"
    )


def test_words_of_somebody_else_are_refused():
    with pytest.raises(NotYourSentence):
        chosen_sentence(ANSWER, "An alarm rings when the error is low")
    with pytest.raises(NotYourSentence):
        chosen_sentence(ANSWER, "  ")


def test_too_little_and_too_much_is_refused():
    with pytest.raises(SentenceUnfit):
        quoted_sentence(ANSWER, "OK.")
    with pytest.raises(SentenceUnfit):
        quoted_sentence("word " * 200, "word " * 200)


@given(answer=st.text(max_size=600), words=st.text(max_size=600))
def test_what_is_chosen_always_stands_in_the_answer(answer: str, words: str):
    for sentence in fitting_sentences(answer):
        assert sentence in flat(answer)
    assert len(fitting_sentences(answer)) <= MOST_SENTENCES
    try:
        chosen = chosen_sentence(answer, words)
    except AppealRejected:
        return
    assert chosen in flat(answer)
    assert SHORTEST - 2 <= len(chosen) <= LONGEST


@given(before=st.text(max_size=200), more=st.text(max_size=200), after=st.text(max_size=200))
def test_any_fitting_part_of_an_answer_can_be_quoted(before: str, more: str, after: str):
    part = flat(f"made of words {more}")

    assert quoted_sentence(f"{before} {part} {after}", part) == part
