"""Grading elsewhere: the same grades, a bounded wait, and a process that may end at any time."""

import multiprocessing
import pickle
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

import pytest

from grading.errors import (
    GraderBusy,
    GraderUnreachable,
    GradingError,
    InvalidRow,
    ModelUnavailable,
    OpinionUnavailable,
)
from grading.grade import OpinionOutcome
from grading.remote import (
    ENDED,
    LATE,
    PAUSE_SECONDS,
    START_SECONDS,
    STARTING,
    RemoteGrader,
    Standing,
    identity_of,
)
from tests.builders import a_grade

DRIFT = "monitoring/concept-drift"
STANDING = Standing("first", a_grade(DRIFT).grader.model_dump_json())

Behaviour = Callable[[Connection], None]


class ThreadLink:
    """A process that is a thread of the test."""

    def __init__(self, behave: Behaviour) -> None:
        self.pipe, self.theirs = multiprocessing.Pipe()
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(behave,), daemon=True)
        self.thread.start()

    def _run(self, behave: Behaviour) -> None:
        try:
            behave(self.theirs)
        finally:
            self.theirs.close()

    def end(self) -> None:
        self.ended.set()


class Opening:
    """Give a process with each behaviour in turn, the last one for ever."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self.behaviours = behaviours
        self.links: list[ThreadLink] = []

    def __call__(self) -> ThreadLink:
        behave = self.behaviours[min(len(self.links), len(self.behaviours) - 1)]
        self.links.append(ThreadLink(behave))
        return self.links[-1]


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def telling(*told: object) -> Behaviour:
    """Stand ready, and tell this of each answer in turn, the last for ever; end when told to."""

    def behave(pipe: Connection) -> None:
        pipe.send((0, STANDING))
        count = 0
        while (order := pipe.recv()) is not None:
            what = told[min(count, len(told) - 1)]
            pipe.send((order.number, what(order) if callable(what) else what))
            count += 1

    return behave


def silent(pipe: Connection) -> None:
    """Stand ready and never tell anything."""
    pipe.send((0, STANDING))
    while pipe.recv() is not None:
        pass


def dies_with_the_first_answer(pipe: Connection) -> None:
    pipe.send((0, STANDING))
    pipe.recv()


def failing(reason: str) -> Behaviour:
    return lambda pipe: pipe.send((0, GraderUnreachable(reason)))


def never_there(pipe: Connection) -> None:
    pipe.recv()


@pytest.fixture
def remotes() -> Iterator[Callable[..., RemoteGrader]]:
    made: list[RemoteGrader] = []

    def make(opening: Opening, seconds: float = 30.0, **given: object) -> RemoteGrader:
        made.append(RemoteGrader(opening, seconds, **given))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_a_grade_comes_back_byte_for_byte(remotes, bank, grader):
    question = bank.get(DRIFT)
    answers = (question.reference_answers.short, "no idea", "the input changes over time")
    remote = remotes(
        Opening(telling(lambda o: grader.grade(o.question, o.answer).model_dump_json()))
    )

    for answer in answers:
        there, here = remote.grade(question, answer), grader.grade(question, answer)
        assert there == here
        assert there.model_dump_json() == here.model_dump_json()
    assert identity_of(remote.standing(30)) == a_grade(DRIFT).grader


def test_each_of_many_askers_gets_what_is_theirs(remotes, bank):
    question = bank.get(DRIFT)
    remote = remotes(
        Opening(telling(lambda o: a_grade(DRIFT, score=int(o.answer) / 100).model_dump_json()))
    )
    scores: dict[int, float] = {}

    def ask(number: int) -> None:
        scores[number] = remote.grade(question, str(number)).score

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(40)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert scores == {number: number / 100 for number in range(40)}


def test_a_cluster_that_says_nothing_is_not_waited_for_longer_than_chosen(remotes, bank):
    remote = remotes(Opening(silent), 0.05)
    remote.standing(30)

    with pytest.raises(GraderUnreachable, match=LATE):
        remote.grade(bank.get(DRIFT), "anything")


@pytest.mark.parametrize(
    "problem",
    [GraderBusy(128), ModelUnavailable("some-model", "it is not there"), RuntimeError("it failed")],
)
def test_what_went_wrong_there_is_raised_here_and_the_next_answer_is_graded(remotes, bank, problem):
    good = a_grade(DRIFT).model_dump_json()
    remote = remotes(Opening(telling(problem, good)))

    with pytest.raises(type(problem), match=str(problem)):
        remote.grade(bank.get(DRIFT), "anything")

    assert remote.grade(bank.get(DRIFT), "anything") == a_grade(DRIFT)


def test_a_process_that_dies_loses_its_answers_and_another_one_follows(remotes, bank):
    clock = Clock()
    good = telling(a_grade(DRIFT).model_dump_json())
    opening = Opening(dies_with_the_first_answer, good)
    remote = remotes(opening, clock=clock)

    with pytest.raises(GraderUnreachable, match=ENDED):
        remote.grade(bank.get(DRIFT), "anything")
    assert remote.trouble() == ENDED
    with pytest.raises(GraderUnreachable, match=ENDED):
        remote.grade(bank.get(DRIFT), "at once again")
    assert len(opening.links) == 1

    clock.now += PAUSE_SECONDS
    remote.standing(30)

    assert remote.grade(bank.get(DRIFT), "anything") == a_grade(DRIFT)
    assert remote.trouble() is None


def test_while_a_cluster_is_gone_nobody_waits_for_it(remotes, bank):
    clock = Clock()
    remote = remotes(Opening(failing("nobody listens there"), never_there), clock=clock)

    with pytest.raises(GraderUnreachable, match="nobody listens there"):
        remote.grade(bank.get(DRIFT), "the first")
    clock.now += PAUSE_SECONDS
    with pytest.raises(GraderUnreachable, match="nobody listens there"):
        remote.grade(bank.get(DRIFT), "the second, while another try is under way")

    assert remote.trouble() == "nobody listens there"


def test_the_first_answer_waits_for_the_start_but_not_for_ever(remotes, bank):
    remote = remotes(Opening(never_there), 0.05)

    with pytest.raises(GraderUnreachable, match=STARTING):
        remote.grade(bank.get(DRIFT), "anything")
    assert remote.trouble() == STARTING


def test_a_start_that_does_not_end_is_ended(remotes):
    clock = Clock()
    opening = Opening(never_there)
    remote = remotes(opening, clock=clock)
    remote.start()

    clock.now += START_SECONDS + 1
    remote.start()

    assert opening.links[0].ended.is_set()
    assert len(opening.links) == 2


def test_a_closed_one_starts_nothing_and_its_process_is_told_to_end(remotes, bank):
    opening = Opening(silent)
    remote = remotes(opening)
    remote.standing(30)

    remote.close()
    opening.links[0].thread.join(30)

    assert not opening.links[0].thread.is_alive()
    with pytest.raises(GraderUnreachable, match="stopping"):
        remote.grade(bank.get(DRIFT), "anything")


def test_no_process_can_be_started(bank):
    def refuse() -> ThreadLink:
        raise OSError("too many processes")

    with pytest.raises(GraderUnreachable, match="no process can be started"):
        RemoteGrader(refuse, 1.0).grade(bank.get(DRIFT), "anything")


@pytest.mark.parametrize(
    "error",
    [
        GraderBusy(3),
        GraderUnreachable("gone"),
        InvalidRow(3, "no text"),
        ModelUnavailable("model", "missing"),
        OpinionUnavailable(OpinionOutcome.TIMED_OUT, "late"),
    ],
)
def test_an_error_travels_whole_between_processes(error: GradingError):
    other = pickle.loads(pickle.dumps(error))  # noqa: S301 our own

    assert type(other) is type(error)
    assert (str(other), vars(other)) == (str(error), vars(error))
