import threading

import pytest

from bot.core.errors import PainterBusy, PictureUnavailable
from bot.core.figures import BoardFigures, ProgressFigures, Theme
from bot.core.words.alt_text import alt_text
from bot.pictures.painter import Painter, PainterLimits
from bot.pictures.worker import RenderFailed
from tests.pictures.figures import TODAY

FIGURES = ProgressFigures(TODAY, 3, name="Ada")
OTHERS = ProgressFigures(TODAY, 4, name="Grace")


class CountingWorker:
    """Draws nothing, but remembers what it was asked for."""

    def __init__(self, weight: int = 10):
        self.orders: list[bytes] = []
        self.allowed: list[float] = []
        self.stopped = 0
        self._weight = weight

    def render(self, order: bytes, seconds: float) -> bytes:
        self.orders.append(order)
        self.allowed.append(seconds)
        return b"p" * self._weight

    def stop(self) -> None:
        self.stopped += 1


class SlowWorker(CountingWorker):
    """Draws when it is told to."""

    def __init__(self):
        super().__init__()
        self.began, self.go_on = threading.Event(), threading.Event()

    def render(self, order: bytes, seconds: float) -> bytes:
        self.began.set()
        assert self.go_on.wait(60)
        return super().render(order, seconds)


class FailingWorker(CountingWorker):
    """Fails at the first order only."""

    def render(self, order: bytes, seconds: float) -> bytes:
        if not self.orders:
            self.orders.append(order)
            raise RenderFailed("drawing took longer than 10 s")
        return super().render(order, seconds)


def test_a_picture_comes_with_its_alt_text_and_a_name():
    picture = Painter(CountingWorker()).paint(FIGURES, Theme.LIGHT)

    assert picture.png == b"p" * 10
    assert picture.alt_text == alt_text(FIGURES)
    assert picture.file_name == "progress-light.png"


def test_the_worker_is_told_how_long_it_may_take():
    worker = CountingWorker()
    Painter(worker, PainterLimits(seconds=2.5)).paint(FIGURES)

    assert worker.allowed == [2.5]


def test_equal_figures_are_drawn_once():
    worker = CountingWorker()
    painter = Painter(worker)

    first = painter.paint(FIGURES)
    again = painter.paint(ProgressFigures(TODAY, 3, name="Ada"))

    assert again is first
    assert len(worker.orders) == 1


def test_other_figures_and_another_theme_are_drawn_anew():
    worker = CountingWorker()
    painter = Painter(worker)

    painter.paint(FIGURES)
    painter.paint(FIGURES, Theme.LIGHT)
    painter.paint(OTHERS)

    assert len(set(worker.orders)) == 3


def test_what_was_unused_longest_is_forgotten_first():
    worker = CountingWorker(weight=10)
    painter = Painter(worker, PainterLimits(cache_bytes=25))
    third = BoardFigures("ML", "This week", (), 0)

    for figures in (FIGURES, OTHERS, FIGURES, third, FIGURES, OTHERS):
        painter.paint(figures)

    assert len(worker.orders) == 4


def test_a_picture_heavier_than_the_cache_is_still_painted():
    painter = Painter(CountingWorker(weight=100), PainterLimits(cache_bytes=50))

    assert len(painter.paint(FIGURES).png) == 100


def test_a_failure_is_told_and_the_next_order_succeeds():
    painter = Painter(FailingWorker())

    with pytest.raises(PictureUnavailable, match="longer than 10 s"):
        painter.paint(FIGURES)
    assert painter.paint(FIGURES).png


def test_the_line_is_bounded():
    worker = SlowWorker()
    painter = Painter(worker, PainterLimits(waiting=1))
    first = threading.Thread(target=painter.paint, args=(FIGURES,))
    first.start()
    assert worker.began.wait(60)

    with pytest.raises(PainterBusy):
        painter.paint(OTHERS)

    worker.go_on.set()
    first.join()
    assert painter.paint(OTHERS).png


def test_nobody_waits_in_line_for_ever():
    worker = SlowWorker()
    painter = Painter(worker, PainterLimits(wait_seconds=0.01))
    first = threading.Thread(target=painter.paint, args=(FIGURES,))
    first.start()
    assert worker.began.wait(60)

    with pytest.raises(PainterBusy):
        painter.paint(OTHERS)

    worker.go_on.set()
    first.join()


def test_two_people_who_ask_at_once_for_the_same_get_one_drawing():
    worker = SlowWorker()
    painter = Painter(worker)
    threads = [threading.Thread(target=painter.paint, args=(FIGURES,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert worker.began.wait(60)

    worker.go_on.set()
    for thread in threads:
        thread.join()

    assert len(worker.orders) == 1


def test_closing_ends_the_worker():
    worker = CountingWorker()
    Painter(worker).close()

    assert worker.stopped == 1
