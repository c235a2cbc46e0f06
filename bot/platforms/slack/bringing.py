"""Own questions of a workspace, brought as files in a form."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient

from bot.core import commands
from bot.core.commands import Upload, Values
from bot.core.communities.model import as_host
from bot.core.errors import FileNotRead
from bot.core.reply import Reply
from bot.platforms.front_desk import About
from bot.platforms.slack import form_words
from bot.platforms.slack.buttons import BRING
from bot.platforms.slack.dispatch import SlackDesk, form_for
from bot.platforms.slack.fields import Entered, box, field
from bot.platforms.slack.forms import Origin, modal, waiting_view
from bot.platforms.slack.home import Home
from bot.platforms.slack.incoming import Incoming
from bot.platforms.slack.later import Later, Step
from bot.platforms.slack.opening import opening, outlets_of
from bot.platforms.slack.orders import Order
from bot.platforms.slack.outlets import Showing
from bot.platforms.slack.people import People, Person, sure_of
from knowledge.uploads import MAX_UPLOAD_BYTES

Json = dict[str, Any]

FILES: Final = "files"
ANYWAY: Final = "anyway"
ADDING: Final = ("add", "edit")
MOST_FILES: Final = 5
MOST_NAME: Final = 100
"""Characters of the name of a question that is edited; none has as many."""

ENDINGS: Final = ("md", "markdown", "yaml", "yml", "csv")
SECONDS: Final = 20

OF_SLACK: Final = (".slack.com", ".slack-gov.com")
"""Where Slack keeps files. The token goes nowhere else."""


class Wanted(NamedTuple):
    """What is to be done with files: in whose place a question comes, and whether anyway."""

    instead_of: str = ""
    anyway: bool = False

    @classmethod
    def of(cls, order: Order) -> "Wanted | None":
        """Return what an order to add or edit questions says, None for any other order."""
        act, *rest = order.rest.split() or [""]
        if order.name != "questions" or act.casefold() not in ADDING:
            return None
        anyway = bool(rest) and rest[-1].casefold() == ANYWAY
        edited = act.casefold() == "edit" and bool(rest)
        return cls(rest[0][:MOST_NAME] if edited and not _is_file(rest[0]) else "", anyway)


def _is_file(name: str) -> bool:
    return name.casefold().rpartition(".")[2] in ENDINGS


class Bringing:
    """Open the form for files, and add the questions in them."""

    def __init__(self, desk: SlackDesk, later: Later, people: People, home: Home) -> None:
        self._desk = desk
        self._later = later
        self._people = people
        self._home = home

    def clicked(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Open the form."""
        ack()
        incoming = Incoming.of(context, body)
        self._later.quick(incoming, lambda: self.open(incoming))

    def open(self, incoming: Incoming, wanted: Wanted | None = None) -> Step | None:
        """Open the form; whoever is no host is told so instead."""
        person = self._people.person(incoming.client, incoming.team, incoming.user_id)
        dialect = self._desk.dialect
        if (reason := self._desk.unless_host(person)) is not None:
            return Showing(reason, outlets_of(incoming, dialect))
        view = files_form(incoming.origin(About()), wanted or Wanted())
        return opening(incoming, view, dialect)

    def submitted(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Take the files, then read and add them one after the other."""
        incoming, entered = Incoming.of(context, body), Entered(body["view"])
        origin = incoming.origin(About())
        waiting = waiting_view(origin, self._desk.dialect, text=form_words.ON_IT)
        ack(response_action="update", view=waiting)
        files = entered.value(FILES, "files") or []
        wanted = Wanted(entered.block(FILES).partition(":")[2], entered.ticked(ANYWAY))
        self._later.slow(incoming, lambda: self._add(incoming, files, wanted))

    def added(
        self, client: WebClient, person: Person, files: Sequence[Json], wanted: Wanted
    ) -> Reply:
        """Return what became of some files, of each in turn; without any, offer the form."""
        if not files:
            return form_for(form_words.SEND_FILES, form_words.BRING, BRING)
        replies = [self._of_one(client, person, file, wanted) for file in files[:MOST_FILES]]
        return Reply(tuple(block for reply in replies for block in reply.blocks))

    def _add(self, incoming: Incoming, files: list[Json], wanted: Wanted) -> Step:
        client, team, user_id = incoming.client, incoming.team, incoming.user_id
        person = self._people.person(client, team, user_id, incoming.channel)
        return Showing(
            self.added(client, person, files, wanted),
            outlets_of(incoming, self._desk.dialect),
            lambda: self._home.changed(client, team, user_id),
        )

    def _of_one(self, client: WebClient, person: Person, file: Json, wanted: Wanted) -> Reply:
        """Return what became of a file. Only a host's is read at all."""
        name = str(file.get("name") or "file")
        command = self._desk.commands["questions edit" if wanted.instead_of else "questions add"]

        def act() -> Reply:
            with sure_of(person):
                place = as_host(person.place)
            brought = Upload(name, fetched(client, file))
            values: Values = {"file": brought, "question": wanted.instead_of, ANYWAY: wanted.anyway}
            return command.run(commands.Request(person.user, place, values))

        return self._desk.explained(act)


def files_form(origin: Origin, wanted: Wanted) -> Json:
    """Return the form for files."""
    return modal(BRING, form_words.BRING, list(_fields(wanted)), origin, submit=form_words.ADD)


def _fields(wanted: Wanted) -> Iterator[Json]:
    edited = wanted.instead_of
    most = 1 if edited else MOST_FILES
    files: Json = {"type": "file_input", "filetypes": list(ENDINGS), "max_files": most}
    hint = form_words.in_place_of(edited) if edited else form_words.FILES_HINT
    yield field(FILES, form_words.FILES, files, hint, about=edited)
    anyway = box(form_words.ADD_ANYWAY, ticked=wanted.anyway)
    yield field(ANYWAY, form_words.SIMILAR, anyway, optional=True)


def fetched(client: WebClient, file: Json) -> bytes:
    """Return the content of a file that somebody brought; of one too large, only that it is.

    Raises:
        FileNotRead: it is not Slack's, or Slack does not hand it out.
    """
    name, address = str(file.get("name") or "file"), str(file.get("url_private_download") or "")
    if int(file.get("size") or 0) > MAX_UPLOAD_BYTES:
        return bytes(MAX_UPLOAD_BYTES + 1)
    if not is_slacks(address, client.base_url):
        raise FileNotRead(name, form_words.NOT_SLACKS)
    request = Request(address, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310 checked above
    try:
        with _opener(client).open(request, timeout=SECONDS) as answer:
            if answer.headers.get_content_type() == "text/html":  # a page to log in
                raise FileNotRead(name, form_words.NOT_ALLOWED)
            content: bytes = answer.read(MAX_UPLOAD_BYTES + 1)
            return content
    except (URLError, OSError, ValueError) as error:
        raise FileNotRead(name, form_words.NOT_HANDED_OUT) from error


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
