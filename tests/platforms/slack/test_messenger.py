"""The coach speaks first: posted once, whatever breaks on the way."""

from datetime import timedelta
from functools import partial

import pytest

from bot.clock import SystemClock
from bot.core.command_refs import ref
from bot.core.deduplication import EventDeduplicator
from bot.core.errors import Undeliverable
from bot.core.measuring import Trouble
from bot.core.platform_times import PlatformTimes
from bot.core.ports import Address
from bot.core.reply import Action, Paragraph, Reply
from bot.platforms.slack.counting import counting_client_of
from bot.platforms.slack.dialect import Dialect
from bot.platforms.slack.messenger import SlackMessenger
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock
from tests.meter import RememberingMeter
from tests.platforms.slack.conftest import words_of
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import BOT_TOKEN
from tests.platforms.slack.emulator.state import TEAM

QUESTION = Reply(
    (Paragraph(f"What is drift? Type {ref('ask')}."),), (Action.ANSWER,), "a/b", post_id=3
)
MARKER = "day-2026-11-26"
SINCE = FixedClock().at - timedelta(days=400)

TIMES = PlatformTimes(SystemClock())


@pytest.fixture
def meter() -> RememberingMeter:
    return RememberingMeter()


@pytest.fixture
def messenger(
    slack: Slack, unit_of_work: MakeUnitOfWork, meter: RememberingMeter
) -> SlackMessenger:
    tokens = {TEAM: BOT_TOKEN}
    deliveries = EventDeduplicator(unit_of_work, FixedClock())
    clients = partial(counting_client_of, api_url=slack.api_url, meter=meter, times=TIMES)
    return SlackMessenger(clients, tokens.get, deliveries, Dialect("/coach"))


@pytest.fixture
def room(slack: Slack) -> Address:
    return Address("slack", TEAM, slack.channel("ml-interviews"))


def test_a_post_is_found_by_its_marker(messenger: SlackMessenger, room: Address, slack: Slack):
    assert messenger.find(room, MARKER, SINCE) is None
    ts = messenger.post(room, QUESTION, MARKER)
    message = slack.messages[room.channel][ts]
    assert "/coach ask" in words_of(message["blocks"])
    assert message["metadata"]["event_payload"] == {"marker": MARKER}
    assert messenger.find(room, MARKER, SINCE) == ts
    assert messenger.find(room, "another", SINCE) is None
    assert slack.calls("conversations.history") == []


def test_a_repeated_post_is_the_one_that_was_sent(
    messenger: SlackMessenger, room: Address, slack: Slack
):
    first = messenger.post(room, QUESTION, MARKER)
    assert messenger.post(room, QUESTION, MARKER) == first
    assert len(slack.messages[room.channel]) == 1


def test_a_post_lost_on_its_way_was_not_sent(
    messenger: SlackMessenger, room: Address, slack: Slack
):
    slack.fault("chat.postMessage", "drop")
    with pytest.raises(Undeliverable) as caught:
        messenger.post(room, QUESTION, MARKER)
    assert not caught.value.permanent
    assert messenger.find(room, MARKER, SINCE) is None
    messenger.post(room, QUESTION, MARKER)
    assert len(slack.messages[room.channel]) == 1


@pytest.mark.parametrize("below", [False, True], ids=["in the channel", "in a thread"])
def test_a_post_whose_confirmation_was_lost_is_found(
    messenger: SlackMessenger, room: Address, slack: Slack, below: bool
):
    thread = messenger.post(room, QUESTION, "the question") if below else ""
    slack.fault("chat.postMessage", "drop-after")

    def send() -> str:
        if below:
            return messenger.reply(room, thread, QUESTION, MARKER)
        return messenger.post(room, QUESTION, MARKER)

    with pytest.raises(Undeliverable):
        send()
    last = list(slack.messages[room.channel])[-1]
    assert messenger.find(room, MARKER, SINCE) == last
    assert send() == last
    assert len(slack.messages[room.channel]) == 1 + below


@pytest.mark.parametrize("error", ["missing_scope", "not_in_channel"])
def test_what_cannot_be_looked_for_is_not_said_to_be_missing(
    messenger: SlackMessenger, room: Address, slack: Slack, error: str
):
    slack.fault("chat.postMessage", "drop-after")
    slack.fault("conversations.history", "error", value=error)
    with pytest.raises(Undeliverable):
        messenger.post(room, QUESTION, MARKER)
    with pytest.raises(Undeliverable) as caught:
        messenger.find(room, MARKER, SINCE)
    assert "does not let me see" in caught.value.reason
    assert not caught.value.permanent


def test_a_rate_limit_is_left_to_the_next_round(
    messenger: SlackMessenger, room: Address, slack: Slack
):
    slack.fault("chat.postMessage", "ratelimited", value=3600)
    with pytest.raises(Undeliverable) as caught:
        messenger.post(room, QUESTION, MARKER)
    assert not caught.value.permanent
    assert "no more from me for the moment" in caught.value.reason
    assert messenger.find(room, MARKER, SINCE) is None
    messenger.post(room, QUESTION, MARKER)
    assert len(slack.messages[room.channel]) == 1


def test_an_error_of_the_server_is_uncertain(
    messenger: SlackMessenger, room: Address, slack: Slack
):
    slack.fault("chat.postMessage", "http", value=503)
    with pytest.raises(Undeliverable) as caught:
        messenger.post(room, QUESTION, MARKER)
    assert not caught.value.permanent
    assert messenger.find(room, MARKER, SINCE) is None


def test_who_is_not_in_the_channel_is_told_how_to_invite(
    messenger: SlackMessenger, room: Address, slack: Slack
):
    slack.channels[room.channel]["is_member"] = False
    with pytest.raises(Undeliverable) as caught:
        messenger.post(room, QUESTION, MARKER)
    assert "/invite @coach" in caught.value.reason
    assert caught.value.permanent
    slack.channels[room.channel]["is_member"] = True
    assert messenger.find(room, MARKER, SINCE) is None
    messenger.post(room, QUESTION, MARKER)


def test_a_workspace_that_removed_the_app_gets_nothing(messenger: SlackMessenger) -> None:
    with pytest.raises(Undeliverable) as caught:
        messenger.post(Address("slack", "T9", "C1"), QUESTION, MARKER)
    assert caught.value.permanent


def test_edits_threads_and_private_messages(messenger: SlackMessenger, room: Address, slack: Slack):
    ts = messenger.post(room, QUESTION, MARKER)
    messenger.open_thread(room, ts, "Drift")
    messenger.edit(room, ts, Reply((Paragraph("2 answers so far."),)))
    answer = messenger.reply(room, ts, Reply((Paragraph("Closed."),)), f"{MARKER}-close")
    assert words_of(slack.messages[room.channel][ts]["blocks"]).strip() == "2 answers so far."
    assert slack.messages[room.channel][answer]["thread_ts"] == ts
    ada = slack.user("ada")
    messenger.tell(TEAM, ada, Reply((Paragraph("A reminder."),)))
    (message,) = slack.messages[slack.dm(ada)].values()
    assert "A reminder." in words_of(message["blocks"])
    with pytest.raises(Undeliverable):
        messenger.tell(TEAM, "U404", QUESTION)


def test_only_the_named_group_is_mentioned(messenger: SlackMessenger, room: Address, slack: Slack):
    loud = Reply((Paragraph("<!channel> @here <!subteam^S1>"),))
    ts = messenger.post(room, loud, MARKER, ping_role="S0ABC")
    message = slack.messages[room.channel][ts]
    assert message["text"].startswith("<!subteam^S0ABC> ")
    assert message["text"].count("<") == 1
    quiet = messenger.post(room, loud, "other", ping_role="!channel")
    assert "<" not in slack.messages[room.channel][quiet]["text"]


def test_what_is_too_long_goes_on_in_the_thread(
    messenger: SlackMessenger, room: Address, slack: Slack
):
    ts = messenger.post(room, Reply((Paragraph("One more sentence. " * 1200),)), MARKER)
    messages = list(slack.messages[room.channel].values())
    assert [message.get("thread_ts") for message in messages] == [None, ts]


@pytest.mark.parametrize(
    ("kind", "value", "trouble"),
    [
        ("ratelimited", 1, Trouble.RATE_LIMITED),
        ("error", "not_in_channel", Trouble.REFUSED),
        ("http", 503, Trouble.SERVER_ERROR),
        ("drop", None, Trouble.UNREACHABLE),
    ],
)
def test_what_slack_refuses_is_counted_by_its_kind(
    messenger: SlackMessenger,
    room: Address,
    slack: Slack,
    meter: RememberingMeter,
    kind: str,
    value: object,
    trouble: Trouble,
):
    slack.fault("chat.postMessage", kind, value=value)
    with pytest.raises(Undeliverable):
        messenger.post(room, QUESTION, MARKER)
    assert meter.troubles == {("slack", trouble): 1}

    messenger.post(room, QUESTION, "day-2026-11-27")
    assert sum(meter.troubles.values()) == 1


def test_a_channel_that_was_archived_is_no_passing_trouble_and_its_host_reads_why(
    slack: Slack, messenger: SlackMessenger
) -> None:
    number = slack.channel("ml-interviews")
    slack.channels[number]["is_archived"] = True

    with pytest.raises(Undeliverable) as caught:
        messenger.post(Address("slack", TEAM, number), QUESTION, MARKER)

    assert caught.value.permanent
    assert caught.value.reason == "that channel is archived; choose another one, or open it again"
    slack.channels[number]["is_archived"] = False
    assert messenger.post(Address("slack", TEAM, number), QUESTION, MARKER)
    assert len(slack.messages[number]) == 1


def test_a_permission_that_the_app_lacks_is_named(slack: Slack, messenger: SlackMessenger) -> None:
    number = slack.channel("ml-interviews")
    slack.fault("chat.postMessage", "error", value="missing_scope")

    with pytest.raises(Undeliverable) as caught:
        messenger.post(Address("slack", TEAM, number), QUESTION, MARKER)

    assert caught.value.permanent
    assert "lacks the permission groups:read and chat:write" in caught.value.reason
