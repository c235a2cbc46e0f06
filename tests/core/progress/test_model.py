import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.progress.model import progress_of
from bot.core.questions.errors import UnknownTopic
from grading.grade import Band
from knowledge.bank import QuestionBank
from tests.builders import lines_of
from tests.core.samples import DRIFT, Table, an_attempt, text_of

LIME = "interpretability/lime"
SKEW = "monitoring/training-serving-skew"


def test_without_answers_there_is_nothing_to_average(bank: QuestionBank):
    record = progress_of([], bank)

    assert (record.answers, record.questions_answered, record.mean_score) == (0, 0, None)
    assert record.questions == len(bank)
    assert {topic.mean_score for topic in record.topics} == {None}
    assert record.weakest == ()


def test_a_question_counts_once_with_its_latest_answer(bank: QuestionBank):
    attempts = [an_attempt(DRIFT, 0.2, number=1), an_attempt(DRIFT, 0.8, number=2)]

    record = progress_of(lines_of(attempts), bank)

    assert (record.answers, record.questions_answered, record.mean_score) == (2, 1, 0.8)


def test_topics_have_the_mean_of_their_own_questions(bank: QuestionBank):
    scores = {DRIFT: 0.4, SKEW: 0.8, LIME: 1.0}
    attempts = [an_attempt(q, s, number=n) for n, (q, s) in enumerate(scores.items())]

    record = progress_of(lines_of(attempts), bank)

    topics = {topic.topic: topic for topic in record.topics}
    assert topics["monitoring"].mean_score == pytest.approx(0.6)
    assert topics["monitoring"].answered == 2
    assert topics["interpretability"].mean_score == 1.0
    assert topics["deployment"].answered == 0
    assert [topic.topic for topic in record.topics] == [topic.id for topic in bank.topics]


def test_an_answer_after_revealing_does_not_count(bank: QuestionBank):
    attempts = [an_attempt(DRIFT, 0.3, number=1), an_attempt(DRIFT, 1.0, number=2, assisted=True)]

    record = progress_of(lines_of(attempts), bank)

    assert record.mean_score == 0.3


def test_pending_grades_are_counted_apart(bank: QuestionBank):
    attempts = [an_attempt(DRIFT, None, number=1), an_attempt(LIME, 0.5, number=2)]

    record = progress_of(lines_of(attempts), bank)

    assert (record.answers, record.pending, record.questions_answered) == (2, 1, 1)


def test_a_question_that_has_gone_does_not_count(bank: QuestionBank):
    attempts = [an_attempt("monitoring/gone", 0.1, number=1), an_attempt(DRIFT, 0.5, number=2)]

    record = progress_of(lines_of(attempts), bank)

    assert (record.questions_answered, record.mean_score) == (1, 0.5)
    assert [question for question, _ in record.weakest] == [DRIFT]


def test_the_weakest_come_first_and_good_ones_are_left_out(bank: QuestionBank):
    questions = [question.id for question in bank][:5]
    scores = [0.59, 0.9, 0.1, 0.3, 0.2]
    attempts = [
        an_attempt(q, s, number=n) for n, (q, s) in enumerate(zip(questions, scores, strict=True))
    ]

    record = progress_of(lines_of(attempts), bank)

    assert [score for _, score in record.weakest] == [0.1, 0.2, 0.3]


def test_bands_count_the_latest_answers(bank: QuestionBank):
    attempts = [
        an_attempt(DRIFT, 0.1, number=1, band=Band.WEAK),
        an_attempt(DRIFT, 0.9, number=2, band=Band.STRONG),
        an_attempt(LIME, 0.9, number=3, band=Band.STRONG),
    ]

    bands = dict(progress_of(lines_of(attempts), bank).bands)

    assert bands[Band.STRONG] == 2
    assert sum(bands.values()) == 2


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_all_means_are_shares_and_the_counts_add_up(bank: QuestionBank, data: st.DataObject):
    ids = st.sampled_from([*(question.id for question in bank), "gone/away"])
    rows = data.draw(st.lists(st.tuples(ids, st.none() | st.floats(0, 1), st.booleans())))
    attempts = [an_attempt(q, s, number=n, assisted=a) for n, (q, s, a) in enumerate(rows)]

    record = progress_of(lines_of(attempts), bank)

    assert record.answers == len(rows)
    assert record.questions_answered == sum(topic.answered for topic in record.topics)
    assert record.questions_answered == sum(count for _, count in record.bands)
    means = [record.mean_score, *(topic.mean_score for topic in record.topics)]
    assert all(mean is None or -1e-9 <= mean <= 1 + 1e-9 for mean in means)


def test_progress_of_somebody_new_invites_to_the_first_question(table: Table):
    reply = text_of(table.coach.progress(table.user))

    assert "not answered anything yet" in reply
    assert "/ask" in reply


def test_progress_shows_totals_topics_and_what_to_revisit(table: Table):
    table.grader.outcomes = (an_attempt(DRIFT, 0.25).grade,)
    table.ask("drift")
    table.answer()

    reply = text_of(table.coach.progress(table.user))

    assert f"1 answer so far; 1 of {len(table.bank)} questions answered, 25 % on average" in reply
    assert "Monitoring and drift" in reply
    assert "/ask concept-drift — 25 %" in reply


def test_topics_lists_every_topic_with_what_was_answered_in_it(table: Table):
    table.ask("drift")
    table.answer()

    reply = text_of(table.coach.topics(table.user))

    for topic in table.bank.topics:
        count = len(table.bank.by_topic(topic.id))
        assert f"{topic.title} ({topic.id}): {count} questions" in reply
    assert reply.count(" questions, 1 answered") == 1
    assert table.bank.get(DRIFT).prompt not in reply


def test_topics_of_one_lists_its_questions_with_the_last_score(table: Table):
    table.ask("drift")
    table.answer()

    for words in ("monitoring", "Monitoring and drift"):
        reply = text_of(table.coach.topics(table.user, words=words))
        assert all(item.prompt in reply for item in table.bank.by_topic("monitoring"))
        assert f"{table.bank.get(DRIFT).prompt} — 70 %" in reply
        assert table.bank.by_topic("deployment")[0].prompt not in reply
    with pytest.raises(UnknownTopic):
        table.coach.topics(table.user, words="cookery")
