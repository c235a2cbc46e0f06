"""Look whether Slack can be reached, takes the tokens, and lets the coach into its channels."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.core.checkup import Finding, StudyChannel, clock_finding, fine, problem, warning
from bot.core.ports import Clock
from bot.core.words.phrases import counted, listed
from bot.platforms.registration import Situation
from bot.platforms.slack.clients import UNREACHABLE, client_of
from bot.platforms.slack.installations import Installations, key_of
from bot.platforms.slack.manifest import SCOPES
from bot.platforms.slack.people import PLATFORM
from bot.platforms.slack.platform import CHECK, COPY_ANEW, SEE_DOCS
from bot.platforms.slack.sealing import Seal, passphrases_in
from bot.platforms.slack.settings import SlackSettings
from bot.platforms.slack.words import NOT_THERE, refusal

SECONDS: Final = 5
"""So long a call may take here, where nobody waits for its message."""

MOST_WORKSPACES: Final = 20
"""Workspaces whose token is tried, where many have installed the app."""

INVITE: Final = "Type /invite @coach in the channel."
ELSEWHERE: Final = "Open the channel again, or set up another one."
FROM_THE_MANIFEST: Final = "Install the app anew from what coach slack manifest prints."
LATER: Final = "Try again in a minute."

REMEDIES: Final = {
    "not_in_channel": INVITE,
    "channel_not_found": INVITE,
    "is_archived": ELSEWHERE,
    "missing_scope": FROM_THE_MANIFEST,
    "ratelimited": LATER,
}
SCOPES_HEADER: Final = "x-oauth-scopes"

NO_READING: Final = frozenset({"missing_scope", "unknown_method", "method_deprecated"})
"""Slack's words where the app may not ask about channels, which it does without."""


def examine(situation: Situation) -> Iterator[Finding]:
    """Yield what is found; nothing where Slack is not configured."""
    settings = situation.settings.of(SlackSettings)
    if not settings.is_set:
        return
    if settings.missing:
        needed = listed(settings.missing)
        yield problem("Slack", "settings are missing", f"Set {needed}; {_docs()}")
        return
    channels = [one for one in situation.channels if one.address.platform == PLATFORM]
    yield from _Checkup(settings, situation, channels).findings()


class _Checkup:
    """The looks at Slack, which end where it cannot be reached at all."""

    def __init__(
        self, settings: SlackSettings, situation: Situation, channels: list[StudyChannel]
    ) -> None:
        self._settings = settings
        self._clock: Clock = situation.clock
        self._channels = channels
        self._installed: Installations | None = None
        work, key = situation.unit_of_work, settings.key
        if settings.client_id is not None and key is not None and work is not None:
            seal = Seal(passphrases_in(key.get_secret_value()))
            self._installed = Installations(work, situation.clock, seal)
        self._work = work
        self._timed = False

    def findings(self) -> Iterator[Finding]:
        """Yield what is found."""
        try:
            if self._settings.client_id is None:
                yield from self._token("Slack token", self._token_of("") or "")
            else:
                yield from self._workspaces()
            if self._settings.mode == "socket":
                yield from self._app_token()
            yield from self._rooms()
        except UNREACHABLE as error:
            reason = getattr(error, "reason", None) or type(error).__name__
            yield problem("Slack", f"could not be reached ({reason})", CHECK)

    def _token(self, subject: str, token: str) -> Iterator[Finding]:
        """Look whether Slack takes a bot's token, what it is for, and what its clock says.

        Raises:
            SlackClientError, OSError: Slack cannot be reached.
        """
        client = self._client(token)
        try:
            answer = client.auth_test()
        except SlackApiError as error:
            yield _refused(subject, error, COPY_ANEW)
            return
        headers = {name.casefold(): value for name, value in answer.headers.items()}
        team = answer.get("team") or answer.get("team_id")
        scopes = {each.strip() for each in str(headers.get(SCOPES_HEADER, "")).split(",")} - {""}
        lacking = tuple(sorted(SCOPES.keys() - scopes)) if scopes else ()
        if lacking:
            yield problem(subject, f"lacks {listed(lacking)}", FROM_THE_MANIFEST)
        else:
            yield fine(subject, f"Slack takes it, for {team}")
        if not self._timed and "date" in headers:
            self._timed = True
            yield from _clock(self._clock.now(), str(headers["date"]))

    def _workspaces(self) -> Iterator[Finding]:
        """Look at the tokens of the workspaces that installed the app.

        Raises:
            SlackClientError, OSError: Slack cannot be reached.
        """
        if self._installed is None or self._work is None:
            yield fine("Slack workspaces", "not known without a database")
            return
        with self._work() as uow:
            keys = uow.installations.keys(PLATFORM)
        yield fine("Slack workspaces", f"{counted(len(keys), 'installation')} of the app")
        for key in keys[:MOST_WORKSPACES]:
            team = key.removeprefix(key_of(""))
            bot = self._installed.bot_of(team)
            if bot is None:
                remedy = "Put back the COACH_SLACK__KEY that sealed it, or let them install anew."
                yield warning(f"Slack {team}", "the token is sealed under another key", remedy)
                continue
            yield from self._token(f"Slack {team}", bot.bot_token)

    def _app_token(self) -> Iterator[Finding]:
        """Look whether Slack takes the app-level token.

        Raises:
            SlackClientError, OSError: Slack cannot be reached.
        """
        token = self._settings.app_token
        plain = token.get_secret_value() if token else ""
        try:
            self._client("").apps_connections_open(app_token=plain)
        except SlackApiError as error:
            yield _refused("Slack app token", error, COPY_ANEW)
            return
        yield fine("Slack app token", "Slack takes it")

    def _rooms(self) -> Iterator[Finding]:
        """Look whether the coach is in each channel with a daily question.

        Raises:
            SlackClientError, OSError: Slack cannot be reached.
        """
        well = 0
        for channel in self._channels:
            found = self._wrong_with(channel)
            if found is None:
                well += 1
            else:
                yield found
        if well:
            told = f"{counted(well, 'channel')} with a daily question, the coach is in each"
            yield fine("Slack channels", told)

    def _wrong_with(self, channel: StudyChannel) -> Finding | None:
        subject, to = f"Slack #{channel.name}", channel.address
        token = self._token_of(to.community)
        if token is None:
            return problem(subject, NOT_THERE, "Let the workspace install the app again.")
        client = self._client(token)
        try:
            return _membership(client, subject, to.channel)
        except SlackApiError as error:
            return _refused(subject, error, COPY_ANEW)

    def _token_of(self, community: str) -> str | None:
        if self._settings.client_id is not None:
            bot = self._installed.bot_of(community) if self._installed else None
            return bot.bot_token if bot else None
        token = self._settings.bot_token
        return token.get_secret_value() if token else None

    def _client(self, token: str) -> WebClient:
        return client_of(token, self._settings.api_url, SECONDS)


def _membership(client: WebClient, subject: str, channel: str) -> Finding | None:
    """Return what is wrong with a channel; None for nothing.

    Reading one message is refused where the coach is not in the channel. It takes no permission
    that the coach goes without; asking for the channel takes one more, and tells more.

    Raises:
        SlackApiError: what Slack says against it.
    """
    try:
        known = client.conversations_info(channel=channel)["channel"]
    except SlackApiError as error:
        if error.response.get("error") not in NO_READING:
            raise
        client.conversations_history(channel=channel, limit=1)
        return None
    if known.get("is_archived"):
        return problem(subject, refusal("is_archived"), ELSEWHERE)
    if not known.get("is_member"):
        return problem(subject, "the coach is not in that channel", INVITE)
    return None


def _refused(subject: str, error: SlackApiError, otherwise: str) -> Finding:
    """Return what Slack said against something.

    Raises:
        SlackApiError: it said nothing that is about this: it is in trouble itself.
    """
    named = error.response.get("error") if isinstance(error.response.data, dict) else None
    if error.response.status_code >= 500 or not named:  # noqa: PLR2004 HTTP's errors of a server
        raise error
    say = warning if named == "ratelimited" else problem
    needed = str(error.response.get("needed") or "")
    return say(subject, refusal(str(named), needed), REMEDIES.get(str(named), otherwise))


def _clock(ours: datetime, header: str) -> Iterator[Finding]:
    try:
        theirs = parsedate_to_datetime(header).astimezone(UTC)
    except ValueError:
        return
    yield clock_finding(ours, theirs, "Slack")


def _docs() -> str:
    return SEE_DOCS[:1].lower() + SEE_DOCS[1:]
