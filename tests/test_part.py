import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import RLock

import pytest

from bot.bootstrap.part import part


@dataclass(frozen=True)
class House:
    built: list[str] = field(default_factory=list)
    lock: RLock = field(default_factory=RLock)

    @part
    def cellar(self) -> str:
        """Where it is cool."""
        self.built.append("cellar")
        return "cellar"

    @part
    def kitchen(self) -> str:
        threading.Event().wait(0.01)
        self.built.append(f"kitchen over {self.cellar}")
        return "kitchen"

    @part
    def roof(self) -> str:
        self.built.append("roof")
        if self.built.count("roof") == 1:
            raise OSError("it rains")
        return "roof"


def test_a_part_is_made_once_whichever_threads_ask_first():
    house, together = House(), threading.Barrier(8)

    def ask() -> str:
        together.wait()
        return house.kitchen

    with ThreadPoolExecutor(8) as pool:
        rooms = [task.result() for task in [pool.submit(ask) for _ in range(8)]]

    assert rooms == ["kitchen"] * 8
    assert house.built == ["cellar", "kitchen over cellar"]


def test_what_could_not_be_made_is_tried_again():
    house = House()
    with pytest.raises(OSError, match="it rains"):
        _ = house.roof

    assert house.roof == "roof"
    assert house.built == ["roof", "roof"]


def test_houses_share_no_parts_and_a_part_keeps_its_description():
    house, other = House(), House()

    assert (house.cellar, other.cellar) == ("cellar", "cellar")
    assert other.built == ["cellar"]
    assert House.cellar.__doc__ == "Where it is cool."
