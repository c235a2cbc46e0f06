"""Packed passes give what passes of their own give; offsets lead back into the text."""

import numpy as np
import pytest

from grading.encoder import SentenceTransformerEncoder
from grading.forward import PASS_TOKENS, Forward, _passes
from grading.precision import Precision

TEXTS = [
    "Concept drift means that the relation between inputs and target changes.",
    "The model gets worse.",
    "",
    "Ünïcode, 你好 and (brackets): P(y|x)",
    "word " * 300,
]


@pytest.fixture(scope="module")
def forward() -> Forward:
    return SentenceTransformerEncoder(precision=Precision.FLOAT32).load()


def test_the_default_model_packs(forward):
    assert forward._packs


def test_texts_that_share_a_pass_do_not_see_each_other(forward):
    together = forward(TEXTS)

    for text, item in zip(TEXTS, together, strict=True):
        (alone,) = forward([text])
        assert item.pieces == alone.pieces
        assert item.tokens == pytest.approx(alone.tokens, abs=1e-5)
        assert item.sentence == pytest.approx(alone.sentence, abs=1e-5)


def test_packed_and_padded_passes_agree(forward):
    plain = Forward(forward.model)
    plain._packs = False

    for one, two in zip(forward(TEXTS), plain(TEXTS), strict=True):
        assert one.pieces == two.pieces
        assert one.tokens == pytest.approx(two.tokens, abs=1e-4)
        assert one.sentence == pytest.approx(two.sentence, abs=1e-4)
        assert np.array_equal(one.offsets, two.offsets)


def test_offsets_say_where_each_piece_stands(forward):
    (item,) = forward(["Batch is slow; real-time is fast."])

    spelled = ["Batch is slow; real-time is fast."[start:end] for start, end in item.offsets]
    assert [piece.removeprefix("##") for piece in item.pieces] == [s.lower() for s in spelled]


def test_equal_texts_are_embedded_once(forward):
    one, other, two = forward(["drift", "label", "drift"])

    assert one is two
    assert one is not other


@pytest.mark.parametrize("lengths", [[1], [3] * 500, [PASS_TOKENS + 1] * 3, [2, 400, 400]])
def test_every_text_has_a_place_and_passes_stay_small(lengths):
    passes = list(_passes(lengths, packs=True))

    assert [row for rows in passes for row in rows] == list(range(len(lengths)))
    for rows in passes:
        assert len(rows) == 1 or sum(lengths[row] for row in rows) <= PASS_TOKENS
