"""Own questions of a workspace, brought as files in a form."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient

from bot.core.errors import FileNotRead
from bot.core.reply import Reply
from bot.core.wording import slack_forms as words
from bot.platforms.slack.buttons import BRING, Target
from bot.platforms.slack.desk import Desk
from bot.platforms.slack.fields import Entered, box, field
from bot.platforms.slack.forms import modal, waiting_view
from bot.platforms.slack.home import Home
from bot.platforms.slack.incoming import Incoming
from bot.platforms.slack.later import Later
from bot.platforms.slack.orders import Order
from bot.platforms.slack.outlets import FirstOf, InConversation, InView
from bot.platforms.slack.people import People
from bot.platforms.tray import Laid
from knowledge.uploads import MAX_UPLOAD_BYTES

Json = dict[str, Any]

FILES: Final = "files"
ANYWAY: Final = "anyway"
MOST_FILES: Final = 5
ENDINGS: Final = ("md", "markdown", "yaml", "yml", "csv")
SECONDS: Final = 20

OF_SLACK: Final = (".slack.com", ".slack-gov.com")
"""Where Slack keeps files. The token goes nowhere else."""


class Bringing:
    """Open the form for files, and add the questions in them."""

    def __init__(self, desk: Desk, later: Later, people: People, home: Home) -> None:
        self._desk = desk
        self._later = later
        self._people = people
        self._home = home

    def clicked(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Open the form."""
        ack()
        incoming = Incoming.of(context, body)
        self._later.quick(incoming.key, lambda: self.open(incoming))

    def open(self, incoming: Incoming) -> None:
        """Open the form; whoever is no host learns it when they send it."""
        view = files_form(incoming)
        if incoming.view_id and not incoming.at_home:
            incoming.client.views_push(trigger_id=incoming.trigger_id, view=view)
        else:
            incoming.client.views_open(trigger_id=incoming.trigger_id, view=view)

    def submitted(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Take the files, then read and add them one after the other."""
        incoming, entered = Incoming.of(context, body), Entered(body["view"])
        origin = incoming.origin(Target())
        ack(response_action="update", view=waiting_view(origin, self._desk.dialect))
        files = entered.value(FILES, "files") or []
        anyway = entered.ticked(ANYWAY)
        self._later.slow(incoming.key, lambda: self._add(incoming, files, anyway=anyway))

    def _add(self, incoming: Incoming, files: list[Json], *, anyway: bool) -> None:
        client, dialect = incoming.client, self._desk.dialect
        origin = incoming.origin(Target())
        in_form = InView(incoming.view_id, origin, client, dialect, incoming.at)
        outlet = FirstOf((in_form, InConversation(incoming.user_id, client, dialect)))
        replies = [self._of_one(incoming, file, anyway=anyway) for file in files[:MOST_FILES]]
        outlet.show(Reply(tuple(block for reply in replies for block in reply.blocks)))
        self._home.changed(client, incoming.team, incoming.user_id)

    def _of_one(self, incoming: Incoming, file: Json, *, anyway: bool) -> Reply:
        """Return what became of a file. Only a host's is read at all: the command asks first."""
        person = self._people.person(
            incoming.client, incoming.team, incoming.user_id, incoming.channel
        )
        name = str(file.get("name") or "file")
        order = Order("questions", f"add {name}{' anyway' if anyway else ''}")

        def act() -> Reply:
            if not person.place.host:
                return self._desk.carry_out(order, person)
            content = fetched(incoming.client, file)
            return self._desk.outcome(
                lambda: self._desk.carry_out(order, person), (Laid(name, content),)
            ).reply

        return self._desk.explained(act)


def files_form(incoming: Incoming) -> Json:
    """Return the form for files."""
    blocks = list(_fields())
    return modal(BRING, words.BRING, blocks, incoming.origin(Target()), submit=words.ADD)


def _fields() -> Iterator[Json]:
    files: Json = {"type": "file_input", "filetypes": list(ENDINGS), "max_files": MOST_FILES}
    yield field(FILES, words.FILES, files, words.FILES_HINT)
    anyway = box(words.ADD_ANYWAY, ticked=False)
    yield field(ANYWAY, words.SIMILAR, anyway, optional=True)


def fetched(client: WebClient, file: Json) -> bytes:
    """Return the content of a file that somebody brought; of one too large, only that it is.

    Raises:
        FileNotRead: it is not Slack's, or Slack does not hand it out.
    """
    name, address = str(file.get("name") or "file"), str(file.get("url_private_download") or "")
    if int(file.get("size") or 0) > MAX_UPLOAD_BYTES:
        return bytes(MAX_UPLOAD_BYTES + 1)
    if not is_slacks(address, client.base_url):
        raise FileNotRead(name, words.NOT_SLACKS)
    request = Request(address, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310 checked above
    try:
        with _opener(client).open(request, timeout=SECONDS) as answer:
            if answer.headers.get_content_type() == "text/html":  # a page to log in
                raise FileNotRead(name, words.NOT_ALLOWED)
            content: bytes = answer.read(MAX_UPLOAD_BYTES + 1)
            return content
    except (URLError, OSError, ValueError) as error:
        raise FileNotRead(name, words.NOT_HANDED_OUT) from error


def is_slacks(address: str, api: str) -> bool:
    """Whether an address is one of Slack's over HTTPS, or beside the API that is configured."""
    parts = urlsplit(address)
    if parts.netloc and parts.netloc == urlsplit(api).netloc:
        return parts.scheme == urlsplit(api).scheme
    return parts.scheme == "https" and f".{parts.hostname or ''}".endswith(OF_SLACK)


class _Nowhere(HTTPRedirectHandler):
    """Follows no redirection, which would take the token along."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _opener(client: WebClient) -> Any:
    proxies = {"http": client.proxy, "https": client.proxy} if client.proxy else {}
    return build_opener(_Nowhere(), ProxyHandler(proxies), HTTPSHandler(context=client.ssl))
