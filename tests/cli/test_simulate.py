"""`coach simulate`: figures of a day, as a table and as JSON."""

from pathlib import Path

import pytest

from tests.cli.conftest import Coach


def test_a_day_is_played_from_the_command_line(coach: Coach, tmp_path: Path):
    played = coach("simulate", "--learners", "3000", "--programs", "2", "--json").json
    told = coach("simulate", "--learners", "3000", "--programs", "2").out

    assert played["answers"] == pytest.approx(3000, rel=0.1)
    assert played["graded"]["p50"] <= played["graded"]["p99"] <= played["graded"]["most"]
    assert f"{played['answers']:,}" in told
    file = tmp_path / "bench.json"
    file.write_text("{}")
    refused = coach("simulate", "--bench", str(file))
    assert refused.status == 1
    assert "no whole output" in refused.err
