import re
import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.core.cloze import cloze
from grading.text import stem, word_spans, words
from knowledge.bank import QuestionBank
from knowledge.question import KeyPoint, Question
from tests.core.samples import DRIFT

GAP = re.compile(r"[^\W_]?_+")


def with_statement(question: Question, statement: str) -> KeyPoint:
    return question.key_points[0].model_copy(update={"statement": statement})


def hidden(shown: str, statement: str) -> list[str]:
    """The words of the statement that the cloze changed."""
    return [
        span.text
        for span in word_spans(statement)
        if shown[span.start : span.end] != statement[span.start : span.end]
    ]


def test_telling_words_become_a_first_letter_and_their_length(bank: QuestionBank):
    question = bank.get(DRIFT)

    assert cloze(question, question.point("changed-relationship")) == (
        "Concept drift means that the relationship between the i_____ and the t_____ "
        "changes over time."
    )


def test_the_words_of_the_question_and_function_words_stay(bank: QuestionBank):
    question = bank.get(DRIFT)
    point = with_statement(question, "Concept drift is what you handle with thermometers.")

    assert cloze(question, point) == "Concept drift is what you handle with t___________."


def test_every_form_of_a_blanked_word_is_blanked(bank: QuestionBank):
    question = bank.get(DRIFT)
    point = with_statement(question, "A thermometer is one of many Thermometers.")

    assert cloze(question, point) == "A t__________ is one of many T___________."


def test_words_that_the_hint_has_given_are_kept_as_long_as_others_are_there(bank: QuestionBank):
    question = bank.get(DRIFT)
    point = with_statement(question, "Marmots and badgers and weasels.").model_copy(
        update={"hint": "Which animals besides marmots are there?"}
    )

    assert cloze(question, point) == "Marmots and b______ and w______."


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        ("Concept drift in production.", "C______ drift in p_________."),
        ("It is what it is, as we were.", "It is w___ it is, as we were."),
        ("a - b - c - !", "_ - b - c - !"),
        ("?? !! ?? !!", "?? !! ?? !!"),
    ],
)
def test_something_is_blanked_as_long_as_there_is_a_word(
    bank: QuestionBank, statement: str, shown: str
):
    question = bank.get(DRIFT)

    assert cloze(question, with_statement(question, statement)) == shown


def test_every_shipped_point_has_gaps_that_hide_their_words(bank: QuestionBank):
    for question in bank:
        for point in question.key_points:
            shown = cloze(question, point)
            blanked = hidden(shown, point.statement)

            assert 2 <= len({stem(words(word)[0]) for word in blanked}) <= 3, point.id
            assert not {words(word)[0] for word in blanked} & set(words(shown)), point.id
            assert not {stem(words(word)[0]) for word in blanked} & {
                stem(word) for word in words(question.prompt)
            }
            assert len(shown) == len(point.statement)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_cloze_blanks_something_and_never_shows_it(bank: QuestionBank, data: st.DataObject):
    question = data.draw(st.sampled_from(tuple(bank)))
    common = sorted({word for point in question.key_points for word in words(point.statement)})
    word = st.sampled_from(common) | st.text(string.ascii_letters + "'éß9", min_size=1, max_size=9)
    statement = " ".join(data.draw(st.lists(word, min_size=1, max_size=20)))
    assume(words(statement))
    point = with_statement(question, statement)

    shown = cloze(question, point)

    blanked = hidden(shown, statement)
    assert blanked
    assert GAP.search(shown)
    assert not {words(each)[0] for each in blanked} & set(words(shown))
    assert shown == cloze(question, point)
    assert len(shown) == len(statement)
