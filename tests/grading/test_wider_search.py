"""The search over a bank and a community's own questions beside it."""

import numpy as np
import pytest

from grading import corpus as corpora
from grading.corpus import Corpus
from grading.grader import Grader
from grading.search import QuestionSearch, WiderSearch
from knowledge.bank import QuestionBank
from knowledge.own import OwnQuestion
from tests.drafts import a_draft
from tests.fakes import WordEncoder
from tests.grading.test_own_questions import RIGHT


@pytest.fixture
def own() -> tuple[OwnQuestion, ...]:
    prompt = "Which tyres does a lorry need for icy mountain roads?"
    return a_draft("tyres", prompt=prompt).question(3), a_draft("alarms").question(3)


def test_words_lead_to_an_own_question_and_to_shipped_ones(
    search: QuestionSearch, corpus: Corpus, own: tuple[OwnQuestion, ...]
) -> None:
    wider = WiderSearch(search, corpus, own)

    assert wider.find("winter wheels for trucks in the alps")[0].question_id == own[0].id
    assert wider.find("concept drift")[0].question_id == "monitoring/concept-drift"
    assert wider.find("how do I notice that the world has changed")[0].question_id != own[0].id


def test_a_name_needs_no_meaning(
    search: QuestionSearch, corpus: Corpus, own: tuple[OwnQuestion, ...]
) -> None:
    for top_k in (1, 3):
        found = WiderSearch(search, corpus, own).find(" Tyres ", top_k)
        assert (found[0].question_id, found[0].score) == (own[0].id, 1.0)
        assert len(found) == top_k


def test_without_more_questions_it_is_the_same_search(
    search: QuestionSearch, corpus: Corpus
) -> None:
    for words in ("drift", "what is a layer", ""):
        assert WiderSearch(search, corpus, ()).find(words) == search.find(words)


def test_a_question_among_many_keeps_its_vectors_only_for_a_while(
    bank: QuestionBank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpora, "MOST_SEARCHABLE", 2)
    small = QuestionBank(bank.topics, [bank.get("monitoring/concept-drift")])
    encoder = WordEncoder()
    few = Corpus(small, encoder)
    own = [a_draft(f"q{number}").question(1) for number in range(3)]
    first, *_ = [few.searchable(each)[1] for each in own]
    embedded = len(encoder.asked)

    few.searchable(own[2])
    assert len(encoder.asked) == embedded
    assert np.array_equal(few.searchable(own[0])[1], first)
    assert len(encoder.asked) > embedded


def test_the_same_answer_gets_the_same_grade_in_every_community(
    grader: Grader, own: tuple[OwnQuestion, ...]
) -> None:
    there = a_draft("alarms").question(4)

    here, elsewhere = grader.grade(own[1], RIGHT), grader.grade(there, RIGHT)

    assert here.points == elsewhere.points
    assert (here.score, here.question_id) == (elsewhere.score, own[1].id)
