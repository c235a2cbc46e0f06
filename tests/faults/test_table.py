"""The table says what became of each fault, and of all."""

from tests.faults.table import table
from tests.faults.trial import Row


def test_each_fault_is_a_line_and_the_last_one_sums_them_up() -> None:
    rows = [
        Row("killed", "Discord", "SQLite", 200, 4000, 4000, recovery=9.04),
        Row("disk full", "Slack", "PostgreSQL", 1, 20, 19, ("an answer",), (), 31.0),
    ]
    head, *lines = (" ".join(line.split()) for line in table(rows).splitlines())
    assert head == "fault platform database runs answers in graded lost doubled slowest recovery"
    assert lines == [
        "killed Discord SQLite 200 4000 4000 0 0 9.0 s",
        "disk full Slack PostgreSQL 1 20 19 1 0 31.0 s",
        "all 201 4020 4019 1 0 31.0 s",
    ]
