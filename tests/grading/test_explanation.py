from grading.corpus import Corpus
from grading.explanation import explain
from knowledge.bank import QuestionBank


def test_each_point_names_the_nearest_wording_on_both_sides(bank: QuestionBank, corpus: Corpus):
    question = bank.get("monitoring/concept-drift")
    answer = "The weather was fine. The same inputs now lead to a different outcome."

    whys = explain(corpus, question, answer)
    assert [why.point_id for why in whys] == [point.id for point in question.key_points]
    point = question.point("changed-relationship")
    why = whys[0]
    assert why.right.wording in point.right
    assert why.right.sentence == "The same inputs now lead to a different outcome."
    assert why.wrong is not None
    assert why.wrong.wording in point.wrong
    assert why.right.similarity > why.wrong.similarity


def test_no_answer_is_near_to_nothing(bank: QuestionBank, corpus: Corpus):
    assert explain(corpus, bank.get("monitoring/concept-drift"), "") == ()
