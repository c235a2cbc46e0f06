"""The real model: unit vectors, in order, the same every time."""

import numpy as np
import pytest

from grading.encoder import SentenceTransformerEncoder
from grading.errors import ModelUnavailable
from grading.precision import Precision


def test_sentence_and_token_vectors_have_length_one(encoder):
    (item,) = encoder.encode(["Concept drift changes P(y|x)."])

    assert np.linalg.norm(item.sentence) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(item.tokens, axis=1) == pytest.approx(1, abs=1e-5)
    assert len(item.pieces) == len(item.tokens)


def test_the_models_own_marks_are_no_pieces(encoder):
    (item,) = encoder.encode(["drift"])

    assert item.pieces == ("drift",)


def test_texts_come_back_in_the_order_they_were_given():
    encoder = SentenceTransformerEncoder(precision=Precision.FLOAT32)
    texts = ["a much longer text about drift", "drift", "a text", ""] * 6

    together = encoder.encode(texts)

    alone = {text: encoder.encode([text])[0] for text in set(texts)}
    for text, item in zip(texts, together, strict=True):
        assert item.pieces == alone[text].pieces
        assert item.sentence == pytest.approx(alone[text].sentence, abs=1e-4)


def test_meaning_brings_texts_near(encoder):
    query, near, far = encoder.encode(
        ["the model got worse", "model performance degraded", "boil two eggs"]
    )

    assert query.sentence @ near.sentence > query.sentence @ far.sentence + 0.3


def test_no_texts_give_no_vectors(encoder):
    assert encoder.encode([]) == []


def test_a_very_long_text_is_cut_and_not_refused(encoder):
    (item,) = encoder.encode(["drift " * 5000])

    assert 100 < len(item.pieces) < 600


@pytest.mark.parametrize("text", ["[SEP]", "[PAD]", "[CLS] [MASK]", "drift [PAD] label"])
def test_words_that_look_like_the_models_marks_are_words(encoder, text):
    (item,) = encoder.encode([text])

    assert len(item.pieces) >= len(text.split())


def test_a_model_that_is_not_there_is_unavailable_with_a_reason(tmp_path):
    missing = SentenceTransformerEncoder(str(tmp_path / "no-such-model"))

    with pytest.raises(ModelUnavailable) as raised:
        missing.encode(["drift"])

    assert raised.value.reason
    assert "no-such-model" in str(raised.value)
    assert not missing.is_loaded


def test_a_model_by_path_is_named_by_its_folder_and_where_that_lies(tmp_path):
    places = [tmp_path / "one" / "my-model", tmp_path / "two" / "my-model"]
    for place in places:
        place.mkdir(parents=True)

    one, two = (SentenceTransformerEncoder(str(place)).model_id for place in places)

    assert one.startswith("my-model-")
    assert two.startswith("my-model-")
    assert one != two


def test_making_an_encoder_loads_nothing():
    assert not SentenceTransformerEncoder().is_loaded


def test_company_in_a_pass_hardly_changes_a_vector(encoder):
    texts = ["a much longer text about drift", "drift", "a text"]

    for text, together in zip(texts, encoder.encode(texts), strict=True):
        (alone,) = encoder.encode([text])
        assert together.sentence @ alone.sentence > 0.9999
