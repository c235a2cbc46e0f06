"""Pictures for the documentation: python -m tests.platforms.discord.show docs/pictures CHROMIUM.

They show what people see on Discord, as simcord's preview draws it; that needs
`pip install 'simcord[preview]' playwright` and the path of a Chromium.
"""

import asyncio
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord

from bot.bootstrap.features import make_painter
from bot.bootstrap.grading import grading_of
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
ANSWERS = (
    ANSWER,
    "The mapping from features to the target changes over time. I alert on a sustained drop.",
    "The model gets worse because the world changes, so I retrain it.",
    "P(y|x) changes. I compare predictions with true labels every week, and alert and retrain.",
    "The relation between inputs and target changes. I roll out a model trained on recent data.",
)

WIDTH, HEIGHT = 560, 2400
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
            on.house.clock.at = NOON - timedelta(days=11)
            on.client.handling.delivery.commands = {}  # the preview shows mentions of them as typed
            role = on.guild.create_role("hosts", permissions=discord.Permissions(manage_guild=True))
            helen = on.guild.add_member(on.env.create_user("Helen"), roles=[role])
            setup = await helen.slash(on.channel, "coach setup", time="9:00", zone="Europe/Madrid")
            await shot(on, helen, setup, folder / "discord-setup.png", browser)
            for number, question in enumerate(list(real.shipped)[::3]):
                on.house.clock.pass_by(timedelta(days=1))
                asked = await on.ada.slash(on.channel, "ask", about=question.id)
                said = [point.plain[0] for point in question.key_points]
                await on.answers(on.ada, asked.response, " ".join(said[: 1 + number % 5]))
            asked = await on.ada.slash(on.channel, "ask", about="drift")
            await shot(on, on.ada, asked, folder / "discord-question.png", browser)
            graded = await on.answers(on.ada, asked.response, ANSWER)
            await shot(on, on.ada, graded, folder / "discord-feedback.png", browser)
            progress = await on.ada.slash(on.channel, "progress")
            await shot(on, on.ada, progress, folder / "discord-progress.png", browser)
            await competed(on)
            board = await on.ada.slash(on.channel, "leaderboard")
            await shot(on, on.ada, board, folder / "discord-leaderboard.png", browser)


async def competed(on: Stage) -> None:
    """Let people answer the question of the day, and agree to be seen."""
    post = on.house.sent_post(str(on.guild.id), str(on.channel.id))
    loop = asyncio.get_running_loop()
    messenger = DiscordMessenger(lambda: (on.client, loop), on.client.handling.delivery)
    to = Address("discord", str(on.guild.id), str(on.channel.id))
    prompt = on.client.handling.desk.bank.get(DRIFT).prompt
    question = Reply((Prompt(prompt),), (Action.ANSWER,), None, post)
    await asyncio.to_thread(messenger.post, to, question, "daily-1-20261123")
    people = [on.guild.add_member(on.env.create_user(name)) for name in ("Wei", "Amara", "José")]
    for person, text in zip((*people, on.grace, on.ada), ANSWERS, strict=True):
        seen = await on.answers(person, on.channel.last_message, text)
        await person.click(seen.response, label="Show my name")


async def shot(on: Stage, person: Any, seen: Any, file: Path, browser: Any) -> None:
    """Take a picture of the answer to an interaction, as the person sees it."""
    size = {"width": WIDTH, "height": HEIGHT}
    async with on.env.preview(on.channel, viewers=[person], **size) as preview:
        await preview.show(seen)
        page = await browser.new_page(viewport=size)
        await page.goto(preview.url)
        await page.wait_for_function(READY)
        top, bottom = await page.evaluate(TIDIED)
        area = {"x": 0, "y": top, "width": WIDTH, "height": bottom - top + MARGIN}
        await page.screenshot(path=str(file), clip=area)
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
