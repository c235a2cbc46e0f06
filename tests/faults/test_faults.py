"""After each fault: nothing lost or doubled, all graded without a person, a line that says it."""

import os
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from tests.faults import around, starts  # noqa: F401 they bring their faults
from tests.faults.fault import FAULTS, Fault
from tests.faults.trial import Row, Stage

pytestmark = pytest.mark.slow

CHOSEN = os.environ.get("COACH_TEST_FAULTS", "")
"""`all`, or names with commas between, each with every platform and database."""

ON_SQLITE, ON_POSTGRESQL = ("discord", "sqlite"), ("slack", "postgresql")

EVERYWHERE = (ON_SQLITE, ON_POSTGRESQL, ("discord", "postgresql"), ("slack", "sqlite"))

SHORT = (("killed", ON_SQLITE), ("killed", ON_POSTGRESQL))
"""What is tried by default, because it is cheap."""


def cases() -> list[Any]:
    """Return which faults are tried where, place by place."""
    names = list(FAULTS) if CHOSEN == "all" else [name.strip() for name in CHOSEN.split(",")]
    chosen = [(name, where) for where, name in product(EVERYWHERE, names)] if CHOSEN else SHORT
    return [
        pytest.param(where, FAULTS[name], id=f"{'-'.join(where)}-{name}") for name, where in chosen
    ]


@pytest.mark.parametrize(("stage", "fault"), cases(), indirect=["stage"])
def test_the_program_recovers(stage: Stage, fault: Fault, note: Callable[[Row], None]) -> None:
    if not fault.fits(stage):
        pytest.skip("there is no such thing here")
    fault.tried(stage, note)
