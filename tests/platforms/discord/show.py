"""Pictures for the documentation: python -m tests.platforms.discord.show docs/pictures CHROMIUM.

They show what people see on Discord, as simcord's preview draws it; that needs
`pip install 'simcord[preview]' playwright` and the path of a Chromium.
"""

import asyncio
import sys
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord

from bot.bootstrap.features import make_painter
from bot.bootstrap.grading import grading_of
from bot.core.hosts.service import HostsChannels
from bot.core.ports import Address
from bot.core.reply import Action, Prompt, Reply
from bot.platforms.discord.messenger import DiscordMessenger
from bot.settings import Settings
from tests.builders import NOON
from tests.core.samples import DRIFT
from tests.platforms.discord.stage import House, Stage, stage

ANSWER = (
    "Concept drift means that the relationship between inputs and target changes after training. "
    "I track live quality against fresh labels and retrain on recent data."
)
MIXED = (
    "The relation between features and label moves after training, and accuracy decays. You can "
    "see it by looking at the input histograms alone, no labels are needed. I retrain the model on "
    "recent data."
)
ANSWERS = (
    ANSWER,
    "The mapping from features to the target changes over time. I alert on a sustained drop.",
    "The model gets worse because the world changes, so I retrain it.",
    "P(y|x) changes. I compare predictions with true labels every week, and alert and retrain.",
    "The relation between inputs and target changes. I roll out a model trained on recent data.",
)

WIDTH, PHONE, HEIGHT = 560, 360, 2400
MARGIN = 16
TIDIED = """() => {
    const app = document.querySelector("#preview-app");
    const walk = document.createTreeWalker(app, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const node = walk.currentNode;
        node.textContent = node.textContent.replace(/^-# /gm, "").replace("TestBot", "Coach");
    }
    const shown = [...app.querySelectorAll("button, .embed, img")];
    const below = shown.map((each) => each.getBoundingClientRect().bottom);
    return [app.getBoundingClientRect().top, Math.max(...below)];
}"""
"""Show the small lines that the preview leaves as typed; return where all of it begins and ends."""

READY = "() => window.simcordPreview && window.simcordPreview.ready === true"


async def shots(folder: Path, browser: Any) -> None:
    """Play an evening and take a picture of each scene."""
    with tempfile.TemporaryDirectory() as home:
        real = grading_of(Settings(home=Path(home)))
        real.corpus.prepare()
        house = House(Path(home), real.grader, paints=make_painter(), corpus=real.corpus)
        async with stage(house) as on:
            camera = Camera(on, folder, browser)
            practised = list(real.shipped)[::10]
            on.house.clock.at = NOON - timedelta(days=len(practised))
            on.client.handling.delivery.commands = {}  # the preview shows mentions of them as typed
            role = on.guild.create_role("hosts", permissions=discord.Permissions(manage_guild=True))
            helen = on.guild.add_member(on.env.create_user("Helen"), roles=[role])
            setup = await helen.slash(on.channel, "coach setup", time="9:00", zone="Europe/Madrid")
            await camera.take(helen, setup, "setup")
            for number, question in enumerate(practised):
                on.house.clock.pass_by(timedelta(days=1))
                asked = await on.ada.slash(on.channel, "ask", about=question.id)
                said = [point.plain[0] for point in question.key_points]
                await on.answers(on.ada, asked.response, " ".join(said[: 1 + number % 5]))
            asked = await on.ada.slash(on.channel, "ask", about="drift")
            await camera.take(on.ada, asked, "question")
            graded = await on.answers(on.ada, asked.response, ANSWER)
            await camera.take(on.ada, graded, "feedback")
            mixed = await on.answers(on.ada, graded.response, MIXED, label="Try again")
            await camera.take(on.ada, mixed, "feedback-phone")
            progress = await on.ada.slash(on.channel, "progress")
            await camera.take(on.ada, progress, "progress")
            await camera.take(on.ada, progress, "progress-phone")
            hosts = on.guild.create_text_channel("hosts")
            await appealed(on, helen, hosts)
            await camera.take(helen, hosts.last_message, "hosts-phone", hosts)
            await on.client.on_guild_join(on.client.guilds[0])
            welcome = on.channel.last_message
            await camera.take(helen, welcome, "welcome-phone")
            await competed(on)
            board = await on.ada.slash(on.channel, "leaderboard")
            await camera.take(on.ada, board, "leaderboard")


async def appealed(on: Stage, host: Any, room: Any) -> None:
    """Let a learner appeal, and the hosts hear of it in a channel of theirs."""
    await host.slash(room, "coach rules", hosts="here")
    await on.ada.slash(on.channel, "appeal", point=1, sentence="1")
    features = on.house.reader.features
    hosts = HostsChannels(
        features.bank,
        features.decisions,
        features.unit_of_work,
        features.clock,
        {"discord": messenger_of(on)},
    )
    await asyncio.to_thread(hosts.deliver)


async def competed(on: Stage) -> None:
    """Let people answer the question of the day, and agree to be seen."""
    post = on.house.sent_post(str(on.guild.id), str(on.channel.id))
    to = Address("discord", str(on.guild.id), str(on.channel.id))
    prompt = on.client.handling.desk.bank.get(DRIFT).prompt
    question = Reply((Prompt(prompt),), (Action.ANSWER,), None, post)
    await asyncio.to_thread(messenger_of(on).post, to, question, "daily-1-20261123")
    people = [on.guild.add_member(on.env.create_user(name)) for name in ("Wei", "Amara", "José")]
    for person, text in zip((*people, on.grace, on.ada), ANSWERS, strict=True):
        seen = await on.answers(person, on.channel.last_message, text)
        await person.click(seen.response, label="Show my name")


def messenger_of(on: Stage) -> DiscordMessenger:
    """Return what posts for the coach."""
    loop = asyncio.get_running_loop()
    return DiscordMessenger(lambda: (on.client, loop), on.client.handling.delivery)


@dataclass(frozen=True)
class Camera:
    """Takes pictures of messages, as people see them."""

    on: Stage
    folder: Path
    browser: Any

    async def take(self, person: Any, seen: Any, name: str, room: Any = None) -> None:
        """Draw a message, or the answer to an interaction; at a phone's width if named so."""
        width = PHONE if name.endswith("-phone") else WIDTH
        size = {"width": width, "height": HEIGHT}
        room = room or self.on.channel
        async with self.on.env.preview(room, viewers=[person], **size) as preview:
            await preview.show(seen)
            page = await self.browser.new_page(viewport=size)
            await page.goto(preview.url)
            await page.wait_for_function(READY)
            top, bottom = await page.evaluate(TIDIED)
            area = {"x": 0, "y": top, "width": width, "height": bottom - top + MARGIN}
            await page.screenshot(path=str(self.folder / f"discord-{name}.png"), clip=area)
            await page.close()


async def main(folder: Path, chromium: str) -> None:
    """Start the browser and take every picture."""
    from playwright.async_api import async_playwright

    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        await shots(folder, browser)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
