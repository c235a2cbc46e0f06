"""The index finds the nearest vectors, the best first."""

import numpy as np
import pytest

from benchmarks.speed.indexes import clustered
from grading.index import RECALL_TARGET, FaissIndex, IndexKind, SearchHit

ROWS = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)


def test_the_nearest_rows_come_with_their_cosines_best_first():
    (hits,) = FaissIndex(ROWS).search(np.array([[1, 0]], dtype=np.float32), 2)

    assert hits == [SearchHit(0, 1.0), SearchHit(2, pytest.approx(0.6))]


def test_each_query_has_its_own_hits():
    found = FaissIndex(ROWS).search(ROWS, 1)

    assert [[hit.row for hit in hits] for hits in found] == [[0], [1], [2]]


def test_asking_for_more_than_there_is_gives_all_there_is():
    (hits,) = FaissIndex(ROWS).search(np.array([[0, 1]], dtype=np.float32), 50)

    assert [hit.row for hit in hits] == [1, 2, 0]


def test_queries_in_double_precision_or_another_layout_are_searched_too():
    queries = np.asfortranarray(ROWS.astype(np.float64))[::-1]

    assert [hits[0].row for hits in FaissIndex(ROWS).search(queries, 1)] == [2, 1, 0]


def test_hits_are_those_of_a_plain_matrix_product():
    generator = np.random.default_rng(7)
    rows = generator.standard_normal((200, 12)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    queries = rows[:10] + 0.01

    found = FaissIndex(rows).search(queries, 5)

    expected = np.argsort(-(queries @ rows.T), axis=1)[:, :5]
    assert [[hit.row for hit in hits] for hits in found] == expected.tolist()


def queries_near(rows, count=100):
    """Stored rows moved by noise, other than the noise with which the index tries itself."""
    noise = np.random.default_rng(99).standard_normal((count, rows.shape[1]))
    moved = (
        rows[:: len(rows) // count][:count] + 0.5 * noise / np.linalg.norm(noise, axis=1)[:, None]
    )
    return (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)


def recall(found, exact):
    shares = [
        len({hit.row for hit in hits} & {hit.row for hit in truth}) / len(truth)
        for hits, truth in zip(found, exact, strict=True)
    ]
    return float(np.mean(shares))


@pytest.fixture(scope="module")
def passages():
    """Synthetic passages around questions around topics."""
    return clustered(6_000, 48)


@pytest.fixture(scope="module")
def approximate(passages):
    return FaissIndex(passages, exact_up_to=1_000)


def test_the_number_of_vectors_decides_whether_the_search_is_exact(passages):
    assert FaissIndex(passages[:100], exact_up_to=100).kind is IndexKind.EXACT
    assert FaissIndex(passages[:101], exact_up_to=100).kind is IndexKind.APPROXIMATE
    assert FaissIndex(passages).kind is IndexKind.EXACT


@pytest.mark.parametrize("top_k", [1, 10, 100, 300])
def test_an_approximate_search_finds_what_an_exact_one_does(passages, approximate, top_k):
    queries = queries_near(passages)

    found = approximate.search(queries, top_k)

    exact = FaissIndex(passages).search(queries, top_k)
    assert approximate.kind is IndexKind.APPROXIMATE
    assert {len(hits) for hits in found} == {top_k}
    assert recall(found, exact) >= RECALL_TARGET - 0.03


def test_an_approximate_search_keeps_its_recall_where_nothing_is_clustered():
    rows = np.random.default_rng(5).standard_normal((3_000, 32)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    queries = queries_near(rows)

    found = FaissIndex(rows, exact_up_to=1_000).search(queries, 10)

    assert recall(found, FaissIndex(rows).search(queries, 10)) >= RECALL_TARGET - 0.05


def test_approximate_hits_have_exact_scores_and_come_best_first(passages, approximate):
    queries = queries_near(passages)

    for query, hits in zip(queries, approximate.search(queries, 20), strict=True):
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)
        assert scores == pytest.approx([float(query @ passages[hit.row]) for hit in hits], abs=1e-5)


def test_the_same_vectors_give_the_same_approximate_index(passages, approximate):
    queries = queries_near(passages)

    again = FaissIndex(passages, exact_up_to=1_000)

    assert again.search(queries, 50) == approximate.search(queries, 50)


def test_an_approximate_search_for_more_than_there_is_gives_all_there_is(passages, approximate):
    (hits,) = approximate.search(passages[:1], 10_000)

    assert sorted(hit.row for hit in hits) == list(range(len(passages)))


def test_equal_vectors_by_the_thousand_are_searched_too():
    rows = np.repeat(np.eye(4, dtype=np.float32), 300, axis=0)

    (hits,) = FaissIndex(rows, exact_up_to=100).search(rows[:1], 300)

    assert {hit.score for hit in hits} == {1.0}


@pytest.mark.parametrize("count", [2, 39, 40, 500])
def test_few_vectors_can_be_searched_approximately(count):
    rows = clustered(count, 16)

    found = FaissIndex(rows, exact_up_to=1).search(rows, 1)

    assert np.mean([hits[0].row == row for row, hits in enumerate(found)]) > 0.9


def test_an_index_knows_its_size(passages, approximate):
    vectors = passages.nbytes

    assert FaissIndex(passages).nbytes == vectors
    assert vectors < approximate.nbytes < 1.5 * vectors
