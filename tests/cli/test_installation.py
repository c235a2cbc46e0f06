import sys

import pytest

from tests.cli.conftest import Coach


@pytest.mark.parametrize(
    "command", [("bench", "--quick"), ("evaluate", "rows.jsonl"), ("evaluate", "--bank")]
)
def test_without_the_checkout_measuring_says_what_is_missing_and_how_to_get_it(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
):
    for name in [name for name in sys.modules if name.startswith("benchmarks.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "benchmarks", None)

    outcome = coach(*command)

    assert (outcome.status, outcome.out) == (1, "")
    assert "not part of an installation" in outcome.err
    assert "`make install`" in outcome.err
    assert outcome.err.count("\n") == 1
