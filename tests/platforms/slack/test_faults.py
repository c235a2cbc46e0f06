"""What goes wrong between Slack and the coach, and what people then see: all of it, once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from bot.core.deduplication import LEASE, EventDeduplicator
from bot.core.errors import DatabaseLocked
from bot.core.reply import Reply
from tests.platforms.slack.conftest import Json, Office, words_of
from tests.platforms.slack.emulator.state import APP_ID, BOT_USER, TEAM

ANSWER = "The relationship between the inputs and the target changes."


def direct_message(office: Office, text: str) -> Json:
    """An event that tells of a direct message, as Slack delivers it."""
    dm = office.slack.dm(office.ada)
    message = office.slack.post(dm, {"text": text}, office.ada)
    return {
        "team_id": TEAM,
        "api_app_id": APP_ID,
        "type": "event_callback",
        "event_id": "Ev0STORM",
        "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
        "event": message | {"channel": dm, "channel_type": "im", "event_ts": message["ts"]},
    }


def open_form(office: Office) -> Json:
    office.slack.click(office.ada, office.asked(), "coach:answer")
    office.settled()
    return office.form()


def said_in_private(office: Office) -> list[str]:
    messages = office.slack.messages[office.slack.dm(office.ada)].values()
    return [words_of(message.get("blocks")) for message in messages if "bot_id" in message]


def test_a_storm_of_retries_grades_once(office: Office) -> None:
    office.asked()
    event = direct_message(office, ANSWER)
    at_once = office.slack.run(office.slack.again("events_api", event, 3))
    office.settled()
    later = office.slack.run(office.slack.again("events_api", event, 3))
    office.settled()
    assert {delivery.status for delivery in at_once} <= {200, 503}
    assert 200 in {delivery.status for delivery in at_once}
    assert [delivery.status for delivery in later] == [200] * 3
    assert [attempt.answer for attempt in office.attempts] == [ANSWER]
    assert len(said_in_private(office)) == 1


def test_a_form_delivered_three_times_is_one_answer(office: Office) -> None:
    form = open_form(office)
    for _ in range(3):
        office.slack.run(office.slack.submitting(office.ada, dict(form), field=ANSWER))
    office.settled()
    assert len(office.attempts) == 1


def test_an_event_whose_work_could_not_begin_comes_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.asked()
    coach, works = office.desk.coach, office.desk.coach.take_answer
    failures = [OSError("the disk is gone"), OSError("still")]

    def take(*arguments: Any, **named: Any) -> Callable[[], Reply]:
        if failures:
            raise failures.pop()
        return works(*arguments, **named)

    monkeypatch.setattr(coach, "take_answer", take)
    delivery = office.slack.say(office.ada, office.slack.dm(office.ada), ANSWER)
    office.settled()
    assert (delivery.status, delivery.attempts) == (200, 3)
    assert [attempt.answer for attempt in office.attempts] == [ANSWER]


def test_an_event_that_was_begun_and_never_ended_is_neither_dropped_nor_doubled(
    office: Office,
) -> None:
    event = direct_message(office, "ask concept-drift")
    killed = EventDeduplicator(office.unit_of_work, office.clock)
    killed.begin(f"slack:event:{event['event_id']}")
    (early,) = office.slack.run(office.slack.again("events_api", event, 1))
    office.clock.pass_by(LEASE)
    for expected in (200, 200):
        (late,) = office.slack.run(office.slack.again("events_api", event, 1))
        office.settled()
        assert late.status == expected
    assert early.status == 503
    assert len(said_in_private(office)) == 1


@pytest.mark.parametrize("way", ["mention", "message", "command", "form"])
def test_an_answer_is_stored_when_it_is_acknowledged(office: Office, way: str) -> None:
    form = open_form(office)
    go_on = threading.Event()
    office.grader.meanwhile = lambda: (go_on.wait(60), None)[-1]
    if way == "mention":
        office.slack.say(office.ada, office.channel, f"<@{BOT_USER}> answer {ANSWER}")
    elif way == "message":
        office.slack.say(office.ada, office.slack.dm(office.ada), ANSWER)
    elif way == "command":
        office.slack.slash(office.ada, office.channel, "/coach", f"answer {ANSWER}")
    else:
        office.slack.submit(office.ada, form, field=ANSWER)
    assert [(each.answer, each.is_pending) for each in office.attempts] == [(ANSWER, True)]
    go_on.set()


@pytest.mark.parametrize(
    ("method", "kind", "value"),
    [
        ("views.update", "ratelimited", 1),
        ("views.update", "http", 503),
        ("views.update", "drop", None),
        ("views.update", "drop-after", None),
        ("users.info", "ratelimited", 1),
        ("users.info", "error", "internal_error"),
    ],
)
def test_a_grade_arrives_through_faults_of_slack(
    office: Office, method: str, kind: str, value: Any
) -> None:
    form = open_form(office)
    fault = office.slack.fault(method, kind, value=value)
    office.slack.submit(office.ada, form, field=ANSWER)
    office.settled()
    assert fault.hits == 1 or method == "users.info"
    assert "70 %" in words_of(form["blocks"])


def test_a_grade_that_slack_takes_nowhere_is_news_at_the_next_occasion(office: Office) -> None:
    form = open_form(office)
    for method in ("views.update", "chat.postEphemeral", "chat.postMessage"):
        office.slack.fault(method, "error", value="fatal_error")
    office.slack.submit(office.ada, form, field=ANSWER)
    office.settled()
    assert "70 %" not in words_of(form["blocks"])
    office.asked("settings")
    news = words_of(office.slack.responses[-1]["blocks"])
    assert "has its grade" in news
    assert "70 %" in news
    assert len(office.slack.responses) == 3


def test_a_response_url_that_expired_is_replaced_by_a_message(office: Office) -> None:
    office.slack.run(_expired(office, "help"))
    office.settled()
    assert "What I can do" in said_in_private(office)[-1]


async def _expired(office: Office, text: str) -> None:
    slack = office.slack
    before = dict(slack.urls)
    original: Callable[..., str] = slack.trigger

    def trigger(*arguments: Any) -> str:
        number = original(*arguments)
        slack.urls[number]["at"] -= 3600
        return number

    slack.trigger = trigger  # type: ignore[method-assign]
    await slack.typing(office.ada, office.channel, "/coach", text)
    slack.trigger = original  # type: ignore[method-assign]
    assert len(slack.urls) == len(before) + 1


def test_a_delivery_that_finds_the_database_busy_comes_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.asked()
    answer = direct_message(office, ANSWER)
    order = direct_message(office, "topics") | {"event_id": "Ev0ORDER"}

    def busy(*_: object) -> None:
        raise DatabaseLocked("coach.sqlite3", "too many wait for it")

    with monkeypatch.context() as patch:
        patch.setattr(EventDeduplicator, "begin", busy)
        patch.setattr(office.desk.coach, "take_answer", busy)
        for event in (answer, order):
            (refused,) = office.slack.run(office.slack.again("events_api", event, 1))
            assert refused.status == 500
    for event in (answer, answer, order, order):
        (again,) = office.slack.run(office.slack.again("events_api", event, 1))
        office.settled()
        assert again.status == 200
    assert len(office.attempts) == 1
    assert len(said_in_private(office)) == 2
