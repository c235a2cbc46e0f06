"""Every request is one that Discord's own OpenAPI document allows."""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.ports import Address
from bot.core.reply import Action, Heading, Paragraph, Prompt, Reply
from tests.core.appeals.fixtures import Reader
from tests.platforms.discord.stage import House
from tests.platforms.discord.wire.spec import Spec
from tests.platforms.discord.wire.world import EVERYBODY, MANAGE_GUILD
from tests.platforms.discord.wired import Wire, wired

ANSWER = "The relationship between inputs and target changes."
SHARED = Path(__file__).parents[3] / ".." / "shared" / "specs" / "discord_openapi.json"


@pytest.fixture(scope="module")
def spec() -> Spec:
    """Discord's document, from COACH_DISCORD_OPENAPI or from beside the checkout."""
    pytest.importorskip("jsonschema")
    file = Path(os.environ.get("COACH_DISCORD_OPENAPI", SHARED))
    if not file.is_file():
        pytest.skip("Discord's OpenAPI document is not at hand: set COACH_DISCORD_OPENAPI")
    return Spec(file)


def test_every_request_is_allowed(house: House, spec: Spec):
    house.grader = Reader()

    async def whole() -> None:
        async with wired(house, spec=spec) as wire:
            await _practice(wire)
            await _set_up(wire)
            await _speak_first(wire)
            refused = [each for each in wire.discord.log if each.status in {400, 404}]
            assert refused == []
            assert len(wire.discord.log) > 20

    asyncio.run(whole())


async def _practice(wire: Wire) -> None:
    people, channel = wire.discord.people, wire.channel
    asked = await wire.asked(wire.ada)
    graded = await (await wire.answers(wire.ada, asked, ANSWER)).done()
    assert graded.message is not None
    more = await (await people.press(wire.ada, graded.message, "Details")).done()
    flag = await people.press(wire.ada, more.message, "Flag this question")
    flagged = await people.fill_in(wire.ada, flag, kind="unclear", remark="Which inputs?")
    assert "Thanks" in (await flagged.done()).text
    appeal = await people.press(wire.ada, more.message, "Appeal")
    appealed = await people.fill_in(wire.ada, appeal, sentence="1")
    assert "is with the hosts" in (await appealed.done()).text
    suggest = await people.slash(wire.ada, channel, "suggest")
    suggested = await people.fill_in(wire.ada, suggest, question="Why?", points="Short.")
    refused = await suggested.done()
    assert refused.message is not None
    assert "Nothing was added" in refused.text
    again = await (await people.press(wire.ada, refused.message, "Edit and send again")).done()
    assert again.window is not None
    await (await people.press(wire.ada, more.message, "Reveal")).done()
    for name in ("hint", "topics", "help", "progress", "review", "settings", "privacy", "daily"):
        await (await people.slash(wire.ada, channel, name)).done()
    await (await people.slash(wire.ada, channel, "privacy", what="export")).done()
    await people.type(wire.ada, channel, "ask", "about", "dri")
    await wire.discord.say(wire.ada, wire.discord.world.direct(wire.ada)["id"], ANSWER)


async def _set_up(wire: Wire) -> None:
    people, helen = wire.discord.people, wire.discord.world.user("Helen")
    wire.discord.world.join(wire.guild, helen, EVERYBODY | MANAGE_GUILD)
    panel = (await (await people.slash(helen, wire.channel, "coach setup")).done()).message
    assert panel is not None
    await (await people.choose(helen, panel, "days", "0", "3")).done()
    role = wire.discord.world.role(wire.guild, "mornings")
    chosen = await (await people.choose(helen, panel, "role", role)).done()
    assert "Mon and Thu" in chosen.text
    assert (await (await people.press(helen, panel, "Time and more…")).done()).window
    paused = await (await people.press(helen, panel, "Pause")).done()
    assert "It's paused" in paused.text


async def _speak_first(wire: Wire) -> None:
    messenger, to = (
        wire.platform.messenger,
        Address("discord", wire.guild, wire.channel),
    )
    question = Reply((Heading("Question of the day"), Prompt("Why?")), (Action.ANSWER,), None, 12)
    role = wire.discord.world.role(wire.guild, "learners")

    def speak() -> None:
        number = messenger.post(to, question, "daily-12-20261126", role)
        messenger.open_thread(to, number, "Why?")
        messenger.edit(to, number, question)
        begins = Reply((Paragraph("Here those talk who have answered."),))
        since = datetime.now(UTC) - timedelta(minutes=1)
        for _ in range(2):
            room = messenger.open_discussion(to, "Why?", begins, "discussion-12-20261126", since)
        messenger.admit(to, room, wire.ada)
        messenger.grant_role(wire.guild, wire.ada, role)
        assert wire.discord.world.members[wire.guild][wire.ada]["roles"] == [role]
        messenger.revoke_role(wire.guild, wire.ada, role)
        messenger.reply(to, number, Reply((Paragraph("Results"),)), "results-12-20261126")
        messenger.tell(wire.guild, wire.ada, Reply((Paragraph("News"),)))

    await asyncio.to_thread(speak)
