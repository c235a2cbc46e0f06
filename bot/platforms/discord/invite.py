"""The links that invite the coach, with the permissions that it needs and no more. Pure."""

import base64
import re
from typing import NamedTuple
from urllib.parse import urlencode

import discord

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
    "create_public_threads": "Create Public Threads",
    "send_messages_in_threads": "Send Messages in Threads",
}
"""What a study channel takes, as Discord calls it. The history is read to find a question that may
have been posted already, so that none is posted twice."""

FOR_PRIVATE_DISCUSSIONS = {"create_private_threads": "Create Private Threads"}
"""What the discussion for those who have answered takes beside; most servers do without, so the
invite does not ask for it."""

TOKEN = re.compile(r"([\w-]+)\.[\w-]+\.[\w-]+", re.ASCII)
SNOWFLAKE = re.compile(r"[0-9]{15,20}")
"""What a bot's token looks like, and an id of Discord."""

PAGE = "https://discord.com/oauth2/authorize"


class Links(NamedTuple):
    """Where to click to have the coach in a server, or for oneself everywhere."""

    server: str
    person: str


def links_of(application_id: int) -> Links:
    """Return the links for an application."""
    server = {
        "client_id": application_id,
        "scope": "bot applications.commands",
        "permissions": discord.Permissions(**dict.fromkeys(NEEDED, True)).value,
        "integration_type": 0,
    }
    person = {
        "client_id": application_id,
        "scope": "applications.commands",
        "integration_type": 1,
    }
    return Links(f"{PAGE}?{urlencode(server)}", f"{PAGE}?{urlencode(person)}")


def application_of(token: str) -> int | None:
    """Return the application that a bot's token names in its first part; None for an odd token."""
    found = TOKEN.fullmatch(token)
    if found is None:
        return None
    first = found.group(1)
    try:
        number = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except ValueError:
        return None
    return int(number) if SNOWFLAKE.fullmatch(number) else None


def missing(permissions: discord.Permissions, *, private: bool = False) -> tuple[str, ...]:
    """Return the names of what is not granted in a channel, in Discord's own words.

    Where `private`, private discussions are to be opened there.
    """
    needed = NEEDED | FOR_PRIVATE_DISCUSSIONS if private else NEEDED
    return tuple(named for name, named in needed.items() if not getattr(permissions, name))
