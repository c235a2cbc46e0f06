"""All that hosts do is behind /coach, with native options; the core refuses everybody else."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import discord
import pytest

from bot.core.errors import HostsOnly
from bot.core.reply import Choice, Paragraph, Reply
from bot.core.wording.discord import COACH_COMMANDS
from bot.platforms.discord.delivery import Delivery
from bot.platforms.discord.moved import FOR_HOSTS
from bot.platforms.discord.people import place_of, user_of
from grading.corpus import Corpus
from knowledge.uploads import template
from tests.platforms.discord.stage import House, Play, Stage, shown
from tests.platforms.discord.test_admin import host

Player = Callable[[Play], None]
NAME = "How do you notice that true labels arrive late"
TEXT = f"""
- prompt: {NAME}?
  topic: monitoring
  key_points:
    - The delay between a prediction and its label is measured.
    - Proxy metrics stand in until labels arrive.
    - An alert fires when the backlog of labels grows.
"""


@pytest.fixture
def with_corpus(house: House, corpus: Corpus) -> House:
    house.parts["corpus"] = corpus
    return house


def test_a_host_finds_everything_in_one_group(play: Player) -> None:
    async def scene(on: Stage) -> None:
        helen = host(on)
        theirs = set(helen.available_commands(on.channel))

        assert not theirs & FOR_HOSTS
        assert {f"coach {name}" for name in COACH_COMMANDS} <= theirs
        assert not [name for name in on.ada.available_commands(on.channel) if "coach" in name]
        told = shown(await helen.slash(on.channel, "help"))
        assert "</coach question add:" in told
        assert "</coach appeals:" in told
        assert "/questions" not in told
        assert "coach" not in shown(await on.ada.slash(on.channel, "help"))

    play(scene)


def test_the_group_stays_within_the_limits_of_discord(house: House) -> None:
    async def look() -> None:
        client = house.client()
        group = client.tree.get_command("coach")
        assert isinstance(group, discord.app_commands.Group)
        payload = group.to_dict(client.tree)
        assert payload["default_member_permissions"] == discord.Permissions(manage_guild=True).value
        assert payload["contexts"] == [0]
        assert len(payload["options"]) <= 25
        assert sum(map(len, texts(payload))) <= 8000
        assert all(len(each.get("options", ())) <= 25 for each in payload["options"])

    asyncio.run(look())


def texts(option: dict[str, Any]) -> Iterator[str]:
    """What Discord counts: names, descriptions and the values of choices."""
    yield from (option["name"], option.get("description", ""))
    for choice in option.get("choices", ()):
        yield from (choice["name"], str(choice["value"]))
    for inner in option.get("options", ()):
        yield from texts(inner)


def test_a_host_brings_edits_and_retires_questions(play: Player, with_corpus: House) -> None:
    async def scene(on: Stage) -> None:
        helen, (name, text) = host(on), template("csv")
        too_large = await helen.slash(
            on.channel, "coach question add", file=("big.csv", b"x" * 200_001)
        )
        assert "200" in shown(too_large)

        done = await helen.slash(on.channel, "coach question add", file=(name, text.encode()))
        assert "added" in shown(done).lower()
        offered = await on.ada.autocomplete(on.channel, "ask", "about", "true labels arrive")
        asked = await on.ada.slash(on.channel, "ask", about=offered[0]["value"])
        assert "true labels arrive weeks later" in shown(asked)

        own = await helen.autocomplete(on.channel, "coach question retire", "id", "true labels")
        slug = own[0]["value"]
        assert slug in shown(await helen.slash(on.channel, "coach question list", page=1))
        edited = await helen.slash(
            on.channel,
            "coach question edit",
            id=slug,
            file=("new.yaml", TEXT.encode()),
            anyway=True,
        )
        assert "Replaced: 1 question" in shown(edited)
        assert slug in shown(edited)
        assert NAME in shown(await helen.slash(on.channel, "coach question list"))
        retired = await helen.slash(on.channel, "coach question retire", id=slug)
        assert "is asked no more" in shown(retired)
        unknown = await helen.slash(
            on.channel, "coach question edit", id="no such", file=("new.yaml", TEXT.encode())
        )
        assert "no-such" in shown(unknown)

    play(scene)


def test_a_suggestion_is_accepted_by_its_number(play: Player, with_corpus: House) -> None:
    async def scene(on: Stage) -> None:
        helen = host(on)
        points = "It watches the data. | It retrains often. | It tells a person."
        suggested = f"anyway monitoring: Who waters the flowers of a model? | {points}"
        await on.ada.slash(on.channel, "suggest", words=suggested)

        waiting = shown(await helen.slash(on.channel, "coach question suggestions"))
        assert "</coach question accept:" in waiting
        done = await helen.slash(on.channel, "coach question accept", number=1)
        assert "is asked here from now on" in shown(done)
        again = await helen.slash(on.channel, "coach question decline", number=1)
        assert "</coach question suggestions:" in shown(again)
        csv = shown(await helen.slash(on.channel, "coach question template", format="csv"))
        assert "questions.csv" in csv
        assert "people" in shown(await helen.slash(on.channel, "coach question stats"))

    play(scene)


def test_people_and_answers_are_taken_off_and_let_back(play: Player) -> None:
    async def scene(on: Stage) -> None:
        helen = host(on)
        await on.ada.slash(on.channel, "topics")
        await on.ada.slash(on.channel, "leaderboard")

        off = await helen.slash(
            on.channel, "coach exclude", member=on.ada, reason="a bot, says she"
        )
        assert "Ada is on no leaderboard" in shown(off)
        assert "a bot, says she" in shown(await helen.slash(on.channel, "coach exclude"))
        assert "Ada" in shown(await helen.slash(on.channel, "coach include"))
        answers = await helen.slash(on.channel, "coach exclude", member=on.ada, answers=True)
        assert "Ada has answered no daily question" in shown(answers)
        assert "'9'" in shown(await helen.slash(on.channel, "coach exclude", answer=9))
        back = await helen.slash(on.channel, "coach include", name="Ada")
        assert "Ada is on the leaderboards again" in shown(back)
        log = shown(await helen.slash(on.channel, "coach audit", page=1))
        assert "Ada excluded from the leaderboards" in log
        assert "Ada let back" in log

    play(scene)


def test_rules_flags_and_appeals_take_native_options(play: Player) -> None:
    async def scene(on: Stage) -> None:
        helen = host(on)
        rules = shown(await helen.slash(on.channel, "coach rules", staff="on", keep="90"))
        assert "ranked like everybody" in rules
        assert "90 days" in rules
        assert "2027" in shown(await helen.slash(on.channel, "coach rules", season="2027-01-01"))

        await on.ada.slash(on.channel, "ask", about="drift")
        await on.ada.slash(on.channel, "flag", words="unclear What is a target?")
        assert "</coach flags:" in shown(await helen.slash(on.channel, "coach flags"))
        assert "Flag 1 is done" in shown(await helen.slash(on.channel, "coach flags", done=1))

        assert "No appeal waits" in shown(await helen.slash(on.channel, "coach appeals"))
        for decision in ("accept", "accept anyway", "decline"):
            refused = await helen.slash(
                on.channel, "coach appeals", decision=decision, number=3, reason="So it is."
            )
            assert "3" in shown(refused)
            assert "</coach appeals:" in shown(refused)
        assert "Too few people" in shown(await helen.slash(on.channel, "coach gaps"))

    play(scene)


def test_who_may_not_is_refused_by_the_core_too(play: Player) -> None:
    async def scene(on: Stage) -> None:
        seen: list[Any] = []
        run = on.client.handling.run

        async def spy(interaction: Any, act: Any, **more: Any) -> None:
            seen.append((user_of(interaction.user), place_of(interaction)))
            await run(interaction, act, **more)

        on.client.handling.run = spy
        await on.ada.slash(on.channel, "topics")

        ((user, place),) = seen
        table = on.client.handling.desk.commands
        for name in FOR_HOSTS:
            with pytest.raises(HostsOnly):
                table[name].run(user, place, "")

    play(scene)


def test_a_button_with_the_words_of_the_core_still_runs_them(play: Player) -> None:
    async def scene(on: Stage) -> None:
        helen = host(on)
        choices = (Choice("Appeals", "appeals"), Choice("Rules", "rules staff on"))
        room = on.client.get_channel(on.channel.id)
        assert isinstance(room, discord.TextChannel)
        await room.send(**Delivery().message(Reply((Paragraph("Look."),), choices=choices)))
        message = on.channel.last_message

        assert "No appeal waits" in shown(await helen.click(message, label="Appeals"))
        assert "ranked like everybody" in shown(await helen.click(message, label="Rules"))
        refused = shown(await on.ada.click(message, label="Appeals"))
        assert "No appeal" not in refused
        assert "host" in refused.lower() or "manage" in refused.lower()

    play(scene)
