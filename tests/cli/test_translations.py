"""`coach discord translations`, which needs neither a token nor a network."""

import re
from pathlib import Path

from tests.cli.conftest import Coach


def test_translators_see_how_far_each_language_is(coach: Coach, home: Path):
    told = coach("discord", "translations").out

    assert re.match(r"de: (complete|\d+ of \d+ texts are missing)\n", told)
    assert not home.exists()


def test_translators_get_a_file_to_fill_in(coach: Coach):
    printed = coach("discord", "translations", "it").out

    assert "ask:\n  name:  # ask\n" in printed
    assert "# Missing: " in printed
    assert "  name: frage\n" in coach("discord", "translations", "de").out


def test_a_language_that_discord_does_not_have_is_refused(coach: Coach):
    refused = coach("discord", "translations", "german")

    assert refused.status == 1
    assert "Discord has no language 'german'" in refused.err
    assert "pt-BR" in refused.err
