"""Platforms are served together until it is time to stop, and every one is stopped cleanly."""

import asyncio
import os
import signal
import threading

import pytest

from bot.core.errors import NothingToRun, PlatformAway, PlatformRefused
from bot.platforms.runner import Job, serve

PATIENCE = 60
"""Seconds that no test takes, however busy the machine is."""


class Stage:
    """A platform that notes what is done with it."""

    def __init__(self, name: str, refusal: Exception | None = None) -> None:
        self.name = name
        self.refusal = refusal
        self.noted: list[str] = []
        self.begun = asyncio.Event()
        self.over = asyncio.Event()
        self.broken: Exception | None = None

    async def start(self) -> None:
        self.noted.append("start")
        self.begun.set()
        if self.refusal is not None:
            raise self.refusal

    async def ended(self) -> None:
        await self.over.wait()
        if self.broken is not None:
            raise self.broken

    def trouble(self) -> str | None:
        return None

    async def stop(self) -> None:
        self.noted.append("stop")


def test_nothing_is_served_without_a_platform():
    with pytest.raises(NothingToRun):
        asyncio.run(serve((), ()))


def test_every_platform_is_started_and_stopped():
    async def scene() -> list[Stage]:
        stages, stop = [Stage("one"), Stage("two")], asyncio.Event()
        serving = asyncio.create_task(serve(stages, (), stop))
        for stage in stages:
            await asyncio.wait_for(stage.begun.wait(), PATIENCE)
        stop.set()
        await serving
        return stages

    assert [stage.noted for stage in asyncio.run(scene())] == [["start", "stop"]] * 2


REFUSAL = PlatformRefused("two", "no", "Go away.")


def test_where_every_platform_refuses_it_ends():
    async def scene() -> list[Stage]:
        stages = [Stage("one", REFUSAL), Stage("two", REFUSAL)]
        with pytest.raises(PlatformRefused):
            await asyncio.wait_for(serve(stages, ()), PATIENCE)
        return stages

    assert [stage.noted[-1] for stage in asyncio.run(scene())] == ["stop", "stop"]


def test_a_platform_that_refuses_is_told_and_the_others_are_served(caplog):
    worked = threading.Event()

    async def scene() -> list[Stage]:
        stages, stop = [Stage("one"), Stage("two", REFUSAL)], asyncio.Event()
        serving = asyncio.create_task(serve(stages, (Job("post", 60, worked.set),), stop))
        assert await asyncio.to_thread(worked.wait, PATIENCE)
        assert not serving.done()
        stop.set()
        await serving
        return stages

    assert [stage.noted for stage in asyncio.run(scene())] == [["start", "stop"]] * 2
    told = [each.message for each in caplog.records if "Go away." in each.message]
    assert told == [
        "two refused: no. Go away. Then restart the coach; until then only others are served: one."
    ]


def test_a_platform_that_refuses_later_leaves_the_others_served(caplog):
    async def scene() -> None:
        stages, stop = [Stage("one"), Stage("two")], asyncio.Event()
        serving = asyncio.create_task(serve(stages, (), stop))
        await stages[1].begun.wait()
        stages[1].broken = REFUSAL
        stages[1].over.set()
        while "Go away." not in caplog.text:
            await asyncio.sleep(0)
        assert not serving.done()
        stages[0].broken = REFUSAL
        stages[0].over.set()
        with pytest.raises(PlatformRefused):
            await asyncio.wait_for(serving, PATIENCE)

    asyncio.run(asyncio.wait_for(scene(), PATIENCE))


@pytest.mark.parametrize("lost", [RuntimeError("lost"), PlatformAway("two", "no network", "Wait.")])
def test_a_platform_that_ends_by_itself_ends_it_all(lost):
    async def scene() -> list[Stage]:
        stages = [Stage("one"), Stage("two")]
        serving = asyncio.create_task(serve(stages, ()))
        await asyncio.sleep(0)
        stages[1].broken = lost
        stages[1].over.set()
        with pytest.raises(type(lost)):
            await serving
        return stages

    assert [stage.noted[-1] for stage in asyncio.run(scene())] == ["stop", "stop"]


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(kind: signal.Signals):
    async def scene() -> Stage:
        stage = Stage("one")
        serving = asyncio.create_task(serve((stage,), ()))
        await stage.begun.wait()
        os.kill(os.getpid(), kind)
        await asyncio.wait_for(serving, PATIENCE)
        return stage

    assert asyncio.run(scene()).noted == ["start", "stop"]


def test_a_platform_that_cannot_be_reached_yet_holds_up_no_stop():
    class Far(Stage):
        async def start(self) -> None:
            await super().start()
            await asyncio.Event().wait()

    async def scene() -> list[Stage]:
        stages, stop = [Far("far"), Stage("near")], asyncio.Event()
        serving = asyncio.create_task(serve(stages, (), stop))
        await stages[0].begun.wait()
        stop.set()
        await asyncio.wait_for(serving, PATIENCE)
        return stages

    assert [stage.noted for stage in asyncio.run(scene())] == [["start", "stop"]] * 2


def test_a_platform_that_does_not_answer_holds_up_no_other_and_no_job(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("bot.platforms.runner.FIRST_SECONDS", 0.001)

    class Far(Stage):
        async def start(self) -> None:
            await super().start()
            await asyncio.Event().wait()

    async def scene() -> list[Stage]:
        stages, stop, loop = (
            [Far("far"), Stage("near")],
            asyncio.Event(),
            asyncio.get_running_loop(),
        )
        job = Job("work", 60, lambda: loop.call_soon_threadsafe(stop.set))
        await asyncio.wait_for(serve(stages, (job,), stop), PATIENCE)
        return stages

    assert [stage.noted for stage in asyncio.run(scene())] == [["start", "stop"]] * 2


def test_a_platform_that_is_away_keeps_no_other_from_being_served(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.platforms.runner.AWAY_SECONDS", 0.001)
    caplog.set_level("WARNING")

    class Away(Stage):
        """A platform that is away at the first tries."""

        def __init__(self, name: str, tries: int) -> None:
            super().__init__(name, PlatformAway(name, "it answers 503", "Wait a moment."))
            self.tries = tries
            self.reached = asyncio.Event()

        async def start(self) -> None:
            if self.tries == 0:
                self.refusal = None
            self.tries -= 1
            await super().start()
            self.reached.set()

    async def scene() -> tuple[list[Stage], int]:
        stages, stop, worked = [Away("far", 3), Stage("near")], asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()
        job = Job("work", 60, lambda: loop.call_soon_threadsafe(worked.set))
        serving = asyncio.create_task(serve(stages, (job,), stop))
        await asyncio.wait_for(worked.wait(), PATIENCE)
        served = len(stages[1].noted)
        await asyncio.wait_for(stages[0].reached.wait(), PATIENCE)
        stop.set()
        await asyncio.wait_for(serving, PATIENCE)
        return stages, served

    (far, near), served = asyncio.run(scene())

    assert served == 1
    assert near.noted == ["start", "stop"]
    assert far.noted == ["start"] * 4 + ["stop"]
    assert [record.getMessage() for record in caplog.records] == [
        "fault: reaching far: it answers 503. Wait a moment.",
        "fault over: reaching far works again after 0 s (met 3 times)",
    ]


def test_a_platform_that_refuses_once_it_is_reached_ends_it_all(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.platforms.runner.AWAY_SECONDS", 0.001)

    async def scene() -> Stage:
        far = Stage("far", PlatformAway("far", "it answers 503", "Wait a moment."))
        serving = asyncio.create_task(serve((far,), ()))
        await far.begun.wait()
        far.refusal = PlatformRefused("far", "no", "Go away.")
        with pytest.raises(PlatformRefused) as refused:
            await asyncio.wait_for(serving, PATIENCE)
        assert not isinstance(refused.value, PlatformAway)
        return far

    assert asyncio.run(scene()).noted[-1] == "stop"


def test_a_stop_waits_for_no_platform_that_is_away():
    async def scene() -> list[Stage]:
        far = Stage("far", PlatformAway("far", "it answers 503", "Wait a moment."))
        stages, stop = [far, Stage("near")], asyncio.Event()
        serving = asyncio.create_task(serve(stages, (), stop))
        await stages[1].begun.wait()
        stop.set()
        await asyncio.wait_for(serving, PATIENCE)
        return stages

    assert [stage.noted for stage in asyncio.run(scene())] == [["start", "stop"]] * 2


def test_a_job_that_takes_its_time_is_named_and_left(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.platforms.runner.JOB_SECONDS", 0.5)
    go_on = threading.Event()

    async def scene() -> tuple[str, ...]:
        stop, done, loop = asyncio.Event(), asyncio.Event(), asyncio.get_running_loop()
        quick = Job("quick", 60, lambda: loop.call_soon_threadsafe(done.set))
        serving = asyncio.create_task(
            serve((Stage("one"),), (Job("slow", 60, go_on.wait), quick), stop)
        )
        await done.wait()
        stop.set()
        left = await asyncio.wait_for(serving, PATIENCE)
        go_on.set()
        return left

    assert asyncio.run(scene()) == ("slow",)


def test_jobs_are_done_again_and_again_outside_of_the_loop(caplog: pytest.LogCaptureFixture):
    done: list[str] = []

    async def scene() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        here = threading.get_ident()

        def work() -> None:
            done.append("in the loop" if threading.get_ident() == here else "outside")
            if len(done) == 3:
                loop.call_soon_threadsafe(stop.set)
            raise ValueError("a job that fails is done again")

        jobs = (Job("often", 0.001, work), Job("once a day", 86_400, lambda: None))
        await asyncio.wait_for(serve((Stage("one"),), jobs, stop), PATIENCE)

    asyncio.run(scene())

    assert done == ["outside"] * 3
    told = [record.getMessage() for record in caplog.records if "often" in record.getMessage()]
    assert told == ["fault: the job often: failed (ValueError)"]


def test_a_job_that_works_again_says_so_once(caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO")
    turns = iter([True, True, False, False])

    async def scene() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()

        def work() -> None:
            fails = next(turns, None)
            if fails is None:
                loop.call_soon_threadsafe(stop.set)
            if fails:
                raise OSError("the disk is away")

        await asyncio.wait_for(serve((Stage("one"),), (Job("often", 0.001, work),), stop), 5)

    asyncio.run(scene())

    told = [r.getMessage() for r in caplog.records if "fault" in r.getMessage()]
    assert told == [
        "fault: the job often: failed (OSError)",
        "fault over: the job often works again after 0 s (met 2 times)",
    ]
