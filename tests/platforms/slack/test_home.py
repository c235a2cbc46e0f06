"""The Home tab and the set-up of a channel, as learners and hosts use them."""

from datetime import timedelta

import pytest

from bot.core.daily.post import PostState
from bot.platforms.slack.people import account
from knowledge.bank import QuestionBank
from tests.builders import a_post
from tests.platforms.slack.checks import faults_of_view
from tests.platforms.slack.conftest import Json, Office, words_of
from tests.platforms.slack.emulator.state import TEAM

ANSWER = "The relationship between the inputs and the target changes."


def home_of(office: Office, user: str) -> Json:
    office.slack.open_home(user)
    office.settled()
    return office.slack.home[user]


def button(view: Json, label: str) -> str:
    """The action_id of the button with this label."""
    elements = [each for block in view["blocks"] for each in block.get("elements") or []]
    return next(e["action_id"] for e in elements if e.get("text", {}) == _plain(label))


def labels(view: Json) -> list[str]:
    """What stands on the buttons, in their order."""
    elements = [each for block in view["blocks"] for each in block.get("elements") or []]
    return [each["text"]["text"] for each in elements if each.get("type") == "button"]


def _plain(label: str) -> Json:
    return {"type": "plain_text", "text": label, "emoji": False}


@pytest.fixture
def host(office: Office) -> str:
    return office.slack.user("grace", admin=True)


def set_up(office: Office, host: str, **entered: object) -> Json:
    office.slack.slash(host, office.channel, "/coach", "setup")
    office.settled()
    form = office.form(host)
    values = {
        "channel": office.channel,
        "time": "08:30",
        "zone": "Europe/Berlin",
        "days": ["0", "2"],
        "topics": ["monitoring"],
        "hours": "12",
    }
    office.slack.submit(host, form, **(values | entered))
    office.settled()
    return form


def test_home_of_somebody_new_says_what_there_is(office: Office) -> None:
    view = home_of(office, office.ada)
    assert faults_of_view(view) == []
    said = words_of(view["blocks"])
    assert "No channel here has a daily question yet" in said
    assert "not answered anything yet" in said
    assert "For hosts" not in said
    assert labels(view)[0] == "Next question"
    assert "Settings" in labels(view)
    assert len(view["blocks"]) <= 8


def test_a_grade_appears_on_a_home_that_is_open(office: Office) -> None:
    home_of(office, office.ada)
    office.asked()
    office.asked(f"answer {ANSWER}")
    office.settled()
    said = words_of(office.slack.home[office.ada]["blocks"])
    assert "70 % on average" in said
    assert "█" not in said, "topics are in the figures, which a button opens"


@pytest.mark.parametrize(
    ("label", "seen"),
    [
        ("All figures", "Your progress"),
        ("What others see", "What others see of you"),
        ("My data", "What I store about you"),
        ("See the last feedback", "70 %"),
        ("Settings", "Your day starts at"),
    ],
)
def test_what_home_folds_opens_beside_it(office: Office, label: str, seen: str) -> None:
    office.asked()
    office.asked(f"answer {ANSWER}")
    view = home_of(office, office.ada)
    office.slack.click(office.ada, view, button(view, label))
    office.settled()
    assert seen in words_of(office.form()["blocks"])


def test_an_older_home_does_not_overwrite_a_newer_one(office: Office) -> None:
    home_of(office, office.ada)
    stale = {"hash": "1.1"}
    event = {"type": "app_home_opened", "user": office.ada, "tab": "home", "view": stale}
    before = office.slack.home[office.ada]
    office.slack.event(event)
    office.settled()
    assert office.slack.home[office.ada] is before


def test_the_messages_tab_publishes_nothing(office: Office) -> None:
    office.slack.event({"type": "app_home_opened", "user": office.ada, "tab": "messages"})
    office.settled()
    assert office.slack.home == {}


def test_a_host_sets_up_a_channel_which_hears_what_will_happen(office: Office, host: str) -> None:
    form = set_up(office, host)
    said = words_of(form["blocks"])
    assert "08:30" in said
    assert "what will happen" in said
    (test_post,) = office.slack.messages[office.channel].values()
    assert "To take part, press Answer" in words_of(test_post["blocks"])
    with office.unit_of_work() as uow:
        (plan,) = uow.plans.active(["slack"])
    assert plan.schedule.zone == "Europe/Berlin"
    assert plan.schedule.weekdays == {0, 2}
    assert plan.schedule.open_hours == 12
    assert plan.topics == ("monitoring",)


def test_zones_are_suggested_and_the_profile_fills_in_the_own_one(
    office: Office, host: str
) -> None:
    office.slack.slash(host, office.channel, "/coach", "setup")
    office.settled()
    form = office.form(host)
    zone = next(block["element"] for block in form["blocks"] if block["block_id"] == "zone")
    assert zone["initial_option"]["value"] == "Europe/Warsaw"
    assert "Europe/Berlin" in [each["value"] for each in office.slack.suggest(host, form, "berl")]


def entered(form: Json, name: str) -> Json:
    """The element of a field."""
    return next(b["element"] for b in form["blocks"] if b["element"]["action_id"] == name)


def test_the_form_shows_what_is_set_up_in_the_channel_that_is_chosen(
    office: Office, host: str
) -> None:
    set_up(office, host, level="2-4", discussion=["yes"])
    other = office.slack.channel("other")
    office.slack.slash(host, other, "/coach", "setup")
    office.settled()
    form = office.form(host)
    assert entered(form, "time")["initial_time"] == "09:00"

    office.slack.choose(host, form, "coach:channel", office.channel)
    office.settled()

    assert faults_of_view(form) == []
    assert entered(form, "time")["initial_time"] == "08:30"
    assert entered(form, "zone")["initial_option"]["value"] == "Europe/Berlin"
    days = [each["value"] for each in entered(form, "days")["initial_options"]]
    assert days == ["0", "2"]
    assert entered(form, "hours")["initial_value"] == "12"
    assert entered(form, "level")["initial_value"] == "2-4"
    assert "initial_options" in entered(form, "discussion")
    assert entered(form, "coach:channel")["initial_conversation"] == office.channel


def test_a_role_fills_in_topics_and_difficulty_and_leaves_the_rest(
    office: Office, host: str, bank: QuestionBank
) -> None:
    office.slack.slash(host, office.channel, "/coach", "setup")
    office.settled()
    form = office.form(host)
    fields = {block["block_id"] for block in form["blocks"]}
    role = entered(form, "coach:role")
    assert [each["text"]["text"] for each in role["options"]] == [t.title for t in bank.tracks]
    track = bank.tracks[1]

    office.slack.choose(host, form, "coach:role", track.id)
    office.settled()

    assert faults_of_view(form) == []
    topics = [each["value"] for each in entered(form, "topics")["initial_options"]]
    assert topics == list(track.topics)
    assert entered(form, "level")["initial_value"] == f"{track.easiest}-{track.hardest}"
    kept = {block["block_id"] for block in form["blocks"]} & fields
    assert len(kept) == len(fields) - 2, "what was typed elsewhere stays"
    assert entered(form, "coach:channel")["initial_conversation"] == office.channel


@pytest.mark.parametrize("filled_in", [False, True], ids=["sent at once", "changed afterwards"])
def test_a_role_holds_unless_its_topics_were_changed(
    office: Office, host: str, bank: QuestionBank, *, filled_in: bool
) -> None:
    track = bank.tracks[1]
    office.slack.slash(host, office.channel, "/coach", "setup")
    office.settled()
    form = office.form(host)
    if filled_in:
        office.slack.choose(host, form, "coach:role", track.id)
        office.settled()
    values = {"channel": office.channel, "time": "08:30", "zone": "Europe/Berlin", "days": ["0"]}
    chosen = {"coach:role": track.id, "topics": ["monitoring"], "hours": "12", "level": "2"}
    office.slack.submit(host, form, **values, **chosen)
    office.settled()

    with office.unit_of_work() as uow:
        (plan,) = uow.plans.active(["slack"])
    if filled_in:
        assert (plan.topics, plan.easiest, plan.hardest) == (("monitoring",), 2, 2)
    else:
        assert plan.topics == tuple(track.topics)
        assert (plan.easiest, plan.hardest) == (track.easiest, track.hardest)


def test_a_level_that_does_not_fit_is_refused_beside_its_field(office: Office, host: str) -> None:
    form = set_up(office, host, level="hard")
    assert form["callback_id"] == "coach:set_up"
    refused = office.slack.submit(
        host,
        form,
        channel=office.channel,
        time="09:00",
        zone="Europe/Berlin",
        days=["0"],
        topics=[],
        hours="24",
        level="7-9",
    )
    assert set(refused.body["errors"]) == {"level"}
    with office.unit_of_work() as uow:
        assert uow.plans.active(["slack"]) == ()


def test_a_set_up_that_does_not_fit_keeps_the_form(office: Office, host: str) -> None:
    form = set_up(office, host, hours="a day")
    assert form["callback_id"] == "coach:set_up"
    with office.unit_of_work() as uow:
        assert uow.plans.active(["slack"]) == ()


def test_a_channel_without_the_coach_is_set_up_and_told_how_to_invite(
    office: Office, host: str
) -> None:
    office.slack.channels[office.channel]["is_member"] = False
    assert "/invite @coach" in words_of(set_up(office, host)["blocks"])


def test_only_hosts_see_the_form_for_a_set_up(office: Office) -> None:
    assert "for the hosts of this community" in words_of(office.asked("setup")["blocks"])
    assert office.slack.calls("views.open") == []


def test_who_is_host_no_longer_when_they_send_the_form_sets_up_nothing(
    office: Office, host: str
) -> None:
    office.slack.slash(host, office.channel, "/coach", "setup")
    office.settled()
    office.slack.users[host]["is_admin"] = False
    office.platform.people.forget(TEAM, host)
    form = office.form(host)
    values = {"channel": office.channel, "time": "08:30", "zone": "UTC", "days": ["0"]}
    office.slack.submit(host, form, **values, hours="12")
    office.settled()
    assert "for the hosts of this community" in words_of(form["blocks"])
    with office.unit_of_work() as uow:
        assert uow.plans.active(["slack"]) == ()


def test_a_host_runs_channels_from_home(office: Office, host: str) -> None:
    set_up(office, host)
    view = home_of(office, host)
    assert faults_of_view(view) == []
    assert "For hosts" in words_of(view["blocks"])
    assert words_of(view["blocks"]).startswith("For hosts"), "hosts come first for hosts"
    office.slack.click(host, view, button(view, "#ml-interviews"))
    office.settled()
    status = office.form(host)
    assert "08:30" in words_of(status["blocks"])
    office.slack.click(host, status, button(status, "Pause"))
    office.settled()
    with office.unit_of_work() as uow:
        assert uow.plans.active(["slack"]) == ()
    office.slack.click(host, view, button(view, "#ml-interviews"))
    office.settled()
    status = office.form(host)
    office.slack.click(host, status, button(status, "Resume"))
    office.settled()
    with office.unit_of_work() as uow:
        assert len(uow.plans.active(["slack"])) == 1
    office.slack.click(host, view, "coach:set_up")
    office.settled()
    assert office.form(host)["callback_id"] == "coach:set_up"


def test_todays_question_is_on_home_and_answered_from_its_post(office: Office, host: str) -> None:
    set_up(office, host)
    with office.unit_of_work() as uow:
        (plan,) = uow.plans.active(["slack"])
        post = a_post(
            uow,
            plan.channel_id,
            state=PostState.SENT,
            question_id="monitoring/concept-drift",
            closes_at=office.clock.at + timedelta(hours=5),
        )
        uow.commit()
    view = home_of(office, office.ada)
    said = words_of(view["blocks"])
    assert "What is concept drift" in said
    assert "You have not answered it yet" in said
    assert "Next question" not in labels(view), "today has one button"
    assert labels(view)[0] == "Today's question"
    office.asked("daily")
    office.slack.click(office.ada, office.slack.responses[-1], "coach:answer")
    office.settled()
    office.slack.submit(office.ada, office.form(), field=ANSWER)
    office.settled()
    with office.unit_of_work() as uow:
        assert uow.posts.answered(post.id) == 1
    assert "You answered it: 70 %" in words_of(office.slack.home[office.ada]["blocks"])


def stored(office: Office, user: str) -> bool:
    with office.unit_of_work() as uow:
        return uow.learners.find(account(TEAM, user)) is not None


def test_what_is_stored_is_taken_along_and_deleted_by_buttons_of_home_alone(
    office: Office,
) -> None:
    office.asked("ask concept-drift")
    office.asked(f"answer {ANSWER}")
    view = home_of(office, office.ada)
    office.slack.click(office.ada, view, button(view, "Show the picture here"))
    office.settled()
    view = office.slack.home[office.ada]
    (picture,) = [block for block in view["blocks"] if block["type"] == "image"]

    office.slack.click(office.ada, view, button(view, "My data"))
    office.settled()
    data = office.form()
    office.slack.click(office.ada, data, button(data, "Export everything"))
    office.settled()
    *_, export = office.slack.files.values()
    assert export["channel"] == office.slack.dm(office.ada)
    assert ANSWER in export["data"].decode()

    office.slack.click(office.ada, view, button(view, "My data"))
    office.settled()
    data = office.form()
    office.slack.click(office.ada, data, button(data, "Delete everything"))
    office.settled()
    confirm = office.form()
    assert stored(office, office.ada)
    office.slack.click(office.ada, confirm, button(confirm, "Delete everything for good"))
    office.settled()
    assert "Everything I stored about you is deleted" in words_of(confirm["blocks"])

    after = office.slack.home[office.ada]
    assert [block for block in after["blocks"] if block["type"] == "image"] == []
    assert picture["slack_file"]["id"] not in office.slack.files
    assert "not answered anything yet" in words_of(after["blocks"])
    assert not stored(office, office.ada), "looking at Home registers nobody"


def mentioning(*elements: Json) -> Json:
    """What stands in a field for rich text."""
    section = {"type": "rich_text_section", "elements": list(elements)}
    return {"type": "rich_text", "elements": [section]}


GROUP = {"type": "usergroup", "usergroup_id": "S0123ML"}


def test_a_user_group_is_mentioned_that_was_chosen_by_its_name(office: Office, host: str) -> None:
    form = set_up(office, host, group=mentioning(GROUP, {"type": "text", "text": " "}))
    assert "S0123ML" in words_of(form["blocks"])
    with office.unit_of_work() as uow:
        (plan,) = uow.plans.active(["slack"])
    assert plan.ping_role == "S0123ML"

    office.slack.slash(host, office.channel, "/coach", "setup")
    office.settled()
    again = office.form(host)
    assert faults_of_view(again) == []
    assert entered(again, "group")["initial_value"] == mentioning(GROUP)
    set_up(office, host)
    with office.unit_of_work() as uow:
        assert uow.plans.active(["slack"])[0].ping_role == ""


@pytest.mark.parametrize(
    "typed", [{"type": "text", "text": "@ml-team"}, {"type": "user", "user_id": "U1"}]
)
def test_what_is_no_user_group_is_refused_beside_its_field(
    office: Office, host: str, typed: Json
) -> None:
    office.slack.slash(host, office.channel, "/coach", "setup")
    office.settled()
    values = {"time": "08:30", "zone": "Europe/Berlin", "days": ["0"], "hours": "12"}
    values |= {"channel": office.channel, "group": mentioning(typed)}
    refused = office.slack.submit(host, office.form(host), **values)
    assert list(refused.body["errors"]) == ["group"]


def test_a_channel_is_named_by_us_or_else_by_slack(office: Office, host: str) -> None:
    assert "told #ml-interviews" in words_of(set_up(office, host)["blocks"])
    other = office.slack.channel("other")
    said = str(set_up(office, host, channel=other)["blocks"])
    assert f"{{'type': 'channel', 'channel_id': '{other}'}}" in said
    assert "next ones come" in said
    home = home_of(office, host)
    assert faults_of_view(home) == []
    assert f"<#{other}>" in str(home["blocks"])
