"""A server with people and the coach; simcord plays Discord, in virtual time."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import simcord

from bot.core.account_commands import AccountCommands
from bot.core.accounts import Accounts
from bot.core.commands import Command
from bot.core.interviews import Interviews
from bot.core.privacy import Privacy
from bot.core.privacy_commands import PrivacyCommands
from bot.core.progressing import Progressing
from bot.core.retention import Terms
from bot.core.reviews import Reviews
from bot.platforms.discord.client import CoachClient
from bot.platforms.discord.delivery import Delivery
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.registry import Registry
from bot.platforms.tray import TrayFiles
from tests.core.samples import Studio, Table, screen_of


class NoTraces:
    """Nothing lies beside the tables."""

    def erase(self, user: object) -> None:
        """Nothing is there."""


def commands_of(table: Table) -> tuple[Command, ...]:
    """The command table over the parts of a table; what it draws goes on the tray."""
    uow, clock, files = table.database.unit_of_work, table.clock, TrayFiles()
    screen, reports = screen_of(table.bank, table.answering, uow, clock)
    studio = Studio()
    privacy = Privacy(uow, clock, Terms(None), NoTraces())
    return (
        *AccountCommands(Accounts(uow, clock)).commands(),
        *Reviews(table.bank, uow, clock).commands(),
        *Interviews(table.bank, uow, clock, screen, reports).commands(),
        *Progressing(table.bank, uow, clock, lambda: studio, files).commands(),
        *PrivacyCommands(privacy, files).commands(),
    )


def client_of(table: Table, home: Path, **options: Any) -> CoachClient:
    """The real client over a table's coach."""
    desk = Desk(table.coach, table.bank, commands_of(table))
    handling = Handling(desk, Delivery())
    return CoachClient(handling, Registry(home / "commands.json"), shard_count=1, **options)


@dataclass
class Stage:
    """A server with a study channel, Ada and Grace in it, and the coach."""

    table: Table
    home: Path
    env: Any
    client: CoachClient
    guild: Any
    channel: Any
    ada: Any
    grace: Any
    said: list[Any] = field(default_factory=list)

    async def restart(self) -> None:
        """Let another run of the program take over."""
        self.client = client_of(self.table, self.home)
        await self.env.restart_bot(self.client)

    async def answers(self, person: Any, message: Any, text: str, label: str = "Answer") -> Any:
        """Let a person press the button, write into the window, and send it."""
        window = await person.click(message, label=label)
        return await person.submit_modal(window, {"answer": text})


@asynccontextmanager
async def stage(table: Table, home: Path) -> AsyncIterator[Stage]:
    """Set the stage."""
    client = client_of(table, home)
    async with simcord.run(client) as env:
        guild = env.create_guild("Study group")
        channel = guild.create_text_channel("study")
        ada = guild.add_member(env.create_user("Ada"))
        grace = guild.add_member(env.create_user("Grace"))
        yield Stage(table, home, env, client, guild, channel, ada, grace)


def shown(result: Any) -> str:
    """Everything that a person reads in the answer to what they did."""
    messages = [result.response, *result.followups]
    return "\n".join(told(message) for message in messages if message is not None)


def told(message: Any) -> str:
    """The texts of a message."""
    texts = [message.content, *(embed.description or "" for embed in message.embeds)]
    return "\n".join(text for text in texts if text)


def labels(message: Any) -> list[str]:
    """What is written on the buttons of a message."""
    rows: Sequence[Any] = message.components
    return [item["label"] for row in rows for item in row["components"]]


Play = Callable[[Stage], Awaitable[None]]
