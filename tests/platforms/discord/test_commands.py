"""The commands of the table with what is native: options, files, pictures, confirmation."""

import json
from collections.abc import Callable

from bot.core.practice.model import Attempt
from tests.platforms.discord.stage import Play, Stage, labels, shown
from tests.platforms.discord.test_practice import ANSWER

Player = Callable[[Play], None]


def test_a_topic_is_chosen_while_typing(play: Player):
    async def scene(on: Stage) -> None:
        choices = await on.ada.autocomplete(on.channel, "ask", "about", "concept dr")
        assert choices[0]["value"] == "monitoring/concept-drift"
        assert len(choices) <= 25
        assert {"name": "concept dr", "value": "concept dr"} in choices

        everything = await on.ada.autocomplete(on.channel, "ask", "about", "")
        assert {choice["name"] for choice in everything} >= {"Monitoring and drift"}

    play(scene)


def test_a_zone_is_chosen_by_its_city(play: Player):
    async def scene(on: Stage) -> None:
        choices = await on.ada.autocomplete(on.channel, "settings", "zone", "madr")
        assert choices[0]["value"] == "Europe/Madrid"

        said = shown(
            await on.ada.slash(on.channel, "settings", **{"zone": "Europe/Madrid", "day-starts": 6})
        )

        assert "Madrid" in said
        assert "6" in said

    play(scene)


def test_progress_comes_with_its_picture_and_its_words(play: Player):
    async def scene(on: Stage) -> None:
        asked = await on.ada.slash(on.channel, "ask", about="drift")
        await on.answers(on.ada, asked.response, ANSWER)

        seen = await on.ada.slash(on.channel, "progress")
        assert "1 answer so far" in shown(seen)
        (embed,) = seen.response.embeds
        assert embed.image.url
        in_words = await on.ada.slash(on.channel, "progress", picture=False)
        assert not in_words.response.embeds[0].image.url
        whole = await on.ada.click(in_words.response, label="Details")
        assert "Reviews due" in shown(whole)
        assert "Reviews due" not in shown(seen)
        assert "▰" not in shown(seen)
        assert "▰" in shown(whole)
        every = await on.ada.click(seen.response, label="All topics")
        assert every.response.embeds[0].image.url
        assert "1 answer" in shown(every)
        assert "Strongest" not in shown(every)

    play(scene)


def test_progress_in_a_topic_leads_to_its_next_question(play: Player):
    async def scene(on: Stage) -> None:
        choices = await on.ada.autocomplete(on.channel, "progress", "topic", "observ")
        assert choices[0] == {"name": "Monitoring and drift", "value": "monitoring"}
        asked = await on.ada.slash(on.channel, "ask", about="drift")
        await on.answers(on.ada, asked.response, ANSWER)

        seen = await on.ada.slash(on.channel, "progress", topic="monitoring")
        assert "Question by question" in shown(seen)
        assert seen.response.embeds[0].image.url
        assert labels(seen.response) == ["Ask me about it"]
        in_words = await on.ada.slash(on.channel, "progress", topic="monitoring", picture=False)
        assert not in_words.response.embeds[0].image.url
        drawn = await on.ada.click(in_words.response, label="As a picture")
        assert drawn.response.embeds[0].image.url

        asked = await on.ada.click(seen.response, label="Ask me about it")
        assert "Monitoring and drift" in shown(asked)
        assert "Answer" in labels(asked.response)
        unknown = await on.ada.slash(on.channel, "progress", topic="knitting")
        assert "hyperparameter-tuning" in shown(unknown)

    play(scene)


def test_everything_known_can_be_taken_along(play: Player):
    async def scene(on: Stage) -> None:
        asked = await on.ada.slash(on.channel, "ask", about="drift")
        await on.answers(on.ada, asked.response, ANSWER)

        result = await on.ada.slash(on.channel, "privacy", what="export")

        assert result.ephemeral
        (file,) = result.response.attachments
        assert file.filename.endswith(".json")
        assert ANSWER in json.dumps(json.loads(await file.read()), ensure_ascii=False)

    play(scene)


def test_deleting_is_confirmed_by_a_button(play: Player):
    async def scene(on: Stage) -> None:
        asked = await on.ada.slash(on.channel, "ask", about="drift")
        await on.answers(on.ada, asked.response, ANSWER)

        explained = await on.ada.slash(on.channel, "privacy")
        warned = await on.ada.click(explained.response, label="Delete everything")
        assert "cannot be undone" in shown(warned)
        assert attempts(on)

        done = await on.ada.click(warned.response, label="Delete everything for good")
        assert "Everything I stored about you is deleted" in shown(done)
        assert not attempts(on)

    play(scene)


def attempts(on: Stage) -> tuple[Attempt, ...]:
    return on.house.attempts


def test_an_interview_is_held_to_its_report(play: Player):
    async def scene(on: Stage) -> None:
        shown_now = await on.ada.slash(on.channel, "interview", topics="monitoring", questions=2)
        assert "Question 1 of 2" in shown(shown_now)
        assert labels(shown_now.response) == ["Answer", "Skip"]
        refused = await on.ada.slash(on.channel, "hint")
        assert "interview" in shown(refused)

        second = await on.answers(on.ada, shown_now.response, ANSWER)
        late = await on.answers(on.ada, shown_now.response, "And what I forgot to say before.")
        report = await on.answers(on.ada, second.response, ANSWER)

        assert "Question 2 of 2" in shown(second)
        assert "> And what I forgot to say before." in shown(late)
        assert "Your report card" in shown(report)

    play(scene)


def test_a_command_that_is_unknown_here_still_takes_its_words(play: Player):
    async def scene(on: Stage) -> None:
        await on.ada.slash(on.channel, "ask", about="drift")
        code = shown(await on.ada.slash(on.channel, "link"))

        assert "/link" in code or "</link:" in code
        assert "code" in shown(await on.grace.slash(on.channel, "link", code="NOPE-NOPE"))

    play(scene)


def test_reviews_are_brought_back(play: Player):
    async def scene(on: Stage) -> None:
        nothing = await on.ada.slash(on.channel, "review")
        assert labels(nothing.response)

        asked = await on.ada.slash(on.channel, "ask", about="drift")
        await on.answers(on.ada, asked.response, ANSWER)
        ahead = await on.ada.slash(on.channel, "review", ahead=True)

        assert "Ahead of schedule" in shown(ahead)
        await on.answers(on.ada, ahead.response, ANSWER)
        assert len(on.house.attempts) == 2

    play(scene)


def test_the_grader_tells_of_itself_in_a_few_pages(play: Player):
    async def scene(on: Stage) -> None:
        told = await on.ada.slash(on.channel, "grader")

        assert "How I grade" in shown(told)
        assert labels(told.response)[-1].startswith("More (2/")
        assert int(labels(told.response)[-1][-2]) <= 4

    play(scene)


def test_a_plan_is_made_of_choices_and_says_what_is_on_today(play: Player):
    async def scene(on: Stage) -> None:
        assert "You have no plan yet" in shown(await on.ada.slash(on.channel, "plan"))

        chosen = {"role": "mlops-engineer", "level": "senior", "date": "in 3 weeks"}
        made = await on.ada.slash(on.channel, "plan", **chosen)
        assert "MLOps engineer, difficulty 3 to 5" in shown(made)
        assert "Your interview is in 21 days" in shown(made)
        assert "/ask" in shown(made)
        moved = await on.ada.slash(on.channel, "plan", role="data-scientist", date="Fri, Dec 18")
        assert "Data scientist, difficulty 2 to 4" in shown(moved)
        assert "on 18 Dec 2026" in shown(moved)
        refused = await on.ada.slash(on.channel, "plan", date="someday")
        assert "I cannot tell which day 'someday' is" in shown(refused)
        ended = await on.ada.slash(on.channel, "plan", off=True)
        assert "Your plan has ended." in shown(ended)

    play(scene)
