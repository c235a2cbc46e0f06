"""The one command table of all platforms: a name, its parameters, and the use case behind it.

A platform turns each entry into what is native there: `/review ahead` in the terminal, options on
Discord, `/coach review ahead` on Slack. What a parameter is called, means and takes is said here
and nowhere else. The reader of what people type is in `text_commands`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place, as_host
from bot.core.errors import FileNotRead
from bot.core.forms import Entered, Form
from bot.core.rate_limits.model import Cost
from bot.core.reply import Reply


@dataclass(frozen=True)
class Upload:
    """A file that somebody brings, as far as it is read: a byte more than may be used."""

    name: str
    content: bytes


Value = str | int | bool | Upload
Values = Mapping[str, Value]
"""What was given, by the names of parameters; what was left out has no entry."""

Complete = Callable[[PlatformUser, Place | None, str, int], Sequence[tuple[str, str]]]
"""Offers what may be meant while somebody types: at most so many pairs of a label and a value."""


class Kind(StrEnum):
    """What a parameter takes."""

    TEXT = "text"
    INTEGER = "integer"
    FLAG = "flag"  # true where its name is typed
    SWITCH = "switch"  # on or off
    CHOICE = "choice"
    MEMBER = "member"  # the id of somebody on the platform
    FILE = "file"  # a file that is brought; where it is typed, its name until it is read
    PATH = "path"  # where a file is written, on a machine of one's own only


class Group(Enum):
    """What a command is for, as help says it."""

    PRACTICE = "Practise"
    STANDING = "How you are doing"
    TOGETHER = "With others"
    ACCOUNT = "You and me"


@dataclass(frozen=True)
class Parameter:
    """Something that can be said with a command.

    Attributes:
        name: in small letters, with hyphens.
        help: what it means, in at most 100 characters.
        kind: what it takes.
        choices: the values of a choice with their labels.
        synonyms: what else may be typed for a value of a choice, with that value.
        aliases: what else may be typed for the name.
        least: the smallest integer.
        most: the largest integer.
        required: whether the command needs it.
        named: whether a text form has to say its name, as in `done 3`.
        usage: how a text or an integer is called in the text form.
        complete: offers values while somebody types.
        hidden: whether buttons alone say it, so that nobody needs to know it.
    """

    name: str
    help: str
    kind: Kind = Kind.TEXT
    choices: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    least: int = 1
    most: int = 999_999_999
    required: bool = False
    named: bool = False
    usage: str = ""
    complete: Complete | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Request:
    """Who asks, where, and what was given."""

    user: PlatformUser
    place: Place | None = None
    values: Values = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a text, a choice, a member or a path; empty where it was left out."""
        value = self.values.get(name, "")
        assert isinstance(value, str)  # noqa: S101 readers and platforms give what the kind says
        return value

    def file(self, name: str) -> Upload:
        """Return a file.

        Raises:
            FileNotRead: it was named, but did not come along.
        """
        value = self.values.get(name, "")
        if not isinstance(value, Upload):
            raise FileNotRead(str(value), "no file of this name came with the command")
        return value

    def number(self, name: str) -> int | None:
        """Return an integer; None where it was left out."""
        value = self.values.get(name)
        assert value is None or isinstance(value, int)  # noqa: S101 as above
        return value

    def flag(self, name: str) -> bool:
        """Return whether a flag was set."""
        return self.switch(name) or False

    def switch(self, name: str) -> bool | None:
        """Return whether a switch is on or off; None where it was left out."""
        value = self.values.get(name)
        assert value is None or isinstance(value, bool)  # noqa: S101 as above
        return value


Costs = Callable[[Request], Cost | None]
"""Says what a request costs that may not be made any number of times, None for one that may."""


def always(cost: Cost) -> Costs:
    """Say that a command costs whatever is given with it."""
    return lambda _: cost


def where_given(name: str, cost: Cost) -> Costs:
    """Say that a command costs where something is given with it, or a flag is set."""
    return lambda request: cost if request.values.get(name) else None


@dataclass(frozen=True)
class Syntax:
    """A text form of its own: how it looks, and what reads it.

    `read` raises a CoachError where it cannot.
    """

    usage: str
    read: Callable[[str], Values]


@dataclass(frozen=True)
class FormOf:
    """The form of a command, where it is called without saying anything but which answer is meant.

    Attributes:
        open: returns the form; raises a CoachError where there is nothing to fill in.
        take: carries out what was entered; raises a CoachError where it is not taken.
        texts: the fields in which people write, and do not choose.
    """

    open: Callable[[Request], Form]
    take: Callable[[Request, Entered], Reply]
    texts: tuple[str, ...]


ANSWER = Parameter("answer", "The number of an answer", Kind.INTEGER, named=True, hidden=True)
"""By which buttons say which answer a command is about."""


@dataclass(frozen=True)
class Command:
    """Something that a person can ask for by name.

    Attributes:
        name: one word, or two where the first has several commands, as `questions add`.
        summary: half a sentence for help.
        run: the use case.
        parameters: what can be said with it.
        group: what it is for.
        asks: whether a question is put to the person, who will answer in free text.
        hosts: whether it is for those who manage a community.
        hidden: whether buttons and hints lead to it, so that nobody needs to know it.
        syntax: its text form, where that does not follow from the parameters.
        aliases: what else may be typed for the name.
        form: what is filled in instead, where a platform has windows.
        costs: what a request costs where it may not be made any number of times.
    """

    name: str
    summary: str
    run: Callable[[Request], Reply]
    parameters: tuple[Parameter, ...] = ()
    group: Group = Group.TOGETHER
    asks: bool = False
    hosts: bool = False
    hidden: bool = False
    syntax: Syntax | None = None
    aliases: tuple[str, ...] = ()
    form: FormOf | None = None
    costs: Costs | None = None

    def permit(self, place: Place | None) -> None:
        """Let pass whoever may use it, before anything that they gave is read.

        Raises:
            OnlyInCommunity: it is for hosts, and was asked in private.
            HostsOnly: it is for hosts, and they are none.
        """
        if self.hosts:
            as_host(place)


def guarded(command: Command) -> Command:
    """Return a command that asks first who may use it, whatever its use case does."""

    def run(request: Request) -> Reply:
        command.permit(request.place)
        return command.run(request)

    return replace(command, run=run) if command.hosts else command
