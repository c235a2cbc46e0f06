"""A server with people and the coach; simcord plays Discord, in virtual time."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count, takewhile
from pathlib import Path
from typing import Any

import discord
import simcord

from bot.bootstrap.application import Application
from bot.core.commands import Command
from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.practice.model import Attempt
from bot.platforms.discord.client import CoachClient
from bot.platforms.discord.delivery import Delivery
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.names import HOSTS, among_hosts
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.discord.registration import platform_of
from bot.platforms.discord.registry import Registry
from bot.platforms.discord.settings import DiscordSettings
from grading.corpus import Corpus
from tests.application import an_application
from tests.builders import NOON, a_plan, a_post, a_user, attempts_of
from tests.core.samples import DRIFT, Studio
from tests.fakes import FakeGrader, FixedClock


def name_of(command: Command) -> str:
    """What a command of the table is called on Discord."""
    return f"{HOSTS} {among_hosts(command.name)}" if command.hosts else command.name


def platform_on(application: Application) -> DiscordPlatform:
    """Discord as a run of the program has it."""
    features = application.features
    return platform_of(features, features.unit_of_work, features.clock, application.settings)


@dataclass
class House:
    """The application as it is put together for real, but for its model, its painter, its clock."""

    home: Path
    grader: Any = field(default_factory=FakeGrader)
    clock: FixedClock = field(default_factory=FixedClock)
    paints: Any = field(default_factory=Studio)
    corpus: Corpus | None = None

    def application(self, discord: DiscordSettings | None = None) -> Application:
        """A run of the program over the home folder."""
        return an_application(
            self.home,
            clock=self.clock,
            corpus=self.corpus,
            grader=self.grader,
            painter=lambda: self.paints,
            discord=discord or DiscordSettings(),
        )

    @cached_property
    def reader(self) -> Application:
        """A run that only looks at what is stored."""
        return self.application()

    def client(self, **options: Any) -> CoachClient:
        """The connection of a run of the program."""
        application = self.application()
        discord = platform_on(application)
        registry = Registry(self.home / "commands.json")
        handling = Handling(discord.threads, discord.champions, Delivery())
        client = CoachClient(handling, registry, shard_count=1, **options)
        members = DiscordMessenger(lambda: (client, client.loop), handling.delivery)
        application.features.attendance.lookups["discord"] = members
        return client

    def sent_post(self, guild: str, channel: str) -> int:
        """A question of the day about drift that a channel has before it."""
        with self.reader.features.unit_of_work() as uow:
            here = register_presence(uow, a_user("host"), Place(guild, channel), NOON)
            uow.plans.put(a_plan(here.channel_id or 0))
            post = a_post(uow, here.channel_id or 0, question_id=DRIFT, message_id="1")
            uow.commit()
        return post.id

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """Every answer that was stored, of whomever, in the order of arrival."""
        with self.reader.features.unit_of_work() as uow:
            people = takewhile(uow.learners.get, count(1))
            everybody = [attempts_of(uow, number) for number in people]
        return tuple(sorted((a for mine in everybody for a in mine), key=lambda each: each.id))


@dataclass
class Stage:
    """A server with a study channel, Ada and Grace in it, and the coach."""

    house: House
    env: Any
    client: CoachClient
    guild: Any
    channel: Any
    ada: Any
    grace: Any

    async def restart(self) -> None:
        """Let another run of the program take over."""
        self.client = self.house.client()
        await self.env.restart_bot(self.client)

    async def answers(self, person: Any, message: Any, text: str, label: str = "Answer") -> Any:
        """Let a person press the button, write into the window, and send it."""
        window = await person.click(message, label=label)
        return await person.submit_modal(window, {"answer": text})


def host(on: Stage) -> Any:
    """Helen, who manages the server."""
    role = on.guild.create_role("hosts", permissions=discord.Permissions(manage_guild=True))
    return on.guild.add_member(on.env.create_user("Helen"), roles=[role])


@asynccontextmanager
async def stage(house: House, **options: Any) -> AsyncIterator[Stage]:
    """Set the stage; the options are those of simcord. A model may take its time."""
    client = house.client()
    async with simcord.run(client, **({"settle_timeout": 120} | options)) as env:
        guild = env.create_guild("Study group")
        channel = guild.create_text_channel("study")
        ada = guild.add_member(env.create_user("Ada"))
        grace = guild.add_member(env.create_user("Grace"))
        yield Stage(house, env, client, guild, channel, ada, grace)


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
    plain = [row if isinstance(row, dict) else row.to_dict() for row in rows]
    return [item["label"] for row in plain for item in row["components"] if "label" in item]


Play = Callable[[Stage], Awaitable[None]]
