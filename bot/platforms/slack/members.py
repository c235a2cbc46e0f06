"""Who is still in a workspace, asked of Slack one by one.

Slack would tell of departures by `user_change`, which also comes for each status that anybody sets;
so nothing subscribes to it.
"""

from collections.abc import Callable
from typing import Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.core.errors import Undeliverable
from bot.platforms.slack.clients import UNREACHABLE, TokenOf
from bot.platforms.slack.words import NOT_THERE, UNANSWERED, refusal

LOOK_UP_SECONDS: Final = 2
"""So long a look-up of one person may take: somebody may wait for a board."""

GONE: Final = "user_not_found"


class SlackMembers:
    """The port `MemberLookup` over the Web API."""

    def __init__(self, client_of: Callable[..., WebClient], token_of: TokenOf) -> None:
        """Wire it; `client_of` takes a token and the `seconds` that bound a call."""
        self._client_of = client_of
        self._token_of = token_of

    def is_member(self, community: str, person: str) -> bool:
        """Tell whether somebody is in a workspace, whose account is not deactivated.

        Raises:
            Undeliverable: Slack did not tell.
        """
        token = self._token_of(community)
        if token is None:
            raise Undeliverable(NOT_THERE)
        client = self._client_of(token, seconds=LOOK_UP_SECONDS)
        try:
            user = client.users_info(user=person)["user"]
        except SlackApiError as problem:
            error = str(problem.response.get("error") or "unknown_error")
            if error == GONE:
                return False
            raise Undeliverable(refusal(error)) from problem
        except (*UNREACHABLE, KeyError) as problem:
            raise Undeliverable(UNANSWERED) from problem
        return not user.get("deleted")
