"""The windows of commands: opened by a command, a button or a menu, and taken when they are sent.

A window has to be the first answer, so that what stands in it is read before the acknowledgement;
what cannot be filled in is refused there and then, before anybody has written something.
"""

import logging

from bot.core.commands import Command, Values
from bot.core.errors import CoachError
from bot.core.forms import Entered
from bot.core.reply import Reply
from bot.core.words.buttons import old_window
from bot.platforms.discord.form_modal import form_modal
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.modal import written
from bot.platforms.discord.people import Interaction, place_of, user_of
from bot.platforms.discord.sending import FAULTS
from bot.platforms.filling_in import Filling, FillingIn
from bot.platforms.front_desk import Act

log = logging.getLogger(__name__)


class Windows:
    """Open the windows of commands, and take what was entered."""

    def __init__(self, handling: Handling) -> None:
        self._handling = handling
        self._forms = FillingIn(handling.desk)

    def meant(self, line: str) -> Filling | None:
        """Return what a button means to fill in, None where it means something else."""
        return self._forms.meant(line)

    def lacking(self, command: Command, values: Values) -> Filling | None:
        """Return what is to be filled in where a command was called without what it needs."""
        needed = {each.name for each in command.parameters if each.required}
        return None if values and needed <= values.keys() else self.meant(command.name)

    async def open(self, interaction: Interaction, filling: Filling) -> None:
        """Open a window, or say why there is nothing to fill in."""
        user, place = user_of(interaction.user), place_of(interaction)
        look = lambda: self._forms.open(filling, user, place)  # noqa: E731
        try:
            line, form = await self._handling.threads.call(look, user.external_id)
        except CoachError as problem:
            await self._handling.run(interaction, _raising(problem))
            return
        try:
            await interaction.response.send_modal(form_modal(line, form))
        except FAULTS as error:
            log.info("a window could not be opened: %s", error)

    async def take(self, interaction: Interaction, line: str, entered: Entered) -> None:
        """Carry out what was entered; of a command that is none any more, give it back."""
        user, place = user_of(interaction.user), place_of(interaction)
        filling = self.meant(line)

        def act() -> Reply:
            if filling is None:
                return old_window(written(interaction.data))
            return self._forms.take(filling, user, place, entered)

        await self._handling.run(interaction, act)


def _raising(problem: CoachError) -> Act:
    def act() -> Reply:
        raise problem

    return act
