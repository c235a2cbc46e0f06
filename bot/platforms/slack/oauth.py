"""Installing the app in a workspace: the pages a browser shows at the end, and who is greeted."""

import html
import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Final

from slack_bolt import BoltResponse
from slack_bolt.error import BoltError
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_sdk.oauth.installation_store import Installation

from bot.platforms.slack.words import (
    INSTALLED,
    NOT_FOR_AN_ORGANISATION,
    NOT_INSTALLED_BECAUSE,
    NOT_INSTALLED_TRY_AGAIN,
    OPEN_SLACK,
    installed_in,
)

PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<body style="font: 1.1em/1.5 sans-serif; max-width: 32em; margin: 3em auto; padding: 0 1em">
<h1 style="font-size: 1.4em">{title}</h1>
<p>{text}</p>
{link}
</body>
</html>
"""

log = logging.getLogger(__name__)


class NotForAnOrganisation(BoltError):
    """The app was to be installed for all workspaces of an organisation at once."""


def pages(greet: Callable[[Installation], None]) -> CallbackOptions:
    """Return what is shown at the end of an installation, and greets whoever installed it."""

    def success(args: SuccessArgs) -> BoltResponse:
        done = args.installation
        greet(done)
        link = f"slack://app?team={done.team_id}&id={done.app_id}&tab=home"
        text = installed_in(done.team_name or "")
        return _page(HTTPStatus.OK, INSTALLED, text, link)

    def failure(args: FailureArgs) -> BoltResponse:
        log.warning("an installation failed: %s", args.reason)
        if isinstance(args.error, NotForAnOrganisation):
            return _page(HTTPStatus.BAD_REQUEST, NOT_INSTALLED_TRY_AGAIN, NOT_FOR_AN_ORGANISATION)
        because = NOT_INSTALLED_BECAUSE.get(args.reason, NOT_INSTALLED_BECAUSE[""])
        return _page(HTTPStatus(args.suggested_status_code), NOT_INSTALLED_TRY_AGAIN, because)

    return CallbackOptions(success, failure)


def _page(status: HTTPStatus, title: str, text: str, link: str = "") -> BoltResponse:
    anchor = f'<p><a href="{html.escape(link)}">{html.escape(OPEN_SLACK)}</a></p>' if link else ""
    body = PAGE.format(title=html.escape(title), text=html.escape(text), link=anchor)
    headers: dict[str, str | Sequence[str]] = {
        "content-type": ["text/html; charset=utf-8"],
        "cache-control": ["no-store"],
    }
    return BoltResponse(status=status, body=body, headers=headers)
