"""Forms of commands, as every platform with windows has them: opened, taken, given back to edit."""

import threading
from dataclasses import replace
from typing import Final, NamedTuple

from cachetools import LRUCache

from bot.core.accounts.model import PlatformUser
from bot.core.commands import ANSWER, Command, FormOf, Request
from bot.core.communities.model import Place
from bot.core.errors import CoachError
from bot.core.forms import Entered, Field, Form
from bot.core.reply import Choice, Quote, Reply
from bot.core.text_commands import found, read
from bot.core.words.buttons import EDIT_FORM
from bot.platforms.front_desk import FrontDesk, refused

DRAFTS: Final = 500
"""What was not taken, kept to be edited; some kilobytes each."""


class Filling(NamedTuple):
    """A command whose form is meant, and the number of the answer that it is about."""

    command: Command
    form: FormOf
    answer: int | None = None

    @property
    def line(self) -> str:
        """What would be typed for it."""
        about = "" if self.answer is None else f" {ANSWER.name} {self.answer}"
        return f"{self.command.name}{about}"

    def request(self, user: PlatformUser, place: Place | None) -> Request:
        """Return what the form is opened by, or taken with."""
        values = {} if self.answer is None else {ANSWER.name: self.answer}
        return Request(user, place, values)


class FillingIn:
    """Open forms, and carry out what was entered."""

    def __init__(self, desk: FrontDesk) -> None:
        self._commands = desk.commands
        self._drafts: LRUCache[tuple[str, ...], Entered] = LRUCache(DRAFTS)
        self._lock = threading.Lock()

    def meant(self, line: str) -> Filling | None:
        """Return what a line means to fill in, None where it says more, or means something else."""
        named = found(self._commands, line)
        if named is None or (form := named[0].form) is None:
            return None
        command, rest = named
        if not rest:
            return Filling(command, form)
        try:
            values = read(command, rest)
        except CoachError:
            return None
        number = values.get(ANSWER.name)
        if len(values) == 1 and isinstance(number, int):
            return Filling(command, form, number)
        return None

    def open(self, filling: Filling, user: PlatformUser, place: Place | None) -> tuple[str, Form]:
        """Return the line by which a form is known, and the form with what was not taken before.

        Raises:
            CoachError: there is nothing to fill in.
        """
        form = filling.form.open(filling.request(user, place))
        line = filling._replace(answer=form.answer).line
        with self._lock:
            draft = self._drafts.get(_key(user, line), {})
        return line, replace(form, fields=tuple(_filled(each, draft) for each in form.fields))

    def take(
        self, filling: Filling, user: PlatformUser, place: Place | None, entered: Entered
    ) -> Reply:
        """Carry out what was entered; what is not taken is given back, to be edited."""
        try:
            reply = filling.form.take(filling.request(user, place), entered)
        except Exception as problem:  # noqa: BLE001 whatever it is, the person hears of it
            reply = refused(problem).reply
            reply = replace(reply, choices=(*reply.choices, Choice(EDIT_FORM, filling.line)))
        key, wrote = _key(user, filling.line), _texts(filling, entered)
        again = any(each.words == filling.line for each in reply.choices)
        with self._lock:
            self._drafts.pop(key, None)
            if again:
                self._drafts[key] = dict(entered)
        return replace(reply, blocks=(*reply.blocks, Quote(wrote))) if again and wrote else reply


def _key(user: PlatformUser, line: str) -> tuple[str, ...]:
    return user.platform, user.team, user.external_id, line


def _texts(filling: Filling, entered: Entered) -> str:
    """Return what somebody wrote, without what they chose."""
    return "\n".join(filter(None, (entered.get(name, "").strip() for name in filling.form.texts)))


def _filled(field: Field, draft: Entered) -> Field:
    """Return a field with what stood in it, as far as it can still stand there."""
    value = draft.get(field.name, field.value)
    known = not field.options or value in {each.value for each in field.options}
    return replace(field, value=value) if known else field
