"""What `coach doctor` finds of Discord: tokens, the gateway, the clock, permissions by channel."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.bootstrap.settings import settings_model
from bot.clock import StoppedClock, SystemClock
from bot.core.checkup import Finding, Mark, StudyChannel
from bot.core.ports import Address
from bot.platforms.discord.checkup import examine
from bot.platforms.discord.settings import DiscordSettings
from bot.platforms.registration import Situation
from tests.platforms.discord.aside import aside
from tests.platforms.discord.wire.server import TOKEN, Discord
from tests.platforms.discord.wire.world import EVERYBODY
from tests.platforms.discord.wired import addresses_kept

PRIVATE_THREADS, PUBLIC_THREADS, ATTACH = 1 << 36, 1 << 35, 1 << 15
A_TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.not-a-real-one-of-anybody"  # noqa: S105

Examined = Callable[..., dict[str, Finding]]


@pytest.fixture
def discord() -> Iterator[Discord]:
    with aside() as served, addresses_kept():
        yield served


@pytest.fixture
def guild(discord: Discord) -> str:
    """A server that belongs to somebody else, where the coach has what everybody has."""
    guild = discord.world.guild()
    discord.world.guilds[guild]["owner_id"] = discord.world.user("Helen")
    return guild


@pytest.fixture
def examined(discord: Discord) -> Examined:
    """Look at this Discord, and return what was found by its subject."""

    def run(*channels: StudyChannel, clock: Any = None, **settings: Any) -> dict[str, Finding]:
        chosen = {"token": TOKEN, "api_url": discord.url, **settings}
        whole = settings_model()(_env_file=None, discord=DiscordSettings(**chosen))
        found = list(examine(Situation(whole, clock or SystemClock(), channels)))
        assert all(bool(one.remedy) is (one.mark is not Mark.OK) for one in found)
        assert len({one.subject for one in found}) == len(found)
        return {one.subject: one for one in found}

    return run


def study(guild: str, channel: str, *, private: bool = False, name: str = "study") -> StudyChannel:
    return StudyChannel(Address("discord", guild, channel), name, private)


def test_nothing_is_found_where_discord_is_not_configured(examined: Examined):
    assert examined(token=None) == {}


def test_all_is_well(examined: Examined, discord: Discord, guild: str):
    channels = [study(guild, discord.world.channel(guild)) for _ in range(3)]

    found = examined(*channels)

    assert {one.mark for one in found.values()} == {Mark.OK}
    assert found["Discord token"].found == f"Discord takes it, for Coach ({discord.world.bot})"
    assert found["Discord gateway"].found == "connected, in 1 server"
    assert found["Discord channels"].found.startswith("3 channels with a daily question")
    assert not [one for one in discord.log if one.method != "GET"]


@pytest.mark.parametrize("token", ["another-token", A_TOKEN])
def test_a_token_that_discord_does_not_take_is_told(examined: Examined, token: str):
    (found,) = examined(token=token).values()

    assert (found.subject, found.mark) == ("Discord", Mark.PROBLEM)
    assert "does not know this token" in found.found
    assert ("three parts" in found.found) is (token != A_TOKEN)
    assert "Reset Token" in found.remedy
    assert token not in found.found + found.remedy


def test_a_discord_that_is_out_of_reach_is_told(examined: Examined):
    (found,) = examined(api_url="http://127.0.0.1:9/api/v10").values()

    assert found.mark is Mark.PROBLEM
    assert "could not be reached" in found.found


def test_a_gateway_that_is_out_of_reach_is_told_and_channels_are_looked_at_all_the_same(
    examined: Examined, discord: Discord, guild: str
):
    found = examined(
        study(guild, discord.world.channel(guild)), gateway_url="ws://127.0.0.1:9/gateway"
    )

    assert found["Discord gateway"].mark is Mark.PROBLEM
    assert "COACH_DISCORD__GATEWAY_URL" in found["Discord gateway"].remedy
    assert found["Discord channels"].mark is Mark.OK


@pytest.mark.parametrize("shards", [1, 3])
def test_a_permission_that_is_missing_is_named_with_its_channel(
    examined: Examined, discord: Discord, guild: str, shards: int
):
    """With one shard the gateway tells, and with several the HTTP interface is asked."""
    discord.shards = shards
    quiet, loud = discord.world.channel(guild, "quiet"), discord.world.channel(guild, "loud")
    deny = {"id": guild, "type": 0, "allow": "0", "deny": str(PUBLIC_THREADS | ATTACH)}
    discord.world.channels[quiet]["permission_overwrites"] = [deny]

    found = examined(study(guild, quiet, name="quiet"), study(guild, loud))

    told = found["Discord #quiet"]
    assert (told.mark, told.found) == (Mark.PROBLEM, "lacks Attach Files and Create Public Threads")
    assert found["Discord channels"].found.startswith("1 channel ")
    assert ("Discord gateway" in found) is (shards == 1)


def test_a_private_discussion_takes_one_permission_more(
    examined: Examined, discord: Discord, guild: str
):
    channel = discord.world.channel(guild)
    assert not EVERYBODY & PRIVATE_THREADS

    found = examined(study(guild, channel, private=True))

    assert found["Discord #study"].found == "lacks Create Private Threads"


def test_a_channel_or_a_server_that_is_gone_is_told(
    examined: Examined, discord: Discord, guild: str
):
    found = examined(
        study(guild, discord.world.snowflake(), name="gone"),
        study(discord.world.snowflake(), discord.world.snowflake(), name="left"),
    )

    assert found["Discord #gone"].found == "the channel is gone"
    assert "the server is gone" in found["Discord #left"].found
    assert "coach discord invite" in found["Discord #left"].remedy


def test_a_channel_of_another_kind_is_told(examined: Examined, discord: Discord, guild: str):
    channel = discord.world.channel(guild)
    discord.world.channels[channel]["type"] = 15  # a forum
    discord.world.channels[channel]["available_tags"] = []

    assert examined(study(guild, channel))["Discord #study"].found == "is no text channel"


def test_starts_that_run_out_are_told(examined: Examined, discord: Discord):
    discord.starts_left = 3

    found = examined()["Discord starts"]

    assert (found.mark, found.found) == (Mark.WARNING, "3 starts left today")


@pytest.mark.parametrize(
    ("ahead", "mark", "told"),
    [
        (timedelta(seconds=10), Mark.OK, "apart"),
        (timedelta(minutes=2), Mark.WARNING, "behind Discord's"),
        (timedelta(days=-1), Mark.PROBLEM, "24 h 0 min ahead of Discord's"),
    ],
)
def test_the_clock_is_compared_with_discords(
    examined: Examined, discord: Discord, ahead: timedelta, mark: Mark, told: str
):
    discord.ahead = ahead

    found = examined(clock=StoppedClock(datetime.now(UTC)))["clock beside Discord"]

    assert found.mark is mark
    assert told in found.found


def test_the_shards_of_a_program_are_told_and_too_few_are_warned_of(
    examined: Examined, discord: Discord, guild: str
):
    discord.shards = 3
    mine = (int(guild) >> 22) % 4
    here = study(guild, discord.world.channel(guild))
    elsewhere = study(str((4 * 10**9 + (mine + 1) % 4) << 22), discord.world.snowflake())

    found = examined(here, elsewhere, shard_ids=str(mine), shard_count=4)
    few = examined(shard_ids="0-1", shard_count=2)

    assert found["Discord shards"].found == f"{mine} of 4"
    assert found["Discord gateway"].found == "connected, in 1 server"
    assert found["Discord channels"].found.startswith("1 channel ")
    assert {one.mark for one in found.values()} == {Mark.OK}
    assert few["Discord shards"].mark is Mark.WARNING
    assert few["Discord shards"].found == "0 and 1 of 2; Discord proposes 3"
    assert "COACH_DISCORD__SHARD_COUNT" in few["Discord shards"].remedy
