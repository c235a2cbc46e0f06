"""The settings with what each platform lets an operator choose."""

from functools import cache
from pathlib import Path

from bot.bootstrap.platforms import registered
from bot.settings import Settings, with_platforms


@cache
def settings_model() -> type[Settings]:
    """Return the settings with a section for each platform that takes any."""
    found = {each.name: each.settings for each in registered()}
    return with_platforms({name: kind for name, kind in found.items() if kind is not None})


def load_settings(home: Path | None = None) -> Settings:
    """Read the settings; a `home` given on the command line wins over the environment.

    Raises:
        pydantic.ValidationError: a setting has a value that does not fit.
    """
    return settings_model()(home=home) if home else settings_model()()
