"""Which precision is chosen, by what the processor says of itself."""

import pytest

from grading.encoder import SentenceTransformerEncoder, name_of
from grading.precision import Precision, multiplies_bfloat16, resolved


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("flags : fpu sse2 avx512f avx512_bf16", True),
        ("flags : fpu amx_tile amx_bf16", True),
        ("Features : fp asimd bf16 i8mm", True),
        ("flags : fpu sse2 avx2", False),
        ("", False),
    ],
)
def test_bfloat16_is_for_processors_that_multiply_it(tmp_path, flags, expected):
    file = tmp_path / "cpuinfo"
    file.write_text(flags)

    assert multiplies_bfloat16(file) is expected


def test_a_system_that_does_not_say_computes_in_32_bits(tmp_path):
    assert not multiplies_bfloat16(tmp_path / "nothing")


def test_what_was_asked_for_is_not_second_guessed():
    assert resolved(Precision.FLOAT32) is Precision.FLOAT32
    assert resolved(Precision.BFLOAT16) is Precision.BFLOAT16
    assert resolved(Precision.AUTO) in {Precision.FLOAT32, Precision.BFLOAT16}


def test_the_precision_is_part_of_the_models_id_but_not_of_its_name():
    exact = SentenceTransformerEncoder(precision=Precision.FLOAT32)
    quick = SentenceTransformerEncoder(precision=Precision.BFLOAT16)

    assert exact.model_id == "all-MiniLM-L6-v2"
    assert quick.model_id == "all-MiniLM-L6-v2@bfloat16"
    assert name_of(quick.model_id) == exact.model_id


def test_both_precisions_give_nearly_the_same_vectors():
    texts = ["Concept drift changes P(y|x).", "the model got worse", "boil two eggs"]
    exact = SentenceTransformerEncoder(precision=Precision.FLOAT32).encode(texts)
    quick = SentenceTransformerEncoder(precision=Precision.BFLOAT16).encode(texts)

    for one, two in zip(exact, quick, strict=True):
        assert one.sentence @ two.sentence > 0.999
        assert (one.tokens * two.tokens).sum(axis=1).min() > 0.995
