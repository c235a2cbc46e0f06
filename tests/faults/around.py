"""Faults around a program that runs: of its database, disk, clock, platform and people."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.disturbed import POISON
from tests.faults.fault import OUTAGE_SECONDS, fault
from tests.faults.stores import Postgres
from tests.faults.trial import PEOPLE, Stage, Trial

ANSWERS_A_SECOND = 10
"""Ten times what a server of five hundred people sends in its busiest minutes."""

ANSWERS_EACH = 3
"""As many as an interview has questions."""


def _has_disk(stage: Stage) -> bool:
    return stage.store.disk.mounted


@fault(
    "disk full",
    "o space left|disk is full|DatabaseFull|server closed|cannot be used",
    fits=_has_disk,
)
def disk_full(trial: Trial) -> None:
    """Leave no byte for the database."""
    trial.once(trial.stage.store.full, OUTAGE_SECONDS)


@fault("database locked", "DatabaseLocked")
def database_locked(trial: Trial) -> None:
    """Have another program hold it."""
    trial.once(trial.stage.store.locked, OUTAGE_SECONDS)


@fault("database read-only", "DatabaseReadOnly|SQLITE_IOERR_WRITE", fits=_has_disk)
def database_read_only(trial: Trial) -> None:
    """Let nobody write."""
    trial.once(trial.stage.store.read_only, OUTAGE_SECONDS)


@fault("database gone", "moved away or deleted|connection")
def database_gone(trial: Trial) -> None:
    """Move the file away, or stop the server."""
    trial.once(trial.stage.store.gone, OUTAGE_SECONDS)


@fault("database restarted", fits=lambda stage: isinstance(stage.store, Postgres))
def database_restarted(trial: Trial) -> None:
    """Restart the server while answers arrive."""
    store = trial.stage.store
    assert isinstance(store, Postgres)

    @contextmanager
    def restarted() -> Iterator[None]:
        time.sleep(1.0)
        store.restart()
        yield

    trial.once(restarted, 3.0)


@fault("clock a day ahead", "clock is ahead")
def clock_ahead(trial: Trial) -> None:
    """Set the program's clock a day ahead, and then right again."""
    _clock(trial, 24)


@fault("clock a day behind")
def clock_behind(trial: Trial) -> None:
    """Set the program's clock a day back, and then right again."""
    _clock(trial, -24)


def _clock(trial: Trial, hours: int) -> None:
    clock = trial.stage.program.clock

    @contextmanager
    def jump() -> Iterator[None]:
        clock.write_text(str(hours), encoding="utf-8")
        try:
            yield
        finally:
            clock.unlink()

    trial.once(jump, OUTAGE_SECONDS)


@fault("platform down", "fault: Slack|connections to Discord are lost")
def platform_down(trial: Trial) -> None:
    """Let every request to the platform fail, and its connections break."""
    house = trial.stage.house

    @contextmanager
    def down() -> Iterator[None]:
        house.down()
        try:
            yield
        finally:
            house.up()

    trial.once(down, 2 * OUTAGE_SECONDS)


@fault("one of twenty limited", "being rate limited|takes no more")
def one_of_twenty_limited(trial: Trial) -> None:
    """Let one community be told to wait, again and again, when all questions of the day are due."""
    stage, house = trial.stage, trial.stage.house
    limited = stage.post_due(lambda community, channel: house.limit(community, channel, 2))
    others = [stage.post_due() for _ in range(19)]
    try:
        with stage.answering(PEOPLE, OUTAGE_SECONDS):
            stage.posted(others)
            assert house.posts(limited) == 0
    finally:
        house.up()
    trial.channels += [limited, *others]
    trial.everybody_served()
    trial.recovers()


@fault("poisoned answer", "OverflowError")
def poisoned_answer(trial: Trial) -> None:
    """Let somebody send what the tokenizer cannot read."""
    stage = trial.stage
    with stage.answering(PEOPLE, 2.0):
        stage.stored(lambda: f"{stage.texts(1)[0]} A {POISON} one.")
    trial.everybody_served()
    trial.recovers()


@fault("ten times the load")
def ten_times_the_load(trial: Trial) -> None:
    """Let far more answers come than can be graded meanwhile."""
    answers = round(ANSWERS_A_SECOND * 2 * OUTAGE_SECONDS)
    trial.stage.house.gather(-(-answers // ANSWERS_EACH))
    with trial.stage.answering(answers, 2 * OUTAGE_SECONDS):
        pass
    trial.recovers()
