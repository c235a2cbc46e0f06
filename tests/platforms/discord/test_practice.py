"""Practice on Discord as people see it."""

from collections.abc import Callable

from tests.core.samples import DRIFT
from tests.platforms.discord.stage import Play, Stage, labels, shown, told

Player = Callable[[Play], None]
ANSWER = "The relationship between inputs and target changes."


def test_a_question_is_asked_answered_and_graded_in_private(play: Player):
    async def scene(on: Stage) -> None:
        asked = await on.ada.slash(on.channel, "ask", about="drift")
        assert asked.ephemeral
        assert "What is concept drift" in shown(asked)
        assert labels(asked.response) == ["Answer", "Hint", "Skip"]

        graded = await on.answers(on.ada, asked.response, ANSWER)

        assert graded.ephemeral
        assert "**70 %** · good" in shown(graded)
        assert labels(graded.response) == ["Try again", "Next question", "Details"]
        more = await on.ada.click(graded.response, label="Details")
        assert labels(more.response)[:4] == ["Try again", "Hint", "Reveal", "Next question"]
        assert labels(more.response)[4:] == ["Flag this question"]
        assert "Read:" in shown(more)
        assert "Read:" not in shown(graded)
        (attempt,) = on.house.attempts
        assert (attempt.question_id, attempt.answer) == (DRIFT, ANSWER)

    play(scene)


def test_buttons_and_windows_outlive_the_program(play: Player):
    async def scene(on: Stage) -> None:
        asked = await on.ada.slash(on.channel, "ask", about="drift")
        await on.restart()
        window = await on.ada.click(asked.response, label="Answer")
        await on.restart()
        graded = await on.ada.submit_modal(window, {"answer": ANSWER})
        await on.restart()
        more = await on.ada.click(graded.response, label="Details")
        revealed = await on.ada.click(more.response, label="Reveal")

        assert "70 %" in shown(graded)
        assert "In short" in shown(revealed)
        assert len(on.house.attempts) == 1

    play(scene)


def test_buttons_work_on_the_question_above_them(play: Player):
    async def scene(on: Stage) -> None:
        first = await on.ada.slash(on.channel, "ask", about="drift")
        await on.ada.slash(on.channel, "ask", about="deployment")

        await on.answers(on.ada, first.response, ANSWER)

        assert [attempt.question_id for attempt in on.house.attempts] == [DRIFT]

    play(scene)


def test_two_people_do_not_get_into_each_others_way(play: Player):
    async def scene(on: Stage) -> None:
        hers = await on.ada.slash(on.channel, "ask", about="drift")
        theirs = await on.grace.slash(on.channel, "ask", about="deployment")

        await on.answers(on.ada, hers.response, ANSWER)
        await on.answers(on.grace, theirs.response, "It is rolled out step by step.")

        assert len({attempt.learner_id for attempt in on.house.attempts}) == 2
        assert on.house.attempts[0].answer == ANSWER

    play(scene)


def test_a_rejected_answer_comes_back_to_be_edited(play: Player):
    async def scene(on: Stage) -> None:
        asked = await on.ada.slash(on.channel, "ask", about="drift")

        refused = await on.answers(on.ada, asked.response, "... !!! ...")
        assert "I found no words in that answer" in shown(refused)
        assert "> ... !!! ..." in shown(refused)

        window = await on.ada.click(refused.response, label="Edit my answer")
        (field,) = [row["component"] for row in window.modal["components"]]
        assert field["value"] == "... !!! ..."
        graded = await on.ada.submit_modal(window, {"answer": ANSWER})
        assert "70 %" in shown(graded)

    play(scene)


def test_an_answer_to_what_was_skipped_is_given_back(play: Player):
    async def scene(on: Stage) -> None:
        asked = await on.ada.slash(on.channel, "ask", about="drift")
        await on.ada.click(asked.response, label="Skip")

        refused = await on.answers(on.ada, asked.response, ANSWER)

        assert "You have no open question" in shown(refused)
        assert "> The relationship between inputs" in shown(refused)

    play(scene)


def test_an_answer_may_be_written_in_private(play: Player):
    async def scene(on: Stage) -> None:
        await on.ada.slash(on.channel, "ask", about="drift")

        await on.ada.send_dm(ANSWER)

        assert "70 %" in told(on.ada.user.dm_channel.last_message)

    play(scene)


def test_hints_and_the_reference_are_for_the_one_who_asks(play: Player):
    async def scene(on: Stage) -> None:
        asked = await on.ada.slash(on.channel, "ask", about="drift")
        hint = await on.ada.click(asked.response, label="Hint")
        typed = await on.ada.slash(on.channel, "hint")

        assert hint.ephemeral
        assert typed.ephemeral
        assert shown(hint) != shown(typed)

    play(scene)


def test_a_long_list_is_turned_over(play: Player):
    async def scene(on: Stage) -> None:
        listed = await on.ada.slash(on.channel, "topics", topic="nlp-and-llms")
        first = shown(listed)
        more = labels(listed.response)[-1]
        assert more.startswith("More (2/")

        await on.ada.click(listed.response, label=more)
        assert shown(listed) != first
        back = next(each for each in labels(listed.response) if each.startswith("Back"))
        await on.ada.click(listed.response, label=back)
        assert shown(listed) == first

        await on.restart()
        await on.ada.click(listed.response, label=more)
        assert shown(listed) != first
        assert any(each.startswith("Back") for each in labels(listed.response))

    play(scene)


def test_help_lists_every_command_to_click_on(play: Player):
    async def scene(on: Stage) -> None:
        told_now = shown(await on.ada.slash(on.channel, "help"))

        menus = {"Grade this as my answer"}  # chosen from a message, not typed
        for name, number in on.client.handling.delivery.commands.items():
            hidden = name.startswith("coach ") or name in menus
            assert (f"</{name}:{number}>" in told_now) is not hidden
        assert {"ask", "review", "interview", "settings", "privacy", "progress"} <= set(
            on.client.handling.delivery.commands
        )

    play(scene)


def test_what_goes_wrong_inside_is_answered_with_a_reference(play: Player, caplog):
    async def scene(on: Stage) -> None:
        asked = await on.ada.slash(on.channel, "ask", about="drift")
        on.house.grader.outcomes = (RuntimeError("a secret of the machine"),)

        sorry = await on.answers(on.ada, asked.response, ANSWER)

        assert "Something went wrong on my side" in shown(sorry)
        assert "secret" not in shown(sorry)
        reference = shown(sorry).split("reference ")[1][:6]
        assert reference in caplog.text
        assert ANSWER not in caplog.text

    play(scene)


def test_a_private_message_with_nothing_but_a_file_gets_a_friendly_line(play: Player):
    async def scene(on: Stage) -> None:
        files, me = [("answer.png", b"png")], on.client.user
        assert me is not None
        dm = on.ada.user.dm_channel
        sent = on.env.backend.store_attachments(dm.id, files)
        await on.ada.user.send_dm("", attachments=sent)
        assert told(dm.last_message).startswith("I read plain text only")
        message = await on.ada.send(on.channel, f"<@{me.id}>", attachments=files)
        assert on.channel.last_message.id == message.id
        assert told(on.ada.user.dm_channel.last_message).startswith("I read plain text only")
        assert on.house.attempts == ()

    play(scene)


def test_small_talk_in_private_is_graded_only_by_its_button(play: Player):
    async def scene(on: Stage) -> None:
        await on.ada.slash(on.channel, "ask", about="drift")
        await on.ada.send_dm("thanks, what does that mean?")
        asked = on.ada.user.dm_channel.last_message
        assert "Shall I grade this" in told(asked)
        assert "/grade" not in told(asked)
        assert on.house.attempts == ()

        assert labels(asked) == ["Hint", "Yes, grade it", "No, forget it"]
        ids = [each.custom_id for row in asked.components for each in row.children]
        assert ids[1:] == ["v1:run:grade 1", "v1:run:grade 1 no"]

    play(scene)


def test_thanks_for_a_grade_in_private_are_met_in_kind(play: Player):
    async def scene(on: Stage) -> None:
        await on.ada.slash(on.channel, "ask", about="drift")
        await on.ada.send_dm(ANSWER)
        await on.ada.send_dm("thanks, good night!")
        assert told(on.ada.user.dm_channel.last_message).startswith("Happy to help")
        assert len(on.house.attempts) == 1

    play(scene)


def test_a_wish_in_private_is_granted(play: Player):
    async def scene(on: Stage) -> None:
        await on.ada.slash(on.channel, "ask", about="drift")
        await on.ada.send_dm("skip this one please")
        assert "Skipped" in told(on.ada.user.dm_channel.last_message)
        assert on.house.attempts == ()

    play(scene)


def test_a_refusal_in_an_interview_offers_ways_out_that_work(play: Player):
    async def scene(on: Stage) -> None:
        await on.ada.slash(on.channel, "interview", questions=2)
        refused = await on.ada.slash(on.channel, "ask", about="drift")
        assert labels(refused.response) == ["Go on", "Pause it", "Stop and report"]
        paused = await on.ada.click(refused.response, label="Pause it")
        assert "the clock has stopped" in shown(paused)
        resumed = await on.ada.click(paused.response, label="Go on")
        assert "Question 1 of 2" in shown(resumed)

    play(scene)
