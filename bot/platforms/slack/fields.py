"""The fields of forms, and what somebody entered in them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from bot.core.calendar.timezones import zones_near
from bot.platforms.slack.buttons import plain
from bot.platforms.slack.form_words import CHOOSE
from bot.platforms.slack.limits import OPTION, OPTIONS
from bot.platforms.slack.text import fitted

Json = dict[str, Any]

ZONE: Final = "zone"
"""block_id and action_id of the choice of a time zone, which asks for suggestions."""

YES: Final = "yes"
"""The value of a box that stands alone."""

MOST_ZONES: Final = 25


def field(
    name: str, label: str, element: Json, hint: str = "", *, optional: bool = False, about: str = ""
) -> Json:
    """Return a field; `about` tells it from the same field about something else.

    Slack keeps what was entered for as long as block_id and action_id stay, so that only another
    block_id lets another value be filled in.
    """
    made: Json = {
        "type": "input",
        "block_id": f"{name}:{about}" if about else name,
        "label": plain(label),
        "element": {"action_id": name, **element},
        "optional": optional,
    }
    return made | {"hint": plain(hint)} if hint else made


def option(label: str, value: str) -> Json:
    """Return one of several choices."""
    return {"text": plain(fitted(label, OPTION)), "value": value}


def select(choices: Mapping[str, str], chosen: str = "", placeholder: str = CHOOSE) -> Json:
    """Return a choice of one, by values with their labels."""
    options = [option(label, value) for value, label in choices.items()]
    return selected(options, chosen, placeholder)


def selected(options: Sequence[Json], chosen: str = "", placeholder: str = CHOOSE) -> Json:
    """Return a choice of one among options, with that of the `chosen` value."""
    made: Json = {"type": "static_select", "placeholder": plain(placeholder)}
    made["options"] = list(options[:OPTIONS])
    initial = [each for each in made["options"] if each["value"] == chosen]
    return made | ({"initial_option": initial[0]} if initial else {})


def several(
    kind: str, choices: Mapping[str, str], chosen: Iterable[str] = (), placeholder: str = ""
) -> Json:
    """Return a choice of several: `checkboxes`, or `multi_static_select` for many."""
    made: Json = {
        "type": kind,
        "options": [option(label, value) for value, label in choices.items()][:OPTIONS],
    }
    initial = [option(choices[value], value) for value in chosen if value in choices]
    if initial:
        made["initial_options"] = initial
    return made | {"placeholder": plain(placeholder)} if placeholder else made


def box(label: str, *, ticked: bool) -> Json:
    """Return a box to tick."""
    return several("checkboxes", {YES: label}, (YES,) if ticked else ())


def number(least: int, most: int, value: int) -> Json:
    """Return a field for a whole number."""
    return {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": str(least),
        "max_value": str(most),
        "initial_value": str(value),
    }


def mention(group: str) -> Json:
    """Return a field for the mention of a user group, whose id Slack then tells."""
    made: Json = {"type": "rich_text_input"}
    if not group:
        return made
    section = {
        "type": "rich_text_section",
        "elements": [{"type": "usergroup", "usergroup_id": group}],
    }
    return made | {"initial_value": {"type": "rich_text", "elements": [section]}}


def zones(chosen: str | None) -> Json:
    """Return a choice of a time zone by the name of a city."""
    made: Json = {
        "type": "external_select",
        "min_query_length": 0,
        "placeholder": plain(CHOOSE),
    }
    return made | {"initial_option": option(chosen, chosen)} if chosen else made


def zone_options(typed: str) -> list[Json]:
    """Return the zones that are meant by what was typed so far."""
    return [option(zone, zone) for zone in zones_near(typed, MOST_ZONES)]


class Entered:
    """What stands in the fields of a form that was sent."""

    def __init__(self, view: Json) -> None:
        fields = (view.get("state") or {}).get("values") or {}
        self._blocks = {name: block for block, found in fields.items() for name in found}
        self._values = {name: value for found in fields.values() for name, value in found.items()}

    def block(self, name: str) -> str:
        """Return the block_id of a field, beside which Slack shows what is wrong with it."""
        return self._blocks.get(name) or next(iter(self._blocks.values()), name)

    def value(self, name: str, key: str) -> Any:
        """Return what Slack calls so in a field, None where it is empty."""
        return (self._values.get(name) or {}).get(key)

    def text(self, name: str) -> str:
        """Return what was typed."""
        return str(self.value(name, "value") or "").strip()

    def mentioned(self, name: str) -> str:
        """Return the id of the user group that is mentioned, else what was typed."""
        found = list(_elements(self.value(name, "rich_text_value")))
        groups = (str(each["usergroup_id"]) for each in found if each.get("usergroup_id"))
        typed = " ".join(str(each.get("text") or "@…") for each in found)
        return next(groups, typed.strip())

    def one(self, name: str) -> str:
        """Return the value that was chosen, empty for none."""
        return str((self.value(name, "selected_option") or {}).get("value") or "")

    def several(self, name: str) -> tuple[str, ...]:
        """Return the values that were chosen."""
        return tuple(str(each["value"]) for each in self.value(name, "selected_options") or ())

    def ticked(self, name: str) -> bool:
        """Return whether a box is ticked."""
        return YES in self.several(name)


def _elements(rich: Any) -> Iterator[Json]:
    """Yield what rich text consists of in the end."""
    if isinstance(rich, dict) and isinstance(rich.get("elements"), list):
        for each in rich["elements"]:
            yield from _elements(each)
    elif isinstance(rich, dict):
        yield rich
