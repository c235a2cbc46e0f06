"""Windows of commands: an appeal, a flag and a suggestion are filled in, not typed."""

from typing import Any

import pytest

from bot.core.flags.model import FlagKind
from bot.core.own_questions.model import OwnState
from tests.core.appeals.fixtures import Reader
from tests.core.samples import DRIFT
from tests.platforms.discord.stage import House, Stage, labels, shown
from tests.platforms.discord.test_practice import Player

ANSWER = "The relationship between inputs and target changes. Then a model has to be trained again."
POINTS = (
    "A share of missing values a feature shows it.\n"
    "The share is compared with that of training.\n"
    "An alert names the feature and who owns it."
)
SUGGESTED = {
    "topic": ["Monitoring and drift"],
    "question": "How do you notice | that a feature has stopped arriving?",
    "points": POINTS,
}


@pytest.fixture(autouse=True)
def strict(house: House) -> None:
    """A grader that leaves points to be appealed."""
    house.grader = Reader()


def control(window: Any, name: str) -> dict[str, Any]:
    """A control of a window, by its name."""
    spec: dict[str, Any] = window.modal
    found = (each.get("component") or {} for each in spec["components"])
    return next(each for each in found if each.get("custom_id") == name)


async def graded(on: Stage, person: Any = None) -> Any:
    """What somebody sees when their answer is graded."""
    person = person or on.ada
    asked = await person.slash(on.channel, "ask", about="drift")
    return await on.answers(person, asked.response, ANSWER)


def test_the_button_under_feedback_appeals_that_very_answer(play: Player):
    async def scene(on: Stage) -> None:
        feedback = await graded(on)
        await on.answers(
            on.ada, (await on.ada.slash(on.channel, "ask", about="deployment")).response, "Slowly."
        )
        more = await on.ada.click(feedback.response, label="Details")
        window = await on.ada.click(more.response, label="Appeal")
        await on.restart()
        point = control(window, "point")["options"][0]["value"]
        sent = await on.ada.submit_modal(window, {"point": [point], "sentence": ["2"]})

        assert "is with the hosts" in shown(sent)
        with on.house.reader.features.unit_of_work() as uow:
            (appeal,) = uow.appeals.open_of(1)
        assert (appeal.question_id, appeal.point_id) == (DRIFT, point)
        assert appeal.sentence == "Then a model has to be trained again."
        back = await on.ada.click(sent.response, label="Take it back")
        assert "is withdrawn" in shown(back)

    play(scene)


def test_a_part_of_the_answer_that_is_no_sentence_is_copied(play: Player):
    async def scene(on: Stage) -> None:
        await graded(on)
        window = await on.ada.slash(on.channel, "appeal")
        point = control(window, "point")["options"][0]["value"]
        offered = control(window, "sentence")["options"]
        assert offered[-1]["label"] == "Somewhere else"

        chosen = {"point": [point], "sentence": [offered[-1]["value"]]}
        nothing = await on.ada.submit_modal(window, chosen)
        assert "Which part of your answer makes the point?" in shown(nothing)
        again = await on.ada.click(nothing.response, label="Edit and send again")
        wrong = await on.ada.submit_modal(again, chosen | {"words": "what I meant to say"})
        assert "can't find those exact words" in shown(wrong)
        assert "what I meant to say" in shown(wrong)
        again = await on.ada.click(wrong.response, label="Edit and send again")
        assert control(again, "words")["value"] == "what I meant to say"
        copied = await on.ada.submit_modal(again, chosen | {"words": "relationship between inputs"})

        assert "is with the hosts" in shown(copied)
        assert "relationship between inputs" in shown(copied)

    play(scene)


def test_who_has_nothing_to_appeal_is_told_before_they_write(play: Player):
    async def scene(on: Stage) -> None:
        assert "nothing to appeal" in shown(await on.ada.slash(on.channel, "appeal"))
        assert "nothing to flag" in shown(await on.ada.slash(on.channel, "flag"))
        alone = await on.ada.user.slash("suggest")
        assert alone.modal is None
        assert "server" in shown(alone) or "channel" in shown(alone)

    play(scene)


def test_a_flag_is_about_the_answer_below_which_the_button_stands(play: Player):
    async def scene(on: Stage) -> None:
        feedback = await graded(on)
        more = await on.ada.click(feedback.response, label="Details")
        await on.ada.slash(on.channel, "ask", about="deployment")
        window = await on.ada.click(more.response, label="Flag this question")
        assert "concept drift" in str(window.modal)
        told = await on.ada.submit_modal(
            window, {"kind": ["outdated"], "remark": "The @everyone paper\nwas withdrawn."}
        )

        assert "Thanks" in shown(told)
        with on.house.reader.features.unit_of_work() as uow:
            flag = uow.flags.open_one(1, DRIFT)
        assert flag is not None
        assert (flag.kind, flag.words) == (FlagKind.OUTDATED, "The @everyone paper was withdrawn.")

    play(scene)


def test_a_question_is_suggested_in_a_window_and_edited_where_it_is_not_taken(play: Player):
    async def scene(on: Stage) -> None:
        window = await on.ada.slash(on.channel, "suggest")
        refused = await on.ada.submit_modal(window, SUGGESTED | {"points": "Short.\nToo short."})
        assert "Nothing was added" in shown(refused)
        assert "Point 2: it is too short. Give at least 12 characters" in shown(refused)
        assert "Too short" in shown(refused)
        again = await on.ada.click(refused.response, label="Edit and send again")
        assert control(again, "points")["value"] == "Short.\nToo short."
        taken = await on.ada.submit_modal(again, SUGGESTED | {"anyway": True})

        assert "The hosts will decide" in shown(taken)
        assert "Edit and send again" not in labels(taken.response)
        with on.house.reader.features.unit_of_work() as uow:
            (suggested,) = uow.contributions.of_community(1, OwnState.SUGGESTED)
        assert suggested.draft.prompt == (
            "How do you notice / that a feature has stopped arriving?"
        )

    play(scene)


def test_what_is_typed_whole_needs_no_window(play: Player):
    async def scene(on: Stage) -> None:
        await graded(on)
        assert "Thanks" in shown(await on.ada.slash(on.channel, "flag", remark="Which paper?"))

    play(scene)
