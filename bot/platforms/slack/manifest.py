"""The manifest from which Slack makes the app, generated from the command table.

Scopes are the least with which everything works; each has its reason.
"""

from collections.abc import Sequence
from typing import Any, Final

from bot.core.coach.commands import with_help
from bot.core.commands import Command
from bot.core.text_commands import usage_of
from bot.core.words.buttons import GRADE_MESSAGE
from bot.platforms.slack import words
from bot.platforms.slack.app import ANSWER_MESSAGE, ASK_ME
from bot.platforms.slack.server import EVENTS, REDIRECT
from bot.platforms.slack.text import fitted

SCOPES: Final = {
    "app_mentions:read": "hear questions by mention",
    "chat:write": "post questions, grades and boards",
    "channels:history": "find an own post again after a broken connection, in public channels",
    "groups:history": "the same in private channels",
    "commands": "the command and the shortcuts",
    "files:read": "read the files in which hosts bring own questions",
    "files:write": "send pictures and exports",
    "im:history": "hear answers by direct message",
    "im:write": "open direct messages for grades and reminders",
    "users:read": "names, time zones, and who manages the workspace",
}
"""Each scope with what it is for; nothing reads channels otherwise, and nothing lists people."""

BOT_EVENTS: Final = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "message.im",
    "tokens_revoked",
)

MOST_COMMAND_HINT: Final = 1000
MOST_DESCRIPTION: Final = 140
"""Slack's limits of a command's usage hint and of the short description."""


def manifest(
    commands: Sequence[Command],
    command: str = "/coach",
    ask_command: str | None = None,
    *,
    socket: bool = True,
    public_url: str = "https://coach.example.org",
    oauth: bool = False,
) -> dict[str, Any]:
    """Return the manifest for Socket Mode, or for HTTP at a public address."""
    base = public_url.rstrip("/")
    url = {} if socket else {"url": f"{base}{EVENTS}"}
    events = {} if socket else {"request_url": f"{base}{EVENTS}"}
    options = {} if socket else {"message_menu_options_url": f"{base}{EVENTS}"}
    oauth_config: dict[str, Any] = {"scopes": {"bot": sorted(SCOPES)}}
    if oauth:
        oauth_config["redirect_urls"] = [f"{base}{REDIRECT}"]
    return {
        "display_information": {
            "name": words.COACH,
            "description": fitted(words.APP_SUMMARY, MOST_DESCRIPTION),
            "long_description": words.APP_DESCRIPTION,
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "coach", "always_online": True},
            "shortcuts": [
                _shortcut(words.ASK_ME, "global", ASK_ME, words.ASK_ME_SUMMARY),
                _shortcut(
                    words.ANSWER_MESSAGE, "message", ANSWER_MESSAGE, words.ANSWER_MESSAGE_SUMMARY
                ),
                _shortcut(
                    GRADE_MESSAGE, "message", words.GRADE_MESSAGE, words.GRADE_MESSAGE_SUMMARY
                ),
            ],
            "slash_commands": _commands(commands, command, ask_command, url),
        },
        "oauth_config": oauth_config,
        "settings": {
            "event_subscriptions": {**events, "bot_events": list(BOT_EVENTS)},
            "interactivity": {"is_enabled": True, **events, **options},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }


def _commands(
    commands: Sequence[Command], command: str, ask_command: str | None, url: dict[str, str]
) -> list[dict[str, Any]]:
    hint = " | ".join(f"{each.name} {usage_of(each)}".rstrip() for each in with_help(commands))
    made = [_command(command, words.COMMAND_SUMMARY, hint, url)]
    if ask_command:
        made.append(_command(ask_command, words.ASK_ME_SUMMARY, "[topic or words]", url))
    return made


def _command(name: str, summary: str, hint: str, url: dict[str, str]) -> dict[str, Any]:
    return {
        "command": name,
        "description": summary,
        "usage_hint": fitted(hint, MOST_COMMAND_HINT),
        "should_escape": True,
        **url,
    }


def _shortcut(name: str, kind: str, callback: str, summary: str) -> dict[str, Any]:
    return {"name": name, "type": kind, "callback_id": callback, "description": summary}
