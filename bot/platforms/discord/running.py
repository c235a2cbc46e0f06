"""Commands of the table, run with the words that were made of native options."""

import discord

from bot.core.commands import Command
from bot.core.reply import Reply
from bot.platforms.discord.dressing import dressed
from bot.platforms.discord.forms import Lines
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.people import Interaction, place_of, user_of


def lines_through(handling: Handling) -> Lines:
    """Return what runs a command once for each of its lines, and answers with the last reply."""

    async def lines(
        interaction: Interaction,
        command: Command,
        every: tuple[str, ...],
        file: discord.Attachment | None = None,
    ) -> None:
        user, place = user_of(interaction.user), place_of(interaction)

        def act() -> Reply:
            replies = [command.run(user, place, words) for words in every]
            return dressed(command.name, every[-1], replies[-1])

        await handling.run(interaction, act, file)

    return lines
