import threading
import time

from bot.platforms.terminal.warmup import WarmUp

PATIENCE = 60


def wait_until_done(warm_up: WarmUp) -> None:
    deadline = time.monotonic() + PATIENCE
    while warm_up.is_running and time.monotonic() < deadline:
        time.sleep(0.005)
    assert not warm_up.is_running


def test_nothing_runs_before_the_start():
    assert not WarmUp(lambda: None).is_running


def test_the_preparation_runs_once_however_often_it_is_started():
    calls = []
    done = threading.Event()

    def prepare() -> None:
        calls.append(threading.current_thread())
        done.wait(PATIENCE)

    warm_up = WarmUp(prepare)
    warm_up.start()
    warm_up.start()
    assert warm_up.is_running
    done.set()
    wait_until_done(warm_up)
    warm_up.start()

    assert len(calls) == 1
    assert calls[0] is not threading.main_thread()


def test_a_failure_is_quiet():
    def fail() -> None:
        raise RuntimeError("no model")

    warm_up = WarmUp(fail)

    warm_up.start()

    wait_until_done(warm_up)
    assert not warm_up.is_running
