"""Faults in which the program ends or starts: killed, stopped, or started with something broken."""

import os
import random
import shutil
import time
from contextlib import ExitStack
from pathlib import Path

from grading.shipped import shipped_folder
from tests.cli.conftest import REPOSITORY
from tests.faults.fault import OUTAGE_SECONDS, fault
from tests.faults.program import seconds_until
from tests.faults.trial import PATIENCE, PEOPLE, Stage, Trial

KILLS = int(os.environ.get("COACH_TEST_KILLS", "1"))
"""On each platform with each database."""

LUCK = random.Random(11)  # noqa: S311 moments, not secrets


@fault("killed", "starting to serve")
def killed(trial: Trial) -> None:
    """Kill it at moments by chance, while answers arrive and a question of the day is posted."""
    stage = trial.stage
    for number in range(KILLS):
        stage.ready()
        if number:  # a post of somebody who died is taken up after minutes, for which few can wait
            trial.channels.append(stage.post_due())
        with stage.answering(PEOPLE, 1.0):
            time.sleep(LUCK.uniform(0.0, 1.2))
            stage.program.kill()
        stage.program.start()
        trial.recovers()


@fault("told to stop in a burst", "starting to serve")
def told_to_stop(trial: Trial) -> None:
    """Send SIGTERM while a hundred answers arrive."""
    stage = trial.stage
    stage.house.gather(5 * PEOPLE)
    with stage.answering(5 * PEOPLE, 1.0):
        time.sleep(1.0)
        assert stage.program.stop() == 0
    stage.program.start()
    trial.recovers()


@fault("model missing", "ModelUnavailable")
def model_missing(trial: Trial) -> None:
    """Start it without a model, and later with one."""
    _without_model(trial, trial.stage.program.said.with_name("no-model"))


@fault("model corrupt", "ModelUnavailable")
def model_corrupt(trial: Trial) -> None:
    """Start it with a model whose weights are noise, and later with a sound one."""
    folder = trial.stage.program.said.with_name("model")
    shutil.copytree(shipped_folder(), folder, dirs_exist_ok=True)
    for weights in folder.rglob("*.safetensors"):
        weights.write_bytes(os.urandom(4096))
    _without_model(trial, folder)


def _without_model(trial: Trial, folder: Path) -> None:
    stage = trial.stage
    stage.program.restart(COACH_MODEL=str(folder))
    seconds_until(stage.house.served, PATIENCE)
    with stage.answering(PEOPLE, OUTAGE_SECONDS):
        pass
    stage.program.restart()
    trial.recovers()


@fault("vectors corrupt", "vectors")
def vectors_corrupt(trial: Trial) -> None:
    """Start it with a cache of vectors that is noise."""
    stage = trial.stage
    folder = stage.program.said.with_name("vectors")
    shutil.copytree(stage.vectors, folder, dirs_exist_ok=True)
    for file in filter(Path.is_file, folder.rglob("*")):
        file.write_bytes(os.urandom(max(64, file.stat().st_size // 2)))
    stage.program.restart(COACH_CACHE=str(folder))
    seconds_until(stage.house.served, PATIENCE)
    with stage.answering(PEOPLE, 1.0):
        pass
    trial.recovers()


@fault("64 file descriptors")
def few_descriptors(trial: Trial) -> None:
    """Let it open no more than 64 files and connections."""
    stage = trial.stage
    stage.program.stop()
    stage.program.descriptors = 64
    stage.program.start()
    seconds_until(stage.house.served, PATIENCE)
    with stage.answering(3 * PEOPLE, 1.0):
        pass
    trial.recovers()


@fault("two programs on one database", "starting to serve")
def two_programs(trial: Trial) -> None:
    """Start a second one while answers arrive, and kill it while more do."""
    stage = trial.stage
    stage.house.gather(2 * PEOPLE)
    with ExitStack() as stack:
        with stage.answering(2 * PEOPLE, OUTAGE_SECONDS):
            other = stack.enter_context(stage.second())
            trial.channels += [stage.post_due() for _ in range(5)]
        trial.recovers()
        stage.house.gather(PEOPLE)
        with stage.answering(PEOPLE, 1.0):
            time.sleep(0.5)
            other.kill()
    stage.program.restart()
    trial.recovers()


@fault("newer schema", "written by a newer version")
def newer_schema(trial: Trial) -> None:
    """Start it on what a later version has upgraded, until somebody puts that right."""
    stage = trial.stage
    with stage.answering(PEOPLE, 1.0):
        time.sleep(0.9)
        stage.program.kill()
    with stage.store.newer():
        stage.program.start()
        _refuses(stage, "written by a newer version")
    trial.recovers()


@fault("question file broken", "The knowledge base has faults")
def question_broken(trial: Trial) -> None:
    """Start it with a question file that was cut short, until somebody puts that right."""
    stage = trial.stage
    folder = stage.program.said.with_name("knowledge")
    shutil.copytree(REPOSITORY / "knowledge", folder, dirs_exist_ok=True)
    file = folder / "questions" / "monitoring" / "concept-drift.md"
    whole = file.read_bytes()
    with stage.answering(PEOPLE, 1.0):
        time.sleep(0.9)
        stage.program.kill()
    file.write_bytes(whole[: len(whole) // 3])
    stage.program.more = {"COACH_KNOWLEDGE": str(folder)}
    stage.program.start()
    _refuses(stage, "concept-drift")
    file.write_bytes(whole)
    trial.recovers()


def _refuses(stage: Stage, words: str) -> None:
    """Wait until the program has said at two starts why it does not serve."""
    starts = stage.program.starts
    seconds_until(lambda: stage.program.starts > starts + 1, PATIENCE)
    assert words in stage.program.lines()[-1]
