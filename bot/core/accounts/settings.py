"""What a learner may choose, said once: how it is typed, picked in a form, shown and refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.core.accounts.model import DAY_STARTS_AT, REVIEWS_A_DAY, LearnerSettings
from bot.core.calendar.timezones import offered_zones
from bot.core.command_refs import ref
from bot.core.commands import Kind, Parameter
from bot.core.words.phrases import counted


@dataclass(frozen=True)
class Setting:
    """How people meet one of the `LearnerSettings`.

    Attributes:
        field: its name there.
        parameter: the option of /settings.
        called: how people name it; of names that begin alike, the longer one first.
        example: a value as it is typed, with what else there is in brackets.
        said: says what is chosen.
        label: names it in a form.
        hint: what stands below it there, and beside the box of a switch.
        labels: names its values there, where one is picked from a list.
    """

    field: str
    parameter: Parameter
    called: tuple[str, ...]
    example: str
    said: Callable[[Any], str]
    label: str
    hint: str
    labels: Mapping[int, str] | None = None

    @property
    def how_to_set(self) -> str:
        """What can be typed to change it."""
        value, _, more = self.example.partition(" (")
        typed = ref(f"settings {self.parameter.name} {value}")
        return f"{typed} ({more}" if more else f"{typed}"

    def chosen(self, settings: LearnerSettings) -> Any:
        """Return its value."""
        return getattr(settings, self.field)


_HOURS: Final = {hour: f"{hour:02}:00" for hour in range(DAY_STARTS_AT.most + 1)}

SETTINGS: Final = (
    Setting(
        "zone",
        Parameter(
            "zone",
            "The city whose time is yours, such as Madrid",
            usage="CITY",
            complete=offered_zones,
        ),
        ("time zone", "timezone", "zone", "tz", "city"),
        "Berlin",
        lambda zone: f"Time zone: {zone or 'not chosen, so your days follow UTC'}",
        "Time zone",
        "Type a city. Left empty, your days follow UTC.",
    ),
    Setting(
        "day_starts",
        Parameter(
            "day-starts",
            "The hour at which a new day begins for you",
            Kind.INTEGER,
            least=DAY_STARTS_AT.least,
            most=DAY_STARTS_AT.most,
            usage="HOUR",
        ),
        ("my day starts", "day starts", "day start", "daystarts", "daystart", "day"),
        f"4 (an hour from {DAY_STARTS_AT.least} to {DAY_STARTS_AT.most})",
        lambda hour: f"Your day starts at {_HOURS[hour]}",
        "Your day starts at",
        "An answer given earlier counts for the day before.",
        _HOURS,
    ),
    Setting(
        "reviews_a_day",
        Parameter(
            "reviews",
            "How many reviews a day brings at most",
            Kind.INTEGER,
            most=REVIEWS_A_DAY.most,
            usage="NUMBER",
        ),
        ("reviews a day", "reviews per day", "daily reviews", "reviews", "review"),
        f"20 (a number from {REVIEWS_A_DAY.least} to {REVIEWS_A_DAY.most})",
        lambda reviews: f"At most {counted(reviews, 'review')} a day",
        "Reviews a day at most",
        f"A whole number from {REVIEWS_A_DAY.least} to {REVIEWS_A_DAY.most}.",
    ),
    Setting(
        "reminders",
        Parameter(
            "reminders",
            "Whether I may write to you when something is due",
            Kind.SWITCH,
            usage="on",
        ),
        ("reminders", "reminder", "remind me", "remind"),
        "on (or off)",
        lambda on: f"Reminders: {'on' if on else 'off'}",
        "Reminders",
        "Write to me when something is due",
    ),
)

EXAMPLES: Final = tuple(each.how_to_set.partition(" (")[0] for each in SETTINGS)
USAGE: Final = (
    f"[{' | '.join(f'{each.parameter.name} {each.parameter.usage}' for each in SETTINGS)}]"
)
