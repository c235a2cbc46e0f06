"""Before `coach run` serves anybody: what has to be in memory where few files may be open."""

import math

import pytest

from bot.cli.run import files_allowed

resource = pytest.importorskip("resource", reason="Windows counts otherwise")


@pytest.mark.parametrize(("soft", "expected"), [(64, 64), (resource.RLIM_INFINITY, math.inf)])
def test_how_many_files_may_be_open(monkeypatch, soft, expected):
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, resource.RLIM_INFINITY))

    assert files_allowed() == expected
