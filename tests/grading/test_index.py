"""The index finds the nearest vectors, the best first."""

import numpy as np
import pytest

from grading.index import FaissIndex, SearchHit

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
