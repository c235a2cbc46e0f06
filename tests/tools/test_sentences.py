"""Sentences teach what a reader made of each, for every point of the question."""

import random
from collections import Counter

import pytest

from benchmarks.answers.loading import FITTED, Answer, Reading, load_answers
from grading.corpus import Corpus
from grading.text import clean
from knowledge.bank import QuestionBank
from tests.core.samples import DRIFT
from tools.train.draws import Relation
from tools.train.quotes import BEARS_OUT, DENIES, FITTED_SENTENCES, fit_sentences
from tools.train.sentences import ReadAnswer, SentenceDraws, load_read_answers, spoken_of

SENTENCES = ("It says one.", "Half of one.", "It denies one.", "It says two.", "Hello there.")


def read_answer(bank: QuestionBank, question: str = DRIFT) -> ReadAnswer:
    """Return five sentences that stand in every way to the first two points."""
    one, two = (point.id for point in bank.get(DRIFT).key_points[:2])
    return ReadAnswer(
        question=question,
        sentences=SENTENCES,
        says={one: (1,), two: (4,)},
        half={one: (2,)},
        denies={one: (3,)},
    )


def test_every_point_knows_what_each_sentence_says_of_it(bank: QuestionBank):
    one, two, three, *_ = spoken_of([read_answer(bank)], bank)

    said = [clean(sentence) for sentence in SENTENCES]
    assert one.statement == clean(bank.get(DRIFT).key_points[0].statement)
    assert (one.same, one.half, one.opposite) == ((said[0],), (said[1],), (said[2],))
    assert (one.others, one.idle) == ((said[3],), (said[4],))
    assert (two.same, two.others) == ((said[3],), (said[0],))
    assert not three.same
    assert three.others == (said[0], said[3])


def test_what_the_bank_no_longer_asks_teaches_nothing(bank: QuestionBank):
    assert not list(spoken_of([read_answer(bank, "gone/away")], bank))


def test_sentences_are_drawn_in_their_relation(bank: QuestionBank):
    spoken = list(spoken_of([read_answer(bank)], bank))
    draws = SentenceDraws(spoken, random.Random(1))  # noqa: S311
    statements = {one.statement: one for one in spoken}
    drawn: Counter[Relation] = Counter()

    for _ in range(300):
        [pair] = draws.pairs()
        one = statements[pair.statement]
        sides = {
            Relation.SAME: one.same,
            Relation.OPPOSITE: one.opposite,
            Relation.NEITHER: (*one.half, *one.others, *one.idle),
        }
        assert pair.said in sides[pair.relation]
        drawn[pair.relation] += 1

    assert all(drawn[relation] > 30 for relation in Relation)


@pytest.mark.parametrize("folder", [None, FITTED_SENTENCES])
def test_what_readers_marked_is_there(bank: QuestionBank, folder):
    answers = load_read_answers(folder) if folder else load_read_answers()
    assert answers
    for one in answers:
        points = {point.id for point in bank.get(one.question).key_points}
        marks = [one.says, one.half, one.denies]
        assert {point for each in marks for point in each} <= points
        rows = [row for each in marks for of_point in each.values() for row in of_point]
        assert all(1 <= row <= len(one.sentences) for row in rows)


def test_those_that_fit_are_answers_whose_authors_teach_nobody_else(bank: QuestionBank):
    texts = [clean(one.answer) for one in load_answers(FITTED)]

    for one in load_read_answers(FITTED_SENTENCES)[::20]:
        assert any(clean(one.sentences[0]) in text for text in texts)


def test_a_sentence_that_was_read_to_say_a_point_is_fitted_to_bear_it_out(
    bank: QuestionBank, corpus: Corpus, tmp_path
):
    answers, lines = [], []
    for question in (each.id for each in tuple(bank)[:4]):
        points = bank.get(question).key_points
        said = [points[0].paraphrases[0], points[1].wrong[0], points[2].statement]
        sentences = tuple(each.rstrip(".") + "." for each in said)
        read = ReadAnswer(
            question=question,
            sentences=sentences,
            says={points[0].id: (1,), points[2].id: (3,)},
            half={},
            denies={points[1].id: (2,)},
        )
        lines.append(read.model_dump_json())
        answers.append(
            Answer(
                author="somebody",
                question=question,
                kind="good",
                answer=" ".join(sentences),
                readers=(Reading(score=0.5, points={}),),
            )
        )
    (tmp_path / "somebody.jsonl").write_text("\n".join(lines), encoding="utf-8")

    fits = fit_sentences(answers, bank, corpus, tmp_path)

    assert (tuple(fits.bears_out.weights), tuple(fits.denies.weights)) == (BEARS_OUT, DENIES)
    assert fits.bears_out.weights["same"] > 0 > fits.bears_out.intercept
    assert fits.denies.weights["opposite"] > 0
