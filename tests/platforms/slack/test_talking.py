"""What is said to the coach on Slack, and what is not meant for it."""

import threading
from datetime import timedelta

import pytest

from bot.core.daily.post import PostState
from bot.platforms.slack.people import account
from tests.builders import a_post, a_study_channel
from tests.core.samples import DRIFT
from tests.platforms.slack.conftest import Json, Office, words_of
from tests.platforms.slack.emulator.state import BOT_USER, TEAM

ANSWER = "The relationship between the inputs and the target changes."
ME = f"<@{BOT_USER}>"


@pytest.fixture
def post(office: Office) -> int:
    """A daily question in the channel; another one is what Ada was asked last."""
    message = office.slack.post(office.channel, {"text": "What is concept drift?"})
    with office.unit_of_work() as uow:
        channel = a_study_channel(uow, "slack", TEAM, office.channel)
        closes = office.clock.at + timedelta(hours=5)
        stored = a_post(
            uow,
            channel,
            state=PostState.SENT,
            question_id=DRIFT,
            message_id=message["ts"],
            closes_at=closes,
        )
        uow.commit()
    office.asked("ask monitoring")
    return stored.id


def thread(office: Office) -> str:
    """What the thread below the daily question goes by."""
    return str(next(iter(office.slack.messages[office.channel])))


def private(office: Office) -> list[str]:
    messages = office.slack.messages[office.slack.dm(office.ada)].values()
    return [words_of(each.get("blocks")) for each in messages if "bot_id" in each]


def test_an_edited_mention_does_nothing_again(office: Office) -> None:
    office.slack.say(office.ada, office.channel, f"{ME} ask concept-drift")
    office.settled()
    before = len(office.slack.messages[office.channel])
    edited = {"user": office.ada, "ts": "1700000001.000200"}
    office.slack.say(office.ada, office.channel, f"{ME} ask concept-drift now", edited=edited)
    office.settled()
    assert len(office.slack.messages[office.channel]) == before + 1  # only what Ada wrote
    assert office.slack.ephemeral == []


@pytest.mark.parametrize(
    "praise",
    [
        "great job today",
        "thanks, that was really helpful",
        "good morning everyone",
        "you are the best bot I know of",
    ],
)
def test_praise_by_mention_is_answered_to_one_alone(office: Office, praise: str) -> None:
    office.slack.say(office.ada, office.channel, f"{ME} {praise}")
    office.settled()
    assert len(office.slack.messages[office.channel]) == 1
    assert {each["user"] for each in office.slack.ephemeral} == {office.ada}


def test_what_has_no_plain_words_gets_a_friendly_line(office: Office) -> None:
    dm = office.slack.dm(office.ada)
    written = {"type": "message", "channel": dm, "channel_type": "im", "user": office.ada}
    wordless: tuple[Json, ...] = (
        {"files": [{"id": "F1"}]},
        {"subtype": "me_message", "text": "waves"},
        {"subtype": "file_share", "files": [{"id": "F2"}]},
        {"attachments": [{"is_share": True, "text": "What somebody else said."}]},
    )
    for number, more in enumerate(wordless):
        office.slack.event({**written, "ts": f"1.{number}", "text": "", **more})
    office.settled()
    assert [said.startswith("I read plain text only") for said in private(office)] == [True] * 4
    assert office.attempts == []


def test_a_mention_with_nothing_but_a_file_is_answered_to_one_alone(office: Office) -> None:
    office.slack.say(office.ada, office.channel, ME, files=[{"id": "F1"}])
    office.settled()
    assert len(office.slack.messages[office.channel]) == 1
    (said,) = office.slack.ephemeral
    assert said["user"] == office.ada
    assert words_of(said["blocks"]).startswith("I read plain text only")


def test_an_answer_in_the_thread_of_the_daily_question_is_heard_by_a_mention(
    office: Office, post: int
) -> None:
    office.slack.say(office.ada, office.channel, f"{ME} {ANSWER}", thread_ts=thread(office))
    office.settled()
    (attempt,) = office.attempts
    assert (attempt.question_id, attempt.answer) == (DRIFT, ANSWER)
    with office.unit_of_work() as uow:
        assert [each.id for each in uow.attempts.of_post(post)] == [attempt.id]
    assert len(office.slack.messages[office.channel]) == 2
    assert "70 %" in words_of(office.slack.ephemeral[-1]["blocks"])


@pytest.mark.parametrize(
    "answer",
    [
        "A model gets worse because the inputs mean something else now.",
        "As the relationship between inputs and target changes, predictions get worse.",
        "Skip connections have nothing to do with it, the relationship changes.",
    ],
)
def test_an_answer_in_the_thread_may_begin_like_the_name_of_a_command(
    office: Office, post: int, answer: str
) -> None:
    office.slack.say(office.ada, office.channel, f"{ME} {answer}", thread_ts=thread(office))
    office.settled()
    with office.unit_of_work() as uow:
        assert [each.answer for each in uow.attempts.of_post(post)] == [answer]


@pytest.mark.usefixtures("post")
def test_small_talk_in_the_thread_is_asked_about_and_to_one_alone(office: Office) -> None:
    said = f"{ME} thanks, what does that mean?"
    office.slack.say(office.ada, office.channel, said, thread_ts=thread(office))
    office.settled()
    assert office.attempts == []
    assert len(office.slack.messages[office.channel]) == 2
    (asked,) = office.slack.ephemeral
    assert asked["user"] == office.ada
    assert words_of(asked["blocks"]).startswith("Shall I grade this")


def test_small_talk_in_private_is_graded_only_by_its_button(office: Office) -> None:
    office.asked()
    office.slack.say(office.ada, office.slack.dm(office.ada), "ok, and when do I get my score")
    office.settled()
    assert office.attempts == []
    (asked,) = private(office)
    assert asked.startswith("Shall I grade this")
    assert "Yes, grade it\nNo, forget it" in asked


def test_thanks_for_a_grade_are_met_in_kind(office: Office) -> None:
    office.asked()
    for text in (ANSWER, "thanks, you are great"):
        office.slack.say(office.ada, office.slack.dm(office.ada), text)
        office.settled()
    assert private(office)[-1].startswith("Happy to help")
    assert len(office.attempts) == 1


@pytest.mark.parametrize("way", ["button", "command", "direct message"])
def test_what_was_held_is_graded_by_the_threads_that_grade(office: Office, way: str) -> None:
    names: list[str] = []
    office.grader.meanwhile = lambda: names.append(threading.current_thread().name)
    office.asked()
    office.slack.say(office.ada, office.slack.dm(office.ada), "ok, and when do I get my score")
    office.settled()
    if way == "button":
        *_, asked = office.slack.messages[office.slack.dm(office.ada)].values()
        elements = (each for block in asked["blocks"] for each in block.get("elements") or ())
        yes = next(each["action_id"] for each in elements if each.get("value") == "grade 1")
        office.slack.click(office.ada, asked, yes)
    elif way == "command":
        office.asked("grade 1")
    else:
        office.slack.say(office.ada, office.slack.dm(office.ada), "grade 1")
    office.settled()
    assert len(office.attempts) == 1
    assert [name.startswith("slack-slow") for name in names] == [True]


@pytest.mark.usefixtures("post")
def test_a_hint_in_the_thread_is_about_the_question_there(office: Office) -> None:
    office.slack.say(office.ada, office.channel, f"{ME} hint", thread_ts=thread(office))
    office.settled()
    with office.unit_of_work() as uow:
        learner = uow.learners.find(account(TEAM, office.ada))
        assert learner is not None
        latest = uow.asks.latest(learner.id)
    assert latest is not None
    assert (latest.question_id, latest.hints) == (DRIFT, 1)


@pytest.mark.usefixtures("post")
def test_a_command_in_the_thread_is_no_answer(office: Office) -> None:
    office.slack.say(office.ada, office.channel, f"{ME} progress", thread_ts=thread(office))
    office.settled()
    assert office.attempts == []


def test_ones_own_message_is_graded_by_the_shortcut_once(office: Office, post: int) -> None:
    office.slack.say(office.ada, office.channel, ANSWER, thread_ts=thread(office))
    office.settled()
    *_, message = office.slack.messages[office.channel].values()
    office.slack.shortcut(office.bob, "coach:grade_message", message)
    office.settled()
    assert office.attempts == []
    assert "messages you wrote yourself" in words_of(office.slack.responses[-1]["blocks"])
    office.slack.shortcut(office.ada, "coach:grade_message", message)
    office.settled()
    with office.unit_of_work() as uow:
        (attempt,) = uow.attempts.of_post(post)
    assert (attempt.question_id, attempt.answer) == (DRIFT, ANSWER)
    assert "70 %" in words_of(office.slack.responses[-1]["blocks"])
