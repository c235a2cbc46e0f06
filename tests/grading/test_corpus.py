"""The bank as vectors: an index over all of it, and rubrics of the questions that are asked."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from grading.corpus import Corpus, searchable_texts
from grading.grader import Grader
from grading.passages import PassageKind, content_hash, passages_of, searchable_passages_of
from knowledge.accepting import accepting
from knowledge.bank import QuestionBank
from tests.fakes import WordEncoder


@pytest.fixture
def few(bank: QuestionBank) -> QuestionBank:
    """Three of the shipped questions: enough to search among."""
    return QuestionBank(bank.topics, list(bank)[:3])


def test_preparing_reports_progress_by_passages(few, monkeypatch):
    monkeypatch.setattr("grading.corpus.CHUNK", 20)
    seen = []

    Corpus(few, WordEncoder()).prepare(lambda done, total: seen.append((done, total)))

    count = len(searchable_texts(few))
    assert seen == [(done, count) for done in range(20, count, 20)] + [(count, count)]
    assert len(seen) > 1


def test_preparing_embeds_what_searches_look_through_and_no_more(few):
    encoder = WordEncoder()

    Corpus(few, encoder).prepare()

    assert encoder.asked == searchable_texts(few)
    assert len(encoder.asked) < sum(len(passages_of(question)) for question in few) / 2


def test_a_corpus_is_prepared_once(few):
    encoder = WordEncoder()
    corpus = Corpus(few, encoder)

    corpus.prepare()
    embedded = len(encoder.asked)
    corpus.prepare()

    assert embedded
    assert len(encoder.asked) == embedded


def test_a_second_corpus_on_the_same_folder_embeds_nothing(few, tmp_path):
    first = Corpus(few, WordEncoder(), tmp_path)
    first.prepare()
    for question in few:
        first.rubric(question)
    encoder = WordEncoder()
    second = Corpus(few, encoder, tmp_path)

    second.prepare()
    for question in few:
        second.rubric(question)

    assert encoder.asked == []


def test_a_rubric_embeds_its_own_question_once(few):
    encoder = WordEncoder()
    corpus = Corpus(few, encoder)
    question = next(iter(few))

    corpus.rubric(question)
    embedded = list(encoder.asked)
    corpus.rubric(question)

    assert set(embedded) == {passage.text for passage in passages_of(question)}
    assert encoder.asked == embedded


def test_a_passage_is_nearest_to_itself(few):
    encoder = WordEncoder()
    corpus = Corpus(few, encoder)
    passage = searchable_passages_of(next(iter(few)))[1]
    vector = encoder.encode([passage.text])[0].sentence

    (hits,) = corpus.nearest(vector[np.newaxis], 3)

    assert hits[0][0].text == passage.text
    assert hits[0][1] == pytest.approx(1.0, abs=1e-5)
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)


def test_many_threads_at_once_embed_everything_once(few):
    encoder = WordEncoder()
    corpus = Corpus(few, encoder)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: corpus.prepare(), range(8)))

    alone = WordEncoder()
    Corpus(few, alone).prepare()
    assert len(encoder.asked) == len(alone.asked)


def test_a_question_from_outside_the_bank_gets_a_rubric_too(few, bank):
    outsider = bank.get("monitoring/concept-drift")

    rubric = Corpus(few, WordEncoder()).rubric(outsider)

    assert [point.id for point in rubric.points] == [point.id for point in outsider.key_points]


def test_the_rows_of_a_rubric_say_what_the_question_says(few):
    question = next(iter(few))

    rubric = Corpus(few, WordEncoder()).rubric(question)

    for point, authored in zip(rubric.points, question.key_points, strict=True):
        assert tuple(rubric.statements.texts[row] for row in point.right) == authored.right
        assert tuple(rubric.statements.texts[row] for row in point.wrong) == authored.wrong
    claims = tuple(rubric.statements.texts[row] for row, _ in rubric.misconceptions)
    assert claims == tuple(misconception.claim for misconception in question.misconceptions)


def test_grades_are_the_same_from_fresh_and_from_stored_vectors(few, tmp_path):
    question = next(iter(few))
    answer = "Layers of units with weights, each followed by an activation function."

    fresh = Grader(Corpus(few, WordEncoder())).grade(question, answer)
    Corpus(few, WordEncoder(), tmp_path).prepare()
    stored = Grader(Corpus(few, WordEncoder(), tmp_path)).grade(question, answer)

    assert stored == fresh


def test_passages_hold_every_text_of_a_question_in_a_fixed_order(few):
    question = next(iter(few))

    passages = passages_of(question)

    assert passages == passages_of(question)
    assert passages[0].kind is PassageKind.PROMPT
    assert {passage.kind for passage in passages} == set(PassageKind) - {PassageKind.NAME}
    assert {passage.point for passage in passages} == {
        None,
        *(point.id for point in question.key_points),
    }


def test_a_question_is_found_by_what_it_asks_its_names_and_its_gist(few):
    question = next(iter(few))

    passages = searchable_passages_of(question)

    of_kind = {kind: [p.text for p in passages if p.kind is kind] for kind in PassageKind}
    assert of_kind[PassageKind.PROMPT] == [question.prompt]
    assert of_kind[PassageKind.NAME] == [*question.aliases, *question.phrasings]
    assert of_kind[PassageKind.RIGHT] == [point.statement for point in question.key_points]
    assert " ".join(of_kind[PassageKind.REFERENCE]) == question.reference_answers.short
    assert of_kind[PassageKind.WRONG] == of_kind[PassageKind.MISCONCEPTION] == []


def test_the_hash_changes_with_the_model_any_text_and_their_borders():
    hashes = [
        content_hash("model", ["ab", "c"]),
        content_hash("other", ["ab", "c"]),
        content_hash("model", ["a", "bc"]),
        content_hash("model", ["c", "ab"]),
        content_hash("model", ["ab"]),
    ]

    assert len(set(hashes)) == len(hashes)
    assert content_hash("model", ["ab", "c"]) == hashes[0]


def test_a_variant_is_embedded_by_what_is_new_in_it(few):
    encoder = WordEncoder()
    corpus = Corpus(few, encoder)
    question = next(iter(few))
    corpus.rubric(question)
    encoder.asked.clear()
    point = question.key_points[0]

    variant = accepting(question, point.id, "It is all about one thing.")
    rubric = corpus.rubric(variant)

    assert encoder.asked == ["It is all about one thing."]
    assert [rubric.statements.texts[row] for row in rubric.points[0].right] == [
        *point.right,
        "It is all about one thing.",
    ]


def test_only_so_many_rubrics_are_kept(few, monkeypatch):
    monkeypatch.setattr("grading.corpus.MOST_RUBRICS", 2)
    corpus = Corpus(few, WordEncoder())
    question = next(iter(few))
    point = question.key_points[0].id
    one, two, three = (accepting(question, point, f"Wording number {n}.") for n in (1, 2, 3))
    rubrics = [corpus.rubric(each) for each in (one, two)]

    assert corpus.rubric(one) is rubrics[0]
    corpus.rubric(three)

    assert corpus.rubric(one) is rubrics[0]
    assert corpus.rubric(two) is not rubrics[1]
