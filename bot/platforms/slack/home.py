"""The Home tab: a dashboard with settings, and for hosts the channels of the workspace.

It is published when somebody opens it, and anew when something changed for those who have. Slack's
hash keeps an older picture from overwriting a newer one.
"""

import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from cachetools import LRUCache
from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.core.communities.model import Place
from bot.core.reply import Action, Choice, Heading, Reply
from bot.platforms.slack import form_words, words
from bot.platforms.slack.buttons import BRING, PICTURE, RUN, SET_UP, SETTINGS
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.incoming import KEY, team_of
from bot.platforms.slack.later import Later
from bot.platforms.slack.limits import VIEW_BLOCKS
from bot.platforms.slack.orders import Order
from bot.platforms.slack.people import People, Person
from bot.platforms.slack.pictures import Pictures
from bot.platforms.slack.render import view_blocks

Json = dict[str, Any]

ROOM: Final = 24
"""Blocks that one part of Home may have; a long one then leaves room for those below it."""

PROGRESS_PARTS: Final = 2
"""The record, and what is worth another look; the figures would fill the tab."""

MOST_HOMES: Final = 5000

UNSHOWN: Final = frozenset({"invalid_blocks", "invalid_arguments", "slack_file_not_found"})
"""What Slack may say of a view with a picture that it has not ready, or that is gone."""

MOST_CHANNELS: Final = 3

log = logging.getLogger(__name__)


class Home:
    """Put the Home tab together and publish it."""

    def __init__(self, desk: SlackDesk, later: Later, people: People, pictures: Pictures) -> None:
        self._desk = desk
        self._pictures = pictures
        self._later = later
        self._people = people
        self._opened: LRUCache[tuple[str, str], None] = LRUCache(MOST_HOMES)
        self._lock = threading.Lock()

    def opened(self, event: Json, context: BoltContext) -> None:
        """Publish Home for whoever opens it."""
        if event.get("tab") != "home":
            return
        client, team = context.client or WebClient(), team_of(context)
        known = (event.get("view") or {}).get("hash") or ""
        with self._lock:
            self._opened[team, event["user"]] = None
        user = event["user"]
        self._later.quick(context.get(KEY), lambda: self.publish(client, team, user, known))

    def changed(self, client: WebClient, team: str, user_id: str) -> None:
        """Publish Home anew where it was opened before."""
        with self._lock:
            known = (team, user_id) in self._opened
        if known:
            self._later.quick(None, lambda: self.publish(client, team, user_id))

    def publish(
        self, client: WebClient, team: str, user_id: str, known: str = "", *, strictly: bool = False
    ) -> None:
        """Publish Home; where a newer one is there already, that stays.

        A picture that Slack cannot show is left out, unless Home is `strictly` to have it.
        """
        person = self._people.person(client, team, user_id)
        view = {"type": "home", "blocks": self.blocks(person)}
        versioned = {"hash": known} if known else {}
        try:
            client.views_publish(user_id=user_id, view=view, **versioned)
        except SlackApiError as problem:
            error = problem.response.get("error")
            pictured = self._pictures.block(team, user_id) is not None
            if error in UNSHOWN and pictured and not strictly:
                self._pictures.drop(team, user_id)
                self.publish(client, team, user_id, known)
            elif error == "hash_conflict":
                log.info("a newer Home is there already")
            else:
                raise

    def blocks(self, person: Person) -> list[Json]:
        """Return all parts, the learner's first."""
        found: list[Json] = []
        picture = self._pictures.block(person.place.community, person.user.external_id)
        for reply in self._parts(person, pictured=picture is not None):
            if len(found) + ROOM + 3 > VIEW_BLOCKS:
                break
            if not reply.blocks:
                continue
            part = view_blocks(reply, self._desk.dialect, room=ROOM)
            shown = [picture] if picture and _offers_picture(reply) else []
            found += [*shown, *_told_apart(part, len(found)), {"type": "divider"}]
        return found[:-1]

    def _parts(self, person: Person, *, pictured: bool) -> Iterator[Reply]:
        desk = self._desk
        overviews = desk.services.overviews
        shown = desk.explained(lambda: overviews.show(person.user, person.place))
        yield replace(shown, actions=(Action.ASK,))
        progress = self._of(
            "progress",
            person,
            Choice(words.REVIEW, "review"),
            Choice(words.ALL_FIGURES, "progress"),
            Choice(form_words.PICTURE_ANEW if pictured else form_words.PICTURE_HERE, PICTURE),
        )
        yield _in_short(progress, PROGRESS_PARTS)
        yield self._of("streak", person, Choice(words.STREAK_WHY, "streak why"))
        yield from self._settings(person)
        if person.place.host:
            yield from self._for_hosts(person)

    def _settings(self, person: Person) -> Iterator[Reply]:
        zone, chosen = person.profile.zone, self._of("settings", person)
        offers = [Choice(form_words.SETTINGS, SETTINGS)]
        offers += [Choice(words.use_zone(zone), f"settings zone {zone}")] if zone else []
        offers += [
            Choice(words.REMIND_ME, "settings reminders on"),
            Choice(words.REMIND_ME_NOT, "settings reminders off"),
        ]
        yield replace(chosen, choices=tuple(offers))
        seen = self._of("visibility", person)
        names = ((words.NAMED, "named"), (words.ANONYMOUS, "anonymous"), (words.HIDDEN, "hidden"))
        yield replace(
            seen, choices=tuple(Choice(label, f"visibility {name}") for label, name in names)
        )
        stored = self._of("privacy", person, Choice(words.WHAT_IS_STORED, "privacy"))
        yield replace(stored, blocks=(Heading(words.YOUR_DATA),))

    def _for_hosts(self, person: Person) -> Iterator[Reply]:
        offers = [Choice(words.SET_UP, SET_UP)]
        asked = (("appeals", words.APPEALS), ("flags", words.FLAGS), ("questions", words.QUESTIONS))
        offers += [Choice(label, name) for name, label in asked if name in self._desk.names]
        if "questions" in self._desk.names:
            offers.append(Choice(form_words.BRING, BRING))
        yield Reply((Heading(words.FOR_HOSTS),), choices=tuple(offers))
        overviews = self._desk.services.overviews
        places = overviews.channels(person.user, person.place)
        for place in places[:MOST_CHANNELS]:
            there = replace(person, place=place)
            status = self._of("daily status", there)
            head = Heading(f"#{place.channel_name or place.channel}")
            yield Reply((head, *status.blocks), choices=tuple(_acts(place)))

    def _of(self, command: str, person: Person, *offers: Choice) -> Reply:
        """Return what a command of the table says, with offers and without its actions."""
        name, _, rest = command.partition(" ")
        if name not in self._desk.names:
            return Reply(())
        order = Order(name, rest)
        reply = self._desk.explained(lambda: self._desk.carry_out(order, person))
        return Reply(reply.blocks, choices=(*offers, *reply.choices))


def _offers_picture(reply: Reply) -> bool:
    return any(choice.words == PICTURE for choice in reply.choices)


def _in_short(reply: Reply, parts: int) -> Reply:
    """Return the reply up to its first headings; the rest is behind a button."""
    headings = [n for n, block in enumerate(reply.blocks) if isinstance(block, Heading)]
    end = headings[parts] if len(headings) > parts else len(reply.blocks)
    return replace(reply, blocks=reply.blocks[:end])


def _acts(place: Place) -> Iterator[Choice]:
    """Yield what hosts do most for a channel; the channel stands before the command."""
    for label, act in (
        (words.PREVIEW, "preview"),
        (words.PAUSE, "pause"),
        (words.RESUME, "resume"),
    ):
        yield Choice(label, f"in:{place.channel} daily {act}")


def _told_apart(blocks: list[Json], number: int) -> list[Json]:
    """Give the buttons of each part ids of their own."""
    for block in blocks:
        for place, element in enumerate(block.get("elements") or []):
            if str(element.get("action_id", "")).startswith(RUN):
                element["action_id"] = f"{RUN}{number}.{place}"
    return blocks
