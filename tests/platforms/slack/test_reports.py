"""What public reports of similar bots found on Slack, and what the coach does instead.

Times in UTC: 18F/standup-slack-bot 28. Other bots, and itself: slackapi/python-slack-sdk 390.
Quotes and links as Slack writes them: mathew-fleisch/bashbot 48. Taps in quick succession:
matnad/pollmaster 72.
"""

import json

import pytest

from tests.platforms.slack.conftest import Office, words_of
from tests.platforms.slack.emulator.state import BOT_USER

ANSWER = "The relationship between the inputs and the target changes."


@pytest.fixture
def host(office: Office) -> str:
    return office.slack.user("grace", admin=True)


def test_what_hosts_did_is_told_by_the_clock_of_whoever_reads(office: Office, host: str) -> None:
    office.asked("ask concept-drift", office.bob)
    office.asked(f"answer {ANSWER}", office.bob)
    office.asked(f"exclude <@{office.bob}|bob>", host)
    log = json.dumps(office.asked("audit", host)["blocks"])
    assert '"type": "date"' in log


@pytest.mark.parametrize("who", ["another", "itself"])
@pytest.mark.parametrize("where", ["mention", "direct message"])
def test_what_a_bot_says_is_answered_by_nobody(office: Office, who: str, where: str) -> None:
    office.asked()
    said = sum(map(len, office.slack.messages.values()))
    user = BOT_USER if who == "itself" else office.ada
    channel = office.channel if where == "mention" else office.slack.dm(office.ada)
    office.slack.event(
        {
            "type": "app_mention" if where == "mention" else "message",
            "channel": channel,
            "channel_type": "channel" if where == "mention" else "im",
            "user": user,
            "bot_id": "B0OTHER",
            "text": f"<@{BOT_USER}> {ANSWER}",
            "ts": "1700000002.000100",
        }
    )
    office.settled()
    assert office.attempts == []
    assert sum(map(len, office.slack.messages.values())) == said
    assert office.slack.ephemeral == []


@pytest.mark.parametrize("typed", ["ask “concept drift”", "ask ‘Concept-Drift’", "ask «drift»"])
def test_quotes_that_slack_puts_in_do_not_matter(office: Office, typed: str) -> None:
    assert "drift" in words_of(office.asked(typed)["blocks"])


def test_an_answer_is_kept_as_it_was_typed_whatever_slack_makes_of_it(office: Office) -> None:
    office.asked()
    written = "P(y|x) changes &amp; x &lt; 3, see <https://example.com/a?b=1&amp;c=2|example.com>."
    office.slack.say(office.ada, office.slack.dm(office.ada), f"{ANSWER} {written}")
    office.settled()
    (attempt,) = office.attempts
    assert attempt.answer == f"{ANSWER} P(y|x) changes & x < 3, see example.com."


def test_of_answers_in_quick_succession_one_is_the_first(office: Office) -> None:
    office.asked()
    for number in range(3):
        office.slack.slash(office.ada, office.channel, "/coach", f"answer {ANSWER} {number}.")
    office.settled()
    assert [each.first for each in office.attempts] == [True, False, False]
