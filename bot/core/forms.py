"""Forms of commands: what is filled in where a platform has windows; a terminal has lines. Pure.

A command says which fields there are and takes what was entered; each platform draws the fields in
its own way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

YES: Final = "yes"
"""What a ticked box says."""

MOST_OPTIONS: Final = 25
"""Options of a choice: no platform takes fewer, and more are no choice on a phone."""

Entered = Mapping[str, str]
"""What stands in the fields, by their names; what was left empty has no entry, or an empty one."""


class Option(NamedTuple):
    """One of several to choose from."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """A place to fill in: a choice where it has options, a box to tick, else a text.

    Attributes:
        name: by which what was entered is known.
        label: what it is for, in at most 45 characters.
        hint: what helps to fill it in, in at most 100.
        options: what can be chosen, at most MOST_OPTIONS.
        value: what stands there already: a text, the value of an option, or YES.
        ticks: whether it is a box.
        most: the characters of a text.
        optional: whether it may be left empty.
    """

    name: str
    label: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    value: str = ""
    ticks: bool = False
    most: int = 500
    optional: bool = False


@dataclass(frozen=True)
class Form:
    """What is filled in: a title of at most 24 characters, the question it is about, the fields.

    With what it is about there are at most five of them. `answer` is the number of the answer that
    is meant from the opening on, whatever is answered meanwhile; None where no answer is.
    """

    title: str
    fields: tuple[Field, ...]
    about: str = ""
    answer: int | None = None
