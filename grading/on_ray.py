"""Ray Serve: what a replica does, and the process that talks to a cluster for the coach.

The only module that touches Ray. A replica loads the questions and the model once. It takes answers
in batches, so that those who ask the same share the work, and grades one after the other: what
shares a pass of the model changes the last bits of its vectors, and a grade must not depend on who
else was answering. Replicas come and go with the number of answers that wait.
"""

import asyncio
import logging
import os
import secrets
import signal
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing.connection import Connection
from typing import Any, Final

from grading.errors import GraderBusy, GraderUnreachable, GradingError
from grading.grader import Grader
from grading.remote import LATE, Order, Standing, Told
from knowledge.question import Question

APPLICATION: Final = "interview-coach-grading"
NAMESPACE: Final = "interview-coach"

BATCH: Final = 8
"""Answers that a replica takes together: half a second of work, after which the first has its
grade."""

ONGOING: Final = 2 * BATCH
"""Answers that a replica holds: a batch at work, and the next one."""

WAITING: Final = 128
"""Answers of one program that may wait beside those; more are refused at once."""

WANTED_ONGOING: Final = 2.0
"""Answers at each replica beyond which another one is started."""

OBJECT_STORE_BYTES: Final = 80_000_000
"""Of a cluster that is started here: nearly the least that Ray takes. Answers are small enough to
travel without it."""

TRIES: Final = 2
"""An answer whose replica died is sent once more; one that kills replicas is not sent on and on."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Cluster:
    """What is to grade where.

    Attributes:
        address: of a cluster that a node on this machine belongs to; None to start one here.
        release: changes with all that changes a grade. Another one in the cluster is replaced.
        least, most: how many replicas there are.
        threads: with how many each computes; so many processors are kept for it.
        deploys: whether to bring the release into the cluster; else only look.
    """

    address: str | None
    release: str
    least: int
    most: int
    threads: int
    deploys: bool = True


def is_installed() -> bool:
    """Whether Ray is there, without loading it."""
    return find_spec("ray") is not None


class Replica:
    """Grade in a process of the cluster."""

    def __init__(self, make: Callable[[], Grader], release: str) -> None:
        """Take the grader that `make` returns, which has all that it needs in memory."""
        self._grader = make()
        self._standing = Standing(release, self._grader.identity.model_dump_json())

    def standing(self) -> Standing:
        """Return what grades here."""
        return self._standing

    async def grade_all(self, answers: Sequence[tuple[Question, str]]) -> list[Told]:
        """Return for each answer its grade or why it has none."""
        return await asyncio.to_thread(grades_of, self._grader, answers)


def grades_of(grader: Grader, answers: Sequence[tuple[Question, str]]) -> list[Told]:
    """Grade one after the other, equal ones once; one that fails keeps no other from its grade."""
    known: dict[tuple[Question, str], Told] = {}
    for each in answers:
        if each not in known:
            known[each] = _told(grader, *each)
    return [known[each] for each in answers]


def _told(grader: Grader, question: Question, answer: str) -> Told:
    try:
        return grader.grade(question, answer).model_dump_json()
    except GradingError as error:
        return error
    except Exception as error:  # noqa: BLE001 told without its words, which may quote an answer
        return RuntimeError(f"grading failed in the cluster ({type(error).__name__})")


class Courier:
    """Bring answers from a pipe to the cluster, many at once, and their grades back."""

    def __init__(
        self,
        pipe: Connection,
        ask: Callable[[Question, str], Awaitable[Told]],
        died: tuple[type[Exception], ...] = (),
        full: tuple[type[Exception], ...] = (),
    ) -> None:
        """Wire it.

        Args:
            pipe: brings orders.
            ask: has an answer graded.
            died: what it raises when the replica that had the answer died.
            full: what it raises when too many answers wait.
        """
        self._pipe = pipe
        self._ask = ask
        self._died = died
        self._full = full

    async def serve(self) -> None:
        """Go on until told to end, or until the pipe is closed."""
        under_way: set[asyncio.Task[None]] = set()
        with suppress(EOFError, OSError):
            while True:
                order = await asyncio.to_thread(self._pipe.recv)
                if order is None:
                    return
                task = asyncio.create_task(self._carry(order))
                under_way.add(task)
                task.add_done_callback(under_way.discard)

    async def _carry(self, order: Order) -> None:
        try:
            told = await asyncio.wait_for(self._graded(order), order.seconds)
        except TimeoutError:
            told = GraderUnreachable(LATE)
        with suppress(OSError):
            self._pipe.send((order.number, told))

    async def _graded(self, order: Order) -> Told:
        for _ in range(TRIES):
            try:
                return await self._ask(order.question, order.answer)
            except self._died:
                continue
            except self._full:
                return GraderBusy(WAITING)
            except TimeoutError:
                raise
            except Exception as error:  # noqa: BLE001 whatever it is, there is no grade
                return GraderUnreachable(f"it failed ({type(error).__name__})")
        return GraderUnreachable("the replicas that had the answer died")


def talk(pipe: Connection, cluster: Cluster, make: Callable[[], Grader]) -> None:
    """Reach the cluster, say what grades there, and carry answers until told to end.

    Run in a process of its own: Ray ends it when the cluster has been gone for a minute.
    """
    _keep_to_itself()
    close_off(os.environ, started_here=cluster.address is None)
    import ray
    from ray.exceptions import RayActorError
    from ray.serve.exceptions import BackPressureError

    try:
        _reach(ray, cluster)
        handle, standing = _handle(cluster, make)
    except Exception as error:  # noqa: BLE001 whatever Ray raises, the coach is told in one line
        pipe.send((0, GraderUnreachable(_first_line(error))))
        ray.shutdown()
        return
    pipe.send((0, standing))
    if handle is not None:
        courier = Courier(pipe, _asking(handle), (RayActorError,), (BackPressureError,))
        asyncio.run(courier.serve())
    ray.shutdown()


def _keep_to_itself() -> None:
    """Leave Ctrl-C and the terminal to the coach; Ray has log files of its own."""
    with suppress(OSError):
        os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)


def close_off(environment: MutableMapping[str, str], *, started_here: bool) -> None:
    """Send nothing to Ray's makers; let nobody else into a cluster that is started here.

    Replicas inherit the environment and need no setting, least of all a secret one.
    """
    for name in [name for name in environment if name.startswith("COACH_")]:
        del environment[name]
    environment["RAY_USAGE_STATS_ENABLED"] = "0"
    if started_here:
        environment["RAY_AUTH_MODE"] = "token"
        environment["RAY_AUTH_TOKEN"] = secrets.token_hex(32)
        environment["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # listens on 127.0.0.1 only


def _reach(ray: Any, cluster: Cluster) -> None:
    common = {"namespace": NAMESPACE, "log_to_driver": False, "logging_level": logging.ERROR}
    if cluster.address is not None:
        ray.init(cluster.address, **common)
        return
    ray.init(
        "local",
        num_cpus=max(os.cpu_count() or 1, cluster.most * cluster.threads),
        num_gpus=0,
        object_store_memory=OBJECT_STORE_BYTES,
        include_dashboard=False,
        **common,
    )


def _handle(cluster: Cluster, make: Callable[[], Grader]) -> tuple[Any, Standing]:
    """Return the handle of what grades, after bringing it there where it is missing or another."""
    from ray import serve

    handle, standing = _deployed()
    if cluster.deploys and standing.release != cluster.release:
        serve.start(proxy_location="Disabled")
        handle = serve.run(_application(cluster, make), name=APPLICATION, route_prefix=None)
        standing = _standing_of(handle)
    return handle, standing


def _deployed() -> tuple[Any, Standing]:
    from ray import serve
    from ray.serve.exceptions import RayServeException

    try:
        handle = serve.get_app_handle(APPLICATION)
    except RayServeException:  # nothing is served there at all, or not this
        return None, Standing("", "")
    return handle, _standing_of(handle)


def _standing_of(handle: Any) -> Standing:
    return Standing(*handle.standing.remote().result(timeout_s=STANDING_SECONDS))


STANDING_SECONDS: Final = 60.0


def _application(cluster: Cluster, make: Callable[[], Grader]) -> Any:
    from ray import serve

    class Batched(Replica):
        @serve.batch(max_batch_size=BATCH, batch_wait_timeout_s=0.0)  # type: ignore[untyped-decorator]
        async def grade(self, answers: list[tuple[Question, str]]) -> list[Told]:
            return await self.grade_all(answers)

    deployment = serve.deployment(
        Batched,
        name="grader",
        max_ongoing_requests=ONGOING,
        max_queued_requests=WAITING,
        autoscaling_config={
            "min_replicas": cluster.least,
            "initial_replicas": cluster.least,
            "max_replicas": cluster.most,
            "target_ongoing_requests": WANTED_ONGOING,
        },
        ray_actor_options={"num_cpus": cluster.threads},
    )
    return deployment.bind(make, cluster.release)


def _asking(handle: Any) -> Callable[[Question, str], Awaitable[Told]]:
    async def ask(question: Question, answer: str) -> Told:
        response = handle.grade.remote((question, answer))
        try:
            told: Told = await response
        except asyncio.CancelledError:
            response.cancel()
            raise
        return told

    return ask


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).strip().splitlines()[0].rstrip(".")
