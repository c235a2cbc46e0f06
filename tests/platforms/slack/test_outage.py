"""That Slack does not answer is one line in the log, and one more that it does again."""

import pytest
from slack_sdk.errors import SlackClientError

from tests.platforms.slack.conftest import Office

DOWN = "fault: Slack: it answers with errors, or not at all"


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each for each in caplog.messages if "fault" in each]


@pytest.mark.parametrize(("kind", "value"), [("http", 503), ("drop", None)])
def test_an_outage_is_said_once_whoever_finds_it_out(
    office: Office, caplog: pytest.LogCaptureFixture, kind: str, value: object
) -> None:
    office.slack.fault("", kind, 10, value)
    for number in range(10):
        with pytest.raises((SlackClientError, OSError)):
            office.platform._client_of(f"xoxb-{number}").auth_test()
    during = lines(caplog)
    office.slack.faults.clear()
    for _ in range(3):
        with pytest.raises(SlackClientError, match="invalid_auth"):
            office.platform._client_of("xoxb-unknown").auth_test()

    assert during == [DOWN]
    assert [each.partition(" after")[0] for each in lines(caplog)] == [
        DOWN,
        "fault over: Slack works again",
    ]


@pytest.mark.parametrize(("kind", "value"), [("ratelimited", 1), ("error", "not_in_channel")])
def test_a_refusal_is_no_outage_and_a_single_error_is_none(
    office: Office, caplog: pytest.LogCaptureFixture, kind: str, value: object
) -> None:
    for _ in range(5):
        for fault in (("http", 503), ("http", 503), (kind, value)):
            office.slack.fault("auth.test", fault[0], 1, fault[1])
            with pytest.raises(SlackClientError):
                office.platform._client_of("xoxb-any").auth_test()

    assert lines(caplog) == []
