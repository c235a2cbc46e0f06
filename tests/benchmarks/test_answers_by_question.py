"""Right and wrong answers to each question, and which questions treat them oddly."""

from benchmarks.answers.loading import Answer, Reading, load_answers
from benchmarks.answers.measuring import Scored
from benchmarks.answers.questions import AUTHORS, STRONG, WRONG, by_question
from knowledge.bank import QuestionBank

QUESTION = "monitoring/concept-drift"


def an_answer(kind: str, score: float = 1.0, question: str = QUESTION) -> Answer:
    reading = Reading(score=score, points={})
    return Answer(
        author="mentor", question=question, kind=kind, answer="It changes.", readers=(reading,)
    )


def odd(*given: tuple[str, float, float, str]) -> tuple[str, ...]:
    """What is odd about answers, each a kind, the readers' score, ours, and a point's status."""
    answers = [an_answer(kind, read) for kind, read, _, _ in given]
    scored = [Scored(score, {"alert": status}) for _, _, score, status in given]
    (row,) = by_question(answers, scored)
    return row.odd


def test_right_answers_above_the_wrong_ones_are_as_they_should_be() -> None:
    assert not odd(
        ("strong_concise", 1.0, 0.9, "covered"), ("confidently_wrong", 0.0, 0.1, "contradicted")
    )


def test_a_poor_score_and_a_contradiction_are_named_with_their_points() -> None:
    assert odd(("plain_words", 0.9, 0.5, "partial")) == (
        "plain_words by the mentor scores 0.50; lacking: alert",
    )
    assert odd(("strong_concise", 0.9, 0.8, "contradicted")) == (
        "strong_concise by the mentor is taken to contradict alert",
    )


def test_a_wrong_answer_as_good_as_a_right_one_is_named() -> None:
    found = odd(("strong_concise", 1.0, 0.7, "covered"), ("confidently_wrong", 0.0, 0.7, "covered"))
    assert found == ("a wrong answer scores as much as a right one",)


def test_what_the_readers_did_not_find_right_is_no_fault_of_the_question() -> None:
    assert not odd(("strong_concise", 0.4, 0.3, "missed"))


def test_every_later_question_has_right_and_wrong_answers(bank: QuestionBank) -> None:
    kinds: dict[str, set[str]] = {}
    for each in load_answers(AUTHORS):
        kinds.setdefault(each.question, set()).add(each.kind)
    later = [question for question, found in kinds.items() if {*STRONG, *WRONG} <= found]

    assert len(later) >= 200
    assert all(question in bank for question in later)
