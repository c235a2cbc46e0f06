"""What a replica and the process that talks to the cluster do, without a cluster."""

import asyncio
import multiprocessing
from collections.abc import Awaitable, Callable

from grading.errors import GraderBusy, GraderUnreachable, ModelUnavailable
from grading.on_ray import TRIES, WAITING, Courier, Replica, close_off, grades_of
from grading.remote import LATE, Order, Standing, Told
from knowledge.question import Question
from tests.builders import a_grade
from tests.drafts import DRAFT
from tests.fakes import FakeGrader

DRIFT = "monitoring/concept-drift"
GOOD = a_grade(DRIFT).model_dump_json()

Ask = Callable[[Question, str], Awaitable[Told]]


class Died(Exception):
    pass


class Full(Exception):
    pass


class Handle:
    """What Ray Serve gives to ask by: tells or raises each outcome in turn, the last for ever."""

    def __init__(self, *outcomes: object) -> None:
        self.outcomes = outcomes
        self.asked: list[tuple[str, str]] = []
        self.cancelled = 0

    async def ask(self, question: Question, answer: str) -> Told:
        outcome = self.outcomes[min(len(self.asked), len(self.outcomes) - 1)]
        self.asked.append((question.id, answer))
        if outcome is None:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.cancelled += 1
                raise
        if isinstance(outcome, Exception):
            raise outcome
        assert isinstance(outcome, str)
        return outcome


def carried(handle: Handle, *orders: Order) -> dict[int, Told]:
    """What comes back for each order by number."""
    ours, theirs = multiprocessing.Pipe()
    found: dict[int, Told] = {}

    async def carry() -> None:
        courier = Courier(theirs, handle.ask, (Died,), (Full,))
        serving = asyncio.create_task(courier.serve())
        for order in orders:
            ours.send(order)
        for _ in orders:
            number, told = await asyncio.to_thread(ours.recv)
            found[number] = told
        ours.send(None)
        await serving

    asyncio.run(carry())
    return found


def told(handle: Handle, bank, seconds: float = 30.0) -> Told:
    return carried(handle, Order(1, bank.get(DRIFT), "anything", seconds))[1]


def test_grades_go_back_to_the_orders_they_belong_to(bank):
    other = a_grade(DRIFT, score=0.1).model_dump_json()
    question = bank.get(DRIFT)

    found = carried(
        Handle(GOOD, other), Order(7, question, "one", 30.0), Order(8, question, "two", 30.0)
    )

    assert sorted(found) == [7, 8]
    assert sorted(map(str, found.values())) == sorted([GOOD, other])


def test_an_answer_whose_replica_died_goes_to_another_one(bank):
    handle = Handle(Died(), GOOD)

    assert told(handle, bank) == GOOD
    assert len(handle.asked) == 2


def test_an_answer_that_kills_replicas_is_not_sent_on_and_on(bank):
    handle = Handle(Died())

    assert isinstance(told(handle, bank), GraderUnreachable)
    assert len(handle.asked) == TRIES


def test_what_takes_too_long_is_called_off_there(bank):
    handle = Handle(None)

    late = told(handle, bank, seconds=0.05)

    assert isinstance(late, GraderUnreachable)
    assert late.reason == LATE
    assert handle.cancelled == 1


def test_a_full_line_says_that_the_grader_is_busy(bank):
    busy = told(Handle(Full()), bank)

    assert isinstance(busy, GraderBusy)
    assert busy.waiting == WAITING


def test_what_nobody_foresaw_is_told_without_its_words(bank):
    odd = told(Handle(KeyError("what somebody wrote")), bank)

    assert isinstance(odd, GraderUnreachable)
    assert odd.reason == "it failed (KeyError)"


def test_a_replica_grades_as_the_grader_in_it_does(bank, grader):
    question, own = bank.get(DRIFT), DRAFT.question(community_id=3)
    answers = [(each, each.reference_answers.short) for each in (question, own)]
    replica = Replica(lambda: grader, "first")

    found = asyncio.run(replica.grade_all(answers))

    assert found == [grader.grade(*each).model_dump_json() for each in answers]
    assert replica.standing() == Standing("first", grader.identity.model_dump_json())


def test_who_asks_the_same_shares_the_work(bank):
    question = bank.get(DRIFT)
    grader = FakeGrader()

    found = grades_of(grader, [(question, "one"), (question, "two"), (question, "one")])

    assert [answer for _, answer in grader.graded] == ["one", "two"]
    assert len(found) == 3


def test_an_answer_that_cannot_be_graded_keeps_no_other_from_its_grade(bank):
    question = bank.get(DRIFT)
    unavailable = ModelUnavailable("model", "missing")
    grader = FakeGrader(ValueError("what somebody wrote"), unavailable, a_grade(DRIFT))

    odd, missing, good = grades_of(grader, [(question, text) for text in ("one", "two", "three")])

    assert isinstance(odd, RuntimeError)
    assert str(odd) == "grading failed in the cluster (ValueError)"
    assert missing is unavailable
    assert good == GOOD


def test_a_cluster_that_is_started_here_lets_nobody_in_and_learns_no_secret():
    first = {"COACH_DISCORD__TOKEN": "secret", "PATH": "/bin"}
    second = dict(first)

    for environment in (first, second):
        close_off(environment, started_here=True)

    assert (first["PATH"], first["RAY_AUTH_MODE"]) == ("/bin", "token")
    assert first["RAY_USAGE_STATS_ENABLED"] == "0"
    assert len(first["RAY_AUTH_TOKEN"]) >= 64
    assert first["RAY_AUTH_TOKEN"] != second["RAY_AUTH_TOKEN"]
    assert "secret" not in first.values()


def test_a_cluster_of_others_is_entered_with_the_token_that_was_given():
    environment = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "given"}

    close_off(environment, started_here=False)

    assert (environment["RAY_AUTH_MODE"], environment["RAY_AUTH_TOKEN"]) == ("token", "given")
