"""Slack as one of the platforms that the coach serves: connect or listen, serve, stop cleanly."""

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.error import BoltError
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.token_rotation import TokenRotator

from bot.core.deduplication import EventDeduplicator
from bot.core.errors import PlatformAway, PlatformRefused, Undeliverable
from bot.core.fair_threads import Owner
from bot.core.measuring import Meter
from bot.core.ports import Clock
from bot.core.unit_of_work import UnitOfWork
from bot.platforms.slack.app import route
from bot.platforms.slack.bounds import within_bounds
from bot.platforms.slack.clients import BROKEN, TOO_MANY
from bot.platforms.slack.counting import Outage, counting_client_of
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.installations import Installations, States, StoredAuthorize
from bot.platforms.slack.later import Event, Later
from bot.platforms.slack.leaving import Leaving
from bot.platforms.slack.manifest import SCOPES
from bot.platforms.slack.members import SlackMembers
from bot.platforms.slack.messenger import SlackMessenger
from bot.platforms.slack.oauth import pages
from bot.platforms.slack.owing import Owing
from bot.platforms.slack.people import PLATFORM, People
from bot.platforms.slack.sealing import Seal, passphrases_in
from bot.platforms.slack.server import INSTALL, REDIRECT, SlackServer
from bot.platforms.slack.settings import SlackSettings
from bot.platforms.slack.words import NOT_INSTALLED, installer_welcome, refusal

PING_SECONDS: Final = 2.0
"""A dead connection is noticed after some of these; by default it would take half a minute."""

SOCKET_WORKERS: Final = 16
"""Deliveries handled at a time; each takes milliseconds."""

FINISH_SECONDS: Final = 20.0
"""So long what was acknowledged may take at the end; containers are killed after thirty."""

SEE_DOCS: Final = "docs/slack.md shows where each is found."
COPY_ANEW: Final = "Open https://api.slack.com/apps, choose your app, and copy its tokens anew."
ANOTHER_TOKEN: Final = f"{COPY_ANEW} {SEE_DOCS}"
CHECK: Final = "Check the connection of this machine, and https://slack-status.com."

OF_SLACK: Final = frozenset(
    {"fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable"}
)
"""Slack's words for what is wrong with Slack, and passes."""

log = logging.getLogger(__name__)


class MeasuredSocket(SocketModeHandler):
    """Socket Mode, with a note of how long Slack waits."""

    def __init__(self, meter: Meter, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._meter = meter

    def handle(self, client: Any, req: Any) -> None:
        """Let the app handle a delivery, and acknowledge it."""
        began = time.monotonic()
        super().handle(client, req)
        self._meter.acknowledged(PLATFORM, time.monotonic() - began)


class SlackPlatform:
    """Serve people on Slack until stopped."""

    name = PLATFORM

    def __init__(
        self,
        desk: SlackDesk,
        settings: SlackSettings,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
    ) -> None:
        self._desk = desk
        self._settings = settings
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._meter = desk.meter
        self._client_of = partial(
            counting_client_of,
            api_url=settings.api_url,
            meter=desk.meter,
            times=desk.times,
            outage=Outage(),
        )
        self._deliveries = EventDeduplicator(unit_of_work, clock)
        self.people = People(settings.manager_ids)
        self._later: Later | None = None
        self._app_at_work: App | None = None
        self._owing: Owing | None = None
        self._socket: SocketModeHandler | None = None
        self._server: SlackServer | None = None
        self._installations: Installations | None = None
        key = settings.key
        self._passphrases = passphrases_in(key.get_secret_value()) if key else ()
        if settings.client_id is not None and key is not None:
            secret = settings.client_secret
            rotator = TokenRotator(
                client_id=settings.client_id,
                client_secret=secret.get_secret_value() if secret else "",
                client=self._client_of(None),
            )
            seal = Seal(self._passphrases)
            self._installations = Installations(unit_of_work, clock, seal, rotator)

    @property
    def messenger(self) -> SlackMessenger:
        """What speaks first; it needs no connection."""
        return SlackMessenger(self._client_of, self.token_of, self._deliveries, self._desk.dialect)

    @property
    def members(self) -> SlackMembers:
        """What tells who is in a workspace; it needs no connection."""
        return SlackMembers(self._client_of, self.token_of)

    @property
    def port(self) -> int:
        """The port over HTTP, also where the system chose it; 0 in Socket Mode."""
        return self._server.port if self._server else 0

    def settled(self, seconds: float) -> bool:
        """Wait until all is done that was acknowledged; return whether it is."""
        return self._later is None or self._later.drain(seconds)

    def token_of(self, community: str) -> str | None:
        """Return the token for a workspace, None where the app is not installed."""
        if self._installations is not None:
            bot = self._installations.bot_of(community)
            return bot.bot_token if bot else None
        token = self._settings.bot_token
        return token.get_secret_value() if token else None

    async def start(self) -> None:
        """Connect, or listen.

        Raises:
            PlatformRefused: settings are missing, or Slack does not take them.
            PlatformAway: it is out of reach; start again later.
        """
        if self._settings.missing:
            needed = ", ".join(self._settings.missing)
            raise PlatformRefused("Slack", "settings are missing", f"Set {needed}. {SEE_DOCS}")
        try:
            await asyncio.to_thread(self._start)
        except (SlackClientError, BoltError, OSError) as problem:
            raise _refused(problem) from problem

    async def ended(self) -> None:
        """Wait for ever: Socket Mode connects again by itself, and the server never ends."""
        await asyncio.Event().wait()

    def trouble(self) -> str | None:
        """Return why nobody can be served now, None where they can."""
        if self._settings.mode == "http":
            listens = self._server is not None and self._server.listens
            return None if listens else "it does not listen yet"
        connected = self._socket is not None and self._socket.client.is_connected()
        return None if connected else "there is no connection to Slack"

    def take_over(self) -> None:
        """Finish what a program acknowledged that served the same app and has died."""
        if self._owing is not None:
            self._owing.take_over(self.token_of, self._client_of)

    async def stop(self) -> None:
        """Take nothing more, finish what was acknowledged, leave."""
        await asyncio.to_thread(self._stop)

    def _start(self) -> None:
        # What an earlier run owes is taken up once, however often it takes to be connected.
        app = self._app_at_work = self._app_at_work or self._routed()
        if self._settings.mode == "http":
            address = self._settings.host, self._settings.port
            server = SlackServer(app, self._signing_secret, *address, self._meter)
            server.start()
            self._server = server
            return
        app_token = self._settings.app_token
        self._socket = MeasuredSocket(
            self._meter,
            app,
            app_token.get_secret_value() if app_token else "",
            ping_interval=PING_SECONDS,
            concurrency=SOCKET_WORKERS,
        )
        try:
            self._socket.client.connect()
        except BaseException:
            self._socket.client.close()  # it has threads, and the next try makes another
            raise

    def _routed(self) -> App:
        """Return the app with its listeners, what an earlier run left taken up."""
        app = self._app()
        later = self._later = Later(self._deliveries, self._desk.services.grades_at_once)
        leaving = Leaving(self._unit_of_work, self._clock, self._installations)
        short = self._settings.ask_command
        owing = route(app, self._desk, later, self._deliveries, self.messenger, self.people, short)
        owing.resume(self.token_of, self._client_of)
        self._owing = owing
        leaving.listen(app)
        return app

    def _stop(self) -> None:
        if self._server is not None:
            self._server.stop()
        if self._later is not None:
            self._later.close(FINISH_SECONDS)
        if self._socket is not None:
            self._socket.client.close()

    def _app(self) -> App:
        signing = self._signing_secret
        if self._installations is None:
            client = self._client_of(self.token_of(""))
            return App(
                client=client,
                signing_secret=signing,
                before_authorize=within_bounds,
                process_before_response=True,
            )
        return App(
            client=self._client_of(None),
            signing_secret=signing,
            before_authorize=within_bounds,
            process_before_response=True,
            installation_store=self._installations,
            authorize=StoredAuthorize(self._installations),  # type: ignore[arg-type]  # bolt takes both
            oauth_settings=self._oauth(self._installations),
            user_facing_authorize_error_message=NOT_INSTALLED,
        )

    def _greet(self, installation: Installation) -> None:
        """Write to whoever installed the app, without keeping their browser waiting."""
        team, user = installation.team_id or "", installation.user_id

        def tell() -> None:
            try:
                self.messenger.tell(team, user, installer_welcome())
            except Undeliverable as problem:
                log.info("who installed the app was not greeted: %s", problem.reason)

        assert self._later is not None  # noqa: S101 it is there before anything is served
        self._later.quick(Event(None, Owner(team, user)), tell)

    @property
    def _signing_secret(self) -> str:
        secret = self._settings.signing_secret
        return secret.get_secret_value() if secret else ""

    def _oauth(self, installations: Installations) -> OAuthSettings:
        settings = self._settings
        base = (settings.public_url or "").rstrip("/")
        secret = settings.client_secret
        return OAuthSettings(
            client_id=settings.client_id,
            client_secret=secret.get_secret_value() if secret else "",
            scopes=sorted(SCOPES),
            redirect_uri=f"{base}{REDIRECT}" if base else None,
            install_path=INSTALL,
            install_page_rendering_enabled=False,
            redirect_uri_path=REDIRECT,
            authorization_url=settings.api_url.split("/api", 1)[0] + "/oauth/v2/authorize",
            installation_store=installations,
            installation_store_bot_only=True,
            callback_options=pages(self._greet),
            state_store=States(Seal(self._passphrases, "states"), self._deliveries, self._clock),
        )


def _refused(problem: Exception) -> PlatformRefused:
    # Bolt asks about the bot token, and takes whatever Slack says then for a refusal.
    told = problem.__context__ if isinstance(problem, BoltError) else problem
    if isinstance(told, SlackApiError):
        error, status = str(told.response.get("error")), told.response.status_code
        if status == TOO_MANY or status >= BROKEN:
            return PlatformAway("Slack", f"it answers {status}", CHECK)
        if error in OF_SLACK:
            return PlatformAway("Slack", refusal(error), CHECK)
        if told is problem:
            return PlatformRefused("Slack", refusal(error), ANOTHER_TOKEN)
    if isinstance(problem, BoltError):
        return PlatformRefused("Slack", "it does not know this bot token", ANOTHER_TOKEN)
    reason = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
    return PlatformAway("Slack", reason, CHECK)
