"""The vectors that ship are those of the shipped questions, and the model's own."""

import numpy as np
import pytest
from safetensors.numpy import load_file

from grading.corpus import Corpus, searchable_texts
from grading.encoder import SentenceTransformerEncoder
from grading.premade import FILE, key_of, premade_vectors
from knowledge.bank import QuestionBank
from tests.fakes import WordEncoder

MEND = "the questions have changed: run `python -m tools.embed_bank`"

SAMPLE = 60
"""Texts that are embedded anew, spread over the bank: a second or two."""

ENOUGH = 0.999
"""Eight bits a number cost 0.0002 of a cosine at most."""


def test_the_vectors_are_of_exactly_the_texts_that_searches_look_through(
    bank: QuestionBank,
) -> None:
    texts = {key_of(text): text for text in searchable_texts(bank)}
    keys = load_file(FILE)["keys"].tolist()

    missing = [text for key, text in texts.items() if key not in set(keys)]
    stale = [key for key in keys if key not in texts]
    assert not missing, f"{len(missing)} texts have no vector, such as {missing[0]!r}; {MEND}"
    assert not stale, f"{len(stale)} vectors are of no text any more; {MEND}"
    assert len(set(keys)) == len(texts)


def test_the_vectors_are_those_of_the_model(
    bank: QuestionBank, encoder: SentenceTransformerEncoder
) -> None:
    texts = searchable_texts(bank)
    texts = texts[:: len(texts) // SAMPLE]
    shipped = premade_vectors(encoder.model_id)

    vectors = np.stack([shipped[key_of(text)] for text in texts])
    fresh = np.stack([one.sentence for one in encoder.encode(texts)])
    nearness = (vectors * fresh).sum(axis=1)
    furthest = int(nearness.argmin())
    assert nearness[furthest] > ENOUGH, f"{texts[furthest]!r} has another vector; {MEND}"


def test_another_model_has_none() -> None:
    assert premade_vectors(WordEncoder().model_id) == {}


def test_only_what_does_not_ship_is_embedded(
    bank: QuestionBank, encoder: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = bank
    changed = first.model_copy(update={"prompt": "What else would you like to know?"})
    asked = []

    class Watching:
        model_id = encoder.model_id

        def encode(self, texts):
            asked.extend(texts)
            return encoder.encode(texts)

    Corpus(QuestionBank(bank.topics, [changed, *others]), Watching()).prepare()

    assert asked == ["What else would you like to know?"]
