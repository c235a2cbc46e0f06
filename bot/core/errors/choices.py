"""What can go wrong with settings, plans and rules: the choices of learners and hosts."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError


class SettingRejected(CoachError):
    """A setting keeps its former value."""


@dataclass(eq=False)
class UnknownZone(SettingRejected):
    """No time zone has this name, or several cities do; `nearest` are names of zones."""

    words: str
    nearest: tuple[str, ...] = ()


@dataclass(eq=False)
class OutOfRange(SettingRejected):
    """A number is not between `least` and `most`; `setting` is the name of its field."""

    setting: str
    value: int
    least: int
    most: int


@dataclass(eq=False)
class UnknownSetting(SettingRejected):
    """No setting is named so; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class UnclearValue(SettingRejected):
    """The value in `words` cannot be read; `setting` is the name of the field."""

    setting: str
    words: str


@dataclass(eq=False)
class UnknownPlanChoice(SettingRejected):
    """Nothing about a daily question is named so; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class UnclearPlanChoice(SettingRejected):
    """The value in `words` cannot be read; `choice` is what it is about."""

    choice: str
    words: str


class NoPrivateDiscussions(SettingRejected):
    """A discussion for those who have answered was chosen where the platform has no such thing."""


class NothingFits(SettingRejected):
    """No question is of the topics and levels that a host chose."""


@dataclass(eq=False)
class UnclearRule(CoachError):
    """The words name no rule of a community, or no value of it; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class UnknownVisibility(CoachError):
    """No choice of what others see is named so; `words` is what was typed."""

    words: str
