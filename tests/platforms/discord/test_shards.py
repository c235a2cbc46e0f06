"""Two programs share the servers of one Discord, each with a shard of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from pydantic import ValidationError

from bot.bootstrap.application import Application
from bot.bootstrap.jobs import daily_engine_of
from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.daily.post import PostState
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.discord.settings import DiscordSettings
from tests.builders import NOON, a_plan, a_post, a_user
from tests.core.samples import DRIFT
from tests.platforms.discord.stage import House, platform_on
from tests.platforms.discord.wire.gateway import until
from tests.platforms.discord.wire.server import TOKEN, Discord
from tests.platforms.discord.wired import addresses_kept

COUNT = 2


@pytest.mark.parametrize(
    ("ids", "count", "told"),
    [
        ("0,1", None, "or neither"),
        ("", 2, "or neither"),
        ("2", 2, "of 2 shards, the last is 1, not 2"),
        ("0-4", 4, "the last is 3, not 4"),
        ("zero", 2, "such as 0,1 or 4-7"),
        ("0,,1", 2, "such as 0,1 or 4-7"),
        ("3-1", 8, "3-1 names no shards"),
        ("0", 0, "greater than or equal to 1"),
    ],
)
def test_shards_that_there_are_not_are_refused(ids: str, count: int | None, told: str):
    with pytest.raises(ValidationError, match=told):
        DiscordSettings(shard_ids=ids, shard_count=count)


def test_shards_are_named_one_by_one_or_from_one_to_another():
    chosen = DiscordSettings(shard_ids=" 6, 1 - 3,2 ", shard_count=8).shards

    assert (chosen.ids, chosen.count, chosen.first) == ((1, 2, 3, 6), 8, False)
    assert [number for number in range(16) if chosen.hear(number << 22)] == [
        *(1, 2, 3, 6),
        *(9, 10, 11, 14),
    ]
    assert DiscordSettings().shards.hear(5 << 22)


@dataclass
class Two:
    """A server on each shard with somebody in it, and a program for each."""

    discord: Discord
    house: House
    guilds: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    programs: list[DiscordPlatform] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)

    def settle(self) -> str:
        """Found a server for each shard, and return somebody who is in both."""
        world = self.discord.world
        ada = world.user("Ada")
        first = int(world.snowflake()) >> 22
        for shard in range(COUNT):
            number = next(n for n in range(first, first + COUNT) if n % COUNT == shard)
            guild = world.guild(f"Club {shard}", str(number << 22))
            world.join(guild, ada)
            self.guilds.append(guild)
            self.channels.append(world.channel(guild))
        return ada

    async def start(self) -> None:
        for shard in range(COUNT):
            settings = DiscordSettings(
                token=TOKEN, api_url=self.discord.url, shard_ids=str(shard), shard_count=COUNT
            )
            application = self.house.application(settings)
            platform = platform_on(application)
            self.applications.append(application)
            self.programs.append(platform)
            await platform.start()
            await until(lambda shard=shard: len(self.discord.gateway.live) == shard + 1)

    def due(self) -> None:
        """Let a question be due in every channel."""
        with self.house.reader.features.unit_of_work() as uow:
            for guild, channel in zip(self.guilds, self.channels, strict=True):
                here = register_presence(uow, a_user("host"), Place(guild, channel), NOON)
                uow.plans.put(a_plan(here.channel_id or 0))
                a_post(uow, here.channel_id or 0, question_id=DRIFT, state=PostState.PENDING)
            uow.commit()

    async def poll(self) -> None:
        """Let the daily loops of all programs look, side by side."""
        engines = [
            daily_engine_of(application.features, {"discord": program.messenger})
            for application, program in zip(self.applications, self.programs, strict=True)
        ]
        await asyncio.gather(*(asyncio.to_thread(engine.poll) for engine in engines))

    def posted(self, channel: str) -> list[str]:
        found = self.discord.world.messages[channel].values()
        return [str(each["embeds"]) for each in found if "Question of the day" in str(each)]


@asynccontextmanager
async def shared(house: House) -> AsyncIterator[tuple[Two, str]]:
    discord = Discord()
    await discord.start()
    two = Two(discord, house)
    ada = two.settle()
    with addresses_kept():
        try:
            await two.start()
            yield two, ada
        finally:
            for program in two.programs:
                await program.stop()
            await discord.stop()


def test_each_program_hears_and_posts_on_its_own_shard(house: House):
    async def scene() -> None:
        async with shared(house) as (two, ada):
            people = two.discord.people
            assert [each.shard for each in two.discord.gateway.live] == [(0, COUNT), (1, COUNT)]
            assert [each.trouble() for each in two.programs] == [None, None]
            assert two.discord.synced == 1
            assert len(two.discord.asked("GET", "/commands$")) == 1
            told = [each.client.handling.delivery.commands for each in two.programs]
            assert told[0] == told[1] != {}

            for channel in two.channels:
                asked = await (await people.slash(ada, channel, "ask", about="drift")).done()
                assert "What is concept drift" in asked.text

            two.due()
            await two.poll()
            await two.poll()
            assert [len(two.posted(channel)) for channel in two.channels] == [1, 1]

            await two.programs[0].stop()
            assert two.programs[1].trouble() is None
            lonely = await people.slash(ada, two.channels[1], "help")
            assert (await lonely.done()).text

    asyncio.run(scene())


def test_who_does_not_hear_a_server_neither_posts_there_nor_looks(house: House):
    async def scene() -> None:
        async with shared(house) as (two, _):
            two.due()
            engine = daily_engine_of(
                two.applications[0].features, {"discord": two.programs[0].messenger}
            )
            await asyncio.to_thread(engine.poll)
            assert [len(two.posted(channel)) for channel in two.channels] == [1, 0]
            assert not two.discord.asked("POST", f"/channels/{two.channels[1]}/")

    asyncio.run(scene())
