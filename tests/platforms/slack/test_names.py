"""Who is meant and how they are called, also of those who only ever use forms."""

from datetime import timedelta

import pytest

from bot.core.daily.post import PostState
from bot.platforms.slack.people import account
from tests.builders import a_post
from tests.platforms.slack.conftest import Json, Office, words_of
from tests.platforms.slack.emulator.state import BOT_USER, TEAM
from tests.platforms.slack.test_home import set_up

ANSWER = "The relationship between the inputs and the target changes."


@pytest.fixture
def host(office: Office) -> str:
    return office.slack.user("grace", admin=True)


@pytest.fixture
def post(office: Office, host: str) -> Json:
    """A daily question in the channel, as everybody sees it."""
    set_up(office, host)
    with office.unit_of_work() as uow:
        (plan,) = uow.plans.active(["slack"])
        message_id = next(iter(office.slack.messages[office.channel]))
        a_post(
            uow,
            plan.channel_id,
            state=PostState.SENT,
            question_id="monitoring/concept-drift",
            message_id=message_id,
            closes_at=office.clock.at + timedelta(hours=5),
        )
        uow.commit()
    return office.asked("daily", host)


def answered_by_form(office: Office, post: Json) -> None:
    """Bob, of whom nobody has heard, answers by the button and says nothing else, ever."""
    office.slack.click(office.bob, post, "coach:answer")
    office.settled()
    office.slack.submit(office.bob, office.form(office.bob), field=ANSWER)
    office.settled()


def name_of(office: Office) -> str:
    with office.unit_of_work() as uow:
        learner = uow.learners.find(account(TEAM, office.bob))
        community = uow.communities.find("slack", TEAM)
        assert learner is not None
        assert community is not None
        member = uow.memberships.get(community.id, learner.id)
    assert member is not None
    return member.display_name


def test_who_only_uses_forms_has_the_name_of_their_profile(office: Office, post: Json) -> None:
    office.slack.users[office.bob]["profile"]["display_name"] = "Bob of the Night Shift"
    answered_by_form(office, post)
    assert name_of(office) == "Bob of the Night Shift"


@pytest.mark.parametrize("way", ["mention", "own message"])
@pytest.mark.usefixtures("post")
def test_who_answers_in_the_thread_alone_has_the_name_of_their_profile(
    office: Office, way: str
) -> None:
    office.slack.users[office.bob]["profile"]["display_name"] = "Bob of the Night Shift"
    thread = next(iter(office.slack.messages[office.channel]))
    said = ANSWER if way == "own message" else f"<@{BOT_USER}> {ANSWER}"
    office.slack.say(office.bob, office.channel, said, thread_ts=thread)
    if way == "own message":
        *_, message = office.slack.messages[office.channel].values()
        office.slack.shortcut(office.bob, "coach:grade_message", message)
    office.settled()
    assert len(office.attempts) == 1
    assert name_of(office) == "Bob of the Night Shift"


def test_who_cannot_be_looked_up_has_their_handle_at_least(office: Office, post: Json) -> None:
    office.slack.fault("users.info", "ratelimited", 100, 3600)
    answered_by_form(office, post)
    assert name_of(office) == "bob"


@pytest.mark.parametrize("way", ["command", "mention", "message"])
def test_a_host_means_a_member_by_mentioning_them(
    office: Office, host: str, post: Json, way: str
) -> None:
    answered_by_form(office, post)
    typed = f"exclude <@{office.bob}|bob>, R &amp; D only"
    if way == "command":
        said = words_of(office.asked(typed, host)["blocks"])
    elif way == "mention":
        office.slack.say(host, office.channel, f"<@{BOT_USER}> exclude <@{office.bob}>")
        office.settled()
        said = words_of(office.slack.ephemeral[-1]["blocks"])
    else:
        office.slack.say(host, office.slack.dm(host), f"exclude <@{office.bob}|bob>")
        office.settled()
        *_, last = office.slack.messages[office.slack.dm(host)].values()
        said = words_of(last["blocks"])
    assert "Bob no longer appears on the leaderboards here" in said
    if way == "command":
        listed = words_of(office.asked("exclude", host)["blocks"])
        assert "R & D only" in listed


def test_a_mention_in_an_answer_is_read_as_a_name(office: Office) -> None:
    office.asked()
    office.asked(f"answer {ANSWER} As <@{office.bob}|bob> says.")
    assert office.attempts[-1].answer == f"{ANSWER} As @bob says."
