"""Many threads embed through one worker: each gets its own vectors, its own error, or 'busy'."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from grading.batching import BatchingEncoder
from grading.encoder import Encoded
from grading.errors import GraderBusy, ModelUnavailable
from grading.grader import Grader
from knowledge.bank import QuestionBank
from tests.fakes import WordEncoder

SECONDS = 60


class Gate(WordEncoder):
    """Embed when let through; every call's texts and thread are kept."""

    def __init__(self, *, is_open: bool = False) -> None:
        super().__init__()
        self.calls: list[tuple[str, ...]] = []
        self.threads: set[int] = set()
        self.entered = threading.Event()
        self.opened = threading.Event()
        if is_open:
            self.opened.set()

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        self.calls.append(tuple(texts))
        self.threads.add(threading.get_ident())
        self.entered.set()
        assert self.opened.wait(SECONDS)
        if "poison" in texts:
            raise ModelUnavailable("words", "poison")
        if "exit" in texts:
            raise SystemExit
        return super().encode(texts)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.001)


def behind_one_in_work(
    gate: Gate, batching: BatchingEncoder, requests: Sequence[Sequence[str]]
) -> list[list[Encoded] | BaseException]:
    """Let all requests wait in their order while another one is in work; return what each got."""
    with ThreadPoolExecutor(len(requests) + 1) as threads:
        first = threads.submit(batching.encode, ["first"])
        assert gate.entered.wait(SECONDS)
        waiting = []
        for request in requests:
            waiting.append(threads.submit(batching.encode, request))
            until(lambda: len(batching._waiting) == len(waiting))
        gate.opened.set()
        assert len(first.result(SECONDS)) == 1
        return [one.exception(SECONDS) or one.result() for one in waiting]


def same(one: Sequence[Encoded], other: Sequence[Encoded]) -> bool:
    return [item.pieces for item in one] == [item.pieces for item in other] and all(
        np.array_equal(a.tokens, b.tokens) for a, b in zip(one, other, strict=True)
    )


def test_vectors_come_in_order_as_from_the_encoder_itself():
    texts = ["concept drift", "a model", "concept drift"]
    with BatchingEncoder(WordEncoder()) as batching:
        assert same(batching.encode(texts), WordEncoder().encode(texts))
        assert batching.model_id == "words"


def test_no_texts_need_no_worker():
    gate = Gate()
    with BatchingEncoder(gate) as batching:
        assert batching.encode([]) == []
    assert gate.calls == []


@pytest.mark.parametrize("mixed", [False, True])
def test_every_caller_gets_the_vectors_of_its_own_texts(mixed: bool):
    requests = [[f"text {caller} {i}" for i in range(caller % 5 + 1)] for caller in range(40)]
    gate = Gate(is_open=True)
    with BatchingEncoder(gate, mixed=mixed) as batching, ThreadPoolExecutor(40) as threads:
        found = list(threads.map(batching.encode, requests, timeout=SECONDS))

    for request, vectors in zip(requests, found, strict=True):
        assert same(vectors, WordEncoder().encode(request))
    assert len(gate.threads) == 1


def test_requests_that_wait_share_one_pass_when_mixed():
    gate = Gate()
    with BatchingEncoder(gate, mixed=True) as batching:
        behind_one_in_work(gate, batching, [["a", "b"], ["c"], ["a", "b"]])

    assert gate.calls == [("first",), ("a", "b", "c")]


def test_only_equal_requests_share_a_pass_otherwise():
    gate = Gate()
    with BatchingEncoder(gate) as batching:
        found = behind_one_in_work(gate, batching, [["a", "b"], ["c"], ["a", "b"]])

    assert gate.calls == [("first",), ("a", "b"), ("c",)]
    assert same(found[0], found[2])


def test_a_pass_is_bounded_by_its_texts_and_a_larger_request_goes_alone():
    gate = Gate()
    with BatchingEncoder(gate, mixed=True, pass_texts=3) as batching:
        behind_one_in_work(gate, batching, [["a", "b"], ["c"], ["d"], ["e"] * 5, ["f"]])

    assert gate.calls == [("first",), ("a", "b", "c"), ("d",), ("e",) * 5, ("f",)]


@pytest.mark.parametrize("mixed", [False, True])
def test_an_error_reaches_the_caller_whose_texts_raised_it_and_nobody_else(mixed: bool):
    gate = Gate()
    with BatchingEncoder(gate, mixed=mixed) as batching:
        found = behind_one_in_work(gate, batching, [["a"], ["poison"], ["b", "c"]])

    assert isinstance(found[1], ModelUnavailable)
    assert same(found[0], WordEncoder().encode(["a"]))
    assert same(found[2], WordEncoder().encode(["b", "c"]))


def test_an_encoder_that_times_out_does_not_keep_its_caller():
    class Slow(WordEncoder):
        def encode(self, texts: Sequence[str]) -> list[Encoded]:
            raise TimeoutError(texts)

    with BatchingEncoder(Slow()) as batching, pytest.raises(TimeoutError):
        batching.encode(["a"])


def test_one_request_too_many_is_refused_and_the_others_are_answered():
    gate = Gate()
    with BatchingEncoder(gate, max_waiting=2) as batching:
        with ThreadPoolExecutor(3) as threads:
            taken = [threads.submit(batching.encode, ["first"])]
            assert gate.entered.wait(SECONDS)
            taken += [threads.submit(batching.encode, [text]) for text in ("a", "b")]
            until(lambda: len(batching._waiting) == 2)

            with pytest.raises(GraderBusy) as refused:
                batching.encode(["c"])

            gate.opened.set()
            assert [len(one.result(SECONDS)) for one in taken] == [1, 1, 1]
        assert refused.value.waiting == 2
        assert batching.encode(["c"])


def test_closing_finishes_what_is_in_work_and_refuses_the_rest():
    gate = Gate()
    batching = BatchingEncoder(gate)
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(batching.encode, ["first"])
        assert gate.entered.wait(SECONDS)
        waiting = threads.submit(batching.encode, ["a"])
        until(lambda: len(batching._waiting) == 1)
        closing = threads.submit(batching.close)
        assert isinstance(waiting.exception(SECONDS), ModelUnavailable)
        gate.opened.set()
        closing.result(SECONDS)

        assert len(first.result(SECONDS)) == 1
    with pytest.raises(ModelUnavailable, match="stopping"):
        batching.encode(["b"])
    batching.close()


def test_closing_ends_the_worker():
    before = threading.active_count()
    with BatchingEncoder(WordEncoder()) as batching:
        batching.encode(["a"])
        assert threading.active_count() == before + 1

    assert threading.active_count() == before


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_worker_that_dies_keeps_nobody_waiting_and_another_takes_over():
    gate = Gate()
    with BatchingEncoder(gate, pass_texts=1) as batching:
        found = behind_one_in_work(gate, batching, [["exit"], ["a"]])

        assert isinstance(found[0], RuntimeError)
        assert same(found[1], WordEncoder().encode(["a"]))
        assert batching.encode(["b"])


def test_a_grade_does_not_depend_on_who_else_is_answering(grader: Grader, bank: QuestionBank):
    question = bank.get("monitoring/concept-drift")
    answers = [
        "The relation between the inputs and the target changes over time.",
        "Drift. " * 60 + "The data changes and the model gets worse, so I retrain it.",
        "I compare live predictions with true labels, alert on a sustained drop, and retrain on "
        "recent data before I roll the new model out gradually.",
        "It is when the input distribution changes while the relation stays the same.",
    ]
    alone = [grader.grade(question, answer) for answer in answers]

    with BatchingEncoder(grader._encoder) as batching, ThreadPoolExecutor(16) as threads:
        shared = grader.reading_with(batching)
        together = list(threads.map(lambda answer: shared.grade(question, answer), answers * 4))

    assert together == alone * 4
