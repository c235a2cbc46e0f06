"""Open a form while the click that asked for it is fresh, or say that it did not open."""

import logging
import time
from collections.abc import Callable
from typing import Any, Final

from slack_sdk.errors import SlackApiError

from bot.core.reply import Paragraph, Reply
from bot.platforms.front_desk import About
from bot.platforms.slack.clients import UNREACHABLE, pause_after
from bot.platforms.slack.dialect import Dialect
from bot.platforms.slack.forms import Origin
from bot.platforms.slack.incoming import Incoming
from bot.platforms.slack.later import Again, Step
from bot.platforms.slack.outlets import (
    Behind,
    InChannel,
    InConversation,
    InView,
    Outlet,
    Showing,
)
from bot.platforms.slack.words import TOO_LATE, UNOPENED

Json = dict[str, Any]

FRESH_SECONDS: Final = 2.8
"""Slack opens a form for three seconds after the click; a call takes a part of them."""

TRIGGERS: Final = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})

log = logging.getLogger(__name__)


class Unopened(Exception):
    """The form did not open; the words say why, and what to do."""


def outlets_of(
    incoming: Incoming, dialect: Dialect, origin: Origin | None = None
) -> tuple[Outlet, ...]:
    """Return where a reply is shown: the best place, and all that may take its place."""
    client = incoming.client
    found: list[Outlet] = []
    if incoming.view_id and not incoming.at_home:
        origin = origin or incoming.origin(About())
        found.append(InView(incoming.view_id, origin, client, dialect, incoming.at))
    if incoming.response_url:
        found.append(Behind(incoming.response_url, client, dialect))
    elif incoming.channel and not incoming.channel.startswith("D"):
        found.append(
            InChannel(incoming.channel, incoming.user_id, client, dialect, incoming.thread)
        )
    return (*found, InConversation(incoming.user_id, client, dialect))


def opening(
    incoming: Incoming,
    view: Json,
    dialect: Dialect,
    then: Callable[[str], Step | None] | None = None,
) -> Step | None:
    """Open a form and return the next step: `then` of its id, or what says that it did not open.

    From another form it is put on top of that.
    """
    try:
        view_id = opened(incoming, view)
    except Unopened as problem:
        return Showing(Reply((Paragraph(str(problem)),)), outlets_of(incoming, dialect))
    return then(view_id) if then else None


def opened(incoming: Incoming, view: Json) -> str:
    """Open a form; return its id.

    Raises:
        Again: Slack wants us to wait, and the click will still be fresh.
        Unopened: it did not open.
    """
    client = incoming.client
    call = client.views_push if incoming.in_form else client.views_open
    try:
        found = call(trigger_id=incoming.trigger_id, view=view)
    except UNREACHABLE as problem:
        seconds = pause_after(problem, 0)
        if seconds is not None and time.monotonic() + seconds < incoming.at + FRESH_SECONDS:
            raise Again(seconds) from problem
        log.info("a form was not opened: %s", problem)
        known = isinstance(problem, SlackApiError) and problem.response.get("error") in TRIGGERS
        raise Unopened(TOO_LATE if known else UNOPENED) from problem
    return str(found["view"]["id"])
