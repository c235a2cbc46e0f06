"""Grading in a cluster as an operator sets it up, and once for real where Ray is installed."""

import itertools
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.bootstrap.application import application_of
from bot.bootstrap.checkup import grading as looks
from bot.bootstrap.cluster import at_once, recipe_of, release_of
from bot.bootstrap.grading import Grading, grading_of
from bot.bootstrap.settings import settings_model
from bot.bootstrap.watch import readiness_of
from bot.core.checkup import Mark
from bot.core.errors import SettingUnusable
from bot.settings import Settings
from grading.errors import GraderUnreachable
from grading.remote import START_SECONDS, STARTING, RemoteGrader, Standing, identity_of
from tests.application import move_in
from tests.builders import a_user
from tests.core.samples import ANSWER
from tests.drafts import DRAFT
from tests.fakes import FakeFinder, FakeGrader

DRIFT = "monitoring/concept-drift"
DATABASE = "postgresql://me:hunter2@db/coach"


@pytest.fixture(autouse=True)
def _only_these_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))


@pytest.fixture
def on_ray(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have answers graded on Ray, which can be found, though it may be nothing but its name."""
    monkeypatch.setenv("COACH_GRADING__BACKEND", "ray")
    if find_spec("ray") is None:
        (tmp_path / "ray.py").touch()
        monkeypatch.syspath_prepend(tmp_path)


def test_answers_are_graded_here_by_default():
    grading = grading_of(Settings())

    assert grading.remote is None
    assert grading.of_answers is grading.grader
    assert list(looks.cluster(Settings())) == []


def test_on_ray_learners_answers_are_never_graded_here(tmp_path, corpus):
    settings = settings_model()(home=tmp_path / "home")
    move_in(settings.database_file)
    here, there = FakeGrader(AssertionError("graded here")), FakeGrader()
    grading = Grading(corpus.bank, corpus.encoder, corpus, here, FakeFinder(), there)
    coach = application_of(settings, grading=grading).features.coach
    ada = a_user()

    coach.ask(ada, "drift")
    coach.submit_answer(ada, ANSWER)

    assert [answer for _, answer in there.graded] == [ANSWER]


@pytest.mark.usefixtures("on_ray")
def test_whether_the_cluster_answers_is_a_part_of_being_ready():
    application = application_of(settings_model()(), serving=True)

    assert application.grading.of_answers is application.grading.remote
    parts = {part.name: part for part in readiness_of(application).parts}
    parts["grading"].look()
    assert parts["grading"].trouble() == STARTING


def test_without_ray_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setenv("COACH_GRADING__BACKEND", "ray")
    monkeypatch.setitem(sys.modules, "ray", None)

    with pytest.raises(SettingUnusable) as refused:
        grading_of(Settings())
    (found,) = looks.cluster(Settings())

    assert refused.value.sentence == (
        "The setting COACH_GRADING__BACKEND does not fit: "
        "Ray is not installed: pip install 'interview-coach[ray]'."
    )
    assert (found.mark, found.found) == (Mark.PROBLEM, refused.value.told)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"GRADING__BACKEND": "spark"}, "local"),
        ({"GRADING__SECONDS": "0"}, "seconds"),
        ({"GRADING__LEAST_REPLICAS": "5"}, "LEAST_REPLICAS is more than MOST_REPLICAS"),
        (
            {
                "GRADING__BACKEND": "ray",
                "OPINION__URL": "http://localhost/v1",
                "OPINION__MODEL": "tiny",
            },
            "its cap a day cannot be kept",
        ),
    ],
)
def test_what_does_not_fit_is_refused(monkeypatch, chosen, told):
    for name, value in chosen.items():
        monkeypatch.setenv(f"COACH_{name}", value)

    with pytest.raises(ValidationError, match=told):
        Settings()


def test_a_release_changes_with_what_changes_a_grade_and_with_nothing_else(grader, bank, tmp_path):
    def release(*numbers: int, **chosen: object) -> str:
        return release_of(recipe_of(Settings(**chosen)), grader, bank, *numbers)

    assert release(2, 4) == release(2, 4, database=DATABASE, cache=tmp_path / "elsewhere")
    others = {release(2, 5), release(2, 4, nli_model="some/model"), release(2, 4, knowledge="/x")}
    assert len({release(2, 4), *others}) == 4


def test_no_secret_goes_to_the_replicas():
    assert "hunter2" not in repr(vars(recipe_of(Settings(database=DATABASE))))


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, 0),
        ({"BACKEND": "ray"}, 32),
        ({"BACKEND": "ray", "MOST_REPLICAS": "2"}, 16),
        ({"BACKEND": "ray", "MOST_REPLICAS": "1000"}, 64),
    ],
)
def test_each_platform_sends_as_many_answers_as_replicas_have_work_for(
    monkeypatch, chosen, expected
):
    for name, value in chosen.items():
        monkeypatch.setenv(f"COACH_GRADING__{name}", value)

    assert at_once(Settings()) == expected


@pytest.mark.usefixtures("on_ray")
def test_the_doctor_starts_no_cluster():
    (found,) = looks.cluster(Settings())

    assert (found.mark, found.found) == (Mark.OK, "coach run starts one on this machine")


@pytest.mark.usefixtures("on_ray")
@pytest.mark.parametrize(
    ("standing", "mark", "told"),
    [
        (Standing("", ""), Mark.OK, "coach run brings the grader there"),
        (Standing("x", '{"version":"0","model":"m"}'), Mark.WARNING, "with version 0 and m, this"),
    ],
)
def test_the_doctor_says_what_grades_in_a_cluster(grader, standing, mark, told):
    class Remote:
        closed = False

        def standing(self, seconds: float) -> Standing:
            assert seconds > 0
            return standing

        def close(self) -> None:
            self.closed = True

    remote = Remote()

    found = looks.standing_of(remote, "10.0.0.5:6379", grader.identity)

    assert (found.subject, found.mark) == ("grading cluster", mark)
    assert told in found.found
    assert remote.closed


@pytest.mark.usefixtures("on_ray")
def test_the_doctor_does_not_wait_for_ray_where_nobody_listens(monkeypatch):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{nobody.getsockname()[1]}"
        monkeypatch.setenv("COACH_GRADING__RAY_ADDRESS", address)
        monkeypatch.setattr(RemoteGrader, "standing", lambda *_: pytest.fail("it waits for Ray"))

        (found,) = looks.cluster(Settings())

    assert found.mark is Mark.PROBLEM
    assert found.found == f"{address} does not answer (ConnectionRefusedError)"
    assert "COACH_GRADING__RAY_ADDRESS" in found.remedy


@pytest.mark.parametrize("address", ["auto", "10.0.0.5", "ray.example"])
def test_what_names_no_place_is_left_to_ray(address):
    assert looks.silence_at(address) is None


@pytest.mark.parametrize("form", ["127.0.0.1:{}", "localhost:{}", "ray://127.0.0.1:{}"])
def test_where_somebody_listens_ray_is_asked(form):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert looks.silence_at(form.format(listening.getsockname()[1])) is None


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A cluster of this machine alone, which nobody else can reach or use; its address."""
    monkeypatch.setenv("RAY_AUTH_MODE", "token")
    monkeypatch.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))
    monkeypatch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    port = 20_000 + os.getpid() % 10_000
    options = f"--head --block --port={port} --num-cpus=8 --include-dashboard=false"
    command = (sys.executable, "-m", "ray.scripts.scripts", "start", *options.split())
    with subprocess.Popen(
        (*command, "--object-store-memory=80000000"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as head:
        try:
            yield f"127.0.0.1:{port}"
        finally:
            head.send_signal(signal.SIGTERM)


def replicas() -> set[int]:
    """The processes of this machine that are replicas."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if line.startswith(b"ray::ServeReplica"):
                found.add(int(entry.name))
    return found


@pytest.mark.slow
@pytest.mark.skipif(find_spec("ray") is None, reason="needs Ray: the extra `ray`")
def test_two_replicas_grade_alike_and_no_answer_is_lost_to_a_death_or_a_new_version(
    cluster, monkeypatch
):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setenv("COACH_GRADING__BACKEND", "ray")
    monkeypatch.setenv("COACH_GRADING__RAY_ADDRESS", cluster)
    monkeypatch.setenv("COACH_GRADING__SECONDS", "120")
    before = replicas()
    grading = grading_of(Settings())
    remote, here = grading.remote, grading.grader
    newer, first = remote, reached(remote)
    question, own = grading.shipped.get(DRIFT), DRAFT.question(community_id=3)
    texts = ("no idea", "the input changes over time", question.reference_answers.full)
    orders = [(each, text) for each in (question, own) for text in texts]
    expected = [here.grade(*order).model_dump_json() for order in orders]
    over, same, lost = threading.Event(), list[bool](), list[Exception]()

    def answer(start: int) -> None:
        for number in itertools.count(start):
            if over.is_set():
                return
            row = number % len(orders)
            try:
                same.append(remote.grade(*orders[row]).model_dump_json() == expected[row])
            except Exception as problem:  # noqa: BLE001 whatever it is, an answer was lost
                lost.append(problem)

    threads = [threading.Thread(target=answer, args=(start,)) for start in range(4)]
    for each in threads:
        each.start()
    try:
        os.kill(min(replicas() - before), signal.SIGKILL)
        monkeypatch.setenv("COACH_GRADING__MOST_REPLICAS", "3")
        newer = grading_of(Settings()).remote
        second = newer.standing(START_SECONDS)
        (look,) = looks.cluster(Settings())
    finally:
        over.set()
        for each in threads:
            each.join()
        for each in (remote, newer):
            each.close()

    assert lost == []
    assert same
    assert all(same)
    assert first.release != second.release
    assert identity_of(first) == identity_of(second) == here.identity
    told = f"{cluster} grades with version {here.identity.version}"
    assert (look.mark, look.found) == (Mark.OK, told)


def reached(remote: RemoteGrader) -> Standing:
    """What grades, once the cluster is reached, which may still be starting."""
    for _ in range(60):
        try:
            return remote.standing(START_SECONDS)
        except GraderUnreachable as problem:
            told = str(problem)
            threading.Event().wait(1)
    raise AssertionError(told)
