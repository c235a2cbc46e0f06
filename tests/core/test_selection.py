from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.selection import next_question
from knowledge.bank import QuestionBank
from tests.core.samples import an_attempt


def test_unseen_questions_come_first_the_easier_before_the_harder(bank: QuestionBank):
    asked = []
    attempts = []
    for number in range(len(bank)):
        question = next_question(tuple(bank), attempts)
        asked.append(question)
        attempts.append(an_attempt(question.id, 0.9, number=number))

    assert len({question.id for question in asked}) == len(bank)
    assert [q.difficulty for q in asked] == sorted(q.difficulty for q in asked)


def test_then_comes_the_weakest(bank: QuestionBank):
    candidates = bank.by_topic("monitoring")
    scores = [0.9, 0.8, 0.2, 0.7, 0.6, 0.5]
    attempts = [
        an_attempt(question.id, score, number=number)
        for number, (question, score) in enumerate(zip(candidates, scores, strict=False))
    ]

    chosen = next_question(candidates, attempts)

    assert chosen == candidates[2]


def test_among_equals_comes_the_one_answered_longest_ago(bank: QuestionBank):
    first, second = bank.by_topic("monitoring")[:2]
    attempts = [an_attempt(q.id, 0.5, number=n) for n, q in enumerate((second, first, second))]

    assert next_question((first, second), attempts[1:]) == first
    assert next_question((first, second), attempts[:2]) == second


def test_the_latest_answer_decides_how_weak_a_question_is(bank: QuestionBank):
    first, second = bank.by_topic("monitoring")[:2]
    attempts = [
        an_attempt(first.id, 0.1, number=1),
        an_attempt(second.id, 0.5, number=2),
        an_attempt(first.id, 0.9, number=3),
    ]

    assert next_question((first, second), attempts) == second


def test_a_question_answered_only_after_revealing_counts_as_weak(bank: QuestionBank):
    first, second = bank.by_topic("monitoring")[:2]
    attempts = [
        an_attempt(first.id, 0.4, number=1),
        an_attempt(second.id, 1.0, number=2, assisted=True),
    ]

    assert next_question((first, second), attempts) == second


def test_the_only_question_is_asked_again(bank: QuestionBank):
    (only, *_) = bank.by_topic("monitoring")

    assert next_question((only,), [an_attempt(only.id)], (only.id,)) == only


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_question_comes_twice_in_a_row_while_there_is_another(
    bank: QuestionBank, data: st.DataObject
):
    ids = [question.id for question in bank]
    candidates = data.draw(st.lists(st.sampled_from(tuple(bank)), min_size=2, unique=True))
    answered = data.draw(st.lists(st.tuples(st.sampled_from(ids), st.floats(0, 1) | st.none())))
    last = data.draw(st.sampled_from(candidates)).id
    attempts = [an_attempt(q, score, number=n) for n, (q, score) in enumerate(answered)]

    chosen = next_question(candidates, attempts, (last,))

    seen = {question_id for question_id, _ in answered}
    unseen = [q for q in candidates if q.id not in seen and q.id != last]
    assert chosen in candidates
    assert chosen.id != last
    assert not unseen or chosen.difficulty == min(q.difficulty for q in unseen)


def test_skipped_questions_wait_behind_those_never_asked(bank: QuestionBank):
    candidates = bank.by_topic("monitoring")
    asked: list[str] = []
    for _ in candidates:
        asked.append(next_question(candidates, [], asked).id)

    assert sorted(asked) == sorted(question.id for question in candidates)
    assert next_question(candidates, [], asked).id == asked[0]
