"""After each fault: nothing lost or doubled, all graded without a person, a line that says it."""

import os
from itertools import product

import pytest

from tests.faults import around, starts  # noqa: F401 they bring their faults
from tests.faults.fault import FAULTS, Fault
from tests.faults.trial import Row, Stage

pytestmark = pytest.mark.slow

CHOSEN = os.environ.get("COACH_TEST_FAULTS", "")
"""`all`, or names with commas between, each with every platform and database."""

Where = tuple[str, str]

ON_SQLITE, ON_POSTGRESQL = ("discord", "sqlite"), ("slack", "postgresql")

EVERYWHERE = (ON_SQLITE, ("discord", "postgresql"), ("slack", "sqlite"), ON_POSTGRESQL)

SHORT = (
    ("killed", ON_SQLITE),
    ("disk full", ON_SQLITE),
    ("database read-only", ON_SQLITE),
    ("database gone", ON_SQLITE),
    ("clock a day ahead", ON_SQLITE),
    ("platform down", ON_SQLITE),
    ("killed", ON_POSTGRESQL),
)
"""What is tried by default, because it is cheap."""


def cases() -> list[tuple[Where, Fault]]:
    """Return which faults are tried where."""
    if not CHOSEN:
        return [(where, FAULTS[name]) for name, where in SHORT]
    names = list(FAULTS) if CHOSEN == "all" else [name.strip() for name in CHOSEN.split(",")]
    return [(where, FAULTS[name]) for where, name in product(EVERYWHERE, names)]


@pytest.mark.parametrize(
    ("stage", "fault"),
    cases(),
    indirect=["stage"],
    ids=lambda each: each.name if isinstance(each, Fault) else "-".join(each),
)
def test_the_program_recovers(stage: Stage, fault: Fault, rows: list[Row]) -> None:
    if not fault.fits(stage):
        pytest.skip("there is no such thing here")
    fault.tried(stage, rows)
