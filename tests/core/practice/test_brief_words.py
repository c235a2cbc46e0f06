"""The few words that fit a line: names of points, and what is quoted of a sentence."""

import pytest

from bot.core.practice.brief_words import excerpt, made, mistakes
from bot.core.practice.point_names import MOST, beginning, short_name
from bot.core.reply import Contrast, Credit, Paragraph
from grading.grade import PointStatus
from knowledge.bank import QuestionBank
from tests.core.samples import DRIFT, a_grade_of


@pytest.mark.parametrize(
    ("point_id", "text", "name"),
    [
        ("retrain", "Respond by retraining the model.", "Retrain"),
        ("mle", "Here MLE picks the parameters.", "MLE"),
        ("map-averages", "mAP is the mean of average precision.", "mAP averages"),
        ("one-hot-explodes", "A one-hot column for each value is too much.", "One-hot explodes"),
        ("ab-test", "An A/B test assigns users at random.", "A/B test"),
        ("tests-first", "Tests come first.", "Tests first"),
        (
            "point-0123456789",
            "The cache holds what was computed before.",
            "The cache holds what was…",
        ),
    ],
)
def test_a_name_is_the_points_id_as_its_texts_spell_it(point_id: str, text: str, name: str):
    assert short_name(point_id, [text]) == name


def test_every_point_of_the_bank_has_a_short_name_that_is_not_cut(bank: QuestionBank):
    for question in bank:
        for point in question.key_points:
            name = short_name(point.id, point.right)
            assert 0 < len(name) <= MOST
            assert "…" not in name, name
            assert name[0].isupper() or any(char.isupper() for char in name), name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("short enough", "short enough"),
        ("cut between words, here", "cut between words…"),
        ("無空白の長い文は文字のところで切られます。", "無空白の長い文は文字のところで切られ…"),
    ],
)
def test_a_beginning_is_cut_between_words_where_there_are_any(text: str, shown: str):
    assert beginning(text, 19) == shown


def test_of_a_long_sentence_those_words_are_quoted_that_speak_of_the_point():
    said = "I track live quality against fresh labels and then retrain on recent data."

    assert excerpt(said, {"retrain", "recent", "data"}, 30) == "…then retrain on recent data."
    assert excerpt(said, {"kind"}, 30) == "I track live quality against…"
    assert excerpt("I retrain.", {"retrain"}, 30) == "I retrain."


def test_what_repeats_the_question_is_not_what_is_quoted(bank: QuestionBank):
    question = bank.get(DRIFT)
    said = "By concept drift in a model I mean that the relationship of inputs and target changes."
    (result,) = a_grade_of(question, {"changed-relationship": PointStatus.COVERED}).points[:1]

    (line,) = made(question, [result.model_copy(update={"evidence": said})])

    assert isinstance(line, Credit)
    assert line.words == "…of inputs and target changes."


def test_a_doubt_about_a_point_half_made_is_told_below_and_none_beside_a_mark(bank: QuestionBank):
    question = bank.get(DRIFT)
    half = a_grade_of(question, {"retrain": PointStatus.PARTIAL})
    (result,) = [each for each in half.points if each.id == "retrain"]
    unsure = result.model_copy(update={"unsure": True})

    line, doubt = made(question, [unsure])

    assert isinstance(line, Credit)
    assert doubt == Paragraph("“Retrain”: do you mean this, or the opposite?", quiet=True)
    assert len(made(question, [unsure.model_copy(update={"status": PointStatus.COVERED})])) == 1


def test_a_screen_shows_two_mistakes_and_counts_the_others():
    wrong = [Contrast(f"Wrong {n}.", (f"True {n}.", "Also true."), ("Why.",)) for n in range(4)]

    assert mistakes(wrong) == [
        Contrast("Wrong 0.", ("True 0.",)),
        Contrast("Wrong 1.", ("True 1.",)),
        Paragraph("2 more mistakes under Details.", quiet=True),
    ]
    assert mistakes([Contrast("Wrong.", (), ("Why.", "And why."))]) == [
        Contrast("Wrong.", (), ("Why.",))
    ]
