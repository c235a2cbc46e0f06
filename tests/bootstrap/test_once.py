import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.bootstrap.once import once


class House:
    """What is built, in the order of building."""

    def __init__(self) -> None:
        self.built: list[str] = []
        self.cellar = once(self._cellar)
        self.kitchen = once(self._kitchen)
        self.roof = once(self._roof)

    def _cellar(self) -> str:
        self.built.append("cellar")
        return "cellar"

    def _kitchen(self) -> str:
        threading.Event().wait(0.01)
        self.built.append(f"kitchen over {self.cellar()}")
        return "kitchen"

    def _roof(self) -> str:
        self.built.append("roof")
        if self.built.count("roof") == 1:
            raise OSError("it rains")
        return "roof"


def test_it_is_made_once_whichever_threads_ask_first():
    house, together = House(), threading.Barrier(8)

    def ask() -> str:
        together.wait()
        return house.kitchen()

    with ThreadPoolExecutor(8) as pool:
        rooms = [task.result() for task in [pool.submit(ask) for _ in range(8)]]

    assert rooms == ["kitchen"] * 8
    assert house.built == ["cellar", "kitchen over cellar"]


def test_what_could_not_be_made_is_tried_again():
    house = House()
    with pytest.raises(OSError, match="it rains"):
        house.roof()

    assert house.roof() == "roof"
    assert house.built == ["roof", "roof"]


def test_houses_share_nothing():
    house, other = House(), House()

    assert (house.cellar(), other.cellar()) == ("cellar", "cellar")
    assert other.built == ["cellar"]
