"""The Home tab: a screen of a phone that says what is next; all else is behind its buttons.

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

from bot.core.fair_threads import Owner
from bot.core.progress.parsing import ALL_TOPICS
from bot.core.reply import Action, Bars, Choice, Heading, Paragraph, Reply
from bot.platforms.slack import form_words, words
from bot.platforms.slack.buttons import BRING, OPENING, PICTURE, RUN, SET_UP, SETTINGS
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.incoming import KEY, team_of
from bot.platforms.slack.later import Event, Later
from bot.platforms.slack.orders import Order
from bot.platforms.slack.people import People, Person
from bot.platforms.slack.pictures import Pictures
from bot.platforms.slack.render import view_blocks

Json = dict[str, Any]

ROOM: Final = 24
"""Blocks that one part of Home may have; a long one then leaves room for those below it."""

TODAY_PARTS, PROGRESS_PARTS = 1, 1
"""What is open today, and the record in a few lines; topics are in the figures or the picture."""

MOST_HOMES: Final = 5000

UNSHOWN: Final = frozenset({"invalid_blocks", "invalid_arguments", "slack_file_not_found"})
"""What Slack may say of a view with a picture that it has not ready, or that is gone."""

MOST_CHANNELS: Final = 6

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
        opened = Event(context.get(KEY), Owner(team, user))
        self._later.quick(opened, lambda: self.publish(client, team, user, known))

    def changed(self, client: WebClient, team: str, user_id: str) -> None:
        """Publish Home anew where it was opened before."""
        with self._lock:
            known = (team, user_id) in self._opened
        if known:
            owner = Owner(team, user_id)
            self._later.quick(Event(None, owner), lambda: self.publish(client, team, user_id))

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
        """Return all parts, each with buttons that are its own."""
        found: list[Json] = []
        picture = self._pictures.block(person.place.community, person.user.external_id)
        for reply in self._parts(person, pictured=picture is not None):
            part = view_blocks(reply, self._desk.dialect, room=ROOM)
            shown = [picture] if picture and _offers_picture(reply) else []
            found += [*shown, *_told_apart(part, len(found))]
        return found

    def _parts(self, person: Person, *, pictured: bool) -> Iterator[Reply]:
        """Yield what hosts need first, then today with one button, progress, and the rest."""
        if person.place.host:
            yield self._for_hosts(person)
        overviews = self._desk.services.overviews
        shown = self._desk.explained(lambda: overviews.show(person.user, person.place))
        open_now = shown.choices[:1] if _is_open(shown) else ()
        today = _in_short(shown, TODAY_PARTS)
        yield replace(today, actions=() if open_now else (Action.ASK,), choices=open_now)
        progress = self._desk.explained(lambda: self._desk.carry_out(Order("progress", ""), person))
        record = _in_short(progress, PROGRESS_PARTS).blocks
        yield Reply(tuple(block for block in record if not isinstance(block, Bars)))
        yield Reply((Heading(words.MORE),), choices=tuple(self._folded(shown, pictured=pictured)))

    def _folded(self, shown: Reply, *, pictured: bool) -> Iterator[Choice]:
        """Yield what opens beside Home when somebody wants it."""
        picture = form_words.PICTURE_ANEW if pictured else form_words.PICTURE_HERE
        offers = (
            *(each for each in shown.choices if each.words.startswith("feedback")),
            Choice(words.REVIEW, "review"),
            Choice(words.ALL_FIGURES, f"progress {ALL_TOPICS}"),
            Choice(words.STREAK_WHY, "streak why"),
            Choice(words.BOARD, "leaderboard"),
            Choice(picture, PICTURE),
            Choice(form_words.SETTINGS, SETTINGS),
            Choice(words.SEEN, "visibility"),
            Choice(words.YOUR_DATA, "privacy"),
        )
        for each in offers:
            if each.words in OPENING or each.words.split()[0] in self._desk.names:
                yield each

    def _for_hosts(self, person: Person) -> Reply:
        """Return the part of hosts: a button a channel, and one for each kind of decision."""
        places = self._desk.services.overviews.channels(person.user, person.place)
        offers = [Choice(words.SET_UP, SET_UP)]
        offers += [
            Choice(f"#{place.channel_name or words.A_CHANNEL}", f"in:{place.channel} daily status")
            for place in places[:MOST_CHANNELS]
        ]
        asked = (("appeals", words.APPEALS), ("flags", words.FLAGS), ("questions", words.QUESTIONS))
        offers += [Choice(label, name) for name, label in asked if name in self._desk.names]
        if "questions" in self._desk.names:
            offers.append(Choice(form_words.BRING, BRING))
        said = () if places else (Paragraph(words.NO_CHANNEL_YET, quiet=True),)
        return Reply((Heading(words.FOR_HOSTS), *said), choices=tuple(offers))


def _offers_picture(reply: Reply) -> bool:
    return any(choice.words == PICTURE for choice in reply.choices)


def _is_open(shown: Reply) -> bool:
    return any(each.words == "daily" for each in shown.choices)


def _in_short(reply: Reply, parts: int) -> Reply:
    """Return the reply up to its first headings; the rest is behind a button."""
    headings = [n for n, block in enumerate(reply.blocks) if isinstance(block, Heading)]
    end = headings[parts] if len(headings) > parts else len(reply.blocks)
    return replace(reply, blocks=reply.blocks[:end])


def _told_apart(blocks: list[Json], number: int) -> list[Json]:
    """Give the buttons of each part ids of their own."""
    for block in blocks:
        for place, element in enumerate(block.get("elements") or []):
            if str(element.get("action_id", "")).startswith(RUN):
                element["action_id"] = f"{RUN}{number}.{place}"
    return blocks
