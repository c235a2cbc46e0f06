"""A rush of answers: how soon each is acknowledged and graded, and what others wait meanwhile."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from benchmarks.load.figures import RushFigures, Times, times_of
from benchmarks.load.program import own_cpu_s, timed
from benchmarks.load.serving import QUESTION, Serving, Texts
from benchmarks.load.stages import Waiting, until
from grading.grader import Grader
from knowledge.loader import load_bank

AT_ONCE = 8
"""Answers that are graded at once in this process, as by the threads of a platform."""

PROBE_EVERY = 0.5
"""Seconds between two looks of one kind at what others wait."""

LOOK_EVERY = 0.1
"""Seconds between two looks whether all is graded; hundreds that look often starve the loop."""

Probe = Callable[[str, str], Awaitable[float]]


class Rush:
    """So many people answer, evenly within so many seconds."""

    def __init__(self, served: Serving, answers: int, seconds: float) -> None:
        self._served = served
        self._answers = answers
        self._seconds = seconds
        self.sent: list[Waiting | None] = []

    async def send(self) -> None:
        """Send all; return when each is acknowledged or failed."""
        people = [self._served.person() for _ in range(self._answers)]
        self.sent = list(await asyncio.gather(*map(self._one, range(len(people)), people)))
        await until(lambda: all(map(_is_acknowledged, self.sent)), every=LOOK_EVERY)

    async def graded(self) -> None:
        """Wait until each grade is shown."""
        await until(lambda: all(map(_is_graded, self.sent)), every=LOOK_EVERY)

    @property
    def acknowledged(self) -> Times | None:
        """How soon they were acknowledged."""
        return times_of([each.acknowledged if each else None for each in self.sent])

    @property
    def shown(self) -> Times | None:
        """How soon the grades were shown."""
        return times_of([each.graded if each else None for each in self.sent])

    async def _one(self, number: int, person: str) -> Waiting | None:
        await asyncio.sleep(number * self._seconds / self._answers)
        try:
            return await self._served.answer(person)
        except (AssertionError, OSError):
            return None


class Probes:
    """People who do something else now and then while others answer."""

    def __init__(self, served: Serving) -> None:
        self._served = served
        self.taken: dict[str, list[float | None]] = {"help": [], "complete": [], "open": []}
        self._ends = asyncio.Event()

    async def go_on(self) -> None:
        """Look again and again until told to end; what is under way is waited for."""
        stage = self._served.stage
        kinds = {"help": stage.help, "complete": stage.complete, "open": stage.open}
        await asyncio.gather(*(self._again(name, probe) for name, probe in kinds.items()))

    def end(self) -> None:
        """Look no more."""
        self._ends.set()

    async def _again(self, name: str, probe: Probe) -> None:
        while not self._ends.is_set():
            person = self._served.person()
            try:
                self.taken[name].append(await probe(person, self._served.channel))
            except (AssertionError, OSError, StopIteration):
                self.taken[name].append(None)
            await asyncio.sleep(PROBE_EVERY)


async def measure_rush(
    served: Serving, grader: Grader, answers: int, seconds: float
) -> RushFigures:
    """Measure a rush, with the same grades in this process before and after it.

    The program stands still meanwhile, and whatever else the machine does is the same.
    """
    texts = Texts().several(answers)
    half = len(texts) // 2
    alone_cpu = own_cpu_s()
    before = await asyncio.to_thread(rate_in_process, grader, texts[:half])
    alone_cpu = own_cpu_s() - alone_cpu
    earlier = served.answers
    rush, probes = Rush(served, answers, seconds), Probes(served)
    program, own = served.program.cpu_s, own_cpu_s()
    with timed() as span:
        probing = asyncio.create_task(probes.go_on())
        await rush.send()
        probes.end()
        await rush.graded()
        await probing
    program, own = served.program.cpu_s - program, own_cpu_s() - own
    stored, took = served.database.grading_times(earlier)
    after = await asyncio.to_thread(rate_in_process, grader, texts[half:])
    rate = sum(each is not None for each in stored) / took if took else 0.0
    alone = 2 / (1 / before + 1 / after)
    return RushFigures(
        answers=answers,
        seconds=seconds,
        acknowledged=rush.acknowledged,
        graded=rush.shown,
        stored=times_of(stored),
        help=times_of(probes.taken["help"]),
        completed=times_of(probes.taken["complete"]),
        windows=times_of(probes.taken["open"]),
        graded_per_second=round(rate, 2),
        in_process_per_second=round(alone, 2),
        ratio=round(alone / rate, 2) if rate else 0.0,
        cpu_ms_each=round(1000 * program / answers, 1),
        in_process_cpu_ms_each=round(1000 * alone_cpu / half, 1),
        program_cores=round(program / span[0], 2),
        emulator_cores=round(own / span[0], 2),
    )


def rate_in_process(grader: Grader, texts: list[str]) -> float:
    """Return how many of these answers are graded a second in this process, several at once."""
    question = load_bank().get(QUESTION)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        began = time.perf_counter()
        for _ in threads.map(lambda text: grader.grade(question, text), texts):
            pass
        return len(texts) / (time.perf_counter() - began)


def _is_acknowledged(sent: Waiting | None) -> bool:
    return sent is None or sent.acknowledged is not None


def _is_graded(sent: Waiting | None) -> bool:
    return sent is None or sent.graded is not None
