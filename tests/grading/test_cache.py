"""Vectors on disk: embedded once, read ever after, and never stale or in the way."""

import numpy as np
import pytest

from grading.cache import VectorCache
from tests.fakes import WordEncoder

TEXTS = ["concept drift", "the inputs change", ""]


def same(one, other):
    return len(one) == len(other) and all(
        a.pieces == b.pieces
        and np.array_equal(a.sentence, b.sentence)
        and np.array_equal(a.tokens, b.tokens)
        for a, b in zip(one, other, strict=True)
    )


def test_the_second_time_nothing_is_embedded(tmp_path):
    encoder, cache = WordEncoder(), VectorCache(tmp_path)
    cache.encode(encoder, TEXTS)
    encoder.asked.clear()

    cache.encode(encoder, TEXTS)

    assert encoder.asked == []


def test_vectors_read_from_disk_are_the_ones_that_were_embedded(tmp_path):
    encoder = WordEncoder()

    embedded = VectorCache(tmp_path).encode(encoder, TEXTS)
    read = VectorCache(tmp_path).encode(encoder, TEXTS)

    assert same(embedded, read)


def test_vectors_are_the_same_with_and_without_a_folder(tmp_path):
    with_folder = VectorCache(tmp_path)
    with_folder.encode(WordEncoder(), TEXTS)

    assert same(
        VectorCache(None).encode(WordEncoder(), TEXTS), with_folder.encode(WordEncoder(), TEXTS)
    )


@pytest.mark.parametrize(
    "texts",
    [
        ["concept drifts", "the inputs change", ""],
        ["the inputs change", "concept drift", ""],
        ["concept drift", "the inputs change"],
        ["concept drift\x00the inputs change", ""],
    ],
)
def test_other_texts_are_embedded_anew(tmp_path, texts):
    encoder, cache = WordEncoder(), VectorCache(tmp_path)
    cache.encode(encoder, TEXTS)
    encoder.asked.clear()

    cache.encode(encoder, texts)

    assert encoder.asked == texts


def test_another_model_embeds_anew(tmp_path):
    cache = VectorCache(tmp_path)
    cache.encode(WordEncoder("one"), TEXTS)
    other = WordEncoder("other")

    cache.encode(other, TEXTS)

    assert other.asked == TEXTS
    again = WordEncoder("one")
    cache.encode(again, TEXTS)
    assert again.asked == []


def damaged(content: bytes) -> dict[str, bytes]:
    return {
        "empty": b"",
        "cut short": content[: len(content) // 2],
        "one byte missing": content[:-1],
        "text": b"not a safetensors file",
        "huge header": b"\xff" * 8 + content[8:],
        "zeros": bytes(len(content)),
    }


@pytest.mark.parametrize("damage", damaged(b"x" * 100))
def test_a_damaged_file_is_embedded_again_and_mended(tmp_path, damage, caplog):
    encoder, cache = WordEncoder(), VectorCache(tmp_path)
    cache.encode(encoder, TEXTS)
    whole = cache.encode(encoder, TEXTS)
    (file,) = tmp_path.iterdir()
    file.write_bytes(damaged(file.read_bytes())[damage])
    encoder.asked.clear()

    cache.encode(encoder, TEXTS)

    assert encoder.asked == TEXTS
    assert same(cache.encode(encoder, TEXTS), whole)
    assert encoder.asked == TEXTS
    assert caplog.messages == [f"the vectors in {file.name} cannot be read, and are made anew"]


def test_a_file_of_other_tensors_is_embedded_again(tmp_path):
    from safetensors.numpy import save_file

    encoder, cache = WordEncoder(), VectorCache(tmp_path)
    cache.encode(encoder, TEXTS)
    (file,) = tmp_path.iterdir()
    save_file({"other": np.zeros(3)}, file)
    encoder.asked.clear()

    assert len(cache.encode(encoder, TEXTS)) == len(TEXTS)
    assert encoder.asked == TEXTS


def test_a_folder_that_cannot_be_written_costs_time_but_no_answer(tmp_path):
    (tmp_path / "file").write_text("in the way")
    encoder, cache = WordEncoder(), VectorCache(tmp_path / "file" / "vectors")

    first = cache.encode(encoder, TEXTS)
    second = cache.encode(encoder, TEXTS)

    assert same(first, second)
    assert encoder.asked == TEXTS * 2


def test_without_a_folder_everything_is_embedded_each_time():
    encoder, cache = WordEncoder(), VectorCache(None)

    cache.encode(encoder, TEXTS)
    cache.encode(encoder, TEXTS)

    assert encoder.asked == TEXTS * 2


def test_a_missing_folder_is_made_and_no_temporary_file_is_left(tmp_path):
    VectorCache(tmp_path / "new" / "folder").encode(WordEncoder(), TEXTS)

    assert [path.suffix for path in (tmp_path / "new" / "folder").iterdir()] == [".safetensors"]
