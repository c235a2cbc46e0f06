import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import given

from bot.core.figures import Figures, ProgressFigures, Theme
from bot.pictures.render import render
from bot.pictures.wire import decode, encode
from bot.pictures.worker import RenderFailed, RenderProcess
from tests.pictures.figures import TODAY, figures
from tools import pictures as samples

ORDER = encode(ProgressFigures(TODAY, 0), Theme.DARK)


@pytest.fixture(scope="module")
def worker() -> Iterator[RenderProcess]:
    worker = RenderProcess()
    yield worker
    worker.stop()


@given(figures)
def test_an_order_arrives_as_it_was_sent(sent: Figures):
    order = encode(sent, Theme.LIGHT)
    arrived, theme = decode(order)

    assert type(arrived) is type(sent)
    assert theme is Theme.LIGHT
    assert encode(arrived, theme) == order


def test_the_process_draws_the_same_picture(worker: RenderProcess):
    shown = samples.leaderboard()

    assert worker.render(encode(shown, Theme.LIGHT), 60) == render(shown, Theme.LIGHT)


def test_a_faulty_order_is_reported_without_its_text_and_harms_nothing(worker: RenderProcess):
    with pytest.raises(RenderFailed) as failed:
        worker.render(b'{"card": "progress", "theme": "dark", "figures": {"name": "Ada"}}', 60)

    assert str(failed.value) == "ValidationError"
    assert worker.render(ORDER, 60).startswith(b"\x89PNG")


def test_a_process_that_died_is_replaced(worker: RenderProcess):
    worker.render(ORDER, 60)
    os.kill(worker.process_id, signal.SIGKILL)

    attempts: list[bytes | str] = []
    for _ in range(2):  # the first may still meet the dying process
        try:
            attempts.append(worker.render(ORDER, 60)[:4])
        except RenderFailed as failed:
            attempts.append(str(failed))

    assert attempts[-1] == b"\x89PNG"


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs a process that can be halted")
def test_a_process_that_hangs_is_ended_in_time_and_replaced(worker: RenderProcess):
    worker.render(ORDER, 60)
    hung = worker.process_id
    os.kill(hung, signal.SIGSTOP)

    with pytest.raises(RenderFailed, match="took longer than"):
        worker.render(ORDER, 0.2)

    assert worker.render(ORDER, 60).startswith(b"\x89PNG")
    assert worker.process_id != hung


def test_a_stopped_worker_starts_again(worker: RenderProcess):
    worker.stop()
    worker.stop()

    assert worker.render(ORDER, 60).startswith(b"\x89PNG")
